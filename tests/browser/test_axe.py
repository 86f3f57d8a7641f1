"""axe finds no barrier on a page of any kind, light and dark, narrow and wide."""

from collections.abc import Mapping
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import KINDS

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
SIZES = ((390, 844), (1280, 900))
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then((result) => ({
  rules: result.passes.length,
  found: result.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id} at ${node.target.join(' ')}: ${node.html.slice(0, 120)}`)),
}))"""


def judged(tab: Page) -> list[str]:
    """What axe finds on the opened page, in both colour schemes and at both widths."""
    found: dict[str, list[str]] = {}
    for width, height in SIZES:
        tab.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme="light" if scheme == "light" else "dark")
            result = tab.evaluate(RUN, list(TAGS))
            assert 20 < result["rules"], "axe judged next to nothing"
            for one in result["found"]:
                found.setdefault(one, []).append(f"{scheme} {width}")
    return [f"{one} ({', '.join(where)})" for one, where in found.items()]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_has_no_barrier(
    kind: str, sample: Mapping[str, str], roots: Mapping[str, str], free_tab: Page
) -> None:
    """Nothing breaks WCAG 2.2 AA, or what axe calls good practice, on the heaviest page of the kind."""
    free_tab.goto(roots["root"] + sample[kind])
    free_tab.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    assert [] == judged(free_tab)


def test_an_opened_note_has_no_barrier(roots: Mapping[str, str], free_tab: Page) -> None:
    """On a narrow screen, where a note opens over the text, axe finds nothing against it while it is open."""
    free_tab.set_viewport_size({"width": 390, "height": 844})
    free_tab.goto(roots["root"] + "index.html")
    free_tab.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    free_tab.locator("button[popovertarget]:visible").first.click()
    assert 1 == free_tab.locator(":popover-open").count()
    for scheme in ("light", "dark"):
        free_tab.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        assert [] == free_tab.evaluate(RUN, list(TAGS))["found"]


def test_axe_would_find_a_barrier(roots: Mapping[str, str], free_tab: Page) -> None:
    """A picture without words and a grey on grey, put into a page, are found."""
    free_tab.goto(roots["root"] + "index.html")
    free_tab.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    free_tab.evaluate(
        """() => document.querySelector('main').insertAdjacentHTML('afterbegin',
             '<p style="color: #999; background: #aaa">pale</p><img src="favicon.svg">')"""
    )
    found = " ".join(judged(free_tab))
    assert "image-alt" in found
    assert "color-contrast" in found
