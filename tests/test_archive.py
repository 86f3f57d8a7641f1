"""The site as one file to hand over."""

import hashlib
import io
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.build import Options, build
from site_builder.cli import main
from site_builder.render import Artifact, archive
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
