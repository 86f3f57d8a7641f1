"""The order of names in a list, by the alphabet of the page's language."""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = frozenset({"be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"})
# All but letters, digits and spaces.
_APART = re.compile(r"[^\w ]|_")
# Letters that stand in the alphabet with another one, or come to stand there from another language.
_SORTED_AS = str.maketrans("ёґєіїў", "егеиию")


def sort_key(name: str, language: str) -> tuple[bool, str, str]:
    """Returns what names are ordered by in a language: its own alphabet first, marks and letter case apart.

    Ё stands with Е, a letter with an accent with the one without; quotation marks do not count.
    """
    bare = _APART.sub("", name.casefold()).strip()
    if bare.isascii():
        return _is_cyrillic(language), bare, name
    # Й is a letter of its own and no И with a mark, so it stands behind all that begins with И.
    letters = unicodedata.normalize("NFD", bare.replace("й", "и\uffff").translate(_SORTED_AS))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    is_cyrillic = "\u0400" <= plain[:1] <= "\u04ff"
    return is_cyrillic != _is_cyrillic(language), plain, name


def _is_cyrillic(language: str) -> bool:
    primary, *others = language.split("-")
    return primary in _CYRILLIC and "Latn" not in others
