"""The shades of a map: how many origins each stands for; fixed, so that editions can be compared."""

from __future__ import annotations

from bisect import bisect_right

# The least number of origins of each step above nothing.
LEAST = (1, 2, 5, 10)


def step_of(origins: int) -> int:
    """Returns the number of the step: 0 for nothing on record, 4 for ten origins or more."""
    return bisect_right(LEAST, origins)


def step_words() -> tuple[str, ...]:
    """Returns the numbers that each step stands for, from "0" on."""
    ends = (*(least - 1 for least in LEAST[1:]), None)
    ranges = tuple(
        f"{least}+" if end is None else f"{least}" if least == end else f"{least}–{end}"
        for least, end in zip(LEAST, ends, strict=True)
    )
    return ("0", *ranges)
