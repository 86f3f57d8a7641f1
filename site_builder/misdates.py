"""Texts that are no dates of ours: what is wrong with each, and what to write instead."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

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


_DECEMBER, _SPRING = 12, 21


def mistake(text: str, reads: Callable[[str], bool]) -> DateError:
    """Returns the error that tells why the text is no date; `reads` says whether a proposal would be one."""
    for pattern, problem, proposal, advice in _MISTAKES if len(text) <= _LONGEST else ():
        match = pattern.fullmatch(text)
        if match is None:
            continue
        written = proposal(match) if callable(proposal) else match.expand(proposal)
        written += "" if written.endswith(("?", "~", "%")) else match["mark"]
        said = problem(match) if callable(problem) else match.expand(problem)
        return DateError(said, f"write {written}" if written and reads(written) else match.expand(advice))
    return DateError("this is no date in a form that is read here", _ADVICE)


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
