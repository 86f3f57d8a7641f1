"""Hostile texts in Chromium, with the policy switched off: the escaping alone must keep them texts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.host import host
from tests.hostile.browsing import breaches, search_breaches, set_trap
from tests.hostile.dossiers import published
from tests.hostile.payloads import PAYLOADS

pytestmark = pytest.mark.browser

# A few of them: `make torture` opens every page that all of them make.
TRIED = PAYLOADS[::8]


@pytest.fixture(scope="module")
def hostile_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder of a site that says each of the texts in each of the places."""
    return published(TRIED, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def trap_tab(browser: Browser) -> Iterator[Page]:
    """A tab without the site's policy, and with the trap laid."""
    context = browser.new_context(bypass_csp=True)
    tab = context.new_page()
    set_trap(tab)
    yield tab
    context.close()


def lists_of(root: Path) -> list[str]:
    """The pages that hold records of many: between them they say every text in every place."""
    pages = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*.html"))]
    few = {"articles/a-0.html", "events/e-0.html", "regions/r-0.html", "actors/p-0.html", "figures/m-0.html"}
    return [
        page for page in pages if page in few or not page.rpartition("-")[2].removesuffix(".html").isdigit()
    ]


def test_no_text_runs(hostile_root: Path, trap_tab: Page) -> None:
    """Nothing of a text is run, made an element, or fetched from elsewhere."""
    paths = lists_of(hostile_root)
    assert len(paths) > 15
    with host(hostile_root) as root:
        assert [] == list(breaches(trap_tab, root, paths))


def test_no_query_runs(hostile_root: Path, trap_tab: Page) -> None:
    """The texts can be asked for, and neither it nor what is found for it is run."""
    with host(hostile_root) as root:
        assert [] == list(search_breaches(trap_tab, root, PAYLOADS[::5]))
        assert trap_tab.locator("#Finds").count() == 1


def test_the_trap_can_spring(hostile_root: Path, trap_tab: Page) -> None:
    """A text that stood on a page unescaped would be noticed."""
    (hostile_root / "unsafe.html").write_text(
        "<!doctype html><title>x</title><img src=x onerror=trap()><a href=javascript:trap()>x</a>",
        encoding="utf-8",
    )
    with host(hostile_root) as root:
        told = {what for _, what in breaches(trap_tab, root, ["unsafe.html"])}
    (hostile_root / "unsafe.html").unlink()
    assert {"img[onerror]", "a[href=javascript:]"} <= told
    assert any(what.startswith("ran ") for what in told)
