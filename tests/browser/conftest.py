"""The first dossier, built once, served once, and opened in one browser."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from site_builder.build import Options, build
from tests.browser.host import host
from tests.browser.published import Published, read_published
from tests.browser.visits import Visit, visit

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
TEMPLATES = PROJECT / "themes" / "dossier" / "templates" / "pages"
# The kinds that the first dossier has no page of: none of its lists is long, no id of it has been retired,
# and it is no theme.
WITHOUT_EXAMPLE = {"list", "redirect", "specimen"}
KINDS = tuple(sorted({path.stem for path in TEMPLATES.glob("*.html")} - WITHOUT_EXAMPLE))
BELOW = "/x/y/"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDE: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The first dossier, built without a base URL."""
    return _built(tmp_path_factory.mktemp("site") / "public", "")


@pytest.fixture(scope="session")
def based_site(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The first dossier, built for a sub-folder of a host."""
    return _built(tmp_path_factory.mktemp("based") / "public", f"https://example.org{BELOW}")


def _built(output: Path, base_url: str) -> Published:
    built = build(Options(project=PROJECT, output=output, base_url=base_url))
    assert built.written is not None, list(built.checked.issues)
    return read_published(output)


@pytest.fixture(scope="session")
def roots(site: Published, based_site: Published) -> Iterator[Mapping[str, str]]:
    """The address of the home page's folder: on a host of its own, below a path, and on a disk."""
    with ExitStack() as stack:
        yield {
            "root": stack.enter_context(host(site.root)),
            "below": stack.enter_context(host(based_site.root, BELOW)),
            "disk": site.root.as_uri() + "/",
        }


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a network service of its own."""
    chromium = Path(os.environ.get("SITE_BUILDER_CHROMIUM", "/usr/bin/chromium"))
    assert chromium.exists(), f"no browser at {chromium}: set SITE_BUILDER_CHROMIUM, as 'make test' does"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    """A reader's tab, 1280 pixels wide, under the site's policy; one for all, as each costs time."""
    yield from _tab(browser)


@pytest.fixture(scope="session")
def bare_tab(browser: Browser) -> Iterator[Page]:
    """The same with scripts switched off."""
    yield from _tab(browser, java_script_enabled=False)


@pytest.fixture(scope="session")
def free_tab(browser: Browser) -> Iterator[Page]:
    """The same without the site's policy, for tools that must run inside a page."""
    yield from _tab(browser, bypass_csp=True)


def _tab(browser: Browser, *, java_script_enabled: bool = True, bypass_csp: bool = False) -> Iterator[Page]:
    context = browser.new_context(
        viewport=WIDE,
        locale="en-GB",
        reduced_motion="reduce",
        java_script_enabled=java_script_enabled,
        bypass_csp=bypass_csp,
    )
    page = context.new_page()
    _opened.append(page)
    yield page
    _opened.remove(page)
    context.close()


_opened: list[Page] = []


@pytest.fixture(autouse=True)
def _tidy_tabs() -> Iterator[None]:
    """A test may look at a page in its own way; the next one finds the tabs as they were."""
    yield
    for page in _opened:
        page.set_viewport_size(WIDE)
        page.emulate_media(
            media="null", color_scheme="null", forced_colors="null", contrast="null", reduced_motion="reduce"
        )


@pytest.fixture(scope="session")
def forgetful_tab(browser: Browser) -> Iterator[Page]:
    """The same, opening each page as if it were the first: Chromium remembers fonts with their stylesheet."""
    for page in _tab(browser):
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        yield page


@pytest.fixture(scope="session")
def tour(site: Published, roots: Mapping[str, str], tab: Page) -> Mapping[str, Visit]:
    """Every page of the site, opened once on a host of its own."""
    return {path: visit(tab, roots["root"], path) for path in site.pages}


@pytest.fixture(scope="session")
def sample(site: Published) -> Mapping[str, str]:
    """The heaviest page of each kind."""
    return {kind: paths[0] for kind, paths in sorted(site.kinds.items())}


@pytest.fixture(scope="session")
def first_visits(
    sample: Mapping[str, str], roots: Mapping[str, str], forgetful_tab: Page
) -> Mapping[str, tuple[Visit, ...]]:
    """The heaviest page of each kind, opened as if it were the first, at each of the roots."""
    return {
        where: tuple(visit(forgetful_tab, root, path) for path in sample.values())
        for where, root in roots.items()
    }
