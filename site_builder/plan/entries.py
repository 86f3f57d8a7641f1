"""Every record once, as the search and the A to Z name it: by kind, name, date and regions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.alphabet import sort_key
from site_builder.link import Index
from site_builder.model import Actor, Article, Region
from site_builder.plan import addresses
from site_builder.plan.contexts import (
    DateView,
    DisagreementView,
    EventView,
    FigureView,
    MeasureView,
    QuoteView,
    RegionLink,
    SourceLine,
)
from site_builder.plan.labels import label
from site_builder.plan.naming import text_in
from site_builder.plan.views import Views
from site_builder.values import Text

_LONGEST_NAME = 140
_REGIONS_OF_A_LINE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A record as it is found.

    `name` is shown, `lang` its language where that is not the page's. `others` are more names under which a
    reader may look for it, each with its language or none. `detail` is a word or two beside the name, `body`
    every other text of the record; `subjects` are the records it is about, as `kind:id`.
    """

    key: str
    kind: str
    name: str
    address: str
    lang: str = ""
    date: DateView | None = None
    regions: tuple[RegionLink, ...] = ()
    detail: str = ""
    others: tuple[tuple[str, str], ...] = ()
    body: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The regions in a line: no more than tell the record apart."""
        named = [region.text for region in self.regions]
        return ", ".join(named if len(named) <= _REGIONS_OF_A_LINE else [*named[:_REGIONS_OF_A_LINE], "…"])


class Entries:
    """Makes the entry of every record, in the language of its views."""

    def __init__(self, made: Views) -> None:
        self.made = made
        self.index = made.index
        self.language = made.language

    def all(self) -> tuple[Entry, ...]:
        """Returns every record's entry."""
        return tuple(self)

    def __iter__(self) -> Iterator[Entry]:
        """Yields every record's entry; of two that are found equally well the earlier comes first."""
        index, made = self.index, self.made
        articles = [made.sources[article.id] for article in index.articles]
        others = [line for line in made.sources.values() if not line.is_article]
        found: tuple[Iterable[Entry], ...] = (
            _by_name((self._region(region) for region in index.regions.values()), self.language),
            _by_name((self._actor(actor) for actor in index.actors.values()), self.language),
            (self._measure(measure) for measure in made.measures.values()),
            (self._event(made.events[event.id]) for event in index.timelines.events),
            (self._disagreement(item) for item in made.disagreements.values()),
            (self._source(line) for line in (*articles, *others)),
            (self._figure(figure) for figure in made.figures.values()),
            (self._quote(quote) for quote in made.quotes.values()),
            self._pages(),
        )
        for entries in found:
            yield from entries

    def _kind(self, kind: str) -> str:
        word = label("kind", kind, self.language)
        return word[:1].upper() + word[1:]

    def _texts(self, *texts: Text | str | None) -> tuple[str, ...]:
        found = (text_in(text, self.language) if isinstance(text, Text) else text for text in texts)
        return tuple(text for text in found if text)

    def _names(self, shown: str, name: Text, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """The names in every language, without the one that is shown."""
        written = [*name.by_language, *((str(language), str(text)) for language, text in names.items())]
        own = str(self.index.site.language)
        found = {str(text): language or own for language, text in written if str(text) != shown}
        return tuple(
            (text, "" if language == self.language else language) for text, language in found.items()
        )

    def _region(self, region: Region) -> Entry:
        link = self.made.regions[region.id]
        names = self._names(link.text, region.name, region.names)
        return Entry(
            key=f"region:{region.id}",
            kind=self._kind("region"),
            name=link.text,
            address=link.address,
            detail=", ".join(self._texts(region.type, region.status)),
            others=(*names, *((str(name), "") for name in region.also_known_as)),
            body=self._texts(region.summary, *region.unknown, region.capital, region.iso, region.body.words),
            subjects=(f"region:{region.part_of}",) if region.part_of else (),
        )

    def _actor(self, actor: Actor) -> Entry:
        name = text_in(actor.name, self.language)
        return Entry(
            key=f"actor:{actor.id}",
            kind=self._kind("actor"),
            name=name,
            address=addresses.actor(actor.id),
            detail=text_in(actor.role, self.language) or label("actor", actor.type, self.language),
            others=self._names(name, actor.name, actor.names),
            body=self._texts(actor.summary),
            subjects=(f"actor:{actor.part_of}",) if actor.part_of else (),
        )

    def _measure(self, measure: MeasureView) -> Entry:
        levels = (part for level in measure.levels for part in level)
        return Entry(
            key=f"measure:{measure.id}",
            kind=self._kind("measure"),
            name=measure.title,
            address=measure.address,
            body=self._texts(measure.definition, measure.unit, measure.note, *levels),
        )

    def _event(self, event: EventView) -> Entry:
        reports = (
            text
            for report in event.reports
            for text in (report.says, report.disputes, report.place, report.attribution.note)
        )
        actors = self.index.events[event.id].actors
        return Entry(
            key=f"event:{event.id}",
            kind=self._kind("event"),
            name=event.title,
            address=event.address,
            date=event.date,
            regions=event.regions,
            detail=", ".join(self._texts(event.kind, event.place)),
            body=self._texts(*reports),
            subjects=(*_of_regions(event.regions), *(f"actor:{name}" for name in actors)),
        )

    def _source(self, line: SourceLine) -> Entry:
        source = self.index.sources[line.id]
        curated = isinstance(source, Article)
        texts = (source.summary, source.body.words) if isinstance(source, Article) else ()
        regions = tuple(self.made.regions[name] for name in source.regions)
        return Entry(
            key=f"source:{line.id}",
            kind=self._kind("article" if curated else "source"),
            name=line.title,
            lang=line.lang,
            address=line.address,
            date=line.issued,
            regions=regions,
            detail=line.publication,
            others=((line.title_translated, ""),) if line.title_translated else (),
            body=self._texts(
                *texts,
                source.note,
                source.publisher,
                *(name.in_language(self.language) for name in source.author),
            ),
            subjects=_of_regions(regions),
        )

    def _figure(self, figure: FigureView) -> Entry:
        record, source = self.index.figures[figure.id], figure.attribution.source
        claimant = (f"actor:{record.claimed_by}",) if record.claimed_by else ()
        return Entry(
            key=f"figure:{figure.id}",
            kind=self._kind("figure"),
            name=f"{figure.measure.text}: {figure.number}",
            address=figure.address,
            date=figure.as_of,
            regions=figure.regions,
            detail=figure.claimant or source.label,
            body=self._texts(
                figure.wording,
                figure.unit,
                figure.population,
                figure.method,
                figure.attribution.note,
                source.label,
            ),
            subjects=(*_of_regions(figure.regions), f"measure:{record.measure}", *claimant),
        )

    def _quote(self, quote: QuoteView) -> Entry:
        record, source = self.index.quotes[quote.id], quote.attribution.source
        event = (f"event:{record.event}",) if record.event else ()
        return Entry(
            key=f"quote:{quote.id}",
            kind=self._kind("quote"),
            name=_cut(quote.exact),
            lang="" if quote.lang == self.language else quote.lang,
            address=quote.address,
            date=quote.said or source.issued,
            regions=quote.regions,
            detail=quote.speaker.text,
            body=self._texts(
                quote.exact, *(one.text for one in quote.translations), quote.attribution.note, source.label
            ),
            subjects=(*_of_regions(quote.regions), f"actor:{record.speaker}", *event),
        )

    def _disagreement(self, item: DisagreementView) -> Entry:
        return Entry(
            key=f"disagreement:{item.id}",
            kind=self._kind("disagreement"),
            name=item.title,
            address=item.address,
            detail=item.nature,
            body=self._texts(item.says),
        )

    def _pages(self) -> Iterator[Entry]:
        for page in self.index.pages.values():
            yield Entry(
                key=f"page:{page.id}",
                kind=self._kind("page"),
                name=text_in(page.title, self.language),
                address=addresses.page(page.id),
                body=self._texts(page.summary, page.body.words),
            )


def first_of_articles(index: Index) -> int:
    """Returns the number that the first article has among all entries; the others follow it."""
    before = (index.regions, index.actors, index.measures, index.events, index.disagreements)
    return sum(len(records) for records in before)


def _by_name(entries: Iterable[Entry], language: str) -> list[Entry]:
    return sorted(entries, key=lambda entry: sort_key(entry.name, language))


def _of_regions(regions: Iterable[RegionLink]) -> tuple[str, ...]:
    return tuple(f"region:{region.id}" for region in regions)


def _cut(text: str) -> str:
    if len(text) <= _LONGEST_NAME:
        return text
    return text[:_LONGEST_NAME].rsplit(" ", 1)[0].rstrip(",;:–— ") + " …"
