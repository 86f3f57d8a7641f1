"""What statements are about and rest on, as views: regions, sources, measures."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.link import Index
from site_builder.model import Article, Source
from site_builder.plan import addresses
from site_builder.plan.contexts import MeasureView, RegionLink, SourceLine
from site_builder.plan.labels import label, meaning
from site_builder.plan.naming import date_view, text_in
from site_builder.words import COUNTINGS


def region_link(ident: str, index: Index, language: str) -> RegionLink:
    """Returns a region's name."""
    region = index.regions[ident]
    return RegionLink(
        id=str(ident),
        text=text_in(region.name, language),
        address=addresses.region(ident),
        status=text_in(region.status, language),
    )


@dataclass(frozen=True, slots=True)
class _Title:
    words: str
    lang: str
    translated: str


def _title(source: Source, language: str, own: str) -> _Title:
    """Returns a title on pages in a language; one in brackets is ours, and so in that language itself."""
    given = dict(source.title_translated.by_language) if source.title_translated else {}
    translated = given.get(language) or (given.get("", "") if own == language else "")
    if source.title.startswith("[") and source.title.endswith("]"):
        words = f"[{translated}]" if translated else source.title
        return _Title(words, "" if translated or own == language else own, "")
    # What has to be translated into the source's language was not published in it: a translation was read.
    written_in = own if source.language in given else source.language
    is_of_page = written_in == language
    return _Title(source.title, "" if is_of_page else written_in, "" if is_of_page else translated)


def source_line(source: Source, language: str, own: str) -> SourceLine:
    """Returns a source in one line, on pages in a language; `own` is the dossier's."""
    title = _title(source, language, own)
    kept = max(source.archives, key=lambda archive: archive.captured.sort_key, default=None)
    return SourceLine(
        id=str(source.id),
        address=addresses.source(source),
        title=str(title.words),
        lang=str(title.lang),
        title_translated=str(title.translated),
        publication=text_in(source.container_title, language) or str(source.publisher or ""),
        issued=date_view(source.issued, language),
        type=label("source", source.type, language),
        url=str(source.url or ""),
        is_article=isinstance(source, Article),
        archive_url=str(kept.url) if kept else "",
        archived=date_view(kept.captured, language) if kept else None,
    )


def measure_view(ident: str, index: Index, language: str) -> MeasureView:
    """Returns an entry of the codebook."""
    measure = index.measures[ident]
    figures = index.figures_of_measure[ident]
    return MeasureView(
        id=str(ident),
        address=addresses.measure(ident),
        title=text_in(measure.title, language),
        definition=text_in(measure.definition, language),
        unit=text_in(measure.unit, language),
        counting=label("counting", measure.counting, language),
        counting_meaning=meaning(COUNTINGS[measure.counting], language),
        levels=tuple(
            (text_in(level.title, language), text_in(level.definition, language)) for level in measure.levels
        ),
        note=text_in(measure.note, language),
        figures=len(figures),
        sources=len({figure.source for figure in figures}),
    )
