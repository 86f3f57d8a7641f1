"""axe finds no barrier on a page of any kind, light and dark, narrow and wide."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import KINDS

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
SIZES = ((390, 844), (1280, 900))
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# The markup is one in light and dark, so in the dark only what depends on colours is judged.
COLOURS = ("color-contrast", "link-in-text-block")
SCHEMES: tuple[tuple[Literal["light", "dark"], str, tuple[str, ...]], ...] = (
    ("light", "tag", TAGS),
    ("dark", "rule", COLOURS),
)
RUN = """([type, values]) =>
  axe.run(document, {runOnly: {type, values}, resultTypes: ['violations']}).then((result) => ({
    rules: result.passes.length,
    found: result.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id} at ${node.target.join(' ')}: ${node.html.slice(0, 120)}`)),
  }))"""


def open_for_axe(tab: Page, address: str) -> None:
    """Open a page and bring axe into it."""
    tab.goto(address)
    tab.add_script_tag(content=AXE.read_text(encoding="utf-8"))


def judged(tab: Page, sizes: tuple[tuple[int, int], ...] = SIZES) -> list[str]:
    """What axe finds on the opened page, in both colour schemes and at each size."""
    found: dict[str, list[str]] = {}
    for width, height in sizes:
        tab.set_viewport_size({"width": width, "height": height})
        for scheme, kind, values in SCHEMES:
            tab.emulate_media(color_scheme=scheme)
            result = tab.evaluate(RUN, [kind, list(values)])
            assert result["rules"] > (20 if kind == "tag" else 0), "axe judged next to nothing"
            for one in result["found"]:
                found.setdefault(one, []).append(f"{scheme} {width}")
    return [f"{one} ({', '.join(where)})" for one, where in found.items()]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_has_no_barrier(
    kind: str, sample: Mapping[str, str], roots: Mapping[str, str], free_tab: Page
) -> None:
    """Nothing breaks WCAG 2.2 AA, or what axe calls good practice, on the heaviest page of the kind."""
    open_for_axe(free_tab, roots["root"] + sample[kind])
    assert [] == judged(free_tab)


def test_an_opened_note_has_no_barrier(roots: Mapping[str, str], free_tab: Page) -> None:
    """On a narrow screen, where a note opens over the text, nothing in it is a barrier while it is open."""
    free_tab.set_viewport_size({"width": 390, "height": 844})
    open_for_axe(free_tab, roots["root"] + "index.html")
    free_tab.locator("button[popovertarget]:visible").first.click()
    assert 1 == free_tab.locator(":popover-open").count()
    assert [] == judged(free_tab, SIZES[:1])


def test_axe_would_find_a_barrier(roots: Mapping[str, str], free_tab: Page) -> None:
    """A picture without words and a grey on grey, put into a page, are found."""
    open_for_axe(free_tab, roots["root"] + "404.html")
    free_tab.evaluate(
        """() => document.querySelector('main').insertAdjacentHTML('afterbegin',
             '<p style="color: #999; background: #aaa">pale</p><img src="favicon.svg">')"""
    )
    found = " ".join(judged(free_tab))
    assert "image-alt" in found
    assert re.search(r"color-contrast[^)]*\(light 390, dark 390, light 1280, dark 1280\)", found)
