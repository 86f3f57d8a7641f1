"""The site as one file to hand over."""

import errno
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from site_builder import disk
from site_builder.build import Options, build
from site_builder.cli import main
from site_builder.render import Artifact
from site_builder.render.archive import archive
from site_builder.verify import verify
from site_builder.write import OWNERSHIP, OutputError

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

TOP = "bridges-of-the-ost-2021-06-01"
FILES = (Artifact("index.html", b"home" * 99), Artifact("a/ж.html", b"a"), Artifact("a.woff2", b"font" * 99))


def packed(project: Path, archive_file: Path) -> bytes:
    """The archive of a project, built into its `public`."""
    built = build(Options(project=project, output=project / "public", archive=archive_file))
    assert built.archived is not None
    assert hashlib.sha256(archive_file.read_bytes()).hexdigest() == built.archived.sha256
    return archive_file.read_bytes()


def test_an_archive_holds_the_site(lay: Lay) -> None:
    """Every published file is in the archive, in one folder named after the dossier and its edition."""
    project = lay({})
    found = zipfile.ZipFile(io.BytesIO(packed(project, project / "site.zip")))
    public = project / "public"
    expected = {
        f"{TOP}/{path.relative_to(public).as_posix()}": path.read_bytes()
        for path in public.rglob("*")
        if path.is_file() and path.name != OWNERSHIP
    }
    assert expected == {name: found.read(name) for name in found.namelist()}
    assert f"{TOP}/index.html" in expected


def test_an_archive_has_the_same_bytes_each_time(lay: Lay) -> None:
    """Two builds give one archive: no clock, no mode and no order of the machine is in it."""
    project = lay({})
    before = os.umask(0o077)
    try:
        first = packed(project, project / "one.zip")
    finally:
        os.umask(before)
    assert first == packed(project, project / "other.zip")
    assert archive(FILES, "x") == archive(reversed(FILES), "x")


def test_entries_have_no_time_and_plain_modes() -> None:
    """Each entry is of the first day that the format knows, for all to read; fonts are not packed again."""
    found = zipfile.ZipFile(io.BytesIO(archive(FILES, "x"))).infolist()
    assert ["x/a.woff2", "x/a/ж.html", "x/index.html"] == [entry.filename for entry in found]
    assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in found}
    assert {0o100644} == {entry.external_attr >> 16 for entry in found}
    assert [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED] == [
        entry.compress_type for entry in found
    ]


def test_an_archive_is_put_in_place_whole(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails leaves the archive of before, and nothing half-written beside it."""
    project = lay({})
    target = project / "site.zip"
    target.write_bytes(b"before")
    build(Options(project=project, output=project / "public"))

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        packed(project, target)
    assert b"before" == target.read_bytes()
    assert [".public.site-builder", "content", "public", "site.zip"] == sorted(
        path.name for path in project.iterdir()
    )


def test_without_room_for_the_archive_nothing_is_published(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive is written beside its place before the site is exchanged, so the message is true."""
    project = lay({"pages/more.md": "---\ntitle: More\n---\n\nMore.\n"})
    monkeypatch.setattr(disk, "os", Full(".zip.new"))
    told = CliRunner().invoke(main, ["build", "-C", str(project), "--zip"])
    assert 3 == told.exit_code
    where = project / ".public.zip.new"
    assert f"error: No space left on device ({where})\n  nothing was published;" in told.stderr
    assert ["content"] == [path.name for path in project.iterdir()]


def test_an_archive_that_cannot_be_put_in_place_is_told_beside_its_site(
    lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the last step fails the site is published, and the message says so."""
    project = lay({})
    monkeypatch.setattr(disk, "os", Full(".zip"))
    told = CliRunner().invoke(main, ["build", "-C", str(project), "--zip"])
    assert 3 == told.exit_code
    assert (
        f"error: No space left on device ({project / 'public.zip'})\n  the site is published;" in told.stderr
    )
    assert {"content", "public", ".public.site-builder", ".site-builder"} >= {
        path.name for path in project.iterdir()
    }
    assert verify(project / "public").is_whole


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is full")
def test_where_nothing_can_be_said_the_site_is_published_nevertheless(lay: Lay) -> None:
    """Output that finds no room is told as that, and not as a site that was not published."""
    project = lay({})
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "site_builder", "build", "-C", str(project)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert 3 == done.returncode
    assert f"error: No space left on device\n  {project / 'public'}/ is published;" in done.stderr
    assert verify(project / "public").is_whole


class Full:
    """The system's calls, on a disk that refuses to open or to place files of such a name."""

    def __init__(self, end: str) -> None:
        self.end = end

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        real = getattr(os, name)
        if name not in {"open", "replace"}:
            return real

        def call(*args: Any) -> Any:  # noqa: ANN401
            path = str(args[1 if name == "replace" else 0])
            if path.endswith(self.end):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
            return real(*args)

        return call


def test_an_unchanged_archive_is_left_alone(lay: Lay) -> None:
    """An archive that is there already, byte for byte, is not written again."""
    project = lay({})
    packed(project, project / "site.zip")
    before = (project / "site.zip").stat()
    packed(project, project / "site.zip")
    assert before == (project / "site.zip").stat()


def test_a_dossier_with_a_mistake_is_not_packed(lay: Lay) -> None:
    """Nothing is handed over that would not be published."""
    project = lay({"actors/x.yaml": "type: nothing\n"})
    built = build(Options(project=project, output=project / "public", archive=project / "site.zip"))
    assert built.archived is None
    assert not (project / "site.zip").exists()


@pytest.mark.parametrize(
    "name, problem",
    [
        ("site.tar", "no ZIP file"),
        ("content/site.zip", "within the dossier or the site"),
        ("public/site.zip", "within the dossier or the site"),
        ("nowhere/site.zip", "is not there"),
    ],
)
def test_an_archive_s_place_is_looked_at_first(lay: Lay, name: str, problem: str) -> None:
    """A place that is no good for the archive is refused before anything is published."""
    project = lay({})
    with pytest.raises(OutputError, match=problem):
        build(Options(project=project, output=project / "public", archive=project / name))
    assert not (project / "public").exists()


@pytest.mark.parametrize("words, name", [(["--zip"], "public.zip"), (["--zip", "{}/mine.zip"], "mine.zip")])
def test_the_command_says_what_it_packed(lay: Lay, words: list[str], name: str) -> None:
    """`build --zip` packs beside the output, or where it is told to, and tells size and sum."""
    project = lay({})
    result = CliRunner().invoke(
        main, ["build", "-C", str(project), *(word.format(project) for word in words)]
    )
    assert 0 == result.exit_code, result.output
    assert hashlib.sha256((project / name).read_bytes()).hexdigest() in result.output
    assert f"{name}: 0.4 MB" in result.output or f"{name}: 0.3 MB" in result.output
