"""How files stand on the disk: whether any of them can have changed, without reading them.

As in git, a file that was changed in the very moment in which it was looked at is unsure: its sum is taken.
Nothing here is worth believing about links, so that where there are any nothing is said.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from site_builder.cache.tool import libraries
from site_builder.left_behind import is_left_behind

# File systems that count in seconds, and clocks of servers that lie behind ours.
_DOUBT = 2_000_000_000
_PACKAGE = Path(__file__).resolve().parent.parent
# What no build reads: kept texts, and what Python leaves beside the tool.
_UNREAD = frozenset({"content/captures"})
_COMPILED = "__pycache__"


class UnknownStandingError(Exception):
    """Files of which the disk's word is not enough."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How some files stood at the moment `since`, in nanoseconds: equal only where none has changed."""

    since: int
    digest: bytes


def now() -> int:
    """Return the present by the clock of the machine, in nanoseconds."""
    return time.time_ns()


def inputs(project: Path, options: str, since: int) -> Standing | None:
    """Return how everything stands that a build's outcome depends on; None where that cannot be said.

    That is the dossier, the themes, the tool itself with the libraries, Python, and the options.
    """
    rows = [options, sys.version, *libraries()]
    try:
        rows += _rows(project / "content", "content", since)
        rows += _rows(project / "themes", "themes", since)
        rows += _rows(_PACKAGE, "tool", since)
        rows += _rows(_PACKAGE.parent / "themes", "shipped", since)
    except (OSError, UnknownStandingError):
        return None
    return Standing(since, _digest(rows))


def outputs(output: Path, paths: Iterable[str], since: int) -> Standing | None:
    """Return how published files stand; None where one of them is not there."""
    root = os.fspath(output)
    try:
        return Standing(since, _digest(_row(f"{root}/{path}", path, since) for path in paths))
    except (OSError, UnknownStandingError):
        return None


def _digest(rows: Iterable[str]) -> bytes:
    return hashlib.sha256("\0".join(rows).encode("utf-8", "surrogateescape")).digest()


def _rows(folder: Path, name: str, since: int) -> list[str]:
    if not folder.is_dir():
        return [f"no {name}"]
    rows: list[str] = []
    _enter(os.fspath(folder), name, since, rows)
    return rows


def _enter(folder: str, name: str, since: int, rows: list[str]) -> None:
    """Add the rows of a folder. A large dossier has tens of thousands: they are made with little ado."""
    with os.scandir(folder) as found:
        items = sorted(found, key=_name)
    for item in items:
        whole = f"{name}/{item.name}"
        if is_left_behind(item.name) or whole in _UNREAD:
            continue
        if item.is_symlink():
            raise UnknownStandingError
        if not item.is_dir():
            rows.append(_row(item, whole, since))
        elif item.name != _COMPILED or name.startswith("content"):
            _enter(item.path, whole, since, rows)


def _name(item: os.DirEntry[str]) -> str:
    return item.name


def _row(file: os.DirEntry[str] | str, name: str, since: int) -> str:
    found = os.lstat(file) if isinstance(file, str) else file.stat(follow_symlinks=False)
    if not stat.S_ISREG(found.st_mode):
        raise UnknownStandingError
    row = (
        f"{name}\0{found.st_mode}\0{found.st_size}\0{found.st_mtime_ns}\0{found.st_ctime_ns}\0{found.st_ino}"
    )
    # Elsewhere the moment of a file's last change can be set back by anybody.
    is_sure = os.name == "posix" and max(found.st_mtime_ns, found.st_ctime_ns) < since - _DOUBT
    if is_sure:
        return row
    with open(file, "rb") as content:  # noqa: PTH123  # an entry of a folder is as good as its path
        return f"{row}\0{hashlib.sha256(content.read()).hexdigest()}"
