"""What statements are about and rest on, as views: regions, sources, measures."""

from __future__ import annotations

from site_builder.link import Index
from site_builder.model import Article, Source
from site_builder.plan import addresses
from site_builder.plan.contexts import MeasureView, RegionLink, SourceLine
from site_builder.plan.labels import label
from site_builder.plan.naming import date_view, text_in
from site_builder.words import COUNTINGS


def region_link(ident: str, index: Index, language: str) -> RegionLink:
    """Return a region's name."""
    region = index.regions[ident]
    return RegionLink(
        id=ident,
        text=text_in(region.name, language),
        address=addresses.region(ident),
        status=text_in(region.status, language),
    )


def source_line(source: Source, language: str) -> SourceLine:
    """Return a source in one line."""
    is_of_page = source.language == language
    kept = max(source.archives, key=lambda archive: archive.captured.sort_key, default=None)
    return SourceLine(
        id=source.id,
        address=addresses.source(source),
        title=source.title,
        lang="" if is_of_page else source.language,
        title_translated="" if is_of_page else text_in(source.title_translated, language),
        publication=source.container_title or source.publisher or "",
        issued=date_view(source.issued, language),
        type=label("source", source.type, language),
        url=source.url or "",
        is_article=isinstance(source, Article),
        archive_url=kept.url if kept else "",
        archived=date_view(kept.captured, language) if kept else None,
    )


def measure_view(ident: str, index: Index, language: str) -> MeasureView:
    """Return an entry of the codebook."""
    measure = index.measures[ident]
    figures = index.figures_of_measure[ident]
    return MeasureView(
        id=ident,
        address=addresses.measure(ident),
        title=text_in(measure.title, language),
        definition=text_in(measure.definition, language),
        unit=text_in(measure.unit, language),
        counting=label("counting", measure.counting, language),
        counting_meaning=COUNTINGS[measure.counting],
        levels=tuple(
            (text_in(level.title, language), text_in(level.definition, language)) for level in measure.levels
        ),
        note=text_in(measure.note, language),
        figures=len(figures),
        sources=len({figure.source for figure in figures}),
    )
