"""What a page costs a reader on a slow line, in bytes as they lie on the disk, before any compression."""

import re
from collections.abc import Mapping

import pytest
from lxml.html import HtmlElement
from playwright.sync_api import Page

from tests.browser.published import Published, references, style_references
from tests.browser.visits import Visit, visit

pytestmark = pytest.mark.browser

KB = 1024
PAGE_AND_STYLE = 100 * KB
WHOLE_HOME = 200 * KB
WHOLE_DOSSIER_ON_PAPER = 400 * KB
FONTS = 90 * KB
# Letters beyond those that English is written with, and beyond those of Russian.
BEYOND = {
    "en": re.compile(r"[\u0080-\u024f\u0400-\u052f]"),
    "ru": re.compile(r"[\u0080-\u024f\u0460-\u052f]"),
}


def styles_of(path: str, site: Published) -> set[str]:
    """The stylesheets of a page."""
    return {one.target for one in references(path, site.pages[path]) if one.target.endswith(".css")}


def fetched(seen: Visit, roots: Mapping[str, str]) -> set[str]:
    """The files that a browser asked for on a page."""
    return {url.removeprefix(roots["root"]) for url in seen.requests}


def test_every_page_is_light(site: Published) -> None:
    """A page with its style, without fonts, is at most 100 KB; home may be more, and a dossier on paper."""
    weights = {
        path: site.size(path) + sum(site.size(style) for style in styles_of(path, site))
        for path in site.pages
    }
    for path in site.kinds["print"]:
        assert weights.pop(path) <= WHOLE_DOSSIER_ON_PAPER
    for path in site.kinds["home"]:
        weights.pop(path)
    assert {} == {path: weight for path, weight in weights.items() if weight > PAGE_AND_STYLE}


def test_home_is_light_with_everything(
    site: Published, roots: Mapping[str, str], forgetful_tab: Page
) -> None:
    """The home page of each language, with all that a browser asks for to show it, is at most 200 KB."""
    for path in site.kinds["home"]:
        files = fetched(visit(forgetful_tab, roots["root"], path), roots)
        assert {path} < files
        assert any(file.endswith(".woff2") for file in files)
        assert sum(site.size(file) for file in files) <= WHOLE_HOME, path


def is_plain(page: HtmlElement, text: str) -> bool:
    """True if the letters of a page are those that its own language is written with."""
    letters = "".join(letter for letter in text if letter.isalpha())
    return not BEYOND[str(page.get("lang"))].search(letters)


def test_a_page_asks_for_few_fonts(
    site: Published, tour: Mapping[str, Visit], roots: Mapping[str, str], forgetful_tab: Page
) -> None:
    """A reader's first page asks for at most 90 KB of fonts, if it has its own language's letters alone."""
    switch = {
        path: " ".join(page.xpath("//nav[@class='languages']//text()")) for path, page in site.pages.items()
    }
    plain = [
        [path for path in paths if is_plain(site.pages[path], _without(tour[path].text, switch[path]))]
        for paths in by_language(site)
    ]
    heaviest = [paths[0] for paths in plain if paths]
    assert len(site.kinds) < len(heaviest)
    weights = {}
    for path in heaviest:
        files = fetched(visit(forgetful_tab, roots["root"], path), roots)
        weights[path] = sum(site.size(file) for file in files if file.endswith(".woff2"))
    assert 0 < min(weights.values())
    assert {} == {path: weight for path, weight in weights.items() if weight > FONTS}


def by_language(site: Published) -> list[list[str]]:
    """The pages of each kind in each language, the heaviest first, without those that are for paper."""
    return [
        [path for path in paths if site.pages[path].get("lang") == language]
        for kind, paths in site.kinds.items()
        for language in BEYOND
        if kind != "print"
    ]


def _without(text: str, names: str) -> str:
    for name in names.split():
        text = text.replace(name, "")
    return text


def test_every_font_is_asked_for_by_its_letters(site: Published) -> None:
    """Each font of a stylesheet names the letters that it has, so that no page asks for an idle alphabet."""
    owned = 0
    for path in site.styles():
        text = (site.root / path).read_text(encoding="utf-8")
        faces = [face.partition("}")[0] for face in text.split("@font-face")[1:]]
        own = [face for face in faces if list(style_references(path, face))]
        owned += len(own)
        assert [] == [face for face in own if "unicode-range" not in face]
    assert owned
