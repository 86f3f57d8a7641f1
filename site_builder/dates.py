"""Dates that keep their doubt: EDTF (ISO 8601-2) level 1 plus one-of sets, years 0001 to 9999."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
SEASONS = ("spring", "summer", "autumn", "winter")


class DateError(ValueError):
    """A text that is no date of ours: `str()` says what is wrong, `repair` what to write instead."""

    def __init__(self, problem: str, repair: str) -> None:
        # Both go to `args`, or the error could not be pickled on its way from a worker process.
        super().__init__(problem, repair)
        self.problem = problem
        self.repair = repair

    def __str__(self) -> str:
        return self.problem


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
        """Reads one date; raises `DateError` for whatever is no date, with the repair."""
        try:
            return _read(text)
        except _UnreadableError as error:
            raise _mistake(error.args[0]) from None

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
        """`YYYY-MM` if the month is known, else `YYYY`; an interval or set counts by its first known part."""
        known = [part for part in self.parts if isinstance(part, Edtf)]
        if known:
            return known[0].period
        return self.text[:7] if self.precision in (Precision.DAY, Precision.MONTH) else f"{self._year:04}"

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

    def overlaps(self, other: "Edtf") -> bool:
        """Whether the two may share a day; an open or unknown end reaches for ever."""
        return not (
            (self.latest and other.earliest and self.latest < other.earliest)
            or (other.latest and self.earliest and other.latest < self.earliest)
        )


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
    about, maybe = mark in ("~", "%"), mark in ("?", "%")
    return Edtf(text, earliest, latest, precision, unit, about, maybe)


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


def _mistake(text: str) -> DateError:
    for pattern, problem, proposal, advice in _MISTAKES if len(text) <= _LONGEST else ():
        match = pattern.fullmatch(text)
        if match is None:
            continue
        written = proposal(match) if callable(proposal) else match.expand(proposal)
        written += "" if written.endswith(("?", "~", "%")) else match["mark"]
        said = problem(match) if callable(problem) else match.expand(problem)
        return DateError(said, f"write {written}" if written and _reads(written) else match.expand(advice))
    return DateError("this is no date in a form that is read here", _ADVICE)


def _reads(text: str) -> bool:
    try:
        return bool(_read(text))
    except (_UnreadableError, DateError):
        return False


def _week(match: re.Match[str]) -> str:
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return f"{monday}/{monday + timedelta(6)}"
    except (ValueError, OverflowError):
        return ""


def _day_and_month(match: re.Match[str]) -> str:
    # Where both numbers could be the month, guessing would be the very mistake that is refused here.
    first, second = int(match[1]), int(match[2])
    if max(first, second) <= _DECEMBER and first != second:
        return ""
    day, month = (first, second) if second <= _DECEMBER else (second, first)
    return f"{match[3]}-{month:02}-{day:02}"


def _length(match: re.Match[str]) -> str:
    year, month = int(match[1]), int(match[2])
    return f"{MONTHS[month - 1]} {year} has {monthrange(year, month)[1]} days"


def _padded(match: re.Match[str]) -> str:
    return "-".join(part.zfill(2) for part in match.groups()[:-1] if part)


def _one_mark(match: re.Match[str]) -> str:
    marks = match[2]
    return match[1] + (marks[0] if len(set(marks)) == 1 else "%")


_MONTHS_BY_START = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}


def _from_english(match: re.Match[str]) -> str:
    name, day = match["name"].lower(), match["day"] or match["day2"]
    mark = "~" if match["about"] else "?" if match["maybe"] else ""
    if name[:3] in _MONTHS_BY_START:
        month = _MONTHS_BY_START[name[:3]]
        return f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "") + mark
    season = "autumn" if name == "fall" else name
    return f"{match['year']}-{SEASONS.index(season) + _SPRING}{mark}" if season in SEASONS else ""


_Text = str | Callable[[re.Match[str]], str]
_ADVICE = "write year, month and day with hyphens, as far as they are known: 2022-10-03, 2022-10 or 2022"
_BOTH = "write 2022-10-03 for the third of October: year, month, day, with hyphens"
_SLASH = "write the interval as 2022-09-22/2022-09-26, or 2022-10-03/.. if it goes on"
_MONTH = "write a month from 01 to 12, or a season from 21 (spring) to 24 (winter)"
_FOUR = "write all four digits of the year, as in 2022-10-03"
_ALONE = "write the day alone, as in 2022-10-03, and the hour in the text"
_X = "write X for the whole day, for month and day, or for the year's last digits: 2022-10-XX, 2022-XX, 202X"
_SET = "write [2022-09-21,2022-09-22] for one of two dates, [2022-09-21..2022-09-26] for one in a range"
_MARK = "write one mark, after the whole date: 2022-10? (uncertain), 2022-10~ (about) or 2022-10% (both)"
_SHORT = "the end of the interval is cut short"
_YMD = "[0-9]{4}(?:-[0-9]{2}){0,2}"
_PARTS = "[0-9X-]+"
_ABOUT = r"(?:(?P<about>about|around|circa|ca?\.?)\s*|(?P<maybe>perhaps|probably|possibly|maybe)\s+)"
_NTH = r"(?:st|nd|rd|th)?,?\s+(?:of\s+)?"
_ENGLISH = (
    rf"{_ABOUT}?(?:(?P<day>[0-9]{{1,2}}){_NTH})?(?P<name>[a-z]+)\.?,?\s+"
    rf"(?:(?P<day2>[0-9]{{1,2}}){_NTH})?(?P<year>[0-9]{{4}})"
)
# The first row to match the whole text speaks; a qualifier at its end is set aside, and kept in the proposal.
_ROWS: tuple[tuple[str, _Text, _Text, str], ...] = (
    (r"\s*", "the date is empty", "", "write a date, such as 2022-10, or leave the field out"),
    (r"unknown|undated|n\. ?d\.|none|null", "this names no date", "", "leave the field out"),
    (r"([0-9-]{10})(?:[T ]\s*[0-9]{1,2}([:Z+].*)?|Z)", "a date holds no time of day", r"\1", _ALONE),
    (r"[0-9]{1,2}:[0-9]{2}.*", "a date holds no time of day", "", _ALONE),
    # Intervals, and what looks like one.
    (rf"({_YMD})(?:\s*[–—]\s*|\s+(?:-|to|until)\s+)({_YMD})", "an interval has a slash", r"\1/\2", _SLASH),
    (r"([0-9]{4})-([0-9]{4})", "an interval has a slash", r"\1/\2", _SLASH),
    (r".*[‐‑‒–—−].*", "the dashes are not plain hyphens", lambda m: re.sub("[‐‑‒–—−]", "-", m[0]), _ADVICE),
    (r"([0-9]{2})([0-9]{2})/(1[3-9]|[2-9][0-9])", _SHORT, r"\1\2/\1\3", _SLASH),
    (r"([0-9]{4}(?:-[0-9]{2})?)-([0-9]{2})/([0-9]{2})", _SHORT, r"\1-\2/\1-\3", _SLASH),
    (r"([0-9]{4})(-[0-9]{2}-[0-9]{2})/([0-9]{2}-[0-9]{2})", _SHORT, r"\1\2/\1-\3", _SLASH),
    (r"(?:\.\.)?/?(?:\.\.)?|\[\.\.\]|\[\.\.[^]]*\.\.\]", "neither end is known", "", "leave the field out"),
    (r".*[0-9]{4}.*/.*/.*[0-9]{4}.*", "an interval has one slash", "", _SLASH),
    (r"\[.*/.*|.*/.*\]", "an interval does not stand in a set, nor a set in an interval", "", _SET),
    (rf"({_PARTS}|\.\.)(\.\.|(?<=\.\.){_PARTS})", "an interval has a slash", r"\1/\2", _SLASH),
    (rf"({_PARTS}[?~%]?)\.\.({_PARTS})", "an interval has a slash", r"\1/\2", _SLASH),
    # Other orders, other calendars, numbers out of range.
    (r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})", "day and month may be taken for each other",
     _day_and_month, _BOTH),
    (r"([0-9]{4})[./]([0-9]{1,2})(?:[./]([0-9]{1,2}))?", "a date has no slashes or dots", _padded, _BOTH),
    (r"([0-9]{1,2})[./-]([0-9]{4})", "the year stands first", lambda m: f"{m[2]}-{m[1]:0>2}", _ADVICE),
    (r"'?[0-9]{2}|[0-9]{1,2}(?:[./-][0-9]{1,2}){1,2}", "the year has two digits", "", _FOUR),
    (r"[0-9]|[0-9]{3}", "a year has four digits", lambda m: f"{m[0]:0>4}", _FOUR),
    (r"([0-9]{4})-?W([0-9]{1,2})(?:-?[1-7])?", "a calendar week is no date here", _week, _SLASH),
    (r"[0-9]{4}-[0-9]{3}", "a day counted from New Year is no date here", "", _ADVICE),
    (r"0000.*|00[0X]X|[Y-]-?[0-9]+.*|[0-9]{5}|[0-9]{7}|[0-9]{9,}", "years run from 0001 to 9999", "",
     "write a year from 0001 to 9999, or leave the field out"),
    (r"([0-9]{4})-00(?:-[0-9]{2})?", "there is no month 00", r"\1", _ADVICE),
    (r"([0-9]{4}-[0-9]{2})-00", "there is no day 00", r"\1", _MONTH),
    (r"([0-9]{4})-(0[1-9]|1[0-2])-[0-9]{2}", _length, "",
     r"write a day that it has, or \1-\2 if the day is not known"),
    (r"([0-9]{4})-(2[1-4])-(0[1-9]|1[0-2])", r"\1-\2 is a season, and a season has no days",
     r"\1-\3-\2", _MONTH),
    (r"([0-9]{4}-2[1-4])-[0-9]{2}", r"\1 is a season, and a season has no days", r"\1", _MONTH),
    (r"([0-9]{4})-([0-9]{2})-(0[1-9]|1[0-2])", r"there is no month \2", r"\1-\3-\2", _MONTH),
    (r"([0-9]{2})([0-9]{2})-([3-9][0-9]|2[5-9])", r"there is no month \3", "",
     r"write \1\2/\1\3 for an interval of years, or a month from 01 to 12"),
    (r"[0-9]{4}-([0-9]{2})(?:-[0-9]{2})?", r"there is no month \1", "", _MONTH),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})?", "the hyphens are missing", _padded, _ADVICE),
    (r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?", "month and day have two digits", _padded, _ADVICE),
    # Marks, unknown digits, sets.
    (r"([0-9]{4}(?:-[0-9]{2})?)((?:-\?\??)+)", "unknown digits are written X",
     lambda m: m[1] + "-XX" * m[2].count("-"), _X),
    (rf"({_PARTS})([?~%]{{2,}})", "a date has one mark", _one_mark, _MARK),
    (rf"([?~%])({_PARTS})", "the mark stands at the end", r"\2\1", _MARK),
    (rf"({_PARTS})([?~%])(-{_PARTS})", "the mark stands at the end", r"\1\3\2", _MARK),
    (r"\[[^]]*\][?~%]", "a mark stands at a date in a set, not at the set", "", _MARK),
    (r"(?=.*(?-i:[xuU]))[0-9XU]{4}(?:-[0-9XU]{2}){0,2}", "unknown digits are written X",
     lambda m: m[0].upper().replace("U", "X"), _X),
    (r"[0-9X]{4}(?:-[0-9X]{2}){0,2}", "X does not stand for these digits", "", _X),
    (r"\{.*\}", "several dates at once are no date", "", _SET),
    (r"\[[^]]*|[^[]*\]", "a bracket of the set is missing", "", _SET),
    (r"\[([^],]*)\]", "a set names two dates or more", r"\1", _SET),
    (r"\[\S*\]", "a set names each of its dates once", "", _SET),
    # Words.
    (rf"{_ABOUT}(?P<date>{_YMD})", "a date is written in digits, not in words",
     lambda m: m["date"] + ("~" if m["about"] else "?"), _MARK),
    (r"(?:the )?([0-9]{3})0'?s", "a date is written in digits, not in words", r"\1X", _X),
    (_ENGLISH, "a date is written in digits, not in words", _from_english, _ADVICE),
    (r".*[^\W\d_X].*", "a date is written in digits, not in words", "", _ADVICE),
    (r".*\s.*", "a date holds no spaces", lambda m: "".join(m[0].split()), _ADVICE),
)  # fmt: skip
_MISTAKES = tuple(
    (re.compile(rf"(?:{pattern})(?P<mark>[?~%]?)", re.IGNORECASE | re.DOTALL), problem, proposal, advice)
    for pattern, problem, proposal, advice in _ROWS
)
# What is longer was never meant for a date, and would keep the patterns busy.
_LONGEST = 200
