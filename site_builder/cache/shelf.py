"""The folder of a project's cache: it may be deleted at any time, and damage to it is only ever told.

What is in it counts in this very folder alone, and for the account that made it: neither a copy made by git
or by hand is believed nor a whole disk that somebody made, so that nobody can send a dossier with a cache
that says what its site is, or holds code to be carried out.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from site_builder.cache.account import make_secret, own_secret

CACHE = ".site-builder"
# Raised with every change of what the files hold.
_FORMAT = b"site-builder cache 2\n"
_MARK = "mark"
_NEW = "new-"
_IGNORE = ".gitignore"
_SUM = 32


class DamagedError(Exception):
    """A file of the cache that is not as it was written."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A project's cache folder."""

    folder: Path

    def load(self, name: str, *, certain: bool = False) -> bytes | None:
        """Returns what was kept under that name here; None if nothing was. Raises `DamagedError`.

        What is `certain` can have been kept by this very account alone; where it has no secret, nothing is.
        """
        secret = own_secret(self.folder.parent)
        if certain and not secret:
            return None
        try:
            found = self.place(name, secret).read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            raise DamagedError from None
        key = self._key(secret)
        if key is None or not found.startswith(_FORMAT):
            raise DamagedError
        begin = len(_FORMAT) + _SUM
        if not hmac.compare_digest(
            found[len(_FORMAT) : begin], _signature(key, name, memoryview(found)[begin:])
        ):
            raise DamagedError
        return found[begin:]

    def keep(self, name: str, content: bytes, *, certain: bool = False) -> None:
        """Keeps the content under that name. A disk that takes nothing is no reason to fail: it is slower.

        What is to be loaded as `certain` is kept where the account has a secret.
        """
        with suppress(OSError), self._fresh() as fresh:
            secret = make_secret(self.folder.parent)
            key = self._key(secret)
            if key is not None and (secret or not certain):
                with fresh.open("wb") as file:
                    file.writelines((_FORMAT, _signature(key, name, content), content))
                fresh.replace(self.place(name, secret))

    def forget(self, name: str) -> None:
        """Takes away what is kept under that name, whoever kept it."""
        with suppress(OSError):
            for path in self.folder.glob(f"{name}*"):
                path.unlink(missing_ok=True)

    def is_ours(self) -> bool:
        """True if the folder bears the mark of a cache."""
        return (self.folder / _MARK).is_file() and not self.folder.is_symlink()

    def clear(self) -> tuple[str, ...]:
        """Takes away all that was kept, and the folder, if nothing else is in it; returns the names."""
        found = [path for path in sorted(self.folder.iterdir()) if _is_kept(path)]
        # The mark goes last: a folder without it is nobody's.
        for path in sorted(found, key=lambda path: path.name == _MARK):
            path.unlink(missing_ok=True)
        with suppress(OSError):
            self.folder.rmdir()
        return tuple(path.name for path in found)

    @contextmanager
    def _fresh(self) -> Iterator[Path]:
        """A file to write into, in a folder with its mark; gone afterwards, if it was not given a name."""
        self.folder.mkdir(exist_ok=True)
        if not (self.folder / _IGNORE).exists():
            (self.folder / _IGNORE).write_text("*\n", encoding="ascii")
        if not (self.folder / _MARK).exists():
            (self.folder / _MARK).write_bytes(b"")
        fresh = self.folder / f"{_NEW}{os.getpid()}-{time.monotonic_ns()}"
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            yield fresh
        finally:
            fresh.unlink(missing_ok=True)

    def place(self, name: str, secret: bytes) -> Path:
        """Where something is kept: each account has files of its own, where several work in one folder."""
        whose = f"-{hashlib.sha256(b'whose' + secret).hexdigest()[:8]}" if secret else ""
        return self.folder / f"{name}{whose}"

    def _key(self, secret: bytes) -> bytes | None:
        """What a disk says of the mark, and would say of no copy of it, with what only this account knows."""
        try:
            found = (self.folder / _MARK).lstat()
        except OSError:
            return None
        stands = f"{found.st_ino} {found.st_mtime_ns} {found.st_ctime_ns}".encode()
        return hashlib.sha256(stands + b"\0" + secret).digest()


def _is_kept(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    if path.name in {_MARK, _IGNORE} or path.name.startswith(_NEW):
        return True
    with path.open("rb") as file:
        return file.read(len(_FORMAT)).startswith(_FORMAT.rpartition(b" ")[0])


def _signature(key: bytes, name: str, content: bytes | memoryview) -> bytes:
    # Of a large dossier it is 50 MB: nothing is copied for it.
    signed = hmac.new(key, name.encode() + b"\0", "sha256")
    signed.update(content)
    return signed.digest()
