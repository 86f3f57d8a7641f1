"""Compiled templates are kept for the next build, and carried out only if this account has kept them."""

import marshal
import os
import pickle
import subprocess
import sys
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cache.account import make_secret, own_secret
from site_builder.cache.codes import keep_codes, take_kept
from site_builder.cache.shelf import CACHE, Shelf
from site_builder.cache.tool import tool_sum
from site_builder.cli import main
from site_builder.read.theme import read_theme
from site_builder.render import codes, environment, take_codes, templates
from site_builder.render.memory import packed, unpacked
from tests.incremental.scripts import tree

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

ARTICLE = "content/articles/gazette-bridge-count/index.md"
OWN = "{% extends 'base.html' %}{% block content %}<p>One of our own.</p>{% endblock %}"


def build(project: Path, *more: str) -> Result:
    """Build the project, which must succeed."""
    done = CliRunner().invoke(main, ["build", "-C", str(project), "--jobs", "1", "--base-url", "", *more])
    assert 0 == done.exit_code, done.output
    return done


@pytest.fixture
def compiled(compiled: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by the name of each template that is compiled, or looked through for mistakes."""

    def parsed(name: str, text: str) -> object:
        compiled.append(name)
        return environment.parsed(name, text)

    monkeypatch.setattr(templates, "parsed", parsed)
    return compiled


@pytest.fixture
def own(lay: Lay) -> Path:
    """A project with a theme of its own, in which a template is its own."""
    project = lay({})
    with (project / "content/site.yaml").open("a", encoding="utf-8") as site:
        site.write("theme: own\n")
    (project / "themes/own/templates/pages").mkdir(parents=True)
    (project / "themes/own/theme.yaml").write_text("extends: dossier\n", encoding="utf-8")
    (project / "themes/own/templates/pages/not-found.html").write_text(OWN, encoding="utf-8")
    return project


@pytest.mark.parametrize("path", [ARTICLE, "content/regions/upper-ost.md"])
def test_templates_are_compiled_once(path: str, own: Path, compiled: list[str]) -> None:
    """After any edit but one of the theme no template is compiled, or looked through for mistakes."""
    build(own)
    assert "pages/not-found.html" in compiled
    compiled.clear()
    with (own / path).open("a", encoding="utf-8") as file:
        file.write("\nA sentence more.\n")
    assert "changed" in build(own).stdout
    assert [] == compiled


def test_an_edited_template_is_compiled_anew(own: Path, compiled: list[str]) -> None:
    """What is kept counts for the theme as it was: after an edit all is as if nothing had been kept."""
    build(own)
    compiled.clear()
    file = own / "themes/own/templates/pages/not-found.html"
    file.write_text(OWN.replace("our own", "yours"), encoding="utf-8")
    build(own)
    assert "pages/not-found.html" in compiled
    assert b"One of yours." in (own / "public/404.html").read_bytes()
    build(own, "--no-cache", "-o", str(own / "clean"))
    assert tree(own / "clean") == tree(own / "public")


def test_an_unsound_theme_is_looked_through_again(own: Path) -> None:
    """Of a theme with a mistake nothing is kept, and the mistake is told by each build."""
    file = own / "themes/own/templates/pages/not-found.html"
    file.write_text("{{ nothing }}", encoding="utf-8")
    for _ in range(2):
        done = CliRunner().invoke(main, ["build", "-C", str(own)])
        assert 1 == done.exit_code
        assert "bad-template" in done.stderr
    assert [] == [*(own / CACHE).glob("templates*")]


def test_a_theme_of_another_process_is_taken(own: Path) -> None:
    """The code that one process has compiled makes the same pages in another."""
    code = f"""
import sys
from pathlib import Path
from site_builder.read.theme import read_theme
from site_builder.render import codes
sys.stdout.buffer.write(codes(read_theme(Path({str(own)!r}), "own"), "en"))
"""
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    theme = read_theme(own, "own")
    take_codes(theme, "en", made)
    assert marshal.loads(codes(theme, "en"))[0].keys() == marshal.loads(made)[0].keys()  # noqa: S302
    assert {*theme.templates} == {*marshal.loads(made)[0]}  # noqa: S302


def harmful(project: Path, account: Path) -> bytes:
    """Code that leaves a file behind when it is carried out, signed by an account in that very folder."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(account))
        theme = read_theme(project, "dossier")
        harm = compile(f"open({str(project / 'harm')!r}, 'w').close()", "harm", "exec")
        noted = {"en": marshal.dumps((dict.fromkeys(theme.templates, harm), ()))}
        patched.setattr("site_builder.cache.codes.codes", lambda _theme, language: noted[language])
        shelf = Shelf(project / CACHE)
        keep_codes(shelf, theme, tool_sum(), frozenset({"en"}))
        (kept,) = shelf.folder.glob("templates-*")
        return kept.read_bytes()


def test_code_that_another_account_has_signed_is_not_carried_out(lay: Lay, tmp_path: Path) -> None:
    """Who makes a whole disk, with every number and moment on it, still does not know the secret."""
    project = lay({})
    content = harmful(project, tmp_path / "theirs")
    shelf = Shelf(project / CACHE)
    # Under every name that it may be looked for.
    secret = make_secret(project)
    for path in (shelf.place("templates", secret), shelf.place("templates", b"")):
        path.write_bytes(content)
    build(project)
    assert not (project / "harm").exists()
    assert not take_kept(shelf, read_theme(project, "dossier"), b"another tool")


def test_code_that_this_account_has_signed_is_carried_out(lay: Lay, account: Path) -> None:
    """What the tests of refusal refuse would do harm, were it believed."""
    project = lay({})
    harmful(project, account)
    CliRunner().invoke(main, ["build", "-C", str(project), "--jobs", "1"])
    assert (project / "harm").exists()


def test_without_a_secret_no_code_is_kept(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: list[str]
) -> None:
    """Where an account can keep nothing to itself, a project's own templates are compiled by each build."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    for sentence in ("One.", "Two."):
        compiled.clear()
        with (own / ARTICLE).open("a", encoding="utf-8") as file:
            file.write(f"\n{sentence}\n")
        build(own)
        assert "pages/article.html" in compiled
    assert [] == [*(own / CACHE).glob("templates*")]
    assert "nothing had changed" in build(own).stdout


def open_to_others(seal: Path) -> None:
    """A secret that others may read."""
    seal.chmod(0o640)


def a_link(seal: Path) -> None:
    """A link to one."""
    seal.rename(seal.with_name("other"))
    seal.symlink_to("other")


def too_short(seal: Path) -> None:
    """A secret of less bytes."""
    seal.write_bytes(b"1234")


def a_folder(seal: Path) -> None:
    """A folder in its place."""
    seal.unlink()
    seal.mkdir()


@pytest.mark.skipif(os.name != "posix", reason="modes of files are of POSIX")
@pytest.mark.parametrize("change", [open_to_others, a_link, too_short, a_folder])
def test_a_secret_that_may_be_none_is_not_relied_on(
    change: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A secret counts if it is a whole file of the account's that nobody else can read."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert 32 == len(make_secret(tmp_path / "project"))
    change(tmp_path / "state/site-builder/seal")
    assert b"" == own_secret(tmp_path / "project") == make_secret(tmp_path / "project")


def test_a_project_brings_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies in the project itself is its author's, not the account's."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / ".local/state"))
    assert b"" == make_secret(tmp_path)


@pytest.mark.parametrize(
    "module, name",
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("site_builder.disk", "remove"),
        ("site_builder.disk", "os.system"),
        ("site_builder.sign", "subprocess.run"),
        ("site_builder.render.memory", "zlib.compress"),
        ("site_builder.render.memory", "pickle"),
    ],
)
def test_what_is_unpacked_calls_nothing(module: str, name: str) -> None:
    """A packed context gives values of ours: no function, of ours or of the system, is called by one."""
    asked = f"\x80\x04\x8c{chr(len(module))}{module}\x8c{chr(len(name))}{name}\x93)R."
    with pytest.raises(pickle.UnpicklingError):
        unpacked(zlib.compress(asked.encode("latin-1")))
    assert "a text" == unpacked(packed("a text"))
