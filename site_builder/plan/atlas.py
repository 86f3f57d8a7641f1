"""Every outline on the plane: what of a map is the same in all languages, drawn once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.link import Index
from site_builder.model import Geometry, Outline
from site_builder.plan import addresses
from site_builder.plan.drawing import Drawn, Frame, Point, Shape, drawn, frame_of, line
from site_builder.plan.projections import (
    Extent,
    Projection,
    equal_area,
    equirectangular,
    extent_of,
    fitted,
    unwrapped,
)

# In units of a drawing: its width, its margin, the islands not worth a path.
_WIDTH, _MARGIN, _SPECK = 1200, 8, 4
_SMALL_WIDTH, _SMALL_MARGIN, _SMALL_SPECK, _SMALL_TINY = 600, 16, 5, 24
# Into how many pieces an edge of the enlarged part is bent.
_PIECES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A drawing of the outlines: regions with a page by their code, all the other land, borders, a frame."""

    width: int
    height: int
    regions: Mapping[str, Drawn]
    land: str
    borders: tuple[str, ...]
    frame: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """A small map, a file of its own: where a region lies. `around` is the code of what is drawn around it.

    `marker` is the middle of a region too small to be seen.
    """

    address: str
    width: int
    height: int
    land: str
    shape: str
    around: str = ""
    marker: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """All maps of a dossier; `panels` is empty where there are no outlines.

    `borders` are the codes of what is drawn by its border alone, `unpaged` says that there is other land;
    `enlarged` are the codes that belong on the second panel; `locators` are by region.
    """

    panels: tuple[Panel, ...] = ()
    borders: frozenset[str] = frozenset()
    unpaged: bool = False
    enlarged: frozenset[str] = frozenset()
    locators: Mapping[str, Locator]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A projection, and the meridian around which it takes longitudes."""

    project: Projection
    meridian: float

    def shape(self, outline: Outline) -> Shape:
        """An outline on the plane."""
        return tuple(self.line(ring) for polygon in outline.polygons for ring in polygon)

    def line(self, ring: Iterable[Point]) -> tuple[Point, ...]:
        """A ring on the plane."""
        return tuple(self.project(*position) for position in unwrapped(ring, self.meridian))


def atlas(index: Index) -> Atlas:
    """Draws the maps of a dossier."""
    outlines, asked = index.outlines, index.site.geometry or Geometry()
    if not outlines:
        return Atlas(locators={})
    paged = frozenset(region.iso for region in index.regions.values() if region.iso)
    borders = tuple(one for one in outlines if _is_border(one, outlines))
    parts = tuple(one for one in outlines if one not in borders)
    box = _box(asked)
    return Atlas(
        panels=tuple(_panels(parts, borders, asked, box, paged)),
        borders=frozenset(one.code for one in borders),
        unpaged=any(one.code not in paged for one in parts),
        enlarged=frozenset(one.code for one in parts if box and box.holds(*_extent([one]).centre)),
        locators=dict(_locators(index)),
    )


def _is_border(outline: Outline, outlines: Iterable[Outline]) -> bool:
    """True for a whole country among whose parts others are drawn."""
    return outline.is_whole and any(
        other.country == outline.code and not other.is_whole for other in outlines
    )


def _extent(outlines: Iterable[Outline]) -> Extent:
    return extent_of(
        position
        for outline in outlines
        for polygon in outline.polygons
        for ring in polygon
        for position in ring
    )


def _sheet(outlines: Iterable[Outline], asked: Geometry) -> _Sheet:
    """The projection that the author asks for, completed from what the outlines need."""
    extent = _extent(outlines)
    centre = (float(asked.centre[0]), float(asked.centre[1])) if asked.centre else extent.centre
    parallels = [float(one) for one in asked.parallels]
    if asked.projection == "equirectangular":
        return _Sheet(equirectangular(parallels[0] if parallels else centre[1], centre), centre[0])
    if parallels:
        return _Sheet(equal_area((parallels[0], parallels[1]), centre), centre[0])
    return _Sheet(fitted(extent, centre), centre[0])


def _panels(
    parts: tuple[Outline, ...],
    borders: tuple[Outline, ...],
    asked: Geometry,
    box: Extent | None,
    paged: frozenset[str],
) -> Iterator[Panel]:
    sheet = _sheet(parts, asked)
    points = [point for one in parts for ring in sheet.shape(one) for point in ring]
    if box is None:
        yield _panel(parts, borders, sheet, frame_of(points, _WIDTH, _MARGIN), paged)
        return
    edge = _edge(box)
    around = sheet.line(edge)
    frame = frame_of([*points, *around], _WIDTH, _MARGIN)
    yield _panel(parts, borders, sheet, frame, paged, line(around, frame))
    near = _Sheet(fitted(box, box.centre), box.centre[0])
    yield _panel(parts, borders, near, frame_of(near.line(edge), _WIDTH, 0), paged)


def _panel(
    parts: tuple[Outline, ...],
    borders: tuple[Outline, ...],
    sheet: _Sheet,
    frame: Frame,
    paged: frozenset[str],
    around: str = "",
) -> Panel:
    shapes = [(one, drawn(sheet.shape(one), frame, _SPECK)) for one in parts]
    return Panel(
        width=frame.width,
        height=frame.height,
        regions={one.code: shape for one, shape in shapes if one.code in paged and shape.path},
        land="".join(shape.path for one, shape in shapes if one.code not in paged),
        borders=tuple(path for one in borders if (path := drawn(sheet.shape(one), frame, _SPECK).path)),
        frame=around,
    )


def _box(asked: Geometry) -> Extent | None:
    if asked.enlarged is None:
        return None
    west, south, east, north = (float(edge) for edge in asked.enlarged.box)
    return Extent(west, south, east, north)


def _edge(box: Extent) -> tuple[Point, ...]:
    """The edge of a stretch of the earth, in pieces short enough to bend with the projection."""
    parts = [piece / _PIECES for piece in range(_PIECES)]
    across, up = box.east - box.west, box.north - box.south
    return (
        *((box.west + part * across, box.south) for part in parts),
        *((box.east, box.south + part * up) for part in parts),
        *((box.east - part * across, box.north) for part in parts),
        *((box.west, box.north - part * up) for part in parts),
    )


def _locators(index: Index) -> Iterator[tuple[str, Locator]]:
    """Yields the small map of each region that has an outline.

    A part of a country lies within its border where there is one, everything else among all outlines; a
    country with parts has none, for it would be the whole picture.
    """
    outlines = index.outlines
    found = {outline.code: outline for outline in outlines if outline.code}
    grounds: dict[str, tuple[_Sheet, Frame, str]] = {}
    for region in index.regions.values():
        outline = found.get(region.iso or "")
        if outline is None or _is_border(outline, outlines):
            continue
        around = found.get(outline.country) if not outline.is_whole else None
        code = around.code if around else ""
        if code not in grounds:
            grounds[code] = _ground((around,) if around else outlines)
        sheet, frame, land = grounds[code]
        shape = drawn(sheet.shape(outline), frame, _SMALL_SPECK)
        yield (
            region.id,
            Locator(
                address=addresses.locator(region.id),
                width=frame.width,
                height=frame.height,
                land=land,
                shape=shape.path,
                around=code,
                marker=shape.middle if shape.size < _SMALL_TINY else None,
            ),
        )


def _ground(outlines: tuple[Outline, ...]) -> tuple[_Sheet, Frame, str]:
    sheet = _sheet(outlines, Geometry())
    shapes = [sheet.shape(one) for one in outlines if not _is_border(one, outlines)]
    points = (point for shape in shapes for ring in shape for point in ring)
    frame = frame_of(points, _SMALL_WIDTH, _SMALL_MARGIN)
    return sheet, frame, "".join(drawn(shape, frame, _SMALL_SPECK).path for shape in shapes)
