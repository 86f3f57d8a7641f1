"""The pages of records that very much is said of: a long section has a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from site_builder.alphabet import sort_key
from site_builder.dates import Edtf
from site_builder.link.gather import grouped
from site_builder.link.homes import figures_in_parts
from site_builder.model import Article, Event, Figure, Quote, Source
from site_builder.parts import SECTIONS, Step, by_period, divided, is_light, most, weight
from site_builder.plan import addresses
from site_builder.plan.charts import measure_charts
from site_builder.plan.contexts import (
    ActorPage,
    Backlink,
    Link,
    MeasurePage,
    Page,
    RegionPage,
    SourcePage,
    StripView,
)
from site_builder.plan.labels import label
from site_builder.plan.lines import Lines, figure_groups, measures_with_figures
from site_builder.plan.long_lists import (
    NEWEST,
    all_of,
    by_publication,
    letter_id,
    letters_id,
    name_of_letter,
)
from site_builder.plan.naming import text_in
from site_builder.plan.parts import LongList, Name, first_page, period_name
from site_builder.plan.strips import strip

T = TypeVar("T")

# How many of the newest figures stand on the page of a measure whose figures stand on pages of their own.
_NEWEST_FIGURES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Generic[T]):
    """A section of a page, oldest entry first.

    `weighs` names what an entry weighs here, `weighs_alone` on a page of the section's own. `brief` gives the
    fields of the page that hold some entries, `shown` those of a page of the section.
    """

    name: str
    weighs: str
    weighs_alone: str
    entries: tuple[T, ...]
    steps: Sequence[Step[T]]
    named: Callable[[str, T], Name]
    brief: Callable[[tuple[T, ...]], Mapping[str, Any]]
    shown: Callable[[tuple[T, ...]], Mapping[str, Any]]

    @property
    def weight(self) -> int:
        """What the section weighs on the page."""
        return weight(self.weighs, len(self.entries))


class LongRecords:
    """Shortens the pages of records, in the language of the lines."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.made = lines.made
        self.index = lines.index
        self.language = lines.language

    def pages(self, page: MeasurePage | RegionPage | ActorPage | SourcePage) -> Iterator[Page]:
        """Yield the page as it is or, where it is too long, shortened, and the pages of its long sections."""
        if not isinstance(page, ActorPage) and len(page.disagreements) > NEWEST:
            way = all_of(len(page.disagreements), addresses.DISAGREEMENTS, self.language)
            page = replace(
                page,
                disagreements=page.disagreements[:NEWEST],
                more={"disagreements": way},
                sheets=(*page.sheets, "parts"),
            )
        if isinstance(page, MeasurePage):
            yield from self._measure(page)
        elif isinstance(page, RegionPage):
            yield from self._region(page)
        elif isinstance(page, ActorPage):
            yield from self._shortened(page, self._of_actor(page.actor.id))
        else:
            yield from self._shortened(page, self._of_source(page.source.id))

    def links(self, page: Page) -> tuple[Page, Iterator[Page]]:
        """Return the page with as much of what links to it as it can hold, and the pages of all that does."""
        entries = tuple((one.reason, link) for one in page.backlinks for link in one.links)
        is_few = all(len(one.links) <= NEWEST for one in page.backlinks)
        if is_few or is_light(weight("link", len(entries)), SECTIONS):
            return page, iter(())
        address = addresses.section(page.path, "links")
        head = replace(
            first_page(page, "links", len(entries)),
            path=address,
            title=f"{page.title}: {label('parts', 'links', self.language)}",
            crumbs=(*page.crumbs, Link(text=page.title, address=page.path)),
            corrections=(),
            backlinks=(),
        )
        ordered = sorted(entries, key=lambda one: sort_key(one[1].text, self.language))
        steps = (lambda one: letter_id(one[1].text), lambda one: letters_id(one[1].text))
        all_links: LongList[tuple[str, Link]] = LongList(
            head=head,
            whole=divided(ordered, most("link"), steps),
            named=lambda ident, one: name_of_letter(ident, one[1].text),
            shown=lambda found: {"links": _by_reason(found)},
            counterpart=address,
        )
        few = tuple(self._few(one, address) for one in page.backlinks)
        return replace(page, backlinks=few), all_links.pages()

    def _few(self, one: Backlink, address: str) -> Backlink:
        if len(one.links) <= NEWEST:
            return one
        return replace(one, links=one.links[:NEWEST], more=all_of(len(one.links), address, self.language))

    def _measure(self, page: MeasurePage) -> Iterator[Page]:
        figures = self.index.figures_of_measure[page.measure.id]
        whole = figures_in_parts(figures)
        if not whole.parts:
            yield page
            return
        first = replace(
            first_page(page, "figures", len(figures)),
            csv=page.csv,
            sheets=("chart", "parts"),
        )
        first, *parts = LongList(
            head=first,
            whole=whole,
            named=self._period,
            shown=lambda found: {
                "charts": measure_charts(found, self.made),
                "groups": figure_groups(found, self.made),
            },
        ).pages()
        yield replace(
            page,
            sheets=("chart", "parts"),
            parts=first.parts,
            charts=(),
            groups=figure_groups(figures[-_NEWEST_FIGURES:], self.made),
        )
        yield from parts

    def _region(self, page: RegionPage) -> Iterator[Page]:
        sections = tuple(self._of_region(page.region.id))
        short, *others = self._shortened(page, sections)
        if isinstance(short, RegionPage) and "events" in short.more and page.strip:
            short = replace(short, strip=self._strip(short.more["events"].address, sections[1]))
        yield replace(short, sheets=tuple(dict.fromkeys((*page.sheets, *short.sheets))))
        yield from others

    def _strip(self, address: str, events: Section[Event]) -> StripView | None:
        """Return the strip of a region's events, which leads to the parts that hold them."""
        whole = divided(events.entries, most(events.weighs_alone), events.steps)
        part_of = {event.id: part.id for part in whole.light() for event in part.entries}
        return strip(
            grouped(events.entries, lambda event: [event.date.period]),
            self.language,
            lambda first: f"{addresses.part(address, part_of[first.id])}#{first.id}",
        )

    def _shortened(
        self, page: Page, sections: Iterator[Section[Any]] | tuple[Section[Any], ...]
    ) -> Iterator[Page]:
        found = tuple(sections)
        if is_light(sum(section.weight for section in found)):
            yield page
            return
        long = [section for section in found if not is_light(section.weight, SECTIONS)]
        more: dict[str, Link] = {}
        fields: dict[str, Any] = {}
        for section in long:
            address = addresses.section(page.path, section.name)
            more[section.name] = all_of(len(section.entries), address, self.language)
            fields.update(section.brief(section.entries[-most(section.weighs, SECTIONS) :]))
        yield replace(
            page, more={**page.more, **more}, sheets=tuple(dict.fromkeys((*page.sheets, "parts"))), **fields
        )
        for section in long:
            yield from self._list(page, section).pages()

    def _list(self, page: Page, section: Section[T]) -> LongList[T]:
        title = f"{page.title}: {label('parts', section.name, self.language)}"
        head = replace(
            first_page(page, section.name, len(section.entries)),
            path=addresses.section(page.path, section.name),
            title=title,
            crumbs=(*page.crumbs, Link(text=page.title, address=page.path)),
            corrections=(),
            backlinks=(),
            brief=section.name == "articles",
            here=page.region.id if isinstance(page, RegionPage) else "",
        )
        whole = divided(section.entries, most(section.weighs_alone), section.steps)
        return LongList(head=head, whole=whole, named=section.named, shown=section.shown)

    def _of_region(self, ident: str) -> Iterator[Section[Any]]:
        index = self.index
        sources = index.sources_of_region[ident]
        yield self._figures(index.figures_of_region[ident])
        yield self._events(index.timelines.of_region[ident])
        yield self._quotes(index.quotes_of_region[ident])
        yield self._articles(tuple(one for one in sources if isinstance(one, Article)))
        yield self._sources("sources", "source in short", sources, lambda _: {})

    def _of_actor(self, ident: str) -> Iterator[Section[Any]]:
        yield self._quotes(self.index.quotes_of_actor[ident])
        yield self._figures(self.index.figures_of_actor[ident])
        yield self._events(self.index.events_of_actor[ident])

    def _of_source(self, ident: str) -> Iterator[Section[Any]]:
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
            entries=tuple(sorted(figures, key=lambda one: one.as_of.sort_key)),
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
            entries=events,
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
            entries=tuple(sorted(quotes, key=lambda quote: said(quote).sort_key)),
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
            entries=articles,
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
            entries=sources,
            steps=by_period(lambda source: source.issued),
            named=self._period,
            brief=brief,
            shown=lambda found: {
                "sources": by_publication(tuple(self.lines.source(source) for source in found))
            },
        )

    def _period(self, ident: str, _: object) -> Name:
        return period_name(ident, self.language)


def _by_reason(found: tuple[tuple[str, Link], ...]) -> tuple[Backlink, ...]:
    reasons: dict[str, list[Link]] = {}
    for reason, link in found:
        reasons.setdefault(reason, []).append(link)
    return tuple(Backlink(reason=reason, links=tuple(links)) for reason, links in reasons.items())
