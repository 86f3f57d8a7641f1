"""Charts and strips in a browser: readable on a telephone, in every light, and leading to what they draw."""

from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import WIDE
from tests.browser.published import Published
from tests.browser.test_axe import judged, open_for_axe

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 390, 1280)
SMALLEST_TEXT = 11
SMALLEST_TARGET = 24

# Words of a drawing that are too small, stick out of their figure, or lie on each other or on a mark.
UNREADABLE = """(smallest) => [...document.querySelectorAll('.chart, .strip')].flatMap((drawing) => {
  const room = drawing.getBoundingClientRect();
  const found = [];
  for (const svg of drawing.querySelectorAll(':not(svg) > svg')) {
    if (!svg.checkVisibility() || !svg.getBoundingClientRect().width) continue;
    const texts = [...svg.querySelectorAll('text')];
    const marks = [...svg.querySelectorAll('path, circle, .chart__bar, .chart__bounds')];
    const boxes = [...texts, ...marks].map((one) => one.getBoundingClientRect());
    texts.forEach((text, number) => {
      const box = boxes[number];
      const size = parseFloat(getComputedStyle(text).fontSize);
      if (size < smallest) found.push(`${text.textContent}: ${size}px`);
      const inside = box.left >= room.left - 1 && box.right <= room.right + 1;
      if (!inside) found.push(`${text.textContent}: sticks out`);
      boxes.forEach((other, place) => {
        const apart = box.right <= other.left || other.right <= box.left
          || box.bottom - 3 <= other.top || other.bottom <= box.top + 3;
        if (place !== number && !apart) found.push(`${text.textContent}: on a mark or on other words`);
      });
    });
  }
  return found;
})"""
SMALL_TARGETS = """(smallest) => [...document.querySelectorAll('.chart__track[href], .strip a')]
  .map((link) => [link, link.getBoundingClientRect()])
  .filter(([, box]) => box.height < smallest || box.width < smallest - 1)
  .map(([link, box]) => `${link.ariaLabel ?? link.textContent}: ${box.width} by ${box.height}`)"""
TABLE = """() => [...document.querySelectorAll('.chart__track[href]')].map((link) =>
  [link.ariaLabel, Boolean(document.getElementById(link.hash.slice(1))?.closest('table'))])"""
COLOURS = """() => {
  const ground = getComputedStyle(document.body).backgroundColor;
  return [...document.querySelectorAll('.chart__shape, .chart__hollow, .chart__number')]
    .map((one) => getComputedStyle(one))
    .filter((style) => style.fill === ground && style.stroke === 'none').length;
}"""


def drawn(site: Published) -> Iterator[str]:
    """The pages with a drawing: those with charts, and the two lengths of a strip."""
    for path, page in site.pages.items():
        if page.xpath("//figure[contains(@class, 'chart')]"):
            yield path
    yield from ("index.html", "timeline/index.html")


def test_the_dossier_draws_charts(site: Published) -> None:
    """There are charts of one place, and small multiples, for the tests below to look at."""
    panels = [len(page.xpath("//*[contains(@class, 'chart__panel')]")) for page in site.pages.values()]
    assert len(list(drawn(site))) >= 5
    assert max(panels) >= 2


def test_every_word_of_a_drawing_is_readable(site: Published, roots: Mapping[str, str], tab: Page) -> None:
    """At every width no word of a drawing is below 11 pixels, cut off, or on a mark or another word."""
    found = {}
    for path in drawn(site):
        tab.goto(roots["root"] + path)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 800})
            found[path, width] = tab.evaluate(UNREADABLE, SMALLEST_TEXT)
    tab.set_viewport_size(WIDE)
    assert {} == {where: words for where, words in found.items() if words}


def test_every_mark_is_a_target(site: Published, roots: Mapping[str, str], tab: Page) -> None:
    """On a narrow screen each mark and each bar can be hit with a finger."""
    found = {}
    for path in drawn(site):
        tab.goto(roots["root"] + path)
        tab.set_viewport_size({"width": 360, "height": 800})
        found[path] = tab.evaluate(SMALL_TARGETS, SMALLEST_TARGET)
    tab.set_viewport_size(WIDE)
    assert {} == {where: small for where, small in found.items() if small}


def test_every_mark_leads_to_its_row(site: Published, roots: Mapping[str, str], tab: Page) -> None:
    """Each mark has a name of its own and leads to a row of a table on the same page."""
    for path in drawn(site):
        tab.goto(roots["root"] + path)
        marks = tab.evaluate(TABLE)
        assert [] == [name for name, in_table in marks if not in_table]
        assert len(marks) == len({name for name, _ in marks})


def test_charts_have_no_barrier(site: Published, roots: Mapping[str, str], free_tab: Page) -> None:
    """Neither a chart of one place nor small multiples break WCAG 2.2 AA, light or dark, narrow or wide."""
    multiples = "//*[contains(@class, 'chart__panel')]"
    charts = [path for path in drawn(site) if path.startswith("figures/")]
    single = next(path for path in charts if not site.pages[path].xpath(multiples))
    several = next(path for path in charts if site.pages[path].xpath(multiples))
    for path in (single, several):
        open_for_axe(free_tab, roots["root"] + path)
        assert [] == judged(free_tab)


def test_marks_stand_out_in_forced_colours(site: Published, roots: Mapping[str, str], free_tab: Page) -> None:
    """Where the reader's machine forces its own colours, no mark and no number takes that of the ground."""
    free_tab.emulate_media(forced_colors="active")
    for path in drawn(site):
        free_tab.goto(roots["root"] + path)
        assert 0 == free_tab.evaluate(COLOURS)


def test_a_word_on_a_mark_would_be_found(roots: Mapping[str, str], site: Published, tab: Page) -> None:
    """The search for unreadable words finds one that is put on its mark, and one that is made small."""
    tab.goto(roots["root"] + next(drawn(site)))
    tab.evaluate(
        """() => { const [one, other] = document.querySelectorAll('.chart__number');
             one.setAttribute('dx', '0'); other.setAttribute('font-size', '9');
             other.classList.remove('chart__number'); }"""
    )
    found = " ".join(tab.evaluate(UNREADABLE, SMALLEST_TEXT))
    assert "on a mark" in found
    assert "9px" in found
