"""Takes the words that an author withholds out of a Markdown text: `[Ivan Petrov]{.withheld}`."""

from __future__ import annotations

import re

CLASS = "withheld"
_SAID_INSTEAD = "name withheld"
_MARK = re.compile(r"\{\.withheld\}")

# What looks like attributes and was not read as such: a reader would see it, and what it was to withhold.
_MEANT = re.compile(r"\]\s*\{|\{\s*[.#]\s*\w|\{[^{}]*\bw\w*h[eo]ld", re.IGNORECASE)


def redacted(text: str) -> tuple[str, int]:
    """Return the text with "name withheld" in place of all marked words, and how often it stands there."""
    pieces: list[str] = []
    end = 0
    marked = _outermost(text)
    for begin, close in marked:
        pieces += [text[end : begin + 1], _SAID_INSTEAD]
        end = close
    return "".join((*pieces, text[end:])), len(marked)


def looks_marked(text: str) -> bool:
    """True if a text that is shown as it stands holds what looks like attributes."""
    return _MEANT.search(text) is not None


def _outermost(text: str) -> list[tuple[int, int]]:
    """Return where the opening and the closing bracket of marked words stand; none lies within another."""
    found: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text):
        close = mark.start() - 1
        begin = _opening(text, close)
        if begin is not None:
            found = [pair for pair in found if pair[0] < begin]
            found.append((begin, close))
    return found


def _opening(text: str, close: int) -> int | None:
    """The place of the bracket that the one at `close` closes; None where that is none, or is open."""
    depth = 0
    for at in range(close, -1, -1):
        if text[at] in "[]" and not _is_escaped(text, at):
            depth += 1 if text[at] == "]" else -1
        if depth <= 0:
            return at if text[at] == "[" and at < close else None
    return None


def _is_escaped(text: str, at: int) -> bool:
    before = text[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
