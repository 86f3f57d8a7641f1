"""Whole small sites, as a reader and a machine get them.

Each folder in `sites/` holds a dossier and what it must become: for every page the words and links of its
`<main>` in plain text, so that a change of looks alone changes nothing here, and every file for machines
byte for byte. `pytest tests/test_golden.py --update-golden` writes what comes out as what is expected.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree, html

from site_builder.build import Options, build

ROOT = Path(__file__).resolve().parent.parent
SITES = ROOT / "tests/sites"
CASES = sorted(folder.name for folder in SITES.iterdir() if folder.is_dir())
# The dossier beside the tool is held to what holds for every site; what it says is its editors' business.
FIRST = "first-dossier"
GOLDEN = pytest.mark.parametrize("site", CASES, indirect=True)
EVERY = pytest.mark.parametrize("site", [*CASES, FIRST], indirect=True)

MACHINES = re.compile(
    r"data/[a-z0-9-]+\.(?:csv|json)|regions/[a-z-]+\.svg|feed\.xml|sitemap\.xml|robots\.txt|_headers"
)

BLOCKS = {"address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt",
          "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
          "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
          "thead", "tr", "ul"}  # fmt: skip
MARKS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- ", "blockquote": "> "}
UNSEEN = {"button", "script", "style", "template", "svg"}
# What only some readers meet: words for screen readers, and the signs that lead to a thing's own address.
ASIDE = {"unseen", "permalink", "cite__mark"}
# An empty list keeps its address, and nothing leads there; by the table whose absence says that it is empty.
LISTS = {"actors/index.html": "actors", "articles/index.html": "articles",
         "corrections.html": "corrections", "disagreements.html": "disagreements",
         "figures/index.html": "measures", "quotes/index.html": "quotes",
         "timeline/index.html": "events"}  # fmt: skip


class Lines:
    """Collects words into lines, one for each block."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[str] = []
        self.mark = ""

    def end(self, mark: str = "") -> None:
        """End the line; the next one begins with the mark."""
        line = " ".join("".join(self.words).split())
        if line:
            self.lines.append(self.mark + line)
            self.mark = ""
        self.words = []
        self.mark = mark or self.mark


def plain(page: bytes) -> str:
    """Return the words of a page's `<main>`: a line a block, `[words -> address]` a link, `{…}` a note.

    `(picture: …)` stands for a picture, with its description.
    """
    main = html.document_fromstring(page.decode()).find(".//main")
    assert main is not None
    lines = Lines()
    _collect(main, lines)
    lines.end()
    return "\n".join(lines.lines) + "\n"


def _collect(element: etree._Element, lines: Lines) -> None:
    tag = str(element.tag)
    if tag in UNSEEN or not isinstance(element.tag, str) or ASIDE & set((element.get("class") or "").split()):
        return
    if tag in BLOCKS:
        lines.end(MARKS.get(tag, ""))
    href = element.get("href") if tag == "a" else None
    is_note = element.get("popover") is not None
    lines.words.append("[" if href is not None else " {" if is_note else " " if tag == "br" else "")
    # What is drawn is told in words.
    is_drawn = href is not None and element.find("svg") is not None
    lines.words.append(element.text or (element.get("aria-label", "") if is_drawn else ""))
    for child in element:
        _collect(child, lines)
        lines.words.append(child.tail or "")
    if tag == "img":
        lines.words.append(f"(picture: {element.get('alt')})")
    if href is not None:
        lines.words.append(f" -> {href}]")
    if is_note:
        lines.words.append("} ")
    if tag in BLOCKS:
        lines.end()


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A dossier, built once for all tests of it: its name and its site."""
    case = str(request.param)
    project = tmp_path_factory.mktemp(case)
    shutil.copytree((SITES / case if case in CASES else ROOT) / "content", project / "content")
    built = build(Options(project=project, output=project / "public"))
    assert built.written, list(built.checked.issues)
    return case, project / "public"


def outcome(output: Path) -> dict[str, bytes]:
    """What is compared, by its path in `expected/`."""
    found = {}
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        if name.endswith(".html"):
            found[f"pages/{name.removesuffix('.html')}.txt"] = plain(path.read_bytes()).encode()
        elif MACHINES.fullmatch(name):
            found[f"files/{name}"] = path.read_bytes()
    return found


def stored(folder: Path) -> dict[str, bytes]:
    """What is expected, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@GOLDEN
def test_a_site_is_as_expected(site: tuple[str, Path], *, update_golden: bool) -> None:
    """Every page says and links what is expected; every file for machines is the same, byte for byte."""
    case, output = site
    expected, found = SITES / case / "expected", outcome(output)
    if update_golden:
        shutil.rmtree(expected, ignore_errors=True)
        for path, content in found.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(content)
    wanted = stored(expected)
    assert sorted(wanted) == sorted(found)
    for path, content in wanted.items():
        assert content.decode() == found[path].decode(), f"{case}/expected/{path}"


def test_what_is_expected_is_never_rewritten_on_ci() -> None:
    """With CI set, `--update-golden` ends the run before any test, and no expected file is touched."""
    before = {case: stored(SITES / case / "expected") for case in CASES}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--update-golden", __file__]
    done = subprocess.run(
        [*command, "-k", "as_expected"], env={**os.environ, "CI": "true"}, capture_output=True, check=False
    )
    assert pytest.ExitCode.USAGE_ERROR == done.returncode
    assert b"not on CI" in done.stdout
    assert before == {case: stored(SITES / case / "expected") for case in CASES}


class Page(HTMLParser):
    """The ids of a page, and every address that it uses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "srcset":
                self.addresses += [one.split()[0] for one in (value or "").split(",")]
            elif name in {"href", "src", "poster", "data", "action"} and tag != "base":
                self.addresses.append(value or "")


def pages(output: Path) -> Iterator[tuple[str, Page]]:
    """Every page of a site, by path."""
    for path in sorted(output.rglob("*.html")):
        yield path.relative_to(output).as_posix(), Page(path.read_text(encoding="utf-8"))


@EVERY
def test_every_link_within_the_site_leads_somewhere(site: tuple[str, Path]) -> None:
    """Each relative link of each page names a file of the site, and each fragment an element on it."""
    _, output = site
    ids = {path: set(page.ids) for path, page in pages(output)}
    for path, page in pages(output):
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme:
                assert parts.scheme in {"http", "https", "mailto"}, address
                continue
            target = PurePosixPath(path)
            if parts.path.startswith("/") or (path == "404.html" and parts.path):
                target = PurePosixPath(parts.path.removeprefix("/bridge/").removeprefix("/"))
            elif parts.path:
                target = PurePosixPath(path).parent / unquote(parts.path)
            resolved = (output / target).resolve().relative_to(output.resolve()).as_posix()
            assert (output / resolved).is_file(), f"{path} links to {address}"
            if parts.fragment:
                assert unquote(parts.fragment) in ids[resolved], f"{path} links to {address}"


@EVERY
def test_every_id_stands_once_on_its_page(site: tuple[str, Path]) -> None:
    """No page has two elements of one id."""
    _, output = site
    for path, page in pages(output):
        twice = sorted({ident for ident in page.ids if page.ids.count(ident) > 1})
        assert [] == twice, path


@EVERY
def test_every_page_but_the_front_can_be_reached(site: tuple[str, Path]) -> None:
    """From the front page links lead to every page: nothing that is published is hidden."""
    _, output = site
    links = {
        path: {
            (output / PurePosixPath(path).parent / urlsplit(address).path)
            .resolve()
            .relative_to(output.resolve())
            .as_posix()
            for address in page.addresses
            if not urlsplit(address).scheme and urlsplit(address).path and path != "404.html"
        }
        for path, page in pages(output)
    }
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        fresh = links.get(waiting.pop(), set()) - seen
        seen |= fresh
        waiting += sorted(fresh)
    empty = {page for page, kind in LISTS.items() if not (output / f"data/{kind}.csv").is_file()}
    if list((output / "articles").iterdir()) != [output / "articles/index.html"]:
        empty.remove("articles/index.html")
    # What stands at an address that a record has left is for those who come from outside.
    left = {path for path in links if '"noindex"' in (output / path).read_text(encoding="utf-8")}
    assert {"404.html"} == set(links) - seen - empty - left


@EVERY
def test_no_page_needs_anything_from_elsewhere(site: tuple[str, Path]) -> None:
    """Pages load nothing from another host: outside addresses stand in links alone."""
    _, output = site
    loading = re.compile(
        r"<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*(?:src|data)=\"(?:https?:)?//"
    )
    for path in output.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not loading.search(text), path
        stylesheets = re.findall(r'<link rel="(?:stylesheet|icon|preload)"[^>]*href="([^"]+)"', text)
        assert stylesheets
        assert not any(urlsplit(address).scheme or address.startswith("//") for address in stylesheets), path


@pytest.mark.parametrize(
    "body, words",
    [
        ("<p>One <b>two</b>\n three</p>", "One two three\n"),
        ('<p>See <a href="x.html">it</a>.</p>', "See [it -> x.html].\n"),
        ("<h2>A</h2><ul><li>b<li>c</ul>", "## A\n- b\n- c\n"),
        ("<p>a<button>no</button><script>no</script>b</p>", "ab\n"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\nb\n"),
        ("", "\n"),
    ],
)
def test_the_plain_form_of_a_page(body: str, words: str) -> None:
    """The form in which pages are compared keeps words, order, headings, lists and links, and no looks."""
    assert words == plain(f"<!doctype html><main>{body}</main>".encode())
