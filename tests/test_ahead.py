"""Texts parsed by another process: the same ones, whatever happens to it or to the files."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from site_builder.issues import IssueLog, Place
from site_builder.markup import parse
from site_builder.read import CONTENT, Ahead, read
from site_builder.read.tree import walk

ENOUGH = 200
BODY = "A town by a river: [it](region:r7).\n"
PARSED = parse(BODY, Place("content/regions/r7.md", 4))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of many regions."""
    folder = tmp_path / "content" / "regions"
    folder.mkdir(parents=True)
    for number in range(ENOUGH):
        (folder / f"r{number}.md").write_text(f"---\nname: R\n---\n{BODY}", encoding="utf-8")
    return tmp_path


def test_a_text_is_taken_from_the_other_process(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the other process has parsed is not parsed here."""
    with Ahead(project / CONTENT, 2) as ahead:
        monkeypatch.setattr("site_builder.markup.parse", None)
        assert PARSED == ahead.parsed(BODY, Place("content/regions/r7.md", 4))


def test_all_is_read_alike(project: Path) -> None:
    """A dossier reads the same with texts parsed ahead as without."""
    alone = read(project, IssueLog())
    with Ahead(project / CONTENT, 2) as ahead:
        assert alone == read(project, IssueLog(), ahead)


def test_a_text_that_was_saved_meanwhile_is_parsed_as_it_is(project: Path) -> None:
    """A text that differs from the one that was parsed ahead is parsed anew."""
    other = "Another text.\n"
    with Ahead(project / CONTENT, 2) as ahead:
        assert other == ahead.parsed(other, Place("content/regions/r7.md", 4))[0].text


def test_a_killed_process_costs_time_alone(project: Path) -> None:
    """What a process that was ended from outside has not parsed is parsed here."""
    with Ahead(project / CONTENT, 2) as ahead:
        os.kill(ahead.process, signal.SIGKILL)
        found = {ahead.parsed(BODY, Place(f"content/regions/r{number}.md", 4))[0] for number in range(ENOUGH)}
    assert {PARSED[0]} == found


@pytest.mark.parametrize("jobs, folder", [(1, CONTENT), (2, "none")])
def test_nothing_is_begun_for_little(project: Path, jobs: int, folder: str) -> None:
    """One job, or a dossier of few texts, begins no process."""
    with Ahead(project / folder, jobs) as ahead:
        assert 0 == ahead.process


def test_what_is_made_further_comes_in_the_end(project: Path) -> None:
    """What the other process makes after the texts is handed over, whether or not they were taken."""
    found: list[bytes] = []
    with Ahead(project / CONTENT, 2, lambda content: [content.name.encode(), b"1"]) as ahead:
        while len(found) < len((CONTENT, "1")):
            found += ahead.further()
    assert [CONTENT.encode(), b"1"] == found


def test_what_fails_beforehand_is_left_to_this_process(project: Path) -> None:
    """A text that the other process never hands over is parsed here, once that one has ended."""
    with Ahead(project / CONTENT, 2, lambda content: [content.read_bytes()]) as ahead:
        assert PARSED[0] == ahead.parsed(BODY, Place("content/regions/none.md", 4))[0]
        assert [] == list(ahead.further())


def test_texts_that_nobody_has_taken_are_parsed_meanwhile(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the other process takes its time, this one parses what comes later by itself."""
    here = os.getpid()

    def parsed(text: str, start: Place) -> object:
        time.sleep(0 if os.getpid() == here else 60)
        return parse(text, start)

    monkeypatch.setattr("site_builder.markup.parse", parsed)
    with Ahead(project / CONTENT, 2) as ahead:
        ahead.share(walk(project, CONTENT, IssueLog()))
        assert PARSED[0] == ahead.parsed(BODY, Place("content/regions/r99.md", 4))[0]


def test_a_text_that_the_other_process_did_not_find_is_parsed_here(project: Path) -> None:
    """A file that came later is parsed here, and what was made after the texts is there all the same."""
    with Ahead(project / CONTENT, 2, lambda content: [content.name.encode()]) as ahead:
        assert PARSED[0] == ahead.parsed(BODY, Place("content/regions/later.md", 4))[0]
        found: list[bytes] = []
        while not found:
            found += ahead.further()
    assert [CONTENT.encode()] == found
