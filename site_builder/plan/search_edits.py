"""The index of the search after texts of records were reworded: made of the one that stands."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from site_builder.plan.assets import FOLDER
from site_builder.plan.search_index import (
    BODY,
    PLACES,
    RECORDS_OF_A_PART,
    TERMS_SIZE,
    Files,
    order,
    part_file,
    steps,
    written,
)
from site_builder.spelling import spelling

# By word: the numbers of the records that have it in their texts now (True), or have it there no more.
Words = Mapping[str, Mapping[int, bool]]
Read = Callable[[str], bytes]


class UnfitError(Exception):
    """An index that does not say what it was expected to say: it must be made anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RewordedIndex:
    """The address of the head, the files that are new, and the addresses at which there is none any more."""

    head: str
    files: Files
    gone: tuple[str, ...]


def reworded_index(head: str, read: Read, records: Mapping[int, str], changed: Words) -> RewordedIndex:
    """Returns what `search_index` would make of the records after words of their texts have changed.

    `read` gives the files of the index as it was, by address; `records` the addresses of the records that
    changed, by number. Raises `UnfitError` where the index does not have them.
    """
    name, told = _parted(read(head))
    for number, address in records.items():
        _check(number, address, told, read)
    old = [(first, f"{FOLDER}/{file}") for first, file in told["terms"]]
    ordered = sorted(changed, key=lambda word: (order(spelling(word)), order(word)))
    terms = _Terms(old, read, deque((word, changed[word]) for word in ordered))
    new: list[tuple[str, str]] = []
    files: list[tuple[str, bytes]] = []
    for number, (first, part) in enumerate(terms.parts()):
        if isinstance(part, str):
            new.append((first, part))
        else:
            address, content = part_file(f"{name}-terms-{number}", f"[{','.join(part)}]")
            new.append((first, address))
            files.append((address, content))
    told["terms"] = [[first, address.rpartition("/")[2]] for first, address in new]
    address, content = part_file(name, written(told))
    before = {head, *(file for _, file in old)}
    now = {address, *(file for _, file in new)}
    files = [(where, made) for where, made in ((address, content), *files) if where not in before]
    return RewordedIndex(head=address, files=tuple(files), gone=tuple(sorted(before - now)))


def _parted(content: bytes) -> tuple[str, Any]:
    """What a part is called, and what it holds."""
    try:
        opening, _, text = content.decode().partition(",")
        return json.loads(opening.removeprefix("siteSearch(")), json.loads(text.removesuffix(");\n"))
    except ValueError:
        raise UnfitError from None


def _check(number: int, address: str, told: Mapping[str, Any], read: Read) -> None:
    """Makes sure that a record has that number."""
    try:
        part = f"{FOLDER}/{told['records'][number // RECORDS_OF_A_PART]}"
        line = _parted(read(part))[1][number % RECORDS_OF_A_PART]
    except (KeyError, IndexError):
        raise UnfitError from None
    if address not in line:
        raise UnfitError


@dataclass(slots=True)
class _Terms:
    """The parts that hold the words: `old` as they are, and the words that change, in the same order."""

    old: list[tuple[str, str]]
    read: Read
    ahead: deque[tuple[str, Mapping[int, bool]]]
    count: int = 0
    part: list[str] = field(default_factory=list)
    first: str = ""
    size: int = 0

    def parts(self) -> Iterator[tuple[str, str | list[str]]]:
        """Yields each part with the spelling that it begins at: its address as it is, or its new rows."""
        at = 0
        while at < len(self.old):
            if self.count == at and not self.part and not self._may_land(at):
                self.count += 1
                yield self.old[at]
                at += 1
            else:
                yield from self._rewritten(self._rows(at))
                at += 1
                yield from self._rewritten(self._new_before(at))
                # Where a part ends at which one has always ended, those after it may be as they are.
                if self.size > TERMS_SIZE and self.count + 1 == at < len(self.old) and not self._may_come(at):
                    yield self._ended()
        if self.part:
            yield self._ended()

    def _order_ahead(self) -> bytes:
        return order(spelling(self.ahead[0][0]))

    def _may_land(self, at: int) -> bool:
        """True if the next word that changes may stand in that part, or right after it."""
        is_last = at + 1 == len(self.old)
        return bool(self.ahead) and (is_last or self._order_ahead() <= order(self.old[at + 1][0]))

    def _may_come(self, at: int) -> bool:
        """True if the next word that changes may stand before the first of that part."""
        return bool(self.ahead) and self._order_ahead() <= order(self.old[at][0])

    def _rows(self, at: int) -> Iterator[tuple[str, str]]:
        """Yields the rows of a part, each with its word, as they are to be."""
        for word, row in _rows_of(self.read(self.old[at][1])):
            key = order(spelling(word)), order(word)
            while self.ahead and (self._order_ahead(), order(self.ahead[0][0])) < key:
                yield self._new()
            if self.ahead and self.ahead[0][0] == word:
                changed = _changed(word, row, self.ahead.popleft()[1])
                if changed:
                    yield word, changed
            else:
                yield word, row

    def _new_before(self, at: int) -> Iterator[tuple[str, str]]:
        """Yields the rows of new words that stand before a part that begins otherwise."""
        while self.ahead and (at == len(self.old) or self._order_ahead() < order(self.old[at][0])):
            yield self._new()

    def _new(self) -> tuple[str, str]:
        word, changes = self.ahead.popleft()
        return word, _changed(word, f'["{word}"]', changes)

    def _rewritten(self, rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
        """Takes up rows; yields each part that they fill, by the rule that all parts are made by."""
        for word, row in rows:
            if self.size > TERMS_SIZE:
                yield self._ended()
            if not self.part:
                self.first = spelling(word)
            self.part.append(row)
            self.size += len(row.encode()) + 1

    def _ended(self) -> tuple[str, list[str]]:
        ended, self.part, self.size = self.part, [], 0
        self.count += 1
        return self.first, ended


def _rows_of(content: bytes) -> Iterator[tuple[str, str]]:
    """Yields the rows of a part as they are written. No word has a bracket or a quotation mark in it."""
    text = content.decode().partition(",")[2].removesuffix(");\n")
    for inside in text.removeprefix("[[").removesuffix("]]").split("],["):
        word = inside.partition(",")[0]
        if not (word.startswith('"') and word.endswith('"')):
            raise UnfitError
        yield word[1:-1], f"[{inside}]"


def _changed(word: str, row: str, changes: Mapping[int, bool]) -> str:
    """A row after some records have its word or have it no more; an empty text where none has it."""
    parts = row[1:-1].split(",")[1:]
    places = {place // PLACES: place % PLACES for place in accumulate(map(int, parts))}
    for number, has_it in changes.items():
        if has_it:
            places.setdefault(number, BODY)
        elif number not in places:
            raise UnfitError
        elif places[number] == BODY:
            del places[number]
    if not places:
        return ""
    return written([word, *steps([number * PLACES + places[number] for number in sorted(places)])])
