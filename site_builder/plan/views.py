"""Records as views: each record worded once, in the page's language, for every page that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.dates import Edtf
from site_builder.fields import Text
from site_builder.link import Index, Shared
from site_builder.markup import Markup
from site_builder.model import Actor, Article, Correction, Disagreement, Event, Figure, Quote, Report, Source, Statement
from site_builder.plan import addresses
from site_builder.plan.contexts import (
    Attribution,
    ChainStep,
    Cited,
    CorrectionView,
    DateView,
    DisagreementView,
    EventView,
    FigureView,
    Link,
    MeasureView,
    Neighbours,
    OriginGroup,
    Origins,
    Prose,
    QuoteVariant,
    QuoteView,
    RegionLink,
    ReportView,
    SourceLine,
)
from site_builder.plan.labels import label
from site_builder.wording import bound_words, date_short, date_words, language_name, number_words, range_words
from site_builder.words import BASES, COUNTINGS, NATURES


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """Every record of an index as its view, by id."""

    index: Index
    language: str
    regions: Mapping[str, RegionLink]
    sources: Mapping[str, SourceLine]
    measures: Mapping[str, MeasureView]
    figures: Mapping[str, FigureView]
    quotes: Mapping[str, QuoteView]
    events: Mapping[str, EventView]
    disagreements: Mapping[str, DisagreementView]


def views(index: Index) -> Views:
    """Return the views of an index in the dossier's language."""
    maker = _Maker(index)
    maker.regions = {name: maker.region(name) for name in index.regions}
    maker.sources = {name: maker.source(source) for name, source in index.sources.items()}
    maker.measures = {name: maker.measure(name) for name in index.measures}
    maker.figures = {name: maker.figure(figure) for name, figure in index.figures.items()}
    maker.quotes = {name: maker.quote(quote) for name, quote in index.quotes.items()}
    maker.events = {name: maker.event(event) for name, event in index.events.items()}
    return Views(
        index=index,
        language=maker.language,
        regions=maker.regions,
        sources=maker.sources,
        measures=maker.measures,
        figures=maker.figures,
        quotes=maker.quotes,
        events=maker.events,
        disagreements={name: maker.disagreement(item) for name, item in index.disagreements.items()},
    )


def text_in(text: Text | None, language: str) -> str:
    """Return the text in that language; an absent one is empty."""
    return text.in_language(language) if text else ""


def date_view(date: Edtf, language: str) -> DateView:
    """Return the date in words."""
    return DateView(words=date_words(date, language), short=date_short(date, language), machine=date.machine or "")


def prose(markup: Markup, made: Views) -> Prose | None:
    """Return the text with the records that it names, or None where there is no text."""
    if not markup:
        return None
    return Prose(markup=markup, cited={str(link.target): cited(str(link.target), made) for link in markup.links})


def cited(reference: str, made: Views | _Maker) -> Cited:
    """Return the record that `kind:id` names, with the view that its kind has."""
    kind, _, ident = reference.partition(":")
    link = record_link(reference, made.index, made.language)
    return Cited(
        kind=kind,
        id=ident,
        link=link,
        figure=made.figures[ident] if kind == "figure" else None,
        quote=made.quotes[ident] if kind == "quote" else None,
        event=made.events[ident] if kind == "event" else None,
        source=made.sources[ident] if kind == "source" else None,
    )


def record_link(reference: str, index: Index, language: str) -> Link:
    """Return the link to the record that `kind:id` names, on its shortest name."""
    kind, _, ident = reference.partition(":")
    address = addresses.record(reference, index)
    if kind == "source":
        source = index.sources[ident]
        lang = "" if source.language == language else source.language
        return Link(text=source.container_title or source.title, address=address, lang=lang)
    if kind == "quote":
        quote = index.quotes[ident]
        return Link(text=quote.exact, address=address, lang="" if quote.lang == language else quote.lang)
    if kind == "figure":
        return Link(text=text_in(index.measures[index.figures[ident].measure].title, language), address=address)
    if kind == "correction":
        return Link(text=ident, address=address)
    names: Mapping[str, Text | None] = {
        "region": index.regions[ident].name if kind == "region" else None,
        "actor": index.actors[ident].name if kind == "actor" else None,
        "event": index.events[ident].title if kind == "event" else None,
        "measure": index.measures[ident].title if kind == "measure" else None,
        "disagreement": index.disagreements[ident].title if kind == "disagreement" else None,
        "page": index.pages[ident].title if kind == "page" else None,
    }
    return Link(text=text_in(names[kind], language), address=address)


def origins_view(shared: Iterable[Shared], sources: Mapping[str, SourceLine]) -> Origins:
    """Return the origins with their sources; a source under two origins counts once."""
    groups = tuple(
        OriginGroup(origin=sources[one.origin], sources=tuple(sources[name] for name in one.sources)) for one in shared
    )
    return Origins(sources=len({line.id for group in groups for line in group.sources}), groups=groups)


def correction_view(correction: Correction, index: Index) -> CorrectionView:
    """Return the correction."""
    language = index.site.language
    return CorrectionView(
        id=correction.id,
        address=addresses.record(f"correction:{correction.id}", index),
        date=date_view(correction.date, language),
        record=record_link(correction.record, index, language),
        field=correction.field,
        was=text_in(correction.was, language),
        now=text_in(correction.now, language),
        why=text_in(correction.why, language),
        trigger=label("trigger", correction.trigger, language),
    )


class _Maker:
    """Makes views in the order in which they need each other."""

    regions: Mapping[str, RegionLink]
    sources: Mapping[str, SourceLine]
    measures: Mapping[str, MeasureView]
    figures: Mapping[str, FigureView]
    quotes: Mapping[str, QuoteView]
    events: Mapping[str, EventView]

    def __init__(self, index: Index) -> None:
        self.index = index
        self.language = index.site.language
        self.dates: dict[str, DateView] = {}

    def text(self, text: Text | None) -> str:
        return text_in(text, self.language)

    def date(self, date: Edtf) -> DateView:
        if date.text not in self.dates:
            self.dates[date.text] = date_view(date, self.language)
        return self.dates[date.text]

    def region(self, ident: str) -> RegionLink:
        region = self.index.regions[ident]
        address = addresses.region(ident)
        return RegionLink(id=ident, text=self.text(region.name), address=address, status=self.text(region.status))

    def source(self, source: Source) -> SourceLine:
        return SourceLine(
            id=source.id,
            address=addresses.source(source),
            title=source.title,
            lang="" if source.language == self.language else source.language,
            title_translated=self.text(source.title_translated),
            publication=source.container_title or source.publisher or "",
            issued=self.date(source.issued),
            type=label("source", source.type, self.language),
            url=source.url or "",
            is_article=isinstance(source, Article),
        )

    def measure(self, ident: str) -> MeasureView:
        measure = self.index.measures[ident]
        figures = self.index.figures_of_measure[ident]
        return MeasureView(
            id=ident,
            address=addresses.measure(ident),
            title=self.text(measure.title),
            definition=self.text(measure.definition),
            unit=self.text(measure.unit),
            counting=label("counting", measure.counting, self.language),
            counting_meaning=COUNTINGS[measure.counting],
            levels=tuple((self.text(level.title), self.text(level.definition)) for level in measure.levels),
            note=self.text(measure.note),
            figures=len(figures),
            sources=len({figure.source for figure in figures}),
        )

    def regions_of(self, record: Event | Figure | Quote) -> tuple[RegionLink, ...]:
        return tuple(self.regions[name] for name in self.index.regions_of(record))

    def actor(self, ident: str) -> Link:
        return Link(text=self.text(self.index.actors[ident].name), address=addresses.actor(ident))

    def disagreements_of(self, reference: str) -> tuple[Link, ...]:
        return tuple(
            Link(text=self.text(item.title), address=addresses.record(f"disagreement:{item.id}", self.index))
            for item in self.index.disagreements_of[reference]
        )

    def attribution(self, statement: Statement, said_by: str | None = None) -> Attribution:
        names = self.index.origins.chain(statement)
        steps = [ChainStep(role="says", text=actor.text, address=actor.address) for actor in self._said(said_by)]
        for position, name in enumerate(names):
            line = self.sources[name]
            role = "read" if position == len(names) - 1 else "via" if position else "origin"
            steps.append(ChainStep(role=role, text=line.label, address=line.address))
        return Attribution(
            source=self.sources[statement.source],
            chain=tuple(steps),
            locator=statement.locator or "",
            note=self.text(statement.note),
        )

    def _said(self, actor: str | None) -> list[Link]:
        return [self.actor(actor)] if actor else []

    def figure(self, figure: Figure) -> FigureView:
        claimed_by = self.actor(figure.claimed_by) if figure.claimed_by else None
        measure = self.measures[figure.measure]
        return FigureView(
            id=figure.id,
            address=addresses.figure(figure.id, figure.measure),
            number=self.number(figure),
            plain=plain_number(figure),
            unit=measure.unit,
            wording=figure.wording or "",
            measure=Link(text=measure.title, address=measure.address),
            is_level=figure.level is not None,
            regions=self.regions_of(figure),
            population=self.text(figure.population),
            as_of=self.date(figure.as_of),
            span=self.date(figure.span) if figure.span else None,
            claimed_by=claimed_by,
            claimant=claimed_by.text if claimed_by else self.sources[figure.source].label,
            basis=label("basis", figure.basis, self.language),
            basis_id=figure.basis,
            basis_meaning=BASES[figure.basis],
            method=self.text(figure.method),
            attribution=self.attribution(figure, figure.claimed_by),
            disagreements=self.disagreements_of(f"figure:{figure.id}"),
        )

    def number(self, figure: Figure) -> str:
        if figure.level is not None:
            levels = self.index.measures[figure.measure].levels
            return next(self.text(level.title) for level in levels if level.id == figure.level)
        if figure.low is not None and figure.high is not None:
            return range_words(figure.low, figure.high, self.language)
        words = number_words(figure.value or 0, self.language)
        return bound_words(figure.bound, words, self.language) if figure.bound else words

    def quote(self, quote: Quote) -> QuoteView:
        speaker: Actor = self.index.actors[quote.speaker]
        event = self.index.events[quote.event] if quote.event else None
        return QuoteView(
            id=quote.id,
            address=addresses.record(f"quote:{quote.id}", self.index),
            exact=quote.exact,
            lang=quote.lang,
            language=language_name(quote.lang, self.language),
            translated_from=language_name(quote.translated_from, self.language) if quote.translated_from else "",
            speaker=self.actor(quote.speaker),
            role=self.text(speaker.role),
            said=self.date(quote.said) if quote.said else None,
            regions=self.regions_of(quote),
            event=Link(text=self.text(event.title), address=addresses.event(event.id)) if event else None,
            attribution=self.attribution(quote, quote.speaker),
            variants=tuple(self._variant(other) for other in self.index.variants_of[quote.id]),
            disagreements=self.disagreements_of(f"quote:{quote.id}"),
        )

    def _variant(self, quote: Quote) -> QuoteVariant:
        return QuoteVariant(
            address=addresses.record(f"quote:{quote.id}", self.index),
            exact=quote.exact,
            lang=quote.lang,
            source=self.sources[quote.source],
        )

    def event(self, event: Event) -> EventView:
        reports = self.index.reports_of[event.id]
        disagreements = self.index.disagreements_of[f"event:{event.id}"]
        return EventView(
            id=event.id,
            address=addresses.event(event.id),
            title=self.text(event.title),
            date=self.date(event.date),
            period=event.date.period,
            kind=self.text(self.index.site.event_kinds[event.kind]),
            kind_id=event.kind,
            regions=self.regions_of(event),
            place=self.text(event.place_name),
            actors=tuple(self.actor(name) for name in event.actors),
            reports=tuple(self.report(report) for report in reports),
            origins=origins_view(self.index.origins.shared(reports), self.sources),
            neighbours=tuple(self._neighbours(event.id, name) for name in self.index.regions_of(event)),
            differs=any(report.disputes for report in reports)
            or any(item.nature == "contradiction" for item in disagreements),
            disagreements=self.disagreements_of(f"event:{event.id}"),
        )

    def report(self, report: Report) -> ReportView:
        return ReportView(
            anchor=report.source,
            says=self.text(report.says),
            disputes=self.text(report.disputes),
            date=self.date(report.date) if report.date else None,
            place=self.text(report.place_name),
            attribution=self.attribution(report),
        )

    def _neighbours(self, event: str, region: str) -> Neighbours:
        before, after = self.index.timelines.neighbours[event, region]
        return Neighbours(region=self.regions[region], earlier=self._event_link(before), later=self._event_link(after))

    def _event_link(self, ident: str | None) -> Link | None:
        if ident is None:
            return None
        return Link(text=self.text(self.index.events[ident].title), address=addresses.event(ident))

    def disagreement(self, item: Disagreement) -> DisagreementView:
        return DisagreementView(
            id=item.id,
            address=addresses.record(f"disagreement:{item.id}", self.index),
            title=self.text(item.title),
            nature=label("nature", item.nature, self.language),
            nature_id=item.nature,
            nature_meaning=NATURES[item.nature],
            says=self.text(item.says),
            records=tuple(cited(reference, self) for reference in item.records),
            origins=self._origins_of(item.records),
        )

    def _origins_of(self, references: Iterable[str]) -> Origins | None:
        named = [ident for kind, _, ident in (name.partition(":") for name in references) if kind == "source"]
        return origins_view(self.index.origins.witnesses(named), self.sources) if named else None


def plain_number(figure: Figure) -> str:
    """The figure for machines: "275", "3000/5000" for a range, or the id of a level."""
    if figure.level is not None:
        return figure.level
    if figure.low is not None and figure.high is not None:
        return f"{figure.low}/{figure.high}"
    return str(figure.value)
