"""Floor 6: the only code that changes the disk. A site is published whole or not at all.

The files are written beside the output folder, then the two folders change places in one step. The output
carries a list of what it holds; a folder that holds anything and has no such list is not ours, and is
refused.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from site_builder.render import Artifact

OWNERSHIP = ".site-builder.json"
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux' renameat2(2)
_HERE = -100  # AT_FDCWD
_FOLDER_MODE = 0o755
_FILE_MODE = 0o644


class OutputError(Exception):
    """An output folder that cannot be written to, or must not be; `repair` says what to do."""

    def __init__(self, problem: str, repair: str) -> None:
        super().__init__(problem)
        self.repair = repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a publication changed: the paths of files that are new, other than before, or gone.

    `paths` are all that are there now and are ours.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    files: int
    bytes: int
    paths: tuple[str, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """True if the site was already there, byte for byte; then nothing was written."""
        return not (self.added or self.changed or self.removed)


def check_output(output: Path, project: Path) -> None:
    """Raise `OutputError` unless the folder may be written to: it is ours, empty, or not there yet."""
    resolved = output.resolve()
    protected = {Path(resolved.anchor), Path.home().resolve(), project.resolve()}
    sources = [project.resolve() / name for name in ("content", "themes")]
    if resolved in protected or project.resolve().is_relative_to(resolved):
        raise OutputError(
            f"{output} holds more than a site", "choose a folder of its own with -o, such as public"
        )
    if any(resolved == source or resolved.is_relative_to(source) for source in sources):
        raise OutputError(
            f"{output} is where the dossier is written", "choose another folder with -o, such as public"
        )
    if output.is_symlink():
        raise OutputError(f"{output} is a link to another folder", "name the folder itself with -o")
    if not output.exists():
        return
    if not output.is_dir():
        raise OutputError(f"{output} is a file", "choose another name with -o")
    if any(output.iterdir()) and not (output / OWNERSHIP).is_file():
        repair = "choose another folder with -o, or empty this one yourself"
        raise OutputError(f"{output} holds files that site-builder did not make", repair)


def write(artifacts: Iterable[Artifact], output: Path, project: Path) -> Written:
    """Publish the files; an unchanged site is left untouched. Raises `OutputError` before any change."""
    check_output(output, project)
    files = {artifact.path: artifact.content for artifact in artifacts}
    listed = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    before = _listed(output)
    written = _difference(before, listed, files)
    if written.is_unchanged and _is_whole(output, listed):
        return written
    output.parent.mkdir(parents=True, exist_ok=True)
    foreign = _foreign(output, before)
    fresh = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    try:
        _fill(fresh, files, listed)
        _keep(foreign, output, fresh)
        _publish(fresh, output)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return written


def check_archive(archive: Path, output: Path, project: Path) -> None:
    """Raise `OutputError` unless the file may be written: a ZIP file, in a folder that is there."""
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


def write_archive(content: bytes, archive: Path) -> bool:
    """Put the archive in its place in one step; False where it was there already, byte for byte."""
    with suppress(OSError):
        if archive.read_bytes() == content:
            return False
    handle, fresh = tempfile.mkstemp(prefix=f".{archive.name}-", dir=archive.parent)
    os.close(handle)
    try:
        _write_file(Path(fresh), content)
        Path(fresh).replace(archive)
    finally:
        Path(fresh).unlink(missing_ok=True)
    return True


def _listed(output: Path) -> Mapping[str, str]:
    try:
        found = json.loads((output / OWNERSHIP).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {str(path): str(digest) for path, digest in found.items()} if isinstance(found, dict) else {}


def _difference(before: Mapping[str, str], now: Mapping[str, str], files: Mapping[str, bytes]) -> Written:
    return Written(
        added=tuple(sorted(path for path in now if path not in before)),
        changed=tuple(sorted(path for path in now if path in before and before[path] != now[path])),
        removed=tuple(sorted(path for path in before if path not in now)),
        files=len(now),
        bytes=sum(len(content) for content in files.values()),
        paths=(*now, OWNERSHIP),
    )


def _is_whole(output: Path, listed: Mapping[str, str]) -> bool:
    with suppress(OSError):
        return all(
            hashlib.sha256((output / path).read_bytes()).hexdigest() == digest
            for path, digest in listed.items()
        )
    return False


def _foreign(output: Path, ours: Mapping[str, str]) -> tuple[str, ...]:
    """The files and empty folders in the output that are not ours: a host's, say; they are kept."""
    if not output.is_dir():
        return ()
    known = {*ours, OWNERSHIP}
    found = (
        path.relative_to(output).as_posix()
        for path in sorted(output.rglob("*"))
        if not path.is_dir() or path.is_symlink() or not any(path.iterdir())
    )
    return tuple(path for path in found if path not in known)


def _keep(foreign: Iterable[str], output: Path, fresh: Path) -> None:
    for path in foreign:
        target = fresh / path
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            if (output / path).is_symlink():
                target.symlink_to((output / path).readlink())
            elif (output / path).is_dir():
                target.mkdir()
            else:
                target.hardlink_to(output / path)


def _fill(folder: Path, files: Mapping[str, bytes], listed: Mapping[str, str]) -> None:
    # The same modes whatever the author's umask is: a host copies them.
    folder.chmod(_FOLDER_MODE)
    for path, content in files.items():
        _write_file(folder / path, content)
    note = "Made by site-builder: it replaces and removes the files listed here, and no others."
    document = {"note": note, "files": dict(sorted(listed.items()))}
    _write_file(folder / OWNERSHIP, (json.dumps(document, indent=1) + "\n").encode())


def _write_file(path: Path, content: bytes) -> None:
    for parent in reversed(path.parents):
        if not parent.exists():
            parent.mkdir()
            parent.chmod(_FOLDER_MODE)
    with path.open("wb") as target:
        path.chmod(_FILE_MODE)
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


def _publish(fresh: Path, output: Path) -> None:
    if not output.exists():
        fresh.rename(output)
        return
    if not _exchange(fresh, output):
        aside = fresh.with_name(fresh.name + "-old")
        output.rename(aside)
        try:
            fresh.rename(output)
        except OSError:
            aside.rename(output)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system has no such call."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
