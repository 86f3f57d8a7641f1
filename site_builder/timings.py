"""Where the time of a run goes: floor by floor, and for each kind of thing that is made."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Kind:
    """What was made of one kind, in how many seconds; `known` of them stood in the output already."""

    seconds: float = 0.0
    made: int = 0
    known: int = 0
    bytes: int = 0


@dataclass(slots=True)
class Timings:
    """Seconds by the floor that they were spent on, and what was made by kind.

    A floor that is entered within another takes its seconds from that one. The seconds of kinds are those
    of all processes together.
    """

    floors: dict[str, float] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    _entered: list[str] = field(default_factory=list)
    _since: float = 0.0

    @contextmanager
    def floor(self, name: str) -> Iterator[None]:
        """Counts what is done within to that floor."""
        self._count()
        self._entered.append(name)
        try:
            yield
        finally:
            self._count()
            self._entered.pop()

    def on_floor(self, name: str, items: Iterable[T]) -> Iterator[T]:
        """Yields the items; what making them takes counts to that floor."""
        rest = iter(items)
        while True:
            with self.floor(name):
                try:
                    item = next(rest)
                except StopIteration:
                    return
            yield item

    def count(self, kind: str, seconds: float, size: int | None) -> None:
        """Counts one thing of a kind, of that many bytes; None for one that stood there already."""
        found = self.kinds.setdefault(kind, Kind())
        found.seconds += seconds
        found.made += size is not None
        found.known += size is None
        found.bytes += size or 0

    def _count(self) -> None:
        now = time.perf_counter()
        if self._entered:
            name = self._entered[-1]
            self.floors[name] = self.floors.get(name, 0.0) + now - self._since
        self._since = now
