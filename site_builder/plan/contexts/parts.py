"""What is too long for one page: the ways to its parts, and the pages of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.plan.contexts.pages import Page

if TYPE_CHECKING:
    from site_builder.plan.contexts.charts import ChartView
    from site_builder.plan.contexts.finding import EntryLine
    from site_builder.plan.contexts.lines import ActorLine, ArticleLine, PartLink, SourceEntry
    from site_builder.plan.contexts.records import (
        Backlink,
        CorrectionView,
        DisagreementView,
        EventView,
        FigureGroup,
        Link,
        MeasureFigures,
        QuoteView,
        RetiredView,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """A list that is too long for one page or for the page it belongs to: its first page, or a part of it.

    `holds` names what is listed. `total` counts the entries of the whole list, `entries` those that stand
    here. `parts` lead to the parts: to all of them from the first page, to those beside it from a part.
    `is_first` is true for the first page of a list with parts, which shows its newest entries at most.
    `brief` is true where articles are told in short, `lines` where events are told in a line each; `here` is
    the region whose events they are, if they are one's. `groups` are figures at home here, with their
    `charts`; `figures` are those of several measures.
    """

    holds: str
    total: int
    entries: int
    is_first: bool = False
    parts: tuple[PartLink, ...] = ()
    earlier: Link | None = None
    later: Link | None = None
    articles: tuple[ArticleLine, ...] = ()
    brief: bool = False
    events: tuple[EventView, ...] = ()
    lines: bool = False
    here: str = ""
    charts: tuple[ChartView, ...] = ()
    csv: str = ""
    groups: tuple[FigureGroup, ...] = ()
    figures: tuple[MeasureFigures, ...] = ()
    quotes: tuple[QuoteView, ...] = ()
    speakers: tuple[tuple[ActorLine, tuple[QuoteView, ...]], ...] = ()
    sources: tuple[tuple[str, tuple[SourceEntry, ...]], ...] = ()
    actors: tuple[ActorLine, ...] = ()
    disagreements: tuple[DisagreementView, ...] = ()
    corrected: tuple[CorrectionView, ...] = ()
    retired: tuple[RetiredView, ...] = ()
    links: tuple[Backlink, ...] = ()
    names: tuple[EntryLine, ...] = ()
