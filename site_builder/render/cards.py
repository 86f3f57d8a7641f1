"""Cards: where each line stands, and the picture that becomes of it.

A card is 1,200 by 630 pixels, the size that those who show links ask for. It is laid out before it is drawn,
so that what stands on it can be read by a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.drawing import INK, QUIET, RULE, Face, Lettering, Sheet
from site_builder.plan.contexts import Card, CardStatement
from site_builder.read.card_style import CardStyle

WIDTH, HEIGHT = 1200, 630
_EDGE, _GAP = 72, 56
_ACCENT = 0.0
_BAND = 10
_TOP, _ABOVE, _BODY, _FOOT, _BOTTOM = 92, 168, 200, 548, 596
_TITLE_SIZES = (64, 52, 44)
_TITLE_LINES = 3
_NUMBER_SIZES = (88, 72, 60, 48, 38)
_SMALL, _TEXT = 28, 33


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a card: `x` and `y` are where its base line begins; a strength of 0 stands for the accent."""

    x: int
    y: int
    text: str
    lettering: Lettering
    strength: float


def card_png(card: Card, style: CardStyle) -> bytes:
    """Returns the card as a PNG; the same card and style give the same bytes."""
    sheet = Sheet(WIDTH, HEIGHT)
    sheet.fill((0, 0, WIDTH, _BAND), _ACCENT)
    sheet.fill((_EDGE, _FOOT, WIDTH - _EDGE, _FOOT + 2), RULE)
    for line in card_lines(card, style):
        sheet.write((line.x, line.y), line.text, line.lettering, line.strength)
    return sheet.png(style.paper, style.ink, style.accent)


def card_lines(card: Card, style: CardStyle) -> tuple[Line, ...]:
    """Returns every line of the card, from top to bottom."""
    return tuple(_lines(card, style))


def _lines(card: Card, style: CardStyle) -> Iterator[Line]:
    strong, plain = Lettering(style.sans, 600, _SMALL), Lettering(style.sans, 400, _SMALL)
    yield from _row(card.site, _TOP, strong, INK)
    yield from _row(card.above, _ABOVE, plain, QUIET)
    title, y = _title(card, style.serif)
    yield from title
    if card.statements:
        yield from _statements(card.statements, style, y)
    else:
        text = Lettering(style.serif, 400, _TEXT)
        step = round(_TEXT * 1.4)
        first = y + step + _TEXT // 2
        yield from _block(card.text, (_EDGE, first), text, _inner(), (_FOOT - 30 - first) // step + 1)
    edition = Lettering(style.sans, 400, _SMALL - 4)
    right = WIDTH - _EDGE - round(edition.width(card.edition))
    yield Line(x=right, y=_BOTTOM, text=card.edition, lettering=edition, strength=QUIET)
    for line in wrapped(card.differs, strong, right - _EDGE - _GAP, 1):
        yield Line(x=_EDGE, y=_BOTTOM, text=line, lettering=strong, strength=_ACCENT)


def _inner() -> int:
    return WIDTH - 2 * _EDGE


def _row(text: str, y: int, lettering: Lettering, strength: float) -> Iterator[Line]:
    for line in wrapped(text, lettering, _inner(), 1):
        yield Line(x=_EDGE, y=y, text=line, lettering=lettering, strength=strength)


def _title(card: Card, serif: tuple[Face, ...]) -> tuple[list[Line], int]:
    """Returns the title in the largest size that takes few lines, and the base line of its last one."""
    room = _TITLE_LINES - 1 if card.statements else _TITLE_LINES
    for size in _TITLE_SIZES:
        lettering = Lettering(serif, 600, size)
        if len(wrapped(card.title, lettering, _inner(), room + 1)) <= room:
            break
    step = round(size * 1.16)
    lines = list(_block(card.title, (_EDGE, _BODY + size), lettering, _inner(), room, step))
    return lines, lines[-1].y


def _block(  # where, how wide, how many
    text: str, at: tuple[int, int], lettering: Lettering, width: int, most: int, step: int = 0
) -> Iterator[Line]:
    for number, line in enumerate(wrapped(text, lettering, width, most)):
        y = at[1] + number * (step or round(lettering.size * 1.4))
        yield Line(x=at[0], y=y, text=line, lettering=lettering, strength=INK)


def _statements(statements: tuple[CardStatement, ...], style: CardStyle, y: int) -> Iterator[Line]:
    """Sets statements side by side, their numbers in one size: none is louder than the other."""
    width = (_inner() - _GAP * (len(statements) - 1)) // len(statements)
    number = next(
        (
            lettering
            for lettering in (Lettering(style.serif, 600, size) for size in _NUMBER_SIZES)
            if all(lettering.width(one.words) <= width for one in statements)
        ),
        Lettering(style.serif, 600, _NUMBER_SIZES[-1]),
    )
    base = y + 36 + round(number.size * 0.95)
    for place, one in enumerate(statements):
        yield from _statement(one, style, number, (_EDGE + place * (width + _GAP), base, width))


def _statement(
    one: CardStatement, style: CardStyle, number: Lettering, at: tuple[int, int, int]
) -> Iterator[Line]:
    x, y, width = at
    small = Lettering(style.sans, 400, _SMALL)
    for line in wrapped(one.words, number, width, 1):
        yield Line(x=x, y=y, text=line, lettering=number, strength=INK)
    step = round(_SMALL * 1.35)
    y += number.size // 8
    for text, most, strength in ((one.unit, 1, QUIET), (one.about, 1, QUIET), (one.says, 3, INK)):
        for line in wrapped(text, small, width, most):
            y += step
            if y < _FOOT - 12:
                yield Line(x=x, y=y, text=line, lettering=small, strength=strength)


def wrapped(text: str, lettering: Lettering, width: int, most: int) -> list[str]:
    """Returns a text in at most so many lines of that width; what does not fit is cut, with an ellipsis."""
    space = lettering.width(" ")
    lines: list[list[str]] = []
    room = 0.0
    for word in text.split(" ") if text else ():
        needed = lettering.width(word)
        if lines and needed + space <= room:
            lines[-1].append(word)
            room -= needed + space
        elif len(lines) < most:
            lines.append([word])
            room = width - needed
        else:
            lines[-1][-1] += "…"
            break
    return [_cut(" ".join(line), lettering, width) for line in lines]


def _cut(line: str, lettering: Lettering, width: int) -> str:
    while lettering.width(line) > width and len(line) > 1:
        shorter = line.rstrip("…")[:-1].rstrip(" ,;:–—")
        line = f"{shorter}…"
    return line
