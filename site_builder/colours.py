"""The colours that a theme gives, those mixed from them, and how well one is read on another (WCAG 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# What a style sheet gives, as in `--light-ink: #1d1b18`.
_GIVEN = re.compile(
    r"--(light|dark)-(ink|paper|accent)\s*:\s*#([0-9a-f]{3}|[0-9a-f]{6})\s*(?:;|\})", re.IGNORECASE
)
SCHEMES = ("light", "dark")
# Body text is held to the stricter level of WCAG, all other text to the one that the law asks for.
ENHANCED = 7.0
MINIMUM = 4.5
# Quieter text is so much ink on paper: `--ink-2` in styles/tokens.css.
QUIET = 0.7

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Given:
    """A colour as given: its hexadecimal digits with the sign, and where it stands, counted from 1."""

    hex: str
    line: int
    column: int


def given(css: str) -> Mapping[tuple[str, str], Given]:
    """Returns the colours that a style sheet gives, by scheme and name; only those written as plain hex."""
    return {(found[1].lower(), found[2].lower()): _given(found, css) for found in _GIVEN.finditer(css)}


def _given(found: re.Match[str], css: str) -> Given:
    start = found.start(3) - 1
    return Given(f"#{found[3].lower()}", css.count("\n", 0, start) + 1, start - css.rfind("\n", 0, start))


def told_contrasts(css: str) -> Iterator[tuple[Given, str, str]]:
    """Yields colour, problem and repair of each given one that is read badly on its paper."""
    colours = given(css)
    for scheme in SCHEMES:
        paper = colours.get((scheme, "paper"))
        for name, least in (("ink", ENHANCED), ("accent", MINIMUM)):
            colour = colours.get((scheme, name))
            if colour is None or paper is None:
                continue
            ratio = contrast(colour.hex, paper.hex)
            quiet = contrast(mixed(colour.hex, paper.hex, QUIET), paper.hex)
            if ratio < least:
                what = f"the {scheme} {name} {colour.hex} on the paper {paper.hex}"
                repair = f"at least {least:g} is needed: take a {_way(scheme)} one"
                yield colour, f"{what} has a contrast of {ratio:.1f}", repair
            elif name == "ink" and quiet < MINIMUM:
                what = f"the quieter text mixed from the {scheme} ink {colour.hex} and the paper {paper.hex}"
                repair = f"at least {MINIMUM:g} is needed: take a {_way(scheme)} ink"
                yield colour, f"{what} has a contrast of {quiet:.1f}", repair


def _way(scheme: str) -> str:
    return "darker" if scheme == "light" else "lighter"


def contrast(one: str, other: str) -> float:
    """Returns the contrast of two colours, from 1 to 21, as WCAG 2.2 reckons it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Returns what `color-mix(in oklab, one share, other)` gives, as hex."""
    first, second = _oklab(_linear(one)), _oklab(_linear(other))
    made = _rgb(
        (
            _between(first[0], second[0], share),
            _between(first[1], second[1], share),
            _between(first[2], second[2], share),
        )
    )
    return "#" + "".join(f"{round(255 * _encoded(part)):02x}" for part in made)


def _between(one: float, other: float, share: float) -> float:
    return one * share + other * (1 - share)


def _linear(colour: str) -> Rgb:
    digits = colour.removeprefix("#")
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)  # noqa: PLR2004  # two for each part
    red, green, blue = (int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return _decoded(red), _decoded(green), _decoded(blue)


def _decoded(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # of sRGB


def _encoded(part: float) -> float:
    within = min(max(part, 0.0), 1.0)
    return within * 12.92 if within <= 0.0031308 else 1.055 * within ** (1 / 2.4) - 0.055  # noqa: PLR2004  # of sRGB


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklab(rgb: Rgb) -> Rgb:
    """The colour in Oklab, as CSS Color 4 has it."""
    red, green, blue = rgb
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _rgb(lab: Rgb) -> Rgb:
    lightness, green_red, blue_yellow = lab
    long = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    middle = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
