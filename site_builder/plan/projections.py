"""The earth on a plane: the projections of the maps, on a sphere of radius 1.

The formulae are those of John P. Snyder, "Map Projections: A Working Manual" (USGS Professional Paper 1395).
Longitudes and latitudes are degrees; on the plane y grows to the north. A longitude is taken as it is
written: `unwrapped` puts those of a ring on the turn of the earth that the map lies on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import cos, degrees, radians, sin, sqrt

Projection = Callable[[float, float], tuple[float, float]]

_TURN = 360.0
# A cone whose parallels lie as even as that on both sides of the equator is a cylinder.
_FLAT = 0.05
# How far from the edge of the map, as a part of its height, the parallels of true scale lie.
_INSET = 1 / 6


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of the earth. `east` is not below `west`, and may be more than 180."""

    west: float
    south: float
    east: float
    north: float

    @property
    def centre(self) -> tuple[float, float]:
        """The longitude and latitude in its middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def holds(self, longitude: float, latitude: float) -> bool:
        """True if a position lies in it, whichever turn of the earth its longitude is written in."""
        from_west = (longitude - self.west) % _TURN
        return from_west <= self.east - self.west and self.south <= latitude <= self.north


def extent_of(positions: Iterable[tuple[float, float]]) -> Extent:
    """Returns the least extent of at least one position, also where it lies across the 180th meridian."""
    found = tuple(positions)
    latitudes = [latitude for _, latitude in found]
    longitudes = sorted({longitude % _TURN for longitude, _ in found})
    gaps = [
        (after - before, after)
        for before, after in zip(longitudes, [*longitudes[1:], longitudes[0] + _TURN], strict=True)
    ]
    gap, after = max(gaps)
    west = (after + _TURN / 2) % _TURN - _TURN / 2
    return Extent(west, min(latitudes), west + _TURN - gap, max(latitudes))


def unwrapped(ring: Iterable[tuple[float, float]], centre: float) -> tuple[tuple[float, float], ...]:
    """Returns a ring that nowhere leaps a turn of the earth, on the turn around a central meridian."""
    found: list[tuple[float, float]] = []
    for longitude, latitude in ring:
        before = found[-1][0] if found else longitude
        found.append((before + _half_turn(longitude - before), latitude))
    middle = sum(longitude for longitude, _ in found) / len(found)
    turns = centre + _half_turn(middle - centre) - middle
    return tuple((longitude + turns, latitude) for longitude, latitude in found)


def _half_turn(longitude: float) -> float:
    """The same direction as -180 to 180."""
    return longitude if abs(longitude) <= _TURN / 2 else (longitude + _TURN / 2) % _TURN - _TURN / 2


def conic_equal_area(parallels: tuple[float, float], centre: tuple[float, float]) -> Projection:
    """Returns Albers' projection (Snyder 14-1 to 14-6): areas are true, and two parallels are."""
    first, second = (radians(parallel) for parallel in parallels)
    n = (sin(first) + sin(second)) / 2
    c = cos(first) ** 2 + 2 * n * sin(first)

    def radius(latitude: float) -> float:
        return sqrt(max(0.0, c - 2 * n * sin(radians(latitude)))) / n

    middle = radius(centre[1])

    def project(longitude: float, latitude: float) -> tuple[float, float]:
        rho, theta = radius(latitude), n * radians(longitude - centre[0])
        return rho * sin(theta), middle - rho * cos(theta)

    return project


def cylindrical_equal_area(parallel: float, centre: tuple[float, float]) -> Projection:
    """Returns Lambert's cylindrical projection (Snyder 10-1, 10-2): areas are true, and one parallel is."""
    scale = cos(radians(parallel))
    return lambda longitude, latitude: (
        radians(longitude - centre[0]) * scale,
        sin(radians(latitude)) / scale,
    )


def equirectangular(parallel: float, centre: tuple[float, float]) -> Projection:
    """Returns the plate carrée (Snyder 12-1, 12-2): meridians and one parallel are true, areas are not."""
    scale = cos(radians(parallel))
    return lambda longitude, latitude: (radians(longitude - centre[0]) * scale, radians(latitude))


def fitted(extent: Extent, centre: tuple[float, float]) -> Projection:
    """Returns the equal-area projection that suits an extent."""
    inset = (extent.north - extent.south) * _INSET
    parallels = extent.south + inset, extent.north - inset
    return equal_area(parallels, centre)


def equal_area(parallels: tuple[float, float], centre: tuple[float, float]) -> Projection:
    """Returns the equal-area projection of these parallels: a cone, or a cylinder if they face each other."""
    if abs(sum(sin(radians(parallel)) for parallel in parallels)) / 2 < _FLAT:
        return cylindrical_equal_area(degrees(abs(radians(parallels[1] - parallels[0])) / 2), centre)
    return conic_equal_area(parallels, centre)
