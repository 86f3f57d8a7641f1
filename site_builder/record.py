"""Writes the one thing that a program may write into a dossier: what quotes were compared with, and when.

Nothing else of a file changes, not even how its lines end. A file in which that cannot be done is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder import disk, nodes
from site_builder.issues import IssueLog, Place, place_of
from site_builder.link.comparison import Compared
from site_builder.read.front_matter import split

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BOM = "\ufeff"


class RecordError(Exception):
    """A file in which the comparison cannot be noted; the text says why."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """Text put in the place of a stretch of one line; all count from 0."""

    line: int
    begin: int
    end: int
    text: str


def record(project: Path, compared: Compared, date: str) -> str:
    """Notes the comparison in the source's file; returns its path, or nothing where that stood there already.

    `date` is the day in ISO 8601. Raises `RecordError` where the file's form does not allow it.
    """
    path = place_of(compared.source.id).path
    file = (project / path).resolve()
    old = file.read_bytes().decode("utf-8")
    new = noted(old, path, {"sha256": compared.sha256, "compared": date}, compared.quotes)
    if new == old:
        return ""
    disk.replace_file(file, new.encode("utf-8"))
    return path


def noted(text: str, path: str, fields: Mapping[str, str], quotes: tuple[str, ...]) -> str:
    """Returns the text of a source's file with its `capture:` brought up to date, and all else as it was."""
    mark = _BOM if text.startswith(_BOM) else ""
    lines = _LINE.findall(text.removeprefix(_BOM))
    header, start, end = _header(lines, path)
    root = nodes.parse(header, start)
    if not isinstance(root, nodes.PlacedDict) or not root:
        message = "the file holds no fields"
        raise RecordError(message)
    values = {**fields, "quotes": f"[{', '.join(quotes)}]"}
    kept = root.get("capture")
    if isinstance(kept, nodes.PlacedDict) and kept:
        changed = _applied(lines, list(_edits(kept, values, lines)))
    else:
        above = _ended(lines[:end], lines)
        # Below a list of statements the entry would look like a part of the last one.
        space = [_ending(lines)] if end == len(lines) and above[-1].startswith(_indent(root) + " ") else []
        changed = [*above, *space, *_entry(root, values, lines), *lines[end:]]
    _check(changed, path, root, {**fields, "quotes": list(quotes)})
    return mark + "".join(changed)


def _header(lines: list[str], path: str) -> tuple[str, Place, int]:
    """The YAML of a file with its place, and the number of the line, from 0, that it ends before."""
    plain = "".join(line.rstrip("\r\n") + "\n" for line in lines)
    if not path.endswith(".md"):
        return plain, Place(path), len(lines)
    parts = split(plain, path, IssueLog())
    if parts is None:
        message = "the file has no front matter"
        raise RecordError(message)
    return parts.header, parts.header_start, parts.body_start.line - 2


def _edits(kept: nodes.PlacedDict, values: Mapping[str, str], lines: list[str]) -> Iterator[_Edit]:
    for key, value in values.items():
        place = getattr(kept.get(key), "place", None)
        if place is None:
            yield _new_field(kept, key, value, lines)
        else:
            yield _Edit(place.line - 1, place.column - 1, place.column - 1 + place.length, value)


def _new_field(kept: nodes.PlacedDict, key: str, value: str, lines: list[str]) -> _Edit:
    place = kept.key_place(next(iter(kept)))
    line, column = place.line - 1, place.column - 1
    indent = lines[line][:column]
    if indent.strip():
        return _Edit(line, column, column, f"{key}: {value}, ")
    return _Edit(line, 0, 0, f"{indent}{key}: {value}{_ending(lines)}")


def _applied(lines: list[str], edits: list[_Edit]) -> list[str]:
    changed = list(lines)
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.begin), reverse=True):
        line = changed[edit.line]
        changed[edit.line] = line[: edit.begin] + edit.text + line[edit.end :]
    return changed


def _entry(root: nodes.PlacedDict, values: Mapping[str, str], lines: list[str]) -> list[str]:
    indent, ending = _indent(root), _ending(lines)
    return [
        f"{indent}capture:{ending}",
        *(f"{indent}  {key}: {value}{ending}" for key, value in values.items()),
    ]


def _indent(root: nodes.PlacedDict) -> str:
    return " " * (root.key_place(next(iter(root))).column - 1)


def _ended(above: list[str], lines: list[str]) -> list[str]:
    """The lines, the last of them ended like the others."""
    last = above[-1]
    return above if last.endswith(("\r", "\n")) else [*above[:-1], last + _ending(lines)]


def _ending(lines: list[str]) -> str:
    first = lines[0]
    return first[len(first.rstrip("\r\n")) :] or "\n"


def _check(lines: list[str], path: str, before: nodes.PlacedDict, capture: Mapping[str, object]) -> None:
    """Sees that the file says what it said, and the new capture."""
    try:
        after: object = nodes.parse(*_header(lines, path)[:2])
    except nodes.YamlError:
        after = None
    if after != {**before, "capture": dict(capture)}:
        message = "its fields are written in a form that only a person can add to"
        raise RecordError(message)
