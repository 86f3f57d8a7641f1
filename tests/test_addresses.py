"""Addresses that last: what stood at one is told there for ever, on any host and from a disk."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import feedparser
import pytest
from click.testing import CliRunner
from lxml import html

from site_builder.build import Options, build
from site_builder.cli import main
from site_builder.issues import IssueLog
from site_builder.link import Index

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

CASE = Path(__file__).resolve().parent / "sites/retired/content"

# Every address that the case's first release had and its second has not, with where it leads now.
LEFT = {
    "events/ferry-down.html": "events/ferry-sunk.html",
    "events/ferry-sinks.html": "events/ferry-sunk.html",
    "events/ferry-lost.html": "events/ferry-sunk.html",
    "events/raft-lost.html": "",
    "sources/harbour-log.html": "articles/harbour-log.html",
    "sources/lunn-almanac.html": "",
    "articles/lunn-almanac.html": "",
    "story.html": "ferry-story.html",
}
ANCHORS = {
    "figures/ferries-running.html": ("ferries-crossing", {"two-ferries", "ferries-both"}),
    "articles/ferry-news.html": ("bottom-gone", {"no-bottom"}),
    "disagreements.html": ("ferries-counted", {"how-many"}),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of which records were renamed, replaced, withdrawn and curated since they were published."""
    project = tmp_path_factory.mktemp("retired")
    shutil.copytree(CASE, project / "content")
    built = build(Options(project=project, output=project / "public"))
    assert built.written, list(built.checked.issues)
    return project / "public"


def page(site: Path, path: str) -> html.HtmlElement:
    """A page of the site as a tree."""
    return html.document_fromstring((site / path).read_text(encoding="utf-8"))


def refreshed(site: Path, path: str) -> str:
    """Where a page leads on to by itself, as a path in the site; empty where it does not."""
    found = page(site, path).xpath("//meta[@http-equiv='refresh']/@content")
    if not found:
        return ""
    (content,) = found
    match = re.fullmatch(r"0; url=(\S+)", content)
    assert match
    parts = urlsplit(match[1])
    assert ("", "") == (parts.scheme, parts.netloc)
    target = (site / PurePosixPath(path).parent / parts.path).resolve()
    assert target.is_file()
    return target.relative_to(site.resolve()).as_posix()


def test_redirects_are_these(site: Path) -> None:
    """Each address that was left has a page, which leads to what stands for it now; no others have one."""
    found = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if '"noindex"' in path.read_text(encoding="utf-8")
    }
    on_paper = {path for path in found if path.startswith("print/")}
    assert LEFT == {path: refreshed(site, path) for path in found - on_paper}


@pytest.mark.parametrize("path", LEFT)
def test_a_redirect_needs_no_script_and_no_refresh(path: str, site: Path) -> None:
    """The page has a plain link to where it leads, and no script."""
    text, tree = (site / path).read_text(encoding="utf-8"), page(site, path)
    assert "<script" not in text
    links = tree.xpath("//main//a/@href")
    depth = "../" * path.count("/")
    assert ([depth + LEFT[path]] if LEFT[path] else []) == links


@pytest.mark.parametrize("path", LEFT)
def test_the_canonical_address_is_the_successor_s(path: str, site: Path) -> None:
    """Machines are told the address that holds now; where nothing replaced the record, none."""
    wanted = [f"https://ferry.example/{LEFT[path]}"] if LEFT[path] else []
    assert wanted == page(site, path).xpath("//link[@rel='canonical']/@href")


def test_a_redirect_says_why(site: Path) -> None:
    """A retired record's page gives the reason and the day; a withdrawn one says that nothing replaced it."""
    assert "20 May 1911: One sinking was told twice." in _words(page(site, "events/ferry-sinks.html"))
    withdrawn = _words(page(site, "events/raft-lost.html"))
    assert "“raft-lost” was withdrawn, and nothing has replaced it." in withdrawn
    assert "21 May 1911: The paper took it back." in withdrawn


def _words(tree: html.HtmlElement) -> str:
    return " ".join(" ".join(tree.find(".//main").itertext()).replace("\u00a0", " ").split()).replace(
        " :", ":"
    )


def test_redirects_are_not_in_the_sitemap(site: Path) -> None:
    """Search engines are sent to what is there, and the sitemap still lists it."""
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert [] == [path for path in LEFT if f"/{path}<" in sitemap]
    assert "/events/ferry-sunk.html<" in sitemap


@pytest.mark.parametrize("path", ANCHORS)
def test_old_fragments_still_lead_to_the_record(path: str, site: Path) -> None:
    """Where a record is at home, the ids that it had stand within it, empty."""
    now, former = ANCHORS[path]
    (record,) = page(site, path).xpath(f"//*[@id='{now}']")
    spans = [span for span in record.iter("span") if span.get("id")]
    assert former == {span.get("id") for span in spans}
    assert [""] * len(spans) == [span.text_content() for span in spans]


def test_every_retired_record_is_told_of(site: Path) -> None:
    """The corrections' page lists what was retired, so that also a figure's or a quote's end is told."""
    terms = page(site, "corrections.html").xpath("//dl//dt/@id")
    assert ["lunn-almanac", "ferry-lost", "raft-lost", "ferry-sinks", "ferries-both"] == terms


RETIRED = "- id: {id}\n  kind: event\n  why: Told twice.\n  date: 2021-05-30\n"


def test_without_a_base_url_there_is_no_canonical_address(lay: Lay, sound_text: Callable[[str], str]) -> None:
    """A redirect of a site that knows no address of its own leads on all the same."""
    former = sound_text("actors/ost-county.yaml") + "former_ids: [old-county]\n"
    site = sound_text("site.yaml").replace("base_url: https://bridges.example/\n", "")
    project = lay({"actors/ost-county.yaml": former, "site.yaml": site})
    build(Options(project=project, output=project / "public"))
    assert "actors/ost-county.html" == refreshed(project / "public", "actors/old-county.html")
    assert [] == page(project / "public", "actors/old-county.html").xpath("//link[@rel='canonical']")


def test_a_retired_page_cannot_hide_a_list(lay: Lay, issues_of: Callable[[Path], IssueLog]) -> None:
    """A redirect at the address of one of the site's own pages is an error at the entry's file."""
    project = lay({"retired.yaml": RETIRED.format(id="corrections").replace("event", "page")})
    (found,) = issues_of(project)
    assert ("content/retired.yaml", "address-collision") == (found.place.path, found.code)


def test_a_front_page_is_never_replaced(lay: Lay) -> None:
    """The page `home`, retired, leaves the front page where it is."""
    project = lay({"retired.yaml": RETIRED.format(id="home").replace("event", "page")})
    built = build(Options(project=project, output=project / "public"))
    assert built.written
    assert "noindex" not in (project / "public/index.html").read_text(encoding="utf-8")


def test_a_renamed_measure_and_region_have_redirects(
    lay: Lay, sound_text: Callable[[str], str], index_of: Callable[[Path], Index]
) -> None:
    """Former ids work for records of every kind that has a page of its own."""
    measures = sound_text("measures.yaml").replace(
        "- id: bridges-standing\n", "- id: bridges-standing\n  former_ids: [bridges-there]\n"
    )
    region = sound_text("regions/upper-ost.md").replace("---\n", "---\nformer_ids: [high-ost]\n", 1)
    project = lay({"measures.yaml": measures, "regions/upper-ost.md": region})
    assert {"measure:bridges-there", "region:high-ost"} == set(index_of(project).history.gone)
    build(Options(project=project, output=project / "public"))
    assert "figures/bridges-standing.html" == refreshed(project / "public", "figures/bridges-there.html")
    assert "regions/upper-ost.html" == refreshed(project / "public", "regions/high-ost.html")


def test_an_unreadable_list_of_retired_records_makes_no_false_issue(
    lay: Lay, sound_text: Callable[[str], str], issues_of: Callable[[Path], IssueLog]
) -> None:
    """Where `retired.yaml` cannot be read, a correction may name whatever it might hold."""
    corrections = sound_text("corrections.yaml").replace("figure:nine-bridges", "figure:gone-bridges")
    project = lay({"corrections.yaml": corrections, "retired.yaml": "- id: [\n"})
    assert ["yaml-syntax"] == [issue.code for issue in issues_of(project)]


@pytest.mark.parametrize(
    "ident, told", [("ferry-down", "it is now event:ferry-sunk"), ("event:raft-lost", "it was withdrawn")]
)
def test_an_old_id_is_known_to_show(ident: str, told: str, site: Path) -> None:
    """`site-builder show` of an id that was given up says what it is now."""
    shown = CliRunner().invoke(main, ["show", ident, "-C", str(site.parent)])
    assert 2 == shown.exit_code
    assert told in shown.output


# ---------------------------------------------------------------- corrections

HOMES = {
    "events/ferry-sunk.html": {"sank-not-burnt"},
    "figures/ferries-running.html": {"counted-not-claimed"},
    "articles/ferry-news.html": {"counted-not-claimed", "ferryman-words"},
    "disagreements.html": {"counted-twice"},
}
ALL = {"sank-not-burnt", "raft-one-not-two", "counted-not-claimed", "ferryman-words", "counted-twice"}


@pytest.mark.parametrize("path", HOMES)
def test_a_correction_stands_on_the_page_of_its_record(path: str, site: Path) -> None:
    """What was corrected says so where it stands, also where its home is a place on another record's page."""
    links = page(site, path).xpath("//section[@aria-labelledby='Corrected']//a[@class='permalink']/@href")
    assert HOMES[path] == {urlsplit(link).fragment for link in links}


def test_every_correction_is_listed_and_fed(site: Path) -> None:
    """The corrections' page and the feed have each of them, also that of a record since retired."""
    listed = page(site, "corrections.html").xpath("//article[contains(@class, 'correction')]/@id")
    fed = feedparser.parse((site / "feed.xml").read_bytes())
    links = {urlsplit(entry.link) for entry in fed.entries}
    assert ALL == set(listed)
    assert ALL == {link.fragment for link in links if link.path == "/corrections.html"}


def test_a_correction_names_the_field_in_words(site: Path) -> None:
    """A reader is told of the words quoted, not of `exact`."""
    words = [found.text_content() for found in page(site, "corrections.html").xpath("//article/dl/dd[1]")]
    assert ["nature", "words quoted", "who says so", "account", "title"] == words


def test_there_is_a_page_of_corrections_from_the_first_day(lay: Lay) -> None:
    """Without any correction the page says so."""
    project = lay({"corrections.yaml": None})
    build(Options(project=project, output=project / "public"))
    assert "Nothing has been corrected so far." in _words(page(project / "public", "corrections.html"))


@pytest.mark.parametrize("where", ["home", "method"])
def test_corrections_of_prose_stand_under_it(where: str, lay: Lay, sound_text: Callable[[str], str]) -> None:
    """A correction of the front page's or the method's text stands on that page."""
    corrections = sound_text("corrections.yaml").replace("figure:nine-bridges", f"page:{where}")
    project = lay({"corrections.yaml": corrections, f"pages/{where}.md": "---\ntitle: Words\n---\nWords.\n"})
    build(Options(project=project, output=project / "public"))
    path = "index.html" if where == "home" else f"{where}.html"
    assert "Corrected on this page" in _words(page(project / "public", path))
