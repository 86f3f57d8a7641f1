"""A reader's browser asks this site for everything and nobody else for anything."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from site_builder.build import Options, build
from site_builder.new import start_dossier
from tests.browser.host import headers_for, host
from tests.browser.published import Published, Reference
from tests.browser.visits import Visit, listening

pytestmark = pytest.mark.browser

# Elements whose addresses a browser fetches, or reaches out to, without being asked by the reader.
FETCHED = (
    "//@src | //@srcset | //@poster | //@background | //object/@data | //@ping | //@manifest"
    " | //link[not(@rel='canonical') and not(@rel='license') and not(@hreflang)]/@href"
    " | //*[local-name()='use' or local-name()='image']/@href"
)
BREACH = """() => {
  document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/pixel.png'}));
  document.head.append(Object.assign(document.createElement('style'), {textContent: 'body { color: red }'}));
}"""


def test_no_page_asks_another_host(tour: Mapping[str, Visit], roots: Mapping[str, str]) -> None:
    """On every page every request goes to the host that the page came from."""
    assert len(tour) < sum(len(one.requests) for one in tour.values())
    away = {
        one.path: [url for url in one.requests if not url.startswith(roots["root"])] for one in tour.values()
    }
    assert {} == {path: urls for path, urls in away.items() if urls}


@pytest.mark.parametrize("where", ["below", "disk"])
def test_no_page_leaves_its_folder(
    where: str, roots: Mapping[str, str], first_visits: Mapping[str, tuple[Visit, ...]]
) -> None:
    """Below a path and on a disk every request of a page stays inside the site's folder."""
    asked = [url for one in first_visits[where] for url in one.requests]
    assert len(first_visits[where]) < len(asked)
    assert [] == [url for url in asked if not url.startswith(roots[where])]


def test_no_page_could_ask_another_host(based_site: Published) -> None:
    """No page names another host where a browser fetches by itself, not for a prefetch or a ping either."""
    named = [
        (path, value)
        for path, page in based_site.pages.items()
        for value in page.xpath(FETCHED)
        if Reference(file=path, written=value).leads_out
    ]
    assert [] == named


def test_no_page_complains(tour: Mapping[str, Visit]) -> None:
    """With the published headers no page has an error, a warning, a failed request or a breach of policy."""
    assert {} == {one.path: one.complaints for one in tour.values() if one.complaints}


def test_the_published_headers_forbid_what_the_site_does_not_need(site: Published) -> None:
    """`_headers` gives every page a policy that starts from nothing, and no referrer."""
    rules = (site.root / "_headers").read_text(encoding="utf-8")
    for path in site.pages:
        headers = headers_for("/" + path, rules)
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert "no-referrer" == headers["Referrer-Policy"]
        assert "nosniff" == headers["X-Content-Type-Options"]


def test_a_breach_of_the_policy_would_be_heard(roots: Mapping[str, str], tab: Page) -> None:
    """The policy that is served stops a foreign image and an inline style, and these tests would hear it."""
    with listening(tab) as (_, complaints):
        tab.goto(roots["root"] + "index.html")
        tab.evaluate(BREACH)
        tab.wait_for_function("document.images.length > 0 && [...document.images].at(-1).complete")
    told = [one for one in complaints if "Content Security Policy" in one]
    assert [one for one in told if "pixel.png" in one]
    assert [one for one in told if "style" in one]


def test_a_browser_holds_files_to_their_sums(tmp_path: Path, tab: Page) -> None:
    """With sums a served page loads all it has, and no script or style sheet that was changed on the way."""
    start_dossier(tmp_path)
    public = tmp_path / "public"
    assert build(Options(project=tmp_path, output=public, integrity=True)).written
    with host(public) as root, listening(tab) as (_, complaints):
        tab.goto(root + "search.html")
    assert [] == complaints
    for path in (public / "assets").glob("*.[cj]s*"):
        path.write_bytes(path.read_bytes() + b"\n")
    # Another host, as this one's files may be kept for ever.
    with host(public) as root, listening(tab) as (_, complaints):
        tab.goto(root + "search.html")
        tab.wait_for_load_state()
    told = [one for one in complaints if "digest" in one]
    assert {"css", "js"} == {name for name in ("css", "js") for one in told if f".{name}'" in one}
