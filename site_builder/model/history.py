"""What the dossier has been: records that were retired, and the ledger of the ids that were published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from site_builder.fields import Date, Id, LocalText, PastRecordId, Sha256, Whole, one_of
from site_builder.issues import Place, place_of
from site_builder.model.schema import Schema
from site_builder.words import KINDS, PUBLISHED_KINDS

Kind = Annotated[str, one_of(KINDS)]
PublishedKind = Annotated[str, one_of(PUBLISHED_KINDS)]


class Retired(Schema):
    """A record that the site once had: its address says what replaced it, or why it was withdrawn."""

    id: Id
    """The id that the record had; it is taken for ever."""
    kind: Kind
    """What kind of record it was."""
    replaced_by: PastRecordId | None = None
    """The record that stands for it now, as `kind:id`; another retired one leads on to its own."""
    why: LocalText
    """Why the record is no longer there."""
    date: Date
    """When it was retired."""

    @property
    def place(self) -> Place:
        """Where the entry is written."""
        return place_of(self.id)


class Release(Schema):
    """One publication of the dossier as a whole."""

    number: Whole
    """The release's number, from 1 on."""
    date: Date
    """The day of the release."""
    records: Whole
    """How many records it held."""
    content: Sha256
    """The SHA-256 sum of all that it said."""


class Ledger(Schema):
    """Every id that was ever published, written by `site-builder release` and by nobody else."""

    releases: tuple[Release, ...]
    """The releases, oldest first."""
    published: Mapping[PublishedKind, Mapping[Id, Whole]]
    """By kind of record: each id with the release that it first appeared in."""
