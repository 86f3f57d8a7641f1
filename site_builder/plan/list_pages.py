"""The pages that list records: the front page, an index for each section, the timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TypedDict

from site_builder.alphabet import sort_key
from site_builder.plan import addresses
from site_builder.plan.atlas import Atlas
from site_builder.plan.backlinks import backlinks
from site_builder.plan.contexts import (
    ActorsPage,
    ArticlesPage,
    CorrectionsPage,
    CoveragePage,
    DataPage,
    DisagreementsPage,
    Download,
    HomePage,
    MeasuresPage,
    MethodPage,
    NavigationLink,
    NotFoundPage,
    Origins,
    Page,
    QuotesPage,
    RegionsPage,
    SourcesPage,
    Tally,
    WordList,
)
from site_builder.plan.coverage import coverage
from site_builder.plan.labels import label, meaning
from site_builder.plan.lines import Lines
from site_builder.plan.maps import map_view
from site_builder.plan.naming import text_in
from site_builder.plan.redirects import retired_views
from site_builder.plan.statements import origins_view
from site_builder.plan.timeline import WHOLE_TIMELINE, strip_of_periods, timeline_pages
from site_builder.plan.views import Views, correction_view, corrections_of, prose
from site_builder.wording import bound_words
from site_builder.words import BASES, BOUNDS, COUNTINGS, NATURES, RANKS, STATUSES

WORD_LISTS: Mapping[str, Mapping[str, str]] = {
    "basis": BASES,
    "bound": BOUNDS,
    "rank": RANKS,
    "status": STATUSES,
    "nature": NATURES,
    "counting": COUNTINGS,
}


class _Head(TypedDict):
    kind: str
    path: str
    section: str
    title: str
    description: str


class ListPages:
    """Makes every page that lists records of an index."""

    def __init__(
        self,
        made: Views,
        lines: Lines,
        downloads: tuple[Download, ...],
        sections: tuple[NavigationLink, ...],
        maps: Atlas,
    ) -> None:
        self.made = made
        self.atlas = maps
        self.lines = lines
        self.index = made.index
        self.language = made.language
        self.downloads = downloads
        self.sections = sections
        self.description = text_in(self.index.site.description, self.language)

    def all(self) -> Iterator[Page]:
        """Yield every list."""
        yield self.home()
        yield self.articles()
        yield self.regions()
        yield from timeline_pages(self.made, self.lines)
        yield self.measures()
        yield self.quotes()
        yield self.sources()
        yield self.actors()
        yield self.disagreements()
        yield self.corrections()
        yield self.coverage()
        yield self.method()
        yield self.data()
        if not self.made.root.folder:
            yield self.not_found()

    def home(self) -> HomePage:
        """Return the front page."""
        index, made = self.index, self.made
        page = index.pages.get("home")
        events = index.timelines.events
        return HomePage(
            kind="home",
            path=addresses.HOME,
            section="home",
            title=text_in(page.title, self.language) if page else text_in(index.site.title, self.language),
            description=self.description,
            corrections=corrections_of(["page:home"], index, self.language),
            body=prose(page, made) if page else None,
            tallies=self._tallies(),
            origins=self._all_origins(),
            disagreements=tuple(made.disagreements.values()),
            articles=tuple(self.lines.article(article) for article in index.articles),
            sheets=("strip",),
            strip=strip_of_periods(made),
            events=tuple(made.events[event.id] for event in events) if len(events) <= WHOLE_TIMELINE else (),
            regions=self.lines.region_groups(),
        )

    def _tallies(self) -> tuple[Tally, ...]:
        index = self.index
        counts = {
            "articles": len(index.articles),
            "regions": len(index.regions),
            "timeline": len(index.events),
            "figures": len(index.figures),
            "quotes": len(index.quotes),
            "sources": len(index.sources),
        }
        sections = {name: self.lines.section_link(name) for name in counts}
        return tuple(
            Tally(label=sections[name].text, count=count, address=sections[name].address)
            for name, count in counts.items()
            if count
        )

    def _all_origins(self) -> Origins:
        index = self.index
        reports = (report for reports in index.reports_of.values() for report in reports)
        statements = (*index.figures.values(), *index.quotes.values(), *reports)
        return origins_view(index.origins.shared(statements), self.made.sources)

    def articles(self) -> ArticlesPage:
        """Return the list of articles."""
        lines = tuple(self.lines.article(article) for article in self.index.articles)
        return ArticlesPage(**self._head("articles", addresses.ARTICLES), articles=lines)

    def regions(self) -> RegionsPage:
        """Return the list of regions."""
        found = map_view(self.atlas, self.lines.regions, self.made)
        return RegionsPage(
            **self._head("regions", addresses.REGIONS),
            sheets=("map",) if found else (),
            groups=self.lines.region_groups(),
            map=found,
        )

    def measures(self) -> MeasuresPage:
        """Return the codebook."""
        return MeasuresPage(
            **self._head("figures", addresses.MEASURES, "measures"),
            measures=tuple(self.made.measures.values()),
        )

    def quotes(self) -> QuotesPage:
        """Return every quotation, by speaker."""
        index = self.index
        speakers = sorted(
            (actor for actor in index.actors.values() if index.quotes_of_actor[actor.id]),
            key=lambda actor: sort_key(text_in(actor.name, self.language), self.language),
        )
        groups = tuple(
            (
                self.lines.actor(actor),
                tuple(self.made.quotes[quote.id] for quote in index.quotes_of_actor[actor.id]),
            )
            for actor in speakers
        )
        return QuotesPage(**self._head("quotes", addresses.QUOTES), groups=groups, total=len(index.quotes))

    def sources(self) -> SourcesPage:
        """Return every source, by publication."""
        entries = [self.lines.source(source) for source in self.index.sources.values()]
        entries.sort(key=lambda entry: sort_key(entry.source.label, self.language))
        groups = groupby(entries, key=lambda entry: entry.source.publication)
        return SourcesPage(
            **self._head("sources", addresses.SOURCES),
            groups=tuple((name, tuple(found)) for name, found in groups),
            total=len(entries),
            unarchived=sum(not entry.archived for entry in entries),
        )

    def actors(self) -> ActorsPage:
        """Return every actor, by name."""
        lines = (self.lines.actor(actor) for actor in self.index.actors.values())
        ordered = tuple(sorted(lines, key=lambda line: sort_key(line.name, self.language)))
        return ActorsPage(**self._head("actors", addresses.ACTORS), actors=ordered)

    def disagreements(self) -> DisagreementsPage:
        """Return where sources differ."""
        found = tuple(self.made.disagreements.values())
        references = (f"disagreement:{name}" for name in self.index.disagreements)
        return DisagreementsPage(
            **self._head("disagreements", addresses.DISAGREEMENTS),
            corrections=corrections_of(references, self.index, self.language),
            disagreements=found,
        )

    def corrections(self) -> CorrectionsPage:
        """Return every correction."""
        entries = tuple(correction_view(item, self.index, self.language) for item in self.index.corrections)
        head = self._head("corrections", addresses.CORRECTIONS)
        return CorrectionsPage(**head, entries=entries, retired=retired_views(self.index, self.language))

    def coverage(self) -> CoveragePage:
        """Return how much is known of each region, period by period."""
        groups = self.lines.region_groups()
        ordered = (
            line.region
            for group in groups
            for line in (*([group.whole] if group.whole else []), *group.parts)
        )
        periods, rows = coverage(self.index, ordered, self.language)
        head = self._head("coverage", addresses.COVERAGE)
        return CoveragePage(**head, sheets=("coverage",), periods=periods, rows=rows)

    def method(self) -> MethodPage:
        """Return how the dossier was made."""
        page = self.index.pages.get("method")
        head = self._head("method", addresses.METHOD)
        if page:
            head["title"] = text_in(page.title, self.language)
        return MethodPage(
            **head,
            sheets=("method",),
            body=prose(page, self.made) if page else None,
            corrections=corrections_of(["page:method"], self.index, self.language),
            backlinks=backlinks("page:method", self.index, self.language) if page else (),
            word_lists=tuple(
                WordList(title=label("words", group, self.language), words=self._words(group, words))
                for group, words in WORD_LISTS.items()
            ),
            measures=tuple(self.made.measures.values()),
            coverage=self.lines.section_link("coverage"),
        )

    def _words(self, group: str, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        if group == "bound":
            told = [bound_words(code, "…", self.language) for code in words]
        else:
            told = [label(group, code, self.language) or meaning(code, self.language) for code in words]
        return tuple(
            (word, meaning(says, self.language)) for word, says in zip(told, words.values(), strict=True)
        )

    def data(self) -> DataPage:
        """Return the downloads."""
        manifest = self.made.root.shared(addresses.MANIFEST)
        return DataPage(**self._head("data", addresses.DATA), downloads=self.downloads, manifest=manifest)

    def not_found(self) -> NotFoundPage:
        """Return what a host shows for an address that is not there."""
        return NotFoundPage(
            kind="not-found",
            path=addresses.NOT_FOUND,
            section="",
            title=label("page", "not-found", self.language),
            description=self.description,
            sections=self.sections,
        )

    def _head(self, section: str, path: str, kind: str = "") -> _Head:
        return {
            "kind": kind or section,
            "path": path,
            "section": section,
            "title": label("section", section, self.language),
            "description": self.description,
        }
