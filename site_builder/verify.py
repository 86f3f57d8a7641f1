"""Says whether a copy of a site is the one that its list describes, and who has signed that list.

This file needs Python 3.11 or newer and nothing else, so that a reader can keep it, read it and run it alone:

    python3 verify.py DIR|ZIP [--signed-by FILE] [--at-least NUMBER]

Take it from where the tool is published, and not from the copy that is to be judged.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import stat
import subprocess
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.sig"
NAMESPACE = "site-builder"
FORMAT = "site-builder-manifest"
VERSION = 1
# Beside the site: the list cannot list itself, and the tool's own note is for its disk alone.
_UNLISTED = frozenset({MANIFEST, SIGNATURE, ".site-builder.json"})

LARGEST_LIST = 256 * 2**20
_LARGEST_SIGNATURE = 2**12
_CHUNK = 2**20
_DIGEST = re.compile(r"[0-9a-f]{64}")
# What a damaged or encrypted archive, a disk, and a file that may not be read answer with.
_DAMAGE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:]|^/|//|/$|(?:^|/)\.\.?(?:/|$)")

IS_WHOLE, DIFFERS, CANNOT = 0, 1, 2


class CannotVerifyError(Exception):
    """What keeps a copy from being judged at all; the text says what to do."""


class ListError(Exception):
    """A list of files that is none, or says what no list of ours says."""


@dataclass(frozen=True)
class Listed:
    """What the list says of a file."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a list says; `sequence` is the last release's number, or 0; `rehearsal` a moment shown ahead."""

    files: Mapping[str, Listed]
    title: str
    base_url: str
    edition: str
    sequence: int
    is_release: bool
    is_preview: bool
    rehearsal: str = ""


@dataclass(frozen=True)
class Finding:
    """One difference: `kind` is a word, `what` the path or the sentence."""

    kind: str
    what: str


@dataclass(frozen=True)
class Verdict:
    """What was found; `signer` is who has signed the list, where that was asked for and is so."""

    findings: tuple[Finding, ...]
    manifest: Manifest | None = None
    signer: str = ""
    is_signed: bool = False

    @property
    def is_whole(self) -> bool:
        """True if the copy is the site that its list describes, and all else that was asked for holds."""
        return not self.findings


@dataclass(frozen=True)
class Copy:
    """A copy of a site: `odd` names what lies in it and is no file of one name; `reader` opens one."""

    paths: tuple[str, ...]
    odd: tuple[str, ...]
    reader: Callable[[str], AbstractContextManager[IO[bytes]]]


def folder(root: Path) -> Copy:
    """Returns the copy in a folder; links are not followed."""
    found = [path for path in sorted(root.rglob("*")) if path.is_symlink() or not path.is_dir()]
    plain = [path.relative_to(root).as_posix() for path in found if stat.S_ISREG(path.lstat().st_mode)]
    odd = {path.relative_to(root).as_posix() for path in found} - set(plain)
    return Copy(tuple(plain), tuple(sorted(odd)), lambda path: (root / path).open("rb"))


def archive(file: Path) -> Copy:
    """Returns the copy in a ZIP file, in the one folder that it holds or at its top."""
    try:
        opened = zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise CannotVerifyError(f"{file} is neither a folder nor a ZIP file") from None
    entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    names = Counter(entry.filename for entry in entries)
    tops = {name.partition("/")[0] for name in names}
    top = f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""
    links = {entry.filename for entry in entries if stat.S_ISLNK(entry.external_attr >> 16)}
    odd = links | {name for name, count in names.items() if count > 1}
    paths = tuple(sorted(name.removeprefix(top) for name in names))
    read = opened.open
    return Copy(paths, tuple(sorted(odd)), lambda path: read(top + path))


def verify(place: Path, signers: Path | None = None, at_least: int = 0) -> Verdict:
    """Compares a copy with its list, the list with its signature, and its number with the least that will do.

    `signers` is a file in the format of `allowed_signers` of ssh-keygen(1). Raises `CannotVerifyError`.
    """
    if signers and place.is_dir() and signers.resolve().is_relative_to(place.resolve()):
        raise CannotVerifyError(f"{signers} lies in the copy: who changed the one can have changed the other")
    copy = opened(place)
    is_signed, text = SIGNATURE in copy.paths, content(copy, MANIFEST, LARGEST_LIST)
    if text is None:
        why = "lacks its list of files, or it cannot be read"
        return Verdict((Finding("unlisted", f"{MANIFEST}: the copy {why}"),), is_signed=is_signed)
    try:
        manifest = read_manifest(text)
    except ListError as error:
        return Verdict((Finding("list", f"{MANIFEST}: {error}"),), is_signed=is_signed)
    findings = list(differences(copy, manifest))
    if manifest.is_preview or manifest.rehearsal:
        kind = "preview" if manifest.is_preview else "rehearsal"
        told = f"a {kind}" if manifest.is_preview else f"{manifest.rehearsal}, built ahead of it"
        findings.insert(0, Finding(kind, f"these are pages of {told}, which are not for publishing"))
    if manifest.sequence < at_least:
        told = f"its list has the number {manifest.sequence}, and {at_least} was asked for"
        findings.insert(0, Finding("older", told))
    signature = content(copy, SIGNATURE, _LARGEST_SIGNATURE)
    signer, problem = signed_by(text, signature, signers) if signers else ("", "")
    if problem:
        findings.insert(0, Finding("signature", problem))
    return Verdict(tuple(findings), manifest, signer, is_signed)


def opened(place: Path) -> Copy:
    """Returns the copy in a folder or a ZIP file. Raises `CannotVerifyError`."""
    if not place.exists():
        raise CannotVerifyError(f"{place} is not there")
    return folder(place) if place.is_dir() else archive(place)


def content(copy: Copy, path: str, limit: int) -> bytes | None:
    """Returns the bytes of a file, or None where there is none of at most that size that can be read."""
    if path not in copy.paths:
        return None
    try:
        with copy.reader(path) as file:
            found = file.read(limit + 1)
    except _DAMAGE:
        return None
    return found if len(found) <= limit else None


def read_manifest(text: bytes) -> Manifest:
    """Returns what a list says. Raises `ListError` for one that could be read in two ways, or is not ours."""
    try:
        found = json.loads(text.decode("utf-8"), object_pairs_hook=_once)
    except (RecursionError, ValueError):
        raise ListError("it is not JSON in UTF-8") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ListError("it is no list of a site")
    if found.get("version") != VERSION:
        raise ListError(f"it is of version {found.get('version')}, and this program reads version {VERSION}")
    sequence, is_preview = found.get("sequence", 0), found.get("preview", False) is not False
    if isinstance(sequence, bool) or not isinstance(sequence, int) or sequence < 0:
        raise ListError("its number is none")
    return Manifest(
        files={} if is_preview else _listed(found.get("files")),
        title=str(found.get("title", "")),
        base_url=str(found.get("base_url", "")),
        edition=str(found.get("edition", "")),
        sequence=sequence,
        is_release=found.get("is_release") is True,
        is_preview=is_preview,
        rehearsal=str(found.get("rehearsal", "")),
    )


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ListError("it says one thing twice")
    return found


def _listed(entries: object) -> Mapping[str, Listed]:
    found: dict[str, Listed] = {}
    last = ""
    for entry in entries if isinstance(entries, list) else [None]:
        path, size, digest = (
            (entry.get("path"), entry.get("size"), entry.get("sha256"))
            if isinstance(entry, dict) and len(entry) == len(("path", "size", "sha256"))
            else (None, None, None)
        )
        if not isinstance(path, str) or not path or _UNSAFE.search(path) or path in _UNLISTED:
            raise ListError(f"it names a file that no site has: {path!r}")
        if type(size) is not int or size < 0 or not _DIGEST.fullmatch(str(digest)):
            raise ListError(f"it has no size or no sum for {path}")
        if path <= last:
            raise ListError(f"its files are not in order, or stand there twice: {path}")
        found[path] = Listed(size, str(digest))
        last = path
    return found


def differences(copy: Copy, manifest: Manifest) -> Iterator[Finding]:
    """Yields every file that is other than listed, gone, not listed, or there under another name."""
    present = set(copy.paths) - _UNLISTED
    for path in copy.odd:
        yield Finding("odd", path)
    for path in sorted(present & manifest.files.keys()):
        if _measured(copy, path, manifest.files[path].size) != manifest.files[path]:
            yield Finding("changed", path)
    # What is gone and lies there under another name was renamed; it is still not where pages lead.
    missing = {manifest.files[path]: path for path in sorted(manifest.files.keys() - present)}
    largest = max((listed.size for listed in missing), default=0)
    moved = set()
    for path in sorted(present - manifest.files.keys()):
        found = _measured(copy, path, largest) if missing else None
        old = missing[found] if found in missing and found is not None else ""
        moved.add(old)
        yield Finding("renamed", f"{old} is now {path}") if old else Finding("extra", path)
    for path in sorted(manifest.files.keys() - present - moved):
        yield Finding("missing", path)


def _measured(copy: Copy, path: str, limit: int) -> Listed | None:
    """A file's size and sum, or None where it cannot be read or is longer than the limit.

    No more than that is read: an archive can unfold into more than a disk holds.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with copy.reader(path) as file:
            while size <= limit and (chunk := file.read(_CHUNK)):
                digest.update(chunk)
                size += len(chunk)
    except _DAMAGE:
        return None
    return Listed(size, digest.hexdigest()) if size <= limit else None


def signed_by(text: bytes, signature: bytes | None, signers: Path) -> tuple[str, str]:
    """Returns who has signed a list, or nobody and why not. Raises `CannotVerifyError` without ssh-keygen."""
    if not signers.is_file():
        raise CannotVerifyError(f"{signers} is not there: it says whose signatures are good")
    if signature is None:
        return "", f"{SIGNATURE} is not there: nobody has signed the list"
    base = ["-f", str(signers), "-n", NAMESPACE]
    _, names = _ssh_keygen("find-principals", base[:2], signature, b"")
    for name in filter(None, names.splitlines()):
        if _ssh_keygen("verify", [*base, "-I", name], signature, text)[0]:
            return name, ""
    return "", f"{SIGNATURE} is not by anybody in {signers}, or not for this list"


def _ssh_keygen(action: str, options: list[str], signature: bytes, text: bytes) -> tuple[bool, str]:
    # Through a pipe: nothing is written to a disk, and what is judged is what was read.
    if os.name == "nt":
        raise CannotVerifyError("on Windows a signature is checked by calling ssh-keygen yourself")
    reading, writing = os.pipe()
    try:
        os.write(writing, signature)
        os.close(writing)
        command = ["ssh-keygen", "-Y", action, *options, "-s", f"/dev/fd/{reading}"]
        done = subprocess.run(  # noqa: S603  # a fixed program, and no shell
            command, input=text, capture_output=True, check=False, pass_fds=(reading,)
        )
    except FileNotFoundError:
        raise CannotVerifyError("ssh-keygen is not there: it comes with OpenSSH") from None
    finally:
        os.close(reading)
    return done.returncode == 0, done.stdout.decode("utf-8", "replace")


def told(verdict: Verdict, name: str) -> str:
    """Returns the verdict in words, safe to print whatever the copy holds."""
    lines = [f"{name} is not the site that was asked for:"] if verdict.findings else []
    lines += [f"  {one.kind}: {one.what}" for one in verdict.findings]
    manifest = verdict.manifest
    if manifest and verdict.is_whole:
        number = f"release {manifest.sequence}" if manifest.sequence else "never released"
        since = ", changed since" if manifest.sequence and not manifest.is_release else ""
        lines.append(
            f"{name} is as listed: {len(manifest.files)} files, edition {manifest.edition}, {number}{since}"
        )
        lines += [f"  of itself it says: {told}" for told in (manifest.title, manifest.base_url) if told]
        lines.append(_told_signer(verdict))
    return "\n".join("".join(sign if sign.isprintable() else "?" for sign in line) for line in lines)


def _told_signer(verdict: Verdict) -> str:
    if verdict.signer:
        return f"  signed by {verdict.signer}"
    if verdict.is_signed:
        return "  there is a signature; whose it is was not asked: --signed-by FILE"
    return "  nobody has signed it: whoever changed the files can have made the list anew"


def main() -> int:
    """Runs as a program."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("place", metavar="DIR|ZIP", type=Path)
    parser.add_argument(
        "--signed-by", metavar="FILE", type=Path, help="whose signature is good: allowed_signers"
    )
    parser.add_argument("--at-least", metavar="NUMBER", type=int, default=0, help="the number it must have")
    given = parser.parse_args()
    try:
        verdict = verify(given.place, given.signed_by, given.at_least)
    except CannotVerifyError as error:
        sys.stderr.write(f"error: {error}\n")
        return CANNOT
    sys.stdout.write(told(verdict, str(given.place)) + "\n")
    return IS_WHOLE if verdict.is_whole else DIFFERS


if __name__ == "__main__":
    raise SystemExit(main())
