"""What a dossier consists of: every kind of record, declared once.

The declarations are the only place where a field, its type, its meaning and its allowed values are said.
Validation, the JSON Schemas for editors, `docs/content-model.md` and the codebook come from them.
The words follow CSL for sources, schema.org and UCDP/ACLED for figures and events, EDTF for dates,
ISO 3166 for regions and BCP 47 for languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from site_builder.fields import (
    ActorId,
    Date,
    EventId,
    EventKindId,
    FigureId,
    Given,
    Id,
    IsoCode,
    Language,
    LocalText,
    MeasureId,
    Number,
    QuoteId,
    RecordId,
    RegionId,
    Sha256,
    SourceId,
    Url,
    WikidataId,
    Words,
    misfit,
    one_of,
)
from site_builder.issues import Place, place_of
from site_builder.markup import Markup
from site_builder.words import (
    ACTOR_TYPES,
    BASES,
    BOUNDS,
    CORRECTION_TRIGGERS,
    COUNTINGS,
    NATURES,
    SOURCE_TYPES,
)

SourceType = Annotated[str, one_of(SOURCE_TYPES)]
ActorType = Annotated[str, one_of(ACTOR_TYPES)]
Basis = Annotated[str, one_of(BASES)]
Bound = Annotated[str, one_of(BOUNDS)]
Counting = Annotated[str, one_of(COUNTINGS)]
Nature = Annotated[str, one_of(NATURES)]
Trigger = Annotated[str, one_of(CORRECTION_TRIGGERS)]


class Schema(BaseModel):
    """Base of all that an author writes: frozen, and closed to fields that it does not declare."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, use_attribute_docstrings=True
    )


class Name(Schema):
    """Who wrote or edited something, in CSL's terms: a person's parts, or one literal name."""

    family: Words | None = None
    """The family name."""
    given: Words | None = None
    """The given name."""
    literal: Words | None = None
    """The whole name, where it has no parts or belongs to an institution."""

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if bool(self.family) == bool(self.literal):
            problem = "a name needs either 'family' or 'literal'"
            raise misfit("missing-field", problem, "write {family: …, given: …} or {literal: …}")
        return self

    def __str__(self) -> str:
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Archive(Schema):
    """A kept copy of a source at an archive."""

    url: Url
    """The address of the copy."""
    captured: Date
    """When the copy was made."""
    service: Words | None = None
    """Who keeps it."""
    sha256: Sha256 | None = None
    """The SHA-256 sum of the copy's bytes."""


class Version(Schema):
    """A change that the publisher made to a source after it had appeared."""

    date: Date
    """When the publisher changed it."""
    what_changed: LocalText
    """What the publisher changed, in our words."""


class Record(Schema):
    """Base of everything that has an id and an address."""

    id: Id
    """The record's id, written by the author: unique in the dossier, for ever."""

    @property
    def place(self) -> Place:
        """Where the record is written."""
        return place_of(self.id)


class Source(Record):
    """A document that somebody published: an article, a post, a decree, a data set."""

    id: Annotated[Id, Given("the name of the file or folder")]
    """The record's id: the name of its file or folder."""
    type: SourceType
    """What the document is: one of CSL's item types."""
    title: Words
    """The title as published, in the source's language."""
    title_translated: LocalText | None = None
    """The title in the dossier's language, in our words."""
    author: tuple[Name, ...] = ()
    """Who wrote it."""
    container_title: Words | None = None
    """The publication that it appeared in."""
    publisher: Words | None = None
    """Who published it, where that is not the publication."""
    issued: Date
    """When it was published."""
    accessed: Date | None = None
    """When we read it."""
    url: Url | None = None
    """Where it was published."""
    language: Language
    """The language that it is written in."""
    read_as: LocalText | None = None
    """What we read, where it was not the original: a translation, a syndicated copy, another outlet's report."""
    draws_on: tuple[SourceId, ...] = ()
    """The sources that it rests on: the chain of its origins."""
    archives: tuple[Archive, ...] = ()
    """Kept copies at archives."""
    versions: tuple[Version, ...] = ()
    """Changes that the publisher made after publication."""
    note: LocalText | None = None
    """What a reader must know about this source."""
    regions: tuple[RegionId, ...] = ()
    """The regions that it is about."""


class Article(Source):
    """A source that we curated: it has a digest in our words, and annotations."""

    summary: LocalText
    """The article in a sentence or two, in our words."""
    curated: Date
    """When the digest was written or last revised."""
    body: Annotated[Markup, Given("the text below the front matter")]
    """The digest."""


class Statement(Schema):
    """Base of what one source says at one place in it."""

    source: Annotated[SourceId, Given("the folder or file that the statement lies in")]
    """The source that says it."""
    from_: SourceId | None = Field(default=None, alias="from")
    """The source that this one took it from; its own id where it is its own reporting."""
    locator: Words | None = None
    """Where in the source it stands: a paragraph, a page, a time."""
    note: LocalText | None = None
    """What a reader must know about this statement."""


class Figure(Statement, Record):
    """One number, range or level, stated by one source."""

    measure: MeasureId
    """What the figure counts."""
    value: Number | None = None
    """The number."""
    low: Number | None = None
    """The lower end, where the source gives a range."""
    high: Number | None = None
    """The upper end, where the source gives a range."""
    level: Id | None = None
    """The level, where the measure has levels instead of numbers."""
    bound: Bound | None = None
    """How the number bounds the truth, where it is not given as exact."""
    wording: Words | None = None
    """The number in the source's own words."""
    regions: tuple[RegionId, ...] = ()
    """The region that the figure is about; several where the source gives them one figure together."""
    population: LocalText | None = None
    """Who or what part is counted, where it is not the whole region (schema.org populationType)."""
    as_of: Date
    """The date for which the figure is stated."""
    span: Date | None = None
    """The stretch of time that the figure counts over, where it does not count to the as-of date."""
    claimed_by: ActorId | None = None
    """Who says so, where it is not the source itself."""
    basis: Basis
    """What the figure rests on."""
    method: LocalText | None = None
    """How the figure was arrived at."""

    @model_validator(mode="after")
    def _states_one_thing(self) -> Self:
        pair = (self.low is not None, self.high is not None)
        stated = [self.value is not None, any(pair), self.level is not None]
        if sum(stated) != 1 or any(pair) != all(pair):
            repair = "write 'value', or both 'low' and 'high', or 'level'"
            raise misfit("missing-field", "a figure states one value, one range or one level", repair)
        if self.low is not None and self.high is not None and self.low > self.high:
            problem = f"the range is upside down: {self.low} is more than {self.high}"
            raise misfit("range-order", problem, "swap 'low' and 'high'", field="low")
        if self.bound and self.value is None:
            raise misfit("bad-choice", "only a value can have a bound", "remove 'bound'", field="bound")
        return self


class Quote(Statement, Record):
    """Words that somebody said, as one source prints them."""

    speaker: ActorId
    """Who said it."""
    exact: Words
    """The words, letter for letter as the source prints them."""
    lang: Language
    """The language of the words as printed."""
    translated_from: Language | None = None
    """The language they were spoken or written in, where the source prints a translation."""
    variant_of: QuoteId | None = None
    """Another source's printing or translation of the same words."""
    said: Date | None = None
    """When it was said."""
    regions: tuple[RegionId, ...] = ()
    """The regions that it is about."""
    event: EventId | None = None
    """The event that it is about."""


class Telling(Schema):
    """Base of one source's account of an event."""

    says: LocalText
    """What this source says happened, in our words."""
    disputes: LocalText | None = None
    """What in it differs from other sources, in a few words."""


class Report(Statement, Telling):
    """One source's statement of an event that another source defines; it may disagree."""

    event: EventId
    """The event reported."""
    date: Date | None = None
    """The date that this source gives, where it differs from the event's."""
    place_name: LocalText | None = Field(default=None, alias="place")
    """The place that this source gives, where it differs from the event's."""


class Event(Statement, Telling, Record):
    """Something that happened, or is said to have; the source that defines it is its first report."""

    title: LocalText
    """The event in a few words, in no source's favour."""
    date: Date
    """When it happened."""
    regions: tuple[RegionId, ...] = ()
    """The regions that it happened in or concerns."""
    place_name: LocalText | None = Field(default=None, alias="place")
    """The place within the region."""
    kind: EventKindId
    """What kind of event: one of the words in `event_kinds` of `site.yaml`."""
    actors: tuple[ActorId, ...] = ()
    """Who took part."""


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
    role: LocalText | None = None
    """The role in which it speaks or acts, at the time."""
    part_of: ActorId | None = None
    """The organisation that it belongs to."""
    summary: LocalText | None = None
    """Who it is, in a sentence or two."""
    wikidata: WikidataId | None = None
    """Its Wikidata id."""


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
    record: RecordId
    """The record corrected, as `kind:id`."""
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


class Editor(Schema):
    """Who answers for the dossier."""

    name: Words
    """The editor's name, or a collective one."""
    role: LocalText | None = None
    """What the editor does."""
    url: Url | None = None
    """A page about the editor."""


class Site(Schema):
    """What holds for the whole dossier (`site.yaml`)."""

    title: LocalText
    """The dossier's name."""
    description: LocalText
    """What the dossier is about, in a sentence or two."""
    language: Language
    """The language that the dossier is written in."""
    edition: Date
    """The date of the content as a whole: a day."""
    editors: tuple[Editor, ...]
    """Who answers for it."""
    contact: Words | None = None
    """Where a reader reports a mistake: an address or a sentence."""
    licence: LocalText
    """Under which terms the content may be used."""
    licence_url: Url | None = None
    """Where the licence's text stands."""
    base_url: Url | None = None
    """The address that the site is published under; needed by the feed, the sitemap and the social tags."""
    place: RegionId | None = None
    """The region that a figure or an event without `regions` is about."""
    theme: Id = "dossier"
    """The theme: a folder in `themes/`."""
    event_kinds: Mapping[Id, LocalText] = Field(default_factory=dict)
    """The kinds of event, each with its name."""
    navigation: tuple[Id, ...] = ()
    """The sections and pages in the masthead, in order; without it, every section that holds something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A dossier whose every file and field is sound; references between records are not yet followed."""

    site: Site
    sources: tuple[Source, ...]
    regions: tuple[Region, ...]
    actors: tuple[Actor, ...]
    measures: tuple[Measure, ...]
    events: tuple[Event, ...]
    reports: tuple[Report, ...]
    figures: tuple[Figure, ...]
    quotes: tuple[Quote, ...]
    disagreements: tuple[Disagreement, ...]
    corrections: tuple[Correction, ...]
    pages: tuple[Page, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """The sources that have a digest."""
        return tuple(source for source in self.sources if isinstance(source, Article))

    def records(self) -> Iterator[Record]:
        """Yield every record that has an id."""
        for group in (self.sources, self.regions, self.actors, self.measures, self.events, self.figures):
            yield from group
        for group in (self.quotes, self.disagreements, self.corrections, self.pages):
            yield from group
