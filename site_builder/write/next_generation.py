"""The folder that becomes the site: what was just written, and what is the same as before."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from site_builder import disk
from site_builder.render.artifacts import Artifact
from site_builder.write.generations import Entry, Tree, entry, lies_as, parents, walk

# Above this number one call that waits for the whole disk is cheaper than one for each file.
_MANY = 64


@dataclass(kw_only=True)
class Making:
    """A generation in the making, in a room beside the output.

    `staged` says where each new file lies, `touched` which folders have other names in them than before,
    `extra` which files of others have a second name in it, and `moving` what of theirs can have none.
    """

    room: str
    output: str
    staged: dict[str, str] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    extra: dict[str, int] = field(default_factory=dict)
    moving: list[str] = field(default_factory=list)
    has_copies: bool = False
    is_direct: bool = False
    is_over: bool = False

    @property
    def new(self) -> str:
        """The folder for new files until it is known where they belong."""
        return f"{self.room}/new"

    @property
    def next(self) -> str:
        """The folder that becomes the site."""
        return f"{self.room}/next"

    @property
    def older(self) -> str:
        """The generation before the one in the output."""
        return f"{self.room}/older"

    @property
    def base(self) -> str:
        """The folder that becomes the site, by the name that it has before it is worked on."""
        return self.next if self.is_direct else self.older

    def stage(self, artifact: Artifact) -> Entry:
        """Writes a file beside the output and returns how it lies there."""
        if not self.staged:
            self.is_direct = not os.path.lexists(self.older)
            disk.make_folder(self.next if self.is_direct else self.new)
        place = f"{self.new}/{len(self.staged)}"
        if self.is_direct:
            place = f"{self.next}/{artifact.path}"
            self._make_folders(parents((artifact.path,)) - self.touched)
        self.staged[artifact.path] = place
        lies = disk.new_file(place, artifact.content)
        return entry(artifact.sha256, lies)

    def unstage(self, path: str) -> None:
        """Takes back a file that turned out to lie in the output."""
        disk.remove(self.staged.pop(path))

    def fill(
        self, now: dict[str, Entry], kept: Collection[str], tree: Tree, old: Mapping[str, Entry | None]
    ) -> None:
        """Makes of the base what the site is now, by the difference.

        `old` are the files that may be ours in the base, and how they were noted to lie there; `kept` are
        files of others in the output, `tree`. Where a disk knows no second names there are copies, and `now`
        then says how those lie.
        """
        if not self.is_direct:
            disk.rename(self.older, self.next)
        there = walk(self.next, parents((*old, *now)))
        have = set(self._weeded(there, now, old))
        needed = parents((*now, *kept, *tree.others))
        for folder in sorted(set(there.folders) - needed, reverse=True):
            disk.remove_folder(f"{self.next}/{folder}")
            self._touch(folder)
        self._make_folders(needed - set(there.folders))
        for path in now:
            if path not in have:
                self._touch(path)
                self._bring(path, now)
        for path in kept:
            self._touch(path)
            if disk.link(f"{self.output}/{path}", f"{self.next}/{path}"):
                self.extra[path] = tree.files[path].inode()
            else:
                self.moving.append(path)
        self.touched &= {*needed, ""}

    def sync(self) -> None:
        """Waits until the new generation would survive a power cut."""
        if len(self.staged) + len(self.touched) > _MANY and disk.sync_all(self.room):
            return
        for path in self.staged:
            disk.sync(f"{self.next}/{path}")
        for folder in sorted({*self.touched, ""}):
            disk.sync(f"{self.next}/{folder}" if folder else self.next)

    def _weeded(self, there: Tree, now: dict[str, Entry], old: Mapping[str, Entry | None]) -> Iterator[str]:
        """Takes away what is no longer of the site, or not as it is now; yields the files that may stay."""
        for path, item in there.files.items():
            wanted, noted = now.get(path), old.get(path)
            if wanted and item.inode() == wanted.inode:
                yield path
            elif wanted and noted and path not in self.staged and _holds(item, noted, wanted):
                now[path], self.has_copies = noted, True
                yield path
            elif path not in self.staged and (wanted or path in old):
                disk.remove(f"{self.next}/{path}")
                self._touch(path)

    def _bring(self, path: str, now: dict[str, Entry]) -> None:
        target = f"{self.next}/{path}"
        if path in self.staged:
            disk.rename(self.staged[path], target)
        elif not disk.link(f"{self.output}/{path}", target):
            lies = disk.new_file(target, Path(self.output, path).read_bytes())
            now[path], self.has_copies = entry(now[path].sha256, lies), True
            self.staged[path] = target

    def _make_folders(self, folders: Iterable[str]) -> None:
        for folder in sorted(folders):
            disk.make_folder(f"{self.next}/{folder}")
            self.touched.add(folder)
            self._touch(folder)

    def _touch(self, path: str) -> None:
        self.touched.add(path.rpartition("/")[0])


def _holds(item: os.DirEntry[str], noted: Entry, wanted: Entry) -> bool:
    """True for a file that lies as noted, with the bytes that are wanted."""
    return noted.sha256 == wanted.sha256 and lies_as(noted, item.stat(follow_symlinks=False))
