"""Shapes on a plane as paths of SVG: fitted to a frame, cut at its edges, in whole units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Point = tuple[float, float]
Unit = tuple[int, int]
# Rings on a plane, y to the north.
Shape = tuple[tuple[Point, ...], ...]

_TALLEST = 0.9
_LEAST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the plane, and how it lies on the page: in units, y downwards."""

    width: int
    height: int
    left: float
    top: float
    scale: float

    def unit(self, point: Point) -> Point:
        """A point of the plane on the page."""
        return (point[0] - self.left) * self.scale, (self.top - point[1]) * self.scale


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape on the page: its path, empty where nothing is seen, and its box: left, top, right, bottom."""

    path: str
    box: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def size(self) -> int:
        """The longer side of its box."""
        left, top, right, bottom = self.box
        return max(right - left, bottom - top)

    @property
    def middle(self) -> Unit:
        """The middle of its box."""
        left, top, right, bottom = self.box
        return (left + right) // 2, (top + bottom) // 2


def frame_of(points: Iterable[Point], width: int, margin: int) -> Frame:
    """Returns the frame of that width that shows all the points; what is tall stands in its middle."""
    found = tuple(points)
    left, right = min(x for x, _ in found), max(x for x, _ in found)
    bottom, top = min(y for _, y in found), max(y for _, y in found)
    room, tallest = width - 2 * margin, round(width * _TALLEST) - 2 * margin
    # A place without extent, such as a single point, is drawn as one.
    scale = min(room / ((right - left) or 1e-9), tallest / ((top - bottom) or 1e-9))
    spare = (width - (right - left) * scale) / 2
    return Frame(
        width=width,
        height=round((top - bottom) * scale) + 2 * margin,
        left=left - spare / scale,
        top=top + margin / scale,
        scale=scale,
    )


def drawn(shape: Shape, frame: Frame, speck: int) -> Drawn:
    """Returns a shape as it lies in a frame; of rings smaller than a speck at most the largest is kept."""
    rings = [_in_units(ring, frame) for ring in shape]
    whole = sorted((ring for ring in rings if len(ring) >= _LEAST_POINTS), key=_size, reverse=True)
    kept = [ring for number, ring in enumerate(whole) if not number or _size(ring) >= speck]
    if not kept:
        return Drawn("")
    across, down = [x for ring in kept for x, _ in ring], [y for ring in kept for _, y in ring]
    box = min(across), min(down), max(across), max(down)
    return Drawn("".join(_path(ring) for ring in kept), box)


def line(points: Iterable[Point], frame: Frame) -> str:
    """Returns a closed line as a path, wherever it leads."""
    return _path(_rounded([frame.unit(point) for point in points]))


def _in_units(ring: tuple[Point, ...], frame: Frame) -> list[Unit]:
    """The ring in whole units, cut a little outside the frame, so that no cut is seen."""
    points = [frame.unit(point) for point in ring]
    beyond = frame.width / 20
    edges = ((0, -beyond, 1), (0, frame.width + beyond, -1), (1, -beyond, 1), (1, frame.height + beyond, -1))
    for axis, edge, sign in edges:
        points = _cut(points, [(point[axis] - edge) * sign for point in points])
    return _rounded(points)


def _cut(points: list[Point], inside: list[float]) -> list[Point]:
    """Cuts a ring at one edge (Sutherland and Hodgman); `inside` says how far within each point lies."""
    if min(inside, default=0) >= 0:
        return points
    kept: list[Point] = []
    for number, (point, far) in enumerate(zip(points, inside, strict=True)):
        before, before_far = points[number - 1], inside[number - 1]
        if (before_far < 0) != (far < 0):
            part = before_far / (before_far - far)
            across = before[0] + part * (point[0] - before[0])
            kept.append((across, before[1] + part * (point[1] - before[1])))
        if far >= 0:
            kept.append(point)
    return kept


def _rounded(points: Iterable[Point]) -> list[Unit]:
    found: list[Unit] = []
    for x, y in points:
        unit = round(x), round(y)
        if not found or unit != found[-1]:
            found.append(unit)
    return found[:-1] if len(found) > 1 and found[0] == found[-1] else found


def _size(ring: list[Unit]) -> int:
    across, down = [x for x, _ in ring], [y for _, y in ring]
    return max(max(across) - min(across), max(down) - min(down))


def _path(ring: list[Unit]) -> str:
    """A closed path: an absolute start, then steps, with no more signs than are needed."""
    (x, y), parts = ring[0], []
    for after in ring[1:]:
        parts.append(f"{after[0] - x} {after[1] - y}")
        x, y = after
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(parts)}z".replace(" -", "-")
