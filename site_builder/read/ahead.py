"""Texts parsed by another process, while this one loads the rest of the tool, and reads all else.

It reads the same files in the same order, and runs ahead no further than so many texts. After the last of
them it makes what else will be needed.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Queue
from threading import Thread
from types import TracebackType
from typing import Any, NoReturn, Self

from site_builder import markup
from site_builder.issues import Issue, IssueLog, Place
from site_builder.markup import Markup
from site_builder.read.front_matter import LONGEST, split
from site_builder.read.tree import text_of, walk

# The folders of many texts, or of files beside one; fewer are parsed sooner than a process is begun.
_FOLDERS = ("articles", "regions", "pages")
_WORTH_A_PROCESS = 200
# Texts are handed over by so many at once, and so many times as many wait for whoever takes them.
_AT_ONCE = 16
_MOST_WAITING = 64

Parsed = tuple[Markup, tuple[Issue, ...]]


# What is made of a folder of content, piece by piece.
Further = Callable[[Path], Iterable[bytes]]


def _nothing(_: Path) -> Iterable[bytes]:
    return ()


class Ahead:
    """What another process parses of a project's Markdown files; within `with`, which ends it."""

    def __init__(self, content: Path, jobs: int, further: Further = _nothing) -> None:
        """Begins the process, if `jobs` allow for it and there is enough to do in the folder of content.

        `further` is what it makes of that folder then.
        """
        self._found: dict[str, tuple[int, Parsed]] = {}
        self._further = further
        self.process = 0
        self._receiver: Connection | None = None
        if jobs > 1 and hasattr(os, "fork") and _texts_in(content) >= _WORTH_A_PROCESS:
            self._begin(content)

    def _begin(self, content: Path) -> None:
        receiver, sender = Pipe(duplex=False)
        self.process = os.fork()
        if not self.process:
            receiver.close()
            self._work(content, sender)
        sender.close()
        self._receiver = receiver

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process:
            os.kill(self.process, signal.SIGTERM)
            os.waitpid(self.process, 0)
            self.process = 0

    def parsed(self, body: str, start: Place) -> Parsed:
        """Returns the parsed text of a file and its issues; parsed here, if the other process has not."""
        while start.path not in self._found and (found := self._next()):
            self._found.update(found)
        known, made = self._found.pop(start.path, (None, None))
        # The file may have been saved between the two readings.
        return made if made and known == hash(body) else markup.parse(body, start)

    def further(self) -> Iterator[bytes]:
        """Yields what the other process has made after the texts, as far as it has come by now."""
        while self._receiver and self._receiver.poll():
            found = self._next()
            if isinstance(found, bytes):
                yield found

    def _next(self) -> Any:  # noqa: ANN401  # texts by their paths, or bytes after these
        if self._receiver:
            with suppress(EOFError, OSError):
                # From a process of this very run.
                return pickle.loads(self._receiver.recv_bytes())  # noqa: S301
            self._receiver = None
        return None

    def _work(self, content: Path, sender: Connection) -> NoReturn:
        """Parses all there is and sends it; ends the process."""
        # Whoever interrupts a build means the process that reads from this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        waiting: Queue[bytes] = Queue(_MOST_WAITING)
        # So that the other takes what is there while this one parses.
        sending = Thread(target=_send, args=(waiting, sender), daemon=True)
        sending.start()
        # What fails here is done, and told, by the other.
        with suppress(Exception):
            found = _each(content)
            while some := dict(islice(found, _AT_ONCE)):
                waiting.put(pickle.dumps(some, 5))
            for one in self._further(content):
                waiting.put(pickle.dumps(one, 5))
        waiting.put(b"")
        sending.join()
        os._exit(0)


def _texts_in(content: Path) -> int:
    """How many Markdown files there are, about."""
    count = 0
    for folder in _FOLDERS:
        with suppress(OSError):
            count += sum(1 for _ in (content / folder).iterdir())
    return count


def _send(waiting: Queue[bytes], sender: Connection) -> None:
    """Sends what waits until nothing comes any more, or nobody takes it; ends the process."""
    with suppress(OSError):
        while content := waiting.get():
            sender.send_bytes(content)
    os._exit(0)


def _each(content: Path) -> Iterator[tuple[str, tuple[int, Parsed]]]:
    for entry in walk(content.parent, content.name, IssueLog()):
        if not entry.path.endswith(".md"):
            continue
        # What is wrong with the file itself is told by the process that reads it as well.
        text = text_of(entry, IssueLog())
        parts = None if text is None else split(text, entry.path, IssueLog())
        if parts and len(parts.body) <= LONGEST:
            yield entry.path, (hash(parts.body), markup.parse(parts.body, parts.body_start))
