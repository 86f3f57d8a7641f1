"""Scales: where a number or a day stands between two ends, and the round values that mark the way.

A place on a scale is a share of its length, in per cent: whole numbers of hundredths, so that a page has the
same bytes on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, localcontext
from typing import Protocol

_STEPS = (1, 2, 5)
_FEWEST_TICKS = 3
_HUNDREDTH = Decimal("0.01")
_WHOLE = Decimal(100)
# More digits than any number that is written down has; Python's 28 would round some.
_DIGITS = 60


class Dated(Protocol):
    """What has a first and a last day, each None where it is open."""

    @property
    def earliest(self) -> date | None:
        """The first day it may mean."""

    @property
    def latest(self) -> date | None:
        """The last day it may mean."""


@dataclass(frozen=True, slots=True)
class LinearScale:
    """Numbers in equal steps; `ticks`, two or more, go from the scale's least number to its greatest."""

    ticks: tuple[Decimal, ...]

    def share(self, number: Decimal) -> Decimal:
        """Where a number stands: 0 at the first tick, 100 at the last."""
        return _share(number - self.ticks[0], self.ticks[-1] - self.ticks[0])


def linear_scale(low: Decimal, high: Decimal, most: int) -> LinearScale:
    """Returns the scale of at most `most` ticks, three or more, that covers zero and all from low to high.

    Steps are 1, 2 or 5 times a power of ten, the finest that fits. Zero is always on it: where a scale begins
    elsewhere, a small difference looks like a great one.
    """
    if most < _FEWEST_TICKS:
        raise ValueError(f"a scale around zero needs {_FEWEST_TICKS} ticks, not {most}")
    with localcontext(prec=_DIGITS):
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
        if low == high:
            high = Decimal(1)
        exponent = (high - low).adjusted() - len(str(most)) - 1
        while True:
            for step in _STEPS:
                ticks = _ticks(low, high, Decimal(step).scaleb(exponent), most)
                if ticks:
                    return LinearScale(ticks)
            exponent += 1


def _ticks(low: Decimal, high: Decimal, step: Decimal, most: int) -> tuple[Decimal, ...]:
    """The multiples of a step that cover low to high, or none where they are too many."""
    first = int((low / step).to_integral_value(ROUND_FLOOR))
    last = int((high / step).to_integral_value(ROUND_CEILING))
    if last - first + 1 > most:
        return ()
    return tuple(number * step for number in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days from the first to the last one, both whole; `ticks` are the first days of its `unit`s.

    `unit` is "month", with all days in one year, or "year".
    """

    first: date
    last: date
    unit: str
    ticks: tuple[date, ...]

    def start(self, day: date | None) -> Decimal:
        """Where a day begins; an open start is the scale's own."""
        return Decimal(0) if day is None else self._share(day.toordinal())

    def end(self, day: date | None) -> Decimal:
        """Where a day ends; an open end is the scale's own."""
        return _WHOLE if day is None else self._share(day.toordinal() + 1)

    def _share(self, ordinal: int) -> Decimal:
        first = self.first.toordinal()
        inside = min(max(ordinal - first, 0), self.last.toordinal() + 1 - first)
        return _share(Decimal(inside), Decimal(self.last.toordinal() + 1 - first))


def time_scale(dates: tuple[Dated, ...], most: int) -> TimeScale:
    """Returns the scale of whole months, or of whole years, that holds every known bound of some dates.

    Months where all lie in one year and the months are at most `most`; else years, of which every first,
    second, fifth, tenth and so on has its tick, at most `most` of them.
    """
    days = sorted(day for one in dates for day in (one.earliest, one.latest) if day)
    first, last = days[0], days[-1]
    if first.year == last.year and last.month - first.month < most:
        months = tuple(date(first.year, month, 1) for month in range(first.month, last.month + 1))
        return TimeScale(months[0], _end_of_month(last), "month", months)
    years = range(first.year, last.year + 1)
    ticks = next(
        found
        for power in range(5)
        for step in _STEPS
        if len(found := [year for year in years if year % (step * 10**power) == 0 or len(years) == 1]) <= most
    )
    return TimeScale(
        date(first.year, 1, 1), date(last.year, 12, 31), "year", tuple(date(year, 1, 1) for year in ticks)
    )


def _end_of_month(day: date) -> date:
    december = 12
    if day.month == december:
        return date(day.year, december, 31)
    return date.fromordinal(date(day.year, day.month + 1, 1).toordinal() - 1)


def _share(part: Decimal, whole: Decimal) -> Decimal:
    with localcontext(prec=_DIGITS):
        return (part * _WHOLE / whole).quantize(_HUNDREDTH, ROUND_HALF_EVEN)


def percent(share: Decimal) -> str:
    """Returns a place in the form that SVG takes, without idle digits: "37.5%", "100%"."""
    return f"{share.normalize():f}%"


def beside(low: Decimal, high: Decimal, width: Decimal) -> str:
    """Returns where a label of that width stands that touches nothing between low and high: a word.

    All are shares of the track. "after" and "before" stand on the line of what they name, "above" over it.
    """
    if _WHOLE - high >= width:
        return "after"
    return "before" if low >= width else "above"
