"""Takes away what publications keep beside a site, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from site_builder import disk
from site_builder.rooms import room
from site_builder.write.exchange import remove_tree
from site_builder.write.generations import NOTE, load_note
from site_builder.write.locks import locked
from site_builder.write.recovery import recover

# What a publication makes in its room, beside the lock; see `publication.py`.
_KEPT = ("older", "next", "aside", "new")
_NOTES = (NOTE, f"{NOTE}.new")


def purge_room(output: Path, tell: Callable[[str], None]) -> tuple[str, ...]:
    """Removes the generation before, what killed publications left, and the note; returns what was there.

    The site itself stays. What is somebody else's in the older generation goes to the site first; raises
    `OutputError` where it cannot. The next publication writes every file anew.
    """
    place = room(output)
    if not place.is_dir():
        return ()
    with locked(place, wait=True, tell=tell):
        recover(place, os.path.abspath(output), load_note(place), tell)
        return tuple(_removed(place))


def _removed(place: Path) -> Iterator[str]:
    for name in _KEPT:
        if (place / name).is_dir():
            remove_tree(os.fspath(place / name))
            yield f"{place.name}/{name}"
    for name in _NOTES:
        if (place / name).is_file():
            disk.remove(os.fspath(place / name))
            yield f"{place.name}/{name}"
