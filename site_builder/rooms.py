"""The folder beside an output in which its publications are made, and what it tells without being entered."""

from __future__ import annotations

import os
from pathlib import Path

ROOM = ".site-builder"
# The folder that becomes the site; and the old site, between two renames.
NEXT, ASIDE = "next", "aside"


def room(output: Path) -> Path:
    """Returns the folder beside an output where its publications are made: the lock, and the site before.

    It is nobody else's to read, lest a server that shows what lies around the site shows an old one.
    """
    whole = Path(os.path.abspath(output))  # noqa: PTH100  # a link is not followed
    return whole.with_name(f".{whole.name}{ROOM}")


def is_unfinished(output: Path) -> bool:
    """True while somebody publishes there, and after a publication that was killed."""
    place = room(output)
    return any(os.path.lexists(place / name) for name in (NEXT, ASIDE))
