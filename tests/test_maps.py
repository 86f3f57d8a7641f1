"""The map of the regions: projections against published values, drawing, reading, and what a reader gets."""

import json
import math
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from site_builder.build import Options, build
from site_builder.issues import IssueLog
from site_builder.plan.drawing import Frame, drawn, frame_of
from site_builder.plan.projections import (
    Extent,
    Projection,
    conic_equal_area,
    cylindrical_equal_area,
    equal_area,
    equirectangular,
    extent_of,
    fitted,
    unwrapped,
)
from site_builder.plan.steps import step_of, step_words
from site_builder.read.geometry import parse_geometry

ROOT = Path(__file__).resolve().parent.parent
SVG = "{http://www.w3.org/2000/svg}"
SQUARE = (((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)),)
FRAME = Frame(width=100, height=100, left=0, top=1, scale=100)

# Snyder, "Map Projections: A Working Manual", USGS Professional Paper 1395: the numerical examples of
# Albers' conic (page 291) and of the cylindrical equal-area projection (page 278), on a sphere of radius 1.
ALBERS = conic_equal_area((29.5, 45.5), (-96, 23))
LAMBERT = cylindrical_equal_area(30, (-75, 0))


@pytest.mark.parametrize(
    "project,position,expected",
    [
        (ALBERS, (-75, 35), (0.2952720, 0.2416774)),
        (ALBERS, (-96, 23), (0, 0)),
        (LAMBERT, (80, 35), (2.3428242, 0.6623090)),
        (equirectangular(0, (0, 0)), (90, 45), (math.pi / 2, math.pi / 4)),
    ],
)
def test_a_projection_gives_the_published_values(
    project: Projection, position: tuple[float, float], expected: tuple[float, float]
) -> None:
    """The projections place a position where Snyder's examples do, to seven decimals."""
    assert expected == pytest.approx(project(*position), abs=1e-7)


def area(points: list[tuple[float, float]]) -> float:
    """The area of a ring on the plane."""
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairs)) / 2


@given(
    parallels=st.tuples(st.floats(-80, 80), st.floats(-80, 80)),
    centre=st.tuples(st.floats(-180, 180), st.floats(-60, 60)),
    west=st.floats(-60, 59),
    south=st.floats(-70, 69),
)
def test_areas_are_true(
    parallels: tuple[float, float], centre: tuple[float, float], west: float, south: float
) -> None:
    """A degree by a degree has the same area on the map as on the sphere, wherever it lies."""
    steps = [step / 40 for step in range(40)]
    west += centre[0]
    corners = [
        *((west + step, south) for step in steps),
        *((west + 1, south + step) for step in steps),
        *((west + 1 - step, south + 1) for step in steps),
        *((west, south + 1 - step) for step in steps),
    ]
    project = equal_area(parallels, centre)
    on_the_sphere = math.radians(1) * (math.sin(math.radians(south + 1)) - math.sin(math.radians(south)))
    assert on_the_sphere == pytest.approx(area([project(*corner) for corner in corners]), rel=2e-3)


@pytest.mark.parametrize(
    "longitudes,extent",
    [
        ((10, 20, 30), (10, 30)),
        ((170, 179, -175), (170, 185)),
        ((170, 179, 185), (170, 185)),
        ((-10, 10), (-10, 10)),
        ((25,), (25, 25)),
    ],
)
def test_the_extent_is_the_least(longitudes: tuple[float, ...], extent: tuple[float, float]) -> None:
    """Outlines on both sides of the 180th meridian are near to each other, however they are written."""
    found = extent_of((longitude, 5.0) for longitude in longitudes)
    assert extent == pytest.approx((found.west, found.east))


@pytest.mark.parametrize(
    "ring,centre,expected",
    [
        ((179, -179, -178), 100, (179, 181, 182)),
        ((-170, -169), 100, (190, 191)),
        ((190, 191), -170, (-170, -169)),
        ((-180, 180), 0, (-180, -180)),
        ((10, 20), 0, (10, 20)),
    ],
)
def test_a_ring_nowhere_leaps(ring: tuple[float, ...], centre: float, expected: tuple[float, ...]) -> None:
    """The longitudes of a ring run on beyond 180, on the turn of the earth that the map lies on."""
    assert expected == tuple(longitude for longitude, _ in unwrapped([(one, 0.0) for one in ring], centre))


def test_a_map_across_the_equator_is_a_cylinder() -> None:
    """Where the two parallels face each other, meridians are straight: no cone has its tip at infinity."""
    project = fitted(Extent(-10, -20, 10, 20), (0, 0))
    assert project(10, 20)[0] == pytest.approx(project(10, -20)[0])


def test_a_frame_shows_all_and_stays_in_proportion() -> None:
    """What is twice as wide as tall fills the width; what is tall is no higher than nine tenths of it."""
    wide, tall = frame_of([(0, 0), (2, 1)], 100, 1), frame_of([(0, 0), (1, 9)], 100, 1)
    assert [(100, 51), (100, 90)] == [(one.width, one.height) for one in (wide, tall)]


@pytest.mark.parametrize(
    "shape,path",
    [
        (SQUARE, "M0 100l100 0 0-100-100 0z"),
        ((((0, 0), (0, 0.001), (0.001, 0)),), ""),
        ((*SQUARE, ((0.5, 0.5), (0.52, 0.5), (0.52, 0.52))), "M0 100l100 0 0-100-100 0z"),
        ((((5, 5), (6, 5), (6, 6)),), ""),
        ((((0, 0), (9, 0), (9, 1), (0, 1)),), "M0 100l105 0 0-100-105 0z"),
    ],
    ids=["whole", "nothing", "a speck beside it", "outside", "cut at the edge"],
)
def test_a_shape_is_drawn(shape: tuple[tuple[tuple[float, float], ...], ...], path: str) -> None:
    """A path is in whole units, without specks and without what lies far outside the frame."""
    assert path == drawn(shape, FRAME, 5).path


def test_neighbours_keep_one_border() -> None:
    """Two shapes with a common edge are drawn with the same units along it: no gap opens between them."""
    other = (((1.0, 0.0), (1.333, 0.5), (1.0, 1.0), (1.0, 0.0)),)
    assert drawn(SQUARE, FRAME, 5).box[2] == drawn(other, FRAME, 5).box[0]


@pytest.mark.parametrize("origins,step", [(0, 0), (1, 1), (2, 2), (4, 2), (5, 3), (9, 3), (10, 4), (1000, 4)])
def test_the_steps_are_fixed(origins: int, step: int) -> None:
    """The shade of a number never depends on the other numbers."""
    assert step == step_of(origins)


def test_the_steps_are_stated() -> None:
    """Each shade has the numbers it stands for."""
    assert ("0", "1", "2–4", "5–9", "10+") == step_words()


def test_json_nested_without_end_is_told() -> None:
    """A file that would break the reader of JSON is an issue like any other."""
    issues = IssueLog()
    assert parse_geometry("[" * 200_000, issues) is None
    assert ["json-syntax"] == [issue.code for issue in issues]


def test_outlines_heavier_than_a_page_are_refused() -> None:
    """A file of many megabytes is told to be simplified, not drawn."""
    issues = IssueLog()
    assert parse_geometry('{"a": "' + "b" * 2_200_000 + '"}', issues) is None
    assert ["too-large"] == [issue.code for issue in issues]


@pytest.fixture(scope="module")
def sarn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden site with a map, built."""
    return built(ROOT / "tests/sites/map/content", tmp_path_factory.mktemp("sarn"))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first dossier, built."""
    return built(ROOT / "content", tmp_path_factory.mktemp("first"))


def built(content: Path, project: Path) -> Path:
    """The site of a dossier."""
    shutil.copytree(content, project / "content")
    assert build(Options(project=project, output=project / "public")).written
    return project / "public"


def drawing(site: Path, number: int) -> etree._Element:
    """One of the drawings on the page of the regions, with the names that HTML gives to its elements."""
    page = html.document_fromstring((site / "regions/index.html").read_bytes())
    return page.findall(".//svg")[number]


def test_what_is_not_there_looks_unlike_what_is_nothing(sarn: Path) -> None:
    """A region with a page and nothing on record is hatched; one without a page is plain, and no link."""
    found = drawing(sarn, 0)
    zero = found.xpath(".//a[title[contains(., 'West Sarn')]]/path")[0]
    assert ("map__step map__step--0", "url(#Map-1-hatch)") == (zero.get("class"), zero.get("fill"))
    assert 1 == len(found.xpath("./path[@class='map__land']"))


def test_a_region_too_small_to_be_seen_is_a_dot(sarn: Path) -> None:
    """The islet is marked where it is a link, on the larger drawing."""
    assert [0, 1] == [len(drawing(sarn, number).findall(".//a/circle")) for number in (0, 1)]


def test_each_region_is_a_link_once(sarn: Path) -> None:
    """A reader who goes from link to link meets each region once, on one of the two drawings."""
    links = [a.get("href") for number in (0, 1) for a in drawing(sarn, number).findall(".//a")]
    assert ["../regions/lake.html", "../regions/north.html", "../regions/west.html", "#Map-2",
            "../regions/skerry.html"] == links  # fmt: skip


def test_what_has_no_outline_is_named_beside_the_map(sarn: Path) -> None:
    """A region without a code is not dropped in silence."""
    page = html.document_fromstring((sarn / "regions/index.html").read_bytes())
    notes = page.find_class("map__notes")[0].text_content()
    assert "Not on this map: High Moor." in notes


def test_a_picture_says_what_it_shows(sarn: Path) -> None:
    """The small map on a region's page has a text in its place, and the country around has no such map."""
    lake = html.document_fromstring((sarn / "regions/lake.html").read_bytes())
    assert ["Where Lake Town lies, within Sarn"] == lake.xpath("//img/@alt")
    assert not (sarn / "regions/sarn.svg").exists()


def test_a_small_map_is_sound_xml(sarn: Path) -> None:
    """Every picture parses as SVG and holds neither style nor script."""
    for path in sarn.glob("regions/*.svg"):
        tags = {str(element.tag).removeprefix(SVG) for element in etree.parse(path).iter()}
        assert tags <= {"svg", "path", "circle"}, path


def test_no_outlines_mean_no_map(tmp_path: Path) -> None:
    """A dossier without geometry has the tables alone: nothing stands in for a map."""
    site = built(ROOT / "tests/sites/minimal/content", tmp_path)
    page = (site / "regions/index.html").read_text(encoding="utf-8")
    assert not re.search(r"<svg|map__|/map-", page)
    assert [] == list(site.glob("regions/*.svg"))


OCCUPIED = {"crimea": "UA-43", "sevastopol": "UA-40", "donetsk": "UA-14", "luhansk": "UA-09",
            "zaporizhzhia": "UA-23", "kherson": "UA-65"}  # fmt: skip


@pytest.mark.parametrize("region", sorted(OCCUPIED))
def test_what_is_occupied_is_drawn_as_ukraines(first: Path, region: str) -> None:
    """Each occupied region is shown within Ukraine on its page, and is a link of the enlarged map."""
    page = html.document_fromstring((first / f"regions/{region}.html").read_bytes())
    assert page.xpath("//img/@alt")[0].endswith("lies, within Ukraine")
    links = [a.get("href") for a in drawing(first, 1).findall(".//a")]
    assert 1 == links.count(f"../regions/{region}.html")


def test_russias_border_leaves_out_what_is_ukraines() -> None:
    """No corner of Ukraine's outlines lies within Russia's, and Crimea lies within Ukraine's bounds."""
    data = json.loads((ROOT / "content/geometry.json").read_text(encoding="utf-8"))
    outlines = {one["properties"]["iso"]: one["geometry"]["coordinates"] for one in data["features"]}
    russia = [ring for polygon in outlines["RU"] for ring in polygon]
    for code in OCCUPIED.values():
        ring = outlines[code][0][0]
        middle = sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
        assert not any(inside(middle, one) for one in russia), code
        assert any(inside(middle, one) for polygon in outlines["UA"] for one in polygon), code


def inside(point: tuple[float, float], ring: list[list[float]]) -> bool:
    """Whether a ring goes round a point: a ray to the east crosses it an odd number of times."""
    x, y = point
    crossings = 0
    for (one_x, one_y), (other_x, other_y) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (one_y > y) != (other_y > y):
            crossings += x < one_x + (y - one_y) * (other_x - one_x) / (other_y - one_y)
    return crossings % 2 == 1


def test_every_region_of_the_first_dossier_is_on_its_map(first: Path) -> None:
    """No region of the first dossier is without an outline."""
    page = html.document_fromstring((first / "regions/index.html").read_bytes())
    assert "Not on this map" not in page.find_class("map__notes")[0].text_content()
