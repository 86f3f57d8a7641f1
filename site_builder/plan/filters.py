"""What a timeline can be narrowed to: kinds of events, regions, actors, sources, and whether reports differ.

Each choice leads to a page that shows its events; on a timeline that stands whole on one page, a script may
show them there instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from site_builder.alphabet import sort_key
from site_builder.link import Index
from site_builder.parts import SECTIONS, most
from site_builder.plan import addresses
from site_builder.plan.contexts import FilterChoice, FilterGroup, Link
from site_builder.plan.labels import label
from site_builder.plan.naming import text_in
from site_builder.plan.views import Views

Facets = tuple[tuple[str, str], ...]

_NAMES = ("differs", "kind", "region", "actor", "source")
# Their choices have an order of their own; those of the others stand by the alphabet.
_IN_ORDER = frozenset({"differs", "kind"})
# As many names as can be chosen from; the page of each record leads to its events anyway.
_MOST_CHOICES = most("link", SECTIONS)


def facets(ident: str, index: Index) -> Facets:
    """Returns what an event can be found by: the name of each filter with its ids there, spaced."""
    return tuple((name, " ".join(ids)) for name, ids in _ids(ident, index).items() if ids)


def differs(event: str, index: Index) -> bool:
    """True if reports of an event differ, or sources contradict each other about it."""
    return any(report.disputes for report in index.reports_of[event]) or any(
        item.nature == "contradiction" for item in index.disagreements_of[f"event:{event}"]
    )


def _ids(ident: str, index: Index) -> Mapping[str, Collection[str]]:
    event = index.events[ident]
    return {
        "differs": ("yes" if differs(ident, index) else "no",),
        "kind": (event.kind,),
        "region": index.regions_of(event),
        "actor": event.actors,
        "source": dict.fromkeys(report.source for report in index.reports_of[ident]),
    }


def filter_groups(made: Views) -> tuple[FilterGroup, ...]:
    """Returns the filters of a dossier's timeline.

    One whose every choice holds all events is left out, and one of more names than can be chosen from.
    """
    events = made.index.events
    counts: dict[str, dict[str, int]] = {}
    for event in events:
        for name, ids in _ids(event, made.index).items():
            of_name = counts.setdefault(name, {})
            for ident in ids:
                of_name[ident] = of_name.get(ident, 0) + 1
    return tuple(
        FilterGroup(
            id=name,
            label=label("filter", name, made.language),
            choices=tuple(_choices(name, counts[name], made)),
        )
        for name in _NAMES
        if any(count < len(events) for count in counts.get(name, {}).values())
        and (name in _IN_ORDER or len(counts[name]) <= _MOST_CHOICES)
    )


def _choices(name: str, counts: Mapping[str, int], made: Views) -> Iterator[FilterChoice]:
    """Yields the choices of a filter: the author's kinds in the author's order, names by the alphabet."""
    ways = _ways(name, made)
    order = [ident for ident in ways if ident in counts]
    if name not in _IN_ORDER:
        order.sort(key=lambda ident: sort_key(ways[ident].text, made.language))
    for ident in order:
        way = ways[ident]
        yield FilterChoice(id=ident, text=way.text, lang=way.lang, address=way.address, events=counts[ident])


def _ways(name: str, made: Views) -> Mapping[str, Link]:
    """Returns the page that shows a choice's events, by the choice's id."""
    index, language = made.index, made.language
    if name == "differs":
        return {
            code: Link(text=label("differs", code, language), address=addresses.timeline_of_differing(code))
            for code in ("yes", "no")
        }
    if name == "kind":
        return {
            kind: Link(text=text_in(words, language), address=addresses.timeline_of_kind(kind))
            for kind, words in index.site.event_kinds.items()
        }
    if name == "region":
        return {
            region.id: Link(
                text=f"{region.text} ({region.status})" if region.status else region.text,
                address=f"{region.address}#Timeline",
            )
            for region in made.regions.values()
        }
    if name == "actor":
        return {
            actor.id: Link(text=text_in(actor.name, language), address=f"{addresses.actor(actor.id)}#Events")
            for actor in index.actors.values()
        }
    return _sources(made)


def _sources(made: Views) -> Mapping[str, Link]:
    """Names sources as the apparatus does, by publication and date; those that share both by their titles."""
    short = {source.id: f"{source.label}, {source.issued.short}" for source in made.sources.values()}
    held = Counter(short[name] for name in made.sources if made.index.events_of_source[name])
    return {
        source.id: Link(
            text=short[source.id] if held[short[source.id]] == 1 else source.title_translated or source.title,
            address=f"{source.address}#Events",
            lang=""
            if source.title_translated or (source.publication and held[short[source.id]] == 1)
            else source.lang,
        )
        for source in made.sources.values()
    }
