"""The index of the search: classic scripts of data, of which a reader loads the parts that a query needs.

Browsers let a page on a disk load scripts and nothing else, so each part is one call of `siteSearch`. The
head names the parts; a part of terms holds the words that begin alike, each with the records that have it;
a part of records holds the lines to be shown. `docs/search.md` describes them, with what they weigh.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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

Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The parts as files by address, and the address of the head."""

    head: str
    files: Files


def search_index(entries: Sequence[Entry], language: str) -> SearchIndex:
    """Return the index of the records; of two that are found equally well the earlier one comes first."""
    kinds = list(dict.fromkeys(entry.kind for entry in entries))
    terms = [
        (first, *part_file(f"search-{language}-terms-{number}", rows))
        for number, (first, rows) in enumerate(_terms(entries))
    ]
    records = [
        _part(
            f"search-{language}-records-{number // RECORDS_OF_A_PART}",
            [_line(entry, kinds) for entry in entries[number : number + RECORDS_OF_A_PART]],
        )
        for number in range(0, len(entries), RECORDS_OF_A_PART)
    ]
    head = {
        "count": len(entries),
        "kinds": kinds,
        "spellings": SPELLINGS,
        "subjects": _subjects(entries),
        "terms": [[first, _name(address)] for first, address, _ in terms],
        "records": [_name(address) for address, _ in records],
        "part": RECORDS_OF_A_PART,
    }
    address, content = _part(f"search-{language}", head)
    parts = (*((address, content) for _, address, content in terms), *records)
    return SearchIndex(address, ((address, content), *parts))


def _part(name: str, data: object) -> tuple[str, bytes]:
    return part_file(name, written(data))


def part_file(name: str, text: str) -> tuple[str, bytes]:
    """Return a part as a file: its name is said in it, so that the script knows which of several has come."""
    content = f'siteSearch("{name}",{text});\n'.encode()
    return fingerprinted(f"{name}.js", content), content


def written(data: object) -> str:
    """Return data as a part holds them."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _name(address: str) -> str:
    return address.rsplit("/", 1)[-1]


def _terms(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Yield the words in parts as they are written, each with the spelling that it begins at.

    Like spellings stand together. A word comes with the records that have it: `number * PLACES + place`,
    each less the one before.
    """
    found = sorted(_postings(entries).items(), key=lambda item: (order(spelling(item[0])), order(item[0])))
    first = ""
    part: list[str] = []
    size = 0
    for word, places in found:
        if size > TERMS_SIZE:
            yield first, f"[{','.join(part)}]"
            part, size = [], 0
        if not part:
            first = spelling(word)
        # The records come in the order of their numbers.
        part.append(written([word, *steps(places)]))
        size += len(part[-1].encode()) + 1
    if part:
        yield first, f"[{','.join(part)}]"


def order(word: str) -> bytes:
    """Return what orders words as JavaScript does, which compares texts by their UTF-16 units."""
    return word.encode("utf-16-be")


def _postings(entries: Sequence[Entry]) -> dict[str, array[int]]:
    """By word: the records that have it, each as `number * PLACES + place`, with the best place there."""
    found: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
    for number, entry in enumerate(entries):
        first = number * PLACES
        for place, texts in ((NAME, _names(entry)), (ABOUT, _about(entry)), (BODY, entry.body)):
            for text in texts:
                # What is short is mostly the name of a place, a kind or a day, and stands in many records.
                read = _read(text) if len(text) < _SHORT else words(text)
                told = first + (WHOLE if place == NAME and len(read) == 1 else place)
                for word in dict.fromkeys(read):
                    of_word = found[word]
                    if not of_word or of_word[-1] < first:
                        of_word.append(told)
                    elif told < of_word[-1]:
                        of_word[-1] = told
    return found


_SHORT = 64
_read = lru_cache(maxsize=16384)(words)


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.name, *(name for name, _ in entry.others))


def _about(entry: Entry) -> tuple[str, ...]:
    dates = (entry.date.words, entry.date.machine) if entry.date else ()
    return (entry.kind, entry.detail, *dates, *(region.text for region in entry.regions))


def steps(numbers: Sequence[int]) -> list[int]:
    """Return numbers in rising order, each less the one before."""
    return [number - last for number, last in zip(numbers, (0, *numbers), strict=False)]


def _subjects(entries: Sequence[Entry]) -> dict[str, list[int]]:
    """By the number of a record, the numbers of those that are about it: whoever finds it finds them."""
    numbers = {entry.key: number for number, entry in enumerate(entries)}
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for subject in dict.fromkeys(entry.subjects):
            if subject in numbers:
                found[numbers[subject]].append(number)
    return {str(subject): steps(found[subject]) for subject in sorted(found)}


def _line(entry: Entry, kinds: list[str]) -> list[object]:
    date = entry.date.words if entry.date else ""
    return [kinds.index(entry.kind), entry.name, entry.lang, entry.address, date, entry.where, entry.detail]
