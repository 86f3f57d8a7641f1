"""What a publication that was killed has left behind, mended by the next command."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from site_builder import disk
from site_builder.rooms import ASIDE, NEXT, room
from site_builder.write.exchange import remove_tree
from site_builder.write.generations import Note, inode, listed, load_note, parents, walk
from site_builder.write.locks import locked
from site_builder.write.targets import OWNERSHIP, BusyError, OutputError


def mend(output: Path, tell: Callable[[str], None]) -> None:
    """Brings into order what a killed publication has left; what another one is at work on is left to it.

    Raises `OutputError` where people must.
    """
    place = room(output)
    with suppress(BusyError), locked(place, wait=False, tell=tell):
        recover(place, os.path.abspath(output), load_note(place), tell)


def recover(place: Path, output: str, note: Note, tell: Callable[[str], None]) -> None:
    """Brings a room into the state in which a publication leaves it. Raises `OutputError` where people must.

    What lies in the older generation and is nobody's but others', such as what a program wrote that had
    been working in the output when it was exchanged, goes to the output.
    """
    aside, following, older = (os.fspath(place / name) for name in (ASIDE, NEXT, "older"))
    if inode(aside) and not inode(output):
        disk.rename(aside, output)
        tell("the last publication was interrupted between two steps: the site from before it is back")
    remove_tree(os.fspath(place / "new"))
    for left in (aside, following, older):
        if inode(left):
            _settle(left, output, note, tell)
    for left in (aside, following):
        if inode(left) and inode(older):
            remove_tree(left)
        elif inode(left):
            disk.rename(left, older)


def names(folder: str, note: Note) -> Collection[str] | None:
    """Returns every path that may be ours in an older generation; None where all is: it never was a site."""
    table = note.tables.get(inode(folder)) or listed(folder)
    return None if table is None else {OWNERSHIP, *table, *note.leaving}


def _settle(folder: str, output: str, note: Note, tell: Callable[[str], None]) -> None:
    """Moves what is others' from an older generation to the output."""
    ours = names(folder, note)
    if ours is None:
        remove_tree(folder)
        return
    tree = walk(folder, parents(ours))
    for path, item in tree.files.items():
        if path not in ours:
            _settle_file(path, item, output, note, tell)
    for path in tree.others:
        _settle_folder(f"{folder}/{path}", f"{output}/{path}", tell)
    for path in reversed(tree.folders):
        if not os.listdir(f"{folder}/{path}"):
            disk.remove_folder(f"{folder}/{path}")


def _settle_file(
    path: str, item: os.DirEntry[str], output: str, note: Note, tell: Callable[[str], None]
) -> None:
    there = f"{output}/{path}"
    if item.inode() in {note.extra.get(path), inode(there)}:
        disk.remove(item.path)
    else:
        _move(item.path, there, tell)


def _settle_folder(old: str, new: str, tell: Callable[[str], None]) -> None:
    if not os.path.lexists(new):
        _move(old, new, tell)
        return
    with os.scandir(old) as found:
        items = list(found)
    for item in items:
        target = f"{new}/{item.name}"
        if item.is_dir(follow_symlinks=False):
            _settle_folder(item.path, target, tell)
        elif item.inode() == inode(target):
            disk.remove(item.path)
        else:
            _move(item.path, target, tell)
    disk.remove_folder(old)


def _move(old: str, new: str, tell: Callable[[str], None]) -> None:
    if os.path.lexists(new) or not os.path.isdir(os.path.dirname(new)):
        repair = "move it where you want to have it, then build again; nothing was changed"
        raise OutputError(f"{old} is not site-builder's, and its place in the site is taken or gone", repair)
    disk.rename(old, new)
    tell(f"{new} was left behind when the site was replaced: it is put back")
