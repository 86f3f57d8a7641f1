"""Quotes held word for word against the text that they were taken from.

What the two are allowed to differ in is declared here and nowhere else: Unicode is read in NFC, any run of
white space as one space, every form of double quotation mark as `"`, of single quotation mark as `'`, of dash
as `-`. Letters, digits, case, punctuation and invisible characters must be the same. The only edits are
`[…]` for words left out and `[ ]` around words put in; what stands on both sides must be there, in order.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache
from os.path import commonprefix

_MARKS = {'"': "“”„‟«»", "'": "‘’‚‛‹›", "-": "‐‑‒–—―−"}
_UNIFIED = tuple((form, mark) for mark, forms in _MARKS.items() for form in forms)
_EDIT = re.compile(r"\[[^\[\]]*\]")
_SPACE = re.compile(r"\s{2,}|[^\S ]")
# Letters and digits of the scripts that put space between words; in the others a border has no sign.
_JOINED = re.compile(r"(?=[^\W_])[\0-\u0dff\u10a0-\u10ff\u1200-\u139f\u1e00-\u1fff]")


class State(StrEnum):
    """How a quote stands to the kept text of its source."""

    EXACT = "exact"
    """It stands there word for word, at one place."""
    ORPHANED = "orphaned"
    """It does not stand there."""
    AMBIGUOUS = "ambiguous"
    """It stands there at several places, and nothing says at which."""
    UNCHECKED = "unchecked"
    """There is no kept text."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of a quote between two edits, normalised.

    `open_start` and `open_end` are true where an edit touches the words without a space, as in `[H]e` and
    `Do[es]`: there the piece may begin or end within a word.
    """

    text: str
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a quote stands in a kept text.

    `start` and `end` are positions in that text as it was, both 0 unless the state is `exact`; `times` says
    how often the words occur; `nearest` is the passage most like an orphan, empty where none is.
    """

    state: State
    start: int = 0
    end: int = 0
    times: int = 0
    nearest: str = ""


UNCHECKED = Anchor(state=State.UNCHECKED)


def normalised(text: str) -> Normalised:
    """Return the text in the form in which quotes are compared."""
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
    """White space, and characters that NFC may replace: marks with what bears them, and other forms of one."""
    characters = [chr(code) for code in range(0x300, 0x30000) if not 0xD800 <= code < 0xE000]
    # The vowels and finals of Korean syllables join what stands before them as marks do.
    marks = "".join(c for c in characters if unicodedata.category(c)[0] == "M" or "\u1160" <= c <= "\u11ff")
    forms = "".join(c for c in characters if not unicodedata.is_normalized("NFC", c) and c not in marks)
    return re.compile(f"{_SPACE.pattern}|[{forms}][{marks}]*|\\S[{marks}]+")


def pieces(exact: str) -> tuple[Piece, ...]:
    """Return what of a quote must stand in its source, in order: what its edits leave.

    `[…]` and `[...]` stand for words left out; any other text in brackets was put in by the one who quotes.
    """
    cuts = [found.span() for found in _EDIT.finditer(exact)]
    edges = [0, *(at for cut in cuts for at in cut), len(exact)]
    found = []
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        words = exact[begin:end]
        text = normalised(words).text.strip()
        if text:
            found.append(
                Piece(
                    text=text,
                    open_start=begin > 0 and _is_glued(exact[begin - 2], words[0]),
                    open_end=end < len(exact) and _is_glued(exact[end + 1], words[-1]),
                )
            )
    return tuple(found)


def _is_glued(edited: str, letter: str) -> bool:
    """True if an edit stands within a word: it puts letters in, and a letter touches it."""
    return edited.isalnum() and letter.isalnum()


def locate(exact: str, prefix: str, suffix: str, capture: Normalised) -> Anchor:
    """Return where the quote stands in the kept text.

    Where `prefix` or `suffix` is not empty, only places count that have it right before or right after.
    Brackets that the source itself prints are no edits.
    """
    found = _matches((Piece(text=normalised(exact).text.strip()),), capture.text)
    if not found and _EDIT.search(exact):
        found = _matches(pieces(exact), capture.text)
    before, after = (normalised(words).text.strip() for words in (prefix, suffix))
    beside = [span for span in found if _stands_between(span, before, after, capture.text)]
    if len(beside) == 1:
        begin, end = beside[0]
        return Anchor(state=State.EXACT, start=capture.at(begin), end=capture.at(end - 1) + 1, times=1)
    if beside:
        return Anchor(state=State.AMBIGUOUS, times=len(beside))
    words = " ".join(part for part in (prefix, exact, suffix) if part)
    return Anchor(state=State.ORPHANED, times=len(found), nearest=_nearest(words, capture))


def _stands_between(span: tuple[int, int], before: str, after: str, text: str) -> bool:
    begin, end = span
    begin -= text[begin - 1 : begin] == " "
    end += text[end : end + 1] == " "
    return text.endswith(before, 0, begin) and text.startswith(after, end)


def _matches(parts: tuple[Piece, ...], text: str) -> list[tuple[int, int]]:
    """Every place where the pieces stand in order, each as short as it can be."""
    if not parts:
        return []
    found: dict[int, int] = {}
    later = [-1] * len(parts)
    for first in _places(parts[0], text, 0):
        end = first + len(parts[0].text)
        for number, part in enumerate(parts[1:], 1):
            if later[number] < end:
                later[number] = next(_places(part, text, end), -1)
            if later[number] < 0:
                return [(begin, end) for end, begin in found.items()]
            end = later[number] + len(part.text)
        # Of two beginnings with one end the later is the shorter match.
        found[end] = first
    return [(begin, end) for end, begin in found.items()]


def _places(part: Piece, text: str, start: int) -> Iterator[int]:
    at = text.find(part.text, start)
    while at >= 0:
        end = at + len(part.text)
        if (part.open_start or _is_border(text, at)) and (part.open_end or _is_border(text, end)):
            yield at
        at = text.find(part.text, at + 1)


def _is_border(text: str, at: int) -> bool:
    """True if no word and no number goes on over the position: "can" is not said in "can't", 30 not in 30.5."""
    if not 0 < at < len(text) or " " in text[at - 1 : at + 1]:
        return True
    before, after, next_one = text[at - 1], text[at], text[at + 1 : at + 2]
    if unicodedata.category(after)[0] == "M" or (_JOINED.match(before) and _JOINED.match(after)):
        return False
    if after == "'" and _JOINED.match(before) and _JOINED.match(next_one):
        return False
    ends_number = before.isdigit() and after in ".," and next_one.isdigit()
    begins_number = after.isdigit() and before in ".," and text[at - 2 : at - 1].isdigit() and at > 1
    return not (ends_number or begins_number)


_SHOWN = 200
_WORD = re.compile(r"[^\W_]+")
_PAIR = re.compile(r"(?=(?<![^\W_])([^\W_]+ [^\W_]+))")
_STEM = re.compile(r"(?<![^\W_])[^\W_]{4}(?=[^\W_])")
_MOST_SOUGHT = 16
_MOST_PLACES = 64
_MOST_STRETCHES = 4


def _nearest(exact: str, capture: Normalised) -> str:
    """The passage that shares most with the words, shortened; empty if none shares any.

    Pairs of words are sought first, then words, then beginnings of words: a few searches for what stands
    in the quote, never a comparison with the whole text.
    """
    sought = normalised(exact).text.strip()
    for form in (_PAIR, _WORD, _STEM):
        if begins := _likely_beginnings(form, sought, capture.text):
            stretches = [capture.text[begin : begin + len(sought)] for begin in begins]
            best = max(range(len(begins)), key=lambda number: _likeness(stretches[number], sought))
            return _passage(begins[best], sought, capture)
    return ""


def _likely_beginnings(form: re.Pattern[str], sought: str, text: str) -> list[int]:
    """Where the quote would begin in the text, by most of what they share; at most four places."""
    shared = {found[found.re.groups]: found.start() for found in form.finditer(sought)}
    longest = sorted(shared, key=lambda words: (-len(words), shared[words]))[:_MOST_SOUGHT]
    places = sorted(
        (max(0, at - shared[words]), words) for words in longest for at in _first_places(words, text)
    )
    slack = len(sought) // 3 + 1
    weights = []
    for number, (begin, _) in enumerate(places):
        near = {words for at, words in places[number : number + _MOST_PLACES] if at <= begin + slack}
        weights.append((sum(map(len, near)), -begin))
    return [-begin for _, begin in sorted(set(weights), reverse=True)[:_MOST_STRETCHES]]


def _first_places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    for _ in range(_MOST_PLACES):
        if at < 0:
            return
        yield at
        at = text.find(words, at + 1)


def _likeness(stretch: str, sought: str) -> float:
    return SequenceMatcher(None, _WORD.findall(stretch), _WORD.findall(sought), autojunk=False).ratio()


def _passage(begin: int, sought: str, capture: Normalised) -> str:
    """The stretch in whole words; of a long one what lies around the first difference."""
    text = capture.text
    end = min(len(text), begin + len(sought))
    if len(sought) > _SHOWN:
        same = len(commonprefix([text[begin:end], sought]))
        begin = max(begin, min(begin + same - _SHOWN // 2, end - _SHOWN))
        end = begin + _SHOWN
    begin = text.rfind(" ", 0, begin + 1) + 1
    end = text.find(" ", end) if " " in text[end:] else len(text)
    return " ".join(capture.original[capture.at(begin) : capture.at(max(begin, end - 1)) + 1].split())
