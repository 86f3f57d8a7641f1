"""Texts parsed by another process, while this one loads the rest of the tool, and reads all else.

It reads the same files in the same order, and runs ahead no further than so many texts. Where this process
would wait for it, it parses some itself. After the last text the other one makes what else will be needed.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
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
from site_builder.read.tree import Entry, text_of, walk
from site_builder.tickets import Tickets

# The folders of many texts, or of files beside one; fewer are parsed sooner than a process is begun.
_FOLDERS = ("articles", "regions", "pages")
_WORTH_A_PROCESS = 200
# Texts are parsed, and handed over, by so many at once; so many times as many wait for whoever takes them.
_AT_ONCE = 16
# In an article's folder lie more texts than one where it is translated. A ticket too many costs nothing.
_TEXTS_A_FOLDER = 4
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
        self._made: deque[bytes] = deque()
        self._further = further
        self._texts: Sequence[Entry] = ()
        self.process = 0
        self._receiver: Connection | None = None
        texts = _texts_in(content) if jobs > 1 and hasattr(os, "fork") else 0
        # Of more no text will come.
        self._awaits_texts = texts >= _WORTH_A_PROCESS
        if self._awaits_texts:
            self._tickets = Tickets.of(range(texts * _TEXTS_A_FOLDER), _AT_ONCE)
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
            self._tickets.close()
            self.process = 0

    def share(self, entries: Iterable[Entry]) -> None:
        """Tells of all files in the order of `walk`, so that this process can take part in parsing them."""
        self._texts = _of_texts(entries)

    def parsed(self, body: str, start: Place) -> Parsed:
        """Returns the parsed text of a file and its issues, whichever process has parsed it."""
        while start.path not in self._found and self._awaits_texts:
            self._take_more()
        known, made = self._found.pop(start.path, (None, None))
        # The file may have been saved between the two readings.
        return made if made and known == hash(body) else markup.parse(body, start)

    def _take_more(self) -> None:
        """Takes the texts that have come; if there are none parses some that nobody has taken, or waits."""
        numbers = range(0) if self._has_come() or not self._texts else self._tickets.take()
        self._found.update(_each(self._texts, numbers))
        if not numbers:
            self._take()

    def further(self) -> Iterator[bytes]:
        """Yields what the other process has made after the texts, as far as it has come by now."""
        while self._has_come():
            self._take()
        while self._made:
            yield self._made.popleft()

    def _has_come(self) -> bool:
        return self._receiver is not None and self._receiver.poll()

    def _take(self) -> None:
        """Takes what comes next: texts by their paths, none after the last ones, or bytes made further."""
        found: Any = None
        if self._receiver:
            with suppress(EOFError, OSError):
                # From a process of this very run.
                found = pickle.loads(self._receiver.recv_bytes())  # noqa: S301
        if isinstance(found, bytes):
            self._made.append(found)
        else:
            self._found.update(found or {})
            self._awaits_texts = bool(found)
        if found is None:
            self._receiver = None

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
            texts = _of_texts(walk(content.parent, content.name, IssueLog()))
            while numbers := self._tickets.take():
                if some := dict(_each(texts, numbers)):
                    waiting.put(pickle.dumps(some, 5))
            waiting.put(pickle.dumps({}, 5))
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


def _of_texts(entries: Iterable[Entry]) -> Sequence[Entry]:
    return [entry for entry in entries if entry.path.endswith(".md")]


def _each(texts: Sequence[Entry], numbers: range) -> Iterator[tuple[str, tuple[int, Parsed]]]:
    for entry in texts[numbers.start : numbers.stop]:
        # What is wrong with the file itself is told by whoever reads it for good.
        text = text_of(entry, IssueLog())
        parts = None if text is None else split(text, entry.path, IssueLog())
        if parts and len(parts.body) <= LONGEST:
            yield entry.path, (hash(parts.body), markup.parse(parts.body, parts.body_start))
