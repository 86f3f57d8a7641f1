"""Walks a folder in a fixed order, stays inside it, and decodes what it finds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.issues import IssueLog, Place
from site_builder.left_behind import is_left_behind

MAX_BYTES = 8 * 1024 * 1024
# The kept texts of sources: private, and read by name alone, when quotes are compared with them.
CAPTURES = "content/captures"
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: its path relative to the project, with forward slashes, and where it is on the disk."""

    path: str
    file: Path


def walk(project: Path, folder: str, issues: IssueLog) -> Iterator[Entry]:
    """Yield the files below a folder of the project, sorted by path.

    Leaves out hidden files and what editors leave behind, and does not look into the folder of kept texts
    unless it is the one asked for; a link that leads out of the project, or to a folder, is an issue and is
    not followed.
    """
    root = project / folder
    if not root.is_dir():
        repair = "name the project's folder with -C, or run 'site-builder new' for a dossier to start from"
        issues.error(Place(folder), "missing-file", f"there is no folder {folder}/", repair)
        return
    yield from sorted(_below(root, project, issues), key=lambda entry: entry.path)


def _below(folder: Path, project: Path, issues: IssueLog) -> Iterator[Entry]:
    with os.scandir(folder) as found:
        for item in sorted(found, key=lambda item: item.name):
            path = Path(item.path)
            name = path.relative_to(project).as_posix()
            if is_left_behind(item.name) or name == CAPTURES:
                continue
            if item.is_symlink() and not _stays_inside(path, project):
                repair = "copy the file into the project"
                issues.error(
                    Place(name), "outside", "a link that leads out of the project, or to a folder", repair
                )
            elif item.is_dir():
                yield from _below(path, project, issues)
            elif item.is_file():
                yield Entry(name, path)


def _stays_inside(path: Path, project: Path) -> bool:
    target = path.resolve()
    return target.is_file() and target.is_relative_to(project.resolve())


def bytes_of(entry: Entry, most: int, issues: IssueLog) -> bytes | None:
    """Return the file's bytes, or None after an issue: it cannot be read, or has more than `most` of them."""
    try:
        is_too_large = entry.file.stat().st_size > most
        content = b"" if is_too_large else entry.file.read_bytes()
    except OSError as error:
        issues.error(
            Place(entry.path),
            "unreadable",
            f"the file cannot be read: {error.strerror}",
            "check its permissions",
        )
        return None
    if is_too_large:
        problem = f"the file has more than {most:,} bytes"
        issues.error(Place(entry.path), "too-large", problem, "split it, or make the picture smaller")
        return None
    return content


def text_of(entry: Entry, issues: IssueLog) -> str | None:
    """Return the file's text with lines ended by LF and no byte order mark, or None after an issue."""
    content = bytes_of(entry, MAX_BYTES, issues)
    if content is None:
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _plain(content[: error.start].decode("utf-8", "replace"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        issues.error(Place(entry.path, line, column), "encoding", "the file is not UTF-8", "save it as UTF-8")
        return None
    return _plain(text)


def _plain(text: str) -> str:
    return text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
