"""How much is known of each region, period by period: origins, and silence where there are none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from site_builder.dates import Edtf
from site_builder.link import Index
from site_builder.model import Statement
from site_builder.plan.contexts import CoverageRow, RegionLink
from site_builder.plan.naming import date_view

# As many columns as a page can show; a longer stretch of time is counted by years.
_MOST_COLUMNS = 36
_MONTHS = 12


def coverage(
    index: Index, regions: Iterable[RegionLink], language: str
) -> tuple[tuple[str, ...], tuple[CoverageRow, ...]]:
    """Returns the periods in words, and a row for each region.

    A statement counts in the period of its date: an event's, a figure's as-of date, the day a quote was said,
    else the day its source appeared.
    """
    dated = tuple(_dated(index))
    periods = _stretch([date.period for _, date, _ in dated])
    cells: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    columns = frozenset(periods)
    for statement, date, about in dated:
        origin = index.origins.chain(statement)[0]
        for region in about:
            cells[region][_column(date.period, columns)].add(origin)
    rows = tuple(
        CoverageRow(
            region=region,
            origins=tuple(len(cells[region.id].get(period, ())) for period in periods),
            total=len(set().union(*cells[region.id].values())),
        )
        for region in regions
    )
    return tuple(date_view(Edtf.parse(period), language).short for period in periods), rows


def _dated(index: Index) -> Iterator[tuple[Statement, Edtf, tuple[str, ...]]]:
    for ident, reports in index.reports_of.items():
        event = index.events[ident]
        for report in reports:
            yield report, event.date, index.regions_of(event)
    for figure in index.figures.values():
        yield figure, figure.as_of, index.regions_of(figure)
    for quote in index.quotes.values():
        yield quote, quote.said or index.sources[quote.source].issued, index.regions_of(quote)


def _stretch(found: list[str]) -> tuple[str, ...]:
    """All months from the first to the last, and before its months each year that a date gives without one.

    Where that is more than a page can show, all years.
    """
    months = [_number(period) for period in found if len(period) > len("2022")]
    coarse = {period for period in found if len(period) == len("2022")}
    stretch = (
        [
            f"{number // _MONTHS:04}-{number % _MONTHS + 1:02}"
            for number in range(min(months), max(months) + 1)
        ]
        if months
        else []
    )
    columns = tuple(sorted({*stretch, *coarse}, key=lambda period: (_first_year(period), period)))
    if len(columns) <= _MOST_COLUMNS:
        return columns
    years = [int(_first_year(column)) for column in columns]
    return tuple(f"{year:04}" for year in range(min(years), max(years) + 1))


def _number(month: str) -> int:
    return int(month[:4]) * _MONTHS + int(month[5:7]) - 1


def _column(period: str, periods: frozenset[str]) -> str:
    return period if period in periods else _first_year(period)


def _first_year(period: str) -> str:
    return period[:4].replace("X", "0")
