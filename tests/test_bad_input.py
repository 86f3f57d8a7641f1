"""Bad input is told, never swallowed, never a traceback; the long forms are in tests/torture."""

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder import markup
from site_builder.build import Options, build
from site_builder.issues import Issue, IssueLog, Place
from site_builder.nodes import YamlError, parse
from tests.damage import bombs, fuzzing
from tests.damage.markdown import FAMILIES
from tests.damage.mutations import SIGNS, mutated

ROOT = Path(__file__).resolve().parent.parent
START = Place("content/a.yaml")

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Issues = Callable[[Path], IssueLog]


def chance(name: str) -> random.Random:
    """Chance that is the same in every run."""
    return random.Random(name)  # noqa: S311


@pytest.mark.parametrize("number", range(40))
def test_a_damaged_dossier_is_told(number: int, tmp_path: Path) -> None:
    """Three files damaged by chance give issues in words, each within its file, and no error of ours."""
    project = fuzzing.damaged(chance(f"text {number}"), tmp_path / "project", raw=False, files=3)
    assert [] == fuzzing.faults(project, built=False)


@pytest.mark.parametrize("number", range(40))
def test_damaged_bytes_are_told(number: int, tmp_path: Path) -> None:
    """Bytes that are no text, or text of another encoding, give issues in words, within their files."""
    project = fuzzing.damaged(chance(f"bytes {number}"), tmp_path / "project", raw=True, files=2)
    assert [] == fuzzing.faults(project, built=False)


def refusal(text: str) -> Issue | None:
    """The issue that a text is refused with, if it is."""
    try:
        parse(text, START)
    except YamlError as error:
        return error.issue
    return None


def test_four_hundred_damaged_files_of_yaml_are_read_or_refused() -> None:
    """Each gives a tree, or one issue whose line and column lie within the text."""
    paths = [path for path in fuzzing.FILES if path.suffix == ".yaml"]
    refused = 0
    for number in range(400):
        one = chance(f"yaml {number}")
        text = mutated((fuzzing.SOUND / one.choice(paths)).read_text(encoding="utf-8"), one).replace("\r", "")
        if issue := refusal(text):
            refused += 1
            lines = text.split("\n")
            assert issue.place.line <= len(lines), (number, issue)
            assert issue.place.column <= len(lines[issue.place.line - 1]) + 1, (number, issue)
            assert issue.repair, (number, issue)
    assert 100 < refused < 390


def test_four_hundred_damaged_texts_in_markdown_are_read() -> None:
    """Each is parsed, and every issue lies within it."""
    for number in range(400):
        one = chance(f"markdown {number}")
        text = "".join(one.choices((*SIGNS, " ", "a", "words ", "\n", "\n\n"), k=one.randint(1, 60)))
        text = text.replace("\r", "")
        _, told = markup.parse(text, START)
        lines = text.split("\n")
        for issue in told:
            assert issue.place.line <= len(lines), (number, issue)
            assert issue.place.column <= len(lines[issue.place.line - 1]) + 1, (number, issue)


def trees(project: Path) -> dict[str, bytes]:
    """The site of a dossier: its files by path."""
    built = build(Options(project=project, output=project / "public"))
    assert built.written is not None, list(built.checked.issues)
    return {
        path.relative_to(project / "public").as_posix(): path.read_bytes()
        for path in sorted((project / "public").rglob("*"))
        if path.is_file()
    }


def test_a_byte_order_mark_and_ends_of_lines_change_nothing(tmp_path: Path) -> None:
    """Texts with a byte order mark, with CRLF or with CR give the same site, byte for byte."""
    plain = shutil.copytree(fuzzing.SOUND, tmp_path / "plain")
    expected = trees(plain)
    other = shutil.copytree(fuzzing.SOUND, tmp_path / "other")
    ways = ((b"\xef\xbb\xbf", b"\n"), (b"\xef\xbb\xbf", b"\r\n"), (b"", b"\r"))
    for number, path in enumerate(fuzzing.FILES):
        mark, ending = ways[number % 3]
        target = other / path
        target.write_bytes(mark + target.read_bytes().replace(b"\n", ending))
    assert expected == trees(other)


# ---------------------------------------------------------------- too much of it


@pytest.mark.parametrize("name", [*bombs.BOMBS])
def test_a_bomb_is_refused_at_once(name: str) -> None:
    """What is small to write and huge to read is refused, in 200 MB and a second of a processor to itself."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.damage.bombs", name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert told[0] in {"yaml-form", "too-large", "duplicate-key"}
    assert int(told[1]) < 200
    # A processor that others use as well takes up to twice as long.
    assert float(told[2]) < 2


@pytest.mark.parametrize("name", [*FAMILIES])
def test_no_text_keeps_the_parser_busy(name: str) -> None:
    """Of every family of texts that are hard to read, one four times as long takes not the square of that."""
    short, long = (calls_to_parse(FAMILIES[name](size)) for size in (250, 1000))
    assert long < max(6 * short, 50_000)


def calls_to_parse(text: str) -> int:
    """How many functions are called for a text: the same on every machine."""
    counted = 0

    def count(_frame: object, event: str, _value: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        markup.parse(text, START)
    finally:
        sys.setprofile(None)
    return counted


def test_a_text_of_a_million_characters_is_read_and_one_more_refused(lay: Lay, issues_of: Issues) -> None:
    """The limit of a text in Markdown is told before it is parsed, where the text begins."""
    head = "---\ntitle: Long\n---\n"
    line = "The mill stood by the river for many years and nobody counted them at all.\n\n"
    body = (line * 20_000)[:1_000_000]
    assert [] == [issue.code for issue in issues_of(lay({"pages/long.md": head + body}))]
    told = list(issues_of(lay({"pages/long.md": head + body + "x"})))
    assert [("too-large", "content/pages/long.md:4:1")] == [(one.code, str(one.place)) for one in told]


def test_memory_is_known() -> None:
    """The bombs are measured in the unit that they are judged in: a process takes more than 5 MB."""
    assert bombs.most_megabytes() > 5
