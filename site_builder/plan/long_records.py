"""The pages of records that very much is said of: a long section has a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast

from site_builder.alphabet import sort_key
from site_builder.link.gather import grouped
from site_builder.link.homes import figures_in_parts
from site_builder.model import Actor, Article, Event, Figure, Measure, Region, Source
from site_builder.parts import SECTIONS, divided, is_light, most, weight
from site_builder.plan import addresses
from site_builder.plan.backlinks import backlinks, most_links
from site_builder.plan.cards import Dressed
from site_builder.plan.charts import measure_charts
from site_builder.plan.contexts import (
    Backlink,
    Link,
    ListPage,
    MeasurePage,
    Page,
    RegionPage,
    SourcePage,
    StripView,
)
from site_builder.plan.labels import label
from site_builder.plan.lines import figure_groups
from site_builder.plan.long_lists import (
    NEWEST,
    all_of,
    letter_id,
    letters_id,
    name_of_letter,
)
from site_builder.plan.parts import LongList, Name, first_page, period_name
from site_builder.plan.planned import Owner, PlannedPage
from site_builder.plan.record_pages import RecordPages
from site_builder.plan.sections import Section, Sections
from site_builder.plan.strips import strip

T = TypeVar("T")
P = TypeVar("P", bound=Page)
# Why something links to a record, and the link to it.
_Linking = tuple[str, Link]

# How many of the newest figures stand on the page of a measure whose figures stand on pages of their own.
_NEWEST_FIGURES = 10


class LongRecords:
    """Plans the pages of records: each whole or, where it is too long, shortened, with those of its parts."""

    def __init__(self, records: RecordPages, dressed: Dressed) -> None:
        self.records = records
        self.dressed = dressed
        self.sections = Sections(records.lines)
        self.lines = records.lines
        self.made = records.made
        self.index = records.index
        self.language = records.language
        # What the pages of a record's parts begin with: of each record made once, of its whole page.
        self._heads: dict[str, ListPage] = {}
        # The last whole page with its path: the pages of its parts come after it, and begin like it.
        self._last: tuple[str, Page] | None = None

    def owners(self) -> Iterator[Owner]:
        """Yields the path of every record's page, kind by kind, with what plans it."""
        index = self.index
        for source in index.sources.values():
            yield addresses.source(source), partial(self._source, source)
        for region in index.regions.values():
            yield addresses.region(region.id), partial(self._region, region)
        for event in index.events:
            yield addresses.event(event), partial(self._event, event)
        for measure in index.measures.values():
            yield addresses.measure(measure.id), partial(self._measure, measure)
        for actor in index.actors.values():
            yield addresses.actor(actor.id), partial(self._actor, actor)
        for page in index.pages.values():
            if page.id not in {"home", "method"}:
                whole = partial(self.records.prose, page)
                yield (
                    addresses.page(page.id),
                    partial(self.linked, addresses.page(page.id), "prose", f"page:{page.id}", whole),
                )

    def _source(self, source: Source) -> Iterator[PlannedPage]:
        drawn_on_by = len(self.index.drawn_on_by[source.id])
        sections = (
            () if is_light(weight("source", drawn_on_by)) else tuple(self.sections.of_source(source.id))
        )
        kind = "article" if isinstance(source, Article) else "source"
        whole = partial(self.records.source, source)
        return self._planned(
            addresses.source(source), kind, f"source:{source.id}", whole, sections, self._short
        )

    def _region(self, region: Region) -> Iterator[PlannedPage]:
        sections = tuple(self.sections.of_region(region.id))
        return self._planned(
            addresses.region(region.id),
            "region",
            f"region:{region.id}",
            partial(self.records.region, region),
            sections,
            self._short_region,
        )

    def _event(self, ident: str) -> Iterator[PlannedPage]:
        whole = partial(self.records.event, ident)
        return self.linked(addresses.event(ident), "event", f"event:{ident}", whole)

    def _actor(self, actor: Actor) -> Iterator[PlannedPage]:
        return self._planned(
            addresses.actor(actor.id),
            "actor",
            f"actor:{actor.id}",
            partial(self.records.actor, actor),
            tuple(self.sections.of_actor(actor.id)),
            self._short,
        )

    def linked(
        self, path: str, kind: str, reference: str, whole: Callable[[], Page]
    ) -> Iterator[PlannedPage]:
        """Plans a page of which nothing can be too long but what links to it."""
        return self._planned(path, kind, reference, whole, (), self._short)

    def _planned(
        self,
        path: str,
        kind: str,
        reference: str,
        whole: Callable[[], P],
        sections: tuple[Section[Any], ...],
        short: Callable[[P, tuple[Section[Any], ...]], Page],
    ) -> Iterator[PlannedPage]:
        """Plans a record's page, the pages of its long sections, and that of all that links to it."""
        whole = self._kept(path, whole)
        is_long = not is_light(sum(section.weight for section in sections))
        long = tuple(one for one in sections if is_long and not is_light(one.weight, SECTIONS))
        links = self._links(path, reference, whole)

        def make() -> Page:
            found = self._with_few_links(whole(), links)
            return short(found, long) if is_long else self._with_few_disagreements(found)

        yield PlannedPage(path, kind, make)
        for section in long:
            yield from self._list(path, section, whole).planned()
        yield from links.planned() if links else ()

    def _kept(self, path: str, whole: Callable[[], P]) -> Callable[[], P]:
        """Returns what makes a whole page with its card, and makes none twice in succession."""

        def make() -> P:
            if self._last and self._last[0] == path:
                return cast("P", self._last[1])
            page = self.dressed(whole())
            self._last = (path, page)
            return page

        return make

    def _with_few_disagreements(self, page: P) -> P:
        """Returns a page with as many of what sources differ on as it can hold, and the way to all."""
        if not isinstance(page, MeasurePage | RegionPage | SourcePage) or len(page.disagreements) <= NEWEST:
            return page
        way = all_of(len(page.disagreements), addresses.DISAGREEMENTS, self.language)
        return replace(
            page,
            disagreements=page.disagreements[:NEWEST],
            more={"disagreements": way},
            sheets=(*page.sheets, "parts"),
        )

    def _links(self, path: str, reference: str, whole: Callable[[], Page]) -> LongList[_Linking] | None:
        """Returns all that links to a record, if it is more than its page can hold."""
        if is_light(weight("link", most_links(reference, self.index)), SECTIONS):
            return None
        found = backlinks(reference, self.index, self.language)
        entries = tuple((one.reason, link) for one in found for link in one.links)
        is_few = all(len(one.links) <= NEWEST for one in found)
        if is_few or is_light(weight("link", len(entries)), SECTIONS):
            return None
        address = addresses.section(path, "links")

        def head() -> ListPage:
            page = self._head(path, whole)
            title = f"{page.title}: {label('parts', 'links', self.language)}"
            return replace(
                self._below(page, path), path=address, title=title, holds="links", total=len(entries), here=""
            )

        steps = (lambda one: letter_id(one[1].text), lambda one: letters_id(one[1].text))
        return LongList(
            path=address,
            head=head,
            whole=divided(
                sorted(entries, key=lambda one: sort_key(one[1].text, self.language)), most("link"), steps
            ),
            named=lambda ident, one: name_of_letter(ident, one[1].text),
            shown=lambda some: {"links": _by_reason(some)},
            counterpart=address,
        )

    def _head(self, path: str, whole: Callable[[], Page]) -> ListPage:
        """What the pages of a record's parts begin with."""
        if path not in self._heads:
            page = whole()
            here = page.region.id if isinstance(page, RegionPage) else ""
            self._heads[path] = replace(first_page(page, "", 0), corrections=(), backlinks=(), here=here)
        return self._heads[path]

    def _below(self, page: ListPage, path: str) -> ListPage:
        return replace(page, crumbs=(*page.crumbs, Link(text=page.title, address=path)))

    def _with_few_links(self, page: P, links: LongList[_Linking] | None) -> P:
        if links is None:
            return page
        return replace(page, backlinks=tuple(self._few(one, links.path) for one in page.backlinks))

    def _few(self, one: Backlink, address: str) -> Backlink:
        if len(one.links) <= NEWEST:
            return one
        return replace(one, links=one.links[:NEWEST], more=all_of(len(one.links), address, self.language))

    def _measure(self, measure: Measure) -> Iterator[PlannedPage]:
        figures = self.index.figures_of_measure[measure.id]
        parts = figures_in_parts(figures)
        path, reference = addresses.measure(measure.id), f"measure:{measure.id}"
        if not parts.parts:
            yield from self.linked(path, "measure", reference, partial(self.records.measure, measure))
            return
        whole = self._kept(path, partial(self.records.measure, measure))
        links = self._links(path, reference, whole)
        csv = self.made.root.shared(addresses.figures_table(measure.id))

        def head() -> ListPage:
            sheets = ("chart", "parts")
            found = self._head(path, whole)
            return replace(found, holds="figures", total=len(figures), csv=csv, sheets=sheets)

        divided_figures: LongList[Figure] = LongList(
            path=path,
            head=head,
            whole=parts,
            named=self._period,
            shown=lambda found: {
                "charts": measure_charts(found, self.made),
                "groups": figure_groups(found, self.made),
            },
        )

        def make() -> Page:
            page = self._with_few_disagreements(self._with_few_links(whole(), links))
            return replace(
                page,
                sheets=("chart", "parts"),
                parts=divided_figures.ways(),
                charts=(),
                groups=figure_groups(figures[-_NEWEST_FIGURES:], self.made),
            )

        yield PlannedPage(path, "measure", make)
        yield from divided_figures.planned_parts()
        yield from links.planned() if links else ()

    def _short_region(self, page: RegionPage, long: tuple[Section[Any], ...]) -> Page:
        short = self._short(page, long)
        events = next((section for section in long if section.name == "events"), None)
        if events and page.strip:
            short = replace(short, strip=self._strip(short.more["events"].address, events))
        return replace(short, sheets=tuple(dict.fromkeys((*page.sheets, *short.sheets))))

    def _strip(self, address: str, events: Section[Event]) -> StripView | None:
        """Returns the strip of a region's events, which leads to the parts that hold them."""
        whole = events.whole()
        part_of = {event.id: part.id for part in whole.light() for event in part.entries}
        return strip(
            grouped(whole.entries, lambda event: [event.date.period]),
            self.language,
            lambda first: f"{addresses.part(address, part_of[first.id])}#{first.id}",
        )

    def _short(self, page: P, long: tuple[Section[Any], ...]) -> P:
        """Returns a page with the newest of its long sections alone, and the ways to all of each."""
        page = self._with_few_disagreements(page)
        more: dict[str, Link] = {}
        fields: dict[str, Any] = {}
        for section in long:
            address = addresses.section(page.path, section.name)
            more[section.name] = all_of(section.count, address, self.language)
            fields.update(section.brief(section.entries()[-most(section.weighs, SECTIONS) :]))
        return replace(
            page, more={**page.more, **more}, sheets=tuple(dict.fromkeys((*page.sheets, "parts"))), **fields
        )

    def _list(self, path: str, section: Section[T], whole: Callable[[], Page]) -> LongList[T]:
        address = addresses.section(path, section.name)

        def head() -> ListPage:
            page = self._head(path, whole)
            return replace(
                self._below(page, path),
                path=address,
                title=f"{page.title}: {label('parts', section.name, self.language)}",
                holds=section.name,
                total=section.count,
                brief=section.name == "articles",
            )

        return LongList(
            path=address, head=head, whole=section.whole(), named=section.named, shown=section.shown
        )

    def _period(self, ident: str, _: object) -> Name:
        return period_name(ident, self.language)


def _by_reason(found: tuple[tuple[str, Link], ...]) -> tuple[Backlink, ...]:
    reasons: dict[str, list[Link]] = {}
    for reason, link in found:
        reasons.setdefault(reason, []).append(link)
    return tuple(Backlink(reason=reason, links=tuple(links)) for reason, links in reasons.items())
