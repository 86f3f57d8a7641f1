import errno
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from site_builder import disk
from site_builder.build import Options, build
from site_builder.render import Artifact
from site_builder.write import (
    OWNERSHIP,
    Known,
    OutputError,
    Written,
    check_output,
    publication,
    room,
    write,
)

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


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """Counts what is asked of the disk."""
    calls: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            calls[name] += 1
            return function(*args, **options)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in ("new_file", "link", "rename", "remove", "make_folder", "remove_folder", "exchange"):
            patch.setattr(disk, name, counted(name, getattr(disk, name)))
        yield calls


def test_a_first_site_is_written(project: Path, output: Path) -> None:
    """Every file is where its path says, and the list of what is ours beside them."""
    written = write(artifacts(FIRST), output, project)
    assert {*FIRST, OWNERSHIP} == set(tree(output))
    assert FIRST == {path: content for path, content in tree(output).items() if path != OWNERSHIP}
    expected = Written(
        added=tuple(sorted(FIRST)),
        changed=(),
        removed=(),
        files=4,
        bytes=6,
        paths=(*FIRST, OWNERSHIP),
        listed=sha256((output / OWNERSHIP).read_bytes()).hexdigest(),
    )
    assert expected == written


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
    rename = disk.rename

    def refusing(old: str, new: str) -> None:
        if new == str(output) and not old.endswith("aside"):
            raise OSError(13, "Permission denied", old, None, new)
        rename(old, new)

    if exchange:
        monkeypatch.setattr(disk, "_swap", lambda *_: 13)
    else:
        monkeypatch.setattr(disk, "_swap", lambda *_: errno.ENOSYS)
        monkeypatch.setattr(disk, "rename", refusing)
    with pytest.raises(OSError, match=r"denied"):
        write(artifacts(SECOND), output, project)
    assert before == tree(output)
    assert {"lock", "note"} == {path.name for path in room(output).iterdir()}


def test_folders_swap_without_the_system_s_call(
    project: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a system cannot exchange two folders in one step, two renames do it."""
    monkeypatch.setattr(disk, "_swap", lambda *_: errno.ENOSYS)
    write(artifacts(FIRST), output, project)
    write(artifacts(SECOND), output, project)
    assert {*SECOND, OWNERSHIP} == set(tree(output))
    assert {"lock", "note", "older"} == {path.name for path in room(output).iterdir()}


def test_a_run_killed_between_two_renames_is_mended(
    project: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the site stands aside for a moment and the run dies in it, the next brings it back."""
    monkeypatch.setattr(disk, "_swap", lambda *_: errno.ENOSYS)
    write(artifacts(FIRST), output, project)
    disk.rename(str(output), str(room(output) / "aside"))
    told: list[str] = []
    with publication(output, project, tell=told.append):
        assert {*FIRST, OWNERSHIP} == set(tree(output))
    assert 1 == len(told)
    assert "is back" in told[0]


def test_beside_the_site_lies_one_hidden_folder(project: Path, output: Path) -> None:
    """It is the room of our publications, and holds the site before; nobody else may look into it."""
    write(artifacts(FIRST), output, project)
    write(artifacts(SECOND), output, project)
    assert [".public.site-builder", "content", "public"] == sorted(path.name for path in project.iterdir())
    assert {"lock", "note", "older"} == {path.name for path in room(output).iterdir()}
    assert 0o700 == room(output).stat().st_mode & 0o777
    assert {*FIRST, OWNERSHIP} == set(tree(room(output) / "older"))


def test_an_edit_is_written_and_nothing_else(project: Path, output: Path) -> None:
    """Files that stay the same keep inode and time, and the third publication links none of them anew."""
    write(artifacts(FIRST), output, project)
    kept = marks(output)[str(output / "regions/a.html")]
    write(artifacts(SECOND), output, project)
    with counting() as calls:
        write(artifacts({**SECOND, "index.html": b"three"}), output, project)
    assert kept == marks(output)[str(output / "regions/a.html")]
    # The page, the list, and the note; the page and the list are moved to their places.
    assert {"new_file": 3, "link": 1} == {name: calls[name] for name in ("new_file", "link")}


def test_what_a_program_left_in_the_old_folder_is_put_back(project: Path, output: Path) -> None:
    """Whoever had the site's folder open while it was exchanged loses nothing that they then write there."""
    write(artifacts(FIRST), output, project)
    write(artifacts(SECOND), output, project)
    (room(output) / "older/CNAME").write_text("example.org", encoding="ascii")
    (room(output) / "older/.git/refs").mkdir(parents=True)
    (room(output) / "older/.git/HEAD").write_text("ref", encoding="ascii")
    write(artifacts(FIRST), output, project)
    assert "example.org" == (output / "CNAME").read_text(encoding="ascii")
    assert "ref" == (output / ".git/HEAD").read_text(encoding="ascii")
    assert (output / ".git/refs").is_dir()
    write(artifacts(SECOND), output, project)
    assert {*SECOND, OWNERSHIP, "CNAME", ".git/HEAD"} == set(tree(output))


def test_what_cannot_be_put_back_is_told(project: Path, output: Path) -> None:
    """A file in the older folder whose place has been taken since stops the publication, and is kept."""
    write(artifacts(FIRST), output, project)
    write(artifacts(SECOND), output, project)
    (output / "CNAME").write_text("one", encoding="ascii")
    (room(output) / "older/CNAME").write_text("two", encoding="ascii")
    before = tree(project)
    with pytest.raises(OutputError, match="CNAME is not site-builder's"):
        write(artifacts(FIRST), output, project)
    assert before == tree(project)


@pytest.mark.parametrize("place", ["events/c.html", "events", "events/c.html/inside"])
def test_a_file_of_others_is_not_overwritten(place: str, project: Path, output: Path) -> None:
    """Where the site is to have a file of its own, one of somebody else is told, and nothing is changed."""
    write(artifacts(FIRST), output, project)
    (output / place).parent.mkdir(parents=True, exist_ok=True)
    (output / place).write_text("mine", encoding="ascii")
    before = tree(project)
    with pytest.raises(OutputError, match="is not site-builder's, and lies where"):
        write(artifacts(SECOND), output, project)
    assert before == tree(project)


def test_a_file_of_others_with_our_bytes_becomes_ours(project: Path, output: Path) -> None:
    """A file that is what the site is to have there is taken as it is."""
    write(artifacts(FIRST), output, project)
    (output / "events").mkdir()
    (output / "events/c.html").write_bytes(b"c")
    (output / "events/mine.html").write_bytes(b"mine")
    write(artifacts(SECOND), output, project)
    write(artifacts(FIRST), output, project)
    assert {*FIRST, OWNERSHIP, "events/mine.html"} == set(tree(output))


def test_known_files_are_given_without_their_bytes(project: Path, output: Path) -> None:
    """A file that stands in the output may be given by its sum; it keeps its place and its inode."""
    write(artifacts(FIRST), output, project)
    kept = marks(output)[str(output / "regions/a.html")]
    with publication(output, project) as place:
        there = {path: place.standing[path] for path in FIRST if path != "index.html"}
        files = [Known(path, one.sha256, one.size) for path, one in there.items()]
        written = place.publish([*files, Artifact("index.html", b"two")])
    assert ("index.html",) == written.changed
    assert {**FIRST, "index.html": b"two"} == {
        path: one for path, one in tree(output).items() if path in FIRST
    }
    assert kept == marks(output)[str(output / "regions/a.html")]


def test_a_file_that_does_not_stand_is_not_known(project: Path, output: Path) -> None:
    """A file that somebody has changed in the output does not stand, and cannot be given by its sum."""
    write(artifacts(FIRST), output, project)
    (output / "regions/a.html").write_bytes(b"x")
    (output / "regions/b.html").unlink()
    with publication(output, project) as place:
        assert {"index.html", "assets/x.css"} == {
            path for path, one in place.standing.items() if one.sha256 == sha256(FIRST[path]).hexdigest()
        }
        with pytest.raises(ValueError, match=r"does not: regions/a\.html"):
            place.publish([Known("regions/a.html", sha256(b"a").hexdigest(), 1)])


def test_an_edit_with_its_size_and_time_put_back_is_seen(project: Path, output: Path) -> None:
    """A page in the output that was replaced by one of the same size and the same time is mended."""
    write(artifacts(FIRST), output, project)
    page = output / "regions/a.html"
    was = page.stat()
    page.unlink()
    page.write_bytes(b"!")
    os.utime(page, ns=(was.st_atime_ns, was.st_mtime_ns))
    write(artifacts(FIRST), output, project)
    assert b"a" == page.read_bytes()


def test_the_site_of_another_project_is_not_replaced(project: Path, output: Path, tmp_path: Path) -> None:
    """Two projects that publish into one folder are told so; a copy of one project is not another one."""
    write(artifacts(FIRST), output, project, "Rivers")
    other = tmp_path / "other"
    (other / "content").mkdir(parents=True)
    before = tree(output)
    with pytest.raises(OutputError, match=f"holds the site of another project, {project}: Rivers"):
        write(artifacts(SECOND), output, other, "Bridges")
    assert before == tree(output)
    assert write(artifacts(SECOND), output, other, "Rivers").added
    assert write(artifacts(FIRST), output, other, "Lakes").added


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


def test_a_broken_list_is_made_up_for_by_the_note(project: Path, output: Path) -> None:
    """If our list is broken, what the last publication noted says which files are ours."""
    write(artifacts(FIRST), output, project)
    (output / OWNERSHIP).write_text("{", encoding="utf-8")
    write(artifacts(SECOND), output, project)
    assert {*SECOND, OWNERSHIP} == set(tree(output))


def test_a_list_of_ours_that_cannot_be_read_keeps_everything(project: Path, output: Path) -> None:
    """If our list is broken and the note gone, the files that they named count as others' and are kept."""
    write(artifacts(FIRST), output, project)
    (output / OWNERSHIP).write_text("{", encoding="utf-8")
    shutil.rmtree(room(output))
    with pytest.raises(OutputError, match=r"index\.html is not site-builder's"):
        write(artifacts(SECOND), output, project)
    write(artifacts({**SECOND, "index.html": b"one"}), output, project)
    assert b"b" == (output / "regions/b.html").read_bytes()


def test_a_lost_note_changes_nothing(project: Path, output: Path) -> None:
    """Without the note files are read and compared: the site stays as it is, and is noted again."""
    write(artifacts(FIRST), output, project)
    before = marks(output)
    shutil.rmtree(room(output))
    assert write(artifacts(FIRST), output, project).is_unchanged
    assert before == marks(output)
    assert {"lock", "note"} == {path.name for path in room(output).iterdir()}


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
