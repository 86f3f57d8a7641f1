"""A reader of one language finds the same page in the other, and no barrier in either."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page

from tests.browser.published import Published
from tests.browser.test_axe import judged, open_for_axe

pytestmark = pytest.mark.browser

PATHS = ("index.html", "regions/buryatia.html", "timeline/2022-09.html", "method.html", "data/index.html")


@pytest.mark.parametrize("root", ["root", "below", "disk"])
def test_the_switch_keeps_the_page(root: str, roots: Mapping[str, str], bare_tab: Page) -> None:
    """Without a script, the switch leads to the page in Russian and back, on a host and on a disk."""
    for path in PATHS:
        bare_tab.goto(roots[root] + path)
        bare_tab.locator(".languages a").click()
        assert roots[root] + "ru/" + path == bare_tab.url
        assert "ru" == bare_tab.locator("html").get_attribute("lang")
        bare_tab.locator(".languages a").click()
        assert roots[root] + path == bare_tab.url


@pytest.mark.parametrize("path", PATHS)
def test_a_russian_page_has_no_barrier(path: str, roots: Mapping[str, str], free_tab: Page) -> None:
    """Axe finds as little on a Russian page as on an English one."""
    open_for_axe(free_tab, f"{roots['root']}ru/{path}")
    assert [] == judged(free_tab)


def test_a_russian_page_is_no_wider_than_its_screen(
    site: Published, roots: Mapping[str, str], bare_tab: Page
) -> None:
    """Longer words do not push a page beyond a narrow screen."""
    bare_tab.set_viewport_size({"width": 360, "height": 740})
    wide = []
    for path in PATHS:
        assert f"ru/{path}" in site.pages
        bare_tab.goto(f"{roots['root']}ru/{path}")
        if bare_tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert [] == wide
