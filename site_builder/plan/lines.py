"""Records as lines of an index, with how much the dossier holds on each; and figures in comparable groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from site_builder.alphabet import sort_key
from site_builder.dates import Edtf
from site_builder.model import Actor, Article, Figure, Source
from site_builder.plan import addresses
from site_builder.plan.contexts import (
    ActorLine,
    ArticleLine,
    FigureGroup,
    Link,
    MeasureFigures,
    RegionGroup,
    RegionLine,
    SourceEntry,
)
from site_builder.plan.labels import label
from site_builder.plan.naming import date_view, text_in
from site_builder.plan.steps import step_of
from site_builder.plan.views import Views

_SECTION_ADDRESSES = {
    "articles": addresses.ARTICLES,
    "regions": addresses.REGIONS,
    "timeline": addresses.TIMELINE,
    "figures": addresses.MEASURES,
    "quotes": addresses.QUOTES,
    "sources": addresses.SOURCES,
    "actors": addresses.ACTORS,
    "disagreements": addresses.DISAGREEMENTS,
    "corrections": addresses.CORRECTIONS,
    "data": addresses.DATA,
    "coverage": addresses.COVERAGE,
    "method": addresses.METHOD,
    "search": addresses.SEARCH,
    "a-z": addresses.A_TO_Z,
}


class Lines:
    """Makes the lines of an index."""

    def __init__(self, made: Views) -> None:
        self.made = made
        self.index = made.index
        self.language = made.language
        # An article stands on the page of each of its regions, and of each part of a long index.
        self._articles: dict[str, ArticleLine] = {}
        self._sources: dict[str, SourceEntry] = {}

    @cached_property
    def regions(self) -> Mapping[str, RegionLine]:
        """The line of every region, by id."""
        return {ident: self._region(ident) for ident in self.index.regions}

    def _region(self, ident: str) -> RegionLine:
        index, region = self.index, self.index.regions[ident]
        origins = len(index.origins.shared(index.statements_of_region(ident)))
        return RegionLine(
            region=self.made.regions[ident],
            iso=region.iso or "",
            type=text_in(region.type, self.language),
            events=len(index.timelines.of_region[ident]),
            figures=len(index.figures_of_region[ident]),
            quotes=len(index.quotes_of_region[ident]),
            sources=len(index.sources_of_region[ident]),
            origins=origins,
            step=step_of(origins),
        )

    def region_groups(self) -> tuple[RegionGroup, ...]:
        """Returns every region within the larger one it belongs to, by name; those of none come last."""
        roots = [region for region in self.index.regions.values() if not region.part_of]
        wholes = [region for region in roots if self.index.parts_of[region.id]]
        alone = [region for region in roots if not self.index.parts_of[region.id]]
        groups = [RegionGroup(whole=self.regions[whole.id], parts=self._parts(whole.id)) for whole in wholes]
        if alone:
            groups.append(RegionGroup(whole=None, parts=self._by_name(region.id for region in alone)))
        return tuple(groups)

    def _parts(self, whole: str) -> tuple[RegionLine, ...]:
        found: list[str] = []
        waiting = [whole]
        while waiting:
            parts = [part.id for part in self.index.parts_of[waiting.pop()]]
            found += parts
            waiting += parts
        return self._by_name(found)

    def _by_name(self, idents: Iterable[str]) -> tuple[RegionLine, ...]:
        return tuple(
            sorted(
                (self.regions[name] for name in idents),
                key=lambda line: sort_key(line.region.text, self.language),
            )
        )

    def article(self, article: Article) -> ArticleLine:
        """Returns the line of an article."""
        if article.id not in self._articles:
            self._articles[article.id] = self._article(article)
        return self._articles[article.id]

    def _article(self, article: Article) -> ArticleLine:
        index, made = self.index, self.made
        return ArticleLine(
            source=made.sources[article.id],
            summary=text_in(article.summary, self.language),
            regions=tuple(made.regions[name] for name in article.regions),
            draws_on=tuple(made.sources[name] for name in article.draws_on),
            events=len(index.events_of_source[article.id]),
            figures=len(index.figures_of_source[article.id]),
            quotes=len(index.quotes_of_source[article.id]),
        )

    def source(self, source: Source) -> SourceEntry:
        """Returns the line of a source."""
        if source.id not in self._sources:
            self._sources[source.id] = self._source(source)
        return self._sources[source.id]

    def _source(self, source: Source) -> SourceEntry:
        index = self.index
        statements = (index.events_of_source, index.figures_of_source, index.quotes_of_source)
        return SourceEntry(
            source=self.made.sources[source.id],
            draws_on=tuple(self.made.sources[name] for name in source.draws_on),
            statements=sum(len(of_source[source.id]) for of_source in statements),
            archived=bool(source.archives),
        )

    def actor(self, actor: Actor) -> ActorLine:
        """Returns the line of an actor."""
        index = self.index
        return ActorLine(
            id=str(actor.id),
            address=addresses.actor(actor.id),
            name=text_in(actor.name, self.language),
            type=label("actor", actor.type, self.language),
            role=text_in(actor.role, self.language),
            quotes=len(index.quotes_of_actor[actor.id]),
            figures=len(index.figures_of_actor[actor.id]),
            events=len(index.events_of_actor[actor.id]),
            withheld=text_in(actor.withheld, self.language),
        )

    def section_link(self, section: str) -> Link:
        """Returns the link to a section."""
        return Link(text=label("section", section, self.language), address=_SECTION_ADDRESSES[section])

    def period_link(self, period: str) -> Link:
        """Returns the link to a stretch of the timeline."""
        words = date_view(Edtf.parse(period), self.language).words
        return Link(text=words[:1].upper() + words[1:], address=addresses.period(period))


def measures_with_figures(figures: Iterable[Figure], made: Views) -> tuple[MeasureFigures, ...]:
    """Returns figures by measure, in the order of the codebook, each in its groups."""
    by_measure: dict[str, list[Figure]] = {}
    for figure in figures:
        by_measure.setdefault(figure.measure, []).append(figure)
    return tuple(
        MeasureFigures(measure=view, groups=figure_groups(by_measure[name], made))
        for name, view in made.measures.items()
        if name in by_measure
    )


def figure_groups(figures: Iterable[Figure], made: Views) -> tuple[FigureGroup, ...]:
    """Returns figures of one measure in groups that may be compared: the whole place, then by region."""
    groups: dict[tuple[tuple[str, ...], str], list[Figure]] = {}
    for figure in figures:
        regions = () if figure.level is not None else made.index.regions_of(figure)
        groups.setdefault((regions, text_in(figure.population, made.language)), []).append(figure)
    place = made.index.site.place
    ordered = sorted(
        groups, key=lambda key: (key[0] != (place,), [made.regions[name].text for name in key[0]], key[1])
    )
    return tuple(_group(key, groups[key], made) for key in ordered)


def _group(key: tuple[tuple[str, ...], str], figures: list[Figure], made: Views) -> FigureGroup:
    regions, population = key
    measure = made.index.measures[figures[0].measure]
    steps = {level.id: step for step, level in enumerate(measure.levels)}

    def order(figure: Figure) -> tuple[object, ...]:
        start = (figure.span or figure.as_of).sort_key
        return (steps.get(figure.level or "", 0), start, figure.as_of.sort_key, figure.id)

    return FigureGroup(
        measure=made.measures[measure.id],
        regions=tuple(made.regions[name] for name in regions),
        population=population,
        spans=any(figure.span for figure in figures),
        figures=tuple(made.figures[figure.id] for figure in sorted(figures, key=order)),
    )
