"""When Python looks for values that nobody holds any more, though they hold one another."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Leaves out that search within.

    What a run makes lives to its end, and is millions of values: to go through them finds nothing worth
    the time. Where the search was off before, it stays off.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def never_give_up(value: object) -> None:
    """Keeps a value to the end of the process, and past it: a program that ends has no use for its room.

    To give up all that a build has made, value by value, takes about a tenth of its time.
    """
    circle: list[object] = [value]
    # What refers to itself is found by the search alone, which passes over all that was there by now.
    circle.append(circle)
    gc.freeze()
