import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from site_builder import write as writing
from site_builder.build import Options, build
from site_builder.render import Artifact
from site_builder.write import OWNERSHIP, OutputError, Written, check_output, write

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

FIRST = {"index.html": b"one", "regions/a.html": b"a", "regions/b.html": b"b", "assets/x.css": b"x"}
SECOND = {"index.html": b"two", "regions/a.html": b"a", "events/c.html": b"c", "assets/x.css": b"x"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project."""
    folder = tmp_path / "project"
    (folder / "content").mkdir(parents=True)
    return folder


@pytest.fixture
def output(project: Path) -> Path:
    """The folder that the project is published into."""
    return project / "public"


def artifacts(files: Mapping[str, bytes]) -> list[Artifact]:
    """Files to publish."""
    return [Artifact(path, content) for path, content in files.items()]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def marks(folder: Path) -> dict[str, tuple[int, int]]:
    """What changes when a file is written, even with the same bytes."""
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in [folder, *folder.rglob("*")]}


def test_a_first_site_is_written(project: Path, output: Path) -> None:
    """Every file is where its path says, and the list of what is ours beside them."""
    written = write(artifacts(FIRST), output, project)
    assert {*FIRST, OWNERSHIP} == set(tree(output))
    assert FIRST == {path: content for path, content in tree(output).items() if path != OWNERSHIP}
    assert Written(added=tuple(sorted(FIRST)), changed=(), removed=(), files=4, bytes=6) == written


def test_a_second_site_replaces_the_first(project: Path, output: Path) -> None:
    """Pages that are no longer planned are removed, with the folders that they leave empty."""
    write(artifacts(FIRST), output, project)
    written = write(artifacts(SECOND), output, project)
    assert SECOND == {path: content for path, content in tree(output).items() if path != OWNERSHIP}
    assert ("events/c.html",) == written.added
    assert ("index.html",) == written.changed
    assert ("regions/b.html",) == written.removed


def test_a_folder_left_empty_is_gone(project: Path, output: Path) -> None:
    """No empty folder remains of pages that are gone."""
    write(artifacts(FIRST), output, project)
    write(artifacts({"index.html": b"one"}), output, project)
    assert {"index.html", OWNERSHIP} == {path.relative_to(output).as_posix() for path in output.rglob("*")}


def test_an_unchanged_site_is_not_touched(project: Path, output: Path) -> None:
    """Writing the same site again changes no file, no folder and no time stamp."""
    write(artifacts(FIRST), output, project)
    before = marks(output)
    written = write(artifacts(FIRST), output, project)
    assert written.is_unchanged
    assert before == marks(output)


@pytest.mark.parametrize("harm", ["deleted", "edited"])
def test_a_harmed_site_is_mended(harm: str, project: Path, output: Path) -> None:
    """A page that somebody deleted or edited in the output is written again, though the plan is the same."""
    write(artifacts(FIRST), output, project)
    page = output / "regions/a.html"
    page.unlink() if harm == "deleted" else page.write_bytes(b"edited")
    write(artifacts(FIRST), output, project)
    assert b"a" == page.read_bytes()


def test_files_of_others_are_kept(project: Path, output: Path) -> None:
    """A host's CNAME, a repository and links lie in the new site as in the old one, the same files."""
    write(artifacts(FIRST), output, project)
    (output / "CNAME").write_text("example.org\n", encoding="utf-8")
    (output / ".git/objects/ab").mkdir(parents=True)
    (output / ".git/refs/heads").mkdir(parents=True)
    (output / ".git/HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (output / ".git/objects/ab/cd").write_bytes(b"\x00")
    (output / ".git/objects/ab/cd").chmod(0o444)
    (output / "latest.html").symlink_to("index.html")
    inode = (output / "CNAME").stat().st_ino
    write(artifacts(SECOND), output, project)
    assert "example.org\n" == (output / "CNAME").read_text(encoding="utf-8")
    assert inode == (output / "CNAME").stat().st_ino
    assert b"\x00" == (output / ".git/objects/ab/cd").read_bytes()
    assert 0o444 == (output / ".git/objects/ab/cd").stat().st_mode & 0o777
    assert (output / ".git/refs/heads").is_dir()
    assert "index.html" == str((output / "latest.html").readlink())
    assert b"two" == (output / "index.html").read_bytes()


def test_files_of_others_are_not_listed_as_ours(project: Path, output: Path) -> None:
    """What others put there never enters our list, so that it is never removed later."""
    write(artifacts(FIRST), output, project)
    (output / "CNAME").write_text("example.org\n", encoding="utf-8")
    write(artifacts(SECOND), output, project)
    assert set(SECOND) == set(json.loads((output / OWNERSHIP).read_text(encoding="utf-8"))["files"])
    write(artifacts(FIRST), output, project)
    assert (output / "CNAME").is_file()


def failing_at(number: int, function: Callable[..., object]) -> Callable[..., object]:
    """A function that does its work but for one call, which meets a full disk."""
    calls = iter(range(1, 1000))

    def wrapped(*args: object) -> object:
        if next(calls) == number:
            raise OSError(28, "No space left on device")
        return function(*args)

    return wrapped


@pytest.mark.parametrize("number", [1, 2, 4, 5])
def test_a_full_disk_changes_nothing(
    number: int, project: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever file the disk fails at, the old site stays byte for byte, and nothing is left beside it."""
    write(artifacts(FIRST), output, project)
    (output / "CNAME").write_text("example.org\n", encoding="utf-8")
    before, around = marks(output), sorted(path.name for path in project.iterdir())
    monkeypatch.setattr(os, "fsync", failing_at(number, os.fsync))
    with pytest.raises(OSError, match="No space left"):
        write(artifacts(SECOND), output, project)
    assert before == marks(output)
    assert around == sorted(path.name for path in project.iterdir())


def test_a_full_disk_leaves_no_first_site(
    project: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the first publication fails there is no output folder at all, rather than half a site."""
    monkeypatch.setattr(os, "fsync", failing_at(3, os.fsync))
    with pytest.raises(OSError, match="No space left"):
        write(artifacts(FIRST), output, project)
    assert ["content"] == [path.name for path in project.iterdir()]


def test_a_page_that_cannot_be_rendered_changes_nothing(project: Path, output: Path) -> None:
    """An error while pages are still being made leaves the old site as it was."""

    def pages() -> Iterator[Artifact]:
        yield Artifact("index.html", b"two")
        message = "a template went wrong"
        raise RuntimeError(message)

    write(artifacts(FIRST), output, project)
    before = marks(output)
    with pytest.raises(RuntimeError, match="went wrong"):
        write(pages(), output, project)
    assert before == marks(output)


@pytest.mark.parametrize("exchange", [True, False])
def test_a_swap_that_fails_changes_nothing(
    project: Path, output: Path, monkeypatch: pytest.MonkeyPatch, *, exchange: bool
) -> None:
    """If the folders cannot change places, the old site is back where it was."""
    write(artifacts(FIRST), output, project)
    before = tree(output)
    rename = Path.rename

    def refusing(path: Path, target: Path) -> Path:
        if target == output and not path.name.endswith("-old"):
            raise OSError(13, "Permission denied")
        return rename(path, target)

    if exchange:
        monkeypatch.setattr(writing, "_exchange", failing_at(1, writing._exchange))  # noqa: SLF001
    else:
        monkeypatch.setattr(writing, "_exchange", lambda *_: False)
        monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(OSError, match=r"denied|No space"):
        write(artifacts(SECOND), output, project)
    assert before == tree(output)
    assert ["content", "public"] == sorted(path.name for path in project.iterdir())


def test_folders_swap_without_the_system_s_call(
    project: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a system cannot exchange two folders in one step, two renames do it."""
    monkeypatch.setattr(writing, "_exchange", lambda *_: False)
    write(artifacts(FIRST), output, project)
    write(artifacts(SECOND), output, project)
    assert {*SECOND, OWNERSHIP} == set(tree(output))
    assert ["content", "public"] == sorted(path.name for path in project.iterdir())


def test_nothing_is_left_beside_the_site(project: Path, output: Path) -> None:
    """After publishing, the folder around the site holds what it held before."""
    write(artifacts(FIRST), output, project)
    write(artifacts(SECOND), output, project)
    assert ["content", "public"] == sorted(path.name for path in project.iterdir())


def test_a_site_can_be_read_by_a_web_server(project: Path, output: Path) -> None:
    """The published folder is open to be read, though it was made in a private one."""
    write(artifacts(FIRST), output, project)
    assert 0o755 == output.stat().st_mode & 0o777


def test_an_output_may_lie_deep_and_anywhere(tmp_path: Path, project: Path) -> None:
    """Folders above the output are made."""
    write(artifacts(FIRST), tmp_path / "srv/www/site", project)
    assert {*FIRST, OWNERSHIP} == set(tree(tmp_path / "srv/www/site"))


def test_an_empty_folder_may_be_written_to(project: Path, output: Path) -> None:
    """A folder that somebody made for the site is used."""
    output.mkdir()
    write(artifacts(FIRST), output, project)
    assert {*FIRST, OWNERSHIP} == set(tree(output))


def refusals(project: Path) -> dict[str, Path]:
    """Folders that must not be written to."""
    foreign = project / "foreign"
    foreign.mkdir()
    (foreign / "thesis.odt").write_bytes(b"years of work")
    target = project.parent / "elsewhere"
    target.mkdir()
    (project / "link").symlink_to(target)
    (project / "file").write_bytes(b"")
    (project / "content/regions").mkdir()
    (project / "themes").mkdir()
    return {
        "a folder with files of others": foreign,
        "the project itself": project,
        "the project, by a detour": project / "content" / "..",
        "the folder above the project": project.parent,
        "the content": project / "content",
        "a folder in the content": project / "content/regions",
        "a new folder in the content": project / "content/public",
        "the themes": project / "themes/dossier",
        "the home folder": Path.home(),
        "the root of the disk": Path("/"),
        "a link": project / "link",
        "a file": project / "file",
    }


@pytest.mark.parametrize("which", range(12))
def test_folders_that_are_refused(
    which: int, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What holds anything but a site of ours is never an output folder, and the refusal changes nothing."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    name, folder = list(refusals(project).items())[which]
    before = tree(tmp_path)
    with pytest.raises(OutputError) as caught:
        check_output(folder, project)
    assert caught.value.repair, name
    with pytest.raises(OutputError):
        write(artifacts(FIRST), folder, project)
    assert before == tree(tmp_path)


def test_a_refused_output_is_told_before_any_work(lay: Lay) -> None:
    """A build looks at its output folder first."""
    project = lay({})
    with pytest.raises(OutputError):
        build(Options(project=project, output=project))


def test_a_list_of_ours_that_cannot_be_read_keeps_everything(project: Path, output: Path) -> None:
    """If our list is broken, the files that it named count as others' and are kept."""
    write(artifacts(FIRST), output, project)
    (output / OWNERSHIP).write_text("{", encoding="utf-8")
    write(artifacts(SECOND), output, project)
    assert b"b" == (output / "regions/b.html").read_bytes()
    assert b"two" == (output / "index.html").read_bytes()


def test_an_unsound_dossier_keeps_the_published_site(lay: Lay) -> None:
    """A build that finds an error writes nothing: the site from before stays."""
    project = lay({})
    output = project / "public"
    assert build(Options(project=project, output=output)).written
    before = marks(output)
    lay({"actors/ost-county.yaml": "type: organisation\n"})
    assert build(Options(project=project, output=output)).written is None
    assert before == marks(output)


def test_a_warning_stops_a_strict_build_alone(lay: Lay) -> None:
    """With `strict` a warning forbids publishing; without it the site is published."""
    project = lay({"notes.txt": "x"})
    assert build(Options(project=project, output=project / "public", strict=True)).written is None
    assert not (project / "public").exists()
    assert build(Options(project=project, output=project / "public")).written


def test_a_build_may_be_moved(lay: Lay, tmp_path: Path) -> None:
    """A published site that is moved, or copied, is still known as ours."""
    project = lay({})
    build(Options(project=project, output=project / "public"))
    shutil.move(project / "public", tmp_path / "moved")
    written = build(Options(project=project, output=tmp_path / "moved")).written
    assert written is not None
    assert written.is_unchanged
