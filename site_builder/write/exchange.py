"""The one step in which a site becomes another, and the way back where it cannot be taken."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from contextlib import suppress

from site_builder import disk
from site_builder.write.generations import NOTE, inode, parents
from site_builder.write.next_generation import Making


def take_over(making: Making, folders: Iterable[str]) -> None:
    """Lets the new generation and the output change places; `folders` of others go from one to the other.

    After an `OSError` the output is as it was, unless the disk refuses the way back as well: then it is new.
    """
    moved: list[str] = []
    try:
        for path in (*making.moving, *folders):
            disk.rename(f"{making.output}/{path}", f"{making.next}/{path}")
            moved.append(path)
        _swap(making)
        try:
            disk.sync(os.path.dirname(making.output))
        except OSError:
            making.is_over = True
            _swap(making)
            making.is_over = False
            raise
    except BaseException:
        if not making.is_over:
            _move_back(making, moved)
        raise
    making.is_over = True


def _swap(making: Making) -> None:
    if not inode(making.output):
        disk.rename(making.next, making.output)
    elif not inode(making.next):
        disk.rename(making.output, making.next)
    elif not disk.exchange(making.next, making.output):
        aside = f"{making.room}/aside"
        disk.rename(making.output, aside)
        try:
            disk.rename(making.next, making.output)
        except OSError:
            disk.rename(aside, making.output)
            raise
        disk.rename(aside, making.next)


def _move_back(making: Making, moved: Iterable[str]) -> None:
    """Puts folders of others back where they were; one that cannot be put back is not to be cleared away."""
    for path in moved:
        try:
            disk.rename(f"{making.next}/{path}", f"{making.output}/{path}")
        except OSError:
            making.is_over = True


def keep_older(making: Making, ours: Collection[str], folders: Collection[str]) -> None:
    """Keeps the generation that was the site until now, without the second names of what is others'.

    Nothing of this has to succeed: what is left to do is done by the next publication.
    """
    with suppress(OSError):
        if not ours:
            # It was an empty folder that somebody had made for the site.
            disk.remove_folder(making.next)
        for path in making.extra:
            disk.remove(f"{making.next}/{path}")
        for folder in sorted(
            parents((*making.extra, *making.moving, *folders)) - parents(ours), reverse=True
        ):
            disk.remove_folder(f"{making.next}/{folder}")
        disk.rename(making.next, making.older)
    clear(making)


def clear(making: Making) -> None:
    """Takes away what a publication that failed, or is done, has left in its room."""
    with suppress(OSError):
        remove_tree(making.new)
    if not making.is_over:
        with suppress(OSError):
            remove_tree(making.next)
            if not inode(making.output):
                disk.remove(f"{making.room}/{NOTE}")


def remove_tree(folder: str) -> None:
    """Takes away a folder of our own, if it is there, with all that is in it; links are not followed."""
    if not inode(folder):
        return
    with os.scandir(folder) as found:
        items = list(found)
    for item in items:
        if item.is_dir(follow_symlinks=False):
            remove_tree(item.path)
        else:
            disk.remove(item.path)
    disk.remove_folder(folder)
