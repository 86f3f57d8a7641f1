"""How files stand on the disk: whether any of them can have changed, without reading them.

As in git, a file that was changed in the very moment in which it was looked at is unsure: its sum is taken.
Nothing here is worth believing about links, so that where there are any nothing is said.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import re
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from stat import S_IFMT, S_IFREG
from typing import Any

from site_builder.cache.tool import libraries
from site_builder.left_behind import is_left_behind

# File systems that count in seconds, and clocks of servers that lie behind ours.
_DOUBT = 2_000_000_000
# Where a disk's own clock is compared with itself, and counts in less than milliseconds.
_LITTLE_DOUBT = 20_000_000
_MILLISECOND = 1_000_000
_PACKAGE = Path(__file__).resolve().parent.parent
# What no build reads: kept texts, and what Python leaves beside the tool.
_UNREAD = frozenset({"content/captures"})
_COMPILED = "__pycache__"
# Alone in the folder of an article, and in no folder below it.
_IS_DIGEST = re.compile(r"content/articles/[^/]+/index\.md").fullmatch
# Of marshal: the last one in which equal values are always written alike.
_ALIKE = 2

# Name, mode, size, moments of the last change of the bytes and of anything, number; and a sum, if unsure.
Row = tuple[Any, ...]


class UnknownStandingError(Exception):
    """Files of which the disk's word is not enough."""


@dataclass(frozen=True)
class Standing:
    """How some files stood at the moment `since`, in nanoseconds: equal only where none has changed.

    `frame` is equal where no other file has changed than digests of articles; `rows` say of each of
    these, by its path, how it stood.
    """

    since: int
    digest: bytes
    frame: bytes = b""
    rows: tuple[tuple[str, Row], ...] = ()

    @cached_property
    def digests(self) -> Mapping[str, bytes]:
        """By the path of each digest, a sum of how it stood: asked for where something has changed."""
        return {path: _sum([row]) for path, row in self.rows}


def now() -> int:
    """Returns the present by the clock of the machine, in nanoseconds."""
    return time.time_ns()


class Look:
    """One look at everything that a build's outcome depends on, at the moment `since`.

    That is the dossier, the themes, the tool itself with the libraries, Python, and the options.
    """

    def __init__(self, project: Path, options: str) -> None:
        self.since = now()
        self._others = (options, sys.version, *libraries())
        self._roots = {
            "content": project / "content",
            "themes": project / "themes",
            "tool": _PACKAGE,
            "shipped": _PACKAGE.parent / "themes",
        }
        self._rows: list[Row] | None = []
        self._stood: dict[int, Standing | None] = {}
        try:
            for name, root in self._roots.items():
                if root.is_dir():
                    _enter(os.fspath(root), name, self._rows)
                else:
                    self._rows.append((f"no {name}",))
        except (OSError, UnknownStandingError):
            self._rows = None

    def standing(self, since: int) -> Standing | None:
        """Returns how everything stands, for one who looked first at that moment; None if it cannot."""
        if self._rows is None:
            return None
        if since not in self._stood:
            self._stood[since] = self._standing(self._rows, since)
        return self._stood[since]

    def _standing(self, found: list[Row], since: int) -> Standing | None:
        try:
            rows = [row if _is_sure(row, since - _DOUBT) else self._with_sum(row) for row in found]
        except OSError:
            return None
        digests, frame = _parted(rows)
        around = _sum([self._others, *frame])
        return Standing(since, _sum([around, digests]), around, tuple(digests))

    def _with_sum(self, row: Row) -> Row:
        name, _, below = row[0].partition("/")
        return (*row, hashlib.sha256((self._roots[name] / below).read_bytes()).hexdigest())


def _parted(rows: Iterable[Row]) -> tuple[list[tuple[str, Row]], list[Row]]:
    digests, frame = [], []
    for row in rows:
        if _IS_DIGEST(row[0]):
            digests.append((row[0], row))
        else:
            frame.append(row)
    return digests, frame


def outputs(output: Path, paths: Iterable[str], since: int = 0) -> Standing | None:
    """Returns how published files stand; None where one of them is not there.

    Without a moment it is that of the newest file: by the clock of the disk itself.
    """
    root = os.fspath(output)
    try:
        rows = [_row(path, os.lstat(f"{root}/{path}")) for path in paths]
        since = since or max((_changed(row) for row in rows), default=0)
        before = since - (_LITTLE_DOUBT if since % _MILLISECOND else _DOUBT)
        sure = [
            row
            if _is_sure(row, before)
            else (*row, hashlib.sha256(Path(root, row[0]).read_bytes()).hexdigest())
            for row in rows
        ]
    except (OSError, UnknownStandingError):
        return None
    return Standing(since, _sum(sure))


def _sum(rows: Any) -> bytes:  # noqa: ANN401  # whatever marshal takes
    return hashlib.sha256(marshal.dumps(rows, _ALIKE)).digest()


def _enter(folder: str, name: str, rows: list[Row]) -> None:
    """Adds the rows of a folder. A large dossier has tens of thousands: they are made with little ado."""
    with os.scandir(folder) as found:
        items = sorted(found, key=_name)
    for item in items:
        whole = f"{name}/{item.name}"
        if is_left_behind(item.name) or whole in _UNREAD:
            continue
        if item.is_symlink():
            raise UnknownStandingError
        if not item.is_dir():
            rows.append(_row(whole, item.stat(follow_symlinks=False)))
        elif item.name != _COMPILED or name.startswith("content"):
            _enter(item.path, whole, rows)


def _name(item: os.DirEntry[str]) -> str:
    return item.name


def _row(name: str, found: os.stat_result) -> Row:
    mode = found.st_mode
    if S_IFMT(mode) != S_IFREG:
        raise UnknownStandingError
    return name, mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _changed(row: Row) -> int:
    moment: int = max(row[3], row[4])
    return moment


def _is_sure(row: Row, before: int) -> bool:
    """True if the file cannot have changed in the moment of the look; what is not there is no file."""
    # Elsewhere the moment of a file's last change can be set back by anybody.
    return len(row) == 1 or (os.name == "posix" and row[3] < before > row[4])
