"""The gate to drawing: letters and lines on a small sheet of paper, and the file that it becomes.

A sheet has three colours and their mixtures. Letters come from fonts that a theme ships, never from the
machine, and are set one after the other without a shaping library: so the same words give the same bytes
wherever a site is built, and only alphabets that need no shaping can be written.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageFont import FreeTypeFont

# How strong the ink is; the accent has a strength of its own, 1.
INK, QUIET, RULE = 1.0, 0.7, 0.17

# Sixteen colours fit into half a byte: the paper, ten steps of ink, five of the accent.
_INKS, _ACCENTS = 10, 5
_FULL = 255
# A tenth larger than the smallest that zlib can do, in a quarter of the time.
_QUICK = 3
_NO_LETTER = "\U0010ffff"
# Scripts whose letters join, stack or run the other way.
_SHAPED = re.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefe]")
_FACE = re.compile(r"@font-face\s*\{([^}]*)\}")
_RANGE = re.compile(r"[Uu]\+([0-9A-Fa-f]+)(?:-([0-9A-Fa-f]+))?")
_FILE = re.compile(r"""url\(\s*["']?([^"')]+)""")


@dataclass(frozen=True, slots=True)
class Face:
    """A font file of a family; `heaviest` is the same as `lightest` where its weight cannot be chosen.

    `ranges` are the first and last code points of the letters it is for; without any it is for all.
    """

    family: str
    lightest: int
    heaviest: int
    content: bytes = field(repr=False)
    ranges: tuple[tuple[int, int], ...] = ()

    def is_for(self, letter: str) -> bool:
        """True if the style sheet lets the letter be set from it."""
        return not self.ranges or any(first <= ord(letter) <= last for first, last in self.ranges)


@dataclass(frozen=True, slots=True)
class Lettering:
    """Words in one weight and size, set from the last of the faces that has the letter, as in a browser."""

    faces: tuple[Face, ...]
    weight: int
    size: int

    def width(self, text: str) -> float:
        """The width of a line, in pixels."""
        return _width(self, text)

    def can_write(self, text: str) -> bool:
        """True if the faces hold every letter, and none needs to be joined to its neighbours."""
        # Many texts are asked for, of few letters: what can be written need not be asked again.
        written = _written(self)
        unknown = set(text) - written
        case = _case(self) if unknown else None
        if case and any(case.holder(letter) is None for letter in unknown):
            return False
        written |= unknown
        return not _SHAPED.search(text)

    def runs(self, text: str) -> Iterator[tuple[FreeTypeFont, str]]:
        """Yields the text in stretches of one font; a letter that none has is set from the first."""
        case = _case(self)
        for place, letters in groupby(text, lambda letter: case.holder(letter) or 0):
            yield case.fonts[place], "".join(letters)


@dataclass(frozen=True, slots=True)
class _Case:
    """The fonts of a lettering, and which of them holds a letter."""

    faces: tuple[Face, ...]
    fonts: tuple[FreeTypeFont, ...]
    holders: dict[str, int | None] = field(default_factory=dict)

    def holder(self, letter: str) -> int | None:
        if letter not in self.holders:
            self.holders[letter] = self._found(letter)
        return self.holders[letter]

    def _found(self, letter: str) -> int | None:
        """The first font that draws the letter other than what it does not have; a space draws nothing."""
        for place, (face, font) in enumerate(zip(self.faces, self.fonts, strict=True)):
            if face.is_for(letter) and (letter.isspace() or _draws(font, letter)):
                return place
        return None


@lru_cache(maxsize=64)
def _written(_lettering: Lettering) -> set[str]:
    """The letters of which it is known that a lettering can write them."""
    return set()


@lru_cache(maxsize=16384)
def _width(lettering: Lettering, text: str) -> float:
    return sum(font.getlength(run) for font, run in lettering.runs(text))


def _draws(font: FreeTypeFont, letter: str) -> bool:
    return bytes(font.getmask(letter)) != bytes(font.getmask(_NO_LETTER))


@lru_cache(maxsize=64)
def _case(lettering: Lettering) -> _Case:
    """Takes the faces whose weight is nearest: a family has a file for each weight, or one for several."""

    def distance(face: Face) -> int:
        return max(face.lightest - lettering.weight, lettering.weight - face.heaviest, 0)

    least = min(map(distance, lettering.faces))
    chosen = [face for face in reversed(lettering.faces) if distance(face) == least]
    fonts = tuple(_font(face, lettering.weight, lettering.size) for face in chosen)
    return _Case(tuple(chosen), fonts)


def _font(face: Face, weight: int, size: int) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415

    font = ImageFont.truetype(io.BytesIO(face.content), size, layout_engine=ImageFont.Layout.BASIC)
    if face.lightest != face.heaviest:
        font.set_variation_by_axes([min(max(weight, face.lightest), face.heaviest)])
    return font


def faces(css: str, files: Mapping[str, bytes]) -> tuple[Face, ...]:
    """Returns the upright faces of a style sheet whose files are among those given, in its order."""
    return tuple(_faces(_FACE.findall(css), files))


def _faces(rules: Iterable[str], files: Mapping[str, bytes]) -> Iterator[Face]:
    for rule in rules:
        said = {
            name.strip(): value.strip() for name, _, value in (one.partition(":") for one in rule.split(";"))
        }
        found = _FILE.search(said.get("src", ""))
        weights = [int(part) for part in said.get("font-weight", "400").split() if part.isdigit()]
        if found and found[1] in files and weights and said.get("font-style", "normal") == "normal":
            family, ranges = said.get("font-family", "").strip("\"'"), said.get("unicode-range", "")
            yield Face(family, weights[0], weights[-1], files[found[1]], tuple(_ranges(ranges)))


def _ranges(written: str) -> Iterator[tuple[int, int]]:
    for first, last in _RANGE.findall(written):
        yield int(first, 16), int(last or first, 16)


class Sheet:
    """A sheet of paper of some size, in pixels."""

    def __init__(self, width: int, height: int) -> None:
        from PIL import Image  # noqa: PLC0415

        # What is drawn on each is how much of the colour covers the paper.
        self.ink: Picture = Image.new("L", (width, height))
        self.accent: Picture = Image.new("L", (width, height))

    def write(self, at: tuple[int, int], text: str, lettering: Lettering, strength: float) -> None:
        """Writes a line that begins at a point of its base line; with a strength of 0 in the accent."""
        from PIL import ImageDraw  # noqa: PLC0415

        target, fill = self._colour(strength)
        draw, (x, y) = ImageDraw.Draw(target), at
        place = float(x)
        for font, run in lettering.runs(text):
            draw.text((place, y), run, fill, font, anchor="ls")
            place += font.getlength(run)

    def fill(self, box: tuple[int, int, int, int], strength: float) -> None:
        """Fills a box, given by its left, top, right and bottom; with a strength of 0 with the accent."""
        target, fill = self._colour(strength)
        target.paste(fill, box)

    def _colour(self, strength: float) -> tuple[Picture, int]:
        return (self.ink, round(_FULL * strength)) if strength else (self.accent, _FULL)

    def png(self, paper: str, ink: str, accent: str) -> bytes:
        """Returns the sheet as a PNG of sixteen colours, which holds nothing but its pixels."""
        from PIL import ImageChops  # noqa: PLC0415

        sheet = self.ink.point([round(value * _INKS / _FULL) for value in range(256)])
        # The accent mostly is a narrow band, and the rest of its picture need not be looked at.
        if box := self.accent.getbbox():
            steps = [round(value * _ACCENTS / _FULL) for value in range(256)]
            accents = self.accent.crop(box).point([step and step + _INKS for step in steps])
            sheet.paste(ImageChops.lighter(sheet.crop(box), accents), box)
        mixtures = [_mixed(ink, paper, step / _INKS) for step in range(_INKS + 1)]
        mixtures += [_mixed(accent, paper, step / _ACCENTS) for step in range(1, _ACCENTS + 1)]
        sheet.putpalette([part for mixture in mixtures for part in mixture])
        target = io.BytesIO()
        sheet.save(target, "PNG", bits=4, compress_level=_QUICK)
        return target.getvalue()


def _mixed(colour: str, paper: str, share: float) -> tuple[int, ...]:
    pairs = zip(_parts(colour), _parts(paper), strict=True)
    return tuple(round(one * share + other * (1 - share)) for one, other in pairs)


def _parts(colour: str) -> tuple[int, ...]:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == len("rgb") else digits
    return tuple(bytes.fromhex(digits))
