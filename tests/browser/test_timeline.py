"""The timeline in a reader's browser: narrowed by links, by the address, and with the browser's way back."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import WIDE
from tests.browser.published import Published
from tests.browser.test_axe import AXE, judged
from tests.browser.visits import listening

pytestmark = pytest.mark.browser

INDEX = "timeline/index.html"
WHERE = pytest.mark.parametrize("where", ["root", "below", "disk"])
# The tops of the strip and of the filters, which must not move when a choice is made.
PLACES = """() => [...document.querySelectorAll('.strip, .filters summary, .filters li a')]
  .map((element) => Math.round(element.getBoundingClientRect().top))"""


def opened(tab: Page, root: str, query: str = "") -> None:
    """Open the timeline with the filters unfolded."""
    tab.set_viewport_size(WIDE)
    tab.goto(root + INDEX + query)
    tab.locator(".filters summary").click()


def shown(tab: Page) -> list[str]:
    """The ids of the events that are seen."""
    return [str(one.get_attribute("id")) for one in tab.locator(".event[id]:visible").all()]


def listed(site: Published, path: str) -> list[str]:
    """The ids of the events on a page, as it was published."""
    return [str(one) for one in site.pages[path].xpath("//main//li[@class='event']/@id")]


def pick(tab: Page, name: str) -> None:
    """Choose something to narrow the timeline to, or take it back."""
    tab.locator(".filters").get_by_role("link", name=name, exact=True).click()


@WHERE
def test_a_choice_leaves_its_events(where: str, site: Published, roots: Mapping[str, str], tab: Page) -> None:
    """A click leaves the events of a kind, tells how many, marks the choice, and loads no page."""
    opened(tab, roots[where])
    tab.evaluate("window.stayed = true")
    with listening(tab) as (_, complaints):
        pick(tab, "Fire or arson")
        assert listed(site, "timeline/kind/arson.html") == shown(tab)
    assert tab.evaluate("window.stayed")
    assert [] == complaints
    assert tab.url.endswith("timeline/index.html?kind=arson")
    told = f"{len(shown(tab))} of {len(listed(site, INDEX))} events: Fire or arson"
    assert told == tab.get_by_role("status").inner_text()
    assert ["Fire or arson"] == tab.locator(".filters [aria-current=true]").all_inner_texts()
    assert 0 == tab.locator("section[id]:visible:not(:has(.event:not([hidden])))").count()


@WHERE
def test_the_way_back_goes_through_the_choices(where: str, roots: Mapping[str, str], tab: Page) -> None:
    """Back and forward take a reader through what was chosen, one choice at a time."""
    opened(tab, roots[where])
    seen = [shown(tab)]
    for name in ("Fire or arson", "Reports differ"):
        pick(tab, name)
        seen.append(shown(tab))
    assert len(seen[0]) > len(seen[1]) > len(seen[2]) > 0
    tab.go_back()
    assert seen[1] == shown(tab)
    tab.go_back()
    assert seen[0] == shown(tab)
    assert "" == tab.get_by_role("status").inner_text()
    tab.go_forward()
    assert seen[1] == shown(tab)


def test_choices_of_one_filter_add_up_and_filters_narrow(
    site: Published, roots: Mapping[str, str], tab: Page
) -> None:
    """Two kinds are both shown; a kind and a region leave what is of that kind in that region."""
    arson, attack = (listed(site, f"timeline/kind/{kind}.html") for kind in ("arson", "attack"))
    opened(tab, roots["root"], "?kind=arson&kind=attack")
    assert sorted([*arson, *attack]) == sorted(shown(tab))
    tab.goto(roots["root"] + INDEX + "?kind=arson&region=bashkortostan")
    here = set(
        tab.locator(".event[data-region~=bashkortostan]").evaluate_all("all => all.map(one => one.id)")
    )
    assert [one for one in arson if one in here] == shown(tab)
    assert 0 < len(shown(tab)) < len(arson)


def test_a_choice_that_is_taken_back_leaves_the_rest(roots: Mapping[str, str], tab: Page) -> None:
    """A second click takes a choice back; "Show all" takes back all, and keeps the keyboard's place."""
    opened(tab, roots["root"], "?kind=arson&differs=yes")
    pick(tab, "Reports differ")
    assert tab.url.endswith("?kind=arson")
    pick(tab, "Show all")
    assert tab.url.endswith(INDEX)
    assert 0 == tab.locator(".event[hidden], section[hidden]").count()
    assert "Reports differ" == tab.evaluate("document.activeElement.innerText")


@pytest.mark.parametrize("query", ["?region=nowhere", "?kind=%3Cb%3E&x=1", "?__proto__=x&kind="])
def test_an_address_that_names_nothing_hides_nothing(query: str, roots: Mapping[str, str], tab: Page) -> None:
    """What the address names and the timeline does not have is passed over."""
    with listening(tab) as (_, complaints):
        opened(tab, roots["root"], query)
        assert 0 == tab.locator(".event[hidden]").count()
    assert [] == complaints


def test_the_strip_counts_what_is_shown(roots: Mapping[str, str], tab: Page) -> None:
    """The bars follow the choice, and a month without events leads nowhere."""
    opened(tab, roots["root"], "?kind=arson")
    bars = tab.locator(".strip a:visible")
    assert len(shown(tab)) == sum(int(bar.text_content() or "") for bar in bars.all())
    months = tab.locator("section[id^=In-]:visible").evaluate_all("all => all.map(one => '#' + one.id)")
    assert months == [str(bar.evaluate("one => one.hash")) for bar in bars.all()]
    assert "; shown: " in str(bars.first.get_attribute("aria-label"))
    bars.last.click()
    assert tab.url.endswith(f"?kind=arson{months[-1]}")
    assert 0 < tab.locator(".event[hidden]").count()


def test_nothing_jumps_at_a_choice(roots: Mapping[str, str], tab: Page) -> None:
    """The strip and the filters stay where they are when a choice is made and taken back."""
    opened(tab, roots["root"])
    before = tab.evaluate(PLACES)
    pick(tab, "Bashkortostan")
    assert before == tab.evaluate(PLACES)
    pick(tab, "Bashkortostan")
    assert before == tab.evaluate(PLACES)


def test_the_keyboard_narrows_and_skips(roots: Mapping[str, str], tab: Page) -> None:
    """Choosing and skipping to the events need no mouse."""
    tab.goto(roots["root"] + INDEX)
    tab.locator(".strip a").last.focus()
    tab.keyboard.press("Tab")
    assert "Skip to the events" == tab.evaluate("document.activeElement.innerText")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.url.endswith("?differs=yes")
    assert "Reports differ" == tab.evaluate("document.activeElement.innerText")
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.getElementById('Events').contains(document.activeElement)")


@pytest.mark.parametrize("kind", ["region", "kind", "actor", "source", "differs"])
def test_without_a_script_a_choice_leads_to_its_events(
    kind: str, site: Published, roots: Mapping[str, str], bare_tab: Page
) -> None:
    """Each choice leads to a place that has exactly the events that its number promises."""
    bare_tab.goto(roots["disk"] + INDEX)
    bare_tab.locator(".filters summary").click()
    choice = bare_tab.locator(f"a[data-filter={kind}]").first
    ident = str(choice.get_attribute("data-choice"))
    found = site.pages[INDEX].xpath("//li[@class='event']")
    wanted = [one.get("id") for one in found if ident in one.get(f"data-{kind}", "").split()]
    assert str(len(wanted)) == choice.locator("xpath=../span").inner_text()
    choice.click()
    place = bare_tab.url.partition("#")[2] or "Events"
    assert 1 == bare_tab.locator(f"#{place}").count()
    links = bare_tab.locator(f"section:has(> #{place}), div#{place}").locator(".event__title a:first-child")
    led = [str(link.get_attribute("href")).rpartition("/")[2] for link in links.all()]
    assert [f"{one}.html" for one in wanted] == led


def test_an_event_is_one_record_on_every_timeline(site: Published) -> None:
    """Wherever an event is listed, its title leads to its one page."""
    led: dict[str, set[str]] = {}
    for path, page in site.pages.items():
        if not path.startswith("ru/"):
            for link in page.xpath("//li[@class='event']//*[contains(@class, 'event__title')]/a[1]"):
                led.setdefault(link.get("href").rpartition("/")[2], set()).add(path)
    assert {one for one in led if len(led[one]) > 2} == set(led)
    assert {f"events/{one}" for one in led} == {one for one in site.pages if one.startswith("events/")}


def test_an_event_s_page_leads_on_in_each_of_its_regions(site: Published) -> None:
    """The event next after another in a region stands on its page, and leads back."""
    path = "events/salavat-fire-2022-10-03.html"
    later = site.pages[path].xpath("//dl[@class='neighbours'][dt/a='Bashkortostan']/dd/a/@href")
    assert later
    for one in later:
        back = site.pages["events/" + one.rpartition("/")[2]]
        assert path.rpartition("/")[2] in [
            link.rpartition("/")[2] for link in back.xpath("//dl[@class='neighbours']/dd/a/@href")
        ]


def test_a_narrowed_timeline_is_no_barrier(roots: Mapping[str, str], free_tab: Page) -> None:
    """Unfolded and with a choice made, the page keeps to WCAG 2.2 AA, light and dark, narrow and wide."""
    opened(free_tab, roots["root"], "?kind=arson")
    free_tab.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    assert [] == judged(free_tab)


@pytest.mark.parametrize("width", [320, 360])
def test_the_filters_fit_a_telephone(width: int, roots: Mapping[str, str], tab: Page) -> None:
    """Unfolded and with a choice made, the filters are no wider than a narrow screen."""
    opened(tab, roots["root"], "?region=bashkortostan&kind=arson")
    tab.set_viewport_size({"width": width, "height": 780})
    wide = tab.evaluate("document.scrollingElement.scrollWidth")
    tab.set_viewport_size(WIDE)
    assert width == wide


def test_paper_says_what_was_chosen(roots: Mapping[str, str], tab: Page) -> None:
    """A narrowed timeline on paper says so, without controls."""
    opened(tab, roots["root"], "?kind=arson")
    tab.emulate_media(media="print")
    text = tab.locator(".filters").inner_text()
    seen = tab.locator(".filters a:visible, .filters summary:visible, .strip:visible").count()
    tab.emulate_media(media="null")
    assert "10 of 26 events: Fire or arson" == text
    assert 0 == seen
