"""Groups records under what they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from site_builder.model import Quote, Record, Site, StatementRecord

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Groups(dict[str, tuple[T, ...]]):
    """A mapping that answers an empty tuple for what it does not have, without growing."""

    def __missing__(self, key: str) -> tuple[T, ...]:
        return ()


def by_id(records: Iterable[R]) -> Mapping[str, R]:
    """Returns the records by id, in the order given."""
    return {record.id: record for record in records}


def grouped(items: Iterable[T], names: Callable[[T], Iterable[str | None]]) -> Mapping[str, tuple[T, ...]]:
    """Returns the items under each name that they have, in the order given; None is no name."""
    groups: dict[str, list[T]] = {}
    for item in items:
        for name in names(item):
            if name is not None:
                groups.setdefault(name, []).append(item)
    return Groups({name: tuple(found) for name, found in groups.items()})


def whole_place(site: Site, record: StatementRecord) -> tuple[str, ...]:
    """The regions that a record is about: its own, else the dossier's place for a figure or an event."""
    if record.regions or isinstance(record, Quote):
        return record.regions
    return (site.place,) if site.place else ()
