"""Starts a dossier: the starter that came with the tool, schemas for editors, and what git must not keep."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from site_builder import disk
from site_builder.codebook import json_schemas
from site_builder.write import OutputError

STARTER = Path(__file__).parent / "starter"
_IGNORED = """\
# What the commands make
/public/
/.site-builder/
/.*.site-builder/

# The kept texts of sources are private, and never published
/content/captures/
"""


def start_dossier(folder: Path) -> tuple[Path, ...]:
    """Writes a dossier that builds into an empty or absent folder; returns its files' paths in it, sorted.

    Raises `OutputError` where the folder holds anything or is none, before any change; after an `OSError`
    the folder is as empty as before.
    """
    _check(folder)
    files = dict(sorted(_files()))
    written: list[Path] = []
    try:
        for path, content in files.items():
            target = folder / path
            disk.make_folders_to(target.parent)
            written.append(target)
            disk.new_file(str(target), content, mode=None)
    except OSError:
        _take_back(written, folder)
        raise
    return tuple(files)


def _check(folder: Path) -> None:
    if folder.is_dir():
        if any(folder.iterdir()):
            repair = "name a new folder, as in: site-builder new my-dossier"
            raise OutputError(f"{folder} is not empty; a dossier is only started where nothing is", repair)
    elif folder.exists() or folder.is_symlink():
        raise OutputError(f"{folder} is not a folder", "choose another name")


def _files() -> Iterator[tuple[Path, bytes]]:
    for path in STARTER.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(STARTER), path.read_bytes()
    for name, schema in _schemas().items():
        yield Path("schemas") / name, schema
    yield Path(".gitignore"), _IGNORED.encode()


def _schemas() -> Mapping[str, bytes]:
    return {
        f"{name}.json": (json.dumps(schema, indent=1, ensure_ascii=False) + "\n").encode()
        for name, schema in json_schemas().items()
    }


def _take_back(written: list[Path], folder: Path) -> None:
    """Removes what was written, with the folders that are then empty."""
    for path in reversed(written):
        with suppress(FileNotFoundError):
            disk.remove(str(path))
        for parent in path.parents[: len(path.relative_to(folder).parts) - 1]:
            with suppress(OSError):
                disk.remove_folder(str(parent))
