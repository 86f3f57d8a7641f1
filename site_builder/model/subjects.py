"""What statements are about, and what ties them together: regions, actors, measures, notes, prose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from site_builder.fields import (
    ActorId,
    Date,
    Given,
    Id,
    IsoCode,
    Language,
    LocalText,
    PastRecordId,
    RecordId,
    RegionId,
    WikidataId,
    Words,
    one_of,
)
from site_builder.markup import Markup
from site_builder.model.schema import Record, Schema
from site_builder.model.translations import TranslatedText
from site_builder.values import misfit
from site_builder.words import ACTOR_TYPES, CORRECTION_TRIGGERS, COUNTINGS, NATURES, PLURALS

PluralForm = Annotated[str, one_of(PLURALS)]
ActorType = Annotated[str, one_of(ACTOR_TYPES)]
Counting = Annotated[str, one_of(COUNTINGS)]
Nature = Annotated[str, one_of(NATURES)]
Trigger = Annotated[str, one_of(CORRECTION_TRIGGERS)]


class Region(Record):
    """A place with a page."""

    id: Annotated[Id, Given("the name of the file")]
    """The record's id: the name of its file."""
    name: LocalText
    """The region's name."""
    names: Mapping[Language, Words] = Field(default_factory=dict)
    """Its names in other languages, by language."""
    also_known_as: tuple[Words, ...] = ()
    """Older, variant or transliterated names that a reader may look for."""
    iso: IsoCode | None = None
    """Its ISO 3166 code: 3166-2 for a subdivision, 3166-1 for a country."""
    wikidata: WikidataId | None = None
    """Its Wikidata id."""
    type: LocalText
    """What it is: a republic, a district, a county, a country."""
    part_of: RegionId | None = None
    """The region that it belongs to."""
    status: LocalText | None = None
    """What must be said wherever the region is named, such as that it is occupied."""
    capital: LocalText | None = None
    """Its chief town."""
    summary: LocalText
    """What this dossier knows about the region, in two or three sentences."""
    unknown: tuple[LocalText, ...]
    """What we do not know, a sentence each; at least one."""
    body: Annotated[Markup, Given("the text below the front matter")]
    """What we know, at length."""
    translations: Annotated[tuple[TranslatedText, ...], Given("the files beside it")] = ()
    """The text in other languages."""

    @model_validator(mode="after")
    def _admits_something(self) -> Self:
        if not self.unknown:
            repair = "write at least one sentence; 'Nothing known is missing.' is one"
            raise misfit("empty-value", "'unknown' must say what is not known", repair, field="unknown")
        return self


class Actor(Record):
    """A person, organisation or group who speaks or acts."""

    id: Annotated[Id, Given("the name of the file")]
    """The record's id: the name of its file."""
    type: ActorType
    """What kind of actor."""
    name: LocalText
    """The actor's name."""
    names: Mapping[Language, Words] = Field(default_factory=dict)
    """Its names in other languages, by language."""
    withheld: LocalText | None = None
    """Why the name is not given; `name` then holds a description, and the name itself at most `private`."""
    role: LocalText | None = None
    """The role in which it speaks or acts, at the time."""
    part_of: ActorId | None = None
    """The organisation that it belongs to."""
    summary: LocalText | None = None
    """Who it is, in a sentence or two."""
    wikidata: WikidataId | None = None
    """Its Wikidata id."""

    @model_validator(mode="after")
    def _keeps_its_name(self) -> Self:
        named = "names" if self.names else "wikidata" if self.wikidata else ""
        if self.withheld and named:
            problem = f"'{named}' would give away the name that is withheld"
            raise misfit("withheld-name", problem, "put it under 'private:', or remove it", field=named)
        return self


class Level(Schema):
    """One step of a measure that has levels."""

    id: Id
    """The word that figures use in `level`."""
    title: LocalText
    """The level's name."""
    definition: LocalText | None = None
    """What the level means."""


class Measure(Record):
    """What a figure counts, with its definition: an entry of the codebook."""

    title: LocalText
    """The measure's name, as a heading."""
    definition: LocalText
    """What exactly is counted, and what is not."""
    unit: LocalText | None = None
    """What is counted, as it reads behind a number: people, attacks, years."""
    unit_forms: Mapping[Language, Mapping[PluralForm, Words]] = Field(default_factory=dict)
    """The unit's other forms, by language and CLDR's plural category, where it changes with the number."""
    counting: Counting
    """How its figures relate to time."""
    levels: tuple[Level, ...] = ()
    """The levels, lowest first, where the measure has levels instead of numbers."""
    note: LocalText | None = None
    """What a reader must know before comparing its figures."""


class Disagreement(Record):
    """A note on records that a reader must see side by side, with the reason why they differ."""

    title: LocalText
    """The question on which the records differ, or seem to."""
    nature: Nature
    """How the records stand to one another."""
    records: tuple[RecordId, ...]
    """The records concerned, as `kind:id`, in the order to be read."""
    says: LocalText
    """Why they differ, in a sentence or two, taking no side."""


class Correction(Record):
    """What the site said, what it says now, and why."""

    date: Date
    """When the site was corrected."""
    record: PastRecordId
    """The record corrected, as `kind:id`; it may since have been retired."""
    field: Words
    """The field corrected."""
    was: LocalText
    """What the site said."""
    now: LocalText
    """What it says now."""
    why: LocalText
    """The reason."""
    trigger: Trigger
    """What led to the correction."""


class Page(Record):
    """A page of prose: about, method, …; the page `home` stands on the front page."""

    id: Annotated[Id, Given("the name of the file")]
    """The record's id: the name of its file."""
    title: LocalText
    """The page's title."""
    summary: LocalText | None = None
    """The page in a sentence."""
    body: Annotated[Markup, Given("the text below the front matter")]
    """The text."""
    translations: Annotated[tuple[TranslatedText, ...], Given("the files beside it")] = ()
    """The text in other languages."""
