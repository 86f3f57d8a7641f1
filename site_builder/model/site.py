"""What holds for the whole dossier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from site_builder.fields import (
    Date,
    Flag,
    Id,
    Language,
    LocalText,
    Onion,
    Private,
    RegionId,
    SiteUrl,
    Url,
    one_of,
)
from site_builder.model.geometry import Geometry
from site_builder.model.schema import Schema
from site_builder.values import misfit
from site_builder.words import STRICTNESSES

Strictness = Annotated[str, one_of(STRICTNESSES)]


class Editor(Schema):
    """Who answers for the dossier."""

    name: LocalText
    """The editor's name, or a collective one."""
    role: LocalText | None = None
    """What the editor does."""
    url: Url | None = None
    """A page about the editor."""


class Site(Schema):
    """What holds for the whole dossier (`site.yaml`)."""

    private: Private = None
    """Anything for the authors alone: it is dropped as soon as it is read."""

    title: LocalText
    """The dossier's name."""
    description: LocalText
    """What the dossier is about, in a sentence or two."""
    language: Language
    """The language that the dossier is written in."""
    translated_into: tuple[Language, ...] = ()
    """Its further languages: every page is there in each of them, in a folder of that name."""
    edition: Date
    """The date of the content as a whole: a day."""
    editors: tuple[Editor, ...]
    """Who answers for it."""
    contact: LocalText | None = None
    """Where a reader reports a mistake: an address or a sentence."""
    licence: LocalText
    """Under which terms the content may be used."""
    licence_url: Url | None = None
    """Where the licence's text stands."""
    base_url: SiteUrl | None = None
    """The address that the site is published under; needed by the feed, the sitemap and the social tags."""
    onion: Onion | None = None
    """The address of the same site as an onion service; Tor Browser offers it to readers of this one."""
    place: RegionId | None = None
    """The region that a figure or an event without `regions` is about."""
    social_cards: Flag = True
    """Whether a card is drawn for each link that is shared; it needs `base_url`."""
    theme: Id = "dossier"
    """The theme: a folder in `themes/`."""
    bare_numbers: Strictness = "warning"
    """What a number in a digest is that no figure cited there states."""
    geometry: Geometry | None = None
    """How the map of the regions is drawn from the outlines in `geometry.json`."""
    event_kinds: Mapping[Id, LocalText] = Field(default_factory=dict)
    """The kinds of event, each with its name."""
    navigation: tuple[Id, ...] = ()
    """The sections and pages in the masthead, in order; without it, every section that holds something."""

    @model_validator(mode="after")
    def _has_each_language_once(self) -> Self:
        seen = [str(self.language)]
        for language in self.translated_into:
            if language in seen:
                problem = f"'{language}' is a language of the dossier already"
                raise misfit("bad-language", problem, "name each further language once", "translated_into")
            seen.append(str(language))
        return self

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages of the site, the dossier's own first."""
        return (self.language, *self.translated_into)
