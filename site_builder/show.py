"""One record in plain text: where it is written, what it rests on, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from site_builder.issues import did_you_mean, place_of
from site_builder.link import Index
from site_builder.model import Event, Figure, Quote, Record
from site_builder.plan import addresses
from site_builder.plan.naming import text_in
from site_builder.plan.statements import plain_number
from site_builder.validate import KeptBack


def records(index: Index) -> Mapping[str, Record]:
    """Every record of an index, by `kind:id`."""
    kinds: Mapping[str, Mapping[str, Record]] = {
        "source": index.sources,
        "region": index.regions,
        "actor": index.actors,
        "measure": index.measures,
        "event": index.events,
        "figure": index.figures,
        "quote": index.quotes,
        "disagreement": index.disagreements,
        "correction": {item.id: item for item in index.corrections},
        "page": index.pages,
    }
    return {f"{kind}:{name}": record for kind, found in kinds.items() for name, record in found.items()}


def find(ident: str, index: Index) -> tuple[str, str]:
    """Returns the record's `kind:id`, or an empty text and a repair."""
    known = records(index)
    if ident in known:
        return ident, ""
    found = [reference for reference in known if reference.partition(":")[2] == ident]
    if found:
        return found[0], ""
    for gone in index.history.gone.values():
        if ident in (gone.was, gone.was.partition(":")[2]):
            return "", f"it is now {gone.now}" if gone.now else "it was withdrawn"
    return "", did_you_mean(ident, (reference.partition(":")[2] for reference in known))


def describe_hidden(ident: str, hidden: KeptBack) -> str:
    """Returns why the record that `ident` or `kind:id` names is kept back; an empty text where it is not."""
    for reference, reason in hidden.reasons.items():
        if ident in {reference, reference.partition(":")[2]}:
            return f"{reference}\n  kept back: {reason}"
    return ""


def describe(reference: str, index: Index) -> str:
    """Returns what there is to say of the record that `kind:id` names."""
    record = records(index)[reference]
    kind, _, ident = reference.partition(":")
    lines = [reference, f"  {_title(record, index)}".rstrip()]
    lines.append(f"  written at   {place_of(record.id)}")
    lines.append(f"  address      {addresses.record(reference, index)}")
    lines += _section("rests on", _rests_on(kind, record, index))
    lines += _section("what rests on it", _resting(kind, ident, index))
    return "\n".join(line for line in lines if line.strip())


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(dict.fromkeys(lines))
    yield f"  {title}: {len(found) or 'nothing'}"
    yield from (f"    {line}" for line in found)


def _title(record: Record, index: Index) -> str:
    language = index.site.language
    if isinstance(record, Figure):
        measure = text_in(index.measures[record.measure].title, language)
        return f"{plain_number(record)} ({measure}, as of {record.as_of.text})"
    if isinstance(record, Quote):
        return f"{record.exact} ({text_in(index.actors[record.speaker].name, language)})"
    named = getattr(record, "title", None) or getattr(record, "name", None)
    return named if isinstance(named, str) else text_in(named, language)


def _rests_on(kind: str, record: Record, index: Index) -> Iterator[str]:
    if kind == "source":
        yield from (f"source:{name}" for name in index.origins.draws_on[record.id])
    if isinstance(record, Figure | Quote):
        yield " → ".join(f"source:{name}" for name in index.origins.chain(record))
    if isinstance(record, Event):
        for report in index.reports_of[record.id]:
            yield " → ".join(f"source:{name}" for name in index.origins.chain(report))
    yield from getattr(record, "records", ())


def _resting(kind: str, ident: str, index: Index) -> Iterator[str]:
    reference = f"{kind}:{ident}"
    if kind == "source":
        yield from (f"source:{source.id} draws on it" for source in index.drawn_on_by[ident])
        yield from (f"event:{event.id} is reported by it" for event in index.events_of_source[ident])
        yield from (f"figure:{figure.id} is stated by it" for figure in index.figures_of_source[ident])
        yield from (f"quote:{quote.id} is printed by it" for quote in index.quotes_of_source[ident])
        yield from (f"{name} was taken from it" for name in index.taken_from[ident])
    if kind == "region":
        yield from (f"event:{event.id} happened there" for event in index.timelines.of_region[ident])
        yield from (f"figure:{figure.id} is about it" for figure in index.figures_of_region[ident])
        yield from (f"quote:{quote.id} is about it" for quote in index.quotes_of_region[ident])
    if kind == "actor":
        yield from (f"quote:{quote.id} was said by it" for quote in index.quotes_of_actor[ident])
        yield from (f"figure:{figure.id} is claimed by it" for figure in index.figures_of_actor[ident])
        yield from (f"event:{event.id} involves it" for event in index.events_of_actor[ident])
    if kind == "measure":
        yield from (f"figure:{figure.id} counts it" for figure in index.figures_of_measure[ident])
    if kind == "event":
        yield from (f"quote:{quote.id} is about it" for quote in index.quotes_of_event[ident])
    yield from (f"disagreement:{item.id} sets it beside others" for item in index.disagreements_of[reference])
    yield from (f"correction:{item.id} corrects it" for item in index.corrections_of[reference])
    yield from (f"{name} links to it" for name in index.linked_from[reference])
