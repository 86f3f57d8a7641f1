"""The passage of a text that is most like words which do not stand in it: to be shown, never to be taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from site_builder.normal_form import Normalised, normalised

_SHOWN = 200
_WORD = re.compile(r"[^\W_]+")
_PAIR = re.compile(r"(?=(?<![^\W_])([^\W_]+ [^\W_]+))")
_STEM = re.compile(r"(?<![^\W_])[^\W_]{4}(?=[^\W_])")
_MOST_SOUGHT = 16
_MOST_PLACES = 64
_MOST_STRETCHES = 4


def nearest_passage(words: str, capture: Normalised) -> str:
    """The passage that shares most with the words, shortened; empty if none shares any.

    Pairs of words are sought first, then words, then beginnings of words: a few searches for what stands
    in the quote, never a comparison with the whole text.
    """
    sought = normalised(words).text.strip()
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
        pairs = enumerate(zip(text[begin:end], sought, strict=False))
        same = next((at for at, (found, wanted) in pairs if found != wanted), 0)
        begin = max(begin, min(begin + same - _SHOWN // 2, end - _SHOWN))
        end = begin + _SHOWN
    begin = text.rfind(" ", 0, begin + 1) + 1
    end = text.find(" ", end) if " " in text[end:] else len(text)
    return " ".join(capture.original[capture.at(begin) : capture.at(end)].split())
