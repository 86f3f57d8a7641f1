"""Signs the list of a published site, with the keys that people have already: those of OpenSSH.

What is signed is first compared with its list. The signature is published like any file of the site, so the
next build that changes the list takes it away.
"""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder import disk
from site_builder.plan.addresses import MANIFEST, SIGNATURE
from site_builder.render import Artifact
from site_builder.render.archive import archive
from site_builder.verify import (
    LARGEST_LIST,
    NAMESPACE,
    CannotVerifyError,
    Manifest,
    content,
    opened,
    told,
    verify,
)
from site_builder.write import OWNERSHIP, Known, publication, write_archive


class NotSignedError(Exception):
    """What was not signed, and why; `repair` says what to do."""

    def __init__(self, problem: str, repair: str) -> None:
        super().__init__(problem)
        self.repair = repair


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed; `is_new` is false where the very signature was there already."""

    manifest: Manifest
    is_new: bool


def sign(place: Path, key: Path) -> Signed:
    """Puts the detached signature of a site's list beside the list, in a folder or a ZIP file.

    `key` is a private key of OpenSSH, or the public one of a key that an agent holds. Raises
    `NotSignedError` for what is no whole site, for pages of a preview, and without a key that can sign.
    """
    if not (place / OWNERSHIP).is_file():
        manifest, made = _made(place, key)
        return Signed(manifest, _put(place, manifest, made))
    # Nobody builds into the folder between the look at its files and the signature.
    with publication(place, place.resolve().parent) as published:
        manifest, made = _made(place, key)
        there = published.standing
        listed = (path for path in (*manifest.files, MANIFEST) if path in there)
        files = [Known(path, there[path].sha256, there[path].size) for path in listed]
        strange = [one for one in _files(place, manifest) if one.path not in there]
        return Signed(manifest, not published.publish((*files, *strange, made)).is_unchanged)


def _made(place: Path, key: Path) -> tuple[Manifest, Artifact]:
    try:
        verdict = verify(place)
        text = content(opened(place), MANIFEST, LARGEST_LIST)
    except CannotVerifyError as error:
        raise NotSignedError(str(error), "name a folder or a ZIP file that 'build' has made") from None
    if verdict.manifest is None or not verdict.is_whole or text is None:
        problem = told(verdict, str(place)).replace("the site that was asked for", "as its list says")
        raise NotSignedError(problem, "build it again: what is signed must be what was built")
    return verdict.manifest, Artifact(SIGNATURE, _signature(text, key))


def _files(place: Path, manifest: Manifest) -> Iterator[Artifact]:
    copy = opened(place)
    for path in (*manifest.files, MANIFEST):
        with copy.reader(path) as file:
            yield Artifact(path, file.read())


def _signature(text: bytes, key: Path) -> bytes:
    if not key.is_file():
        raise NotSignedError(f"{key} is no key", "make one: ssh-keygen -t ed25519 -f FILE")
    # A file and not a pipe: standard input stays free for the passphrase.
    with disk.passing_folder() as folder:
        unsigned = folder / MANIFEST
        disk.new_file(str(unsigned), text)
        command = ["ssh-keygen", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(unsigned)]
        try:
            done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  # no shell
        except FileNotFoundError:
            raise NotSignedError("ssh-keygen is not there", "install OpenSSH") from None
        if done.returncode:
            why = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
            raise NotSignedError(f"ssh-keygen did not sign: {why}", f"see whether {key} is a private key")
        return (folder / SIGNATURE).read_bytes()


def _put(place: Path, manifest: Manifest, signature: Artifact) -> bool:
    if place.is_dir():
        return write_archive(signature.content, place / SIGNATURE)
    with zipfile.ZipFile(place) as opened_file:
        top = opened_file.namelist()[0].partition("/")[0]
    return write_archive(archive((*_files(place, manifest), signature), top), place)
