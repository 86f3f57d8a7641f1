"""GeoJSON to the outlines of regions; every mistake with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from site_builder.issues import IssueLog, Place, did_you_mean
from site_builder.model import Geometry, Outline, Polygon, Position, Ring, Site
from site_builder.read import RawContent
from site_builder.read.geometry import GEOMETRY_FILE, RawGeometry

_WEST, _EAST, _POLE = -180.0, 360.0, 90.0
# A ring's last position repeats its first.
_LEAST_OF_A_RING = 4
_AREAS = ("Polygon", "MultiPolygon")


class _NotAnAreaError(Exception):
    """A feature that cannot be drawn: what is wrong with it, and the repair."""


class _NotOnEarthError(Exception):
    """A feature with a position that is none: what is wrong with it, and the repair."""


def outlines(raw: RawContent, site: Site, issues: IssueLog) -> tuple[Outline, ...]:
    """Returns the outlines in the file's order, none for a feature without an area, or issues."""
    if raw.geometry is None:
        if site.geometry and not {GEOMETRY_FILE} & {*raw.texts, *(one.place.path for one in raw.unread)}:
            repair = "put the outlines there as GeoJSON, or remove 'geometry:' from site.yaml"
            issues.error(Place(GEOMETRY_FILE), "missing-file", "site.yaml asks for a map of outlines", repair)
        return ()
    return _outlines(raw.geometry, (site.geometry or Geometry()).code, issues)


def _outlines(raw: RawGeometry, name: str, issues: IssueLog) -> tuple[Outline, ...]:
    features = _features(raw.value)
    if isinstance(raw.value, Mapping) and raw.value.get("type") == "Topology":
        repair = "write it as GeoJSON, with mapshaper for example"
        issues.error(Place(GEOMETRY_FILE), "bad-geometry", "this is TopoJSON, not GeoJSON", repair)
        return ()
    if not features:
        repair = "write a GeoJSON FeatureCollection whose 'features' are Polygons or MultiPolygons"
        issues.error(Place(GEOMETRY_FILE), "bad-geometry", "the file holds no features", repair)
        return ()
    finder = _Finder(raw.text, name)
    found = tuple(_read(features, name, finder, issues))
    if found and not any(outline.code for outline in found):
        names = sorted({str(key) for feature in features for key in _properties(feature)})
        repair = (
            did_you_mean(name, names)
            or f"write 'geometry: {{code: …}}' in site.yaml; found: {', '.join(names)}"
        )
        issues.error(Place(GEOMETRY_FILE), "bad-geometry", f"no feature has the property '{name}'", repair)
    return found


def _read(features: list[object], name: str, finder: _Finder, issues: IssueLog) -> Iterator[Outline]:
    taken: set[str] = set()
    for number, feature in enumerate(features, 1):
        code = _code(feature, name)
        place = finder.next_place(code)
        if code and code in taken:
            problem = f"there is a second outline with the code {code}"
            issues.error(place, "duplicate-outline", problem, "join the two into one MultiPolygon")
        taken.add(code)
        whose = f"the outline of {code or f'feature {number}'}"
        try:
            polygons = tuple(_polygons(feature))
        except _NotAnAreaError as error:
            problem, repair = error.args
            issues.error(place, "bad-geometry", f"{whose} {problem}", repair)
        except _NotOnEarthError as error:
            problem, repair = error.args
            issues.error(place, "bad-coordinate", f"{whose} {problem}", repair)
        else:
            if polygons:
                yield Outline(code, polygons)


class _Finder:
    """Finds where in the text each feature gives its code, feature by feature."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = re.escape(name)
        self.position = 0

    def next_place(self, code: str) -> Place:
        """The place of the next feature's code; the whole file where it has none, or an unusual spelling."""
        found = code and re.compile(rf'"{self.name}"\s*:\s*"?({re.escape(code)})"?').search(
            self.text, self.position
        )
        if not found:
            return Place(GEOMETRY_FILE)
        self.position = found.end()
        start = found.start(1)
        line = self.text.count("\n", 0, start) + 1
        return Place(GEOMETRY_FILE, line, start - self.text.rfind("\n", 0, start), len(code))


def _features(value: object) -> list[object]:
    if not isinstance(value, Mapping):
        return []
    if value.get("type") == "Feature":
        return [value]
    found = value.get("features")
    return found if isinstance(found, list) else []


def _properties(feature: object) -> Mapping[object, object]:
    found = feature.get("properties") if isinstance(feature, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _code(feature: object, name: str) -> str:
    found = _properties(feature).get(name)
    return str(found).strip() if isinstance(found, str | int) and not isinstance(found, bool) else ""


def _polygons(feature: object) -> Iterator[Polygon]:
    geometry = feature.get("geometry") if isinstance(feature, Mapping) else None
    if geometry is None:
        return
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in _AREAS:
        message = f"is a {kind}, not a Polygon or MultiPolygon"
        raise _NotAnAreaError(message, "leave points and lines out of the file")
    coordinates = geometry.get("coordinates")
    for polygon in [coordinates] if kind == "Polygon" else _list(coordinates):
        rings = tuple(_ring(ring) for ring in _list(polygon))
        if rings:
            yield rings


def _ring(ring: object) -> Ring:
    positions = tuple(_position(one) for one in _list(ring))
    if len(positions) < _LEAST_OF_A_RING:
        message = f"has a ring of {len(positions)} positions"
        raise _NotAnAreaError(message, "a ring has at least four, the last like the first")
    return positions


def _position(value: object) -> Position:
    match value:
        case [int() | float() as longitude, int() | float() as latitude, *_]:
            if _WEST <= longitude <= _EAST and -_POLE <= latitude <= _POLE:
                return float(longitude), float(latitude)
            problem = f"has the position [{_short(longitude)}, {_short(latitude)}], which is not on the earth"
            repair = "positions are [longitude, latitude] in degrees: export the file in WGS 84, unprojected"
            raise _NotOnEarthError(problem, repair)
    repair = "write [longitude, latitude]"
    raise _NotAnAreaError("has a position that is not two numbers", repair)


def _short(number: float) -> str:
    """The number as it is told: JSON allows more digits than anybody reads."""
    return str(number)[:12]


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        problem = "has no coordinates in the form of GeoJSON"
        raise _NotAnAreaError(problem, "export the file again")
    return value
