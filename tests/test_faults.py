"""A fault of our own, put into each floor in turn: told as ours, with what to send, nothing given away."""

import re
import shutil
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder import __version__
from site_builder.cli import main
from site_builder.serve.builds import NOTHING, rebuild
from tests.damage.fuzzing import SOUND

SECRET = "a name that nobody may read"  # noqa: S105  # a name, no password

# What fails on each floor, and the file that is named for it.
FLOORS: Mapping[str, tuple[str, str]] = {
    "read": ("read.content._Reader.content", "content.py"),
    "read Markdown": ("markup._is_redacted", "markup.py"),
    "validate": ("validate.dossier.record_of", "dossier.py"),
    "link": ("link.checks.check_chronology", "checks.py"),
    "plan": ("plan.site_plan.atlas", "site_plan.py"),
    "render a page": ("render.site.one_page", "site.py"),
    "list the files": ("build.with_manifest", "build.py"),
    "write a file": ("write.publication.Making", "publication.py"),
    "put in place": ("write.publication.take_over", "publication.py"),
    "remember": ("build.remember", "build.py"),
    "ask the cache": ("cache.last_build.LastBuild.answer", "building.py"),
    "note the build": ("cache.last_build.LastBuild.note", "building.py"),
}
# These come after the site is in its place.
AFTER = {"remember", "note the build"}


class Laid:
    """A published dossier, one change in it, and the site that the change leads to."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "project"
        shutil.copytree(SOUND, self.project)
        assert 0 == run(self.project).exit_code
        self.before = site(self.project)
        page = self.project / "content/pages/about.md"
        page.write_text(page.read_text(encoding="utf-8") + f"\n{SECRET}\n", encoding="utf-8")
        other = shutil.copytree(self.project, folder / "other")
        assert 0 == run(other).exit_code
        self.after = site(other)


def run(project: Path, *more: str) -> Result:
    """Build in this process; the output is as in a pipe."""
    return CliRunner().invoke(main, ["build", "-C", str(project), *more])


def site(project: Path) -> Mapping[str, bytes]:
    """The published files by path."""
    public = project / "public"
    files = (path for path in public.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Laid:
    """The dossier that every fault meets."""
    return Laid(tmp_path_factory.mktemp("faults"))


def failing(*_: object, **__: object) -> None:
    """Fail, and say what must not be said."""
    message = f"{SECRET} in /home/somebody/dossier"
    raise ValueError(message)


def found(where: str) -> tuple[object, str]:
    """What holds a function, a module or a class, and its name there."""
    holder, _, name = where.rpartition(".")
    module, _, owner = holder.rpartition(".")
    if owner[:1] in "_ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        return getattr(import_module(f"site_builder.{module}"), owner), name
    return import_module(f"site_builder.{holder}"), name


@pytest.mark.parametrize("floor", [*FLOORS])
def test_a_fault_on_any_floor_is_told_as_ours(
    floor: str, laid: Laid, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 70: where in our code, what to send, nothing of the dossier; and the site is whole."""
    where, file = FLOORS[floor]
    project = shutil.copytree(laid.project, tmp_path / "project", symlinks=True)
    with monkeypatch.context() as patch:
        patch.setattr(*found(where), failing)
        told = run(project)
    assert 70 == told.exit_code
    assert bool(told.stdout) == (floor == "note the build")
    first, second = told.stderr.splitlines()[-2:]
    assert re.fullmatch(
        rf"site-builder {re.escape(__version__)} has a fault of its own: ValueError at .+", first
    )
    assert f"{file}:" in first or "test_faults.py:" in first
    assert "report the line above" in second
    assert not any(word in told.stderr for word in (SECRET, "/home", str(project), "Traceback"))
    assert (laid.after if floor in AFTER else laid.before) == site(project)
    if file == "publication.py" or floor in AFTER:
        assert 0 == run(project).exit_code
        assert laid.after == site(project)


@pytest.mark.parametrize("floor", ["read", "link", "plan", "render a page"])
def test_a_fault_in_the_preview_gives_nothing_away(
    floor: str, laid: Laid, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page in the browser and the terminal say where in our code it is, and nothing of the dossier."""
    monkeypatch.setattr(*found(FLOORS[floor][0]), failing)
    told = rebuild(laid.project, NOTHING)
    words = f"{told.issues} {told.line} {told.preview.told}"
    assert "error[fault]: ValueError at " in words
    assert "please report this line" in words
    assert not any(word in words for word in (SECRET, "/home", str(laid.project)))
