"""Files made in several processes: each once, and what goes wrong in one is told by the one that waits."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable

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


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_first_fault_is_told(jobs: int) -> None:
    """Of several tasks that fail the first is told, whichever process came to its own sooner."""
    tasks = [failing(number) if number in {40, 41, 95} else task(number) for number in range(TASKS)]
    with pytest.raises(ValueError, match=r"^40$"):
        list(done(tasks, Memory(), jobs))


def test_a_killed_process_is_told() -> None:
    """A process that is ended from outside ends the build with a sentence, not with a wait for ever."""
    with pytest.raises(OSError, match="ended from outside"):
        list(done([*(task(number) for number in range(TASKS)), killed], Memory(), 3))
