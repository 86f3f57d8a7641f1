"""Pages for paper: everything on one page, and each statement marked with the number of its source."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from site_builder.build import Options, build, check
from site_builder.plan import paper
from site_builder.plan.contexts import PrintPage

ROOT = Path(__file__).resolve().parent.parent
Lay = Callable[[Mapping[str, str | bytes | None]], Path]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, HtmlElement]:
    """The pages for paper of the first dossier, by path."""
    public = tmp_path_factory.mktemp("paper") / "public"
    built = build(Options(project=ROOT, output=public, base_url="https://example.org/d/"))
    assert built.written is not None
    return {
        path.relative_to(public).as_posix(): html.document_fromstring(path.read_text(encoding="utf-8"))
        for path in sorted((public / "print").glob("*.html"))
    }


def marks(page: HtmlElement) -> list[str]:
    """Every mark of a page, as `[7]`, in order."""
    return [str(mark.text_content()) for mark in page.find_class("mark")]


def test_every_mark_is_in_the_list_and_back(pages: Mapping[str, HtmlElement]) -> None:
    """Every number in the text is one of the list of sources, and every source of the list is marked."""
    assert len(pages) > 2
    for page in pages.values():
        listed = [f"[{number}]" for number in page.xpath("//ol[@class='printed-sources']/li/@value")]
        assert set(listed) == set(marks(page))
        assert all(
            mark.get("href") == f"#Source-{mark.text_content()[1:-1]}" for mark in page.find_class("mark")
        )


def test_sources_are_numbered_as_they_come(pages: Mapping[str, HtmlElement]) -> None:
    """The first mark is [1], and a source met for the first time gets the next number."""
    for page in pages.values():
        seen = list(dict.fromkeys(marks(page)))
        first = [f"[{number}]" for number in range(1, len(seen) + 1)]
        assert sorted(first) == sorted(seen)
        assert first == [f"[{number}]" for number in page.xpath("//ol[@class='printed-sources']/li/@value")]


def test_every_statement_is_on_paper_with_its_address(pages: Mapping[str, HtmlElement]) -> None:
    """Every event, figure, quote and disagreement stands on the page of the whole, with id and address."""
    index = check(Options(project=ROOT, output=ROOT / "public")).index
    assert index is not None
    stamps = {str(one.text_content()) for one in pages["print/index.html"].find_class("stamp")}
    wanted = {
        *(f"https://example.org/d/events/{name}.html" for name in index.events),
        *(f"https://example.org/d/figures/{one.measure}.html#{name}" for name, one in index.figures.items()),
        *(f"https://example.org/d/disagreements.html#{name}" for name in index.disagreements),
    }
    assert set() == wanted - stamps
    assert set(index.quotes) == {one.rpartition("#")[2] for one in stamps} & set(index.quotes)


def test_every_source_has_its_whole_address(pages: Mapping[str, HtmlElement]) -> None:
    """The list prints the address of each source and archived copy in full: paper has no links."""
    for page in pages.values():
        for link in page.xpath("//ol[@class='printed-sources']//a[@class='printed-out']"):
            assert link.get("href") == link.text_content()


def test_a_region_of_too_much_says_what_is_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of a region with more statements than a page can hold the newest are printed, and the page says so."""
    monkeypatch.setattr(paper, "_MOST_OF_A_REGION", 5)
    found = check(Options(project=ROOT, output=tmp_path))
    plan, index = found.plan, found.index
    assert plan is not None
    assert index is not None
    (page,) = (one for one in plan.pages if isinstance(one, PrintPage) and one.path == "print/russia.html")
    printed = sum(len(group.figures) for one in page.figures for group in one.groups)
    assert 5 == printed + len(page.events) + len(page.quotes)
    kinds = (index.figures_of_region, index.timelines.of_region, index.quotes_of_region)
    assert page.left_out == sum(len(of_region["russia"]) for of_region in kinds) - 5


def test_a_page_for_paper_leaves_search_engines_to_the_screen(pages: Mapping[str, HtmlElement]) -> None:
    """What stands elsewhere already is not offered a second time: it names the page on the screen."""
    base = "https://example.org/d/"
    for path, page in pages.items():
        on_screen = "index.html" if path == "print/index.html" else path.replace("print/", "regions/")
        assert [base + on_screen] == page.xpath("//link[@rel='canonical']/@href")
        assert [] == page.xpath("//meta[@name='robots']")


def test_without_a_base_url_a_page_for_paper_is_not_for_search_engines(tmp_path: Path) -> None:
    """Where no whole address can be named, it asks not to be listed."""
    built = build(Options(project=ROOT, output=tmp_path / "public"))
    assert built.written is not None
    page = html.document_fromstring((tmp_path / "public/print/russia.html").read_text(encoding="utf-8"))
    assert ["noindex"] == page.xpath("//meta[@name='robots']/@content")


def test_only_regions_with_something_have_a_page(lay: Lay) -> None:
    """A region that nothing is on record of has no page for paper, and no link to one."""
    fields = ("name: Emptiness", "type: district", "summary: Nobody wrote of it.", "unknown: [All of it.]")
    project = lay({"regions/empty.md": "\n".join(("---", *fields, "---", ""))})
    built = build(Options(project=project, output=project / "public"))
    assert built.written is not None, list(built.checked.issues)
    assert not (project / "public/print/empty.html").exists()
    assert "print/" not in (project / "public/regions/empty.html").read_text("utf-8").partition("<footer")[0]


def test_a_dossier_too_long_for_one_page_says_so(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond some 1,500 statements the page of the whole leads to those of the regions."""
    monkeypatch.setattr(paper, "_MOST_STATEMENTS", 0)
    checked = check(Options(project=lay({}), output=Path("public")))
    assert checked.plan is not None
    (whole,) = (page for page in checked.plan.pages if page.path == "print/index.html")
    assert isinstance(whole, PrintPage)
    assert (False, (), ()) == (whole.is_whole, whole.events, whole.sources)
    assert whole.others
