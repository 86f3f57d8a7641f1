"""What a card looks like: the colours and fonts that its theme gives for pages, and no others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from site_builder.colours import given
from site_builder.drawing import Face, faces
from site_builder.read.theme import Theme

_VOICE = re.compile(r"--(serif|sans)\s*:([^;}]*)")
_PLAIN = {"ink": "#1d1b18", "paper": "#ffffff", "accent": "#1d1b18"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardStyle:
    """Three colours, in hexadecimal digits, and the faces of two voices: of sentences, of what is beside."""

    ink: str
    paper: str
    accent: str
    serif: tuple[Face, ...]
    sans: tuple[Face, ...]


@lru_cache(maxsize=4)
def card_style(theme: Theme) -> CardStyle | None:
    """Returns the style of a theme's cards, or None where it ships no font to write them with.

    A voice is set in the first family of its list that the theme ships, else in the first that it ships at
    all. The colours are the light ones.
    """
    shipped = faces(theme.styles, theme.files)
    if not shipped:
        return None
    light = {name: one.hex for (scheme, name), one in given(theme.styles).items() if scheme == "light"}
    colours = {**_PLAIN, **light}
    lists = {found[1]: found[2] for found in _VOICE.finditer(theme.styles)}
    return CardStyle(
        ink=colours["ink"],
        paper=colours["paper"],
        accent=colours["accent"],
        serif=_family(lists.get("serif", ""), shipped),
        sans=_family(lists.get("sans", ""), shipped),
    )


def _family(wanted: str, shipped: tuple[Face, ...]) -> tuple[Face, ...]:
    names = [name.strip().strip("\"'") for name in wanted.split(",")]
    known = {face.family for face in shipped}
    family = next((name for name in names if name in known), shipped[0].family)
    return tuple(face for face in shipped if face.family == family)
