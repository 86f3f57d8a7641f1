"""Makes many files, in several processes where that is worth it. The bytes do not depend on it.

Each process takes the next few tasks that nobody has taken, and hands over what it made of them; it waits
until that is fetched, so that no more of a site is in memory than a few files. The process that others hand
over to is one of them: what a process has is as large as the whole dossier, even where it only waits.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import pickle
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from site_builder.render.artifacts import Artifact, Known
from site_builder.render.memory import Memory, Remembered, Seen, Shown, fingerprint
from site_builder.tickets import Tickets

# So many tasks are taken at once: few enough that nobody is left alone with the heaviest.
_AT_ONCE = 8
# Files are handed over by no more than that: a message is in memory twice.
_MOST_SENT = 16
# The bytes that a process may be ahead of the one that reads them.
_ROOM = 1024 * 1024


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
        return Artifact(self.path, self.content, self.remembered.sha256)


def done(
    tasks: Sequence[Task],
    memory: Memory,
    jobs: int,
    long: Sequence[Task] = (),
    first: Sequence[Task] = (),
    shared: Callable[[], Iterator[object]] = lambda: iter(()),
) -> Iterator[Made]:
    """Yields what comes of the tasks: in their order from one process, in any order from several.

    Of several processes the others begin with those that take `long`: they would wait for this one. What
    each would make for itself is made, step by step, by `shared`, before they are forked; meanwhile one of
    them comes `first`, with tasks that need nothing of that.
    """
    every = (*tasks, *long, *first)
    if jobs > 1 and "fork" in multiprocessing.get_all_start_methods():
        counts = (len(tasks), len(tasks) + len(long), len(every))
        found = _Workers(every, counts, memory).made(jobs, shared)
    else:
        found = _here(every, memory)
    for made in found:
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


class _Workers:
    """Processes forked with everything in their memory, so that nothing is handed down but numbers."""

    def __init__(self, tasks: Sequence[Task], counts: tuple[int, int, int], memory: Memory) -> None:
        """Of the tasks the short ones come before the first count, then the long ones, then the first."""
        self._tasks = tasks
        self._memory = memory
        self._short = Tickets.of(range(counts[0]), _AT_ONCE)
        self._long = Tickets.of(range(counts[0], counts[1]))
        self._first = Tickets.of(range(counts[1], counts[2]))
        self._faults: list[tuple[int, Exception]] = []
        self._processes: list[BaseProcess] = []
        # Of those that have not yet said that they are done.
        self._receivers: list[Connection] = []

    def made(self, jobs: int, shared: Callable[[], Iterator[object]]) -> Iterator[Made]:
        """Yields what comes of the tasks in so many processes, this one among them."""
        try:
            yield from self._gathered(self._own(jobs, shared()))
        finally:
            for process in self._processes:
                process.terminate()
                process.join()
            for one in (self._first, self._long, self._short):
                one.close()
        if self._faults:
            raise min(self._faults, key=lambda fault: fault[0])[1]

    def _begin(self, *tickets: Tickets) -> None:
        """Begins a process that takes these."""
        import fcntl  # noqa: PLC0415  # it is there where processes can be forked

        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        # So that nobody waits for whoever writes the files, on a machine that has other things to do.
        with suppress(AttributeError, OSError):
            fcntl.fcntl(receiver.fileno(), fcntl.F_SETPIPE_SZ, _ROOM)
        self._receivers.append(receiver)
        arguments = (self._tasks, self._memory, tickets, sender, self._receivers)
        worker = context.Process(target=_work, args=arguments, daemon=True)
        worker.start()
        self._processes.append(worker)
        # So that the end of the process is the end of its pipe.
        sender.close()

    def _gathered(self, own: Iterator[list[Made]]) -> Iterator[Made]:
        """Yields what processes send until all have said that they are done, else what is own.

        After a fault no task is begun.
        """
        is_busy = True
        while self._receivers or is_busy:
            ready = wait(self._receivers, 0 if is_busy else None)
            for one in ready:
                kind, found = _next(one)  # type: ignore[arg-type]
                if kind == "made":
                    yield from found if not self._faults else ()
                    continue
                if kind == "fault":
                    self._fail(*found)
                self._receivers = [other for other in self._receivers if other is not one]
            if not ready:
                made = next(own, None)
                is_busy = made is not None
                yield from made or () if not self._faults else ()

    def _own(self, jobs: int, shared: Iterator[object]) -> Iterator[list[Made]]:
        """Begins the others, and yields what comes of tasks that this process takes itself.

        It ends when none is left, or when one fails.
        """
        if next(shared, None) is not None:
            self._begin(self._first)
            yield from ([] for _ in shared)
            # That process ends with what it has taken.
            self._first = self._first.rest()
        for _ in range(jobs - 1):
            self._begin(self._first, self._long, self._short)
        while numbers := self._short.take():
            for number in numbers:
                try:
                    yield list(_made(self._tasks[number], self._memory))
                except Exception as error:  # noqa: BLE001  # it is raised again when the others have ended
                    self._fail(number, error)
                    return

    def _fail(self, number: int, error: Exception) -> None:
        self._faults.append((number, error))
        for one in (self._first, self._long, self._short):
            one.drop()


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
    tickets: Iterable[Tickets],
    sender: Connection,
    receivers: Iterable[Connection],
) -> None:
    """Takes tasks and sends what comes of them, until none is left or one fails."""
    for receiver in receivers:
        receiver.close()
    # Whoever interrupts a build means the process that reads from this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    number = 0
    with suppress(BrokenPipeError):
        try:
            for some in tickets:
                while numbers := some.take():
                    found: list[Made] = []
                    for number in numbers:
                        found += _made(tasks[number], memory)
                        if len(found) > _MOST_SENT:
                            _send(sender, "made", found)
                            found = []
                    _send(sender, "made", found)
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, the process that reads raises it again
            _send(sender, "fault", (number, error))
        else:
            _send(sender, "end", None)


def _send(sender: Connection, kind: str, found: object) -> None:
    sender.send_bytes(pickle.dumps((kind, found), 5))
