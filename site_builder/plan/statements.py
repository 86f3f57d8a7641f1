"""Statements as views: figures, quotes, events and their reports, each with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property

from site_builder.dates import Edtf
from site_builder.link import Index, Shared
from site_builder.link.comparison import sum_of
from site_builder.link.gather import grouped
from site_builder.model import Event, Figure, Quote, Report, Statement, StatementRecord, Translation
from site_builder.plan import addresses
from site_builder.plan.backlinks import backlinks
from site_builder.plan.contexts import (
    Attribution,
    ChainStep,
    DateView,
    EventView,
    FigureView,
    Link,
    MeasureView,
    Neighbours,
    OriginGroup,
    Origins,
    QuoteVariant,
    QuoteView,
    Rate,
    RegionLink,
    ReportView,
    SourceLine,
    TranslationView,
)
from site_builder.plan.labels import label, meaning
from site_builder.plan.naming import date_view, text_in
from site_builder.text_fragments import passage_address
from site_builder.values import Text
from site_builder.wording import (
    bound_words,
    language_name,
    number_words,
    plural_form,
    range_words,
    share_words,
)
from site_builder.words import BASES, STATUSES


def origins_view(shared: Iterable[Shared], sources: Mapping[str, SourceLine]) -> Origins:
    """Returns the origins with their sources; a source under two origins counts once."""
    groups = tuple(
        OriginGroup(origin=sources[one.origin], sources=tuple(sources[name] for name in one.sources))
        for one in shared
    )
    return Origins(sources=len({line.id for group in groups for line in group.sources}), groups=groups)


def _day(figure: Figure) -> str:
    return f"{figure.measure}\n{figure.as_of.text}"


class Statements:
    """Makes the views of an index's statements, given those of what they are about."""

    def __init__(
        self,
        index: Index,
        language: str,
        regions: Mapping[str, RegionLink],
        sources: Mapping[str, SourceLine],
        measures: Mapping[str, MeasureView],
    ) -> None:
        self.index = index
        self.language = language
        self.regions = regions
        self.sources = sources
        self.measures = measures
        self._by_what: dict[str, Mapping[str, tuple[Figure, ...]]] = {}

    @cached_property
    def _of_a_day(self) -> Mapping[str, tuple[Figure, ...]]:
        """The figures of each measure by the date that they are as of: few of all are alike in that."""
        return grouped(self.index.figures.values(), lambda figure: [_day(figure)])

    def _same(self, figure: Figure) -> tuple[Figure, ...]:
        """The figures in which the very same is counted, this one among them."""
        day = _day(figure)
        found = self._of_a_day[day]
        if len(found) == 1:
            return found
        if day not in self._by_what:
            self._by_what[day] = grouped(found, lambda one: [self._what_is_counted(one)])
        return self._by_what[day][self._what_is_counted(figure)]

    def _text(self, text: Text | None) -> str:
        return text_in(text, self.language)

    def _date(self, date: Edtf) -> DateView:
        return date_view(date, self.language)

    def _regions_of(self, record: StatementRecord) -> tuple[RegionLink, ...]:
        return tuple(self.regions[name] for name in self.index.regions_of(record))

    def _actor(self, ident: str) -> Link:
        return Link(text=self._text(self.index.actors[ident].name), address=addresses.actor(ident))

    def _disagreements_of(self, reference: str) -> tuple[Link, ...]:
        return tuple(
            Link(text=self._text(item.title), address=addresses.record(f"disagreement:{item.id}", self.index))
            for item in self.index.disagreements_of[reference]
        )

    def _attribution(self, statement: Statement, said_by: str | None = None) -> Attribution:
        names = self.index.origins.chain(statement)
        steps = [self._step(name, place, len(names)) for place, name in enumerate(names)]
        said = self._actor(said_by) if said_by else None
        # A publication that speaks for itself is one hand, not two.
        if said and said.text != steps[0].text:
            steps.insert(0, ChainStep(role="says", text=said.text, address=said.address))
        return Attribution(
            source=self.sources[statement.source],
            chain=tuple(steps),
            locator=str(statement.locator or ""),
            note=self._text(statement.note),
        )

    def _step(self, name: str, place: int, length: int) -> ChainStep:
        line = self.sources[name]
        role = "read" if place == length - 1 else "via" if place else "origin"
        return ChainStep(role=role, text=line.label, address=line.address)

    def figure(self, figure: Figure) -> FigureView:
        """Returns the view of a figure."""
        successor = next(iter(self.index.superseded_by[figure.id]), None)
        claimed_by = self._actor(figure.claimed_by) if figure.claimed_by else None
        measure = self.measures[figure.measure]
        written_in = self.index.sources[figure.source].language
        return FigureView(
            id=str(figure.id),
            address=addresses.record(f"figure:{figure.id}", self.index),
            number=self._number(figure),
            plain=plain_number(figure),
            unit=self._unit(figure, measure.unit),
            wording=str(figure.wording or ""),
            wording_lang="" if written_in == self.language else str(written_in),
            measure=Link(text=measure.title, address=measure.address),
            is_level=figure.level is not None,
            regions=self._regions_of(figure),
            population=self._text(figure.population),
            as_of=self._date(figure.as_of),
            span=self._date(figure.span) if figure.span else None,
            claimed_by=claimed_by,
            claimant=claimed_by.text if claimed_by else self.sources[figure.source].label,
            rate=self._rate(figure),
            rank=label("rank", figure.rank, self.language),
            rank_id=figure.rank,
            rank_reason=self._text(figure.rank_reason),
            supersedes=self._figure_link(figure.supersedes),
            superseded_by=self._figure_link(successor.id if successor else None),
            is_struck=successor is not None or figure.rank == "deprecated",
            basis=label("basis", figure.basis, self.language),
            basis_id=figure.basis,
            basis_meaning=meaning(BASES[figure.basis], self.language),
            method=self._text(figure.method),
            attribution=self._attribution(figure, figure.claimed_by),
            disagreements=self._disagreements_of(f"figure:{figure.id}"),
            origins=self._origins_of(figure),
            backlinks=backlinks(f"figure:{figure.id}", self.index, self.language),
            former_ids=self.index.history.aliases[f"figure:{figure.id}"],
        )

    def _what_is_counted(self, figure: Figure) -> str:
        """Names what must be equal for two sources to state the very same figure."""
        about = " ".join(self.index.regions_of(figure))
        span = figure.span.text if figure.span else ""
        number = (figure.bound or "", plain_number(figure))
        return "\n".join(
            (figure.measure, about, self._text(figure.population), span, figure.as_of.text, *number)
        )

    def _origins_of(self, figure: Figure) -> Origins | None:
        same = self._same(figure)
        return origins_view(self.index.origins.shared(same), self.sources) if len(same) > 1 else None

    def _figure_link(self, ident: str | None) -> Link | None:
        if ident is None:
            return None
        figure = self.index.figures[ident]
        return Link(text=self._number(figure), address=addresses.record(f"figure:{ident}", self.index))

    def _rate(self, figure: Figure) -> Rate | None:
        if figure.denominator is None:
            return None
        whole = self.index.figures[figure.denominator]
        parts = [number for number in (figure.value, figure.low, figure.high) if number is not None]
        words = share_words(parts, whole.value or Decimal(1), self.language)
        return Rate(
            words=bound_words(figure.bound, words, self.language) if figure.bound else words,
            denominator=self._number(whole),
            link=Link(
                text=self.measures[whole.measure].title,
                address=addresses.record(f"figure:{whole.id}", self.index),
            ),
            as_of=self._date(whole.as_of),
            source=self.sources[whole.source],
        )

    def _number(self, figure: Figure) -> str:
        if figure.level is not None:
            levels = self.index.measures[figure.measure].levels
            return next(self._text(level.title) for level in levels if level.id == figure.level)
        if figure.low is not None and figure.high is not None:
            return range_words(figure.low, figure.high, self.language)
        words = number_words(figure.value or 0, self.language)
        return bound_words(figure.bound, words, self.language) if figure.bound else words

    def _unit(self, figure: Figure, unit: str) -> str:
        number = figure.high if figure.value is None else figure.value
        forms = self.index.measures[figure.measure].unit_forms.get(self.language)
        if number is None or not forms:
            return unit
        is_bounded = figure.value is None or figure.bound is not None
        return str(forms.get(plural_form(number, self.language, bounded=is_bounded), unit))

    def quote(self, quote: Quote) -> QuoteView:
        """Returns the view of a quote."""
        speaker = self.index.actors[quote.speaker]
        event = self.index.events[quote.event] if quote.event else None
        return QuoteView(
            id=str(quote.id),
            address=addresses.record(f"quote:{quote.id}", self.index),
            exact=str(quote.exact),
            lang=str(quote.lang),
            language=language_name(quote.lang, self.language),
            translated_from=language_name(quote.translated_from, self.language)
            if quote.translated_from
            else "",
            speaker=self._actor(quote.speaker),
            role=self._text(speaker.role),
            withheld=self._text(speaker.withheld),
            compared=self._compared(quote),
            passage=self._passage(quote),
            translations=self._translations(quote),
            said=self._date(quote.said) if quote.said else None,
            regions=self._regions_of(quote),
            event=Link(text=self._text(event.title), address=addresses.event(event.id)) if event else None,
            attribution=self._attribution(quote, quote.speaker),
            variants=tuple(self._variant(other) for other in self.index.variants_of[quote.id]),
            backlinks=backlinks(f"quote:{quote.id}", self.index, self.language),
            disagreements=self._disagreements_of(f"quote:{quote.id}"),
            former_ids=self.index.history.aliases[f"quote:{quote.id}"],
        )

    def _compared(self, quote: Quote) -> DateView | None:
        """The day on which the words as they stand now were found in the kept text."""
        capture = self.index.sources[quote.source].capture
        if capture is None or sum_of(quote) not in capture.quotes:
            return None
        return self._date(capture.compared)

    def _passage(self, quote: Quote) -> str:
        url = self.index.sources[quote.source].url
        return passage_address(url, quote.exact, quote.prefix or "", quote.suffix or "") if url else ""

    def _translations(self, quote: Quote) -> tuple[TranslationView, ...]:
        """What a reader of these pages needs: readers of the site's other languages find theirs there."""
        elsewhere = set(self.index.site.languages) - {self.language}
        return tuple(self._translation(one, quote) for one in quote.translations if one.lang not in elsewhere)

    def _translation(self, translation: Translation, quote: Quote) -> TranslationView:
        return TranslationView(
            lang=translation.lang,
            language=language_name(translation.lang, self.language),
            text=translation.text,
            method=label("translation", translation.method, self.language),
            translator=translation.translator or "",
            checked_by=translation.checked_by or "",
            back=translation.lang == quote.translated_from,
        )

    def _variant(self, quote: Quote) -> QuoteVariant:
        return QuoteVariant(
            address=addresses.record(f"quote:{quote.id}", self.index),
            exact=str(quote.exact),
            lang=str(quote.lang),
            source=self.sources[quote.source],
        )

    def event(self, event: Event) -> EventView:
        """Returns the view of an event."""
        reports = self.index.reports_of[event.id]
        disagreements = self.index.disagreements_of[f"event:{event.id}"]
        return EventView(
            id=str(event.id),
            address=addresses.event(event.id),
            title=self._text(event.title),
            date=self._date(event.date),
            period=event.date.period,
            kind=self._text(self.index.site.event_kinds[event.kind]),
            kind_id=str(event.kind),
            regions=self._regions_of(event),
            place=self._text(event.place_name),
            actors=tuple(self._actor(name) for name in event.actors),
            actor_ids=event.actors,
            reports=tuple(self.report(report) for report in reports),
            origins=origins_view(self.index.origins.shared(reports), self.sources),
            neighbours=tuple(self._neighbours(event.id, name) for name in self.index.regions_of(event)),
            differs=any(report.disputes for report in reports)
            or any(item.nature == "contradiction" for item in disagreements),
            disagreements=self._disagreements_of(f"event:{event.id}"),
        )

    def report(self, report: Report) -> ReportView:
        """Returns the view of a report."""
        return ReportView(
            anchor=str(report.source),
            says=self._text(report.says),
            status=label("status", report.status, self.language) if report.status else "",
            status_meaning=meaning(STATUSES[report.status], self.language) if report.status else "",
            disputes=self._text(report.disputes),
            date=self._date(report.date) if report.date else None,
            place=self._text(report.place_name),
            attribution=self._attribution(report),
        )

    def _neighbours(self, event: str, region: str) -> Neighbours:
        before, after = self.index.timelines.neighbours[event, region]
        return Neighbours(
            region=self.regions[region], earlier=self._event_link(before), later=self._event_link(after)
        )

    def _event_link(self, ident: str | None) -> Link | None:
        if ident is None:
            return None
        return Link(text=self._text(self.index.events[ident].title), address=addresses.event(ident))


def plain_number(figure: Figure) -> str:
    """The figure for machines: "275", "3000/5000" for a range, or the id of a level."""
    if figure.level is not None:
        return figure.level
    if figure.low is not None and figure.high is not None:
        return f"{figure.low}/{figure.high}"
    return str(figure.value)
