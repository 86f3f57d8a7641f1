"""A build after which nothing has changed does nothing; whatever has changed is seen."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder import build as building
from site_builder.cache import standing
from site_builder.cache.last_build import Answer, LastBuild, Question
from site_builder.cache.shelf import CACHE, DamagedError, Shelf
from site_builder.cli import main

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

FIRST = ["build", "--base-url", "https://bridges.example/", "--jobs", "1"]
NOW = datetime(2026, 10, 3, 12, 0, tzinfo=UTC)
ANSWER = Answer(
    told={"text": "none"},
    pages=1,
    files=1,
    bytes=4,
    content="one page",
    kept_back="qxj7zv0kw",
    present=NOW.isoformat(),
    next_due="2026-12-01T09:00:00+00:00",
)


def build(project: Path, *more: str) -> Result:
    """Build the project, which must succeed."""
    done = CliRunner().invoke(main, [*FIRST, "-C", str(project), *more])
    assert 0 == done.exit_code, done.output
    return done


@pytest.fixture
def last(tmp_path: Path) -> LastBuild:
    """The last build of a small project, noted."""
    (tmp_path / "content/actors").mkdir(parents=True)
    (tmp_path / "content/actors/somebody.yaml").write_text("name: The county\n", encoding="utf-8")
    (tmp_path / "themes/own").mkdir(parents=True)
    (tmp_path / "themes/own/theme.yaml").write_text("extends: dossier\n", encoding="utf-8")
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text("Hello", encoding="utf-8")
    question = Question(project=tmp_path, output=tmp_path / "public", options="", present=NOW)
    made = LastBuild(Shelf(tmp_path / CACHE), question)
    note(made)
    return made


def note(last: LastBuild) -> None:
    """Note that a build has said this just now."""
    stands = last.standing()
    assert stands is not None
    last.note(ANSWER, stands, ["index.html"])


def asked(last: LastBuild, **other: object) -> LastBuild:
    """The same last build, asked something else."""
    return LastBuild(last.shelf, replace(last.question, **other))  # type: ignore[arg-type]


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of a folder with its mode and its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes()) for path in files}


def stamp(path: Path) -> tuple[int, int, int, int]:
    """How a file lies on the disk, but for when it was read."""
    found = path.lstat()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def test_a_second_build_does_nothing(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing has changed, a build changes no file, and says of the site what the last one said."""
    project = lay({"x.txt": "?"})
    first = build(project)
    stamps = {path: stamp(path) for path in project.rglob("*")}
    monkeypatch.delattr(building, "build")
    second = build(project)
    assert stamps == {path: stamp(path) for path in project.rglob("*")}
    assert first.stdout.split("(")[0] == second.stdout.split("(")[0]
    assert "stray-file" in second.stderr
    assert first.stderr == second.stderr
    for form in ("json", "github", "sarif"):
        assert "stray-file" in build(project, "--format", form).stdout


@pytest.mark.parametrize(
    "more",
    [("--base-url", "https://b.example/"), ("--strict",), ("-o", "other"), ("--zip",), ("--no-cache",)],
)
def test_what_is_asked_otherwise_is_built(
    more: tuple[str, ...], last: LastBuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that is asked for something else, or to take nothing from the last one, is done."""
    project = last.question.project
    note(asked(last, options="https://bridges.example/ False"))
    monkeypatch.delattr(building, "build")
    assert 70 == CliRunner().invoke(main, [*FIRST, "-C", str(project), *more]).exit_code


def test_nothing_heavy_is_loaded_where_nothing_changed(lay: Lay) -> None:
    """A build that is answered from the last loads no template, schema, parser or wording."""
    project = lay({})
    code = f"""
import sys
from site_builder.cli import main
try:
    main({[*FIRST, "-C", str(project)]!r})
except SystemExit as done:
    assert not done.code
heavy = {{"pydantic", "jinja2", "markdown_it", "babel", "yaml", "PIL", "multiprocessing"}}
print("LOADED", sorted(heavy & set(sys.modules)))
"""
    build(project)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "LOADED []" == done.stdout.splitlines()[-1]


def test_what_was_said_is_said_again(last: LastBuild) -> None:
    """As long as everything stands as it did, the last build's answer holds."""
    assert ANSWER == last.answer()


def change_a_word(file: Path) -> None:
    """Another text of another length."""
    file.write_text(file.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")


def same_size_and_moment(file: Path) -> None:
    """Another text of the same length, with the moment of the last change put back."""
    before = file.stat()
    file.write_bytes(file.read_bytes()[::-1])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def another_file(file: Path) -> None:
    """Another file of the same length and moment, given the name of the old one."""
    before = file.stat()
    other = file.with_name(".new")
    other.write_bytes(file.read_bytes()[::-1])
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)


def change_the_mode(file: Path) -> None:
    """The same text, and another mode."""
    file.chmod(0o640)


def renamed(file: Path) -> None:
    """The same file under another name."""
    file.rename(file.with_name("anybody.yaml"))


def linked(file: Path) -> None:
    """A link in the place of the file."""
    file.rename(file.with_name(".kept"))
    file.symlink_to(".kept")


EDITS = (
    change_a_word,
    same_size_and_moment,
    another_file,
    Path.touch,
    change_the_mode,
    Path.unlink,
    renamed,
    linked,
)


@pytest.mark.parametrize("path", ["content/actors/somebody.yaml", "themes/own/theme.yaml"])
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
@pytest.mark.parametrize("is_old", [True, False])
def test_an_edit_is_seen(
    edit: Callable[[Path], None], path: str, is_old: bool, last: LastBuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is done to a file of the dossier or of a theme, the next build looks, at once and later."""
    if is_old:
        monkeypatch.setattr(standing, "_DOUBT", -(10**18))
        note(last)
        assert ANSWER == last.answer()
    edit(last.question.project / path)
    assert last.answer() is None


def test_a_new_file_is_seen(last: LastBuild) -> None:
    """A file more is looked at."""
    (last.question.project / "content/actors/new.yaml").write_bytes(b"")
    assert last.answer() is None


def test_what_an_editor_leaves_behind_is_no_change(last: LastBuild) -> None:
    """Hidden files, and what editors leave beside a file, are no reason to build."""
    for name in (".#somebody.yaml", "somebody.yaml~", ".obsidian"):
        (last.question.project / "content/actors" / name).write_bytes(b"?")
    assert ANSWER == last.answer()


def test_a_change_that_the_disk_does_not_tell_is_seen(
    last: LastBuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was changed in the very moment in which it was looked at is told by its sum."""
    page = last.question.output / "index.html"
    frozen = page.lstat()
    monkeypatch.setattr(os, "lstat", lambda _path: frozen)
    page.write_bytes(b"Olleh")
    assert last.answer() is None
    page.write_bytes(b"Hello")
    assert ANSWER == last.answer()


@pytest.mark.parametrize("edit", [change_a_word, same_size_and_moment, Path.unlink, linked])
def test_a_harmed_output_is_seen(edit: Callable[[Path], None], last: LastBuild) -> None:
    """A published file that is not as the last build left it is a reason to build."""
    edit(last.question.output / "index.html")
    assert last.answer() is None


def test_files_of_a_host_are_not_looked_at(last: LastBuild) -> None:
    """What somebody else puts into the output is no reason to build."""
    (last.question.output / "CNAME").write_text("bridges.example\n", encoding="utf-8")
    assert ANSWER == last.answer()


def test_an_embargo_that_passes_is_seen(last: LastBuild) -> None:
    """The answer holds from its moment on until something is due, and not before or after."""
    moments = [datetime(2026, 10, 3, 11, 59), datetime(2026, 12, 1, 8, 59), datetime(2026, 12, 1, 9, 0)]  # noqa: DTZ001
    answers = [asked(last, present=moment.replace(tzinfo=UTC)).answer() for moment in moments]
    assert [None, ANSWER, None] == answers


def test_a_rehearsal_of_another_moment_is_built(lay: Lay) -> None:
    """The list of a rehearsal names its own moment, also where nothing but the moment is another."""
    project = lay({})
    for moment in ("2026-10-03T12:00Z", "2026-10-04T12:00Z"):
        build(project, "--now", moment)
        assert moment[:10] in (project / "public/manifest.json").read_text(encoding="utf-8")


SECRETS = {
    "sources/qxj7zv0kw-source.yaml": (
        "type: report\ntitle: Qxj7zv0kw\nissued: 2021-05\nlanguage: en\npublish_after: 2026-12-01T09:00Z\n"
    ),
    "articles/qxj7zv0kw/index.md": (
        "---\ntype: article-newspaper\ntitle: qxj7zv0kw\nissued: 2021-03-15\nlanguage: en\n"
        "curated: 2021-04-02\nsummary: qxj7zv0kw\ndraft: true\n---\n[qxj7zv0kw]{.withheld}\n"
    ),
    "actors/warden.yaml": (
        "type: person\nname: A warden\nwithheld: she could lose her post\n"
        "private: {name: qxj7zv0kw}\n# qxj7zv0kw\n"
    ),
    "qxj7zv0kw.txt": "qxj7zv0kw",
}


def test_the_cache_tells_nothing_that_is_kept_back(lay: Lay) -> None:
    """No byte of a draft, an embargoed record, a private field or a remark stands in the cache."""
    project = lay(SECRETS)
    told = build(project, "--now", "2026-10-03T12:00Z")
    assert "qxj7zv0kw" in told.stderr
    for path in (project / CACHE).iterdir():
        assert b"qxj7zv0kw" not in path.read_bytes().lower()
        assert b"2026-12-01" not in path.read_bytes()
    again = build(project, "--now", "2026-10-03T12:00Z")
    assert "nothing had changed" in again.stdout
    assert "1 draft and 1 embargoed record kept back" in again.stdout
    assert told.stderr == again.stderr


def test_a_copied_cache_is_not_believed(last: LastBuild, tmp_path: Path) -> None:
    """A dossier that is sent with its output and its cache is built anew where it arrives."""
    shutil.copytree(tmp_path / CACHE, tmp_path / "copy", copy_function=shutil.copy2)
    with pytest.raises(DamagedError):
        LastBuild(Shelf(tmp_path / "copy"), last.question).answer()


def test_a_cache_that_cannot_be_written_is_no_fault(last: LastBuild, tmp_path: Path) -> None:
    """Where the cache's folder cannot be made, nothing is noted, and nothing else happens."""
    (tmp_path / "file").write_bytes(b"")
    note(LastBuild(Shelf(tmp_path / "file"), last.question))
    assert b"" == (tmp_path / "file").read_bytes()


def harmed(content: bytes, chance: random.Random) -> bytes:
    """The bytes with a bit turned, an end cut off, two parts swapped, or another format's number."""
    at = chance.randrange(len(content))
    turned = content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
    swapped = content[at:] + content[:at]
    other = content.replace(b"cache 2", b"cache 3", 1)
    return chance.choice([turned, content[:at], swapped, other, b""])


def test_a_damaged_cache_is_noticed(last: LastBuild) -> None:
    """Whatever is done to the bytes of what was noted, it is not believed."""
    (noted,) = last.shelf.folder.glob("built-*")
    good = noted.read_bytes()
    chance = random.Random("damage")  # noqa: S311  # the same harm in every run
    for _ in range(500):
        noted.write_bytes(harmed(good, chance))
        if good != noted.read_bytes():
            with pytest.raises(DamagedError):
                last.answer()


def test_a_damaged_cache_is_told(lay: Lay) -> None:
    """A build with a damaged cache publishes the same site, and says in a line why it took longer."""
    project = lay({})
    build(project)
    good = tree(project / "public")
    (noted,) = (project / CACHE).glob("built-*")
    noted.write_bytes(noted.read_bytes()[:-1])
    told = build(project)
    assert "note: what lies in .site-builder/ cannot be used; this build begins afresh\n" == told.stderr
    assert good == tree(project / "public")
    assert "" == build(project).stderr
