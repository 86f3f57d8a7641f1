"""Reads the kept texts of sources. They are private: only the comparison of quotes asks for them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from site_builder.issues import IssueLog, Place, did_you_mean
from site_builder.read.tree import CAPTURES, MAX_BYTES, bytes_of, decoded, walk

_TEXT = ".txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptText:
    """A kept text as read; `sha256` is the sum of its bytes in hexadecimal digits."""

    path: str
    text: str
    sha256: str


def read_captures(project: Path, sources: Collection[str], issues: IssueLog) -> Mapping[str, KeptText]:
    """Returns the kept texts by source, empty where the project keeps none.

    Adds an issue for each that cannot be read, and for each that is named after no source; the latter only
    in a dossier without errors, because an unsound source is not among `sources`.
    """
    if not (project / CAPTURES).is_dir():
        return {}
    found = {}
    for entry in walk(project, CAPTURES, issues):
        path = PurePosixPath(entry.path)
        if str(path.parent) != CAPTURES or path.suffix != _TEXT or path.stem not in sources:
            if not issues.has_errors():
                repair = did_you_mean(path.stem, sources) or "name it after a source: <source-id>.txt"
                problem = "this kept text belongs to no source"
                issues.warning(Place(entry.path), "stray-capture", problem, repair)
            continue
        content = bytes_of(entry, MAX_BYTES, issues)
        text = None if content is None else decoded(content, entry.path, issues)
        if content is not None and text is not None:
            sha256 = hashlib.sha256(content).hexdigest()
            found[path.stem] = KeptText(path=entry.path, text=text, sha256=sha256)
    return found
