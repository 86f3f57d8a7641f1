"""What the last build made of which context, kept for the next one: sums alone, of what is published."""

from __future__ import annotations

import marshal
from collections.abc import Mapping

from site_builder.cache.last_build import LastBuild
from site_builder.render.memory import Remembered

_SUM = 32
_SIZE = 6


def remembered(last: LastBuild, standing: Mapping[str, str]) -> Mapping[str, Remembered]:
    """Returns what is remembered of the files that stand in the output as they were made, by path.

    `standing` are the sums of the files of ours that are in the output. Raises `DamagedError`.
    """
    content = last.shelf.load(_name(last))
    # What was written here, by this version of Python, and is whole: the shelf has made sure of it.
    noted: Mapping[str, bytes] = marshal.loads(content) if content else {}  # noqa: S302
    found = {path: _unpacked(packed) for path, packed in noted.items()}
    return {path: one for path, one in found.items() if standing.get(path) == one.sha256}


def remember(last: LastBuild, made: Mapping[str, Remembered]) -> None:
    """Keeps what this build made of which context."""
    noted = {path: _packed(one) for path, one in made.items()}
    last.shelf.keep(_name(last), marshal.dumps(noted))


def _packed(one: Remembered) -> bytes:
    return bytes.fromhex(one.sha256) + one.size.to_bytes(_SIZE) + one.fingerprint


def _unpacked(packed: bytes) -> Remembered:
    sha256, size, fingerprint = packed[:_SUM], packed[_SUM : _SUM + _SIZE], packed[_SUM + _SIZE :]
    return Remembered(fingerprint, sha256.hex(), int.from_bytes(size))


def _name(last: LastBuild) -> str:
    return f"pages-{last.name}"
