"""The form in which quotes are compared with the texts that they were taken from.

What the two may differ in is declared here and nowhere else: Unicode is read in NFC, any run of white space
as one space, every double quotation mark as `"`, every single one as `'`, every dash as `-`. Letters, digits,
case, punctuation and invisible characters stay what they are.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_MARKS = {'"': "“”„‟«»", "'": "‘’‚‛‹›", "-": "‐‑‒–—―−"}
_UNIFIED = tuple((form, mark) for mark, forms in _MARKS.items() for form in forms)
_SPACE = re.compile(r"\s{2,}|[^\S ]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text under the normalisation, with the way back to the text as it was.

    From the position `starts[n]` of `text` on, up to `starts[n + 1]`, characters follow each other as they
    do in `original` from `origins[n]` on.
    """

    text: str
    original: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def at(self, position: int) -> int:
        """The position in the original that a position of the normalised text came from."""
        stretch = bisect_right(self.starts, position) - 1
        return self.origins[stretch] + position - self.starts[stretch]


def normalised(text: str) -> Normalised:
    """Returns the text in the form in which quotes are compared."""
    parts: list[str] = []
    starts, origins = [0], [0]
    length = done = 0
    for begin, end, new in _changes(text):
        parts += (text[done:begin], new)
        length += begin - done + len(new)
        done = end
        starts.append(length)
        origins.append(end)
    parts.append(text[done:])
    unified = "".join(parts)
    for form, mark in _UNIFIED:
        unified = unified.replace(form, mark)
    return Normalised(unified, text, tuple(starts), tuple(origins))


def _changes(text: str) -> Iterator[tuple[int, int, str]]:
    """What normalisation replaces in a text, apart from single marks, in order: begin, end, replacement."""
    form = _SPACE if unicodedata.is_normalized("NFC", text) else _space_or_composition()
    for found in form.finditer(text):
        new = " " if found[0].isspace() else unicodedata.normalize("NFC", found[0])
        yield found.start(), found.end(), new


@cache
def _space_or_composition() -> re.Pattern[str]:
    """White space, and what NFC may replace: marks with what bears them, and other forms of one character."""
    characters = [chr(code) for code in range(0x300, 0x30000) if unicodedata.category(chr(code)) != "Cs"]
    # The vowels and finals of Korean syllables join what stands before them as marks do.
    marks = "".join(c for c in characters if unicodedata.category(c)[0] == "M" or "\u1160" <= c <= "\u11ff")
    forms = "".join(c for c in characters if not unicodedata.is_normalized("NFC", c) and c not in marks)
    return re.compile(f"{_SPACE.pattern}|[{forms}][{marks}]*|\\S[{marks}]+")
