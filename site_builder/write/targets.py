"""Where a site may be published, and where it must not."""

from __future__ import annotations

from pathlib import Path

from site_builder.rooms import ROOM

OWNERSHIP = ".site-builder.json"
# What only a program of its own writes into.
_KEPT_BY_OTHERS = frozenset({".git", ".hg", ".svn", ".bzr", ".jj", ROOM})


class OutputError(Exception):
    """An output folder that cannot be written to, or must not be; `repair` says what to do."""

    def __init__(self, problem: str, repair: str) -> None:
        super().__init__(problem)
        self.repair = repair


class BusyError(OutputError):
    """An output folder that another run is publishing into."""


class ArchiveError(OutputError):
    """An archive that could not be put in its place, beside a site that could."""


def check_output(output: Path, project: Path) -> None:
    """Raises `OutputError` unless the folder may be written to: it is ours, empty, or not there yet."""
    resolved, home = output.resolve(), project.resolve()
    if _holds(resolved, home) or _holds(resolved, Path.home().resolve()):
        raise OutputError(
            f"{output} holds more than a site", "choose a folder of its own with -o, such as public"
        )
    if any(resolved.is_relative_to(home / name) for name in ("content", "themes")):
        raise OutputError(
            f"{output} is where the dossier is written", "choose another folder with -o, such as public"
        )
    _check_neighbours(output, resolved)
    if output.is_symlink():
        raise OutputError(f"{output} is a link to another folder", "name the folder itself with -o")
    if not output.exists():
        return
    if not output.is_dir():
        raise OutputError(f"{output} is a file", "choose another name with -o")
    if output.stat().st_dev != output.resolve().parent.stat().st_dev:
        repair = "choose a folder on it, such as " + str(output / "site")
        raise OutputError(f"{output} is a disk of its own, which cannot be exchanged whole", repair)
    if any(output.iterdir()) and not (output / OWNERSHIP).is_file():
        repair = "choose another folder with -o, or empty this one yourself"
        raise OutputError(f"{output} holds files that site-builder did not make", repair)


def _holds(outer: Path, inner: Path) -> bool:
    """True for a folder that is the other, or above it."""
    return inner.is_relative_to(outer)


def _check_neighbours(output: Path, resolved: Path) -> None:
    for folder in resolved.parents:
        if folder.name in _KEPT_BY_OTHERS or folder.name.endswith(ROOM):
            raise OutputError(
                f"{output} lies in {folder.name}, which is no place for a site",
                "choose another folder with -o, such as public",
            )
        if (folder / OWNERSHIP).is_file():
            raise OutputError(
                f"{output} lies within another site, {folder}",
                "choose a folder outside of it with -o, or publish there with -o " + str(folder),
            )
    if resolved.name in _KEPT_BY_OTHERS or resolved.name.endswith(ROOM):
        raise OutputError(f"{output} is no place for a site", "choose another folder with -o, such as public")


def check_archive(archive: Path, output: Path, project: Path) -> None:
    """Raises `OutputError` unless the file may be written: a ZIP file, in a folder that is there."""
    inside = archive.resolve().parent
    sources = [project.resolve() / name for name in ("content", "themes")]
    if archive.suffix != ".zip" or archive.is_dir() or archive.is_symlink():
        raise OutputError(f"{archive} is no ZIP file", "give --zip a file name that ends with .zip")
    if any(inside.is_relative_to(folder) for folder in (*sources, output.resolve())):
        raise OutputError(
            f"{archive} would lie within the dossier or the site", "choose another place for it"
        )
    if not inside.is_dir():
        raise OutputError(f"the folder of {archive} is not there", "make it, or choose another one")
