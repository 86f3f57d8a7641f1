"""What a page costs a reader on a slow line, in bytes as they lie on the disk, before any compression."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page

from tests.browser.published import HOME, Published, references, style_references
from tests.browser.visits import Visit, visit

pytestmark = pytest.mark.browser

KB = 1024
PAGE_AND_STYLE = 100 * KB
WHOLE_HOME = 200 * KB
WHOLE_DOSSIER_ON_PAPER = 400 * KB
ENGLISH_FONTS = 90 * KB
LATIN = "\u024f"


def styles_of(path: str, site: Published) -> set[str]:
    """The stylesheets of a page."""
    return {one.target for one in references(path, site.pages[path]) if one.target.endswith(".css")}


def fetched(seen: Visit, roots: Mapping[str, str]) -> set[str]:
    """The files that a browser asked for on a page."""
    return {url.removeprefix(roots["root"]) for url in seen.requests}


def test_every_page_is_light(site: Published) -> None:
    """A page with its style, without fonts, is at most 100 KB; one for paper holds a whole dossier."""
    weights = {
        path: site.size(path) + sum(site.size(style) for style in styles_of(path, site))
        for path in site.pages
    }
    for path in site.kinds["print"]:
        assert weights.pop(path) <= WHOLE_DOSSIER_ON_PAPER
    assert {} == {path: weight for path, weight in weights.items() if weight > PAGE_AND_STYLE}


def test_home_is_light_with_everything(
    site: Published, tour: Mapping[str, Visit], roots: Mapping[str, str]
) -> None:
    """The home page with all that a browser asks for to show it is at most 200 KB."""
    files = fetched(tour[HOME], roots)
    assert {HOME} < files
    assert any(path.endswith(".woff2") for path in files)
    assert sum(site.size(path) for path in files) <= WHOLE_HOME


def english(text: str) -> bool:
    """True if a text has no letter beyond Latin."""
    return not any(letter.isalpha() and letter > LATIN for letter in text)


def test_an_english_page_asks_for_few_fonts(
    site: Published, tour: Mapping[str, Visit], roots: Mapping[str, str], forgetful_tab: Page
) -> None:
    """A reader's first page asks for at most 90 KB of fonts if it has no letter beyond Latin."""
    of_each_kind = [[path for path in paths if english(tour[path].text)] for paths in site.kinds.values()]
    heaviest = [paths[0] for paths in of_each_kind if paths]
    assert len(site.kinds) / 2 < len(heaviest)
    weights = {}
    for path in heaviest:
        files = fetched(visit(forgetful_tab, roots["root"], path), roots)
        weights[path] = sum(site.size(file) for file in files if file.endswith(".woff2"))
    assert 0 < min(weights.values())
    assert {} == {path: weight for path, weight in weights.items() if weight > ENGLISH_FONTS}


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
