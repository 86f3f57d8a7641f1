"""Names and links that lead elsewhere: nothing outside the project is read, and what collides is told."""

import errno
import json
import os
import random
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest

from site_builder.build import Options, build, check
from site_builder.images import file_named
from site_builder.issues import IssueLog, Placed
from site_builder.read import tree
from site_builder.read.theme import ThemeError, read_theme
from site_builder.read.tree import Entry, OutsideError, bytes_of, content_of
from site_builder.report import FORMATS

SECRET = "the name of somebody who asked not to be named"  # noqa: S105  # a name, no password

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Issues = Callable[[Path], IssueLog]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A folder outside of the project, with files that could be taken for the dossier's."""
    folder = tmp_path / "elsewhere"
    (folder / "deeper").mkdir(parents=True)
    (folder / "secret.yaml").write_text(f"type: group\nname: {SECRET}\n", encoding="utf-8")
    (folder / "secret.md").write_text(f"---\ntitle: {SECRET}\n---\n{SECRET}\n", encoding="utf-8")
    (folder / "deeper" / "index.md").write_text(f"---\ntitle: {SECRET}\n---\n", encoding="utf-8")
    (folder / "site.yaml").write_text(f"title: {SECRET}\n", encoding="utf-8")
    return folder


# Where a link is put, and where it leads; E is the folder elsewhere, P the project.
LAYOUTS = (
    ("content/actors/one.yaml", "E/secret.yaml"),
    ("content/actors/one.yaml", "../../../elsewhere/secret.yaml"),
    ("content/pages/one.md", "E/secret.md"),
    ("content/regions/one.md", "E/secret.md"),
    ("content/sources/one.yaml", "E/secret.yaml"),
    ("content/corrections.yaml", "E/secret.yaml"),
    ("content/measures.yaml", "E/secret.yaml"),
    ("content/site.yaml", "E/site.yaml"),
    ("content/geometry.json", "E/secret.yaml"),
    ("content/articles/one", "E/deeper"),
    ("content/articles/one/index.md", "E/deeper/index.md"),
    ("content/articles/gazette-bridge-count/mill.jpg", "E/secret.yaml"),
    ("content/pages", "E"),
    ("content/actors/loop.yaml", "loop.yaml"),
    ("content/actors/dangling.yaml", "nowhere.yaml"),
    ("content/actors/up", ".."),
    ("content/actors/root", "/"),
    ("content/actors/proc.yaml", "/proc/self/environ"),
    ("content/actors/device.yaml", "/dev/zero"),
    ("content/pages/kept.md", "P/content/captures/kept.txt"),
)


@pytest.mark.parametrize("at, to", LAYOUTS, ids=lambda one: one)
def test_no_link_leads_out(at: str, to: str, secret: Path, lay: Lay, tmp_path: Path) -> None:
    """A link out, to a folder, in a circle, to nothing or to a kept text is told and not followed."""
    project = lay({"captures/kept.txt": f"---\ntitle: {SECRET}\n---\n"})
    link = project / at
    if link.is_dir():
        link.rename(tmp_path / "aside")
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(to.replace("E", str(secret), 1) if to[0] == "E" else to.replace("P", str(project), 1))
    checked = check(Options(project=project, output=project / "public"))
    assert "outside" in {issue.code for issue in checked.issues}
    assert SECRET not in str(checked.texts)
    assert SECRET not in "".join(f"{issue.problem} {issue.repair}" for issue in checked.issues)


def test_the_dossier_itself_is_no_link_elsewhere(secret: Path, tmp_path: Path, issues_of: Issues) -> None:
    """A `content/` that is a link out of the project is told, and nothing in it read."""
    project = tmp_path / "empty"
    project.mkdir()
    (project / "content").symlink_to(secret)
    assert {"outside", "missing-file"} == {issue.code for issue in issues_of(project)}


@pytest.mark.parametrize("part", ["templates/a.html", "static/a.txt", "styles/given.css", "languages/ru.po"])
def test_no_link_of_a_theme_leads_out(part: str, secret: Path, lay: Lay) -> None:
    """A file of a project's theme that is a link out of the project is told, and not published."""
    project = lay({})
    theme = project / "themes" / "own"
    (theme / part).parent.mkdir(parents=True)
    (theme / "theme.yaml").write_text("extends: dossier\n", encoding="utf-8")
    (theme / part).symlink_to(secret / "secret.yaml")
    with (project / "content/site.yaml").open("a", encoding="utf-8") as site:
        site.write("theme: own\n")
    built = build(Options(project=project, output=project / "public"))
    assert ["outside"] == [issue.code for issue in built.checked.issues]
    assert built.written is None


def test_a_pipe_is_not_waited_for(lay: Lay, issues_of: Issues) -> None:
    """What is neither file nor folder is passed over: nobody may ever write into a pipe."""
    project = lay({})
    os.mkfifo(project / "content/actors/pipe.yaml")
    assert [] == list(issues_of(project))


def test_folders_may_lie_deep_in_each_other(
    lay: Lay, issues_of: Issues, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand folders in each other are walked through, and what lies in them is told."""
    project = lay({})
    deep = "/".join(["a"] * 1000)
    folder = os.open(project / "content", os.O_RDONLY)
    try:
        for name in deep.split("/"):
            os.mkdir(name, dir_fd=folder)
            inner = os.open(name, os.O_RDONLY, dir_fd=folder)
            os.close(folder)
            folder = inner
        os.close(os.open("b.yaml", os.O_WRONLY | os.O_CREAT, dir_fd=folder))
    finally:
        os.close(folder)
    assert ["stray-file"] == [issue.code for issue in issues_of(project)]
    # Whoever clears up after the tests is not made for such folders.
    monkeypatch.chdir(project / "content")
    first, second, aside = Path("a"), Path("a/a"), Path("b")
    for _ in range(999):
        second.rename(aside)
        first.rmdir()
        aside.rename(first)


def swapping(path: Path, target: Path, chance: random.Random, stop: threading.Event) -> Iterator[None]:
    """Put a link in the place of a file and the file back, by turns, until told to stop."""
    text = path.read_bytes()
    while not stop.is_set():
        fresh = path.with_name(".fresh")
        if chance.random() < 0.5:
            fresh.symlink_to(target)
        else:
            fresh.write_bytes(text)
        fresh.replace(path)
        yield


def test_a_link_put_in_a_file_s_place_is_not_followed(secret: Path, lay: Lay) -> None:
    """Whatever stands at the path when it is opened: no byte of a file outside is ever returned."""
    project = lay({})
    path = project / "content/actors/ost-county.yaml"
    entry = Entry("content/actors/ost-county.yaml", path, os.path.realpath(project))
    stop = threading.Event()
    chance = random.Random("swap")  # noqa: S311

    def swap() -> None:
        for _ in swapping(path, secret / "secret.yaml", chance, stop):
            pass

    thread = threading.Thread(target=swap)
    thread.start()
    seen: set[str] = set()
    try:
        # As often as it takes to meet both; but for a machine that runs one thread at a time, at once.
        for number in range(20_000):
            if number > 200 and len(seen) > 1:
                break
            issues = IssueLog()
            content = bytes_of(entry, tree.MAX_BYTES, issues)
            assert content is None or SECRET.encode() not in content
            seen |= {issue.code for issue in issues} if content is None else {"read"}
    finally:
        stop.set()
        thread.join()
    assert {"read", "outside"} == seen


def test_a_link_that_becomes_a_file_while_it_is_looked_at_is_told(
    lay: Lay, issues_of: Issues, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was a link when its folder was listed, and is none when it is followed, ends no run."""

    def refusing(path: object, **_: object) -> str:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)

    project = lay({})
    (project / "content/actors/one.yaml").symlink_to("ost-county.yaml")
    monkeypatch.setattr(os, "readlink", refusing)
    assert ["outside"] == [issue.code for issue in issues_of(project)]


def test_a_folder_put_in_a_folder_s_place_is_not_followed(secret: Path, lay: Lay) -> None:
    """A link in the place of a folder on the way leads to nothing, also where the system cannot say where."""
    project = lay({})
    root = os.path.realpath(project)
    (project / "content/actors").rename(project / "aside")
    (project / "content/actors").symlink_to(secret)
    with pytest.raises(OutsideError):
        content_of(project / "content/actors/secret.yaml", root, 1000)


def test_where_the_system_says_nothing_paths_are_compared(
    secret: Path, lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Linux' list of open files, what was opened is held against what the path leads to."""

    def refusing(_: Path) -> Path:
        raise FileNotFoundError

    project = lay({})
    root = os.path.realpath(project)
    monkeypatch.setattr(Path, "readlink", refusing)
    assert content_of(project / "content/actors/ost-county.yaml", root, 1000)
    (project / "content/actors/one.yaml").symlink_to(secret / "secret.yaml")
    with pytest.raises(OutsideError):
        content_of(project / "content/actors/one.yaml", root, 1000)


# ---------------------------------------------------------------- names

TRAVERSALS = (
    "..", ".", "../x", "../../etc/passwd", "..\\x", "..\\..\\windows", "/etc/passwd", "/", "//host/x",
    "\\\\host\\x", "C:\\x", "C:/x", "c:x", "file:///etc/passwd", "%2e%2e/x", "%2e%2e%2fx", "..%2fx",
    "%252e%252e%252fx", "..%5cx", "%c0%ae%c0%ae/x", "..;/x", "....//x", "...", "x/../../y", "x/..", "./x",
    "x/", "x//y", "~", "~/x", "~root/x", "$HOME/x", "${HOME}", "x%00.html", "x%00", "con", "CON", "nul",
    "aux.html", "com1", "lpt9", "con.html", "x.", "x ",
    " x", "x.html", "x:y", "x::$DATA", "x?y", "x*y", "x<y", "x|y",
    "-x", "x-", "x--y", "a" * 81, "a" * 5000, "index", "İ", "ß", "ﬁ", "е", "Ё", "x\u200by", "\u2025/x",
    "\uff0e\uff0e/x", "\u2215x", "x\u2044y", "é", "e\u0301", ".htaccess", ".git", "_headers", "@x", "#x",
)  # fmt: skip


def written(payload: str) -> str:
    """A text in quotation marks, as YAML reads it."""
    return json.dumps(payload, ensure_ascii=False)


@pytest.mark.parametrize("part", range(4))
def test_no_name_is_a_path(part: int, lay: Lay) -> None:
    """What leads elsewhere is refused as an id, a former id, a successor and a part, at each place."""
    some = TRAVERSALS[part::4]
    events = "".join(f"  - {{id: {written(one)}, title: A, date: 2021, kind: flood}}\n" for one in some)
    retired = "".join(
        f"- {{id: gone-{number}, kind: event, replaced_by: {written('actor:' + one)}, why: A, date: 2021}}\n"
        for number, one in enumerate(some)
    )
    regions = {
        f"regions/r{number}.md": f"---\nname: A\ntype: town\nsummary: A.\npart_of: {written(one)}\n---\n"
        for number, one in enumerate(some)
    }
    former = {
        f"actors/a{number}.yaml": f"type: group\nname: A\nformer_ids: [{written(one)}]\n"
        for number, one in enumerate(some)
    }
    source = "type: report\ntitle: A\nissued: 2021\nlanguage: en\nevents:\n"
    project = lay({"sources/names.yaml": source + events, "retired.yaml": retired, **regions, **former})
    told = check(Options(project=project, output=project / "public")).issues
    places = {(issue.place.path, issue.place.line) for issue in told}
    assert set() == {("content/sources/names.yaml", 6 + number) for number in range(len(some))} - places
    assert set() == {("content/retired.yaml", 1 + number) for number in range(len(some))} - places
    assert set() == {(f"content/{path}", 5) for path in regions} - places
    assert set() == {(f"content/{path}", 3) for path in former} - places


def test_no_theme_is_a_path(lay: Lay) -> None:
    """A theme is looked for by a name: what leads elsewhere is no name of any."""
    project = lay({})
    for payload in TRAVERSALS:
        with pytest.raises(ThemeError) as raised:
            read_theme(project, Placed(payload))
        assert raised.value.issue.code in {"unknown-theme", "outside"}, payload


def test_no_theme_extends_a_path(lay: Lay) -> None:
    """What a theme extends is a name too."""
    project = lay({"../themes/own/templates/a.html": ""})
    for payload in TRAVERSALS:
        (project / "themes/own/theme.yaml").write_text(f"extends: {written(payload)}\n", encoding="utf-8")
        with pytest.raises(ThemeError):
            read_theme(project, Placed("own"))


@pytest.mark.parametrize(
    "way", ["![A mill]({})\n\n", "![A mill](<{}>)\n\n", "  - {{file: {}, credit: A, licence: A}}\n"]
)
def test_no_picture_is_a_path(way: str, secret: Path, lay: Lay, sound_text: Callable[[str], str]) -> None:
    """Whatever a text or `images:` gives for a picture is told, each at its line, and nothing is read."""
    article = "articles/gazette-bridge-count/index.md"
    ways = [*TRAVERSALS, "../../../../elsewhere/secret.yaml", f"{secret}/x.jpg", f"file://{secret}/x.jpg"]
    shown = {file_named(one): way.format(written(one) if "file" in way else quote(one)) for one in ways}
    fields, prose = ("images:\n", "") if "file" in way else ("", "".join(shown.values()))
    fields += "".join(shown.values()) if fields else ""
    head, _, body = sound_text(article).partition("\n---\n")
    project = lay({article: f"{head}\n{fields}---\n{body}\n{prose}"})
    checked = check(Options(project=project, output=project / "public"))
    begin = way.format("/").partition("/")[0]
    lines = checked.texts[f"content/{article}"].split("\n")
    asked = {at for at, line in enumerate(lines, 1) if line.startswith(begin)}
    assert len(shown) == len(asked)
    assert set() == asked - {issue.place.line for issue in checked.issues}
    assert SECRET not in str(checked.texts)


def test_there_are_three_hundred_payloads() -> None:
    """Each is tried at nine places: as an id, former id, successor, part, theme (2) and picture (3)."""
    assert 9 * len(set(TRAVERSALS)) >= 300


@pytest.mark.parametrize(
    "name",
    [b"\xff.yaml", b"a\xfe.md", b"\xc3(.yaml", b"a\n.yaml", b"a\x1b[31m.yaml", b"a\xe2\x80\xae.yaml",
     b"a .yaml", b" a.yaml", b"a..yaml", b"A.yaml", b"\xd0\xb0.yaml", b"con.yaml",
     b"%2e.yaml", b"a\\b.yaml", b"-.yaml"],
    ids=repr,
)  # fmt: skip
@pytest.mark.parametrize("folder", ["actors", "pages"])
def test_any_file_name_is_told(folder: str, name: bytes, lay: Lay) -> None:
    """A file whose name cannot be an id is an issue at that file, also where the name is no text at all."""
    project = lay({})
    path = os.path.join(os.fsencode(project), b"content", folder.encode(), name)  # noqa: PTH118  # bytes
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123  # no Path has bytes that are no text
        file.write("type: group\nname: A\n")
    checked = check(Options(project=project, output=project / "public"))
    assert {f"content/{folder}/{os.fsdecode(name)}"} == {issue.place.path for issue in checked.issues}
    for told in FORMATS.values():
        words = told(checked.issues, checked.texts).encode("utf-8", "backslashreplace").decode()
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", words)


def test_an_id_has_no_space_around_it(lay: Lay, issues_of: Issues) -> None:
    """An id with a space at its end would be another's id once the space is gone, and is refused."""
    source = (
        "type: report\ntitle: A\nissued: 2021\nlanguage: en\nevents:\n"
        "  - {id: 'mill-bridge-closed ', title: A, date: 2021, kind: flood}\n"
    )
    told = {(issue.code, str(issue.place)) for issue in issues_of(lay({"sources/one.yaml": source}))}
    assert ("bad-id", "content/sources/one.yaml:6:10") in told


def test_two_pictures_of_one_name_are_told(lay: Lay, issues_of: Issues) -> None:
    """Two files whose names differ in a way that cannot be seen are told, with both."""
    folder = "articles/gazette-bridge-count"
    told = [
        issue
        for issue in issues_of(lay({f"{folder}/e\u0301.jpg": b"x", f"{folder}/\u00e9.jpg": b"x"}))
        if issue.code == "image"
    ]
    assert [f"content/{folder}/\u00e9.jpg"] == [issue.place.path for issue in told]
    assert f"content/{folder}/e\u0301.jpg" in told[0].problem
