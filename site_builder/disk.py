"""The one way in which anything is put on a disk, moved there, or taken away.

Every call says which path it failed at. What is to survive a power cut is synced by its caller.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# The same whatever the author's umask is: a host copies them.
FILE_MODE = 0o644
FOLDER_MODE = 0o755
PRIVATE_MODE = 0o700

_PERMISSIONS = 0o777
_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux' renameat2(2), RENAME_SWAP of macOS' renamex_np(2)
# What a system answers that has no such call, or none for this kind of disk.
_UNABLE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
# What it answers where a file cannot have a second name: by the kind of disk, or by whose file it is.
_UNLINKABLE = _UNABLE | {errno.EPERM, errno.EACCES, errno.EMLINK, errno.EXDEV}


def new_file(
    path: str, content: bytes, *, mode: int | None = FILE_MODE, synced: bool = False
) -> os.stat_result:
    """Writes a file that is not there yet; returns how it lies on the disk. After an `OSError` it is gone.

    Without a mode it has the one that the author's umask gives.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o666 if mode is None else mode)
    try:
        try:
            left = memoryview(content)
            while left:
                left = left[os.write(handle, left) :]
            if _differs(os.fstat(handle), mode):
                os.fchmod(handle, mode or 0)
            if synced:
                os.fsync(handle)
            return os.fstat(handle)
        finally:
            os.close(handle)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(path)
        if isinstance(error, OSError):
            error.filename = error.filename or path
        raise


def _differs(found: os.stat_result, mode: int | None) -> bool:
    return os.name == "posix" and mode is not None and found.st_mode & _PERMISSIONS != mode


def replace_file(path: Path, content: bytes) -> None:
    """Puts a file in its place whole, or leaves what is there; it survives a power cut and keeps its mode."""
    with replacement(path, content) as put:
        put()


@contextmanager
def replacement(path: Path, content: bytes) -> Iterator[Callable[[], None]]:
    """Writes a file beside its place, and yields what puts it there in one step; else it goes again.

    All room that it needs is taken before: what is left to do needs none.
    """
    beside = os.fspath(path.with_name(f".{path.name}.new"))
    # One that a killed run has left.
    with suppress(FileNotFoundError):
        os.unlink(beside)
    mode = path.stat().st_mode & _PERMISSIONS if path.exists() else FILE_MODE
    new_file(beside, content, mode=mode, synced=True)

    def put() -> None:
        os.replace(beside, path)
        sync(os.fspath(path.parent))

    try:
        yield put
    finally:
        with suppress(OSError):
            os.unlink(beside)


def make_folder(path: str, mode: int = FOLDER_MODE) -> None:
    """Makes a folder with this mode, whatever the umask is."""
    os.mkdir(path, mode)
    found = os.stat(path)
    if _differs(found, mode):
        os.chmod(path, (found.st_mode & 0o7000) | mode)


def make_folders_to(path: Path) -> None:
    """Makes a folder and those above it, as the author's umask has it, where they are not there."""
    os.makedirs(path, exist_ok=True)


def link(old: str, new: str) -> bool:
    """Gives a file, or a link, a second name; False where it cannot have one."""
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError) as error:
        if isinstance(error, OSError) and error.errno not in _UNLINKABLE:
            raise
        return False
    return True


def rename(old: str, new: str) -> None:
    """Moves a file or folder to another name on the same disk; a file at that name is replaced."""
    os.replace(old, new)


def remove(path: str) -> None:
    """Takes away a file or a link."""
    os.unlink(path)


def remove_folder(path: str) -> None:
    """Takes away an empty folder."""
    os.rmdir(path)


def exchange(one: str, other: str) -> bool:
    """Lets two folders change places in one step; False where system or disk cannot."""
    number = _swap(os.fsencode(one), os.fsencode(other))
    if number and number not in _UNABLE:
        raise OSError(number, os.strerror(number), one, None, other)
    return not number


def _swap(one: bytes, other: bytes) -> int:
    """Calls the system; returns the number of the error, or 0."""
    import ctypes  # noqa: PLC0415  # most runs write nothing

    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = library.renamex_np(one, other, _EXCHANGE)
        elif sys.platform.startswith("linux"):
            failed = library.renameat2(_HERE, one, _HERE, other, _EXCHANGE)
        else:
            return errno.ENOSYS
    except (OSError, AttributeError, TypeError):
        return errno.ENOSYS
    return ctypes.get_errno() if failed else 0


def sync(path: str) -> None:
    """Waits until a file, or the names in a folder, would survive a power cut."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some disks cannot be asked this of a folder; they promise nothing, and there is no more to do.
        if error.errno != errno.EINVAL:
            error.filename = path
            raise
    finally:
        os.close(handle)


def sync_all(folder: str) -> bool:
    """Waits until all that was written to this folder's disk would survive; False where only `sync` can."""
    if not sys.platform.startswith("linux"):
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        number = _sync_disk(handle)
    finally:
        os.close(handle)
    if number and number not in _UNABLE:
        raise OSError(number, os.strerror(number), folder)
    return not number


def _sync_disk(handle: int) -> int:
    """Calls the system; returns the number of the error, or 0."""
    import ctypes  # noqa: PLC0415

    try:
        failed = ctypes.CDLL(None, use_errno=True).syncfs(handle)
    except (OSError, AttributeError):
        return errno.ENOSYS
    return ctypes.get_errno() if failed else 0


@contextmanager
def passing_folder() -> Iterator[Path]:
    """Yields a folder that is nobody else's to read, where the system keeps such; it goes afterwards."""
    import tempfile  # noqa: PLC0415  # no build needs it

    with tempfile.TemporaryDirectory(prefix="site-builder-") as folder:
        yield Path(folder)


def open_lock(path: str) -> int:
    """Opens a file to hold a lock on, and makes it where it is not there."""
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def overwrite(handle: int, content: bytes) -> None:
    """Replaces what an open file holds; for notes alone that nobody relies on."""
    os.lseek(handle, 0, os.SEEK_SET)
    os.truncate(handle, 0)
    os.write(handle, content)
