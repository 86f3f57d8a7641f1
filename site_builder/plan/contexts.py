"""What a template may see: one frozen value per page, made of views of records.

Everything a reader reads is here in words of the page's language; nothing here is computed by a template.
Every `address` is relative to the site's root and names a file (`regions/buryatia.html`, perhaps with a
fragment); the `url` filter turns it into a link relative to the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.markup import Markup

# ---------------------------------------------------------------- parts


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView:
    """A date in words, in short for tables and margins, and for `<time datetime>` where HTML has a form for it."""

    words: str
    short: str
    machine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to a page or a place on one; `lang` where its text is not in the page's language."""

    text: str
    address: str
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLink:
    """A region's name; `status` says what must stand beside it, such as "occupied"."""

    id: str
    text: str
    address: str
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source in one line. `publication` may be empty; `url` leads out of the site."""

    id: str
    address: str
    title: str
    lang: str
    title_translated: str
    publication: str
    issued: DateView
    type: str
    url: str
    is_article: bool

    @property
    def label(self) -> str:
        """The shortest name that tells the source apart in running text: its publication, else its title."""
        return self.publication or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginGroup:
    """An origin and the sources that rest on it, itself among them where it was read; reprints stand here."""

    origin: SourceLine
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """How many sources there are for something, and how many origins they come down to."""

    sources: int
    groups: tuple[OriginGroup, ...]

    @property
    def origins(self) -> int:
        """The number of independent origins: the number that counts as witnesses."""
        return len(self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One hand that a statement went through; `role` is "says", "origin", "via" or "read"."""

    role: str
    text: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Where a statement comes from. `chain` runs from the one who says it to the source that we read."""

    source: SourceLine
    chain: tuple[ChainStep, ...]
    locator: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """One number, range or level. `number` holds it in words with its bound: "at least 275", "3,000 to 5,000".

    `plain` is the number for machines ("275", "3000/5000", a level's id); `basis` is the word shown, `basis_id` the code:
    official, count, estimate or claim.
    """

    id: str
    address: str
    number: str
    plain: str
    unit: str
    wording: str
    measure: Link
    is_level: bool
    regions: tuple[RegionLink, ...]
    population: str
    as_of: DateView
    span: DateView | None
    claimed_by: Link | None
    claimant: str
    basis: str
    basis_id: str
    basis_meaning: str
    method: str
    attribution: Attribution
    disagreements: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteVariant:
    """Another source's printing of the same words."""

    address: str
    exact: str
    lang: str
    source: SourceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """Words that somebody said. `language` and `translated_from` are names of languages, the second may be empty."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One source's account of an event. `date` and `place` only where this source differs from the event's own.

    `anchor` is its id on the event's page.
    """

    anchor: str
    says: str
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
    """An event as it stands on every timeline. `reports` has at least one; `differs` if any disputes another."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A record that prose links to or a disagreement shows: the link, and the one view that its kind has."""

    kind: str
    id: str
    link: Link
    figure: FigureView | None = None
    quote: QuoteView | None = None
    event: EventView | None = None
    source: SourceLine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Markdown with everything that its links name, by `kind:id`."""

    markup: Markup
    cited: Mapping[str, Cited]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementView:
    """Records to be read side by side, and why they differ. `nature_id`: contradiction, difference or dependence."""

    id: str
    address: str
    title: str
    nature: str
    nature_id: str
    nature_meaning: str
    says: str
    records: tuple[Cited, ...]
    origins: Origins | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """What the site said, what it says now, and why."""

    id: str
    address: str
    date: DateView
    record: Link
    field: str
    was: str
    now: str
    why: str
    trigger: str


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
    """Figures to be read together: one measure, the same regions, the same population; ordered by span, then as-of date.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodCount:
    """A stretch of the timeline: a month or, for dates no finer, a year. `share` is 0 to 100 of the fullest one."""

    id: str
    label: str
    short: str
    year: str
    address: str
    events: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLine:
    """A region in an index, with what the dossier holds on it."""

    region: RegionLink
    iso: str
    type: str
    events: int
    figures: int
    quotes: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionGroup:
    """Regions of one larger region (None for those that belong to none in the dossier)."""

    whole: RegionLine | None
    parts: tuple[RegionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article in an index."""

    source: SourceLine
    summary: str
    regions: tuple[RegionLink, ...]
    draws_on: tuple[SourceLine, ...]
    events: int
    figures: int
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """A source in an index, with how much rests on it."""

    source: SourceLine
    draws_on: tuple[SourceLine, ...]
    statements: int
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorLine:
    """An actor in an index. `type`: the word shown."""

    id: str
    address: str
    name: str
    type: str
    role: str
    quotes: int
    figures: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView:
    """A kept copy at an archive."""

    url: str
    captured: DateView
    service: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A change by the publisher."""

    date: DateView
    what_changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many records of one kind there are, and where they are listed."""

    label: str
    count: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A table of `data/`. `columns` pairs a column's name with its meaning."""

    kind: str
    title: str
    rows: int
    csv: str
    json: str
    columns: tuple[tuple[str, str], ...]


# ---------------------------------------------------------------- the site


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationLink:
    """An entry of the masthead; `section` is compared with the page's."""

    section: str
    text: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorView:
    """Who answers for the dossier."""

    name: str
    role: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """What every page of the site shares. `base_url` ends with a slash or is empty."""

    title: str
    description: str
    language: str
    direction: str
    base_url: str
    edition: DateView
    navigation: tuple[NavigationLink, ...]
    pages: tuple[Link, ...]
    editors: tuple[EditorView, ...]
    contact: str
    licence: str
    licence_url: str
    stylesheet: str
    icon: str
    fonts: tuple[str, ...]
    version: str
    has_feed: bool


# ---------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has. `kind` names its template; `section` the entry of the masthead it belongs to.

    `crumbs` lead from the section to the page's parent, without the page itself. `description` is for search engines and cards.
    """

    kind: str
    path: str
    section: str
    title: str
    description: str
    crumbs: tuple[Link, ...] = ()
    corrections: tuple[CorrectionView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(Page):
    """The front page."""

    body: Prose | None
    tallies: tuple[Tally, ...]
    origins: Origins
    disagreements: tuple[DisagreementView, ...]
    articles: tuple[ArticleLine, ...]
    periods: tuple[PeriodCount, ...]
    events: tuple[EventView, ...]
    regions: tuple[RegionGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesPage(Page):
    """The list of curated articles, oldest first."""

    articles: tuple[ArticleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage(Page):
    """A source with everything that rests on it; also an article's page, which has a digest.

    `draws_on` and `drawn_on_by` are the links of the chain next to it; `origins` lists every source that shares its origin;
    `taken_from` are statements of other sources that name this one in `from`; `linked_from` are pages whose prose links here.
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
    linked_from: tuple[Link, ...]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionPage(Page):
    """Everything on one region. `names` pairs a language tag with a name."""

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
    events: tuple[EventView, ...]
    quotes: tuple[QuoteView, ...]
    articles: tuple[ArticleLine, ...]
    sources: tuple[SourceEntry, ...]
    origins: Origins


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage(Page):
    """The timeline: the whole of it (`period` is empty), or one period with its neighbours.

    `events` is empty on the index of a timeline too long for one page; its periods lead to them.
    """

    period: str
    periods: tuple[PeriodCount, ...]
    events: tuple[EventView, ...]
    earlier: Link | None
    later: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage(Page):
    """One event with all its reports side by side."""

    event: EventView
    quotes: tuple[QuoteView, ...]
    linked_from: tuple[Link, ...]
    disagreements: tuple[DisagreementView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresPage(Page):
    """The codebook: every measure with its definition and the number of its figures."""

    measures: tuple[MeasureView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePage(Page):
    """Every figure of one measure."""

    measure: MeasureView
    groups: tuple[FigureGroup, ...]
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
    """Every correction, newest first; there from the first day, even if empty."""

    entries: tuple[CorrectionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage(Page):
    """The downloads."""

    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProsePage(Page):
    """A page of prose."""

    body: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundPage(Page):
    """What a host shows for an address that is not there. Its links are absolute where the site has a base URL."""

    sections: tuple[NavigationLink, ...] = field(default=())
