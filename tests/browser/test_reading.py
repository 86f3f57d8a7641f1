"""A page reads whole: without scripts, on a narrow screen, on a wide one, on paper."""

from collections.abc import Mapping
from statistics import median

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import KINDS, WIDE
from tests.browser.visits import Visit, visit

pytestmark = pytest.mark.browser

NARROW = (320, 390)
WIDTHS = "[document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]"

# Text that sticks out of the window, but for what scrolls in a region of its own or is there for listeners.
STICKING_OUT = """() => {
  const out = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility() || element.closest('.unseen, .skip')) continue;
    let scrolls = element;
    while (scrolls && getComputedStyle(scrolls).overflowX === 'visible') scrolls = scrolls.parentElement;
    if (scrolls && scrolls !== document.body && scrolls !== document.documentElement) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.right > innerWidth + 1 || box.left < -1) out.push(node.data.trim().slice(0, 60));
  }
  return out;
}"""
# A region that scrolls sideways can be reached by keyboard, and has a name.
UNREACHABLE = """() => [...document.querySelectorAll('body *')].filter((element) =>
    ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
    && element.scrollWidth > element.clientWidth
    && !(element.tabIndex >= 0 && (element.ariaLabel || element.getAttribute('aria-labelledby'))))
  .map((element) => element.outerHTML.slice(0, 120))"""
# The characters of each full line of the running text, without the notes and the marks that lead to them.
LINES = """() => [...document.querySelectorAll('.prose > p, .lede, .disagreement__says')]
.flatMap((paragraph) => {
  const lines = new Map();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest('[popover], .unseen, .cite__mark, button')) continue;
    for (let at = 0; at < node.length; at += 1) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getClientRects()[0];
      const line = box && box.width ? Math.round(box.bottom / 8) : null;
      if (line !== null) lines.set(line, (lines.get(line) ?? 0) + 1);
    }
  }
  const counts = [...lines.entries()].sort((a, b) => a[0] - b[0]).map((entry) => entry[1]);
  return counts.length > 3 ? counts.slice(0, -1) : [];
})"""
SEEN_NAVIGATION = """() => [...document.querySelectorAll('nav, .skip, button')]
  .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height > 0)
  .map((element) => element.outerHTML.slice(0, 80))"""
HIDDEN_NOTES = """() => [...document.querySelectorAll('main [popover]')]
  .filter((element) => !element.checkVisibility() || !element.getClientRects().length)
  .map((element) => element.id)"""
OUTWARD = """() => [...document.querySelectorAll('a[href^="http"]')]
  .filter((link) => link.checkVisibility())
  .map((link) => ({href: link.href, beside: getComputedStyle(link, '::after').content + link.textContent}))"""


@pytest.mark.parametrize("kind", KINDS)
def test_scripts_add_no_text(
    kind: str, sample: Mapping[str, str], roots: Mapping[str, str], bare_tab: Page, tour: Mapping[str, Visit]
) -> None:
    """A page reads the same, word for word, with scripts switched off."""
    bare = visit(bare_tab, roots["root"], sample[kind])
    assert tour[sample[kind]].text == bare.text
    assert 100 < len(bare.text)


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways(
    kind: str, sample: Mapping[str, str], roots: Mapping[str, str], tab: Page
) -> None:
    """On a narrow screen a page is no wider than the window, and nothing sticks out of it unreachably."""
    tab.goto(roots["root"] + sample[kind])
    seen = {}
    for width in NARROW:
        tab.set_viewport_size({"width": width, "height": 800})
        seen[width] = [tab.evaluate(WIDTHS), tab.evaluate(STICKING_OUT), tab.evaluate(UNREACHABLE)]
    tab.set_viewport_size(WIDE)
    assert {width: [[width, width], [], []] for width in NARROW} == seen


@pytest.mark.parametrize("kind", ["home", "prose", "article", "region", "disagreements"])
def test_a_line_of_text_is_easy_to_follow(
    kind: str, sample: Mapping[str, str], roots: Mapping[str, str], tab: Page
) -> None:
    """On a wide screen a full line of running text has 45 to 85 characters."""
    tab.goto(roots["root"] + sample[kind])
    tab.evaluate("document.fonts.ready.then(() => true)")
    lines = tab.evaluate(LINES)
    assert 3 <= len(lines)
    assert 45 <= median(lines) <= 85
    assert max(lines) <= 90


@pytest.mark.parametrize("kind", KINDS)
def test_paper_holds_what_the_screen_opens(
    kind: str, sample: Mapping[str, str], roots: Mapping[str, str], tab: Page
) -> None:
    """Printed, a page has its notes open and its outward addresses written out, and no navigation."""
    tab.goto(roots["root"] + sample[kind])
    tab.emulate_media(media="print")
    navigation, notes = tab.evaluate(SEEN_NAVIGATION), tab.evaluate(HIDDEN_NOTES)
    outward = tab.evaluate(OUTWARD)
    tab.emulate_media(media="null")
    assert [] == navigation
    assert [] == notes
    assert outward
    assert [] == [one["href"] for one in outward if one["href"].rstrip("/") not in one["beside"]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_can_be_made_into_a_pdf(
    kind: str, sample: Mapping[str, str], roots: Mapping[str, str], tab: Page
) -> None:
    """The browser prints a page of every kind as a PDF with at least one leaf."""
    tab.goto(roots["root"] + sample[kind])
    pdf = tab.pdf(format="A4")
    assert pdf.startswith(b"%PDF-")
    assert b"/Type /Page\n" in pdf
