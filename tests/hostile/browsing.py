"""Opens pages that hold hostile texts in Chromium, without the policy that would stop what they try."""

from collections.abc import Iterable, Iterator

from playwright.sync_api import Page

from tests.browser.visits import listening
from tests.hostile.pages import FOREIGN, SEEN, TRAP

# What a hand and a keyboard would set off on the elements of a page.
TOUCHED = """() => {
  for (const one of document.querySelectorAll('body *')) {
    for (const kind of ['mouseover', 'focus', 'animationstart', 'toggle', 'beforetoggle', 'load', 'error']) {
      one.dispatchEvent(new Event(kind));
    }
  }
}"""
# Asks the search as a reader does, and waits until it has said what it found.
ASKED = """async (query) => {
  const [field, told] = [document.querySelector('#Search input'), document.getElementById('Told')];
  told.textContent = '…';
  field.value = query;
  field.form.dispatchEvent(new Event('submit', {cancelable: true}));
  for (let turn = 0; told.textContent === '…' && turn < 400; turn += 1) {
    await new Promise((done) => setTimeout(done, 5));
  }
  return told.textContent;
}"""
OURS_BY_PAGE = {"search.html": frozenset({"form", "input"})}


def set_trap(tab: Page) -> None:
    """Lay the trap on every page that the tab will open."""
    tab.add_init_script(TRAP)


def breaches(tab: Page, root: str, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Open each page, touch all of it, and yield whatever of a text was run or became a part of the page."""
    with listening(tab) as (requests, _):
        for path in paths:
            requests.clear()
            tab.goto(root + path)
            tab.evaluate(TOUCHED)
            yield from ((path, told) for told in _seen(tab, path))
            yield from ((path, url) for url in requests if not url.startswith(root))


def _seen(tab: Page, path: str) -> Iterator[str]:
    ours = OURS_BY_PAGE.get(path, frozenset())
    seen = tab.evaluate(SEEN, sorted(FOREIGN - ours))
    yield from seen["found"]
    if seen["trapped"]:
        yield f"ran {seen['trapped']} times"


def search_breaches(tab: Page, root: str, queries: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Ask the search for each text, and yield whatever of it, or of what was found, was run."""
    tab.goto(f"{root}search.html")
    for query in queries:
        told = tab.evaluate(ASKED, query)
        if told == "…":
            yield query, "no answer"
        yield from ((query, one) for one in _seen(tab, "search.html"))
