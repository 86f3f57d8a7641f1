"""Makes many files, in several processes where that is worth it. The bytes do not depend on it.

Each process takes the next few tasks that nobody has taken, and hands over what it made of them; it waits
until that is fetched, so that no more of a site is in memory than a few files. The process that others hand
over to is one of them: what a process has is as large as the whole dossier, even where it only waits.
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
from multiprocessing.connection import Connection, wait
from typing import Any

from site_builder.render.artifacts import Artifact, Known
from site_builder.render.memory import Memory, Remembered, Seen, Shown, fingerprint

# So many tasks are taken at once: few enough that nobody is left alone with the heaviest.
_AT_ONCE = 8
# As many tickets as a pipe surely holds.
_MOST_TICKETS = 4096
_TICKET = 4
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
        return Artifact(self.path, self.content)


def done(tasks: Sequence[Task], memory: Memory, jobs: int, long: Sequence[Task] = ()) -> Iterator[Made]:
    """Yield what comes of the tasks: in their order from one process, in any order from several.

    Of several processes the others begin with those that take long: they would wait for this one.
    """
    every = (*tasks, *long)
    is_forked = jobs > 1 and "fork" in multiprocessing.get_all_start_methods()
    for made in _in_processes(every, len(tasks), memory, jobs) if is_forked else _here(every, memory):
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


def _in_processes(tasks: Sequence[Task], short: int, memory: Memory, jobs: int) -> Iterator[Made]:
    """Fork processes that have everything in their memory, so that nothing is handed down but numbers."""
    import fcntl  # noqa: PLC0415  # it is there where processes can be forked

    tickets = (_tickets(range(short, len(tasks))), _tickets(range(short), _AT_ONCE))
    context = multiprocessing.get_context("fork")
    pipes = [context.Pipe(duplex=False) for _ in range(jobs - 1)]
    for receiver, _ in pipes:
        # So that nobody waits for whoever writes the files, on a machine that has other things to do.
        with suppress(AttributeError, OSError):
            fcntl.fcntl(receiver.fileno(), fcntl.F_SETPIPE_SZ, _ROOM)
    workers = []
    faults: list[tuple[int, Exception]] = []
    try:
        for _, sender in pipes:
            receivers = [receiver for receiver, _ in pipes]
            arguments = (tasks, memory, tickets, sender, receivers)
            worker = context.Process(target=_work, args=arguments, daemon=True)
            worker.start()
            workers.append(worker)
            # So that the end of the process is the end of its pipe.
            sender.close()
        own = _own(tasks, memory, tickets[1], faults)
        yield from _gathered([receiver for receiver, _ in pipes], own, tickets, faults)
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()
        for one in tickets:
            os.close(one.reader)
    if faults:
        raise min(faults, key=lambda fault: fault[0])[1]


@dataclass(frozen=True, slots=True)
class _Tickets:
    """A pipe with numbers in it: whoever reads one has taken that task, and the next ones up to `at_once`."""

    reader: int
    at_once: int
    end: int

    def take(self) -> range:
        """Return the numbers of tasks that nobody has taken: none if all are."""
        ticket = os.read(self.reader, _TICKET)
        first = int.from_bytes(ticket)
        return range(first, min(first + self.at_once, self.end)) if ticket else range(0)

    def drop(self) -> None:
        """Leave nothing to be taken."""
        while os.read(self.reader, _TICKET * 1024):
            pass


def _tickets(numbers: range, at_once: int = 1) -> _Tickets:
    at_once = max(at_once, len(numbers) // _MOST_TICKETS + 1)
    reader, writer = os.pipe()
    os.write(writer, b"".join(number.to_bytes(_TICKET) for number in numbers[::at_once]))
    os.close(writer)
    return _Tickets(reader, at_once, numbers.stop)


def _gathered(
    receivers: list[Connection],
    own: Iterator[list[Made]],
    tickets: Iterable[_Tickets],
    faults: list[tuple[int, Exception]],
) -> Iterator[Made]:
    """Yield what processes send until all have said that they are done, and while nothing comes what is own.

    After a fault no task is begun.
    """
    waiting, is_busy = list(receivers), True
    while waiting or is_busy:
        ready = wait(waiting, 0 if is_busy else None)
        for one in ready:
            kind, found = _next(one)  # type: ignore[arg-type]
            if kind == "made":
                yield from found if not faults else ()
                continue
            if kind == "fault":
                faults.append(found)
                _drop(tickets)
            waiting = [other for other in waiting if other is not one]
        if not ready:
            made = next(own, None)
            is_busy = made is not None
            yield from made or () if not faults else ()


def _own(
    tasks: Sequence[Task], memory: Memory, tickets: _Tickets, faults: list[tuple[int, Exception]]
) -> Iterator[list[Made]]:
    """Yield what comes of tasks that this process takes itself, until none is left or one fails."""
    while numbers := tickets.take():
        for number in numbers:
            try:
                yield list(_made(tasks[number], memory))
            except Exception as error:  # noqa: BLE001  # it is raised again when the others have ended
                faults.append((number, error))
                tickets.drop()
                return


def _drop(tickets: Iterable[_Tickets]) -> None:
    for one in tickets:
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
    tickets: Iterable[_Tickets],
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
