"""Removes what builds keep beside sources and site: nothing that was deleted stays there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from site_builder import disk
from site_builder.cache.shelf import CACHE, Shelf
from site_builder.verify import (
    LARGEST_LIST,
    MANIFEST,
    CannotVerifyError,
    Listed,
    ListError,
    content,
    opened,
    read_manifest,
)
from site_builder.write import purge_room


def purge(project: Path, outputs: tuple[Path, ...], tell: Callable[[str], None]) -> tuple[str, ...]:
    """Removes the cache, the older generations of these outputs, and what killed runs left; returns what was.

    The sources and the sites themselves stay, and so does whatever site-builder did not make.
    """
    for output in outputs:
        _tell_of_archive(output, tell)
    rooms = (name for output in outputs for name in purge_room(output, tell))
    return (*_cache(project, tell), *rooms, *_left(project, outputs))


def _tell_of_archive(output: Path, tell: Callable[[str], None]) -> None:
    """Tells of an archive beside a site that holds another one, such as the site from before."""
    archive = output.with_name(f"{output.name}.zip")
    site, packed = _listed(output), _listed(archive)
    if site and packed and site.keys() != packed.keys():
        tell(f"{archive.name} holds another site than {output.name}/: build with --zip, or delete it")


def _listed(place: Path) -> Mapping[str, Listed]:
    """The files that a folder or an archive lists; none where there is no list that can be read."""
    with suppress(OSError, CannotVerifyError, ListError):
        if text := content(opened(place), MANIFEST, LARGEST_LIST):
            return read_manifest(text).files
    return {}


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
