"""The index of the search: classic scripts of data, of which a reader loads the parts that a query needs.

Browsers let a page on a disk load scripts and nothing else, so each part is one call of `siteSearch`. The
head names the parts; a part of terms holds the words that begin alike, each with the records that have it;
a part of records holds the lines to be shown. `docs/search.md` describes them, with what they weigh.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import sub
from typing import TYPE_CHECKING

from site_builder.plan.assets import fingerprinted
from site_builder.spelling import SPELLINGS, spelling, words

if TYPE_CHECKING:
    from site_builder.plan.entries import Entry

# A phone's first query asks for the head, one or two parts of terms, and the lines of what it found.
TERMS_SIZE = 40_000
RECORDS_OF_A_PART = 64

# Where a word stands, the better place first; the script knows what each is worth.
WHOLE, NAME, ABOUT, BODY = range(4)
PLACES = 4

# Up to there JavaScript compares texts as Python does; of what lies beyond it sees two units.
_ONE_UNIT = "\uffff"

Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The parts as files by address, and the address of the head."""

    head: str
    files: Files


def search_index(entries: Iterable[Entry], language: str) -> SearchIndex:
    """Returns the index of the records; of two that are found equally well the earlier one comes first."""
    making = IndexInMaking(language)
    files = [part for entry in entries for part in making.take(entry)]
    files += making.rest()
    return SearchIndex(making.head, tuple(files))


class IndexInMaking:
    """The index while the records come, one by one: a large dossier has no room for all at once."""

    def __init__(self, language: str) -> None:
        self.head = ""
        """The address of the head, when all is made."""
        self._language = language
        self._count = 0
        self._kinds: dict[str, int] = {}
        self._lines: list[list[object]] = []
        self._records: list[str] = []
        # By word: the records that have it, each as `number * PLACES + place`, with the best place there.
        self._places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._numbers: dict[str, int] = {}
        # By the key of a record: the numbers of those that are about it.
        self._about: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))

    def take(self, entry: Entry) -> Iterator[tuple[str, bytes]]:
        """Takes up the next record; yields the part of lines that it fills, if it does."""
        number, self._count = self._count, self._count + 1
        first = number * PLACES
        for word, place in _words_of(entry).items():
            self._places[word].append(first + place)
        self._numbers[entry.key] = number
        for subject in dict.fromkeys(entry.subjects):
            self._about[subject].append(number)
        self._lines.append(_line(entry, self._kinds.setdefault(entry.kind, len(self._kinds))))
        if len(self._lines) == RECORDS_OF_A_PART:
            yield self._part_of_lines()

    def rest(self) -> Iterator[tuple[str, bytes]]:
        """Yields the other parts after the last record, and at the end the head."""
        if self._lines:
            yield self._part_of_lines()
        terms = []
        for number, (first, rows) in enumerate(_terms(self._places)):
            address, content = part_file(f"search-{self._language}-terms-{number}", rows)
            terms.append([first, _name(address)])
            yield address, content
        head = {
            "count": self._count,
            "kinds": list(self._kinds),
            "spellings": SPELLINGS,
            "subjects": self._subjects(),
            "terms": terms,
            "records": self._records,
            "part": RECORDS_OF_A_PART,
        }
        self.head, content = part_file(f"search-{self._language}", written(head))
        yield self.head, content

    def _part_of_lines(self) -> tuple[str, bytes]:
        name = f"search-{self._language}-records-{len(self._records)}"
        address, content = part_file(name, written(self._lines))
        self._records.append(_name(address))
        self._lines = []
        return address, content

    def _subjects(self) -> dict[str, list[int]]:
        """By the number of a record, the numbers of those about it: whoever finds it finds them."""
        known = sorted((self._numbers[name], name) for name in self._about if name in self._numbers)
        return {str(number): steps(self._about[name]) for number, name in known}


def part_file(name: str, text: str) -> tuple[str, bytes]:
    """Returns a part as a file: its name is said in it, so the script knows which of several has come."""
    content = f'siteSearch("{name}",{text});\n'.encode()
    return fingerprinted(f"{name}.js", content), content


def written(data: object) -> str:
    """Returns data as a part holds them."""
    return _encoded(data)


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _name(address: str) -> str:
    return address.rsplit("/", 1)[-1]


def _terms(found: dict[str, array[int]]) -> Iterator[tuple[str, str]]:
    """Yields the words in parts as they are written, each with the spelling that it begins at.

    Like spellings stand together. A word comes with the records that have it, each less the one before.
    """
    part: list[str] = []
    first, size = "", 0
    for spelt, word in _ordered(found):
        if size > TERMS_SIZE:
            yield first, f"[{','.join(part)}]"
            part, size = [], 0
        if not part:
            first = spelt
        # A word holds nothing that would have to be written otherwise; the records came in their order.
        row = f'["{word}",{",".join(map(str, steps(found[word])))}]'
        part.append(row)
        size += len(row if word.isascii() else row.encode()) + 1
    if part:
        yield first, f"[{','.join(part)}]"


def _ordered(found: Iterable[str]) -> list[tuple[str, str]]:
    """Words with their spellings, in the order of these."""
    spelt = [(spelling(word), word) for word in found]
    if all(word.isascii() or max(word) <= _ONE_UNIT for _, word in spelt):
        return sorted(spelt)
    return sorted(spelt, key=lambda one: (order(one[0]), order(one[1])))


def order(word: str) -> bytes:
    """Returns what orders words as JavaScript does, which compares texts by their UTF-16 units."""
    return word.encode("utf-16-be")


def _words_of(entry: Entry) -> dict[str, int]:
    """The words of a record, each with the best place where it stands."""
    # A line break stands in no word and in no number.
    found = dict.fromkeys(words("\n".join(entry.body)), BODY)
    for text in _about(entry):
        # What is short is mostly the name of a place, a kind or a day, and stands in many records.
        for word in _read(text) if len(text) < _SHORT else words(text):
            found[word] = ABOUT
    names = [words(name) for name in _names(entry)]
    for read in names:
        for word in read:
            found[word] = NAME
    for read in names:
        if len(read) == 1:
            found[read[0]] = WHOLE
    return found


_SHORT = 64
_read = lru_cache(maxsize=16384)(words)


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.name, *(name for name, _ in entry.others))


def _about(entry: Entry) -> tuple[str, ...]:
    dates = (entry.date.words, entry.date.machine) if entry.date else ()
    return (entry.kind, entry.detail, *dates, *(region.text for region in entry.regions))


def steps(numbers: Sequence[int]) -> list[int]:
    """Returns numbers in rising order, each less the one before."""
    return list(map(sub, numbers, chain((0,), numbers)))


def _line(entry: Entry, kind: int) -> list[object]:
    date = entry.date.words if entry.date else ""
    return [kind, entry.name, entry.lang, entry.address, date, entry.where, entry.detail]
