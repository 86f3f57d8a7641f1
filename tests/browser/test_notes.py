"""Notes beside the lines of a text: in the margin, in a sheet that a button opens, in brackets on paper."""

from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import WIDE
from tests.browser.published import Published

pytestmark = pytest.mark.browser

ARTICLES = (
    "articles/meduza-2022-09-25-arson-list.html",
    "articles/al-jazeera-2022-10-25-maladaeva.html",
    "ru/articles/tass-2022-10-19-martial-law.html",
)
ARTICLE = pytest.mark.parametrize("path", ARTICLES)
# Of each note in the margin: its paragraph, whether its mark is seen, how far it begins below its mark, and
# below the end of the note before.
IN_THE_MARGIN = """() => {
  const paragraphs = [...document.querySelectorAll('.prose :is(p, li)')];
  let end = 0;
  return [...document.querySelectorAll('.prose :is(p, li) .note')].filter((note) => note.checkVisibility())
    .map((note) => {
      const mark = document.querySelector(`[popovertarget="${note.id}"]`).previousElementSibling;
      const {top, bottom} = note.getBoundingClientRect();
      const gap = top - end;
      end = bottom;
      return [paragraphs.indexOf(note.closest('p, li')), mark.checkVisibility(),
        top - mark.getBoundingClientRect().top, gap];
    });
}"""
FOLDED = """() => [...document.querySelectorAll('.prose .note')].filter((note) => !note.checkVisibility())
  .map((note) => document.querySelector(`button[popovertarget="${note.id}"]`).checkVisibility())"""


@pytest.fixture(autouse=True)
def as_before(tab: Page) -> Iterator[None]:
    """Give the tab back as wide as it was, and on a screen."""
    yield
    tab.emulate_media(media="null")
    tab.set_viewport_size(WIDE)


@ARTICLE
def test_notes_in_the_margin_stand_by_their_lines(path: str, roots: Mapping[str, str], tab: Page) -> None:
    """No note is above its line, over another note, or further below its line than a window is high."""
    tab.goto(roots["root"] + path)
    notes = tab.evaluate(IN_THE_MARGIN)
    assert len(notes) > 2
    assert {True} == {marked for _, marked, _, _ in notes}
    assert all(-8 <= below < WIDE["height"] for _, _, below, _ in notes)
    assert all(gap > 0 for *_, gap in notes)


@ARTICLE
def test_a_paragraph_has_two_notes_in_the_margin(path: str, roots: Mapping[str, str], tab: Page) -> None:
    """Of a paragraph's notes two stand in the margin, and each further one has a button in the text."""
    tab.goto(roots["root"] + path)
    paragraphs = [paragraph for paragraph, *_ in tab.evaluate(IN_THE_MARGIN)]
    assert 2 == max(paragraphs.count(one) for one in paragraphs)
    folded = tab.evaluate(FOLDED)
    assert folded
    assert {True} == set(folded)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_note_opens_and_closes_by_keyboard(width: int, roots: Mapping[str, str], tab: Page) -> None:
    """Enter opens a note inside the window, Escape closes it, and the focus is where it was."""
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(roots["disk"] + ARTICLES[0])
    button = tab.locator(".cite__open:visible").last
    button.focus()
    tab.keyboard.press("Enter")
    note = tab.locator(":popover-open")
    box = note.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 800
    tab.keyboard.press("Escape")
    assert 0 == note.count()
    assert button.evaluate("one => one === document.activeElement")


@ARTICLE
def test_notes_stand_in_brackets_on_paper(path: str, roots: Mapping[str, str], tab: Page) -> None:
    """On paper every note stands in brackets in its line, without a control, folded ones too."""
    tab.goto(roots["root"] + path)
    tab.emulate_media(media="print")
    notes = tab.locator(".prose .note")
    seen = notes.evaluate_all(
        """all => all.map((one) => [getComputedStyle(one).display, getComputedStyle(one).position,
          getComputedStyle(one, '::before').content, getComputedStyle(one, '::after').content])"""
    )
    assert {("inline", "static", '" ["', '"]"')} == {tuple(one) for one in seen}
    assert 0 == tab.locator(".prose .note button:visible, .prose .cite__open:visible").count()


def test_a_note_says_who_says_so_and_when(site: Published) -> None:
    """Figures have measure, date and source, events date, origins and sources, quotes their speaker."""
    lines: dict[str, set[int]] = {"figure": set(), "event": set(), "quote": set()}
    for path in site.kinds["article"]:
        page = site.pages[path]
        for cite in page.xpath(
            "//a[contains(@class, 'cite--')][following-sibling::*[1][@class='cite__mark']]"
        ):
            (note,) = cite.xpath("following-sibling::span[@class='note'][1]")
            kind = cite.get("class").rpartition("--")[2]
            lines[kind].add(len(note.xpath("span[contains(@class, 'note__line')]")))
            if kind == "quote":
                assert note.xpath(".//q[@lang]")
                assert note.xpath(".//strong/a[contains(@href, 'actors/')]")
            else:
                assert note.xpath(".//a[contains(@href, 'articles/') or contains(@href, 'sources/')]")
    assert {"figure": {3}, "event": {4}, "quote": {3}} == lines
