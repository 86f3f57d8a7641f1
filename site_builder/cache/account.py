"""A secret of whoever builds: it lies with the account's own settings, and comes with nobody's folder.

A folder that is handed over may be a whole disk, with every moment and number as its maker wanted them. What
is kept in one is believed only if it was signed with what its maker cannot know.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

_FOLDER, _NAME = "site-builder", "seal"
_LENGTH = 32
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def own_secret(apart_from: Path) -> bytes:
    """Returns the account's secret; empty where there is none that can be relied on.

    It must be a file of the account's, which nobody else can read or write, and must not lie in that folder.
    """
    place = _place()
    if place is None or place.resolve().is_relative_to(apart_from.resolve()):
        return b""
    with suppress(OSError):
        if _is_own(place.lstat()):
            with place.open("rb") as file:
                found = file.read(_LENGTH + 1)
                return found if len(found) == _LENGTH and _is_own(os.fstat(file.fileno())) else b""
    return b""


def make_secret(apart_from: Path) -> bytes:
    """Returns the account's secret; it is made where there is none. Empty where that cannot be."""
    place = _place()
    if place and not os.path.lexists(place):
        # Once in the life of an account.
        import secrets  # noqa: PLC0415

        from site_builder import disk  # noqa: PLC0415

        with suppress(OSError):
            disk.make_folders_to(place.parent)
            # Whole or not there: another run may be reading it.
            beside = os.fspath(place.with_name(f"{_NAME}.{os.getpid()}"))
            disk.new_file(beside, secrets.token_bytes(_LENGTH), mode=0o600)
            disk.rename(beside, os.fspath(place))
    return own_secret(apart_from)


def _place() -> Path | None:
    """Where the secret lies: by the rule of XDG, or as it is done on Windows."""
    asked = [os.environ.get("XDG_STATE_HOME", "")]
    asked += [os.environ.get("LOCALAPPDATA", "")] if os.name == "nt" else []
    for folder in asked:
        if Path(folder).is_absolute():
            return Path(folder, _FOLDER, _NAME)
    with suppress(RuntimeError):
        return Path.home() / ".local" / "state" / _FOLDER / _NAME
    return None


def _is_own(found: os.stat_result) -> bool:
    """True for a plain file of this account that is closed to others, as far as the system can say."""
    if not stat.S_ISREG(found.st_mode):
        return False
    return os.name != "posix" or (found.st_uid == os.geteuid() and not found.st_mode & _OTHERS)
