"""The pages of single records: a source or article, a region, an event, a measure, an actor, prose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.link import Shared
from site_builder.link.gather import grouped
from site_builder.link.homes import figures_in_parts
from site_builder.model import Actor, Article, Event, Figure, Measure, Quote, Region, Source
from site_builder.model import Page as ProseRecord
from site_builder.plan import addresses
from site_builder.plan.backlinks import backlinks
from site_builder.plan.charts import measure_charts
from site_builder.plan.contexts import (
    ActorPage,
    ArchiveView,
    CorrectionView,
    DisagreementView,
    EventPage,
    Link,
    LocatorView,
    MeasurePage,
    Prose,
    ProsePage,
    RegionPage,
    SourcePage,
    StripView,
    VersionView,
)
from site_builder.plan.lines import Lines, figure_groups, measures_with_figures
from site_builder.plan.naming import date_view, record_link, text_in
from site_builder.plan.pictures import picture_views
from site_builder.plan.statements import origins_view
from site_builder.plan.strips import strip
from site_builder.plan.views import Views, cited, corrections_of, prose
from site_builder.values import Text
from site_builder.wording import language_name

_DESCRIPTION_LENGTH = 200
# Fewer events are seen at one glance as they are.
_WORTH_A_STRIP = 6
# Beyond so many sources a region's page names them in short: a page stays light on a slow line.
_SOURCES_IN_FULL = 12


@dataclass(frozen=True, slots=True)
class Told:
    """The statements of a region that a page of it tells."""

    events: tuple[Event, ...]
    figures: tuple[Figure, ...]
    quotes: tuple[Quote, ...]


class RecordPages:
    """Makes the page of each record of an index."""

    def __init__(self, made: Views, lines: Lines, locators: Mapping[str, LocatorView]) -> None:
        self.made = made
        self.lines = lines
        self.locators = locators
        self.index = made.index
        self.language = made.language
        self.parts_of_actor = grouped(self.index.actors.values(), lambda actor: [actor.part_of])
        self.rank = {name: number for number, name in enumerate(self.index.disagreements)}

    def source(self, source: Source) -> SourcePage:
        """Returns the page of a source; an article's has its digest."""
        index, made = self.index, self.made
        line = made.sources[source.id]
        article = source if isinstance(source, Article) else None
        section = "articles" if article else "sources"
        reference = f"source:{source.id}"
        resting = index.origins.resting_on
        origins = [Shared(origin=name, sources=resting[name]) for name in index.origins.of_source[source.id]]
        return SourcePage(
            kind="article" if article else "source",
            path=line.address,
            section=section,
            title=line.title,
            description=_shortened(
                self._text(article.summary) if article else self._text(source.note) or line.title
            ),
            crumbs=self._crumbs(section),
            corrections=self._corrections(reference, *self._stated_by(source)),
            backlinks=backlinks(reference, self.index, self.language),
            source=line,
            is_article=article is not None,
            authors=authors_of(source, self.language),
            publisher=source.publisher or "",
            language=language_name(source.language, self.language),
            accessed=date_view(source.accessed, self.language) if source.accessed else None,
            read_as=self._text(source.read_as),
            note=self._text(source.note),
            archives=archives_of(source, self.language),
            versions=self._versions(source),
            draws_on=tuple(made.sources[name] for name in source.draws_on),
            drawn_on_by=tuple(made.sources[other.id] for other in index.drawn_on_by[source.id]),
            same_origin=tuple(made.sources[name] for name in index.origins.same_origin(source.id)),
            origins=origins_view(origins, made.sources),
            regions=tuple(made.regions[name] for name in index.regions_of_source[source.id]),
            summary=self._text(article.summary) if article else "",
            curated=date_view(article.curated, self.language) if article else None,
            body=self._digest(article),
            events=tuple(made.events[event.id] for event in index.events_of_source[source.id]),
            figures=measures_with_figures(index.figures_of_source[source.id], made),
            quotes=tuple(made.quotes[quote.id] for quote in index.quotes_of_source[source.id]),
            taken_from=tuple(cited(name, made) for name in index.taken_from[source.id]),
            disagreements=self._disagreements([reference]),
        )

    def _digest(self, article: Article | None) -> Prose | None:
        return prose(article, self.made, picture_views(article, self.made)) if article else None

    def _stated_by(self, source: Source) -> Iterator[str]:
        """The figures and quotes of a source: quotes have no other home."""
        yield from (f"figure:{figure.id}" for figure in self.index.figures_of_source[source.id])
        yield from (f"quote:{quote.id}" for quote in self.index.quotes_of_source[source.id])

    def _versions(self, source: Source) -> tuple[VersionView, ...]:
        return tuple(
            VersionView(
                date=date_view(version.date, self.language), what_changed=self._text(version.what_changed)
            )
            for version in source.versions
        )

    def region(self, region: Region, told: Told | None = None) -> RegionPage:
        """Returns the page of a region, with all that is on record of it, or with what is to be told."""
        index, made = self.index, self.made
        events = index.timelines.of_region[region.id]
        figures = index.figures_of_region[region.id]
        quotes = index.quotes_of_region[region.id]
        sources = index.sources_of_region[region.id]
        statements = index.statements_of_region(region.id)
        told = told or Told(events, figures, quotes)
        references = [f"region:{region.id}", *(f"event:{event.id}" for event in events)]
        references += [*(f"figure:{one.id}" for one in figures), *(f"quote:{one.id}" for one in quotes)]
        return RegionPage(
            kind="region",
            path=addresses.region(region.id),
            section="regions",
            title=self._text(region.name),
            description=_shortened(self._text(region.summary)),
            crumbs=self._crumbs("regions"),
            corrections=self._corrections(*references),
            backlinks=backlinks(f"region:{region.id}", index, self.language),
            region=made.regions[region.id],
            names=self._other_names(region.names),
            also_known_as=region.also_known_as,
            iso=region.iso or "",
            wikidata=region.wikidata or "",
            type=self._text(region.type),
            capital=self._text(region.capital),
            part_of=made.regions[region.part_of] if region.part_of else None,
            parts=tuple(self.lines.regions[part.id] for part in index.parts_of[region.id]),
            summary=self._text(region.summary),
            unknown=tuple(self._text(sentence) for sentence in region.unknown),
            body=prose(region, made),
            disagreements=self._disagreements(references),
            figures=measures_with_figures(told.figures, made),
            sheets=("strip",) if len(events) >= _WORTH_A_STRIP else (),
            strip=self._strip(region, events),
            events=tuple(made.events[event.id] for event in told.events),
            quotes=tuple(made.quotes[quote.id] for quote in told.quotes),
            articles=tuple(self.lines.article(source) for source in sources if isinstance(source, Article)),
            sources=tuple(self.lines.source(source) for source in sources),
            is_long=len(sources) > _SOURCES_IN_FULL,
            origins=origins_view(index.origins.shared(statements), made.sources),
            locator=self.locators.get(region.id),
            paper=addresses.paper(region.id) if statements else "",
        )

    def _strip(self, region: Region, events: tuple[Event, ...]) -> StripView | None:
        if len(events) < _WORTH_A_STRIP:
            return None
        home = addresses.region(region.id)
        return strip(
            grouped(events, lambda event: [event.date.period]),
            self.language,
            lambda first: f"{home}#{first.id}",
        )

    def event(self, ident: str) -> EventPage:
        """Returns the page of an event."""
        event = self.made.events[ident]
        reference = f"event:{event.id}"
        return EventPage(
            kind="event",
            path=event.address,
            section="timeline",
            title=event.title,
            description=_shortened(f"{event.date.words}. {event.reports[0].says}"),
            crumbs=(*self._crumbs("timeline"), self.lines.period_link(event.period)),
            corrections=self._corrections(reference),
            backlinks=backlinks(reference, self.index, self.language),
            event=event,
            quotes=tuple(self.made.quotes[quote.id] for quote in self.index.quotes_of_event[event.id]),
            disagreements=self._disagreements([reference]),
        )

    def measure(self, measure: Measure) -> MeasurePage:
        """Returns the page with every figure of a measure."""
        figures = self.index.figures_of_measure[measure.id]
        references = [f"measure:{measure.id}", *(f"figure:{figure.id}" for figure in figures)]
        return MeasurePage(
            kind="measure",
            sheets=("chart",),
            path=addresses.measure(measure.id),
            section="figures",
            title=self._text(measure.title),
            description=_shortened(self._text(measure.definition)),
            crumbs=self._crumbs("figures"),
            corrections=self._corrections(*references),
            backlinks=backlinks(f"measure:{measure.id}", self.index, self.language),
            measure=self.made.measures[measure.id],
            # Those of a long list are drawn part by part.
            charts=() if figures_in_parts(figures).parts else measure_charts(figures, self.made),
            csv=self.made.root.shared(addresses.figures_table(measure.id)) if figures else "",
            groups=figure_groups(figures, self.made),
            disagreements=self._disagreements(references),
        )

    def actor(self, actor: Actor) -> ActorPage:
        """Returns the page of an actor."""
        index, made = self.index, self.made
        return ActorPage(
            kind="actor",
            path=addresses.actor(actor.id),
            section="actors",
            title=self._text(actor.name),
            description=_shortened(
                self._text(actor.summary) or self._text(actor.role) or self._text(actor.name)
            ),
            crumbs=self._crumbs("actors"),
            corrections=self._corrections(f"actor:{actor.id}"),
            backlinks=backlinks(f"actor:{actor.id}", index, self.language),
            actor=self.lines.actor(actor),
            names=self._other_names(actor.names),
            summary=self._text(actor.summary),
            wikidata=actor.wikidata or "",
            part_of=record_link(f"actor:{actor.part_of}", index, self.language) if actor.part_of else None,
            parts=tuple(
                record_link(f"actor:{other.id}", index, self.language)
                for other in self.parts_of_actor[actor.id]
            ),
            quotes=tuple(made.quotes[quote.id] for quote in index.quotes_of_actor[actor.id]),
            figures=measures_with_figures(index.figures_of_actor[actor.id], made),
            events=tuple(made.events[event.id] for event in index.events_of_actor[actor.id]),
        )

    def prose(self, page: ProseRecord) -> ProsePage:
        """Returns a page of prose."""
        return ProsePage(
            kind="prose",
            path=addresses.page(page.id),
            section=page.id,
            title=self._text(page.title),
            description=_shortened(self._text(page.summary) or self._text(page.title)),
            corrections=self._corrections(f"page:{page.id}"),
            backlinks=backlinks(f"page:{page.id}", self.index, self.language),
            body=prose(page, self.made),
        )

    def _other_names(self, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """A name in the language of the page stands there already."""
        return tuple((str(lang), str(name)) for lang, name in names.items() if lang != self.language)

    def _text(self, text: Text | None) -> str:
        return text_in(text, self.language)

    def _crumbs(self, section: str) -> tuple[Link, ...]:
        return (self.lines.section_link(section),)

    def _corrections(self, *references: str) -> tuple[CorrectionView, ...]:
        return corrections_of(references, self.index, self.language)

    def _disagreements(self, references: Iterable[str]) -> tuple[DisagreementView, ...]:
        found = {item.id for reference in references for item in self.index.disagreements_of[reference]}
        return tuple(self.made.disagreements[name] for name in sorted(found, key=self.rank.__getitem__))


def authors_of(source: Source, language: str) -> tuple[str, ...]:
    """Returns who wrote a source, in words of a language."""
    return tuple(name.in_language(language) for name in source.author)


def archives_of(source: Source, language: str) -> tuple[ArchiveView, ...]:
    """Returns the kept copies of a source."""
    return tuple(
        ArchiveView(
            url=kept.url,
            captured=date_view(kept.captured, language),
            service=kept.service or "",
            sha256=kept.sha256 or "",
        )
        for kept in source.archives
    )


def _shortened(text: str) -> str:
    if len(text) <= _DESCRIPTION_LENGTH:
        return text
    return text[:_DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + "…"
