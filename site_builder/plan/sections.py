"""The sections of a record's page that can become too long for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from site_builder.dates import Edtf
from site_builder.model import Article, Event, Figure, Quote, Source
from site_builder.parts import Part, Step, by_period, divided, most, weight
from site_builder.plan.lines import Lines, measures_with_figures
from site_builder.plan.long_lists import by_publication
from site_builder.plan.naming import text_in
from site_builder.plan.parts import Name, period_name

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Generic[T]):
    """A section of a page.

    `weighs` names what an entry weighs here, `weighs_alone` on a page of the section's own. `entries` gives
    them, oldest first; `brief` the fields of the page that hold some, `shown` those of a page of the section.
    """

    name: str
    weighs: str
    weighs_alone: str
    count: int
    entries: Callable[[], tuple[T, ...]]
    steps: Sequence[Step[T]]
    named: Callable[[str, T], Name]
    brief: Callable[[tuple[T, ...]], Mapping[str, Any]]
    shown: Callable[[tuple[T, ...]], Mapping[str, Any]]

    @property
    def weight(self) -> int:
        """What the section weighs on the page."""
        return weight(self.weighs, self.count)

    def whole(self) -> Part[T]:
        """Returns its entries in parts."""
        return divided(self.entries(), most(self.weighs_alone), self.steps)


class Sections:
    """Gives the sections of records' pages, in the language of the lines."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.made = lines.made
        self.index = lines.index
        self.language = lines.language

    def of_region(self, ident: str) -> Iterator[Section[Any]]:
        """Yields the sections of a region's page."""
        index = self.index
        sources = index.sources_of_region[ident]
        yield self._figures(index.figures_of_region[ident])
        yield self._events(index.timelines.of_region[ident])
        yield self._quotes(index.quotes_of_region[ident])
        yield self._articles(tuple(one for one in sources if isinstance(one, Article)))
        yield self._sources("sources", "source in short", sources, lambda _: {})

    def of_actor(self, ident: str) -> Iterator[Section[Any]]:
        """Yields the sections of an actor's page."""
        yield self._quotes(self.index.quotes_of_actor[ident])
        yield self._figures(self.index.figures_of_actor[ident])
        yield self._events(self.index.events_of_actor[ident])

    def of_source(self, ident: str) -> Iterator[Section[Any]]:
        """Yields the sections of a source's page that can become long."""
        yield self._sources(
            "drawn_on_by",
            "source",
            self.index.drawn_on_by[ident],
            lambda found: {"drawn_on_by": tuple(self.made.sources[one.id] for one in found)},
        )

    def _figures(self, figures: tuple[Figure, ...]) -> Section[Figure]:
        def stem(figure: Figure) -> str:
            return f"{figure.measure}/"

        def as_of(figure: Figure) -> Edtf:
            return figure.as_of

        def shown(found: tuple[Figure, ...]) -> Mapping[str, Any]:
            return {"figures": measures_with_figures(found, self.made)}

        return Section(
            name="figures",
            weighs="figure",
            weighs_alone="figure",
            count=len(figures),
            entries=lambda: tuple(sorted(figures, key=lambda one: one.as_of.sort_key)),
            steps=(
                lambda one: one.measure,
                *by_period(as_of, stem),
            ),
            named=self._name_of_figures,
            brief=shown,
            shown=shown,
        )

    def _name_of_figures(self, ident: str, figure: Figure) -> Name:
        title = text_in(self.index.measures[figure.measure].title, self.language)
        if "/" not in ident:
            return Name(title, title)
        period = period_name(ident, self.language)
        return Name(f"{title}: {period.whole}", period.short)

    def _events(self, events: tuple[Event, ...]) -> Section[Event]:
        def shown(found: tuple[Event, ...]) -> Mapping[str, Any]:
            return {"events": tuple(self.made.events[event.id] for event in found)}

        return Section(
            name="events",
            weighs="event",
            weighs_alone="event",
            count=len(events),
            entries=lambda: events,
            steps=by_period(lambda event: event.date),
            named=self._period,
            brief=shown,
            shown=shown,
        )

    def _quotes(self, quotes: tuple[Quote, ...]) -> Section[Quote]:
        def shown(found: tuple[Quote, ...]) -> Mapping[str, Any]:
            return {"quotes": tuple(self.made.quotes[quote.id] for quote in found)}

        def said(quote: Quote) -> Edtf:
            return quote.said or self.index.sources[quote.source].issued

        return Section(
            name="quotes",
            weighs="quote",
            weighs_alone="quote",
            count=len(quotes),
            entries=lambda: tuple(sorted(quotes, key=lambda quote: said(quote).sort_key)),
            steps=by_period(said),
            named=self._period,
            brief=shown,
            shown=shown,
        )

    def _articles(self, articles: tuple[Article, ...]) -> Section[Article]:
        def shown(found: tuple[Article, ...]) -> Mapping[str, Any]:
            return {"articles": tuple(self.lines.article(article) for article in found)}

        return Section(
            name="articles",
            weighs="article in short",
            weighs_alone="article",
            count=len(articles),
            entries=lambda: articles,
            steps=by_period(lambda article: article.issued),
            named=self._period,
            brief=shown,
            shown=shown,
        )

    def _sources(
        self,
        name: str,
        weighs: str,
        sources: tuple[Source, ...],
        brief: Callable[[tuple[Source, ...]], Mapping[str, Any]],
    ) -> Section[Source]:
        return Section(
            name=name,
            weighs=weighs,
            weighs_alone="source",
            count=len(sources),
            entries=lambda: sources,
            steps=by_period(lambda source: source.issued),
            named=self._period,
            brief=brief,
            shown=lambda found: {
                "sources": by_publication(tuple(self.lines.source(source) for source in found))
            },
        )

    def _period(self, ident: str, _: object) -> Name:
        return period_name(ident, self.language)
