"""The theme's own page: every component in every state, read by a browser and judged by axe."""

import pytest
from playwright.sync_api import Page

from site_builder.specimen import PAGE, show_theme
from tests.browser.test_axe import judged, open_for_axe

pytestmark = pytest.mark.browser

# Examples that stand together on one page repeat ids, landmarks and levels that no single page does; and they
# are parts: what a heading or a landmark leads to is not there.
OF_ONE_PAGE = (
    "duplicate-id",
    "heading-order",
    "landmark",
    # A note's mark may be small within a sentence; its example has none around it.
    "target-size at .cite__open",
)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the theme's page."""
    folder = tmp_path_factory.mktemp("specimen")
    made = show_theme(folder, "dossier", folder / "drawn")
    assert made.written is not None
    return (folder / "drawn" / PAGE).as_uri()


def test_no_component_is_a_barrier(drawn: str, free_tab: Page) -> None:
    """In every state that its examples name, light and dark, narrow and wide, no component has a barrier."""
    open_for_axe(free_tab, drawn)
    found = [one for one in judged(free_tab) if not one.startswith(OF_ONE_PAGE)]
    assert [] == found


def test_no_component_is_wider_than_a_telephone(drawn: str, tab: Page) -> None:
    """At 360 pixels nothing makes the page scroll sideways."""
    tab.goto(drawn)
    tab.set_viewport_size({"width": 360, "height": 800})
    assert tab.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    tab.set_viewport_size({"width": 1280, "height": 900})
