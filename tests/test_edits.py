"""A save that is taken up by itself gives what a build of everything would give."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.build import Options, check
from site_builder.issues import IssueLog
from site_builder.link import link
from site_builder.plan import AskedPages
from site_builder.plan.atlas import atlas
from site_builder.serve.builds import NOTHING, Rebuilt, rebuild, settled, take_up

SITES = Path(__file__).parent / "sites"
THEME = Path(__file__).parents[1] / "themes" / "dossier"
KINDS = {"article", "source", "region", "event", "measure", "actor", "prose"}


def _copied(name: str, folder: Path) -> Path:
    shutil.copytree(SITES / name / "content", folder / "content")
    return folder


def _built(project: Path) -> Rebuilt:
    rebuilt = rebuild(project, NOTHING)
    return replace(rebuilt, standing=settled(rebuilt))


def _edit(project: Path, path: str, old: str, new: str) -> None:
    text = (project / path).read_text(encoding="utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def _taken_up(project: Path, built: Rebuilt, *paths: str) -> Rebuilt | None:
    assert built.standing
    return take_up(project, built.preview, built.standing, paths)


@pytest.mark.parametrize("name", ["disagreement", "map", "two-languages"])
def test_a_page_alone_is_that_of_the_whole_plan(name: str, tmp_path: Path) -> None:
    """Each record's page, planned by itself, is the same value as in the plan of the site."""
    checked = check(Options(project=_copied(name, tmp_path), output=tmp_path, base_url="", keeps_raw=True))
    assert checked.index
    assert checked.theme
    assert checked.plan
    asked = AskedPages(checked.index, checked.theme, atlas(checked.index))
    wanted = [(one, page) for one in checked.plan.languages for page in one.pages if page.kind in KINDS]
    found = [asked.page(one.site.folder + page.path) for one, page in wanted]
    assert len(wanted) > 3
    assert [(page, one.site) for one, page in wanted] == found


EDITS = [
    ("disagreement", "content/articles/*/index.md", "title: ", "title: Not "),
    ("disagreement", "content/articles/*/index.md", "\n---\n", "\n---\n\nA *new* paragraph.\n\n"),
    ("disagreement", "content/articles/*/annotations.yaml", "says: ", "says: Perhaps "),
    ("disagreement", "content/regions/*.md", "name: ", "name: New "),
    ("two-languages", "content/articles/*/index.md", "title: ", "title: Not "),
    ("disagreement", "content/measures.yaml", "title: ", "title: New "),
    ("disagreement", "content/corrections.yaml", "was: ", "was: Not "),
    ("disagreement", "content/disagreements.yaml", "title: ", "title: New "),
    ("map", "content/regions/*.md", "name: ", "name: New "),
]


@pytest.mark.parametrize("name, pattern, old, new", EDITS)
def test_an_edit_gives_what_a_build_gives(
    name: str, pattern: str, old: str, new: str, tmp_path: Path
) -> None:
    """After an edit every file, every issue and the state are those of a build of everything."""
    project = _copied(name, tmp_path)
    built = _built(project)
    path = min(project.glob(pattern)).relative_to(project).as_posix()
    _edit(project, path, old, new)
    edited, clean = _taken_up(project, built, path), rebuild(project, NOTHING)
    assert edited
    assert clean.issues == edited.issues
    assert clean.preview.state == edited.preview.state
    assert built.preview.state != edited.preview.state
    assert dict(clean.preview.site) == {path: edited.preview.site[path] for path in clean.preview.site}
    # What had its name from its content may still be there.
    assert set(clean.preview.site) <= set(edited.preview.site)


@pytest.fixture(scope="module")
def themed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rebuilt]:
    """A dossier with the theme as its own, built."""
    project = _copied("disagreement", tmp_path_factory.mktemp("themed"))
    shutil.copytree(THEME, project / "themes" / "dossier")
    return project, _built(project)


def test_styles_give_what_a_build_gives(themed: tuple[Path, Rebuilt]) -> None:
    """After a save of styles, a script and a file of the theme all is as a build of everything makes it."""
    project, built = themed
    theme = project / "themes" / "dossier"
    added = {
        "styles/given.css": ":root { --accent: #eee; }",
        "sheets/map.css": "path { fill: red }",
        "scripts/search.js": "// Nothing.",
        "static/favicon.svg": "<!-- Nothing. -->",
    }
    were = {name: (theme / name).read_bytes() for name in added}
    for name, text in added.items():
        (theme / name).write_bytes(were[name] + text.encode())
    edited, clean = (
        _taken_up(project, built, *(f"themes/dossier/{name}" for name in added)),
        rebuild(project, NOTHING),
    )
    for name, content in were.items():
        (theme / name).write_bytes(content)
    assert edited
    assert clean.issues == edited.issues
    assert clean.preview.state == edited.preview.state
    assert built.preview.state != edited.preview.state
    assert dict(clean.preview.site) == dict(edited.preview.site)


def test_a_saved_style_compiles_no_template(themed: tuple[Path, Rebuilt], compiled: list[str]) -> None:
    """After a save of a style pages are made anew with the templates that were compiled before."""
    project, built = themed
    file = project / "themes" / "dossier" / "styles" / "base.css"
    before = file.read_bytes()
    file.write_bytes(before + b"main { color: red }")
    edited = _taken_up(project, built, "themes/dossier/styles/base.css")
    assert edited
    assert edited.preview.site["index.html"] != built.preview.site["index.html"]
    file.write_bytes(before)
    assert [] == compiled


def test_a_theme_that_reads_the_same_changes_nothing(themed: tuple[Path, Rebuilt]) -> None:
    """A save of a theme's file as it was, or of one that is no part of the theme, reloads no page."""
    project, built = themed
    found = _taken_up(project, built, "themes/dossier/styles/base.css", "themes/dossier/README.md")
    assert found
    assert built.preview.state == found.preview.state


@pytest.mark.parametrize("text", ["{% block", "{{ nothing.at.all }}", "<p>Sound.</p>"])
def test_a_template_is_for_a_build_of_everything(text: str, themed: tuple[Path, Rebuilt]) -> None:
    """A template may fail on any page, so that every page is made before one is shown."""
    project, built = themed
    file = project / "themes" / "dossier" / "templates" / "pages" / "prose.html"
    before = file.read_bytes()
    file.write_text(before.decode() + text)
    taken = _taken_up(project, built, "themes/dossier/templates/pages/prose.html")
    file.write_bytes(before)
    assert taken is None


def test_an_index_after_a_digest_was_reworded(tmp_path: Path) -> None:
    """Where a digest alone reads otherwise, the index is the one that linking everything would make."""
    project = _copied("disagreement", tmp_path)
    built = _built(project)
    path = min(project.glob("content/articles/*/index.md")).relative_to(project).as_posix()
    _edit(project, path, "\n---\n", "\n---\n\nIt was 12,345 then.\n\n")
    assert built.standing
    edited = _taken_up(project, built, path)
    assert edited
    assert edited.standing
    assert link(edited.standing.whole, IssueLog()) == edited.standing.index
    assert edited.standing.index.regions is built.standing.index.regions


def test_where_records_are_at_home_is_found_once(tmp_path: Path) -> None:
    """After a digest was reworded the parts of lists, which go through all figures, are not made again."""
    project = _copied("disagreement", tmp_path)
    built = _built(project)
    assert built.standing
    known = built.standing.index.parts
    path = min(project.glob("content/articles/*/index.md")).relative_to(project).as_posix()
    _edit(project, path, "\n---\n", "\n---\n\nIt was so.\n\n")
    edited = _taken_up(project, built, path)
    assert edited
    assert edited.standing
    assert known is edited.standing.index.parts
    assert link(edited.standing.whole, IssueLog()).parts == known


def test_edits_that_follow_each_other(tmp_path: Path) -> None:
    """What one edit led to is what the next one starts from."""
    project = _copied("disagreement", tmp_path)
    built = _built(project)
    for pattern in ("content/articles/*/index.md", "content/regions/*.md", "content/articles/*/index.md"):
        path = max(project.glob(pattern)).relative_to(project).as_posix()
        _edit(project, path, "---\n", "---\nprivate: Something.\n")
        found = _taken_up(project, built, path)
        _edit(project, path, "private: Something.\n", "")
        found = _taken_up(project, found or built, path)
        assert found
        assert rebuild(project, NOTHING).preview.state == found.preview.state
        built = found


def test_a_draft_is_gone_at_once(tmp_path: Path) -> None:
    """A record that becomes a draft has no page any more; one that ceases to be one has it again."""
    project = tmp_path
    _copied("minimal", project)
    (project / "content/pages").mkdir(exist_ok=True)
    (project / "content/pages/notes.md").write_text("---\ntitle: Notes\n---\nWords.\n", encoding="utf-8")
    built = _built(project)
    _edit(project, "content/pages/notes.md", "title:", "draft: true\ntitle:")
    hidden = _taken_up(project, built, "content/pages/notes.md")
    assert hidden
    assert "notes.html" in built.preview.site
    assert "notes.html" not in hidden.preview.site
    _edit(project, "content/pages/notes.md", "draft: true\n", "")
    shown = _taken_up(project, hidden, "content/pages/notes.md")
    assert shown
    assert b"Words." in shown.preview.site["notes.html"]


def test_another_id_is_for_a_build_of_everything(tmp_path: Path) -> None:
    """Whatever defines other ids than before may change any page, so it is not taken up by itself."""
    project = _copied("disagreement", tmp_path)
    built = _built(project)
    path = next(
        found
        for found in sorted(project.glob("content/articles/*/annotations.yaml"))
        if "- id: " in found.read_text()
    )
    path.write_text(path.read_text().replace("- id: ", "- id: new-", 1))
    assert _taken_up(project, built, path.relative_to(project).as_posix()) is None


@pytest.mark.parametrize("path", ["content/site.yaml", "content/retired.yaml", "content/geometry.json"])
def test_other_files_are_for_a_build_of_everything(path: str, tmp_path: Path) -> None:
    """Settings, the retired and outlines are not taken up by themselves."""
    project = _copied("disagreement", tmp_path)
    assert _taken_up(project, _built(project), path) is None


@pytest.mark.parametrize(
    "broken", ["---\ntitle: [\n---\n", "no front matter", "---\nregions: [nowhere]\n---\n"]
)
def test_a_mistake_keeps_the_last_good_site(broken: str, tmp_path: Path) -> None:
    """A save with a mistake is told with its excerpt, and mending it leads back to where it began."""
    project = _copied("disagreement", tmp_path)
    built = _built(project)
    path = min(project.glob("content/articles/*/index.md"))
    good = path.read_text(encoding="utf-8")
    path.write_text(broken, encoding="utf-8")
    name = path.relative_to(project).as_posix()
    told = _taken_up(project, built, name)
    assert told
    assert f"{name}:" in told.preview.told
    assert built.preview.site is told.preview.site
    assert built.preview.state != told.preview.state
    path.write_text(good, encoding="utf-8")
    mended = _taken_up(project, told, name)
    assert mended
    assert built.preview.state == mended.preview.state
