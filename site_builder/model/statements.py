"""Statements: what one source says at one place in it: figures, quotes, reports of events."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from site_builder.fields import (
    ActorId,
    Date,
    EventId,
    EventKindId,
    FigureId,
    Given,
    Id,
    Language,
    LocalText,
    MeasureId,
    Number,
    QuoteId,
    RegionId,
    SourceId,
    Words,
    one_of,
)
from site_builder.model.schema import Publishable, Record, Schema
from site_builder.values import misfit
from site_builder.words import BASES, BOUNDS, RANKS, STATUSES, TRANSLATION_METHODS

Basis = Annotated[str, one_of(BASES)]
Bound = Annotated[str, one_of(BOUNDS)]
Rank = Annotated[str, one_of(RANKS)]
Status = Annotated[str, one_of(STATUSES)]
TranslationMethod = Annotated[str, one_of(TRANSLATION_METHODS)]


class Statement(Schema):
    """Base of what one source says at one place in it."""

    source: Annotated[SourceId, Given("the folder or file that the statement lies in")]
    """The source that says it."""
    from_: SourceId | None = Field(default=None, alias="from")
    """Which of the sources in `draws_on` it was taken from; its own id where it is its own reporting."""
    locator: Words | None = None
    """Where in the source it stands: a paragraph, a page, a time."""
    note: LocalText | None = None
    """What a reader must know about this statement."""


class StatementRecord(Statement, Record):
    """Base of the statements that have an id and an address of their own."""

    regions: tuple[RegionId, ...] = ()
    """The regions that it is about; without any, the place that `site.yaml` names."""


class Figure(StatementRecord):
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
    population: LocalText | None = None
    """Who or what part is counted, where it is not the whole region (schema.org populationType)."""
    as_of: Date
    """The date for which the figure is stated."""
    span: Date | None = None
    """The stretch of time that the figure counts over, where it does not count to the as-of date."""
    claimed_by: ActorId | None = None
    """Who says so, where it is not the source itself."""
    denominator: FigureId | None = None
    """The figure that this one is a share of: both then give a rate, with both sources."""
    rank: Rank = "normal"
    """How well founded it is beside the other figures of its kind."""
    rank_reason: LocalText | None = None
    """Why it is preferred or deprecated; needed where it is."""
    supersedes: FigureId | None = None
    """The earlier figure by the same counter that this one replaces; that one is kept, struck through."""
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
        if self.rank != "normal" and self.rank_reason is None:
            problem = f"a figure is {self.rank} for a reason, and none is given"
            raise misfit("missing-field", problem, "add 'rank_reason:'", field="rank")
        if self.bound and self.value is None:
            raise misfit("bad-choice", "only a value can have a bound", "remove 'bound'", field="bound")
        return self


class Translation(Schema):
    """The words of a quote in another language."""

    lang: Language
    """The language of the translation."""
    text: Words
    """The translated words."""
    method: TranslationMethod
    """How it was made."""
    translator: Words | None = None
    """Who made it."""
    checked_by: Words | None = None
    """Who checked it against the original; needed where it is `machine-checked`."""

    @model_validator(mode="after")
    def _names_who_checked(self) -> Self:
        if self.method == "machine-checked" and self.checked_by is None:
            repair = "add 'checked_by:', or write 'method: machine'"
            raise misfit(
                "missing-field",
                "the translation was checked, and by whom is not said",
                repair,
                field="method",
            )
        return self


class Quote(StatementRecord):
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
    prefix: Words | None = None
    """The words before it in the source, where the same words stand there twice."""
    suffix: Words | None = None
    """The words after it in the source, where the same words stand there twice."""
    translations: tuple[Translation, ...] = ()
    """The words in other languages; only the original is compared with the source."""
    said: Date | None = None
    """When it was said."""
    event: EventId | None = None
    """The event that it is about."""


class Telling(Schema):
    """Base of one source's account of an event."""

    says: LocalText
    """What this source says happened, in our words."""
    status: Status | None = None
    """How the source stands to what it says."""
    disputes: LocalText | None = None
    """What in it differs from other sources, in a few words."""


class Report(Telling, Statement, Publishable):
    """One source's statement of an event that another source defines; it may disagree."""

    event: EventId
    """The event reported."""
    date: Date | None = None
    """The date that this source gives, where it differs from the event's."""
    place_name: LocalText | None = Field(default=None, alias="place")
    """The place that this source gives, where it differs from the event's."""


class Event(Telling, StatementRecord):
    """Something that happened, or is said to have; the source that defines it is its first report."""

    title: LocalText
    """The event in a few words, in no source's favour."""
    date: Date
    """When it happened."""
    place_name: LocalText | None = Field(default=None, alias="place")
    """The place within the region."""
    kind: EventKindId
    """What kind of event: one of the words in `event_kinds` of `site.yaml`."""
    actors: tuple[ActorId, ...] = ()
    """Who took part."""
