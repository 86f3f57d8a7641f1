"""What lies in the folders of a site: as noted when it was written, and as found now.

The note is kept beside the output and tells of each file how it lay on the disk when it was written. A file
that lies there the same need not be read again; where the note is lost, files are read and compared.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from site_builder import disk
from site_builder.write.targets import OWNERSHIP

_FORMAT = 2
NOTE = "note"
# A file that was changed in the moment in which the note was made may look as if it had not been.
_DOUBT = 20_000_000
_NOTICE = "Made by site-builder: it replaces and removes the files listed here, and no others."
_REGULAR = stat.S_IFREG | disk.FILE_MODE


class Entry(NamedTuple):
    """A file of a site: its SHA-256 sum, and how it lay on the disk when that was true."""

    sha256: str
    size: int
    mtime_ns: int
    inode: int
    mode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the last publication noted: for whom it was made, and each folder's files, by the folder's inode.

    `leaving` are files of ours that may lie in the newer folder still, and `extra` second names of others'
    files, by inode, if the work on it was interrupted.
    """

    project: str = ""
    site: str = ""
    tables: Mapping[int, Mapping[str, Entry]] = field(default_factory=dict)
    leaving: frozenset[str] = frozenset()
    extra: Mapping[str, int] = field(default_factory=dict)
    moment: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A folder as found: files by path, folders that hold files of ours, and folders that hold none."""

    files: Mapping[str, os.DirEntry[str]]
    folders: tuple[str, ...]
    others: tuple[str, ...]


def entry(sha256: str, found: os.stat_result) -> Entry:
    """Returns a file's entry."""
    return Entry(sha256, found.st_size, found.st_mtime_ns, found.st_ino, found.st_mode)


def lies_as(noted: Entry, found: os.stat_result) -> bool:
    """True if a file lies on the disk as it was noted."""
    return (
        noted.size == found.st_size
        and noted.mtime_ns == found.st_mtime_ns
        and noted.inode == found.st_ino
        and noted.mode == found.st_mode
    )


def parents(paths: Iterable[str]) -> set[str]:
    """Returns every folder that these paths lie in, without the root."""
    found: set[str] = set()
    # Few folders hold the many files of a large site.
    for folder in {path.rpartition("/")[0] for path in paths}:
        above = folder
        while above and above not in found:
            found.add(above)
            above = above.rpartition("/")[0]
    return found


def walk(root: str, ours: Collection[str], start: str = "") -> Tree:
    """Finds what lies in a folder. Folders that are not among `ours` are not entered."""
    files: dict[str, os.DirEntry[str]] = {}
    folders, others, ahead = [], [], [start]
    while ahead:
        inside = ahead.pop()
        prefix = f"{inside}/" if inside else ""
        with os.scandir(f"{root}/{inside}" if inside else root) as found:
            for item in found:
                path = prefix + item.name
                if not item.is_dir(follow_symlinks=False):
                    files[path] = item
                elif path in ours:
                    folders.append(path)
                    ahead.append(path)
                else:
                    others.append(path)
    return Tree(files=files, folders=tuple(sorted(folders)), others=tuple(sorted(others)))


def inode(folder: str) -> int:
    """Returns the number by which the disk knows a folder, 0 where there is none."""
    try:
        return os.lstat(folder).st_ino
    except FileNotFoundError:
        return 0


def listed(folder: str) -> Mapping[str, str] | None:
    """Returns the sums of a site's own list, by path; None where it has none that can be read."""
    try:
        found = json.loads(Path(folder, OWNERSHIP).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return {str(path): str(digest) for path, digest in found.items()} if isinstance(found, dict) else None


def list_bytes(files: Mapping[str, Entry]) -> bytes:
    """Returns the list of a site's files that it carries itself; the same files give the same bytes."""
    quoted = json.encoder.encode_basestring_ascii
    rows = ",\n".join(f'  {quoted(path)}: "{files[path].sha256}"' for path in sorted(files))
    inside = f"{{\n{rows}\n }}" if rows else "{}"
    return f'{{\n "note": "{_NOTICE}",\n "files": {inside}\n}}\n'.encode()


def known(folder: str, note: Note) -> Mapping[str, Entry | None]:
    """Returns the files that are ours in a folder, with how each was noted to lie there, if it was."""
    table: Mapping[str, Entry] = note.tables.get(inode(folder), {})
    own = table.get(OWNERSHIP)
    with suppress(OSError):
        if own and lies_as(own, os.lstat(f"{folder}/{OWNERSHIP}")):
            return table
    names = listed(folder)
    if names is None:
        # By its name the list is ours, whatever has become of what it says.
        return {**table, OWNERSHIP: None} if os.path.lexists(f"{folder}/{OWNERSHIP}") else table
    agreeing = {path: table.get(path) for path in names}
    return {
        OWNERSHIP: None,
        **{path: one if one and one.sha256 == names[path] else None for path, one in agreeing.items()},
    }


def standing(folder: str, tree: Tree, ours: Mapping[str, Entry | None], moment: int) -> dict[str, Entry]:
    """Returns our files that are there, each with its sum: read only where the disk's word is not enough."""
    before = moment - _DOUBT
    found: dict[str, Entry] = {}
    for path, noted in ours.items():
        item = tree.files.get(path)
        if item is None:
            continue
        lies = item.stat(follow_symlinks=False)
        if noted and lies_as(noted, lies) and lies.st_mtime_ns < before:
            found[path] = noted
        elif lies.st_mode == (noted.mode if noted else _REGULAR) and stat.S_ISREG(lies.st_mode):
            with suppress(OSError):
                found[path] = entry(_sum(f"{folder}/{path}"), lies)
    return found


def _sum(path: str) -> str:
    with open(path, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def is_same_file(path: str, sha256: str) -> bool:
    """True for a regular file with this sum."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode) and _sum(path) == sha256
    except OSError:
        return False


def load_note(room: Path) -> Note:
    """Returns what was noted last; an empty note where there is none that can be read."""
    try:
        moment = (room / NOTE).stat().st_mtime_ns
        raw = json.loads((room / NOTE).read_bytes())
        if raw["format"] != _FORMAT:
            return Note()
        return Note(
            project=str(raw["project"]),
            site=str(raw["site"]),
            tables=dict(_tables(raw["tables"])),
            leaving=frozenset(map(str, raw["leaving"])),
            extra={str(path): int(number) for path, number in raw["extra"].items()},
            moment=moment,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Note()


def _tables(raw: Any) -> Iterator[tuple[int, dict[str, Entry]]]:  # noqa: ANN401
    first: dict[str, Entry] = {}
    for one in raw:
        # Column by column: a large site has tens of thousands of files.
        table = {**first, **dict(zip(one["files"], map(Entry, *one["stand"]), strict=True))}
        for path in one["without"]:
            table.pop(path, None)
        first = first or table
        yield int(one["inode"]), table


def save_note(room: Path, note: Note) -> None:
    """Notes what was published; it may be lost at any time, and then files are read again."""
    tables: list[object] = []
    first: Mapping[str, Entry] = {}
    for number, table in note.tables.items():
        differing = {path: one for path, one in table.items() if first.get(path) != one}
        tables.append(
            {
                "inode": number,
                "files": [*differing],
                "stand": [*zip(*differing.values(), strict=True)] or [()] * len(Entry._fields),
                "without": [path for path in first if path not in table],
            }
        )
        first = first or table
    document = {
        "format": _FORMAT,
        "project": note.project,
        "site": note.site,
        "leaving": sorted(note.leaving),
        "extra": dict(note.extra),
        "tables": tables,
    }
    beside = os.fspath(room / f"{NOTE}.new")
    with suppress(FileNotFoundError):
        disk.remove(beside)
    disk.new_file(beside, json.dumps(document).encode("ascii"))
    disk.rename(beside, os.fspath(room / NOTE))
