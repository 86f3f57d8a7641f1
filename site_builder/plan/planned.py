"""What is known of a page before it is made: where it lies, of which kind it is, and how to make it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from site_builder.plan.contexts import Page


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page that there will be. `make` gives its context, an equal one each time that it is called.

    `counterpart` is that of the page: what stands for it in other languages.
    """

    path: str
    kind: str
    make: Callable[[], Page]
    counterpart: str = ""


Planner = Callable[[], Iterable[PlannedPage]]
# The path of a page, and what plans it with all that belongs to it: its parts, and those of its sections.
Owner = tuple[str, Planner]


class PlannedPages:
    """Pages by those that they belong to; what belongs to one lies in the folder of its name."""

    def __init__(self, owners: Iterable[Owner]) -> None:
        self._owners = tuple(owners)
        self._by_path = dict(self._owners)

    def __iter__(self) -> Iterator[PlannedPage]:
        for _, pages in self._owners:
            yield from pages()

    def at(self, path: str) -> PlannedPage | None:
        """Returns the page at a path, or None; no more is planned than what it may belong to."""
        for owner in _owners_of(path):
            pages = self._by_path.get(owner)
            found = pages and next((one for one in pages() if one.path == path), None)
            if found:
                return found
        return None


def _owners_of(path: str) -> Iterator[str]:
    """Yields the paths that a page may belong to, the nearest first."""
    yield path
    folder = path
    while folder := folder.rpartition("/")[0]:
        yield f"{folder}.html"
        yield f"{folder}/index.html"
