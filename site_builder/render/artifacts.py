"""The files of a site: with their bytes, or known to stand where it is published."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar


@dataclass(frozen=True)
class Artifact:
    """A file of the site: its path relative to the root, with forward slashes, and its bytes.

    `reckoned` is the sum of these, where whoever made them has reckoned it.
    """

    path: str
    content: bytes
    reckoned: str = field(default="", compare=False, repr=False)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 sum of its bytes, in hexadecimal; it is reckoned once."""
        return self.reckoned or hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """The number of its bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Known:
    """A file of the site that stands in the output already, with the sum of its bytes and their number."""

    path: str
    sha256: str
    size: int


# A file with its bytes, or one that is known to stand in the output.
File = TypeVar("File", bound=Artifact | Known)
