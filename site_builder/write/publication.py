"""One publication: a new generation beside the old one, then one exchange.

Beside the output `public` lies a room, `.public.site-builder`, with

- `lock`: held by whoever publishes;
- `older`: the generation before, for readers who are in the midst of it;
- `new`, `next`: files and the folder of a publication in the making; `aside`: the old site, for the moment
  between two renames on a system that cannot exchange folders;
- `note`: how each file lay on the disk when it was written.

Whatever moment a publication is killed at, the output is the old site or the new one, and the next command
on the project mends the room.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from site_builder.render.artifacts import Artifact, Known
from site_builder.rooms import room
from site_builder.write.exchange import clear, keep_older, take_over
from site_builder.write.generations import (
    Entry,
    Note,
    Tree,
    entry,
    inode,
    is_same_file,
    known,
    list_bytes,
    load_note,
    parents,
    save_note,
    standing,
    walk,
)
from site_builder.write.locks import locked
from site_builder.write.next_generation import Making
from site_builder.write.recovery import names, recover
from site_builder.write.targets import OWNERSHIP, OutputError, check_output

# Of a file in the output that is not as it should be.
_UNKNOWN = Entry("", 0, 0, 0, 0)


def say_nothing(_: str) -> None:
    """Tells nobody what a publication waits for or had to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a publication changed: the paths of files that are new, other than before, or gone.

    `paths` are all that are there now and are ours; `listed` is the sum of their list.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    files: int
    bytes: int
    paths: tuple[str, ...] = ()
    listed: str = ""

    @property
    def is_unchanged(self) -> bool:
        """True if the site was already there, byte for byte; then nothing was written."""
        return not (self.added or self.changed or self.removed)


@contextmanager
def publication(
    output: Path, project: Path, *, wait: bool = True, tell: Callable[[str], None] = say_nothing
) -> Iterator[Publication]:
    """Holds an output folder for one publication; nobody else publishes into it meanwhile.

    Raises `OutputError` before any change where the folder must not be written to, and `BusyError` where
    somebody else holds it and there is to be no waiting. `tell` is told what is waited for, or was mended.
    """
    check_output(output, project)
    place = room(output)
    with locked(place, wait, tell):
        note = load_note(place)
        recover(place, os.path.abspath(output), note, tell)
        # Whoever held the lock before may have made a folder of it that is not to be written to.
        check_output(output, project)
        yield Publication(output, project, place, note)


class Publication:
    """The right to publish into one folder, once."""

    def __init__(self, output: Path, project: Path, place: Path, note: Note) -> None:
        self._shown, self._project, self._room = output, project, place
        self._output = os.path.abspath(output)
        self._note = note
        self._ours = known(self._output, self._note)

    @cached_property
    def _tree(self) -> Tree:
        if not inode(self._output):
            return Tree(files={}, folders=(), others=())
        return walk(self._output, parents(self._ours))

    @cached_property
    def _standing(self) -> dict[str, Entry]:
        return standing(self._output, self._tree, self._ours, self._note.moment)

    @property
    def standing(self) -> Mapping[str, Entry]:
        """The files of the site that are in the output as they should be: these may be given as `Known`."""
        return {path: one for path, one in self._standing.items() if path != OWNERSHIP}

    def stands(self, listed: str) -> bool:
        """True if the site of the list with that sum is in the output, as it was published and whole."""
        own = self._standing.get(OWNERSHIP)
        return own is not None and own.sha256 == listed and self._standing == self._ours

    def publish(self, artifacts: Iterable[Artifact | Known], site: str = "") -> Written:
        """Publishes these files and no others of ours; an unchanged site is left untouched.

        Files are written as they come, so that no more of them need be in memory than one. `site` says in a
        few words what is published: another project's site of other words is not replaced. Raises
        `OutputError` before any change of the output; after an `OSError` the output is as it was.
        """
        self._check_site(site)
        making = Making(room=os.fspath(self._room), output=self._output)
        try:
            now = self._taken(artifacts, making)
            written = self._difference(now)
            content = list_bytes(now)
            own = self._standing.get(OWNERSHIP)
            written = replace(written, listed=hashlib.sha256(content).hexdigest())
            is_listed = own is not None and own.sha256 == written.listed
            if not making.staged and is_listed and own and not written.removed:
                self._note_again({**now, OWNERSHIP: own}, site)
            else:
                now[OWNERSHIP] = making.stage(Artifact(OWNERSHIP, content))
                self._exchange(now, making, site)
        except BaseException:
            clear(making)
            raise
        return written

    def _taken(self, artifacts: Iterable[Artifact | Known], making: Making) -> dict[str, Entry]:
        """Every file of the site by path; what does not stand in the output has been written beside it."""
        now: dict[str, Entry] = {}
        for artifact in artifacts:
            path, there = artifact.path, self._standing.get(artifact.path)
            if path in now:
                raise ValueError(f"two files of one site have one path: {path}")
            if isinstance(artifact, Known):
                if there is None or there.sha256 != artifact.sha256:
                    raise ValueError(f"a file was said to stand in the output, and does not: {path}")
                now[path] = there
            elif there and there.sha256 == artifact.sha256:
                now[path] = there
            else:
                now[path] = making.stage(artifact)
        return now

    def _difference(self, now: Mapping[str, Entry]) -> Written:
        before, there = self._ours, self._standing
        return Written(
            added=tuple(sorted(path for path in now if path not in before)),
            changed=tuple(sorted(path for path in now if path in before and there.get(path) != now[path])),
            removed=tuple(sorted(path for path in before if path not in now and path != OWNERSHIP)),
            files=len(now),
            bytes=sum(one.size for one in now.values()),
            paths=(*now, OWNERSHIP),
        )

    def _exchange(self, now: dict[str, Entry], making: Making, site: str) -> None:
        tree = self._unfolded(now)
        kept = self._kept(now, making, tree)
        ours = {path: self._standing.get(path) or one or _UNKNOWN for path, one in self._ours.items()}
        base = inode(making.base)
        noted = self._note.tables.get(base, {})
        old = {path: noted.get(path) for path in names(making.base, self._note) or ()}
        note = Note(
            project=self._whose(),
            site=site,
            tables={base: now, inode(self._output): ours} if ours else {base: now},
            leaving=frozenset(old.keys() - now.keys()),
            extra={path: tree.files[path].inode() for path in kept},
        )
        save_note(self._room, note)
        making.fill(now, kept, tree, old)
        if making.has_copies:
            save_note(self._room, note)
        making.sync()
        take_over(making, tree.others)
        keep_older(making, ours, tree.others)

    def _whose(self) -> str:
        return os.path.abspath(self._project)

    def _unfolded(self, now: Mapping[str, Entry]) -> Tree:
        """The output as found; folders of others that files of ours are to lie in are told file by file."""
        tree, needed = self._tree, parents(now)
        while entered := [path for path in tree.others if path in needed]:
            files, folders, others = dict(tree.files), [*tree.folders], set(tree.others)
            for path in entered:
                inside = walk(self._output, (), path)
                files.update(inside.files)
                folders.append(path)
                others = others - {path} | set(inside.others)
            tree = Tree(files=files, folders=tuple(sorted(folders)), others=tuple(sorted(others)))
        return tree

    def _kept(self, now: dict[str, Entry], making: Making, tree: Tree) -> tuple[str, ...]:
        """The files of others, by path. Raises `OutputError` where one lies in the way of a file of ours."""
        needed = parents(now)
        kept = []
        for path in sorted({*tree.files} - {*self._ours}):
            in_place = f"{self._output}/{path}"
            if path in now and is_same_file(in_place, now[path].sha256):
                making.unstage(path)
                now[path] = entry(now[path].sha256, os.lstat(in_place))
            elif path in now or path in needed:
                raise self._in_the_way(path)
            else:
                kept.append(path)
        for path in tree.others:
            if path in now:
                raise self._in_the_way(path)
        return tuple(kept)

    def _in_the_way(self, path: str) -> OutputError:
        return OutputError(
            f"{self._shown / path} is not site-builder's, and lies where the site has a file of its own",
            "move it elsewhere, or publish into another folder with -o; nothing was changed",
        )

    def _check_site(self, site: str) -> None:
        note = self._note
        is_other = site and note.site and site != note.site
        if is_other and note.project != self._whose() and Path(note.project, "content").is_dir():
            raise OutputError(
                f"{self._shown} holds the site of another project, {note.project}: {note.site}",
                "choose another folder with -o, or remove this one yourself if it is to be replaced",
            )

    def _note_again(self, now: Mapping[str, Entry], site: str) -> None:
        """Notes what had to be read, so that it need not be read the next time."""
        if self._note.tables.get(inode(self._output)) == now:
            return
        older = inode(os.fspath(self._room / "older"))
        tables = {inode(self._output): now, older: self._note.tables.get(older, {})}
        save_note(self._room, Note(project=self._whose(), site=site, tables=tables))
