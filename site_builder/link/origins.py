"""Where statements come from: chains of sources, and the origins at their ends.

An origin is a source that draws on no other in the dossier. Sources with one origin are one witness,
however many they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from site_builder.issues import IssueLog, place_of
from site_builder.link.gather import grouped
from site_builder.model import Quote, Report, Source, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """An origin with the sources that rest on it for something, in the order given."""

    origin: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginsOf:
    """Answers where sources and statements come from.

    `draws_on` holds what each source draws on; `of_source` the origins at the ends of its chains, itself
    if it draws on nothing; `resting_on` the sources that have an origin, itself among them.
    """

    draws_on: Mapping[str, tuple[str, ...]]
    of_source: Mapping[str, tuple[str, ...]]
    resting_on: Mapping[str, tuple[str, ...]]
    taken: Mapping[tuple[str, str], str | None]
    """By what is stated (an event, a quote with its variants) and by source: the source it was taken from."""

    def chain(self, statement: Statement) -> tuple[str, ...]:
        """The sources a statement went through, from its origin to the one that we read.

        Where a source draws on several and the statement does not say from which it was taken, the chain
        ends at that source: nobody can tell which origin it has.
        """
        stated = what_is_stated(statement)
        chain = [statement.source]
        previous = statement.from_ or self._only_one(statement.source)
        while previous and previous not in chain:
            chain.append(previous)
            # A source that states the same knows best where it has it from: perhaps from nobody.
            previous = self.taken.get((stated, previous)) or self._only_one(previous)
        return tuple(reversed(chain))

    def same_origin(self, source: str) -> tuple[str, ...]:
        """The other sources that share an origin with a source."""
        shared = (name for origin in self.of_source[source] for name in self.resting_on[origin])
        return tuple(name for name in dict.fromkeys(shared) if name != source)

    def _only_one(self, source: str) -> str | None:
        drawn = self.draws_on[source]
        return drawn[0] if len(drawn) == 1 else None

    def shared(self, statements: Iterable[Statement]) -> tuple[Shared, ...]:
        """The origins of some statements, each with the sources that carry it, in order of appearance."""
        groups: dict[str, dict[str, None]] = {}
        for statement in statements:
            chain = self.chain(statement)
            groups.setdefault(chain[0], {}).update(dict.fromkeys([chain[-1]]))
        return tuple(Shared(origin=origin, sources=tuple(sources)) for origin, sources in groups.items())

    def witnesses(self, sources: Iterable[str]) -> tuple[Shared, ...]:
        """The fewest origins that some sources come down to, each source counted once.

        A source that draws on several origins stands under the first one it names that another source
        shares, else under the first one.
        """
        named = list(dict.fromkeys(sources))
        groups: dict[str, list[str]] = {}
        for source in sorted(named, key=lambda name: (len(self.of_source[name]), named.index(name))):
            own = self.of_source[source]
            origin = next((name for name in own if name in groups), own[0])
            groups.setdefault(origin, []).append(source)
        return tuple(Shared(origin=origin, sources=tuple(found)) for origin, found in groups.items())


def what_is_stated(statement: Statement) -> str:
    """Names what several sources may state: an event, or a quote with its variants; else an empty text."""
    if isinstance(statement, Report):
        return f"event:{statement.event}"
    if isinstance(statement, Quote):
        return f"quote:{statement.variant_of or statement.id}"
    return ""


def origins_of_sources(
    sources: Iterable[Source], statements: Iterable[Report | Quote], issues: IssueLog
) -> OriginsOf:
    """Returns the origins of sources; a circle of `draws_on` is an issue, and cut where it closes."""
    by_id = {str(source.id): source for source in sources}
    draws_on = {name: tuple(str(drawn) for drawn in source.draws_on) for name, source in by_id.items()}
    for cycle in cycles(draws_on):
        closing = next(drawn for drawn in by_id[cycle[0]].draws_on if drawn == cycle[1 % len(cycle)])
        told = " → ".join((*cycle, cycle[0]))
        repair = "a source can only draw on what was there before it: remove one of these links"
        issues.error(place_of(closing), "cycle", f"sources draw on each other in a circle: {told}", repair)
        last = cycle[-1]
        draws_on[last] = tuple(drawn for drawn in draws_on[last] if drawn != cycle[0])
    of_source = {name: tuple(dict.fromkeys(_ends(name, draws_on))) for name in draws_on}
    resting_on = grouped(of_source, lambda name: of_source[name])
    taken = {(what_is_stated(one), str(one.source)): one.from_ for one in statements}
    return OriginsOf(draws_on=draws_on, of_source=of_source, resting_on=resting_on, taken=taken)


def _ends(name: str, draws_on: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    seen = {name}
    waiting = [name]
    while waiting:
        current = waiting.pop(0)
        if not draws_on[current]:
            yield current
        for drawn in draws_on[current]:
            if drawn not in seen:
                seen.add(drawn)
                waiting.append(drawn)


def cycles(edges: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Returns circles among named things, each beginning with its least name, until none would be left.

    In each circle a name leads to the next, and the last one to the first.
    """
    left = {name: list(others) for name, others in edges.items()}
    found: list[tuple[str, ...]] = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1][1:]))
            least = circle.index(min(circle))
            found.append(tuple(circle[least:] + circle[:least]))
            left[found[-1][-1]].remove(found[-1][0])
        else:
            return found
