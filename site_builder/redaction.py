"""What must not be seen: the words that an author withholds in Markdown, and the lines of a private field.

`[Ivan Petrov]{.withheld}` withholds words; they leave the text as soon as it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CLASS = "withheld"
_SAID_INSTEAD = "name withheld"
_PRIVATE = re.compile(r"""["']?\bprivate\b["']?\s*:""")
_EMPHASIS = re.compile(r"[*_`]")
_MARK = re.compile(r"\{\.withheld\}")
# Brackets, and what a backslash takes its meaning from.
_BRACKETS = re.compile(r"\\.|[\[\]]", re.DOTALL)

# What looks like attributes and was not read as such: a reader would see it, and what it was to withhold.
_CLASS_MEANT = re.compile(r"\{\s*\.\s*\w|\{[^{}]*\bw\w*h[eo]ld", re.IGNORECASE)
_MEANT = re.compile(rf"\]\s*\{{|\{{\s*#\w|{_CLASS_MEANT.pattern}", re.IGNORECASE)


def redacted(text: str) -> tuple[str, int]:
    """Returns the text with "name withheld" in place of all marked words, and how often it stands there."""
    pieces: list[str] = []
    end = 0
    marked = _outermost(text)
    for begin, close in marked:
        pieces += [text[end : begin + 1], _SAID_INSTEAD]
        end = close
    return "".join((*pieces, text[end:])), len(marked)


def withheld_words(text: str) -> tuple[str, ...]:
    """Returns the words that a text withholds: to look whether they stand elsewhere, and never to be told."""
    return tuple(_EMPHASIS.sub("", text[begin + 1 : close]) for begin, close in _outermost(text))


def private_lines(text: str) -> frozenset[int]:
    """Returns the numbers, from 1, of the lines of a YAML text that hold a private field or a part of it.

    It goes by indentation and not by YAML, so that it also holds for a text that cannot be parsed. In doubt a
    line counts as private.
    """
    if not _PRIVATE.search(text):
        return frozenset()
    found: set[int] = set()
    column: int | None = None
    for number, line in enumerate(text.split("\n"), 1):
        indent = len(line) - len(line.lstrip())
        ends = line.strip() and not line.lstrip().startswith("#") and column is not None
        if ends and column is not None and indent <= column and not _is_item(line, indent, column):
            column = None
        if opening := _PRIVATE.search(line):
            begins_line = not line[: opening.start()].strip(" -")
            column = opening.start() if begins_line else indent
        if column is not None:
            found.add(number)
    return frozenset(found)


def _is_item(line: str, indent: int, column: int) -> bool:
    """A list may stand as far out as the key that holds it."""
    return indent == column and line[indent:].startswith("-")


def looks_marked(text: str) -> bool:
    """True if a stretch of Markdown that is shown as it stands holds what looks like attributes."""
    return _MEANT.search(text) is not None


def looks_withheld(text: str) -> bool:
    """True if a field's plain text holds what would withhold words in Markdown."""
    return _CLASS_MEANT.search(text) is not None


def _outermost(text: str) -> list[tuple[int, int]]:
    """Returns where the opening and the closing bracket of marked words stand; none lies within another."""
    if CLASS not in text:
        return []
    found: list[tuple[int, int]] = []
    for begin, close in _pairs(text):
        if _MARK.match(text, close + 1):
            while found and found[-1][0] > begin:
                found.pop()
            found.append((begin, close))
    return found


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yields where brackets that belong together stand, in the order in which they close."""
    # One pass for all: to look back from each mark takes as long as the square of what was nested.
    opened: list[int] = []
    for sign in _BRACKETS.finditer(text):
        if sign[0] == "[":
            opened.append(sign.start())
        elif sign[0] == "]" and opened:
            yield opened.pop(), sign.start()
