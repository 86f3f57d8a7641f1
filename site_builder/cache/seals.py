"""What is noted so that it can be read by those alone who know how certain files stand on the disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from site_builder.cache.shelf import DamagedError


def sealed(noted: Mapping[str, object], secret: bytes) -> bytes:
    """Returns what is noted as bytes that say nothing to whoever does not know the secret."""
    return _keys(secret)[0] + _crossed(json.dumps(noted).encode(), secret)


def unsealed(content: bytes, secret: bytes) -> dict[str, Any] | None:
    """Returns what was sealed; None with another secret. Raises `DamagedError`."""
    lock = _keys(secret)[0]
    if not content.startswith(lock):
        return None
    try:
        opened = json.loads(_crossed(content[len(lock) :], secret))
    except ValueError:
        raise DamagedError from None
    return opened if isinstance(opened, dict) else None


def _crossed(content: bytes, secret: bytes) -> bytes:
    """The content with a stream of bytes laid over it, which taken off again gives the content."""
    stream = hashlib.shake_256(_keys(secret)[1]).digest(len(content))
    return (int.from_bytes(content) ^ int.from_bytes(stream)).to_bytes(len(content))


def _keys(secret: bytes) -> tuple[bytes, bytes]:
    """A sum that tells whether a seal will open, and the key that opens it; neither gives the other."""
    return hashlib.sha256(b"lock" + secret).digest(), hashlib.sha256(b"key" + secret).digest()
