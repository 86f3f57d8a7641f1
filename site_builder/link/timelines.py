"""Events in order of time: on the dossier's timeline and on that of each region."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from site_builder.link.gather import grouped
from site_builder.model import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Timelines:
    """Every timeline, oldest event first.

    Order is by earliest bound, coarse dates after fine ones, then id. `neighbours` gives, for an event and
    a region, the ids before and after it there.
    """

    events: tuple[Event, ...]
    of_region: Mapping[str, tuple[Event, ...]]
    of_period: Mapping[str, tuple[Event, ...]]
    neighbours: Mapping[tuple[str, str], tuple[str | None, str | None]]


def timelines(events: Iterable[Event], regions_of: Callable[[Event], Iterable[str]]) -> Timelines:
    """Returns the timelines of events that are already in order."""
    ordered = tuple(events)
    of_region = grouped(ordered, regions_of)
    of_period = grouped(ordered, lambda event: [event.date.period])
    return Timelines(
        events=ordered,
        of_region=of_region,
        # A decade stands where it begins, like the events in it.
        of_period=dict(sorted(of_period.items(), key=lambda found: found[0].replace("X", "0"))),
        neighbours={
            (event.id, region): (before, after)
            for region, line in of_region.items()
            for event, before, after in _with_neighbours(line)
        },
    )


def _with_neighbours(line: tuple[Event, ...]) -> Iterable[tuple[Event, str | None, str | None]]:
    ids = [None, *(event.id for event in line), None]
    return zip(line, ids, ids[2:], strict=False)
