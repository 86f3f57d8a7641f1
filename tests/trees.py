"""Folders as values, to be compared."""

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path


def tree(folder: Path) -> Mapping[str, tuple[int, str]]:
    """Everything in a folder by path: its mode, and what it holds."""
    found: dict[str, tuple[int, str]] = {}
    for path in sorted(folder.rglob("*")):
        lies = path.lstat()
        if stat.S_ISLNK(lies.st_mode):
            found[os.fspath(path.relative_to(folder))] = (0, os.fspath(path.readlink()))
        elif stat.S_ISREG(lies.st_mode):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            found[os.fspath(path.relative_to(folder))] = (lies.st_mode, content)
        else:
            found[os.fspath(path.relative_to(folder))] = (lies.st_mode, "")
    return found


def tree_hash(folder: Path, without: str = "") -> str:
    """One sum of everything in a folder, but for what lies under one name: names, modes and bytes."""
    found = sorted(item for item in tree(folder).items() if not without or item[0].split("/")[0] != without)
    return hashlib.sha256(repr(found).encode("utf-8", "backslashreplace")).hexdigest()
