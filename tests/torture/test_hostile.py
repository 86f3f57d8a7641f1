"""Every hostile text in every place, then mixes of them: no page makes anything of them but text."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.host import host
from tests.hostile.browsing import breaches, search_breaches, set_trap
from tests.hostile.dossiers import published
from tests.hostile.pages import forbidden
from tests.hostile.payloads import PAYLOADS
from tests.torture.conftest import Rounds

OF_A_ROUND = 10


@pytest.fixture(scope="module")
def trap_tab() -> Iterator[Page]:
    """A tab without the site's policy, and with the trap laid."""
    chromium = Path(os.environ.get("SITE_BUILDER_CHROMIUM", "/usr/bin/chromium"))
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = opened.new_context(bypass_csp=True).new_page()
        set_trap(tab)
        yield tab
        opened.close()


def payloads_of(number: int, chance: random.Random) -> tuple[str, ...]:
    """The texts of a round: first all of the corpus by turns, then mixes of them."""
    first = (number - 1) * OF_A_ROUND
    return PAYLOADS[first : first + OF_A_ROUND] or tuple(_mixed(chance) for _ in range(OF_A_ROUND))


def _mixed(chance: random.Random) -> str:
    one, other = chance.choice(PAYLOADS), chance.choice(PAYLOADS)
    at = chance.randrange(len(one) + 1)
    change = chance.choice((str, str.upper, str.swapcase, str.title))
    return change(chance.choice((one + other, one[:at] + other + one[at:], one[:at] + other)))


def test_no_text_is_more_than_text(rounds: Rounds, trap_tab: Page, tmp_path: Path) -> None:
    """Ten texts in twelve places a round: nothing is run, made an element, or fetched, on any page."""
    for number, chance in rounds:
        payloads = payloads_of(number, chance)
        root = published(payloads, tmp_path / str(number))
        paths = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*.html"))]
        for path in paths:
            ours = ("form", "input") if path == "search.html" else ()
            assert [] == list(forbidden((root / path).read_bytes(), ours=ours)), path
        with host(root) as address:
            assert [] == list(breaches(trap_tab, address, paths))
            assert [] == list(search_breaches(trap_tab, address, payloads))
