"""The dossier with every question answered that crosses files: who cites what, what stands where in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from site_builder.dates import Edtf
from site_builder.issues import IssueLog
from site_builder.link.checks import check
from site_builder.link.gather import Groups, by_id, grouped, whole_place
from site_builder.link.history import History, history
from site_builder.link.homes import (
    date_of_disagreement,
    parts_of_corrections,
    parts_of_disagreements,
    parts_of_figures,
)
from site_builder.link.origins import OriginsOf, origins_of_sources
from site_builder.link.timelines import Timelines, timelines
from site_builder.model import (
    Actor,
    Article,
    Correction,
    Disagreement,
    Dossier,
    Event,
    Figure,
    Measure,
    Outline,
    Page,
    Quote,
    Region,
    Report,
    Site,
    Source,
    Statement,
    StatementRecord,
)


# Without slots: what is rarely asked for is found out once, and kept.
@dataclass(frozen=True, kw_only=True)
class Index:
    """A linked dossier. Every mapping is complete: a record on which nothing rests has an empty tuple.

    Mappings by record use `kind:id` as key. Lists of events and figures are in order of time, sources in
    order of publication, the rest in order of files.
    """

    site: Site
    sources: Mapping[str, Source]
    regions: Mapping[str, Region]
    actors: Mapping[str, Actor]
    measures: Mapping[str, Measure]
    events: Mapping[str, Event]
    figures: Mapping[str, Figure]
    quotes: Mapping[str, Quote]
    disagreements: Mapping[str, Disagreement]
    corrections: tuple[Correction, ...]
    pages: Mapping[str, Page]

    reports_of: Mapping[str, tuple[Report, ...]]
    """By event: the defining source's report first, then the others as they were published."""
    timelines: Timelines
    figures_of_measure: Mapping[str, tuple[Figure, ...]]
    figures_of_region: Mapping[str, tuple[Figure, ...]]
    figures_of_source: Mapping[str, tuple[Figure, ...]]
    figures_of_actor: Mapping[str, tuple[Figure, ...]]
    superseded_by: Mapping[str, tuple[Figure, ...]]
    quotes_of_region: Mapping[str, tuple[Quote, ...]]
    quotes_of_source: Mapping[str, tuple[Quote, ...]]
    quotes_of_actor: Mapping[str, tuple[Quote, ...]]
    quotes_of_event: Mapping[str, tuple[Quote, ...]]
    variants_of: Mapping[str, tuple[Quote, ...]]
    events_of_source: Mapping[str, tuple[Event, ...]]
    events_of_actor: Mapping[str, tuple[Event, ...]]
    sources_of_region: Mapping[str, tuple[Source, ...]]
    regions_of_source: Mapping[str, tuple[str, ...]]
    parts_of: Mapping[str, tuple[Region, ...]]
    drawn_on_by: Mapping[str, tuple[Source, ...]]
    origins: OriginsOf
    taken_from: Mapping[str, tuple[str, ...]]
    """By source: the records of other sources that name it in `from`, as `kind:id`."""
    disagreements_of: Mapping[str, tuple[Disagreement, ...]]
    corrections_of: Mapping[str, tuple[Correction, ...]]
    linked_from: Mapping[str, tuple[str, ...]]
    """By record: the records whose prose links to it."""
    history: History
    outlines: tuple[Outline, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """The curated sources, in order of publication."""
        return tuple(source for source in self.sources.values() if isinstance(source, Article))

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """By record, as `kind:id`: the part of a list where it is at home, if the list has parts."""
        return {
            **parts_of_figures(self.figures_of_measure),
            **parts_of_disagreements(self.disagreements.values(), self.dates_of_disagreements),
            **parts_of_corrections(self.corrections),
        }

    @cached_property
    def dates_of_disagreements(self) -> Mapping[str, Edtf]:
        """By disagreement: the earliest date of its records."""
        return {
            name: date_of_disagreement(item, self.figures, self.events, self.quotes, self.sources)
            for name, item in self.disagreements.items()
        }

    def statements_of_region(self, region: str) -> tuple[Statement, ...]:
        """What is said of a region: its figures, its quotes, and the reports of its events."""
        events = self.timelines.of_region[region]
        reports = (report for event in events for report in self.reports_of[event.id])
        return (*self.figures_of_region[region], *self.quotes_of_region[region], *reports)

    def has_statements_of(self, region: str) -> bool:
        """True if anything is said of a region."""
        said = (self.timelines.of_region, self.figures_of_region, self.quotes_of_region)
        return any(of_region[region] for of_region in said)

    def regions_of(self, record: StatementRecord) -> tuple[str, ...]:
        """The regions that a record is about: its own, else the dossier's place for a figure or an event."""
        return whole_place(self.site, record)


def link(dossier: Dossier, issues: IssueLog) -> Index:
    """Returns the index; adds an issue for every rule that more than one record is needed to see broken."""
    check(dossier, issues)
    sources = sorted(dossier.sources, key=lambda source: (source.issued.sort_key, source.id))
    events = sorted(dossier.events, key=lambda event: (event.date.sort_key, event.id))
    figures = sorted(dossier.figures, key=lambda figure: (figure.as_of.sort_key, figure.id))
    reports = _reports(dossier, {source.id: number for number, source in enumerate(sources)})
    told = (report for found in reports.values() for report in found)
    origins = origins_of_sources(sources, [*told, *dossier.quotes], issues)
    regions = sorted(dossier.regions, key=lambda region: region.id)
    about = _regions_of_source(dossier)
    regions_of = partial(whole_place, dossier.site)
    return Index(
        site=dossier.site,
        sources=by_id(sources),
        regions=by_id(regions),
        actors=by_id(sorted(dossier.actors, key=lambda actor: actor.id)),
        measures=by_id(dossier.measures),
        events=by_id(events),
        figures=by_id(figures),
        quotes=by_id(dossier.quotes),
        disagreements=by_id(dossier.disagreements),
        corrections=tuple(
            sorted(dossier.corrections, key=lambda item: (item.date.sort_key, item.id), reverse=True)
        ),
        pages=by_id(sorted(dossier.pages, key=lambda page: page.id)),
        reports_of=reports,
        timelines=timelines(events, regions_of),
        figures_of_measure=grouped(figures, lambda figure: [figure.measure]),
        figures_of_region=grouped(figures, regions_of),
        figures_of_source=grouped(figures, lambda figure: [figure.source]),
        figures_of_actor=grouped(figures, lambda figure: [figure.claimed_by]),
        superseded_by=grouped(figures, lambda figure: [figure.supersedes]),
        quotes_of_region=grouped(dossier.quotes, regions_of),
        quotes_of_source=grouped(dossier.quotes, lambda quote: [quote.source]),
        quotes_of_actor=grouped(dossier.quotes, lambda quote: [quote.speaker]),
        quotes_of_event=grouped(dossier.quotes, lambda quote: [quote.event]),
        variants_of=_variants(dossier.quotes),
        events_of_source=grouped(events, lambda event: [report.source for report in reports[event.id]]),
        events_of_actor=grouped(events, lambda event: event.actors),
        sources_of_region=grouped(sources, lambda source: about[source.id]),
        regions_of_source=about,
        parts_of=grouped(regions, lambda region: [region.part_of]),
        drawn_on_by=grouped(sources, lambda source: source.draws_on),
        origins=origins,
        taken_from=_taken_from(dossier),
        disagreements_of=grouped(dossier.disagreements, lambda item: item.records),
        corrections_of=grouped(dossier.corrections, lambda item: [item.record]),
        linked_from=_linked_from(dossier),
        history=history(dossier, issues),
        outlines=dossier.outlines,
    )


def _reports(dossier: Dossier, order: Mapping[str, int]) -> Mapping[str, tuple[Report, ...]]:
    first = {event.id: (_first_report(event),) for event in dossier.events}
    others = sorted(dossier.reports, key=lambda report: order[report.source])
    later = grouped(others, lambda report: [report.event])
    return {event: (*reports, *later.get(event, ())) for event, reports in first.items()}


# Which fields were written is asked of no report, and a set for each is much.
_NO_NAMES: set[str] = set()


def _first_report(event: Event) -> Report:
    return Report.model_construct(
        _NO_NAMES,
        source=event.source,
        from_=event.from_,
        locator=event.locator,
        note=event.note,
        event=event.id,
        says=event.says,
        disputes=event.disputes,
        status=event.status,
        date=None,
        place_name=None,
    )


def _variants(quotes: tuple[Quote, ...]) -> Mapping[str, tuple[Quote, ...]]:
    families = grouped(quotes, lambda quote: [quote.variant_of or quote.id])
    return {
        quote.id: tuple(other for other in family if other.id != quote.id)
        for family in families.values()
        for quote in family
    }


def _regions_of_source(dossier: Dossier) -> Mapping[str, tuple[str, ...]]:
    about: dict[str, set[str]] = {source.id: set(source.regions) for source in dossier.sources}
    events = {event.id: whole_place(dossier.site, event) for event in dossier.events}
    statements: tuple[StatementRecord, ...] = (*dossier.figures, *dossier.quotes, *dossier.events)
    for statement in statements:
        about[statement.source].update(whole_place(dossier.site, statement))
    for report in dossier.reports:
        about[report.source].update(events[report.event])
    return {source: tuple(sorted(regions)) for source, regions in about.items()}


def _taken_from(dossier: Dossier) -> Mapping[str, tuple[str, ...]]:
    kinds: Mapping[str, tuple[StatementRecord, ...]] = {
        "event": dossier.events,
        "figure": dossier.figures,
        "quote": dossier.quotes,
    }
    pairs = [
        (statement.from_, f"{kind}:{statement.id}")
        for kind, statements in kinds.items()
        for statement in statements
        if statement.from_ and statement.from_ != statement.source
    ]
    pairs += [
        (report.from_, f"event:{report.event}")
        for report in dossier.reports
        if report.from_ and report.from_ != report.source
    ]
    named = grouped(pairs, lambda pair: [pair[0]])
    return Groups(
        {source: tuple(dict.fromkeys(name for _, name in found)) for source, found in named.items()}
    )


def _linked_from(dossier: Dossier) -> Mapping[str, tuple[str, ...]]:
    prose: list[tuple[str, Article | Region | Page]] = [
        *((f"source:{article.id}", article) for article in dossier.articles),
        *((f"region:{region.id}", region) for region in dossier.regions),
        *((f"page:{page.id}", page) for page in dossier.pages),
    ]
    pairs = [
        (str(link.target), name)
        for name, record in prose
        for body in (record.body, *(text.body for text in record.translations))
        for link in body.links
    ]
    named = grouped(pairs, lambda pair: [pair[0]])
    return Groups(
        {target: tuple(dict.fromkeys(name for _, name in found)) for target, found in named.items()}
    )
