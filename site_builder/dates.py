"""Dates that keep their doubt: EDTF (ISO 8601-2) level 1 plus one-of sets, years 0001 to 9999."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import MAXYEAR, date
from enum import StrEnum
from functools import lru_cache

from site_builder.misdates import SEASONS, DateError, mistake

__all__ = ["DateError", "Edtf", "Limit", "Precision"]


class Precision(StrEnum):
    """How finely a date is known; `2022-10-XX` is known to the month.

    `span` is `a..b` inside a one-of set and occurs only in `Edtf.parts`.
    """

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"
    SPAN = "span"
    SET = "set"


class Limit(StrEnum):
    """An end of an interval that is no date: open (`..`, it goes on) or unknown (nothing written)."""

    OPEN = ".."
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date as its author wrote it, with its strict bounds; made by `Edtf.parse`, equal if the texts are.

    `earliest` and `latest` are the first and last day it may mean, None where open or unknown.
    Qualifiers do not widen them: how far "about" reaches, nobody has said.
    The seasons are those of the north; winter 2022 runs from December 2022 to February 2023.
    `unit` is what is dated: `2022-10-XX` is a day of which the month is known, `2022-10` a whole month.
    `parts` are the two ends of an interval or span, the members of a set from the earliest on, else empty.
    """

    text: str
    earliest: date | None = field(compare=False, repr=False)
    latest: date | None = field(compare=False, repr=False)
    precision: Precision = field(compare=False, repr=False)
    unit: Precision = field(compare=False, repr=False)
    approximate: bool = field(compare=False, repr=False)
    uncertain: bool = field(compare=False, repr=False)
    parts: tuple["Edtf | Limit", ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def parse(cls, text: str) -> "Edtf":
        """Returns the date; raises `DateError` for whatever is no date, with the repair."""
        try:
            return _read(text)
        except _UnreadableError as error:
            raise mistake(error.args[0], _reads) from None

    @property
    def sort_key(self) -> tuple[int, int]:
        """Earliest bound first (an open start before all), then fine before coarse; ties are the caller's."""
        return (
            self.earliest.toordinal() if self.earliest else 0,
            self.latest.toordinal() if self.latest else date.max.toordinal() + 1,
        )

    @property
    def machine(self) -> str | None:
        """What HTML's `<time datetime>` may hold for a day, a month or a year; None for anything else."""
        if self.earliest is None or self.precision not in _MACHINE_LENGTH:
            return None
        return self.earliest.isoformat()[: _MACHINE_LENGTH[self.precision]]

    @property
    def period(self) -> str:
        """`YYYY-MM` if the month is known, else `YYYY`, or `201X` and `20XX` where no year is.

        An interval or set counts by its first known part.
        """
        known = [part for part in self.parts if isinstance(part, Edtf)]
        if known:
            return known[0].period
        return self.text[: 7 if self.precision in (Precision.DAY, Precision.MONTH) else 4]

    @property
    def misreadable(self) -> str | None:
        """A sentence on what this date is and is not, for the forms that readers misread; else None."""
        if self.precision is not Precision.SEASON:
            sentences = (part.misreadable for part in self.parts if isinstance(part, Edtf))
            return next(filter(None, sentences), None)
        number, year = int(self.text[5:7]), self._year
        season = f"{SEASONS[number - _SPRING]} {year}"
        if number == _WINTER:
            season = f"the winter from December {year} to February {year + 1}"
        other = f"{year} to {year - year % 100 + number}" if number > year % 100 else "a month"
        return f"{self.text[:7]} is {season}, not {other}"

    @property
    def _year(self) -> int:
        return int(self.text[:4].replace("X", "0"))


_DECEMBER, _SPRING, _WINTER = 12, 21, 24
_MACHINE_LENGTH = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


class _UnreadableError(Exception):
    """The text that is no date; it may be a part of what was to be read."""


def _read(text: str) -> Edtf:
    found = _simple(text)
    if found is None and not _SPACE.search(text):
        if text.startswith("[") and text.endswith("]"):
            found = _one_of(text)
        elif text.count("/") == 1:
            found = _interval(text)
    if found is None:
        raise _UnreadableError(text)
    return found


_SPACE = re.compile(r"\s")
_SIMPLE = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)")


def _simple(text: str) -> Edtf | None:
    known = _bounds(text)
    return Edtf(text, *known) if known else None


# The same days stand in a dossier again and again, and are looked at more than once.
@lru_cache(maxsize=4096)
def _bounds(text: str) -> tuple[date, date, Precision, Precision, bool, bool] | None:
    """What is known of a date that is no interval and no set: its bounds, its grain, and its marks."""
    match = _SIMPLE.fullmatch(text)
    if match is None:
        return None
    year_text, month_text, day_text, mark = match.groups()
    year = int(year_text.replace("X", "0"))
    if year == 0 or ("X" in year_text and month_text):
        return None
    if month_text is None or month_text == "XX":
        known = _year(year, year_text, month_text, day_text)
    else:
        known = _month_or_day(year, int(month_text), day_text)
    if known is None:
        return None
    earliest, latest, precision, unit = known
    return earliest, latest, precision, unit, mark in ("~", "%"), mark in ("?", "%")


_Known = tuple[date, date, Precision, Precision]


def _year(year: int, year_text: str, month: str | None, day: str | None) -> _Known | None:
    if day not in (None, "XX"):
        return None
    unknown = year_text.count("X")
    precision = (Precision.YEAR, Precision.DECADE, Precision.CENTURY)[unknown]
    unit = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    return date(year, 1, 1), date(year + 10**unknown - 1, 12, 31), precision, unit


def _month_or_day(year: int, month: int, day: str | None) -> _Known | None:
    if _SPRING <= month <= _WINTER and day is None:
        start = 3 * (month - _SPRING + 1)
        return date(year, start, 1), _end_of_season(year, month), Precision.SEASON, Precision.SEASON
    if not 1 <= month <= _DECEMBER:
        return None
    length = monthrange(year, month)[1]
    if day is None or day == "XX":
        unit = Precision.DAY if day else Precision.MONTH
        return date(year, month, 1), date(year, month, length), Precision.MONTH, unit
    if not 1 <= int(day) <= length:
        return None
    exact = date(year, month, int(day))
    return exact, exact, Precision.DAY, Precision.DAY


def _end_of_season(year: int, season: int) -> date:
    if season < _WINTER:
        month = 3 * (season - _SPRING) + 5
        return date(year, month, monthrange(year, month)[1])
    # Python's calendar ends with 9999, in the midst of that year's winter.
    return date(year + 1, 2, monthrange(year + 1, 2)[1]) if year < MAXYEAR else date.max


def _interval(text: str) -> Edtf | None:
    # Slashed dates look like intervals; with a number of one or two digits for an end, none is one.
    start, end = text.split("/")
    if _SHORT_END.fullmatch(start) or _SHORT_END.fullmatch(end) or "[" in text:
        return None
    return _between(text, start, end, Precision.INTERVAL)


_SHORT_END = re.compile(r"[0-9]{1,2}(?:-[0-9]{1,2})?")


def _between(text: str, start: str, end: str, precision: Precision) -> Edtf | None:
    first = Limit(start) if start in ("", "..") else _date(start)
    last = Limit(end) if end in ("", "..") else _date(end)
    earliest = first.earliest if isinstance(first, Edtf) else None
    latest = last.latest if isinstance(last, Edtf) else None
    if earliest and latest and latest < earliest:
        sign = "/" if precision is Precision.INTERVAL else ".."
        raise DateError(f"{text} ends before it starts", f"write {end}{sign}{start}")
    return _whole(text, earliest, latest, precision, (first, last))


def _one_of(text: str) -> Edtf | None:
    members = text[1:-1].split(",")
    if "/" in text or len(set(members)) < len(members) or members == [text[1:-1].replace("..", "")]:
        return None
    parts = tuple(sorted(map(_member, members), key=lambda part: part.sort_key))
    latest = max(parts, key=lambda part: part.sort_key[1]).latest
    return _whole(text, parts[0].earliest, latest, Precision.SET, parts)


def _member(text: str) -> Edtf:
    if ".." not in text:
        return _date(text)
    start, _, end = text.partition("..")
    found = _between(text, start or "..", end or "..", Precision.SPAN)
    if found is None:
        raise _UnreadableError(text)
    return found


def _date(text: str) -> Edtf:
    found = _simple(text)
    if found is None:
        raise _UnreadableError(text)
    return found


def _whole(
    text: str,
    earliest: date | None,
    latest: date | None,
    precision: Precision,
    parts: tuple[Edtf | Limit, ...],
) -> Edtf | None:
    if earliest is None and latest is None:
        return None
    dates = [part for part in parts if isinstance(part, Edtf)]
    about, maybe = any(part.approximate for part in dates), any(part.uncertain for part in dates)
    return Edtf(text, earliest, latest, precision, precision, about, maybe, parts)


def _reads(text: str) -> bool:
    try:
        return bool(_read(text))
    except (_UnreadableError, DateError):
        return False
