"""Texts parsed by another process, while this one loads the rest of the tool, and reads all else.

It reads the same files in the same order, and runs ahead no further than so many texts.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from queue import Queue
from threading import Thread
from types import TracebackType
from typing import BinaryIO, NoReturn, Self

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


class Ahead:
    """What another process parses of a project's Markdown files; within `with`, which ends it."""

    def __init__(self, content: Path, jobs: int) -> None:
        """Begin the process, if `jobs` allow for it and there is enough to do in the folder of content."""
        self._found: dict[str, tuple[int, Parsed]] = {}
        self.process = 0
        self._pipe: BinaryIO | None = None
        if jobs > 1 and hasattr(os, "fork") and _texts_in(content) >= _WORTH_A_PROCESS:
            self._begin(content)

    def _begin(self, content: Path) -> None:
        receiver, sender = os.pipe()
        self.process = os.fork()
        if not self.process:
            os.close(receiver)
            _work(content, sender)
        os.close(sender)
        self._pipe = os.fdopen(receiver, "rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pipe:
            self._pipe.close()
            self._pipe = None
            os.kill(self.process, signal.SIGTERM)
            os.waitpid(self.process, 0)

    def parsed(self, body: str, start: Place) -> Parsed:
        """Return the parsed text of a file and its issues; parsed here, if the other process has not."""
        while self._pipe and start.path not in self._found:
            try:
                # From a process of this very run.
                self._found.update(pickle.load(self._pipe))  # noqa: S301
            except (EOFError, pickle.UnpicklingError):
                break
        known, made = self._found.pop(start.path, (None, None))
        # The file may have been saved between the two readings.
        return made if made and known == hash(body) else markup.parse(body, start)


def _texts_in(content: Path) -> int:
    """How many Markdown files there are, about."""
    count = 0
    for folder in _FOLDERS:
        with suppress(OSError):
            count += sum(1 for _ in (content / folder).iterdir())
    return count


def _work(content: Path, sender: int) -> NoReturn:
    """Parse all there is and send it; ends the process."""
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
    waiting.put(b"")
    sending.join()
    os._exit(0)


def _send(waiting: Queue[bytes], sender: int) -> None:
    """Send what waits until nothing comes any more, or nobody takes it; ends the process."""
    with suppress(OSError), os.fdopen(sender, "wb") as pipe:
        while content := waiting.get():
            pipe.write(content)
            pipe.flush()
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
