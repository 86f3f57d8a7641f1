"""The ways to find a record: the search, and the A to Z of everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.plan.contexts.pages import Page

if TYPE_CHECKING:
    from site_builder.plan.contexts.attribution import DateView
    from site_builder.plan.contexts.records import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """A record in an A to Z, under one of its names; `main` is the name it has here, where this is another.

    `where` names its regions; `detail` is a word or two that tell it apart: a speaker, a publication.
    """

    text: str
    address: str
    kind: str
    lang: str = ""
    main: str = ""
    date: DateView | None = None
    detail: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterGroup:
    """The records of one letter; `anchor` is its id on the page."""

    letter: str
    anchor: str
    entries: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AToZPage(Page):
    """Every record by its name: all of them, those of one letter, or none but the letters of a large dossier.

    `letters` leads to each letter, alphabet by alphabet; `total` counts the records, not their names.
    """

    letters: tuple[tuple[Link, ...], ...]
    groups: tuple[LetterGroup, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """The search. `index` is the address of its head; `letters` leads into the A to Z."""

    index: str
    letters: tuple[tuple[Link, ...], ...]
    total: int
