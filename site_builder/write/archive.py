"""The site as one file, put in its place whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from site_builder import disk
from site_builder.write.targets import ArchiveError


def write_archive(content: bytes, archive: Path) -> bool:
    """Puts the archive in its place in one step; False where it was there already, byte for byte."""
    if _is_there(content, archive):
        return False
    disk.replace_file(archive, content)
    return True


@contextmanager
def following_archive(content: bytes, archive: Path) -> Iterator[Callable[[], None]]:
    """Writes an archive beside its place; yields what puts it there once its site is published.

    A disk without room for it says so before anything is published. What is yielded raises `ArchiveError`.
    """
    if _is_there(content, archive):
        yield lambda: None
        return
    with disk.replacement(archive, content) as put:
        yield lambda: _put(put, archive)


def _is_there(content: bytes, archive: Path) -> bool:
    with suppress(OSError):
        return archive.read_bytes() == content
    return False


def _put(put: Callable[[], None], archive: Path) -> None:
    try:
        put()
    except OSError as error:
        raise ArchiveError(
            f"{error.strerror or error} ({archive})",
            "the site is published; this archive of it is not, so build again with --zip",
        ) from error
