"""The pages that list records: the front page, an index for each section, the timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import TypedDict

from site_builder.alphabet import sort_key
from site_builder.model import Actor, Article, Source
from site_builder.plan import addresses
from site_builder.plan.atlas import Atlas
from site_builder.plan.backlinks import backlinks
from site_builder.plan.contexts import (
    ActorsPage,
    ArticlesPage,
    CorrectionsPage,
    CorrectionView,
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
from site_builder.plan.timeline import WHOLE_TIMELINE, strip_of_periods
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


class Head(TypedDict):
    """What every list has."""

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
        downloads: Callable[[], tuple[Download, ...]],
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

    def home(self, articles: Iterable[Article], disagreements: Iterable[str]) -> HomePage:
        """Returns the front page, with those articles and disagreements on it."""
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
            disagreements=tuple(made.disagreements[name] for name in disagreements),
            articles=tuple(self.lines.article(article) for article in articles),
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
        """Returns the list of articles."""
        lines = tuple(self.lines.article(article) for article in self.index.articles)
        return ArticlesPage(**self.head("articles", addresses.ARTICLES), articles=lines)

    def regions(self) -> RegionsPage:
        """Returns the list of regions."""
        found = map_view(self.atlas, self.lines.regions, self.made)
        return RegionsPage(
            **self.head("regions", addresses.REGIONS),
            sheets=("map",) if found else (),
            groups=self.lines.region_groups(),
            map=found,
        )

    def measures(self) -> MeasuresPage:
        """Returns the codebook."""
        return MeasuresPage(
            **self.head("figures", addresses.MEASURES, "measures"),
            measures=tuple(self.made.measures.values()),
        )

    def quotes(self) -> QuotesPage:
        """Returns every quotation, by speaker."""
        index = self.index
        groups = tuple(
            (
                self.lines.actor(actor),
                tuple(self.made.quotes[quote.id] for quote in index.quotes_of_actor[actor.id]),
            )
            for actor in self.speakers()
        )
        return QuotesPage(**self.head("quotes", addresses.QUOTES), groups=groups, total=len(index.quotes))

    def speakers(self) -> list[Actor]:
        """Returns everybody who is quoted, by name."""
        return [actor for actor in self.actors_in_order() if self.index.quotes_of_actor[actor.id]]

    def sources_in_order(self) -> list[Source]:
        """Returns every source, by what it is called."""
        lines, language = self.made.sources, self.language
        return sorted(self.index.sources.values(), key=lambda one: sort_key(lines[one.id].label, language))

    def sources(self) -> SourcesPage:
        """Returns every source, by publication."""
        entries = [self.lines.source(source) for source in self.sources_in_order()]
        groups = groupby(entries, key=lambda entry: entry.source.publication)
        return SourcesPage(
            **self.head("sources", addresses.SOURCES),
            groups=tuple((name, tuple(found)) for name, found in groups),
            total=len(entries),
            unarchived=sum(not entry.archived for entry in entries),
        )

    def actors(self) -> ActorsPage:
        """Returns every actor, by name."""
        lines = tuple(self.lines.actor(actor) for actor in self.actors_in_order())
        return ActorsPage(**self.head("actors", addresses.ACTORS), actors=lines)

    def actors_in_order(self) -> list[Actor]:
        """Returns every actor, by name."""
        language = self.language
        return sorted(
            self.index.actors.values(), key=lambda one: sort_key(text_in(one.name, language), language)
        )

    def disagreements(self) -> DisagreementsPage:
        """Returns where sources differ."""
        return DisagreementsPage(
            **self.head("disagreements", addresses.DISAGREEMENTS),
            corrections=self.corrections_of_disagreements(),
            disagreements=tuple(self.made.disagreements.values()),
        )

    def corrections_of_disagreements(self) -> tuple[CorrectionView, ...]:
        """Returns the corrections of what is said of disagreements."""
        references = (f"disagreement:{name}" for name in self.index.disagreements)
        return corrections_of(references, self.index, self.language)

    def corrections(self) -> CorrectionsPage:
        """Returns every correction."""
        entries = tuple(correction_view(item, self.index, self.language) for item in self.index.corrections)
        head = self.head("corrections", addresses.CORRECTIONS)
        return CorrectionsPage(**head, entries=entries, retired=retired_views(self.index, self.language))

    def coverage(self) -> CoveragePage:
        """Returns how much is known of each region, period by period."""
        groups = self.lines.region_groups()
        ordered = (
            line.region
            for group in groups
            for line in (*([group.whole] if group.whole else []), *group.parts)
        )
        periods, rows = coverage(self.index, ordered, self.language)
        head = self.head("coverage", addresses.COVERAGE)
        return CoveragePage(**head, sheets=("coverage",), periods=periods, rows=rows)

    def method(self) -> MethodPage:
        """Returns how the dossier was made."""
        page = self.index.pages.get("method")
        head = self.head("method", addresses.METHOD)
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
        """Returns the downloads."""
        manifest = self.made.root.shared(addresses.MANIFEST)
        return DataPage(**self.head("data", addresses.DATA), downloads=self.downloads(), manifest=manifest)

    def not_found(self) -> NotFoundPage:
        """Returns what a host shows for an address that is not there."""
        return NotFoundPage(
            kind="not-found",
            path=addresses.NOT_FOUND,
            section="",
            title=label("page", "not-found", self.language),
            description=self.description,
            sections=self.sections,
        )

    def head(self, section: str, path: str, kind: str = "") -> Head:
        """Returns what the page of a section begins with."""
        return {
            "kind": kind or section,
            "path": path,
            "section": section,
            "title": label("section", section, self.language),
            "description": self.description,
        }
