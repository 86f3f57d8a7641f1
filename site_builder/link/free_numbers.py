"""Numbers in running text that state something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder.numerals import Numeral, numerals

# Up to a dozen, a number in a sentence counts what the reader sees: "two sources", "on three nights".
_SMALL = 12
_YEARS = range(1000, 2200)
_BESIDE = re.compile(r"[^\W\d_]+")


def free_numbers(passage: str, language: str) -> Iterator[Numeral]:
    """Yields the numbers of a text that state something: not those of a date, and not the smallest."""
    found = numerals(passage, language)
    for number in found:
        if number.value > _SMALL and not _is_of_a_date(number, passage, language):
            yield number


def _is_of_a_date(number: Numeral, passage: str, language: str) -> bool:
    text = passage[number.start : number.end]
    if text.isdigit() and int(text) in _YEARS:
        return True
    # Most texts state years alone: what knows the months of languages takes its time to load.
    from site_builder.wording import is_month  # noqa: PLC0415

    before, after = passage[: number.start], passage[number.end :]
    beside: Iterable[str] = (*_BESIDE.findall(before)[-1:], *_BESIDE.findall(after)[:1])
    return any(is_month(word, language) for word in beside)
