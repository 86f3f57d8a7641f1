"""The site as one file, put in its place whole."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from site_builder import disk


def write_archive(content: bytes, archive: Path) -> bool:
    """Put the archive in its place in one step; False where it was there already, byte for byte."""
    with suppress(OSError):
        if archive.read_bytes() == content:
            return False
    disk.replace_file(archive, content)
    return True
