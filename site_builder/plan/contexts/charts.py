"""Drawings: figures on one scale, and events counted by month or year.

Places on a scale are shares of its length, written as SVG takes them ("37.5%"), so that a drawing is as wide
as its room is and its words keep their size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.plan.contexts.attribution import DateView, Origins, SourceLine
    from site_builder.plan.contexts.records import Link, RegionLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A round value of a scale: `anchor` is SVG's word for the side of its place that its words stand on."""

    at: str
    words: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTime:
    """When a figure holds: its as-of date from bound to bound, and the span that it counts over, if any.

    `width` and `span_width` are the lengths; `is_day` is true where the as-of date is known to the day,
    `is_doubtful` where it is qualified as uncertain or approximate: how far that reaches, nobody has said.
    """

    start: str
    width: str
    is_day: bool
    is_doubtful: bool
    span_start: str = ""
    span_width: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartMark:
    """One number on the scale, as one claimant states it; `sources` are all that carry it so.

    `kind` is "point", "range", "open-high" (the number or more) or "open-low" (the number or less);
    `basis_id` decides the shape. `label_at` and `label_side` place the number's words: "after" and "before"
    beside the mark, "above" over it. `link` leads to the first record that states it.
    """

    kind: str
    low: str
    high: str
    number: str
    label_at: str
    label_side: str
    claimant: str
    basis: str
    basis_id: str
    as_of: DateView
    span: DateView | None
    time: ChartTime
    sources: tuple[SourceLine, ...]
    link: Link
    rank: str
    is_struck: bool
    is_superseded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPanel:
    """The marks of one place, oldest first."""

    regions: tuple[RegionLink, ...]
    marks: tuple[ChartMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """Figures of one measure and one population on one scale, which begins at zero or holds it.

    Several panels are several places of one larger one, `whole`: small multiples. `lowest` and `highest` are
    marks that still stand; `spans` is true where figures count over stretches that are not all the same.
    `times` is empty where all figures are of one date; `year` is the year that all of it lies in, or empty.
    `bases` pairs the code of each basis that occurs with its word, `kinds` are the kinds of marks that occur.
    `first` and `last` are the as-of dates at the ends; `last` is None where there is one.
    """

    id: str
    address: str
    unit: str
    population: str
    whole: RegionLink | None
    panels: tuple[ChartPanel, ...]
    marks: int
    ticks: tuple[Tick, ...]
    times: tuple[Tick, ...]
    year: str
    lowest: ChartMark
    highest: ChartMark
    spans: bool
    bases: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]
    struck: bool
    origins: Origins
    sources: tuple[SourceLine, ...]
    first: DateView
    last: DateView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StripCell:
    """A month, or a year, with its events: `height` is the bar's share of the fullest one's, from its foot.

    `label` names the month or year in full, as it stands within a sentence; `y` is where the bar begins.
    """

    label: str
    events: int
    address: str
    y: str
    height: str
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StripRow:
    """A year with its twelve months, or a decade with its ten years; None where nothing is on record.

    `start` is its first year. `coarse` are the events of which no more than that year is known, or None. A
    row without cells is a stretch of years for events of which no more is known.
    """

    start: int
    label: str
    cells: tuple[StripCell | None, ...]
    coarse: StripCell | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StripView:
    """How many events there are month by month, or year by year where `by_year`; gaps are gaps.

    `columns` are the heads of the cells. `starts` are the ids of the first events of all cells.
    """

    by_year: bool
    columns: tuple[str, ...]
    rows: tuple[StripRow, ...]
    starts: tuple[str, ...] = ()
