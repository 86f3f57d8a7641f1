"""On paper: the browser makes pages of what is for print, numbered, with the sources at the end."""

import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Page

from tests.browser.published import Published

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_a_region_fits_a_few_sheets(site: Published, roots: Mapping[str, str], tab: Page, size: str) -> None:
    """A region's page for paper makes at least one sheet, and nothing is cut off at the side of it."""
    path = next(one for one in site.kinds["print"] if not one.endswith("print/index.html"))
    tab.goto(roots["root"] + path)
    sheets = len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format=size)))
    assert 1 <= sheets <= 20
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": 640, "height": 900})
    assert tab.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert "none" == tab.evaluate("getComputedStyle(document.querySelector('.masthead')).display")
    tab.emulate_media(media="screen")
    tab.set_viewport_size({"width": 1280, "height": 900})
