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
# Views of records that stand on many pages; of these so many are known at once.
# By their names, as whoever makes few pages does not load them all.
_ON_MANY_PAGES = frozenset(
    {
        "ArticleLine",
        "DisagreementView",
        "EventView",
        "FigureView",
        "MeasureView",
        "QuoteView",
        "RegionLink",
        "SourceEntry",
        "SourceLine",
        "StripRow",
    }
)
_MOST_KNOWN = 16_384
_MOST_WITH_ROOM = 262_144


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
    with them the pages of the kinds in `kept`. `has_room` says that a run may hold as much as it likes.
    """

    tool: bytes = b""
    before: Mapping[str, Remembered] = field(default_factory=dict)
    now: dict[str, Remembered] = field(default_factory=dict)
    watched: Mapping[Markup, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    shown_before: Mapping[str, Shown] = field(default_factory=dict)
    shown: dict[str, Shown] = field(default_factory=dict)
    has_room: bool = False
    timings: Timings = field(default_factory=Timings)

    def make_room(self) -> None:
        """Lets as many sums of views be known as there is room for, in processes forked from here too."""
        _REDUCERS.most = _MOST_WITH_ROOM if self.has_room else _MOST_KNOWN

    def basis(self, *shared: object) -> bytes:
        """Returns the sum of what many contexts have in common."""
        return fingerprint(self.tool, shared)


class Seen:
    """What is seen of one context when it is summed up: all of it, and the watched texts in it."""

    def __init__(self, watched: Mapping[Markup, str], *, is_kept: bool) -> None:
        self._watched = watched
        self._is_kept = is_kept
        self._said: _Said | None = None
        self._texts: tuple[str, ...] = ()

    def take(self, said: _Said) -> None:
        """Notes what was said of the context, with the texts in it."""
        self._texts = tuple(dict.fromkeys(self._watched[one] for one in said.texts if one in self._watched))
        self._said = said if self._texts or self._is_kept else None

    def shown(self, fingerprint: bytes) -> Shown | None:
        """Returns the context of that sum with its texts, packed; None if it is not to be kept."""
        return Shown(self._texts, _packed(self._said), fingerprint) if self._said else None


def fingerprint(basis: bytes, context: object, seen: Seen | None = None) -> bytes:
    """Returns the sum of a context on that basis. Equal sums mean equal contexts, not the reverse."""
    said = _REDUCERS.said(context)
    if seen:
        seen.take(said)
    return hashlib.blake2b(basis + said.content, digest_size=_LENGTH).digest()


def packed(context: object) -> bytes:
    """Returns a context so that `unpacked` makes an equal one of it."""
    return _packed(_REDUCERS.said(context))


def _packed(said: _Said) -> bytes:
    """Packs what was said of a context with every view in it, each once."""
    views: dict[bytes, bytes] = {}
    found = [said]
    while found:
        for sum_of_view, view in found.pop().views.items():
            if sum_of_view not in views:
                views[sum_of_view] = view.content
                found.append(view)
    return zlib.compress(pickle.dumps((said.content, views), 5), 1)


def unpacked(content: bytes, texts: Mapping[str, Markup] | None = None) -> Any:  # noqa: ANN401
    """Returns what was packed here; each text that `texts` knows by its words is replaced by what it says.

    Raises `pickle.UnpicklingError` where anything but values of ours is in it.
    """
    said, views = _Unpickler(zlib.decompress(content), {}, {}).load()
    return _Unpickler(said, views, texts or {}).load()


class _Unpickler(pickle.Unpickler):
    """Makes values of ours and nothing else."""

    def __init__(self, content: bytes, views: dict[bytes, Any], texts: Mapping[str, Markup]) -> None:
        super().__init__(io.BytesIO(content))
        self._views = views
        self._texts = texts

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        if (module, name) == _TEXT:
            return lambda text: self._texts.get(text) or parse(text, NOWHERE)[0]
        if (module, name) == _VIEW:
            return self._view
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        # A dot leads to whatever a module imports, such as all of the system.
        if module.startswith("site_builder.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and is_dataclass(found):
                return found
        raise pickle.UnpicklingError(name)

    def _view(self, sum_of_view: bytes) -> Any:  # noqa: ANN401
        """Returns a view by its sum; it is made when it is first met."""
        found = self._views.get(sum_of_view)
        if found is None:
            message = "a view is missing"
            raise pickle.UnpicklingError(message)
        if isinstance(found, bytes):
            found = _remade(*_Unpickler(found, self._views, self._texts).load())
            self._views[sum_of_view] = found
        return found


_TEXT = (__name__, "_text")
_VIEW = (__name__, "_view")
_PLAIN = frozenset(
    {("builtins", "str"), ("builtins", "frozenset"), ("decimal", "Decimal"), (__name__, "_remade")}
)


def _nowhere(_: Place) -> tuple[type[Place], tuple[str]]:
    return Place, ("",)


def _text_alone(text: Placed) -> tuple[type[str], tuple[str]]:
    return str, (str(text),)


def _text(*_: object) -> Markup:
    """Stands for a text in what is packed: only `unpacked` knows which one it is to be."""
    message = "a text is unpacked by its words"
    raise pickle.UnpicklingError(message)


def _view(_: bytes) -> object:
    """Stands for a view in what is packed: only `unpacked` knows all of them."""
    message = "a view is unpacked by its sum"
    raise pickle.UnpicklingError(message)


def _remade(kind: type, *values: object) -> Any:  # noqa: ANN401
    """Makes a value of data again, without asking its class how: it was sound."""
    made: Any = object.__new__(kind)
    for name, value in zip(_names(kind), values, strict=True):
        object.__setattr__(made, name, value)
    return made


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


@dataclass(slots=True)
class _Said:
    """What was said of a context or of a view, with the views by their sums and the texts that are in it."""

    content: bytes = b""
    views: dict[bytes, _Said] = field(default_factory=dict)
    texts: list[Markup] = field(default_factory=list)


class _Reducers(dict[type, Callable[[Any], Any]]):
    """How a value of each class is taken apart: those of data by their fields, in one step.

    Python's own way asks each value anew which fields it has, and takes three times as long. A view that
    stands on many pages is summed up once: a page says its sum. The texts that were met are noted.
    """

    def __init__(self) -> None:
        super().__init__({Place: _nowhere, Placed: _text_alone, Markup: self._of_text})
        self._now = _Said()
        # By identity: with the view, so that no other one comes to have it.
        self._known: dict[int, tuple[object, bytes, _Said]] = {}
        self.most = _MOST_KNOWN

    def said(self, context: object) -> _Said:
        """Says a context in bytes."""
        outer, self._now = self._now, _Said()
        said = io.BytesIO()
        pickler = pickle.Pickler(said, 5)
        # Where in its file a text is written is seen by nobody, and is another with each line above it.
        pickler.dispatch_table = self
        try:
            pickler.dump(context)
            self._now.content = said.getvalue()
            return self._now
        finally:
            self._now = outer

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if not is_dataclass(kind) or kind.__reduce__ is not object.__reduce__:
            raise KeyError(kind)
        names = _names(kind)
        values = attrgetter("__class__", *names) if names else lambda value: (value.__class__,)

        def reduced(value: Any) -> tuple[Any, Any]:  # noqa: ANN401
            return _remade, values(value)

        def summed(value: Any) -> tuple[Any, Any]:  # noqa: ANN401
            known = self._known.get(id(value)) or self._of_view(value, values(value))
            _, sum_of_view, said = known
            self._now.views[sum_of_view] = said
            self._now.texts += said.texts
            return _view, (sum_of_view,)

        self[kind] = summed if kind.__name__ in _ON_MANY_PAGES else reduced
        return self[kind]

    def _of_view(self, view: object, values: tuple[Any, ...]) -> tuple[object, bytes, _Said]:
        said = self.said(values)
        if len(self._known) >= self.most:
            self._known.clear()
        known = (view, hashlib.blake2b(said.content, digest_size=_LENGTH).digest(), said)
        self._known[id(view)] = known
        return known

    def _of_text(self, text: Markup) -> tuple[Any, Any]:
        self._now.texts.append(text)
        return _text, (text.text,)


_REDUCERS = _Reducers()
