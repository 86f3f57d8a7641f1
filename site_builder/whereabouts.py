"""Where in the lines of a text something stands that a parser has handed on without its column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote

from site_builder.characters import in_own_letters
from site_builder.issues import Place

_DEFINITION = re.compile(r"\s{0,3}(?:> ?)*\[[^\]]+\]:\s*<?([^\s<>]+)")
# Parts of a host's name travel in ASCII.
_ENCODED_HOST = re.compile(r"\bxn--[a-z0-9-]+")


@dataclass(frozen=True)
class Lines:
    """A text by its lines; `start` is the place of the first one."""

    lines: list[str]
    start: Place

    @cached_property
    def addresses(self) -> Mapping[str, Place]:
        """The places of the addresses that stand by themselves, below the links that name them."""
        found: dict[str, Place] = {}
        for number, line in enumerate(self.lines):
            if match := _DEFINITION.match(line):
                place = Place(self.start.path, self.start.line + number, match.start(1) + 1, len(match[1]))
                for written in _spellings(match[1]):
                    found.setdefault(written, place)
        return found


class Whereabouts:
    """One block of a text, from line to line. Each thing asked for is looked for behind the one before."""

    def __init__(self, text: Lines, first: int, last: int) -> None:
        self.text = text
        self.first = first
        self.last = min(max(last, first + 1), len(text.lines))
        self.cursor = (first, 0)
        # What was not found once is not behind any later place either; to look again takes the square.
        self.missing: set[str] = set()

    def rewind(self) -> None:
        """Looks from the block's first letter again."""
        self.cursor = (self.first, 0)
        self.missing.clear()

    def place(self, needle: str, length: int) -> Place:
        """The place of the needle's next occurrence in the block, else of the block's first line."""
        return self._next(needle, 0, length) or self._begin()

    def target(self, target: str) -> Place:
        """The place of a link's address, however the parser escaped it, else of the block's first line."""
        for written in _spellings(target):
            for opening in ("](", "](<"):
                if found := self._next(opening + written, len(opening), len(written)):
                    return found
        return self.text.addresses.get(target) or self._begin()

    def _begin(self) -> Place:
        return Place(self.text.start.path, self.text.start.line + self.first, 1, 1)

    def _next(self, needle: str, skipped: int, length: int) -> Place | None:
        if needle in self.missing:
            return None
        line, column = self.cursor
        for number in range(line, self.last):
            at = self.text.lines[number].find(needle, column if number == line else 0)
            if at >= 0:
                self.cursor = (number, at + len(needle))
                start = self.text.start
                return Place(start.path, start.line + number, at + skipped + 1, length)
        self.missing.add(needle)
        return None


def _spellings(target: str) -> Iterator[str]:
    """An address as it may be written and as a parser hands it on."""
    yield target
    # Whoever reads the first alone pays for no other.
    own = _ENCODED_HOST.sub(lambda part: in_own_letters(part[0]), unquote(target))
    others = dict.fromkeys((own, unquote(target), quote(target, safe=";/?:@&=+$,-_.!~*'()#%")))
    yield from (written for written in others if written != target)
