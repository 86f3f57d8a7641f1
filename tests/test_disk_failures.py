"""A publication on a disk that fails: the last good site stays, and the message says where."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from site_builder.render import Artifact
from site_builder.write import next_generation, room, write
from tests.faulty_disk import ERRORS, KINDS, faulty
from tests.trees import tree

FIRST = {"index.html": b"one", "a/a.html": b"a", "a/b.html": b"b", "old/x.css": b"x", "same.js": b"s"}
SECOND = {"index.html": b"two", "a/a.html": b"a", "c/c.html": b"c", "same.js": b"s"}
THIRD = {"index.html": b"three", "a/a.html": b"a", "d/d.html": b"d", "same.js": b"s", "a/b.html": b"b"}


# How often each call is made at least, in a first publication, a second and a third.
CALLED = {
    "write": (7, 4, 5),
    "open": (15, 12, 14),
    "rename": (2, 3, 5),
    "mkdir": (5, 4, 2),
    "fsync": (8, 7, 8),
    "unlink": (0, 2, 3),
    "rmdir": (0, 0, 1),
    "link": (0, 4, 2),
    "chmod": (7, 5, 5),
    "exchange": (0, 1, 1),
    "syncfs": (1, 1, 1),
}


@pytest.fixture(autouse=True)
def _few_are_many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the whole disk be synced at once where that is to fail."""
    if "syncfs" in request.node.name:
        monkeypatch.setattr(next_generation, "_MANY", 0)


@contextmanager
def umask(mode: int) -> Iterator[None]:
    """What is made has other permissions at first than it is to have."""
    before = os.umask(mode)
    try:
        yield
    finally:
        os.umask(before)


def site(files: Mapping[str, bytes]) -> list[Artifact]:
    """Files to publish."""
    return [Artifact(path, content) for path, content in files.items()]


def published(project: Path, generations: int) -> Path:
    """A folder that has been published into so many times, with files of others in it."""
    (project / "content").mkdir(parents=True)
    output = project / "public"
    if generations:
        write(site(FIRST), output, project)
        (output / "CNAME").write_text("example.org", encoding="ascii")
        (output / "a/mine.css").write_text("mine", encoding="ascii")
        (output / ".git/refs").mkdir(parents=True)
        (output / ".git/HEAD").write_text("ref", encoding="ascii")
    if generations > 1:
        write(site(SECOND), output, project)
    return output


def publish(output: Path, kind: str, number: int, at: int, *, sticky: bool) -> bool:
    """Publish on a disk that fails; return whether it has failed."""
    with faulty(kind, number, at, sticky=sticky) as disk:
        failure = failure_of(lambda: write(site(THIRD), output, output.parent))
    if failure:
        assert number == failure.errno
        assert str(output.parent) in str(failure.filename), kind
    elif disk.has_failed:
        # What is no part of the promise may fail in silence: to say who holds the lock, and to keep the
        # generation before.
        assert kind in {"unlink", "rmdir", "rename", "link"} or (kind, at) == ("write", 1)
    return disk.has_failed


def failure_of(work: Callable[[], object]) -> OSError | None:
    """The error that some work ends with, if it does."""
    try:
        work()
    except OSError as error:
        return error
    return None


def after_every_failure(folder: Path, generations: int, kind: str, *, sticky: bool) -> int:
    """Let every call of a kind fail in turn; return how many there were."""
    clean = published(folder / "clean", generations)
    old = tree(clean)
    write(site(THIRD), clean, clean.parent)
    new = tree(clean)
    for at in range(1, 200):
        output = published(folder / f"{at}", generations)
        has_failed = publish(output, kind, ERRORS[at % len(ERRORS)], at, sticky=sticky)
        assert tree(output) in (old, new), at
        write(site(THIRD), output, output.parent)
        assert new == tree(output)
        assert {"lock", "note", "older"} >= {item.name for item in room(output).iterdir()}
        shutil.rmtree(output.parent)
        if not has_failed:
            return at - 1
    pytest.fail("there was always one more call")


@pytest.mark.parametrize("sticky", [False, True])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("generations", [0, 1, 2])
def test_whichever_call_fails_the_site_is_the_old_one_or_the_new_one(
    generations: int, kind: str, sticky: bool, tmp_path: Path
) -> None:
    """Every call that changes the disk fails once, or from then on; the next publication needs no help."""
    with umask(0o077):
        number = after_every_failure(tmp_path, generations, kind, sticky=sticky)
    assert CALLED[kind][generations] <= number
