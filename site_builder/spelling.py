"""Words as the search compares them: without case and accents, and names without the ways to spell them.

The script of the search does the same with what a reader types: `words` and `spelling` are written twice,
here and in `themes/dossier/scripts/spelling.js`, and a test holds one to the other; the table of spellings is
handed to the script.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Ways to write one sound in Latin letters, made one: patterns and what stands for them, in this order.
# They join Saltreed and Szaltreed, Yelna and Jelna, Khvoya and Hvoia, organisation and organization.
SPELLINGS: tuple[tuple[str, str], ...] = (
    ("shch|sch", "sh"),
    ("tsch|tch", "ch"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("ck|q", "k"),
    ("tz", "ts"),
    ("x", "ks"),
    ("w", "v"),
    ("z", "s"),
    ("ou", "u"),
    ("[yj]", "i"),
    ("^ie", "e"),
)
_PATTERNS = tuple((re.compile(pattern), letters) for pattern, letters in SPELLINGS)
_LATIN = re.compile(r"[a-z]+")
_TWICE = re.compile(r"(.)\1+")

_SHORT_I = "\u0438\u0306"
# Marks on letters, apostrophes of every kind, the soft hyphen and what joins without being seen.
_SILENT = frozenset("'\u2018\u2019\u02b9\u02ba\u02bb\u02bc\u02bd`\u2032\u00ad\u200b\u200c\u200d\u2060")
_WORD = re.compile(r"[^\W_]+")
_APART = {code: " " for code in range(128) if not chr(code).isalnum()}
_GROUPED = re.compile("[0-9]+(?:[., \u00a0\u2009\u202f][0-9]{3})+(?![0-9])")


class _Unheard(dict[str, bool]):
    """Of each character, whether a word is the same without it."""

    def __missing__(self, char: str) -> bool:
        self[char] = char in _SILENT or unicodedata.category(char).startswith("M")
        return self[char]


_UNHEARD = _Unheard()
_LONGEST_NAME = 100


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    plain = unicodedata.normalize("NFKD", text).lower().replace(_SHORT_I, "\u0439")
    # A text has few characters that differ, and hardly any of these is among them.
    for char in set(plain):
        if _UNHEARD[char]:
            plain = plain.replace(char, "")
    return plain


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """Returns the text in lower case, without accents and apostrophes; й is kept, ё becomes е."""
    return _folded(text)


def words(text: str) -> tuple[str, ...]:
    """Returns the folded words of a text, in order; a number with its thousands parted is one word."""
    # What is long comes once, and would only be kept: a name comes often.
    found = folded(text) if len(text) <= _LONGEST_NAME else _folded(text)
    found = _GROUPED.sub(_joined, found)
    return tuple(found.translate(_APART).split() if found.isascii() else _WORD.findall(found))


def _joined(found: re.Match[str]) -> str:
    first = re.match("[0-9]+", found[0])
    short = first is not None and len(first[0]) <= 3  # noqa: PLR2004  # 2022 300 are two numbers
    return re.sub("[^0-9]", "", found[0]) if short else found[0]


@lru_cache(maxsize=65536)
def spelling(word: str) -> str:
    """Returns what the spellings of a folded word in Latin letters have in common; any other is itself."""
    if not _LATIN.fullmatch(word):
        return word
    for pattern, letters in _PATTERNS:
        word = pattern.sub(letters, word)
    return _TWICE.sub(r"\1", word)
