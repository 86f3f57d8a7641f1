"""The sum of everything that makes a site of a dossier, beside the dossier and its theme."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
# What Python made of it, and the dossier that a new one begins as.
_NO_PART = frozenset({"__pycache__", "starter"})


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
    for path in _files(_PACKAGE):
        found.update(f"\0{path.relative_to(_PACKAGE).as_posix()}\0".encode())
        found.update(path.read_bytes())
    return found.digest()


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _files(path) if path.name not in _NO_PART else ()
        elif path.is_file():
            yield path
