"""Characters that cannot be seen or turn the direction of writing, and texts that look alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from site_builder.issues import Issue, Place

# What no field of one line may hold: controls, ends of lines that no editor shows, turns of direction.
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)

# Marks that cannot be seen are letters of some scripts' prose; of an address they make another one.
_UNSEEN_IN_ADDRESS = re.compile(
    r"(?:\]\(<?|\]: *<?)https?://[^\s)>]{0,500}?([\xad\u061c\u180e\u200b-\u200f\u2060-\u2064])"
)
_DIRECTIONS = {
    "\u202a": "\u202c",
    "\u202b": "\u202c",
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
_ENDS = frozenset(_DIRECTIONS.values())


def unseen(text: str, start: Place) -> Iterator[Issue]:
    """Yields an issue for each character of a text in Markdown that nobody could see, at its place.

    Words of the other direction may be embedded or isolated where that ends in the same line; a direction
    may not be overridden.
    """
    if not UNPRINTABLE.search(text) and not _UNSEEN_IN_ADDRESS.search(text):
        return
    for number, line in enumerate(text.split("\n")):
        marks = ((found.start(1), "remove the character") for found in _UNSEEN_IN_ADDRESS.finditer(line))
        for column, repair in sorted({*_wrong(line), *marks}):
            place = Place(start.path, start.line + number, column + 1, 1)
            problem = f"the text holds the unprintable character {named(line[column])}"
            yield Issue(place=place, code="unprintable", problem=problem, repair=repair)


def named(letter: str) -> str:
    """Returns the number of a character, as Unicode writes it."""
    return f"U+{ord(letter):04X}"


def _wrong(line: str) -> Iterator[tuple[int, str]]:
    """Yields where in a line such a character stands, and what to do about it."""
    opened: list[tuple[int, str]] = []
    for found in UNPRINTABLE.finditer(line):
        letter = found[0]
        if letter in _DIRECTIONS:
            opened.append((found.start(), _DIRECTIONS[letter]))
        elif letter in _ENDS and opened and opened[-1][1] == letter:
            opened.pop()
        else:
            yield found.start(), "remove the character"
    for at, end in opened:
        yield at, f"end it in the same line with {named(end)}, or remove it"


def mixed_scripts(name: str) -> str:
    """Returns the part between dots of a host's name that mixes alphabets; an empty text where none does.

    Such a name passes for another: a Cyrillic letter in a Latin name leads to somebody else.
    """
    for part in map(in_own_letters, name.split(".")):
        alphabets = {unicodedata.name(letter, "?").partition(" ")[0] for letter in part if letter.isalpha()}
        # Japanese is written in three of them, and with Latin letters.
        if alphabets & _JAPANESE:
            alphabets -= _JAPANESE | {"LATIN"}
        if len(alphabets) > 1:
            return part
    return ""


def in_own_letters(part: str) -> str:
    """Returns a part of a host's name in its own letters, which travel in ASCII (RFC 3492)."""
    if not part.startswith("xn--"):
        return part
    try:
        return part[4:].encode().decode("punycode")
    except UnicodeError:
        return part


_JAPANESE = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"})
_ALIKE = str.maketrans({"0": "o", "1": "l", "m": "rn", "w": "vv"})


# Letters of other alphabets that most fonts show as a Latin one.
_LOOKING_LATIN: Mapping[str, str] = dict(
    zip("авеѕіјкмнорстухһԁԛԝαεικνορτυχ", "abesijkmhopctyxhdqwaeiknoptux", strict=True)
)


def looked_at(text: str) -> str:
    """Returns the Latin text that a text passes for; the text itself where it passes for none."""
    latin = "".join(_LOOKING_LATIN.get(letter, letter) for letter in text)
    return latin if latin.isascii() else text


def foreign_letter(text: str) -> str:
    """Returns which letter of a text that passes for a Latin one is not, in words; empty where none is."""
    foreign = next((letter for letter in text if letter in _LOOKING_LATIN), "")
    return (
        f"its '{foreign}' is {named(foreign)}, no Latin letter" if foreign and looked_at(text) != text else ""
    )


def skeleton(ident: str) -> str:
    """Returns an id with what looks alike in most fonts written alike: two with one skeleton are confused."""
    return ident.translate(_ALIKE)
