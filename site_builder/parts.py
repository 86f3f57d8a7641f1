"""A long list in parts, so that no page grows without bound: by period, or by letter.

A list that is light enough stands whole, on the page that it always had. One that is not is divided step by
step, and each part again, until every part is light: the parts of a year are its months, those of a month its
days. Which part an entry stands in depends on the entry and on how many there are, never on a page's number;
only where nothing tells entries apart any more, as on one day, are they counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from site_builder.dates import Edtf, Precision

# What the entries of a page may weigh, in bytes of HTML: with its frame and its style it stays below 100 KB.
LIGHT = 60_000
# Of a page of several sections that is too heavy as a whole, one may weigh such a part of that.
SECTIONS = 6

# What an entry weighs, in bytes as they were measured on a large dossier in English.
WEIGHTS = {
    "actor": 165,
    "article": 640,
    "article in short": 340,
    "correction": 700,
    "disagreement": 2500,
    "event": 1950,
    "event in a line": 720,
    "event in a line to choose": 900,
    "figure": 950,
    "figure with its mark": 2150,
    "link": 115,
    "quote": 900,
    "source": 500,
    "source in short": 140,
}

# An id that ends in a year, or in what is within one.
_PERIOD = re.compile(r"(?:^|/)[0-9]{2}[0-9X]{2}(?:-[0-9a-z-]+)?$")

T = TypeVar("T")
Step = Callable[[T], str]


def most(entry: str, sections: int = 1) -> int:
    """Returns how many entries of a kind a page can hold, or one of so many sections of it."""
    return max(1, LIGHT // sections // WEIGHTS[entry])


def is_light(weight: int, sections: int = 1) -> bool:
    """True if a page can hold what weighs so much, or one of so many sections of it."""
    return weight <= LIGHT // sections


def weight(entry: str, count: int) -> int:
    """Returns what so many entries of a kind weigh."""
    return WEIGHTS[entry] * count


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Some entries of a list, in their order; `parts` divide them where they are too many for one page.

    `id` is empty for the whole list; it is unlike that of every other part of the same list.
    """

    id: str
    entries: tuple[T, ...]
    parts: tuple[Part[T], ...] = ()

    def light(self) -> Iterator[Part[T]]:
        """Yields the parts that are not divided any more, in their order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.light()


def divided(entries: Sequence[T], at_most: int, steps: Sequence[Step[T]], ident: str = "") -> Part[T]:
    """Returns a list in parts of so many entries at most.

    Each step gives the id of the part that an entry belongs to, unlike the ids of the steps before it.
    A step that tells no two entries apart is left out.
    """
    whole = tuple(entries)
    if len(whole) <= at_most:
        return Part(ident, whole)
    for number, step in enumerate(steps, 1):
        groups: dict[str, list[T]] = {}
        for entry in whole:
            groups.setdefault(step(entry), []).append(entry)
        if len(groups) > 1:
            # Periods stand in the order of time, whatever order the entries have.
            names = sorted(groups) if all(map(_PERIOD.search, groups)) else groups
            below = steps[number:]
            return Part(ident, whole, tuple(divided(groups[name], at_most, below, name) for name in names))
    pieces = (whole[start : start + at_most] for start in range(0, len(whole), at_most))
    stem = ident or "all"
    return Part(
        ident, whole, tuple(Part(f"{stem}--{number}", piece) for number, piece in enumerate(pieces, 1))
    )


def year(date: Edtf) -> str:
    """The year that a date counts in, or its decade or century: `2022`, `201X`."""
    return date.period[:4]


def quarter(date: Edtf) -> str:
    """The quarter of a year that a date counts in: `2022-q4`; `2022-00` where only the year is known."""
    found = month(date)
    return found if found.endswith("-00") else f"{found[:4]}-q{(int(found[5:]) + 2) // 3}"


def month(date: Edtf) -> str:
    """The month that a date counts in; `2022-00` where only the year is known."""
    period = date.period
    return period if len(period) > len("2022") else f"{period}-00"


def day(date: Edtf) -> str:
    """The day that a date counts in, its first one; `2022-10-00` where only the month is known."""
    first = next((part for part in date.parts if isinstance(part, Edtf)), date)
    if first.precision is Precision.DAY and first.earliest and month(date) == first.earliest.isoformat()[:7]:
        return first.earliest.isoformat()
    return f"{month(date)}-00"


PERIODS = (year, quarter, month, day)


def by_period(date_of: Callable[[T], Edtf], stem: Callable[[T], str] | None = None) -> tuple[Step[T], ...]:
    """Returns the steps by year, quarter, month and day; `stem` gives what ids begin with, if anything."""

    def step(unit: Callable[[Edtf], str]) -> Step[T]:
        if stem is None:
            return lambda entry: unit(date_of(entry))
        return lambda entry: f"{stem(entry)}{unit(date_of(entry))}"

    return tuple(step(unit) for unit in PERIODS)
