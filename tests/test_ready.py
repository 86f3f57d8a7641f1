"""The code of the tool's own templates lies ready beside its code, and is taken only as it was made."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cache import ready
from site_builder.cache.ready import is_ready, make_all_ready, make_ready
from site_builder.cli import main
from site_builder.read.theme import Theme, read_theme

Lay = Callable[[Mapping[str, str | bytes | None]], Path]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that Python keeps compiled code in, which is empty."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "compiled"


def shipped(project: Path) -> Theme:
    """The theme that came with the tool, read anew."""
    return read_theme(project, "dossier")


def files(folder: Path) -> list[Path]:
    """What lies ready."""
    return sorted(path for path in folder.rglob("templates-*") if path.is_file())


def build(project: Path, *more: str) -> None:
    """Build the project from nothing, which must succeed."""
    done = CliRunner().invoke(main, ["build", "-C", str(project), "--jobs", "1", "--base-url", "", *more])
    assert 0 == done.exit_code, done.output


def test_the_tools_own_templates_are_compiled_once_for_all_dossiers(
    lay: Lay, folder: Path, compiled: list[str]
) -> None:
    """After the first build of any dossier no other one compiles a template of the tool's own theme."""
    build(lay({}))
    assert "pages/article.html" in compiled
    assert files(folder)
    compiled.clear()
    build(lay({}), "--no-cache")
    assert [] == compiled


def test_the_site_does_not_depend_on_it(lay: Lay, folder: Path) -> None:
    """A page reads the same, byte for byte, whether or not its template lay ready."""
    first, second = lay({}), lay({})
    build(first)
    assert files(folder)
    build(second)
    page = "public/articles/gazette-bridge-count.html"
    assert (first / page).read_bytes() == (second / page).read_bytes()


def test_nothing_is_kept_where_python_may_keep_nothing(
    lay: Lay, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Python is told to write no compiled code, a build writes none of templates."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    build(lay({}))
    assert [] == files(folder)


def test_a_folder_that_takes_nothing_is_no_reason_to_fail(lay: Lay, folder: Path) -> None:
    """Where the tool's folder cannot be written to, each build compiles for itself."""
    folder.write_bytes(b"")
    build(lay({}))


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda content: b"x" + content[1:]])
def test_what_is_not_as_it_was_made_is_not_taken(
    damage: Callable[[bytes], bytes], lay: Lay, folder: Path
) -> None:
    """A file that was cut off, or was made of another tool or theme, is none; the next build mends it."""
    theme = shipped(lay({}))
    make_ready(theme, ["en"])
    (file,) = files(folder)
    file.write_bytes(damage(file.read_bytes()))
    assert not is_ready(theme, "en")
    make_ready(theme, ["en"])
    assert is_ready(theme, "en")


def test_another_tool_takes_nothing(lay: Lay, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of the tool has made is not taken."""
    theme = shipped(lay({}))
    make_ready(theme, ["en"])
    assert files(folder)
    monkeypatch.setattr(ready, "tool_sum", lambda: b"another tool")
    assert not is_ready(theme, "en")


def test_a_theme_of_ones_own_is_kept_with_its_dossier(lay: Lay, folder: Path) -> None:
    """Beside the tool nothing is kept of a theme in which anything is a project's own."""
    project = lay({})
    (project / "themes/own/templates/pages").mkdir(parents=True)
    (project / "themes/own/theme.yaml").write_text("extends: dossier\n", encoding="utf-8")
    (project / "themes/own/templates/pages/not-found.html").write_text("None.", encoding="utf-8")
    make_ready(read_theme(project, "own"), ["en"])
    assert [] == files(folder)


def test_all_languages_of_the_theme_are_made_ready(lay: Lay, folder: Path) -> None:
    """What is made by hand, when the tool is installed, serves English and each language of the theme."""
    make_all_ready()
    theme = shipped(lay({}))
    assert all(is_ready(theme, language) for language in ("en", *theme.catalogues))
    assert not is_ready(theme, "xx")
    assert 1 + len(theme.catalogues) == len(files(folder))
