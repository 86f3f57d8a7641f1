"""The passage of a text that is most like words which do not stand in it: to be shown, never to be taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from site_builder.normal_form import Normalised, normalised

_SHOWN = 160
_AROUND = 20
_WORD = re.compile(r"[^\W_]+")
_PAIR = re.compile(r"(?=(?<![^\W_])([^\W_]+ [^\W_]+))")
_STEM = re.compile(r"(?<![^\W_])[^\W_]{4}(?=[^\W_])")
_MOST_SOUGHT = 16
_MOST_PLACES = 64
_MOST_TRIED = 2048
_MOST_STRETCHES = 4

# By words and where they stand in the quote: where they stand in the text.
Shared = Mapping[tuple[str, int], tuple[int, ...]]


def nearest_passage(words: str, capture: Normalised) -> str:
    """The passage that shares most with the words, shortened; empty if none shares any.

    Pairs of words are sought first, then words, then beginnings of words: a few searches for what stands
    in the quote, never a comparison with the whole text.
    """
    sought = normalised(words).text.strip()
    every = [_shared(form, sought, capture.text) for form in (_PAIR, _WORD, _STEM)]
    # What stands almost everywhere tells nothing, and is used only where there is nothing else.
    telling = [{where: at for where, at in shared.items() if len(at) < _MOST_PLACES} for shared in every]
    for shared in (*telling, *every):
        if begins := _likely_beginnings(shared, len(sought)):
            stretches = [capture.text[begin : begin + len(sought)] for begin in begins]
            best = max(range(len(begins)), key=lambda number: _likeness(stretches[number], sought))
            return _passage(begins[best], sought, capture)
    return ""


def _shared(form: re.Pattern[str], sought: str, text: str) -> Shared:
    """The longest words of that form in a quote, and where they stand in the text."""
    own = {found[found.re.groups]: found.start() for found in form.finditer(sought)}
    longest = sorted(own, key=lambda words: (-len(words), own[words]))[:_MOST_SOUGHT]
    found = {
        (words, own[words]): tuple(_first_places(words, text, is_stem=form is _STEM)) for words in longest
    }
    return {words: places for words, places in found.items() if places}


def _likely_beginnings(shared: Shared, length: int) -> list[int]:
    """Where the quote would begin in the text, by most of what they share; at most four places."""
    places = sorted((max(0, at - own), words) for (words, own), found in shared.items() for at in found)
    slack = length // 3 + 1
    weights = []
    for number, (begin, _) in enumerate(places):
        near = {words for at, words in places[number : number + _MOST_PLACES] if at <= begin + slack}
        weights.append((sum(map(len, near)), -begin))
    return [-begin for _, begin in sorted(set(weights), reverse=True)[:_MOST_STRETCHES]]


def _first_places(words: str, text: str, *, is_stem: bool) -> Iterator[int]:
    length = len(words)
    at = text.find(words)
    found = tried = 0
    while at >= 0 and found < _MOST_PLACES and tried < _MOST_TRIED:
        if not text[at - 1 : at].isalnum() and (is_stem or not text[at + length : at + length + 1].isalnum()):
            found += 1
            yield at
        tried += 1
        at = text.find(words, at + 1)


def _likeness(stretch: str, sought: str) -> float:
    return SequenceMatcher(None, _WORD.findall(stretch), _WORD.findall(sought), autojunk=False).ratio()


def _passage(begin: int, sought: str, capture: Normalised) -> str:
    """The stretch in whole words, and some around it; of a long one what lies around the first difference.

    The words around it tell of a "no" that was left out.
    """
    text = capture.text
    end = min(len(text), begin + len(sought))
    if len(sought) > _SHOWN:
        pairs = enumerate(zip(text[begin:end], sought, strict=False))
        same = next((at for at, (found, wanted) in pairs if found != wanted), 0)
        begin = max(begin, min(begin + same - _SHOWN // 2, end - _SHOWN))
        end = begin + _SHOWN
    begin = text.rfind(" ", 0, max(0, begin - _AROUND) + 1) + 1
    end = text.find(" ", end + _AROUND)
    end = len(text) if end < 0 else end
    return " ".join(capture.original[capture.at(begin) : capture.at(end)].split())
