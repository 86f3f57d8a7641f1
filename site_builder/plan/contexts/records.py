"""Records as a reader meets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.plan.contexts.attribution import Attribution, DateView, Origins, SourceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to a page or a place on one; `lang` where its text is not in the page's language."""

    text: str
    address: str
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlink:
    """What points at a record, and why: "reported by", "disputed by", "same origin as".

    `more` leads to all of them where these are only the first.
    """

    reason: str
    links: tuple[Link, ...]
    more: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLink:
    """A region's name; `status` says what must stand beside it, such as "occupied"."""

    id: str
    text: str
    address: str
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A figure as a share of another: `words` such as "305 to 509 per 100,000"; the other with its source."""

    words: str
    denominator: str
    link: Link
    as_of: DateView
    source: SourceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """One number, range or level.

    `number` holds it in words with its bound: "at least 275", "3,000 to 5,000"; `plain` for machines: "275",
    "3000/5000", a level's id. `basis` is the word shown, `basis_id` the code: official, count, estimate or
    claim. `is_struck` is true for a value that is superseded or deprecated: it is kept, struck through.
    `origins` counts the sources that state the very same figure, and is None where there is only one.
    """

    id: str
    address: str
    number: str
    plain: str
    unit: str
    wording: str
    wording_lang: str = ""
    measure: Link
    is_level: bool
    regions: tuple[RegionLink, ...]
    population: str
    as_of: DateView
    span: DateView | None
    claimed_by: Link | None
    claimant: str
    rate: Rate | None = None
    rank: str = ""
    rank_id: str = "normal"
    rank_reason: str = ""
    supersedes: Link | None = None
    superseded_by: Link | None = None
    is_struck: bool = False
    basis: str
    basis_id: str
    basis_meaning: str
    method: str
    attribution: Attribution
    disagreements: tuple[Link, ...]
    origins: Origins | None = None
    backlinks: tuple[Backlink, ...] = ()
    former_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteVariant:
    """Another source's printing of the same words."""

    address: str
    exact: str
    lang: str
    source: SourceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationView:
    """A quote's words in another language: `language` names it, `method` says how it was made.

    `back` says that the words were spoken in that language: it is a translation of a translation.
    """

    lang: str
    language: str
    text: str
    method: str
    translator: str
    checked_by: str
    back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """Words that somebody said; `language` and `translated_from` name languages, the second may be empty.

    `withheld` says why the speaker's name is not given, and is empty where it is. `compared` says when the
    words were found in a kept copy of the source, and is None where they were not compared; `passage` leads
    out of the site to the words in the source, and is empty where that has no address.
    """

    id: str
    address: str
    exact: str
    lang: str
    language: str
    translated_from: str
    speaker: Link
    role: str
    said: DateView | None
    regions: tuple[RegionLink, ...]
    event: Link | None
    attribution: Attribution
    variants: tuple[QuoteVariant, ...]
    disagreements: tuple[Link, ...]
    withheld: str = ""
    compared: DateView | None = None
    passage: str = ""
    translations: tuple[TranslationView, ...] = ()
    backlinks: tuple[Backlink, ...] = ()
    former_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One source's account of an event.

    `date` and `place` only where they differ from the event's own; `anchor` is its id on the event's page.
    """

    anchor: str
    says: str
    status: str = ""
    status_meaning: str = ""
    disputes: str
    date: DateView | None
    place: str
    attribution: Attribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The events before and after one, on the timeline of one region."""

    region: RegionLink
    earlier: Link | None
    later: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """An event as it stands on every timeline; `reports` has at least one; `differs` if any is disputed.

    `actor_ids` are those of `actors`.
    """

    id: str
    address: str
    title: str
    date: DateView
    period: str
    kind: str
    kind_id: str
    regions: tuple[RegionLink, ...]
    place: str
    actors: tuple[Link, ...]
    reports: tuple[ReportView, ...]
    origins: Origins
    neighbours: tuple[Neighbours, ...]
    differs: bool
    disagreements: tuple[Link, ...]
    actor_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A record that prose links to or a disagreement shows: the link, and the one view that its kind has.

    `lang` is the language that the record is told in, where the text that links to it is in another.
    """

    kind: str
    id: str
    link: Link
    lang: str = ""
    figure: FigureView | None = None
    quote: QuoteView | None = None
    event: EventView | None = None
    source: SourceLine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementView:
    """Records to be read side by side; `nature_id` is contradiction, difference or dependence."""

    id: str
    address: str
    title: str
    nature: str
    nature_id: str
    nature_meaning: str
    says: str
    records: tuple[Cited, ...]
    origins: Origins | None
    backlinks: tuple[Backlink, ...] = ()
    former_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """What the site said, what it says now, and why; `field` in people's words."""

    id: str
    address: str
    date: DateView
    record: Link
    field: str
    was: str
    now: str
    why: str
    trigger: str
    former_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredView:
    """A record that the site once had: what kind it was, and what stands for it now, if anything does."""

    id: str
    address: str
    kind: str
    date: DateView
    replaced_by: Link | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """An entry of the codebook. `levels` pairs a name with its definition, lowest first."""

    id: str
    address: str
    title: str
    definition: str
    unit: str
    counting: str
    counting_meaning: str
    levels: tuple[tuple[str, str], ...]
    note: str
    figures: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureGroup:
    """Figures to be read together: one measure, one set of regions, one population; in order of time.

    Of a measure with levels all figures stand in one group, lowest level first, and `regions` is empty: each
    figure names its own. `spans` is true where the figures count over stated spans, which then differ or not;
    figures without a span count up to their as-of dates.
    """

    measure: MeasureView
    regions: tuple[RegionLink, ...]
    population: str
    spans: bool
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFigures:
    """All figures of one measure on a page, in their groups."""

    measure: MeasureView
    groups: tuple[FigureGroup, ...]
