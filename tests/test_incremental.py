"""A build on the last one gives the same as a build from nothing, and does no more than it must."""

import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder import taken_up
from site_builder.cache import standing, tool
from site_builder.cache.shelf import CACHE
from site_builder.cli import main
from site_builder.render import Artifact, one_page, processes
from site_builder.render import site as rendering
from tests.incremental import scripts
from tests.incremental.scripts import Desk, built, replace_in, tree

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

SCRIPTS = 30
ARTICLE = "articles/gazette-bridge-count/index.md"


@pytest.fixture
def versions(monkeypatch: pytest.MonkeyPatch) -> Callable[[Desk], None]:
    """Lets the installed libraries be those of a desk."""

    def install(desk: Desk) -> None:
        for module in (standing, tool):
            monkeypatch.setattr(module, "libraries", lambda: [f"library-{desk.tool}.dist-info"])

    return install


@pytest.mark.parametrize("number", range(SCRIPTS))
def test_after_any_edits_the_site_is_that_of_a_clean_build(
    number: int, tmp_path: Path, versions: Callable[[Desk], None]
) -> None:
    """Ten to thirty edits by chance, with builds in between: names, modes and bytes are a clean build's."""
    chance = random.Random(f"edits {number}")  # noqa: S311  # the same edits in every run
    desk = scripts.start(tmp_path / "project", chance)
    versions(desk)
    scripts.add(desk)
    for _ in range(2):
        code, said = built(desk, "public")
        assert 0 == code, (desk.done, said)
        for _ in range(chance.randrange(5, 16)):
            desk.edit()
    code, said = built(desk, "public")
    clean = built(desk, "clean", "--no-cache")
    assert (0, 0) == (code, clean[0]), (desk.done, said)
    assert tree(desk.project / "clean") == tree(desk.project / "public"), desk.done


def build(project: Path, *more: str) -> Result:
    """Build the project, which must succeed."""
    done = CliRunner().invoke(main, ["build", "-C", str(project), "--jobs", "1", *more])
    assert 0 == done.exit_code, done.output
    return done


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by the path of each page that is rendered."""
    found: list[str] = []
    page_html = rendering.page_html

    def page(*asked: object) -> bytes:
        found.append(asked[1].folder + asked[0].path)  # type: ignore[attr-defined]
        return page_html(*asked)  # type: ignore[arg-type]

    def remade(*asked: object) -> Artifact:
        found.append(asked[1].folder + asked[0].path)  # type: ignore[attr-defined]
        return one_page.remade(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(rendering, "page_html", page)
    monkeypatch.setattr(taken_up, "remade", remade)
    return found


EDITS = {
    "a digest": (ARTICLE, "was closed.", "was shut.", ["articles/gazette-bridge-count.html"]),
    "a title": (
        ARTICLE,
        "Nine bridges stand",
        "Bridges stand",
        ["articles/gazette-bridge-count.html", "articles/index.html", "sources/index.html", "index.html"],
    ),
    "a role": ("actors/ost-county.yaml", "type:", "role: Owner\ntype:", ["actors/ost-county.html"]),
    "a page": ("pages/about.md", "---\n", "---\nsummary: Who we are.\n", ["about.html"]),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_makes_only_the_pages_that_show_it(edit: str, lay: Lay, pages: list[str]) -> None:
    """After an edit its own pages are made anew, with the lists that show them; most pages are not."""
    path, old, new, shown = EDITS[edit]
    project = lay({})
    build(project)
    every = set(pages)
    pages.clear()
    replace_in(project, path, old, new)
    build(project)
    assert {*shown} <= {*pages}
    assert len(pages) < len(every)
    assert sorted(set(pages)) == sorted(pages)


def test_an_edited_digest_makes_three_pages(lay: Lay, pages: list[str]) -> None:
    """After an edit of a digest its own page, the whole on paper and the search are made, and no other."""
    project = lay({})
    build(project)
    stamps = {path: path.stat().st_mtime_ns for path in (project / "public").rglob("*") if path.is_file()}
    pages.clear()
    replace_in(project, ARTICLE, "was closed.", "was shut.")
    build(project)
    expected = ["articles/gazette-bridge-count.html", "print/index.html", "search.html"]
    assert expected == sorted(pages)
    others = {path for path in stamps if path.exists() and stamps[path] == path.stat().st_mtime_ns}
    assert {*expected, ".site-builder.json", "manifest.json"} == {
        path.relative_to(project / "public").as_posix()
        for path in stamps
        if path.exists() and path not in others
    }


def test_a_remark_makes_no_page(lay: Lay, pages: list[str]) -> None:
    """A remark in a file of fields changes nothing of the site, and makes no page anew."""
    project = lay({})
    build(project)
    pages.clear()
    replace_in(project, "actors/ost-county.yaml", "name:", "# a remark\nname:")
    assert "(nothing had changed)" in build(project).stdout
    assert [] == pages


def test_a_very_large_dossier_without_room_is_made_anew(
    lay: Lay, pages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where views are made again for each page, as memory is short, nothing is remembered of pages."""
    monkeypatch.setattr("site_builder.plan.views._ALL_KEPT", 0)
    monkeypatch.setattr("site_builder.build.with_memory_for", lambda _: 1)
    project = lay({})
    build(project)
    every = sorted(pages)
    pages.clear()
    replace_in(project, "actors/ost-county.yaml", "type:", "role: Owner\ntype:")
    build(project)
    assert every == sorted(pages)
    build(project, "--no-cache", "-o", str(project / "clean"))
    assert tree(project / "clean") == tree(project / "public")


def test_a_template_makes_every_page(lay: Lay, pages: list[str], tmp_path: Path) -> None:
    """Another theme makes every page anew."""
    del tmp_path
    project = lay({})
    build(project)
    every = sorted(pages)
    pages.clear()
    theme = project / "themes/dossier"
    theme.mkdir(parents=True)
    shutil.copytree(scripts.DOSSIER.parents[1], theme, dirs_exist_ok=True)
    with (theme / "templates/base.html").open("a", encoding="utf-8") as file:
        file.write("<!-- other -->\n")
    build(project)
    assert every == sorted(pages)


def test_verify_builds_both_ways_and_finds_them_equal(lay: Lay) -> None:
    """`--verify` publishes where a build on the last one and one from nothing agree."""
    project = lay({})
    build(project)
    replace_in(project, ARTICLE, "was closed.", "was shut.")
    assert "changed" in build(project, "--verify").stdout


def test_verify_stops_where_they_differ(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--verify` publishes nothing where they differ, and says in which file and line."""
    project = lay({})
    build(project)
    before = tree(project / "public")
    replace_in(project, ARTICLE, "was closed.", "was shut.")
    monkeypatch.setattr(processes, "fingerprint", lambda *_: b"always the same")
    monkeypatch.setattr(rendering, "page_html", lambda page, *_: page.path.encode())
    shutil.rmtree(project / CACHE)
    shutil.rmtree(project / "public")
    build(project)
    before = tree(project / "public")
    monkeypatch.setattr(rendering, "page_html", lambda page, *_: b"other " + page.path.encode())
    told = CliRunner().invoke(main, ["build", "-C", str(project), "--jobs", "1", "--verify"])
    assert 70 == told.exit_code
    assert "index.html differs from byte 0 on, in line 1" in told.stderr
    assert before == tree(project / "public")


def test_a_harmed_page_is_made_anew(lay: Lay, pages: list[str]) -> None:
    """A published page that somebody changed is made anew; the others are not."""
    project = lay({})
    build(project)
    good = tree(project / "public")
    pages.clear()
    (project / "public/search.html").write_bytes(b"harm")
    build(project)
    assert ["search.html"] == pages
    assert good == tree(project / "public")


def test_a_damaged_memory_makes_every_page(lay: Lay, pages: list[str]) -> None:
    """Where what is remembered of pages is damaged, all are made, and the site is the same."""
    project = lay({})
    build(project)
    good = tree(project / "public")
    every = sorted(pages)
    pages.clear()
    (noted,) = (project / CACHE).glob("pages-*")
    noted.write_bytes(noted.read_bytes()[:-7])
    replace_in(project, "actors/ost-county.yaml", "name:", "# a remark\nname:")
    told = build(project)
    assert "note: what lies in .site-builder/ cannot be used" in told.stderr
    assert every == sorted(pages)
    assert good == tree(project / "public")


def test_the_bytes_do_not_depend_on_the_processes(
    lay: Lay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One process or three: the same files, also where some are known."""
    project = lay({})
    monkeypatch.setattr(rendering, "_WORTH_A_PROCESS", 1)
    build(project, "--jobs", "3")
    replace_in(project, ARTICLE, "was closed.", "was shut.")
    build(project, "--jobs", "3")
    build(project, "-o", str(tmp_path / "one"), "--no-cache")
    assert tree(tmp_path / "one") == tree(project / "public")


def test_timings_are_told(lay: Lay) -> None:
    """`--timings` tells the seconds of each floor and of each kind of page, to people and to programs."""
    project = lay({})
    told = build(project, "--timings").stderr
    assert all(f"\n{floor} " in told for floor in ("read", "validate", "link", "plan", "render", "write"))
    assert "\narticle " in told
    assert "\nlook " in f"\n{build(project, '--timings').stderr}"


def test_an_edit_rewrites_what_shows_it(lay: Lay) -> None:
    """Edit by edit, exactly those files are rewritten that say something else; the table names them."""
    project = lay({})
    for edit, expected in scripts.table()[:10]:
        assert (edit, expected) == (edit, scripts.rewritten(project, edit, lambda: build(project)))
