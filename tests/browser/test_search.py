"""The search in a reader's browser: on a host, below a path, and from a disk."""

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from site_builder.build import Options, build
from site_builder.spelling import SPELLINGS, spelling, words
from tests.browser.published import Published
from tests.browser.test_axe import AXE, judged
from tests.browser.visits import listening

pytestmark = pytest.mark.browser

SOUND = Path(__file__).resolve().parent.parent / "broken_sites" / "base"
WHERE = pytest.mark.parametrize("where", ["root", "below", "disk"])


def asked(tab: Page, root: str, query: str) -> list[str]:
    """Ask for something in the address, and return the addresses that are found, as the page writes them."""
    tab.goto(f"{root}search.html?q={quote(query)}")
    return found(tab)


def found(tab: Page) -> list[str]:
    """Wait until the search has told how many it found, and return their addresses."""
    tab.locator("#Told:not(:empty)").wait_for()
    return [str(link.get_attribute("href")) for link in tab.locator("#Finds a").all()]


@WHERE
@pytest.mark.parametrize("name", ["Buryatia", "Buriatia", "Бурятия", "Бурятии", "burjatija", "Buryatai"])
def test_every_spelling_finds_the_region_first(
    name: str, where: str, roots: Mapping[str, str], tab: Page
) -> None:
    """A name in either script, in any form and spelling, or with a slip, leads to the region's page."""
    with listening(tab) as (_, complaints):
        assert "regions/buryatia.html" == asked(tab, roots[where], name)[0]
        tab.locator("#Finds a").first.click()
        tab.locator("h1", has_text="Buryatia").wait_for()
    assert [] == complaints


@pytest.mark.parametrize(
    "query, target",
    [
        ("summonses buryatia", "events/buryatia-summonses-2022-09-21.html"),
        ("Дагестана", "regions/dagestan.html"),
        ("222 000", "events/"),
        ("maladaeva", "actors/victoria-maladaeva.html"),
        ("weddings", "figures/weddings.html"),
    ],
)
def test_words_find_records_of_every_kind(
    query: str, target: str, roots: Mapping[str, str], tab: Page
) -> None:
    """Events by two words, people by one, numbers by their digits, measures by theirs."""
    assert any(one.startswith(target) for one in asked(tab, roots["root"], query)[:5])


def test_a_find_says_what_it_is(roots: Mapping[str, str], tab: Page) -> None:
    """Each line of the results says the kind of the record, and of an event its date and region."""
    asked(tab, roots["root"], "Salavat fire")
    line = tab.locator("#Finds .find").first.inner_text()
    assert line.startswith("Event")
    assert "2022" in line
    assert "Bashkortostan" in line


def test_typing_finds_and_keeps_the_address(roots: Mapping[str, str], tab: Page) -> None:
    """What is typed is found without a button, stands in the address, and is there again on coming back."""
    tab.goto(roots["root"] + "index.html")
    tab.locator(".masthead a", has_text="Search").click()
    tab.get_by_role("searchbox").press_sequentially("burya")
    assert "regions/buryatia.html" == found(tab)[0]
    assert tab.url.endswith("search.html?q=burya")
    tab.locator("#Finds a").first.click()
    tab.locator("h1", has_text="Buryatia").wait_for()
    tab.go_back()
    assert "regions/buryatia.html" == found(tab)[0]
    assert "burya" == tab.get_by_role("searchbox").input_value()
    tab.get_by_role("searchbox").fill("")
    tab.locator("#Told:empty").wait_for(state="attached")
    assert 0 == tab.locator("#Finds a").count()


def test_the_rest_is_shown_on_demand(roots: Mapping[str, str], tab: Page) -> None:
    """More finds than fit come when the reader asks, and the first of them has the focus."""
    first = asked(tab, roots["root"], "2022")
    tab.get_by_role("button", name="Show more").click()
    tab.locator(f"#Finds li:nth-child({len(first) + 1})").wait_for()
    assert len(first) < tab.locator("#Finds a").count()
    focused = tab.evaluate("[...document.querySelectorAll('#Finds a')].indexOf(document.activeElement)")
    assert len(first) == focused


@pytest.mark.parametrize("query", ["<img src=x onerror=alert(1)>", "qqxyzzy", '";alert(1)//', "   ", "…"])
def test_a_query_is_never_more_than_text(query: str, roots: Mapping[str, str], tab: Page) -> None:
    """A query that looks like code, and one of no words, breaks nothing and adds no element."""
    with listening(tab) as (_, complaints):
        tab.goto(f"{roots['root']}search.html?q={quote(query)}")
        tab.get_by_role("searchbox").press("Enter")
        tab.get_by_role("searchbox").fill("Buryatia")
        tab.locator("#Finds a[href='regions/buryatia.html']").wait_for()
    assert [] == complaints
    assert 0 == tab.locator("main img").count()


def test_a_name_is_never_more_than_text(tmp_path: Path, tab: Page) -> None:
    """A record whose title looks like HTML is shown letter for letter, in the search and in the A to Z."""
    evil = "<img src=x onerror=document.title='gone'> Zebra"
    project = tmp_path / "project"
    for path in SOUND.rglob("*"):
        if path.is_file():
            target = project / path.relative_to(SOUND)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (project / "content/pages").mkdir(exist_ok=True)
    page = f"---\ntitle: {json.dumps(evil)}\n---\nNothing.\n"
    (project / "content/pages/evil.md").write_text(page, encoding="utf-8")
    built = build(Options(project=project, output=tmp_path / "public"))
    assert built.written is not None, list(built.checked.issues)
    root = (tmp_path / "public").as_uri() + "/"
    assert ["evil.html"] == asked(tab, root, "zebra")
    assert evil == tab.locator("#Finds a").inner_text()
    tab.goto(root + "a-z.html")
    assert 1 == tab.get_by_role("main").get_by_role("link", name=evil).count()
    assert 0 == tab.locator("main img").count()


def test_finds_are_no_barrier(roots: Mapping[str, str], free_tab: Page) -> None:
    """With finds on it the page keeps to WCAG 2.2 AA, light and dark, narrow and wide."""
    asked(free_tab, roots["root"], "Buryatia")
    free_tab.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    assert [] == judged(free_tab)


def test_nothing_is_loaded_before_it_is_wanted(roots: Mapping[str, str], tab: Page) -> None:
    """The front page has no script; on the search's the index is asked for when the field is."""
    with listening(tab) as (requests, _):
        tab.goto(roots["root"] + "index.html")
        assert [] == [url for url in requests if url.endswith(".js")]
        tab.goto(roots["root"] + "search.html")
        tab.wait_for_load_state("networkidle")
        assert [] == [url for url in requests if "/search-en" in url]
        tab.get_by_role("searchbox").focus()
        tab.wait_for_load_state("networkidle")
    assert 1 == len([url for url in requests if "/search-en" in url])


def test_without_a_script_letters_lead_to_everything(
    site: Published, roots: Mapping[str, str], bare_tab: Page
) -> None:
    """The form leads a reader without scripts to the page again, which says so and leads to each letter."""
    bare_tab.goto(roots["disk"] + "index.html")
    bare_tab.locator(".masthead a", has_text="Search").click()
    bare_tab.get_by_role("searchbox").fill("Buryatia")
    bare_tab.get_by_role("button", name="Search").click()
    bare_tab.locator("noscript p").wait_for()
    assert bare_tab.url.endswith("search.html?q=Buryatia")
    bare_tab.get_by_role("navigation", name="Letters").get_by_role("link", name="Б", exact=True).click()
    bare_tab.get_by_role("link", name="Бурятия").click()
    assert "Buryatia" == bare_tab.locator("h1").inner_text()
    listed = {
        link.split("#")[0].removeprefix("../")
        for path in site.kinds["a-z"]
        for link in site.pages[path].xpath("//main//li[@class='find']/a/@href")
    }
    wanted = {
        path for path in site.pages if path.split("/")[0] in {"regions", "events", "articles", "actors"}
    }
    assert set() == {path for path in wanted if not path.endswith("index.html")} - listed


def test_a_missing_index_is_told(tmp_path: Path, site: Published, tab: Page) -> None:
    """Where the index cannot be loaded, the page says so and points to the A to Z."""
    for path in ("search.html", *(one for one in site.files if one.startswith("assets/"))):
        if "/search-en" not in path:
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes((site.root / path).read_bytes())
    tab.goto(tmp_path.as_uri() + "/search.html?q=Buryatia")
    tab.locator("#Told", has_text="could not be loaded").wait_for()


TEXTS = (
    "Buryatia, Buriatiya \u2013 Бурятии; Йошкар-Ола, Ёлка, Ҡәҙерле",
    "Russia\u2019s 222,000 or 3\u202f000 (2022 300) 1,5 12.50 1.234.567",
    "Straße ΣΊΣΥΦΟΣ İstanbul ŁÓDŹ ǅ ﬁne ½ ² 𝐀bc naïve\u00adly co\u200boperate",
    "Khakassia Yekaterinburg Schostakowitsch tschüss Zhukov wax quick Aachen bookkeeper year",
    "العربية 漢字 ไทย हिन्दी e\u0301 и\u0306 й",
)


def test_the_script_reads_words_as_the_index_has_them(
    site: Published, roots: Mapping[str, str], tab: Page
) -> None:
    """Script and index part texts into the same words, and bring names to the same spelling."""
    texts = [*TEXTS, *(page.text_content() for page in site.pages.values())]
    tab.goto(roots["root"] + "search.html")
    code = """([texts, table]) => {
      const spelling = siteSpelling.spelling(table);
      return texts.map((text) => siteSpelling.words(text).map((word) => [word, spelling(word)]));
    }"""
    read = tab.evaluate(code, [texts, SPELLINGS])
    assert [[[word, spelling(word)] for word in words(text)] for text in texts] == read


def test_the_stemmers_know_the_forms_of_words(roots: Mapping[str, str], tab: Page) -> None:
    """The stemmers that came from elsewhere bring the forms of a word to one."""
    tab.goto(roots["root"] + "search.html")
    code = "([name, forms]) => forms.map((form) => new window[name]().stemWord(form))"
    assert 1 == len(
        set(tab.evaluate(code, ["RussianStemmer", ["бурятия", "бурятии", "бурятией", "бурятию"]]))
    )
    assert 1 == len(
        set(tab.evaluate(code, ["EnglishStemmer", ["protest", "protests", "protested", "protesting"]]))
    )
