"""Texts parsed by another process, while this one is busy with all else that is read.

It reads the same files in the same order, and runs ahead no further than a pipe can hold.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from site_builder import markup
from site_builder.issues import Issue, IssueLog, Place
from site_builder.markup import Markup
from site_builder.read.front_matter import split
from site_builder.read.tree import Entry, text_of

# Fewer are parsed sooner than a process is begun.
_WORTH_A_PROCESS = 200
_AT_ONCE = 16

Parsed = tuple[Markup, tuple[Issue, ...]]


class Ahead:
    """What another process parses of some Markdown files; within `with`, which ends it."""

    def __init__(self, entries: Iterable[Entry], jobs: int, longest: int) -> None:
        found = tuple(entries)
        self._found: dict[str, tuple[int, Parsed]] = {}
        self._receiver: Connection | None = None
        if jobs > 1 and len(found) >= _WORTH_A_PROCESS and "fork" in multiprocessing.get_all_start_methods():
            context = multiprocessing.get_context("fork")
            self._receiver, sender = context.Pipe(duplex=False)
            self._process = context.Process(
                target=_parse, args=(found, longest, sender, self._receiver), daemon=True
            )
            self._process.start()
            sender.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._receiver:
            self._process.terminate()
            self._process.join()

    def parsed(self, body: str, start: Place) -> Parsed:
        """Return the parsed text of a file and its issues; parsed here, if the other process has not."""
        while self._receiver and start.path not in self._found:
            try:
                # From a process of this very run.
                self._found.update(pickle.loads(self._receiver.recv_bytes()))  # noqa: S301
            except EOFError:
                break
        known, made = self._found.pop(start.path, (None, None))
        # The file may have been saved between the two readings.
        return made if made and known == hash(body) else markup.parse(body, start)


def _parse(entries: tuple[Entry, ...], longest: int, sender: Connection, receiver: Connection) -> None:
    receiver.close()
    # Whoever interrupts a build means the process that reads from this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(BrokenPipeError):
        found = _each(entries, longest)
        while some := dict(islice(found, _AT_ONCE)):
            sender.send_bytes(pickle.dumps(some, 5))


def _each(entries: Iterable[Entry], longest: int) -> Iterator[tuple[str, tuple[int, Parsed]]]:
    for entry in entries:
        # What is wrong with the file itself is told by the process that reads it as well.
        text = text_of(entry, IssueLog())
        parts = None if text is None else split(text, entry.path, IssueLog())
        if parts and len(parts.body) <= longest:
            yield entry.path, (hash(parts.body), markup.parse(parts.body, parts.body_start))
