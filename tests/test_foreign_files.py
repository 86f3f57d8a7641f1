"""What site-builder did not make is neither changed nor deleted, and where it must not write it does not."""

import os
import random
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.build import Options, build
from site_builder.render import Artifact
from site_builder.write import OWNERSHIP, OutputError, check_output, room, write
from tests.trees import tree

FOLDERS = ("", "a/", "b/", "b/c/", ".git/", ".git/objects/ab/", "mine/", "mine/deep/er/", "a/.hidden/")
NAMES = (
    ".htaccess",
    "CNAME",
    ".git",
    "with space",
    "two\nlines",
    "ж",
    "\udcff",
    "read only",
    "twin",
    ".well-known",
)


def some_site(chance: random.Random) -> Mapping[str, bytes]:
    """Files of ours, in folders that come and go."""
    return {
        f"{folder}{name}.html": chance.choice((b"1", b"2"))
        for folder in ("", "a/", "b/", "b/c/", "d/")
        for name in ("index", "x", "y")
        if chance.random() < 0.6
    }


def strew(output: Path, chance: random.Random, number: int) -> dict[str, tuple[int, int, bytes]]:
    """Lay so many files of others into an output; return each path with inode, mode and content."""
    laid: list[Path] = []
    while len(laid) < number:
        path = output / (chance.choice(FOLDERS) + chance.choice(NAMES) + chance.choice(("", ".txt", "~")))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if not os.path.lexists(path):
            lay(path, laid, chance)
            laid.append(path)
    return {os.fspath(path.relative_to(output)): mark(path) for path in laid}


def lay(path: Path, laid: list[Path], chance: random.Random) -> None:
    """Make one file of others: a file, a link out, a broken link, a second name, a read-only one, a pipe."""
    kind = chance.choice(("file", "file", "out", "broken", "twin", "read only", "pipe", "empty folder"))
    if kind == "out":
        path.symlink_to("/")
    elif kind == "broken":
        path.symlink_to("nowhere")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "empty folder":
        path.mkdir()
    elif kind == "twin" and laid and laid[-1].is_file() and not laid[-1].is_symlink():
        path.hardlink_to(laid[-1])
    else:
        path.write_bytes(b"mine " + chance.randbytes(8))
        path.chmod(0o400 if kind == "read only" else chance.choice((0o600, 0o644, 0o777)))


def mark(path: Path) -> tuple[int, int, bytes]:
    """What must stay of a file of others."""
    lies = path.lstat()
    if stat.S_ISLNK(lies.st_mode):
        return lies.st_ino, 0, os.fsencode(path.readlink())
    return lies.st_ino, lies.st_mode, path.read_bytes() if stat.S_ISREG(lies.st_mode) else b""


def check_kept(output: Path, chance: random.Random, number: int) -> None:
    """Strew, publish three sites over it, and see that each file is there as it was."""
    write(artifacts(some_site(chance)), output, output.parent)
    laid = strew(output, chance, number)
    for _ in range(3):
        files = some_site(chance)
        write(artifacts(files), output, output.parent)
        assert laid == {path: mark(output / path) for path in laid}
        ours = {path for path in found_files(output) if path not in laid}
        assert {*files, OWNERSHIP} == ours


def found_files(output: Path) -> set[str]:
    """Every file of a folder, by path."""
    return {
        os.fspath(path.relative_to(output))
        for path in output.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }


def artifacts(files: Mapping[str, bytes]) -> list[Artifact]:
    """Files to publish."""
    return [Artifact(path, content) for path, content in files.items()]


@pytest.mark.parametrize("seed", range(25))
def test_files_of_others_stay(seed: int, tmp_path: Path) -> None:
    """Twenty files of others keep bytes, mode and inode through three publications."""
    (tmp_path / "content").mkdir()
    check_kept(tmp_path / "public", random.Random(seed), 20)  # noqa: S311


def dangers(project: Path) -> Mapping[str, Path]:
    """Thirty folders that must not be published into; each is there, with somebody's work in it."""
    above, elsewhere = project.parent, project.parent / "elsewhere"
    work = {
        "docs": project / "docs",
        "unmarked": elsewhere / "thesis",
        "nested": elsewhere / "a/b",
        "repository": elsewhere / "repository",
        "dossier": elsewhere / "dossier/content",
        "site": elsewhere / "site",
        "dots": elsewhere / "dots",
        "mercurial": elsewhere / "hg/.hg",
    }
    for folder in work.values():
        folder.mkdir(parents=True)
        (folder / ("." * (folder.name == "dots") + "work.odt")).write_bytes(b"years")
    (work["repository"] / ".git/objects").mkdir(parents=True)
    (project / "content/regions").mkdir(parents=True)
    (project / "content/site.yaml").write_bytes(b"title: x")
    (project / "themes/mine").mkdir(parents=True)
    (project / ".git").mkdir()
    (project / ".site-builder").mkdir()
    write(artifacts({"index.html": b"x"}), work["site"].parent / "ours", project)
    for name, target in (
        ("to-project", project),
        ("to-content", project / "content"),
        ("to-work", work["docs"]),
    ):
        (elsewhere / name).symlink_to(target)
    (elsewhere / "nowhere").symlink_to("gone")
    (elsewhere / "file").write_bytes(b"x")
    os.mkfifo(elsewhere / "pipe")
    return {
        "the root": Path("/"),
        "the home": Path.home(),
        "above the home": Path.home().parent,
        "the project": project,
        "above the project": above,
        "the project by a detour": project / "content" / "..",
        "the project by a link": elsewhere / "to-project",
        "the content": project / "content",
        "the content by a link": elsewhere / "to-content",
        "inside of the content": project / "content/regions",
        "new in the content": project / "content/public",
        "deep in the content": project / "content/a/b/c",
        "the content through a link": elsewhere / "to-project/content/public",
        "the themes": project / "themes",
        "inside of a theme": project / "themes/mine",
        "a folder of the project": work["docs"],
        "a folder of work by a link": elsewhere / "to-work",
        "a folder of work": work["unmarked"],
        "a folder of folders": elsewhere,
        "a folder with one deep file": elsewhere / "a",
        "a folder of hidden files": work["dots"],
        "a repository": work["repository"],
        "the inside of a repository": work["repository"] / ".git",
        "new inside of a repository": work["repository"] / ".git/public",
        "the inside of another kind of repository": work["mercurial"] / "public",
        "the project's own repository": project / ".git",
        "the cache": project / ".site-builder",
        "new inside of the cache": project / ".site-builder/public",
        "another dossier": elsewhere / "dossier",
        "the content of another dossier": work["dossier"],
        "the inside of another site": elsewhere / "ours/public",
        "where another site is made": room(elsewhere / "ours"),
        "inside of where another site is made": room(elsewhere / "ours") / "older",
        "a link to nowhere": elsewhere / "nowhere",
        "a file": elsewhere / "file",
        "a pipe": elsewhere / "pipe",
        "a system's folder": Path("/dev"),
    }


def test_dangerous_folders_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is refused before anything is changed, and the message says what to do."""
    home = tmp_path / "homes/me"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    project = tmp_path / "homes/project"
    project.mkdir()
    folders = dangers(project)
    before = tree(tmp_path)
    for name, folder in folders.items():
        with pytest.raises(OutputError) as caught:
            write(artifacts({"index.html": b"x"}), folder, project)
        assert caught.value.repair, name
        assert before == tree(tmp_path), name
    assert len(folders) >= 30


def test_a_disk_of_its_own_is_refused() -> None:
    """A mounted disk cannot be exchanged whole: the message names a folder on it."""
    shared = Path("/dev/shm")  # noqa: S108  # the one other disk that every Linux has
    if not shared.is_dir() or shared.stat().st_dev == shared.parent.stat().st_dev:
        pytest.skip("there is no other disk here")
    with pytest.raises(OutputError) as caught:
        check_output(shared, Path("/project"))
    assert "is a disk of its own" in str(caught.value)
    assert str(shared / "site") in caught.value.repair


def test_a_dossier_that_cannot_be_written_to_is_built(tmp_path: Path) -> None:
    """A build into another folder puts nothing beside the dossier."""
    project = tmp_path / "project"
    shutil.copytree(Path(__file__).resolve().parent / "broken_sites/base", project)
    before = tree(project)
    assert build(Options(project=project, output=tmp_path / "www/site")).written
    assert before == tree(project)
