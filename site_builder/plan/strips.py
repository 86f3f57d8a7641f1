"""Events counted month by month, or year by year: a picture of a timeline, and a way into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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


def strip(of_period: _Periods, language: str, lead_to: Callable[[Event], str]) -> StripView | None:
    """Returns the strip of events by their dates' periods, in order of time, or None where there are none.

    An event counts in the month of its earliest bound; one of which only the year is known is in no month,
    one of which only the decade is in no year, and they stand beside them. A long stretch is counted by
    years. `lead_to` gives a cell's address by its first event.
    """
    return strips(of_period, language, lead_to)("")


def strips(
    of_period: _Periods, language: str, lead_to: Callable[[Event], str]
) -> Callable[[str], StripView | None]:
    """Returns what gives the strip with any period as the one shown; all share the rows that are the same."""
    if not of_period:
        return lambda _current: None
    years = sorted({int(period[:4]) for period in of_period if "X" not in period})
    by_year = bool(years) and years[-1] - years[0] >= _MOST_YEARS
    counted = _by_year(of_period) if by_year else of_period
    rows = [*_vague(counted), *(_decades(years) if by_year else _years(years))]
    rows.sort(key=lambda row: row.start)
    cells = _Cells(counted, max(map(len, counted.values())), language, lead_to)
    plain = [cells.row(row, "") for row in rows]

    def strip_of(current: str) -> StripView:
        shown = current[:4] if by_year else current
        return StripView(
            by_year=by_year,
            columns=_columns(language, by_year=by_year),
            rows=tuple(
                cells.row(row, shown) if shown in (*row.periods, row.coarse) else made
                for row, made in zip(rows, plain, strict=True)
            ),
            starts=tuple(str(found[0].id) for found in counted.values()),
        )

    return strip_of


def _by_year(of_period: _Periods) -> _Periods:
    of_year: dict[str, list[Event]] = {}
    for period, found in sorted(of_period.items()):
        of_year.setdefault(period[:4], []).extend(found)
    return of_year


def _columns(language: str, *, by_year: bool) -> tuple[str, ...]:
    if by_year:
        return tuple(f"…{digit}" for digit in range(_DECADE))
    return tuple(month_name(month, language) for month in _MONTHS)


@dataclass(frozen=True, slots=True)
class _Row:
    """Which periods stand in a row, and which, known no closer than the row itself, beside it."""

    start: int
    label: str
    periods: tuple[str, ...]
    coarse: str = ""


def _years(years: list[int]) -> Iterator[_Row]:
    """Yields a row of months for each year."""
    for year in range(years[0], years[-1] + 1) if years else ():
        months = tuple(f"{year:04}-{month:02}" for month in _MONTHS)
        yield _Row(year, str(year), months, f"{year:04}")


def _decades(years: list[int]) -> Iterator[_Row]:
    """Yields a row of years for each decade."""
    for decade in range(years[0] // _DECADE, years[-1] // _DECADE + 1):
        within = tuple(f"{decade:03}{digit}" for digit in range(_DECADE))
        yield _Row(decade * _DECADE, f"{decade:03}0–9", within)


def _vague(counted: _Periods) -> Iterator[_Row]:
    """Yields those of which no year is known; each stands before the row that it begins with."""
    for period in counted:
        if "X" in period:
            yield _Row(int(period.replace("X", "0")), "", (), period)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Makes a strip's cells from the events of each of its periods."""

    of_period: _Periods
    most: int
    language: str
    lead_to: Callable[[Event], str]

    def row(self, row: _Row, current: str) -> StripRow:
        """Returns a row, with the current period marked if it stands there."""
        return StripRow(
            start=row.start,
            label=row.label,
            cells=tuple(self._cell(period, current) for period in row.periods),
            coarse=self._cell(row.coarse, current),
        )

    def _cell(self, period: str, current: str) -> StripCell | None:
        """The cell of a period; None where nothing is on record."""
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
            is_current=period == current,
        )


@lru_cache(maxsize=4096)
def _named(period: str, language: str) -> str:
    """The period in words; many strips have the same ones."""
    return date_view(Edtf.parse(period), language).words
