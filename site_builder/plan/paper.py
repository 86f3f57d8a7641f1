"""The pages for paper: everything on one page, and the number of each source in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial

from site_builder.link import Index
from site_builder.model import Region, Source
from site_builder.plan import addresses
from site_builder.plan.cards import Dressed
from site_builder.plan.contexts import (
    Attribution,
    Cited,
    CorrectionView,
    DisagreementView,
    EventView,
    FigureView,
    Link,
    MeasureFigures,
    NumberedSource,
    PrintPage,
    Prose,
    QuoteView,
    RegionPage,
)
from site_builder.plan.labels import label
from site_builder.plan.lines import measures_with_figures
from site_builder.plan.naming import date_view, text_in
from site_builder.plan.planned import Owner, PlannedPage
from site_builder.plan.record_pages import RecordPages, Told, archives_of, authors_of
from site_builder.plan.views import Views, correction_view, prose

# As many statements as one page can hold; of a larger dossier each region is printed alone.
_MOST_STATEMENTS = 1500
# As many as are printed of a region, the newest: some thirty sheets.
_MOST_OF_A_REGION = 300


class PaperPages:
    """Plans a page for paper of each region that something is on record of, then one of the whole."""

    def __init__(self, records: RecordPages, dressed: Dressed) -> None:
        self.records = records
        self.dressed = dressed
        self.made = records.made
        self.index = records.index

    def owners(self) -> Iterator[Owner]:
        """Yields the path of every page for paper, with what plans it."""
        for region in self._regions:
            path = addresses.paper(region.id)
            page = PlannedPage(path, "print", partial(self._of_region, region))
            yield path, partial(iter, (page,))
        yield addresses.PAPER, lambda: (PlannedPage(addresses.PAPER, "print", self._of_dossier),)

    @cached_property
    def _regions(self) -> tuple[Region, ...]:
        regions = self.index.regions.values()
        return tuple(one for one in regions if self.index.has_statements_of(one.id))

    @cached_property
    def _source_at(self) -> Mapping[str, Source]:
        return {addresses.source(one): one for one in self.index.sources.values()}

    def _of_region(self, region: Region) -> PrintPage:
        whole = Link(text=_title(self.made), address=addresses.PAPER)
        newest, left_out = _newest(region.id, self.index)
        page = self.records.region(region, newest)
        return self.dressed(self._numbered(_of_region(page, whole, self.made.language, left_out)))

    def _of_dossier(self) -> PrintPage:
        index, made = self.index, self.made
        page = _list_of_pages(self._regions, made)
        if not page.is_whole:
            return self.dressed(page)
        sources = map(self.records.source, index.sources.values())
        regions = map(self.records.region, self._regions)
        home = index.pages.get("home")
        page = replace(
            page,
            body=prose(home, made) if home else None,
            digests=tuple(one for one in sources if one.is_article and (one.body or one.summary)),
            disagreements=tuple(made.disagreements.values()),
            events=tuple(made.events[event.id] for event in index.timelines.events),
            figures=measures_with_figures(index.figures.values(), made),
            quotes=tuple(made.quotes.values()),
            regions=tuple(region for region in regions if region.summary or region.unknown),
            corrected=_corrections(made),
        )
        return self.dressed(self._numbered(page))

    def _numbered(self, page: PrintPage) -> PrintPage:
        """The page with its sources, numbered in the order in which they are first marked."""
        marked = dict.fromkeys(address for address in _marked(page) if address in self._source_at)
        numbers = {address: number for number, address in enumerate(marked, 1)}
        sources = tuple(self._source(number, address) for address, number in numbers.items())
        return replace(page, numbers=numbers, sources=sources)

    def _source(self, number: int, address: str) -> NumberedSource:
        record = self._source_at[address]
        return NumberedSource(
            number=number,
            source=self.made.sources[record.id],
            authors=authors_of(record, self.made.language),
            publisher=record.publisher or "",
            accessed=date_view(record.accessed, self.made.language) if record.accessed else None,
            archives=archives_of(record, self.made.language),
        )


def _title(made: Views) -> str:
    return text_in(made.index.site.title, made.language)


def _of_region(region: RegionPage, whole: Link, language: str, left_out: int) -> PrintPage:
    return PrintPage(
        kind="print",
        sheets=("paper",),
        path=region.paper,
        section="regions",
        title=f"{region.title}: {label('page', 'print', language)}",
        description=region.description,
        heading=region.region.text,
        is_whole=True,
        screen=Link(text=region.title, address=region.path),
        others=(whole,),
        region=region,
        body=region.body,
        digests=(),
        disagreements=region.disagreements,
        events=region.events,
        figures=region.figures,
        quotes=region.quotes,
        left_out=left_out,
        regions=(),
        corrected=region.corrections,
        numbers={},
        sources=(),
    )


def _newest(region: str, index: Index) -> tuple[Told | None, int]:
    """Returns the newest statements of a region and how many others there are; None where all have room."""
    events, figures = index.timelines.of_region[region], index.figures_of_region[region]
    quotes = index.quotes_of_region[region]
    left_out = len(events) + len(figures) + len(quotes) - _MOST_OF_A_REGION
    if left_out <= 0:
        return None, 0
    dated = [
        *((one.date, f"event:{one.id}") for one in events),
        *((one.as_of, f"figure:{one.id}") for one in figures),
        *((one.said or index.sources[one.source].issued, f"quote:{one.id}") for one in quotes),
    ]
    newest = sorted(dated, key=lambda one: (one[0].sort_key, one[1]))[left_out:]
    kept = {name for _, name in newest}
    return Told(
        tuple(one for one in events if f"event:{one.id}" in kept),
        tuple(one for one in figures if f"figure:{one.id}" in kept),
        tuple(one for one in quotes if f"quote:{one.id}" in kept),
    ), left_out


def _list_of_pages(regions: tuple[Region, ...], made: Views) -> PrintPage:
    """The page of the whole dossier with nothing on it but the ways to the others."""
    index, title, language = made.index, _title(made), made.language
    return PrintPage(
        kind="print",
        sheets=("paper",),
        path=addresses.PAPER,
        section="",
        title=f"{title}: {label('page', 'print', language)}",
        description=text_in(index.site.description, language),
        heading=title,
        is_whole=len(index.events) + len(index.figures) + len(index.quotes) <= _MOST_STATEMENTS,
        screen=Link(text=title, address=addresses.HOME),
        others=tuple(
            Link(text=text_in(region.name, language), address=addresses.paper(region.id))
            for region in regions
        ),
        region=None,
        body=None,
        digests=(),
        disagreements=(),
        events=(),
        figures=(),
        quotes=(),
        regions=(),
        corrected=(),
        numbers={},
        sources=(),
    )


def _corrections(made: Views) -> tuple[CorrectionView, ...]:
    return tuple(correction_view(item, made.index, made.language) for item in made.index.corrections)


def _marked(page: PrintPage) -> Iterator[str]:
    """The address of everything that is marked, in the order of the template."""
    yield from _of_prose(page.body)
    for digest in page.digests:
        yield digest.path
        yield from _of_prose(digest.body)
    for disagreement in page.disagreements:
        yield from _of_disagreement(disagreement)
    for event in page.events:
        yield from _of_event(event)
    yield from _of_figures(page.figures)
    for quote in page.quotes:
        yield from _of_quote(quote)


def _of_prose(prose: Prose | None) -> Iterator[str]:
    for cited in prose.cited.values() if prose else ():
        yield from _of_cited(cited)


def _of_cited(cited: Cited) -> Iterator[str]:
    if cited.figure:
        yield from _of_figure(cited.figure)
    if cited.quote:
        yield from _of_attribution(cited.quote.attribution)
    if cited.event:
        yield from _of_event(cited.event)
    if cited.source:
        yield cited.source.address


def _of_disagreement(one: DisagreementView) -> Iterator[str]:
    for cited in one.records:
        yield from _of_cited(cited)


def _of_event(event: EventView) -> Iterator[str]:
    for report in event.reports:
        yield from _of_attribution(report.attribution)


def _of_figures(measures: Iterable[MeasureFigures]) -> Iterator[str]:
    for measure in measures:
        for group in measure.groups:
            for figure in group.figures:
                yield from _of_figure(figure)


def _of_figure(figure: FigureView) -> Iterator[str]:
    yield from _of_attribution(figure.attribution)
    if figure.rate:
        yield figure.rate.source.address


def _of_quote(quote: QuoteView) -> Iterator[str]:
    yield from _of_attribution(quote.attribution)
    for variant in quote.variants:
        yield variant.source.address


def _of_attribution(attribution: Attribution) -> Iterator[str]:
    for step in attribution.chain:
        yield step.address
