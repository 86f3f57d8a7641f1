"""The map of the regions in a browser: reached by keyboard, told apart in every light, as wide as fits."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import WIDE
from tests.browser.published import Published

pytestmark = pytest.mark.browser

REGIONS = "regions/index.html"
LIGHTS = ("light", "dark", "print", "forced")

# Each shade of the legend, then what the map says of land without a page, as painted: red, green, blue.
SHADES = """() => [...document.querySelectorAll('.map__key--1, .map__key--2, .map__key--3, .map__key--4')]
  .filter((key) => key.closest('.map__legend')).map((key) => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    canvas.fillStyle = getComputedStyle(key).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  })"""
FILLS = """(steps) => steps.map((step) => {
  const key = document.querySelector(`.map__legend .map__key--${step}`);
  const shape = document.querySelector(`.map__step--${step}`);
  return [getComputedStyle(key).backgroundColor, getComputedStyle(shape).fill];
})"""
FOCUSED = """() => {
  const link = document.activeElement.closest('.map a');
  const shape = link && link.querySelector('path');
  return shape && [link.getAttribute('href'), getComputedStyle(shape).strokeWidth];
}"""
# The colours of the picture of where a region lies, as the browser draws it.
PICTURE = """() => {
  const picture = document.querySelector('.locator');
  const canvas = Object.assign(document.createElement('canvas'), {width: 300, height: 300}).getContext('2d');
  canvas.drawImage(picture, 0, 0);
  const data = canvas.getImageData(0, 0, 300, 300).data;
  const colours = new Set();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 255) colours.add([...data.slice(at, at + 3)].join());
  }
  return [...colours];
}"""


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """The tab in each light, given back as it was."""
    yield tab
    tab.emulate_media(media="null", color_scheme="null", forced_colors="null")
    tab.set_viewport_size(WIDE)


def set_light(page: Page, light: str) -> None:
    """Show the page in a light."""
    page.emulate_media(
        media="print" if light == "print" else "screen",
        color_scheme="dark" if light in {"dark", "forced"} else "light",
        forced_colors="active" if light == "forced" else "none",
    )


def luminance(colour: list[int]) -> float:
    """The relative luminance of a colour, as WCAG computes it."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("light", LIGHTS)
def test_the_shades_can_be_told_apart_without_colour(
    light: str, page: Page, roots: Mapping[str, str]
) -> None:
    """Each step is lighter or darker than the one before, in one direction, by a quarter or more."""
    page.goto(roots["root"] + REGIONS)
    set_light(page, light)
    shades = [luminance(colour) + 0.05 for colour in page.evaluate(SHADES)]
    steps = [max(one, other) / min(one, other) for one, other in pairwise(shades)]
    assert 4 == len(shades)
    assert shades in (sorted(shades), sorted(shades, reverse=True))
    assert 1.25 <= min(steps), steps


@pytest.mark.parametrize("light", LIGHTS)
def test_the_map_has_the_colours_of_its_legend(light: str, page: Page, roots: Mapping[str, str]) -> None:
    """A region is painted as the legend says its number is."""
    page.goto(roots["root"] + REGIONS)
    set_light(page, light)
    for key, shape in page.evaluate(FILLS, [1, 2, 3]):
        assert key == shape


def test_every_region_is_reached_by_keyboard(page: Page, roots: Mapping[str, str], site: Published) -> None:
    """From link to link each region of the map comes once, and the one that is met is seen."""
    wanted = [str(link) for link in site.pages[REGIONS].xpath("//figure[@class='map']//svg//a/@href")]
    page.goto(roots["root"] + REGIONS)
    page.evaluate("document.querySelector('.map svg a').focus()")
    met = []
    while (found := page.evaluate(FOCUSED)) is not None:
        met.append(found[0])
        assert found[1] == "3px", found
        page.keyboard.press("Tab")
    assert wanted == met
    assert 25 < len(met)


@pytest.mark.parametrize("root", ["root", "disk"])
def test_a_shape_leads_to_its_region(root: str, page: Page, roots: Mapping[str, str]) -> None:
    """Whoever follows Buryatia on the map comes to Buryatia, from a host and from a disk."""
    page.goto(roots[root] + REGIONS)
    page.locator(".map a[href$='buryatia.html']").press("Enter")
    page.wait_for_load_state()
    assert page.url.endswith("regions/buryatia.html")


def test_the_picture_is_drawn_under_the_policy(page: Page, roots: Mapping[str, str]) -> None:
    """The small map shows its region in colour under the headers that a host sends."""
    page.goto(roots["root"] + "regions/kherson.html")
    assert "20,124,150" in page.evaluate(PICTURE)


@pytest.mark.parametrize("width", [320, 360, 390])
def test_the_map_fits_a_telephone(width: int, page: Page, roots: Mapping[str, str]) -> None:
    """No drawing is wider than the window, and none is cut off."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(roots["root"] + REGIONS)
    page.evaluate("document.fonts.ready.then(() => true)")
    boxes = [box.bounding_box() for box in page.locator(".map svg").all()]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert width == page.evaluate("document.scrollingElement.scrollWidth")
