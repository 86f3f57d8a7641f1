"""Every link leads where it says: at a root, below a path, and on a disk."""

import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree
from playwright.sync_api import Page

from tests.browser.conftest import BELOW, KINDS
from tests.browser.published import (
    HOME,
    NOT_FOUND,
    Published,
    Reference,
    clicks_from_home,
    ids,
    kind_of,
    named_ids,
    read_published,
    references,
    style_references,
)
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser

SITES = ("site", "based_site")
# Masthead and foot are one for all pages: they are pressed on a page of the root and on one of a folder.
WHOLE = {"home", "region"}
# What can be pressed without opening anything first.
PRESSABLE = """(within) => [...document.querySelectorAll(within + ' a[href]')]
  .map((link, index) => ({index, written: link.getAttribute('href'), box: link.getBoundingClientRect(),
    seen: link.checkVisibility() && !link.closest('[popover]')}))
  .filter((link) => link.seen && link.box.width > 4 && link.box.bottom > 0)"""


def broken(reference: Reference, site: Published, places: Mapping[str, frozenset[str]]) -> str:
    """What is wrong with an inward reference, or an empty text."""
    if reference.written.startswith("/") or reference.target not in site.files:
        return f"{reference.file}: {reference.written} names no file"
    if reference.fragment and reference.fragment not in places[reference.target]:
        return f"{reference.file}: {reference.written} names no place in it"
    return ""


@pytest.mark.parametrize("name", SITES)
def test_every_reference_names_a_file_and_a_place_in_it(name: str, request: pytest.FixtureRequest) -> None:
    """Every address that a page writes is a file of the site, seen from the page, with its fragment."""
    site: Published = request.getfixturevalue(name)
    places = {path: frozenset(ids(page)) for path, page in site.pages.items()}
    # A host answers any address with the page for what is not there, so that one is written from the root.
    inward = [
        reference
        for path, page in site.pages.items()
        for reference in references(path, page)
        if not reference.leads_out and not (path == NOT_FOUND and reference.written.startswith(BELOW))
    ]
    assert len(site.pages) < len(inward)
    assert [] == [wrong for wrong in (broken(one, site, places) for one in inward) if wrong]


def test_a_broken_reference_would_be_found(tmp_path: Path) -> None:
    """A file that is missing, a place that is missing and an address from the host's root are told."""
    written = ("a/there.html#Place", "a/gone.html", "a/there.html#Gone", "/a/there.html", "a/")
    links = "".join(f'<a href="{one}">x</a>' for one in written)
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(f"<main>{links}</main>", encoding="utf-8")
    (tmp_path / "a" / "there.html").write_text("<main id=Place></main>", encoding="utf-8")
    site = read_published(tmp_path)
    places = {path: frozenset(ids(page)) for path, page in site.pages.items()}
    found = references(HOME, site.pages[HOME])
    assert list(written[1:]) == [one.written for one in found if broken(one, site, places)]


def test_the_page_for_what_is_not_there_leads_to_files(based_site: Published) -> None:
    """With a base URL, what 404.html writes from the host's root are files of the site below it."""
    written = [one.written for one in references(NOT_FOUND, based_site.pages[NOT_FOUND]) if not one.leads_out]
    paths = {one.removeprefix(BELOW) for one in written if not one.startswith("#")}
    assert HOME in paths
    assert paths <= based_site.files


@pytest.mark.parametrize("name", SITES)
def test_every_reference_of_a_stylesheet_names_a_file(name: str, request: pytest.FixtureRequest) -> None:
    """A stylesheet asks for files that lie in the site, and for nothing else."""
    site: Published = request.getfixturevalue(name)
    found = [
        reference
        for path in site.styles()
        for reference in style_references(path, (site.root / path).read_text(encoding="utf-8"))
    ]
    assert found
    assert [] == [one for one in found if one.leads_out or one.target not in site.files]


def test_every_id_stands_once(site: Published) -> None:
    """No page gives one id to two places, or names an id that it does not have."""
    twice = {
        path: [one for one, n in Counter(ids(page)).items() if n > 1] for path, page in site.pages.items()
    }
    missing = {
        path: [named for named in named_ids(page) if named[1] not in ids(page)]
        for path, page in site.pages.items()
    }
    assert {} == {path: found for path, found in twice.items() if found}
    assert {} == {path: found for path, found in missing.items() if found}


def test_every_address_of_the_feed_and_of_the_sitemap_is_a_file(based_site: Published) -> None:
    """What feed, sitemap and canonical links say to the world is published below the base URL."""
    base = f"https://example.org{BELOW}"
    written = [
        text
        for name in ("feed.xml", "sitemap.xml")
        for element in etree.parse(based_site.root / name).iter("{*}loc", "{*}link")
        for text in [element.text or element.get("href")]
    ]
    canonical = [
        str(one) for page in based_site.pages.values() for one in page.xpath("//link[@rel='canonical']/@href")
    ]
    assert len(based_site.pages) - 1 == len(canonical)
    paths = {urlsplit(one.removeprefix(base)).path for one in (*written, *canonical)}
    assert {one for one in written if not one.startswith(base)} == set()
    assert set() == {path + HOME if path[-1:] in {"", "/"} else path for path in paths} - based_site.files


def test_every_page_is_three_clicks_from_home(site: Published) -> None:
    """Plain links lead from the home page of a language to every page in three clicks or fewer."""
    clicks = clicks_from_home(site)
    # The home page in Russian is one click away from the other one.
    far = [path for path in site.pages if clicks.get(path, 99) > (4 if path.startswith("ru/") else 3)]
    assert [NOT_FOUND] == far


def test_every_kind_of_page_is_in_the_first_dossier(site: Published) -> None:
    """The first dossier has a page of every kind, so that what is tested on one of each is tested on all."""
    assert set(KINDS) == set(site.kinds)


def test_every_page_opens(site: Published, tour: Mapping[str, Visit]) -> None:
    """On a host of its own every page answers at its address, with its style and whole fonts."""
    assert set(site.pages) == set(tour)
    assert [] == [
        one.path for one in tour.values() if one.status != 200 or not one.url.endswith("/" + one.path)
    ]
    assert [] == [one.path for one in tour.values() if one.sheets == 0 or not one.faces or one.broken]


@pytest.mark.parametrize("where", ["below", "disk"])
def test_a_page_of_each_kind_looks_the_same_elsewhere(
    where: str, roots: Mapping[str, str], first_visits: Mapping[str, tuple[Visit, ...]]
) -> None:
    """Below a path and on a disk a page has the style and the fonts that it has on a host of its own."""
    elsewhere = first_visits[where]
    expected = [(roots[where] + one.path, one.style, one.faces) for one in first_visits["root"]]
    assert expected == [(one.url, one.style, one.faces) for one in elsewhere]
    assert [] == [one for one in elsewhere if one.broken or one.complaints or not one.faces]


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A link to be pressed: where it stands, the how many-th it is there, and where it must lead."""

    path: str
    within: str
    index: int
    target: str
    fragment: str


def presses(tab: Page, path: str, site: Published) -> dict[tuple[bool, str, bool], Press]:
    """The first link of the opened page to each kind of page, by depth, kind, and presence of a fragment."""
    within = "body" if kind_of(site.pages[path]) in WHOLE else "main"
    chosen: dict[tuple[bool, str, bool], Press] = {}
    for link in tab.evaluate(PRESSABLE, within):
        to = Reference(file=path, written=link["written"])
        if not to.leads_out and to.target in site.pages:
            one = Press(path=path, within=within, index=link["index"], target=to.target, fragment=to.fragment)
            chosen.setdefault(("/" in path, kind_of(site.pages[to.target]), bool(to.fragment)), one)
    return chosen


def press(tab: Page, root: str, one: Press) -> str:
    """Open a page, press a link, and return what went wrong, or an empty text."""
    tab.goto(root + one.path)
    tab.locator(f"{one.within} a[href]").nth(one.index).click()
    expected = root + one.target + ("#" + one.fragment if one.fragment else "")
    if tab.url != expected:
        return f"{one.path}: pressed for {expected}, came to {tab.url}"
    if one.fragment and not tab.evaluate("(id) => document.getElementById(id) !== null", one.fragment):
        return f"{one.path}: no #{one.fragment} on {one.target}"
    return "" if tab.locator("main h1").count() else f"{one.path}: {one.target} has no heading"


@pytest.mark.parametrize("where", ["below", "disk"])
def test_a_link_of_each_kind_can_be_pressed(
    where: str, site: Published, sample: Mapping[str, str], roots: Mapping[str, str], tab: Page
) -> None:
    """From the root and from a folder, a press on a link to each kind of page leads to its page and place."""
    chosen: dict[tuple[bool, str, bool], Press] = {}
    for path in (path for path in sample.values() if path != NOT_FOUND):
        tab.goto(roots[where] + path)
        chosen = {**presses(tab, path, site), **chosen}
    assert set(KINDS) - {"not-found"} == {kind for _, kind, _ in chosen}
    assert [] == [wrong for wrong in (press(tab, roots[where], one) for one in chosen.values()) if wrong]


def test_a_mistyped_address_deep_below_leads_back(
    roots: Mapping[str, str], tab: Page, tour: Mapping[str, Visit]
) -> None:
    """With a base URL, an address that is nowhere shows the page for it in its style, with a way home."""
    answer = tab.goto(roots["below"] + "regions/of/nowhere.html")
    assert answer is not None
    assert 404 == answer.status
    styled = tab.evaluate("getComputedStyle(document.body).fontFamily")
    assert tour[HOME].style.startswith(styled)
    tab.locator("header a").first.click()
    assert roots["below"] + HOME == tab.url


def test_addresses_hold_nothing_that_a_host_or_a_disk_reads_differently(site: Published) -> None:
    """File names are lower-case ASCII without spaces and differ by more than their case."""
    folded = Counter(path.casefold() for path in site.files)
    assert [] == [path for path, n in folded.items() if n > 1]
    allowed = re.compile(r"[A-Za-z0-9._/-]+")
    assert [] == [path for path in site.files if not allowed.fullmatch(path)]
    assert [] == [path for path in site.pages if path != path.lower() or posixpath.isabs(path)]
