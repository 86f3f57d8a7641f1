"""Makes many files, in several processes where that is worth it. The bytes do not depend on it.

Each process takes the next few tasks that nobody has taken, and hands over what it made of them; it waits
until that is fetched, so that no more of a site is in memory than a few files.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from site_builder.render.memory import Known, Memory, Remembered, Seen, Shown, fingerprint

# So many tasks are taken at once: few enough that nobody is left alone with the heaviest.
_AT_ONCE = 8
# As many tickets as a pipe surely holds.
_MOST_TICKETS = 4096
_TICKET = 4
# The bytes that a process may be ahead of the one that reads them.
_ROOM = 1024 * 1024


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
class Piece:
    """A file to be made: of which kind it is, how, and the context that it is made of, on what basis.

    One without a basis is made each time, and nothing is remembered of it.
    """

    kind: str
    path: str
    basis: bytes
    context: object
    make: Callable[[], bytes]


# Gives the pieces of one page, or of what else belongs together; in the process that makes them.
Task = Callable[[], Iterable[Piece]]


@dataclass(frozen=True, slots=True)
class Made:
    """A file that came of a task; `content` is None where it need not be made, `shown` where it is known."""

    kind: str
    path: str
    remembered: Remembered
    content: bytes | None
    seconds: float
    shown: Shown | None

    @property
    def file(self) -> Artifact | Known:
        """The file, or that it stands in the output already."""
        if self.content is None:
            return Known(self.path, self.remembered.sha256, self.remembered.size)
        return Artifact(self.path, self.content)


def done(tasks: Sequence[Task], memory: Memory, jobs: int) -> Iterator[Made]:
    """Yield what comes of the tasks: in their order from one process, in any order from several."""
    is_forked = jobs > 1 and "fork" in multiprocessing.get_all_start_methods()
    for made in _in_processes(tasks, memory, jobs) if is_forked else _here(tasks, memory):
        if made.remembered.fingerprint:
            memory.now[made.path] = made.remembered
            known = memory.shown_before.get(made.path)
            if shown := made.shown or (known if _is_of(known, made.remembered.fingerprint) else None):
                memory.shown[made.path] = shown
        memory.timings.count(made.kind, made.seconds, None if made.content is None else len(made.content))
        yield made


def _here(tasks: Iterable[Task], memory: Memory) -> Iterator[Made]:
    for task in tasks:
        yield from _made(task, memory)


def _made(task: Task, memory: Memory) -> Iterator[Made]:
    start = time.perf_counter()
    for piece in task():
        remembered, content, shown = _piece(piece, memory)
        yield Made(piece.kind, piece.path, remembered, content, time.perf_counter() - start, shown)
        start = time.perf_counter()


def _piece(piece: Piece, memory: Memory) -> tuple[Remembered, bytes | None, Shown | None]:
    # A run that remembers nothing, and is to be remembered by nobody, pays nothing for it.
    is_noted = bool(memory.tool and piece.basis)
    seen = Seen(memory.watched, is_kept=piece.kind in memory.kept) if is_noted and memory.watched else None
    sum_of_context = fingerprint(piece.basis, piece.context, seen) if is_noted else b""
    is_known = _is_of(memory.shown_before.get(piece.path), sum_of_context)
    shown = seen.shown(sum_of_context) if seen and not is_known else None
    before = memory.before.get(piece.path) if is_noted else None
    if before and before.fingerprint == sum_of_context:
        return before, None, shown
    content = piece.make()
    sha256 = hashlib.sha256(content).hexdigest() if is_noted else ""
    return Remembered(sum_of_context, sha256, len(content)), content, shown


def _is_of(shown: Shown | None, sum_of_context: bytes) -> bool:
    return shown is not None and shown.fingerprint == sum_of_context


def _in_processes(tasks: Sequence[Task], memory: Memory, jobs: int) -> Iterator[Made]:
    """Fork processes that have everything in their memory, so that nothing is handed down but numbers."""
    import fcntl  # noqa: PLC0415  # it is there where processes can be forked

    at_once = max(_AT_ONCE, len(tasks) // _MOST_TICKETS + 1)
    tickets = _tickets(-(-len(tasks) // at_once))
    context = multiprocessing.get_context("fork")
    pipes = [context.Pipe(duplex=False) for _ in range(jobs)]
    for receiver, _ in pipes:
        # So that nobody waits for whoever writes the files, on a machine that has other things to do.
        with suppress(AttributeError, OSError):
            fcntl.fcntl(receiver.fileno(), fcntl.F_SETPIPE_SZ, _ROOM)
    workers = []
    faults: list[tuple[int, Exception]] = []
    try:
        for _, sender in pipes:
            receivers = [receiver for receiver, _ in pipes]
            arguments = (tasks, memory, at_once, tickets, sender, receivers)
            worker = context.Process(target=_work, args=arguments, daemon=True)
            worker.start()
            workers.append(worker)
            # So that the end of the process is the end of its pipe.
            sender.close()
        yield from _received([receiver for receiver, _ in pipes], tickets, faults)
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()
        os.close(tickets)
    if faults:
        raise min(faults, key=lambda fault: fault[0])[1]


def _tickets(count: int) -> int:
    """Return a pipe with so many numbers in it; whoever reads one has taken it."""
    reader, writer = os.pipe()
    os.write(writer, b"".join(number.to_bytes(_TICKET) for number in range(count)))
    os.close(writer)
    return reader


def _received(
    receivers: list[Connection], tickets: int, faults: list[tuple[int, Exception]]
) -> Iterator[Made]:
    """Yield what processes send until all have said that they are done; after a fault no task is begun."""
    waiting = list(receivers)
    while waiting:
        for one in wait(waiting):
            kind, found = _next(one)  # type: ignore[arg-type]
            if kind == "made":
                yield from found if not faults else ()
                continue
            if kind == "fault":
                faults.append(found)
                while os.read(tickets, _TICKET * 1024):
                    pass
            waiting = [other for other in waiting if other is not one]


def _next(receiver: Connection) -> tuple[str, Any]:
    try:
        # From a process of this very run.
        return pickle.loads(receiver.recv_bytes())  # type: ignore[no-any-return]  # noqa: S301
    except EOFError:
        message = "a process that makes pages was ended from outside; there may be too little memory"
        raise OSError(message) from None


def _work(
    tasks: Sequence[Task],
    memory: Memory,
    at_once: int,
    tickets: int,
    sender: Connection,
    receivers: Iterable[Connection],
) -> None:
    """Take tasks and send what comes of them, until none is left or one fails."""
    for receiver in receivers:
        receiver.close()
    # Whoever interrupts a build means the process that reads from this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    number = 0
    with suppress(BrokenPipeError):
        try:
            while ticket := os.read(tickets, _TICKET):
                first = int.from_bytes(ticket) * at_once
                found: list[Made] = []
                for number in range(first, min(first + at_once, len(tasks))):
                    found += _made(tasks[number], memory)
                _send(sender, "made", found)
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, the process that reads raises it again
            _send(sender, "fault", (number, error))
        else:
            _send(sender, "end", None)


def _send(sender: Connection, kind: str, found: object) -> None:
    sender.send_bytes(pickle.dumps((kind, found), 5))
