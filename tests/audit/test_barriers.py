"""axe finds no barrier on any page: light and dark, wide and narrow, at 400 % zoom, and in forced colours."""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypedDict

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.audit.conftest import Hosted
from tests.browser.conftest import ARGUMENTS
from tests.browser.test_axe import RUN, TAGS

PROCESSES = 2

Findings = Mapping[str, Mapping[str, list[str]]]


class State(TypedDict):
    """How a reader looks at a page."""

    width: int
    scheme: str
    forced: str


# A window of 1280 pixels at 400 % is 320 wide to the page.
STATES: Mapping[str, State] = {
    "light, 1280 px": {"width": 1280, "scheme": "light", "forced": "none"},
    "dark, 1280 px": {"width": 1280, "scheme": "dark", "forced": "none"},
    "light, 390 px": {"width": 390, "scheme": "light", "forced": "none"},
    "dark, 390 px": {"width": 390, "scheme": "dark", "forced": "none"},
    "400 % zoom": {"width": 320, "scheme": "light", "forced": "none"},
    "forced colours": {"width": 1280, "scheme": "light", "forced": "active"},
}
# Contrast is the system's affair where it forces the colours; axe reads those that the page asked for.
NOT_JUDGED_IN_FORCED_COLOURS = ("color-contrast", "link-in-text-block")


def judge(chromium: Path, axe: Path, root: str, paths: tuple[str, ...]) -> dict[str, dict[str, list[str]]]:
    """What axe finds, by state and page; a page that is too wide for its window is told as well."""
    source = axe.read_text(encoding="utf-8")
    found: dict[str, dict[str, list[str]]] = {name: {} for name in STATES}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        page = browser.new_context(bypass_csp=True, reduced_motion="reduce").new_page()
        for path in paths:
            page.goto(root + path)
            page.add_script_tag(content=source)
            for name, state in STATES.items():
                if told := _judged(page, state):
                    found[name][path] = told
        browser.close()
    return found


def _judged(page: Page, state: State) -> list[str]:
    page.set_viewport_size({"width": state["width"], "height": 800})
    page.emulate_media(
        color_scheme="dark" if state["scheme"] == "dark" else "light",
        forced_colors="active" if state["forced"] == "active" else "none",
    )
    result = page.evaluate(RUN, ["tag", list(TAGS)])
    assert result["rules"] > 20, "axe judged next to nothing"
    wide = page.evaluate("document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth")
    passed_over = NOT_JUDGED_IN_FORCED_COLOURS if state["forced"] == "active" else ()
    told = [one for one in result["found"] if not one.startswith(passed_over or ("\0",))]
    return told + (["the page scrolls sideways"] if wide else [])


@pytest.fixture(scope="module")
def findings(hosted: Hosted, chromium: Path, judges: Path) -> Findings:
    """What axe finds on every page, by state."""
    return shared_out(hosted, hosted.pages, chromium, judges)


@pytest.fixture(scope="module")
def findings_in_parts(large: Hosted, chromium: Path, judges: Path) -> Findings:
    """What axe finds on pages of a dossier whose lists are divided, by state."""
    assert "list" in large.site.kinds, "no list is divided"
    return shared_out(large, large.spread, chromium, judges)


def shared_out(site: Hosted, paths: tuple[str, ...], chromium: Path, judges: Path) -> Findings:
    """What axe finds on these pages, by state; several browsers look at once."""
    shares = [paths[start::PROCESSES] for start in range(PROCESSES)]
    axe = judges / "axe-core" / "axe.min.js"
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(judge, *zip(*((chromium, axe, site.root, one) for one in shares), strict=True)))
    return {name: {path: told for part in parts for path, told in part[name].items()} for name in STATES}


@pytest.mark.parametrize("state", STATES)
def test_no_page_has_a_barrier(state: str, findings: Findings) -> None:
    """Nothing on any page breaks WCAG 2.2 AA, or what axe calls good practice, however it is looked at."""
    assert {} == findings[state]


@pytest.mark.parametrize("state", STATES)
def test_no_page_of_a_large_dossier_has_a_barrier(state: str, findings_in_parts: Findings) -> None:
    """The same holds for lists in parts, and for the heaviest page of each kind."""
    assert {} == findings_in_parts[state]
