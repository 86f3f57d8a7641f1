"""One publication at a time into one folder: a lock that the kernel holds, and frees with its holder."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from site_builder import disk
from site_builder.write.targets import BusyError

_LOCK = "lock"
_LOOK_AGAIN = 0.1
_PATIENCE = 1.0


@contextmanager
def locked(room: Path, wait: bool, tell: Callable[[str], None]) -> Iterator[None]:  # noqa: FBT001
    """Holds the lock of a room, which is made where there is none and goes again if it stays empty.

    Whoever comes second waits, and is told for whom after a second; without `wait` it raises `BusyError`.
    The lock belongs to the process, not to an open file: children that outlive a killed holder keep nothing.
    """
    above = [folder for folder in room.parents if not folder.exists()]
    handle = _waited(room, wait, tell)
    try:
        # A courtesy to whoever has to wait: a full disk is told by what needs room on it.
        with suppress(OSError):
            disk.overwrite(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        _tidy(room, above)
        os.close(handle)


def _waited(room: Path, wait: bool, tell: Callable[[str], None]) -> int:  # noqa: FBT001
    """The open file of the lock, once it is ours."""
    since, has_told = time.monotonic(), False
    while True:
        handle = _opened(room)
        try:
            if _is_taken(handle):
                if _is_named(handle, room):
                    return handle
                os.close(handle)
                continue
            holder = _holder(handle)
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        if not wait:
            repair = "try again when it is done, or wait for it: without --no-wait"
            raise BusyError(f"{holder} is publishing into the same folder", repair)
        if not has_told and time.monotonic() - since >= _PATIENCE:
            tell(f"waiting for {holder}, which is publishing into the same folder")
            has_told = True
        time.sleep(_LOOK_AGAIN)


def _opened(room: Path) -> int:
    while True:
        with suppress(FileExistsError):
            disk.make_folders_to(room.parent)
            disk.make_folder(os.fspath(room), disk.PRIVATE_MODE)
        # Whoever was here before may take its empty room away between the two calls.
        with suppress(FileNotFoundError):
            return disk.open_lock(os.fspath(room / _LOCK))


def _is_named(handle: int, room: Path) -> bool:
    """True if the file is the lock still: whoever was here before may have taken it away with its room."""
    with suppress(OSError):
        return os.path.samestat(os.fstat(handle), (room / _LOCK).stat())
    return False


def _holder(handle: int) -> str:
    with suppress(OSError, ValueError):
        os.lseek(handle, 0, os.SEEK_SET)
        return f"process {int(os.read(handle, 32))}"
    return "another process"


def _tidy(room: Path, above: Iterable[Path]) -> None:
    """Takes away a room in which nothing but the lock has come to lie, and the folders made for it."""
    with suppress(OSError):
        if [item.name for item in room.iterdir()] == [_LOCK]:
            disk.remove(os.fspath(room / _LOCK))
            for folder in (room, *above):
                disk.remove_folder(os.fspath(folder))


if sys.platform == "win32":
    import msvcrt

    def _is_taken(handle: int) -> bool:
        # Far behind the number of the process, which others must be able to read.
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _is_taken(handle: int) -> bool:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True
