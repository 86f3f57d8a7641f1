"""Quotes held word for word against the texts that they were taken from.

Both are compared in one normal form (see `normal_form.py`), and never by likeness. The only edits are `[…]`
for words left out and `[ ]` around words put in; what stands on both sides must be there, in order.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from site_builder.normal_form import Normalised, normalised
from site_builder.passages import nearest_passage

_SUM_LENGTH = 12
_EDIT = re.compile(r"\[[^\[\]]*\]")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of a quote between two edits: `text` normalised, `written` as the author wrote them.

    `open_start` and `open_end` are true where an edit touches the words without a space, as in `[H]e` and
    `Do[es]`: there the piece may begin or end within a word.
    """

    text: str
    written: str = ""
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


def pieces(exact: str) -> tuple[Piece, ...]:
    """Returns what of a quote must stand in its source, in order: what its edits leave.

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
                    written=words,
                    open_start=begin > 0 and _is_glued(exact[begin - 2], words[0]),
                    open_end=end < len(exact) and _is_glued(exact[end + 1], words[-1]),
                )
            )
    return tuple(found)


def _is_glued(edited: str, letter: str) -> bool:
    """True if an edit stands within a word: it puts letters in, and a letter touches it."""
    return edited.isalnum() and letter.isalnum()


def locate(exact: str, prefix: str, suffix: str, capture: Normalised) -> Anchor:
    """Returns where the quote stands in the kept text.

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
        return Anchor(state=State.EXACT, start=capture.at(begin), end=capture.at(end), times=1)
    if beside:
        return Anchor(state=State.AMBIGUOUS, times=len(beside))
    words = " ".join(part for part in (prefix, exact, suffix) if part)
    return Anchor(state=State.ORPHANED, times=len(found), nearest=nearest_passage(words, capture))


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
    """True if no word or number goes on over the position: "can't" does not say "can", nor 30.5 30."""
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


def left_out(exact: str, anchor: Anchor) -> int:
    """Returns how many characters of the kept text a quote that was found there leaves out."""
    kept = sum(len(piece.text) for piece in pieces(exact))
    return max(0, anchor.end - anchor.start - kept) if _EDIT.search(exact) else 0


def quote_sum(exact: str, prefix: str, suffix: str) -> str:
    """Returns the first 12 digits of the SHA-256 sum of what was compared: another quote has another one."""
    compared = "\0".join(normalised(words).text for words in (exact, prefix, suffix))
    return hashlib.sha256(compared.encode()).hexdigest()[:_SUM_LENGTH]
