"""Where records stand that have no page of their own, once the list of their like is too long for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.dates import Edtf
from site_builder.model import Correction, Disagreement, Event, Figure, Quote, Source
from site_builder.parts import Part, by_period, divided, most


def parts_of_figures(figures_of_measure: Mapping[str, tuple[Figure, ...]]) -> Mapping[str, str]:
    """Returns the part of its measure's list that each figure stands in, by `figure:id`."""
    return {
        f"figure:{figure.id}": part.id
        for figures in figures_of_measure.values()
        for part in figures_in_parts(figures).light()
        if part.id
        for figure in part.entries
    }


def parts_of_corrections(corrections: Iterable[Correction]) -> Mapping[str, str]:
    """Returns the part of the list that each correction stands in, by `correction:id`."""
    found = corrections_in_parts(corrections)
    return {f"correction:{item.id}": part.id for part in found.light() if part.id for item in part.entries}


def parts_of_disagreements(
    disagreements: Iterable[Disagreement], dates: Mapping[str, Edtf]
) -> Mapping[str, str]:
    """Returns the part of the list that each disagreement stands in, by `disagreement:id`."""
    found = disagreements_in_parts(disagreements, dates)
    return {f"disagreement:{item.id}": part.id for part in found.light() if part.id for item in part.entries}


def disagreements_in_parts(
    disagreements: Iterable[Disagreement], dates: Mapping[str, Edtf]
) -> Part[Disagreement]:
    """Returns disagreements by the dates of what sources differ on."""
    ordered = sorted(disagreements, key=lambda item: (dates[item.id].sort_key, item.id))
    return divided(ordered, most("disagreement"), by_period(lambda item: dates[item.id]))


def corrections_in_parts(corrections: Iterable[Correction]) -> Part[Correction]:
    """Returns corrections by their dates."""
    return divided(tuple(corrections), most("correction"), by_period(lambda item: item.date))


def figures_in_parts(figures: tuple[Figure, ...]) -> Part[Figure]:
    """Returns the figures of a measure by the dates that they are as of."""
    return divided(figures, most("figure with its mark"), by_period(lambda figure: figure.as_of))


def date_of_disagreement(
    item: Disagreement,
    figures: Mapping[str, Figure],
    events: Mapping[str, Event],
    quotes: Mapping[str, Quote],
    sources: Mapping[str, Source],
) -> Edtf:
    """Returns the date of what sources differ on: the earliest of the records that are set side by side."""

    def date_of(reference: str) -> Edtf:
        kind, _, ident = reference.partition(":")
        if kind == "figure":
            return figures[ident].as_of
        if kind == "event":
            return events[ident].date
        if kind == "quote":
            return quotes[ident].said or sources[quotes[ident].source].issued
        return sources[ident].issued

    return min((date_of(name) for name in item.records), key=lambda date: date.sort_key)
