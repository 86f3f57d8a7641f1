"""What points at a record, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.link import Index
from site_builder.plan.contexts import Backlink, Link
from site_builder.plan.labels import label
from site_builder.plan.naming import record_link


def backlinks(reference: str, index: Index, language: str) -> tuple[Backlink, ...]:
    """Returns what points at the record that `kind:id` names, reason by reason."""
    found = ((reason, links(names, index, language)) for reason, names in _reasons(reference, index))
    return tuple(
        Backlink(reason=label("backlink", reason, language), links=named) for reason, named in found if named
    )


def links(references: Iterable[str], index: Index, language: str) -> tuple[Link, ...]:
    """Returns links to the records named, each once."""
    return tuple(record_link(name, index, language) for name in dict.fromkeys(references))


def most_links(reference: str, index: Index) -> int:
    """Returns as many links as can point at a record at most; it is sooner known than how many do."""
    kind, _, ident = reference.partition(":")
    found = len(index.disagreements_of[reference]) + len(index.corrections_of[reference])
    found += len(index.linked_from[reference])
    if kind == "source":
        origins = index.origins
        found += len(index.drawn_on_by[ident]) + len(index.taken_from[ident])
        found += sum(len(origins.resting_on[name]) for name in origins.of_source[ident])
    elif kind == "event":
        found += 2 * len(index.reports_of[ident]) + len(index.quotes_of_event[ident])
    elif kind == "actor":
        found += len(index.quotes_of_actor[ident]) + len(index.figures_of_actor[ident])
        found += len(index.events_of_actor[ident])
    elif kind == "measure":
        found += len(index.figures_of_measure[ident])
    return found


def _reasons(reference: str, index: Index) -> Iterator[tuple[str, Iterable[str]]]:
    kind, _, ident = reference.partition(":")
    by_kind = {
        "source": _of_source,
        "event": _of_event,
        "actor": _of_actor,
        "measure": _of_measure,
    }
    if kind in by_kind:
        yield from by_kind[kind](ident, index)
    yield "beside", (f"disagreement:{item.id}" for item in index.disagreements_of[reference])
    yield "corrected", (f"correction:{item.id}" for item in index.corrections_of[reference])
    yield "cited", (name for name in index.linked_from[reference] if name != reference)


def _of_source(ident: str, index: Index) -> Iterator[tuple[str, Iterable[str]]]:
    yield "drawn-on", (f"source:{source.id}" for source in index.drawn_on_by[ident])
    yield "same-origin", (f"source:{name}" for name in index.origins.same_origin(ident))
    yield "taken", index.taken_from[ident]


def _of_event(ident: str, index: Index) -> Iterator[tuple[str, Iterable[str]]]:
    reports = index.reports_of[ident]
    yield "reported", (f"source:{report.source}" for report in reports)
    yield "disputed", (f"source:{report.source}" for report in reports if report.disputes)
    yield "quoted", (f"quote:{quote.id}" for quote in index.quotes_of_event[ident])


def _of_actor(ident: str, index: Index) -> Iterator[tuple[str, Iterable[str]]]:
    yield "said", (f"source:{quote.source}" for quote in index.quotes_of_actor[ident])
    yield "claimed", (f"source:{figure.source}" for figure in index.figures_of_actor[ident])
    yield "took-part", (f"event:{event.id}" for event in index.events_of_actor[ident])


def _of_measure(ident: str, index: Index) -> Iterator[tuple[str, Iterable[str]]]:
    yield "counted", (f"source:{figure.source}" for figure in index.figures_of_measure[ident])
