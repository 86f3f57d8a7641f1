"""The pages: one frozen value for each, all that its template may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.plan.contexts.attribution import DateView, Origins, SourceLine
    from site_builder.plan.contexts.cards import Card
    from site_builder.plan.contexts.charts import ChartView, StripView
    from site_builder.plan.contexts.lines import (
        ActorLine,
        ArchiveView,
        ArticleLine,
        CoverageRow,
        Download,
        FilterGroup,
        PartLink,
        PeriodCount,
        RegionGroup,
        RegionLine,
        SourceEntry,
        Tally,
        VersionView,
        WordList,
    )
    from site_builder.plan.contexts.maps import LocatorView, MapView
    from site_builder.plan.contexts.prose import Prose
    from site_builder.plan.contexts.records import (
        Backlink,
        Cited,
        CorrectionView,
        DisagreementView,
        EventView,
        FigureGroup,
        Link,
        MeasureFigures,
        MeasureView,
        QuoteView,
        RegionLink,
        RetiredView,
    )
    from site_builder.plan.contexts.site import NavigationLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has. `kind` names its template; `section` the entry of the masthead it belongs to.

    `crumbs` lead from the section to the page's parent, without the page itself. `description` is for search
    engines and cards; `backlinks` say what points at the page's record, and why. `scripts` names the theme's
    scripts that add something to the page, in the order in which they run; it is complete without them.
    `card` is None where none is drawn.
    `sheets` names the further style sheets of the theme that it needs.
    `counterpart` is what stands for the page in other languages, where they need not have it at its path.
    `more` leads to the whole of a section that is shortened here, by the section's name.
    """

    kind: str
    path: str
    section: str
    title: str
    description: str
    crumbs: tuple[Link, ...] = ()
    corrections: tuple[CorrectionView, ...] = ()
    backlinks: tuple[Backlink, ...] = ()
    card: Card | None = None
    scripts: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    counterpart: str = ""
    more: Mapping[str, Link] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(Page):
    """The front page."""

    body: Prose | None
    tallies: tuple[Tally, ...]
    origins: Origins
    disagreements: tuple[DisagreementView, ...]
    articles: tuple[ArticleLine, ...]
    strip: StripView | None
    events: tuple[EventView, ...]
    regions: tuple[RegionGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesPage(Page):
    """The list of curated articles, oldest first."""

    articles: tuple[ArticleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage(Page):
    """A source with everything that rests on it; also an article's page, which has a digest.

    `draws_on` and `drawn_on_by` are the links of the chain next to it; `origins` lists every source that
    shares its origin; `taken_from` are statements of other sources that name this one in `from`.
    """

    source: SourceLine
    is_article: bool
    authors: tuple[str, ...]
    publisher: str
    language: str
    accessed: DateView | None
    read_as: str
    note: str
    archives: tuple[ArchiveView, ...]
    versions: tuple[VersionView, ...]
    draws_on: tuple[SourceLine, ...]
    drawn_on_by: tuple[SourceLine, ...]
    same_origin: tuple[SourceLine, ...]
    origins: Origins
    regions: tuple[RegionLink, ...]
    summary: str
    curated: DateView | None
    body: Prose | None
    events: tuple[EventView, ...]
    figures: tuple[MeasureFigures, ...]
    quotes: tuple[QuoteView, ...]
    taken_from: tuple[Cited, ...]
    disagreements: tuple[DisagreementView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage(Page):
    """Every source, by publication; `groups` pairs a heading with its sources."""

    groups: tuple[tuple[str, tuple[SourceEntry, ...]], ...]
    total: int
    unarchived: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsPage(Page):
    """Every region, within the larger one that it belongs to."""

    groups: tuple[RegionGroup, ...]
    map: MapView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionPage(Page):
    """Everything on one region. `names` pairs a language tag with a name; few events have no `strip`.

    `paper` leads to the page for print; it is empty where there is none. Where so many sources speak of the
    region that the page is long (`is_long`), they stand there in short.
    """

    region: RegionLink
    names: tuple[tuple[str, str], ...]
    also_known_as: tuple[str, ...]
    iso: str
    wikidata: str
    type: str
    capital: str
    part_of: RegionLink | None
    parts: tuple[RegionLine, ...]
    summary: str
    unknown: tuple[str, ...]
    body: Prose | None
    disagreements: tuple[DisagreementView, ...]
    figures: tuple[MeasureFigures, ...]
    strip: StripView | None
    events: tuple[EventView, ...]
    quotes: tuple[QuoteView, ...]
    articles: tuple[ArticleLine, ...]
    sources: tuple[SourceEntry, ...]
    is_long: bool
    origins: Origins
    locator: LocatorView | None
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage(Page):
    """The timeline: all of it, one period with its neighbours, or the events of one kind (`is_selection`).

    `period` is empty but for a period. `events` is empty on the index of a timeline too long for one page;
    its periods lead to them. `total` counts all events of the dossier, `found` those of the period or
    the kind; where these are too many for one page, `parts` lead to them. `facets` gives, for an event that a
    script may hide, the ids that it has in each filter; `lines` is true where there are too many events to
    show each at length.
    """

    period: str = ""
    is_selection: bool = False
    periods: tuple[PeriodCount, ...]
    strip: StripView | None = None
    filters: tuple[FilterGroup, ...] = ()
    facets: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    events: tuple[EventView, ...]
    total: int
    found: int = 0
    parts: tuple[PartLink, ...] = ()
    lines: bool = False
    earlier: Link | None = None
    later: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage(Page):
    """One event with all its reports side by side."""

    event: EventView
    quotes: tuple[QuoteView, ...]
    disagreements: tuple[DisagreementView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresPage(Page):
    """The codebook: every measure with its definition and the number of its figures."""

    measures: tuple[MeasureView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePage(Page):
    """Every figure of one measure; `charts` draw those that can be compared, `csv` is the table's address.

    Where they are too many for one page, `parts` lead to them, and `groups` hold the newest alone.
    """

    measure: MeasureView
    charts: tuple[ChartView, ...]
    csv: str
    groups: tuple[FigureGroup, ...]
    parts: tuple[PartLink, ...] = ()
    disagreements: tuple[DisagreementView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotesPage(Page):
    """Every quotation, by speaker; `groups` pairs a speaker with what they said."""

    groups: tuple[tuple[ActorLine, tuple[QuoteView, ...]], ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorsPage(Page):
    """Every actor, by name."""

    actors: tuple[ActorLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPage(Page):
    """What one actor said, claimed and took part in."""

    actor: ActorLine
    names: tuple[tuple[str, str], ...]
    summary: str
    wikidata: str
    part_of: Link | None
    parts: tuple[Link, ...]
    quotes: tuple[QuoteView, ...]
    figures: tuple[MeasureFigures, ...]
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementsPage(Page):
    """Where sources differ, or only seem to."""

    disagreements: tuple[DisagreementView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsPage(Page):
    """Every correction and every retired record, newest first; there from the first day, even if empty."""

    entries: tuple[CorrectionView, ...]
    retired: tuple[RetiredView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectPage(Page):
    """What stands at an address that a record has left: the way on, or why there is none.

    `id` is the one that the record had; `target` is None where it was withdrawn; `why` and `date` are those
    of a retired record.
    """

    id: str
    target: Link | None
    why: str
    date: DateView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage(Page):
    """The downloads; `manifest` is the address of the list of all files."""

    downloads: tuple[Download, ...]
    manifest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProsePage(Page):
    """A page of prose."""

    body: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePage(Page):
    """Every region by period: how many independent origins speak of it. Silence is shown as silence.

    `periods` are all months from the first to the last that is spoken of, or years where those are too many.
    """

    periods: tuple[str, ...]
    rows: tuple[CoverageRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodPage(Page):
    """How the dossier was made: the author's text, then what the schema and the codebook say."""

    body: Prose | None
    word_lists: tuple[WordList, ...]
    measures: tuple[MeasureView, ...]
    coverage: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundPage(Page):
    """What a host shows for an address that is not there; absolute links where there is a base URL."""

    sections: tuple[NavigationLink, ...] = field(default=())
