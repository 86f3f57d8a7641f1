"""The dossier and its regions as they are printed: one page each, with numbered sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.plan.contexts.pages import Page, RegionPage, SourcePage

if TYPE_CHECKING:
    from site_builder.plan.contexts.attribution import DateView, SourceLine
    from site_builder.plan.contexts.lines import ArchiveView
    from site_builder.plan.contexts.prose import Prose
    from site_builder.plan.contexts.records import (
        CorrectionView,
        DisagreementView,
        EventView,
        Link,
        MeasureFigures,
        QuoteView,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedSource:
    """A source of the list at the end; `number` is what marks it in the text above."""

    number: int
    source: SourceLine
    authors: tuple[str, ...]
    publisher: str
    accessed: DateView | None
    archives: tuple[ArchiveView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPage(Page):
    """A page for paper, of one region or, where `region` is None, of the whole dossier.

    `numbers` gives the number of each source by its address; `sources` lists them so. `screen` leads
    to what is printed here, and `others` to the other pages for paper. A dossier too long for one page
    has none but those, and `is_whole` is false; of a region of which there is too much, the newest is
    printed, and `left_out` counts the older statements.
    """

    heading: str
    is_whole: bool
    screen: Link
    others: tuple[Link, ...]
    region: RegionPage | None
    body: Prose | None
    digests: tuple[SourcePage, ...]
    disagreements: tuple[DisagreementView, ...]
    events: tuple[EventView, ...]
    figures: tuple[MeasureFigures, ...]
    quotes: tuple[QuoteView, ...]
    regions: tuple[RegionPage, ...]
    corrected: tuple[CorrectionView, ...]
    numbers: Mapping[str, int]
    sources: tuple[NumberedSource, ...]
    left_out: int = 0
