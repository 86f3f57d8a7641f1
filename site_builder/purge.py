"""Removes what builds keep beside sources and site: nothing that was deleted stays there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from site_builder import disk
from site_builder.cache.shelf import CACHE, Shelf
from site_builder.write import purge_room


def purge(project: Path, outputs: tuple[Path, ...], tell: Callable[[str], None]) -> tuple[str, ...]:
    """Remove the cache, the older generations of these outputs, and what killed runs left; return what was.

    The sources and the sites themselves stay, and so does whatever site-builder did not make.
    """
    rooms = (name for output in outputs for name in purge_room(output, tell))
    return (*_cache(project, tell), *rooms, *_left(project, outputs))


def _cache(project: Path, tell: Callable[[str], None]) -> Iterator[str]:
    shelf = Shelf(project / CACHE)
    if not shelf.is_ours():
        return
    names = shelf.clear()
    if (project / CACHE).exists():
        tell(f"{CACHE}/ holds files that site-builder did not make: they were left alone")
    if names:
        yield CACHE


def _left(project: Path, outputs: tuple[Path, ...]) -> Iterator[str]:
    """What a run that was killed leaves beside the file that it was putting in place."""
    places = [project / "content", *(output.parent for output in outputs)]
    for place in dict.fromkeys(places):
        depth = "**/" if place == project / "content" else ""
        for path in sorted(place.glob(f"{depth}.?*.new")):
            name = path.name.removeprefix(".").removesuffix(".new")
            if path.is_file() and not path.is_symlink() and _was_being_written(path.with_name(name), outputs):
                disk.remove(os.fspath(path))
                yield os.path.relpath(path, project)


def _was_being_written(target: Path, outputs: tuple[Path, ...]) -> bool:
    archives = {output.with_name(f"{output.name}.zip") for output in outputs}
    return target.is_file() or target.name == "ledger.yaml" or target in archives
