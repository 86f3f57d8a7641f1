import math
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest

from site_builder.plan import SitePlan
from site_builder.read.theme import Theme
from site_builder.render import render
from site_builder.render.feeds import feed, sitemaps

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Planned = Callable[[Path], tuple[SitePlan, Theme]]

ATOM = "{http://www.w3.org/2005/Atom}"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def files_of(planned: tuple[SitePlan, Theme]) -> dict[str, bytes]:
    """Every file of a planned site."""
    plan, theme = planned
    return {artifact.path: artifact.content for artifact in render(plan, theme, 1, lambda _: None)}


def feed_of(plan: SitePlan) -> bytes:
    """The feed in the dossier's own language."""
    return feed(plan.languages[0], plan.edition)


def article(title: str, curated: str) -> str:
    """An article's text."""
    return (
        f"---\ntype: webpage\ntitle: {title}\nissued: 2021-03-14\nlanguage: en\n"
        f"summary: About <b>bridges</b> & more.\ncurated: {curated}\n---\nText.\n"
    )


def test_the_feed_is_well_formed(lay: Lay, planned_of: Planned) -> None:
    """A feed reader reads the feed without a remark, and finds every article and correction."""
    found = feedparser.parse(feed_of(planned_of(lay({}))[0]))
    assert not found.bozo, found.get("bozo_exception")
    assert "atom10" == found.version
    assert "Bridges of the Ost" == found.feed.title
    assert ["2021-05-02T00:00:00Z", "2021-04-02T00:00:00Z"] == [entry.updated for entry in found.entries]
    assert "Nine bridges stand" == found.entries[1].title


def test_the_newest_entry_dates_the_feed(lay: Lay, planned_of: Planned) -> None:
    """Entries come newest first, and the feed is as new as the newest."""
    project = lay(
        {
            "articles/late/index.md": article("Late", "2021-05-30"),
            "articles/early/index.md": article("Early", "2020-01-02"),
        }
    )
    found = feedparser.parse(feed_of(planned_of(project)[0]))
    dates = [entry.updated for entry in found.entries]
    assert sorted(dates, reverse=True) == dates
    assert "2021-05-30T00:00:00Z" == found.feed.updated


def test_titles_and_summaries_are_escaped(lay: Lay, planned_of: Planned) -> None:
    """Signs of XML in a title or summary arrive as the author wrote them."""
    project = lay({"articles/late/index.md": article("'Bridges & <fords>'", "2021-05-30")})
    root = ET.fromstring(feed_of(planned_of(project)[0]))  # noqa: S314  # our own bytes
    assert "Bridges & <fords>" in [found.text for found in root.iter(f"{ATOM}title")]
    assert "About <b>bridges</b> & more." in [found.text for found in root.iter(f"{ATOM}summary")]


def test_every_entry_leads_to_a_file_of_the_site(lay: Lay, planned_of: Planned) -> None:
    """Ids are unique and links are whole addresses of pages that exist."""
    planned = planned_of(lay({}))
    files, found = files_of(planned), feedparser.parse(feed_of(planned[0]))
    base = "https://bridges.example/"
    assert len(found.entries) == len({entry.id for entry in found.entries})
    for entry in found.entries:
        assert entry.link.startswith(base)
        assert entry.link.removeprefix(base).partition("#")[0] in files


def test_the_feed_holds_fifty_entries_at_most(lay: Lay, planned_of: Planned) -> None:
    """A long dossier's feed stays small; the newest entries are the ones that stay."""
    days = [f"2020-{month:02}-{day:02}" for month in range(1, 6) for day in range(1, 13)]
    project = lay({f"articles/a-{day}/index.md": article(f"Of {day}", day) for day in days})
    entries = feedparser.parse(feed_of(planned_of(project)[0])).entries
    assert 50 == len(entries)
    assert "2020-01-01T00:00:00Z" not in {entry.updated for entry in entries}


def test_an_empty_dossier_has_a_feed(lay: Lay, planned_of: Planned) -> None:
    """Without articles and corrections the feed is still valid, dated by the edition."""
    gone = ("articles/gazette-bridge-count/index.md", "articles/gazette-bridge-count/annotations.yaml",
            "sources/ferry-notice.yaml", "regions/upper-ost.md", "disagreements.yaml",
            "corrections.yaml")  # fmt: skip
    survey = "type: report\ntitle: Survey\nissued: 2021-02\nlanguage: en\n"
    project = lay({**dict.fromkeys(gone), "sources/county-survey.yaml": survey})
    found = feedparser.parse(feed_of(planned_of(project)[0]))
    assert not found.bozo
    assert ([], "2021-06-01T00:00:00Z") == (found.entries, found.feed.updated)


def places(content: bytes) -> list[str]:
    """The addresses in a sitemap, or in a list of them, without the base URL."""
    root = ET.fromstring(content)  # noqa: S314  # our own bytes
    return [
        str(found.text).removeprefix("https://bridges.example/") or "index.html" for found in root.iter(LOC)
    ]


@pytest.mark.parametrize("most", [50_000, 10, 1])
def test_the_sitemap_lists_every_page(most: int, lay: Lay, planned_of: Planned) -> None:
    """Every page is listed, once, as a whole address: all but the 404 page, and the ones for paper.

    Of more than a file may hold there are several files, and the sitemap lists these.
    """
    planned = planned_of(lay({}))
    files = files_of(planned)
    found = dict(sitemaps(planned[0], most))
    head = places(found.pop("sitemap.xml"))
    assert most == max([most, *(len(places(part)) for part in found.values())])
    listed = [place for part in found.values() for place in places(part)] if found else head
    assert (0 if most == 50_000 else math.ceil(len(listed) / most)) == len(found)
    assert not found or head == [*found]
    pages = (path for path in files if path.endswith(".html") and not path.startswith("print/"))
    assert sorted({*pages} - {"404.html"}) == sorted(listed)


@pytest.mark.parametrize("base_url", ["https://bridges.example/ost", "https://bridges.example/ost/"])
def test_a_site_may_stand_in_a_folder(base_url: str, lay: Lay, planned_of: Planned) -> None:
    """A base URL with a path is used with one slash at its end, however it is written."""
    site = (lay({}) / "content/site.yaml").read_text(encoding="utf-8")
    project = lay({"site.yaml": site.replace("https://bridges.example/", base_url)})
    files = files_of(planned_of(project))
    assert (
        b"<loc>https://bridges.example/ost/articles/gazette-bridge-count.html</loc>" in files["sitemap.xml"]
    )
    assert b"Sitemap: https://bridges.example/ost/sitemap.xml\n" in files["robots.txt"]
    assert b'href="/ost/index.html"' in files["404.html"]


def test_without_a_base_url_nothing_needs_one(lay: Lay, planned_of: Planned) -> None:
    """Without a base URL there is no feed, no sitemap and no whole address of our own on any page."""
    site = (lay({}) / "content/site.yaml").read_text(encoding="utf-8")
    files = files_of(planned_of(lay({"site.yaml": site.replace("base_url: https://bridges.example/\n", "")})))
    assert "feed.xml" not in files
    assert "sitemap.xml" not in files
    assert b"Sitemap" not in files["robots.txt"]
    pages = [content for path, content in files.items() if path.endswith(".html")]
    assert not any(
        b"bridges.example" in page or b'rel="canonical"' in page or b"feed.xml" in page for page in pages
    )
