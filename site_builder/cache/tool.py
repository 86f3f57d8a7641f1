"""The sum of everything that makes a site of a dossier, beside the dossier and its theme."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def libraries() -> Iterator[str]:
    """Yields the names of what is installed beside the tool: they hold the versions."""
    for folder in sys.path:
        if folder.endswith("-packages"):
            yield from sorted(path.name for path in Path(folder).glob("*.dist-info"))


def tool_sum() -> bytes:
    """Returns the sum of the tool's own code, of Python's version and of the libraries'."""
    return _sum((sys.version, *libraries()))


@cache
def _sum(versions: tuple[str, ...]) -> bytes:
    found = hashlib.sha256("\0".join(versions).encode("utf-8", "surrogateescape"))
    for path in sorted(_PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(f"\0{path.relative_to(_PACKAGE).as_posix()}\0".encode())
            found.update(path.read_bytes())
    return found.digest()
