"""Walks a folder in a fixed order, stays inside it, and decodes what it finds."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.issues import IssueLog, Place
from site_builder.left_behind import is_left_behind

MAX_BYTES = 8 * 1024 * 1024
# The kept texts of sources: private, and read by name alone, when quotes are compared with them.
CAPTURES = "content/captures"
_BOM = "\ufeff"
# Files whose names are ids.
_WITH_IDS = (".yaml", ".md")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: its path relative to the project, with forward slashes, and where it is on the disk.

    `root` is the project's folder, free of links.
    """

    path: str
    file: Path
    root: str


class OutsideError(OSError):
    """A file that lies elsewhere than its path says: some link on the way leads out of the project."""


def walk(project: Path, folder: str, issues: IssueLog) -> Iterator[Entry]:
    """Yields the files below a folder of the project, sorted by path.

    Leaves out hidden files and what editors leave behind, and does not look into the folder of kept texts
    unless it is the one asked for; a link that leads out of the project, or to a folder, is an issue and is
    not followed.
    """
    root = project / folder
    if not root.is_dir():
        repair = "name the project's folder with -C, or run 'site-builder new' for a dossier to start from"
        issues.error(Place(folder), "missing-file", f"there is no folder {folder}/", repair)
        return
    real = os.path.realpath(project)
    if not is_within(_end_of(root), real):
        _tell_outside(folder, issues)
        return
    found = _below(os.fspath(root), Path(folder).as_posix(), real, issues)
    yield from sorted(found, key=lambda entry: entry.path)


def _below(folder: str, named: str, root: str, issues: IssueLog) -> Iterator[Entry]:
    # A list of what is still to be looked at: folders may lie deeper in each other than calls can.
    waiting = [(folder, named)]
    while waiting:
        folder, named = waiting.pop()
        for item in _items(folder, named, issues):
            name = f"{named}/{item.name}"
            if is_left_behind(item.name) or name == CAPTURES:
                continue
            if item.is_symlink() and not _stays_inside(Path(item.path), root):
                _tell_outside(name, issues)
            elif item.is_dir():
                waiting.append((item.path, name))
            elif name.endswith(_WITH_IDS) and _is_no_text(name):
                problem = "the name of this file is not UTF-8"
                issues.error(Place(name), "encoding", problem, "give it another name")
            elif item.is_file():
                yield Entry(name, Path(item.path), root)


def _is_no_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return True
    return False


def _items(folder: str, named: str, issues: IssueLog) -> list[os.DirEntry[str]]:
    """What lies in a folder; nothing after an issue."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError as error:
        _tell_unreadable(named, error, issues)
        return []


def _stays_inside(path: Path, root: str) -> bool:
    """True if a link leads to a file of the project, and not to a kept text, which is private."""
    target = _end_of(path)
    kept = str(Path(root, CAPTURES))
    return Path(target).is_file() and is_within(target, root) and not is_within(target, kept)


def _end_of(path: Path) -> str:
    """Returns where a path ends, free of links; nowhere, if it becomes another one while it is looked at."""
    try:
        return os.path.realpath(path)
    except OSError:
        return ""


def is_within(path: str, root: str) -> bool:
    """True if a path lies in the root or is it; both are free of links."""
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _tell_outside(name: str, issues: IssueLog) -> None:
    problem = "a link that leads out of the project, to a folder, or to a kept text"
    issues.error(Place(name), "outside", problem, "copy the file into the project")


def _tell_unreadable(name: str, error: OSError, issues: IssueLog) -> None:
    problem = f"this cannot be read: {error.strerror or 'it is no file any more'}"
    issues.error(Place(name), "unreadable", problem, "check its permissions")


def content_of(path: Path, root: str, most: int) -> bytes | None:
    """Returns the bytes of a file that lies in the root, or None where it has more than `most`.

    What is opened is looked at, not what its path led to before: between the two a link may have been put
    in its place. Raises `OutsideError`, or the `OSError` of a file that cannot be read.
    """
    # Without a buffer, as all is read at once.
    with path.open("rb", buffering=0) as opened:
        found = os.fstat(opened.fileno())
        if not _lies_within(opened.fileno(), found, path, root):
            raise OutsideError
        if not stat.S_ISREG(found.st_mode):
            raise OSError
        return None if found.st_size > most else opened.read()


def _lies_within(handle: int, found: os.stat_result, path: Path, root: str) -> bool:
    try:
        # Linux says of every open file where it lies.
        return is_within(os.readlink(f"/proc/self/fd/{handle}"), root)  # noqa: PTH115
    except OSError:
        real = os.path.realpath(path)
        return is_within(real, root) and os.path.samestat(Path(real).stat(), found)


def bytes_of(entry: Entry, most: int, issues: IssueLog) -> bytes | None:
    """Returns the file's bytes, or None after an issue: it can't be read, or has more than `most` of them."""
    try:
        content = content_of(entry.file, entry.root, most)
    except OutsideError:
        _tell_outside(entry.path, issues)
        return None
    except OSError as error:
        _tell_unreadable(entry.path, error, issues)
        return None
    if content is None:
        problem = f"the file has more than {most:,} bytes"
        issues.error(Place(entry.path), "too-large", problem, "split it, or make the picture smaller")
    return content


def text_of(entry: Entry, issues: IssueLog) -> str | None:
    """Returns the file's text with lines ended by LF and no byte order mark, or None after an issue."""
    content = bytes_of(entry, MAX_BYTES, issues)
    return None if content is None else decoded(content, entry.path, issues)


class TextsOfFiles(Mapping[str, str]):
    """The texts of files by their paths, each read again when it is asked for: few are, of very many."""

    def __init__(self, project: Path, paths: Iterable[str]) -> None:
        self._project = project
        self._root = os.path.realpath(project)
        self._paths = dict.fromkeys(paths)

    def __getitem__(self, path: str) -> str:
        if path not in self._paths:
            raise KeyError(path)
        return text_of(Entry(path, self._project / path, self._root), IssueLog()) or ""

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def decoded(content: bytes, path: str, issues: IssueLog) -> str | None:
    """Returns the text of a file's bytes, the same way, or None after an issue."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _plain(content[: error.start].decode("utf-8", "replace"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        issues.error(Place(path, line, column), "encoding", "the file is not UTF-8", "save it as UTF-8")
        return None
    return _plain(text)


def _plain(text: str) -> str:
    return text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
