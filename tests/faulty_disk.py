"""A disk that fails: the system's calls as `site_builder.disk` makes them, some of which meet an error."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from site_builder import disk

# The calls that change a disk, by the name of the function that `site_builder.disk` asks for.
CALLS = {
    "write": ("write",),
    "open": ("open",),
    "rename": ("replace",),
    "mkdir": ("mkdir", "makedirs"),
    "fsync": ("fsync",),
    "unlink": ("unlink",),
    "rmdir": ("rmdir",),
    "link": ("link",),
    "chmod": ("chmod", "fchmod"),
}
SYSTEM_CALLS = {"exchange": "_swap", "syncfs": "_sync_disk"}
KINDS = (*CALLS, *SYSTEM_CALLS)
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT)


class FaultyDisk:
    """Counts the calls of one kind, and fails the one with the number `at`, or that and all after it."""

    def __init__(self, kind: str, number: int, at: int, *, sticky: bool) -> None:
        self.kind, self.number, self.at, self.sticky = kind, number, at, sticky
        self.calls = 0

    @property
    def has_failed(self) -> bool:
        """True once a call has met the error."""
        return self.calls >= self.at

    def is_due(self) -> bool:
        """Count one call, and say whether it is to fail."""
        self.calls += 1
        return self.calls == self.at or (self.sticky and self.calls > self.at)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """The system's function of that name, or one that may fail."""
        real = getattr(os, name)
        if name not in CALLS.get(self.kind, ()):
            return real

        def call(*args: Any, **options: Any) -> Any:  # noqa: ANN401
            if self.is_due():
                path = None if isinstance(args[0], int) else os.fspath(args[0])
                raise OSError(self.number, os.strerror(self.number), path)
            return real(*args, **options)

        return call

    def system_call(self, real: Callable[..., int]) -> Callable[..., int]:
        """One of the calls that answer with the number of an error."""

        def call(*args: Any) -> int:  # noqa: ANN401
            return self.number if self.is_due() else real(*args)

        return call


@contextmanager
def faulty(kind: str, number: int, at: int, *, sticky: bool) -> Iterator[FaultyDisk]:
    """Let the calls of that kind fail with that error, from the one with the number `at` on."""
    made = FaultyDisk(kind, number, at, sticky=sticky)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "os", made)
        if kind in SYSTEM_CALLS:
            name = SYSTEM_CALLS[kind]
            patch.setattr(disk, name, made.system_call(getattr(disk, name)))
        yield made
