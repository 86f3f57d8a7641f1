"""What the last rendering made of which context: what is made of an equal one need not be made again.

A file is a function of its context, the theme and the tool. The sum of these three is its fingerprint; where
it is the same as last time, so are the bytes, and they stand in the output.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from operator import attrgetter
from typing import Any

from site_builder.issues import Place, Placed
from site_builder.markup import Markup
from site_builder.timings import Timings

_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Known:
    """A file of the site that stands in the output already, with the sum of its bytes and their number."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Remembered:
    """Of which context a file was made, the sum of its bytes and their number."""

    fingerprint: bytes
    sha256: str
    size: int


@dataclass(slots=True, kw_only=True)
class Memory:
    """What is remembered of the files that stand in the output, by path; and, as it is made, of this run's.

    `tool` is the sum of all that makes files of contexts: another one, and nothing is remembered.
    """

    tool: bytes = b""
    before: Mapping[str, Remembered] = field(default_factory=dict)
    now: dict[str, Remembered] = field(default_factory=dict)
    timings: Timings = field(default_factory=Timings)

    def basis(self, *shared: object) -> bytes:
        """Return the sum of what many contexts have in common."""
        return fingerprint(self.tool, shared)


def fingerprint(basis: bytes, context: object) -> bytes:
    """Return the sum of a context on that basis. Equal sums mean equal contexts, not the reverse."""
    said = io.BytesIO()
    pickler = pickle.Pickler(said, 5)
    # Where in its file a text is written is seen by nobody, and is another with each line above it.
    pickler.dispatch_table = _WITHOUT_PLACES
    pickler.dump(context)
    return hashlib.blake2b(basis + said.getbuffer(), digest_size=_LENGTH).digest()


def _nowhere(_: Place) -> tuple[type[Place], tuple[str]]:
    return Place, ("",)


def _text_alone(text: Placed) -> tuple[type[str], tuple[str]]:
    return str, (str(text),)


class _Reducers(dict[type, Callable[[Any], Any]]):
    """How a value of each class is taken apart: those of data by their fields, in one step.

    Python's own way asks each value anew which fields it has, and takes three times as long.
    """

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if not is_dataclass(kind) or kind.__reduce__ is not object.__reduce__:
            raise KeyError(kind)
        names = [one.name for one in fields(kind)]
        values = attrgetter(*names, "__class__") if names else lambda value: (value.__class__,)

        def reduced(value: Any) -> tuple[type, Any]:  # noqa: ANN401
            return kind, values(value)

        self[kind] = reduced
        return reduced


def _source_alone(markup: Markup) -> tuple[type[str], tuple[str]]:
    return str, (markup.text,)


_WITHOUT_PLACES = _Reducers({Place: _nowhere, Placed: _text_alone, Markup: _source_alone})
