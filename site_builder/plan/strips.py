"""Events counted month by month, or year by year: a picture of a timeline, and a way into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from site_builder.dates import Edtf
from site_builder.model import Event
from site_builder.plan.contexts import StripCell, StripRow, StripView
from site_builder.plan.naming import date_view
from site_builder.plan.scales import percent
from site_builder.wording import month_name

# As many rows of months as one takes in at a glance; a longer timeline is counted by years.
_MOST_YEARS = 10
_MONTHS = range(1, 13)
_DECADE = 10

_Periods = Mapping[str, Sequence[Event]]


def strip(
    of_period: Mapping[str, Sequence[Event]],
    language: str,
    lead_to: Callable[[Event], str],
    current: str = "",
) -> StripView | None:
    """Return the strip of events by their dates' periods, in order of time, or None where there are none.

    An event counts in the month of its earliest bound; one of which only the year is known is in no month,
    one of which only the decade is in no year, and they stand beside them. A long stretch is counted by
    years. `lead_to` gives a cell's address by its first event; `current` is the period shown.
    """
    if not of_period:
        return None
    years = sorted({int(period[:4]) for period in of_period if "X" not in period})
    if not years or years[-1] - years[0] < _MOST_YEARS:
        cells = _Cells(of_period, _most(of_period), language, lead_to, current)
        rows = [_months(year, cells) for year in range(years[0], years[-1] + 1)] if years else []
        columns = tuple(month_name(month, language) for month in _MONTHS)
        return _view(rows, columns, cells, by_year=False)
    of_year: dict[str, list[Event]] = {}
    for period, found in sorted(of_period.items()):
        of_year.setdefault(period[:4], []).extend(found)
    cells = _Cells(of_year, _most(of_year), language, lead_to, current[:4])
    rows = [_years(decade, cells) for decade in range(years[0] // _DECADE, years[-1] // _DECADE + 1)]
    return _view(rows, tuple(f"…{digit}" for digit in range(_DECADE)), cells, by_year=True)


def _most(of_period: _Periods) -> int:
    return max(map(len, of_period.values()))


@dataclass(frozen=True, slots=True)
class _Cells:
    """Makes a strip's cells from the events of each of its periods."""

    of_period: _Periods
    most: int
    language: str
    lead_to: Callable[[Event], str]
    current: str

    def cell(self, period: str) -> StripCell | None:
        """Return the cell of a period; None where nothing is on record."""
        found = self.of_period.get(period)
        if not found:
            return None
        height = (Decimal(100 * len(found)) / self.most).quantize(Decimal("0.1"))
        return StripCell(
            label=_named(period, self.language),
            events=len(found),
            address=self.lead_to(found[0]),
            y=percent(100 - height),
            height=percent(height),
            is_current=period == self.current,
        )


@lru_cache(maxsize=4096)
def _named(period: str, language: str) -> str:
    """The period in words; many strips have the same ones."""
    return date_view(Edtf.parse(period), language).words


def _months(year: int, cells: _Cells) -> StripRow:
    return StripRow(
        start=year,
        label=str(year),
        cells=tuple(cells.cell(f"{year:04}-{month:02}") for month in _MONTHS),
        coarse=cells.cell(f"{year:04}"),
    )


def _years(decade: int, cells: _Cells) -> StripRow:
    return StripRow(
        start=decade * _DECADE,
        label=f"{decade:03}0–9",
        cells=tuple(cells.cell(f"{decade:03}{digit}") for digit in range(_DECADE)),
        coarse=None,
    )


def _view(rows: list[StripRow], columns: tuple[str, ...], cells: _Cells, *, by_year: bool) -> StripView:
    """Put those of which no year is known before the row that they begin with."""
    vague = [
        StripRow(start=int(period.replace("X", "0")), label="", cells=(), coarse=cells.cell(period))
        for period in cells.of_period
        if "X" in period
    ]
    return StripView(
        by_year=by_year,
        columns=columns,
        rows=tuple(sorted((*vague, *rows), key=lambda row: row.start)),
        starts=tuple(found[0].id for found in cells.of_period.values()),
    )
