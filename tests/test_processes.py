"""Files made in several processes: each once, and what goes wrong in one is told by the one that waits."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from functools import partial

import pytest

from site_builder.render.memory import Memory
from site_builder.render.processes import Piece, Task, done

TASKS = 100


def task(number: int) -> Task:
    """A task that makes one file, which holds its number."""

    def pieces() -> Iterable[Piece]:
        yield Piece("page", f"{number}.html", b"", None, lambda: str(number).encode())

    return pieces


def failing(number: int) -> Task:
    """A task that fails, and names its number."""

    def pieces() -> Iterable[Piece]:
        raise ValueError(str(number))

    return pieces


def killed() -> Iterable[Piece]:
    """A task whose process is ended from outside."""
    os.kill(os.getpid(), signal.SIGKILL)
    return ()


@pytest.mark.parametrize("jobs", [1, 3])
def test_each_file_is_made_once(jobs: int) -> None:
    """However many processes there are, every task is done once, and its bytes come back."""
    made = list(done([task(number) for number in range(TASKS)], Memory(), jobs))
    assert TASKS == len(made)
    assert {f"{number}.html": str(number).encode() for number in range(TASKS)} == {
        one.path: one.content for one in made
    }


def where() -> Iterable[Piece]:
    """A task that makes a file of the number of its process."""
    return [Piece("page", "where.html", b"", None, lambda: str(os.getpid()).encode())]


def test_what_takes_long_is_left_to_others() -> None:
    """The process that the others hand over to makes files too, but none that it would take long for."""
    made = list(done([task(number) for number in range(TASKS)], Memory(), 2, [where] * 4))
    assert str(os.getpid()).encode() not in {one.content for one in made if one.path == "where.html"}
    assert TASKS + 4 == len(made)


def test_whoever_waits_makes_files_too() -> None:
    """Two processes make files where two are asked for: one of them is the one that asked."""
    made = list(done([where] * TASKS, Memory(), 2))
    own = str(os.getpid()).encode()
    assert 1 >= len({one.content for one in made} - {own})


def test_what_is_shared_is_made_before_whoever_needs_it() -> None:
    """Only what comes first may be made while what all share is not: the others have that in their memory."""
    shared: list[int] = []

    def steps() -> Iterator[object]:
        for number in range(3):
            shared.append(number)
            yield number

    def seen(path: str) -> Iterable[Piece]:
        return [Piece("page", path, b"", None, lambda: bytes(shared))]

    tasks = [partial(seen, name) for name in ("short", "long")]
    made = list(done(tasks[:1], Memory(), 2, tasks[1:], [task(7)], steps))
    assert {"7.html": b"7", "short": bytes(range(3)), "long": bytes(range(3))} == {
        one.path: one.content for one in made
    }


def test_what_nobody_made_meanwhile_is_made_then() -> None:
    """What the first process has not come to when all is shared is made by others: each file once."""
    first = [task(number) for number in range(TASKS)]
    made = list(done([where], Memory(), 2, [], first, lambda: iter([1])))
    assert TASKS == len({one.path for one in made if one.path != "where.html"})
    assert TASKS + 1 == len(made)


def test_a_fault_in_what_comes_first_is_told() -> None:
    """A task that fails while others are not yet begun ends it as well."""
    with pytest.raises(ValueError, match=r"^7$"):
        list(done([task(1)], Memory(), 2, [task(2)], [failing(7)], lambda: iter([1] * TASKS)))


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_first_fault_is_told(jobs: int) -> None:
    """Of several tasks that fail the first is told, whichever process came to its own sooner."""
    tasks = [failing(number) if number in {40, 41, 95} else task(number) for number in range(TASKS)]
    with pytest.raises(ValueError, match=r"^40$"):
        list(done(tasks, Memory(), jobs))


def test_a_killed_process_is_told() -> None:
    """A process that is ended from outside ends the build with a sentence, not with a wait for ever."""
    with pytest.raises(OSError, match="ended from outside"):
        list(done([task(number) for number in range(TASKS)], Memory(), 3, [killed]))
