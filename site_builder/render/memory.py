"""What the last rendering made of which context: what is made of an equal one need not be made again.

A file is a function of its context, the theme and the tool. The sum of these three is its fingerprint; where
it is the same as last time, so are the bytes, and they stand in the output.

Which pages show a text is not reckoned but seen, when their contexts are summed up: such a page can be made
again with another text in its place, as everything else of its context is packed and kept.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from site_builder.issues import NOWHERE, Place, Placed
from site_builder.markup import Markup, parse
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


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that shows watched texts: their names, and its context, packed, with the sum of it."""

    texts: tuple[str, ...]
    context: bytes
    fingerprint: bytes


@dataclass(slots=True, kw_only=True)
class Memory:
    """What is remembered of the files that stand in the output, by path; and, as it is made, of this run's.

    `tool` is the sum of all that makes files of contexts: another one, and nothing is remembered. `watched`
    names texts; which pages show them is in `shown`, by path, as it was before and as it is found now, and
    with them the pages of the kinds in `kept`.
    """

    tool: bytes = b""
    before: Mapping[str, Remembered] = field(default_factory=dict)
    now: dict[str, Remembered] = field(default_factory=dict)
    watched: Mapping[Markup, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    shown_before: Mapping[str, Shown] = field(default_factory=dict)
    shown: dict[str, Shown] = field(default_factory=dict)
    timings: Timings = field(default_factory=Timings)

    def basis(self, *shared: object) -> bytes:
        """Return the sum of what many contexts have in common."""
        return fingerprint(self.tool, shared)


class Seen:
    """What is seen of one context when it is summed up: all of it, and the watched texts in it."""

    def __init__(self, watched: Mapping[Markup, str], *, is_kept: bool) -> None:
        self._watched = watched
        self._is_kept = is_kept
        self._said = b""
        self._texts: tuple[str, ...] = ()

    def take(self, said: bytes, texts: list[Markup]) -> None:
        """Note what was said of the context, and the texts in it."""
        self._texts = tuple(dict.fromkeys(self._watched[one] for one in texts if one in self._watched))
        self._said = said if self._texts or self._is_kept else b""

    def shown(self, fingerprint: bytes) -> Shown | None:
        """Return the context of that sum with its texts, packed; None if it is not to be kept."""
        return Shown(self._texts, zlib.compress(self._said, 1), fingerprint) if self._said else None


def fingerprint(basis: bytes, context: object, seen: Seen | None = None) -> bytes:
    """Return the sum of a context on that basis. Equal sums mean equal contexts, not the reverse."""
    _WITHOUT_PLACES.texts.clear()
    said = _said(context)
    if seen:
        seen.take(said, _WITHOUT_PLACES.texts)
    return hashlib.blake2b(basis + said, digest_size=_LENGTH).digest()


def packed(context: object) -> bytes:
    """Return a context so that `unpacked` makes an equal one of it."""
    return zlib.compress(_said(context), 1)


def unpacked(content: bytes, texts: Mapping[str, Markup] | None = None) -> Any:  # noqa: ANN401
    """Return what was packed here; each text that `texts` knows by its words is replaced by what it says.

    Raises `pickle.UnpicklingError` where anything but values of ours is in it.
    """
    return _Unpickler(zlib.decompress(content), texts or {}).load()


def _said(context: object) -> bytes:
    said = io.BytesIO()
    pickler = pickle.Pickler(said, 5)
    # Where in its file a text is written is seen by nobody, and is another with each line above it.
    pickler.dispatch_table = _WITHOUT_PLACES
    pickler.dump(context)
    return said.getvalue()


class _Unpickler(pickle.Unpickler):
    """Makes values of ours and nothing else."""

    def __init__(self, content: bytes, texts: Mapping[str, Markup]) -> None:
        super().__init__(io.BytesIO(content))
        self._texts = texts

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        if (module, name) == _TEXT:
            return lambda text: self._texts.get(text) or parse(text, NOWHERE)[0]
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        # A dot leads to whatever a module imports, such as all of the system.
        if module.startswith("site_builder.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and is_dataclass(found):
                return found
        raise pickle.UnpicklingError(name)


_TEXT = (__name__, "_text")
_PLAIN = frozenset(
    {("builtins", "str"), ("builtins", "frozenset"), ("decimal", "Decimal"), (__name__, "_remade")}
)


def _nowhere(_: Place) -> tuple[type[Place], tuple[str]]:
    return Place, ("",)


def _text_alone(text: Placed) -> tuple[type[str], tuple[str]]:
    return str, (str(text),)


def _text(*_: object) -> Markup:
    """Stand for a text in what is packed: only `unpacked` knows which one it is to be."""
    message = "a text is unpacked by its words"
    raise pickle.UnpicklingError(message)


def _remade(kind: type, *values: object) -> Any:  # noqa: ANN401
    """Make a value of data again, without asking its class how: it was sound."""
    made: Any = object.__new__(kind)
    for name, value in zip(_names(kind), values, strict=True):
        object.__setattr__(made, name, value)
    return made


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


class _Reducers(dict[type, Callable[[Any], Any]]):
    """How a value of each class is taken apart: those of data by their fields, in one step.

    Python's own way asks each value anew which fields it has, and takes three times as long. The texts that
    were met are noted.
    """

    def __init__(self) -> None:
        super().__init__({Place: _nowhere, Placed: _text_alone, Markup: self._of_text})
        self.texts: list[Markup] = []

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if not is_dataclass(kind) or kind.__reduce__ is not object.__reduce__:
            raise KeyError(kind)
        names = _names(kind)
        values = attrgetter("__class__", *names) if names else lambda value: (value.__class__,)

        def reduced(value: Any) -> tuple[Any, Any]:  # noqa: ANN401
            return _remade, values(value)

        self[kind] = reduced
        return reduced

    def _of_text(self, text: Markup) -> tuple[Any, Any]:
        self.texts.append(text)
        return _text, (text.text,)


_WITHOUT_PLACES = _Reducers()
