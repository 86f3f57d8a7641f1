"""Makes many files, in several processes where there are enough of them. The bytes do not depend on it."""

from __future__ import annotations

import hashlib
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from site_builder.render.memory import Known, Memory, Remembered, fingerprint

# As many as are handed to a process at once: few enough that none is left with the heaviest.
_AT_ONCE = 32


@dataclass(frozen=True)
class Artifact:
    """A file of the site: its path relative to the root, with forward slashes, and its bytes."""

    path: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 sum of its bytes, in hexadecimal; it is reckoned once."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """The number of its bytes."""
        return len(self.content)


# A file with its bytes, or one that is known to stand in the output.
File = TypeVar("File", bound=Artifact | Known)


@dataclass(frozen=True, slots=True)
class Task:
    """A file to be made: of which kind it is, how, and the context that it is made of, on what basis."""

    kind: str
    path: str
    basis: bytes
    context: object
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of a task; `content` is None where it need not be made."""

    remembered: Remembered
    content: bytes | None
    seconds: float


def done(tasks: Sequence[Task], memory: Memory, jobs: int, worth: int) -> Iterator[Artifact | Known]:
    """Yield the file of each task, in their order; in several processes if at least `worth` are there."""
    is_forked = jobs > 1 and len(tasks) >= worth and "fork" in multiprocessing.get_all_start_methods()
    made = _in_processes(tasks, memory, jobs) if is_forked else (_made(task, memory) for task in tasks)
    for task, one in zip(tasks, made, strict=True):
        memory.now[task.path] = one.remembered
        size = None if one.content is None else len(one.content)
        memory.timings.count(task.kind, one.seconds, size)
        if one.content is None:
            yield Known(task.path, one.remembered.sha256, one.remembered.size)
        else:
            yield Artifact(task.path, one.content)


def _made(task: Task, memory: Memory) -> _Made:
    start = time.perf_counter()
    # A run that remembers nothing, and is to be remembered by nobody, pays nothing for it.
    sum_of_context = fingerprint(task.basis, task.context) if memory.tool else b""
    before = memory.before.get(task.path)
    if before and before.fingerprint == sum_of_context:
        return _Made(before, None, time.perf_counter() - start)
    content = task.make()
    sha256 = hashlib.sha256(content).hexdigest() if memory.tool else ""
    return _Made(Remembered(sum_of_context, sha256, len(content)), content, time.perf_counter() - start)


# What forked processes work on: handed down by the fork itself, so that a plan is never pickled.
_work: tuple[Sequence[Task], Memory] | None = None


def _in_processes(tasks: Sequence[Task], memory: Memory, jobs: int) -> Iterator[_Made]:
    global _work  # noqa: PLW0603  # the one value that a fork hands down; put back below
    _work = (tasks, memory)
    try:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            yield from pool.imap(_numbered, range(len(tasks)), chunksize=_AT_ONCE)
    finally:
        _work = None


def _numbered(number: int) -> _Made:
    if _work is None:  # pragma: no cover  # only a process that was not forked by the function above
        message = "no work was handed down"
        raise RuntimeError(message)
    tasks, memory = _work
    return _made(tasks[number], memory)
