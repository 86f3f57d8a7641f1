"""Records as tables to download, one for each kind; every row has its sources and an as-of date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from site_builder.dates import Edtf
from site_builder.link import Index
from site_builder.link.gather import grouped
from site_builder.model import (
    Actor,
    Article,
    Correction,
    Disagreement,
    Event,
    Figure,
    Measure,
    Name,
    Quote,
    Record,
    Region,
    Report,
    Retired,
    Schema,
    meanings,
)
from site_builder.plan import addresses
from site_builder.values import Text

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The records of one kind: `count` rows. `columns` pairs each column's name with its meaning.

    `each` gives the rows one by one, in the order of the columns. Several values in one cell are separated by
    a space where they are ids, else by a line break.
    """

    kind: str
    columns: tuple[tuple[str, str], ...]
    count: int
    each: Callable[[], Iterator[Row]]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return tuple(self.each())


ALWAYS = (
    ("address", "The record's page, relative to the site's root."),
    ("sources", "The ids of the sources that the row rests on."),
    ("as_of", "The date for which the row is stated, as EDTF; the edition's date where the record has none."),
)
# Texts of pages are for reading; a table holds what can be compared.
_LEFT_OUT = frozenset(
    {
        "body",
        "archives",
        "versions",
        "levels",
        "translations",
        "unit_forms",
        "capture",
        "draft",
        "publish_after",
        "private",
        "images",
        "pictures",
    }
)


def tables(index: Index) -> Iterator[Table]:
    """Yields the table of each kind that the dossier holds."""
    edition = index.site.edition.text
    about = {name: _ids(sources) for name, sources in index.sources_of_region.items()}
    reports = [report for found in index.reports_of.values() for report in found]
    yield from _table(
        "sources", Article, index.sources.values(), index, lambda one: (one.id, one.issued.text)
    )
    yield from _table(
        "regions", Region, index.regions.values(), index, lambda one: (about.get(one.id, ""), edition)
    )
    yield from _table(
        "actors", Actor, index.actors.values(), index, lambda one: (_of_actor(one, index), edition)
    )
    yield from _table(
        "measures", Measure, index.measures.values(), index, lambda one: (_of_measure(one, index), edition)
    )
    yield from _table(
        "events", Event, index.events.values(), index, lambda one: (_of_event(one, index), one.date.text)
    )
    yield from _table("reports", Report, reports, index, lambda one: (one.source, _report_date(one, index)))
    yield from _figures(index.figures.values(), index)
    yield from _table(
        "quotes", Quote, index.quotes.values(), index, lambda one: (one.source, _said(one, index))
    )
    yield from _notes(index)


def figures_by_measure(index: Index) -> Iterator[tuple[str, Table]]:
    """Yields each measure that has figures, with those rows of the table of all figures that are its own."""
    of_measure = grouped(index.figures.values(), lambda figure: [figure.measure])
    for name in index.measures:
        yield from ((name, table) for table in _figures(of_measure[name], index))


def _figures(figures: Iterable[Figure], index: Index) -> Iterator[Table]:
    return _table("figures", Figure, figures, index, lambda one: (one.source, one.as_of.text))


def _notes(index: Index) -> Iterator[Table]:
    edition = index.site.edition.text
    yield from _table(
        "disagreements",
        Disagreement,
        index.disagreements.values(),
        index,
        lambda one: (_behind(one.records, index), edition),
    )
    yield from _table(
        "corrections",
        Correction,
        index.corrections,
        index,
        lambda one: (_behind([one.record], index), one.date.text),
    )
    yield from _table(
        "retired",
        Retired,
        index.history.retired,
        index,
        lambda one: (_behind([index.history.gone[f"{one.kind}:{one.id}"].now], index), one.date.text),
    )


def _table(
    kind: str,
    schema: type[Schema],
    records: Iterable[Any],
    index: Index,
    stated: Callable[[Any], tuple[str, str]],
) -> Iterator[Table]:
    found = tuple(records)
    if not found:
        return
    columns = columns_of(schema)
    shown = tuple(name for name in columns if name != "as_of")

    def each() -> Iterator[Row]:
        language = index.site.language
        for record in found:
            value_of = record.__dict__.get
            cells = ["" if (value := value_of(name)) is None else _cell(value, language) for name in shown]
            yield (*cells, _address(kind, record, index), *stated(record))

    named = tuple((name.rstrip("_"), columns[name]) for name in shown)
    yield Table(kind=kind, columns=(*named, *ALWAYS), count=len(found), each=each)


@lru_cache(maxsize=32)
def columns_of(schema: type[Schema]) -> Mapping[str, str]:
    """The columns that a kind of record fills in itself: each with its meaning."""
    said = meanings(schema)
    fields = {
        name: said[field.alias or name]
        for name, field in schema.model_fields.items()
        if name not in _LEFT_OUT
    }
    first = {name: fields.pop(name) for name in ("id",) if name in fields}
    return {**first, **fields}


def _cell(value: object, language: str) -> str:
    # Nearly all cells are one of these; a mapping, the dearest to ask for, comes last.
    if isinstance(value, str):
        return value
    if isinstance(value, Edtf):
        return value.text
    if isinstance(value, Text | Name):
        return value.in_language(language)
    if isinstance(value, tuple):
        cells = [_cell(item, language) for item in value]
        return ("\n" if any(" " in cell for cell in cells) else " ").join(cells)
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_cell(item, language)}" for key, item in value.items())
    return str(value)


def _address(kind: str, record: Record | Report | Retired, index: Index) -> str:
    if isinstance(record, Retired):
        return addresses.retired(record.id)
    if isinstance(record, Report):
        return f"{addresses.event(record.event)}#{record.source}"
    return addresses.record(f"{kind.removesuffix('s')}:{record.id}", index)


def _ids(records: Iterable[Record]) -> str:
    return " ".join(record.id for record in records)


def _of_actor(actor: Actor, index: Index) -> str:
    statements = (
        *index.quotes_of_actor[actor.id],
        *index.figures_of_actor[actor.id],
        *index.events_of_actor[actor.id],
    )
    return " ".join(dict.fromkeys(statement.source for statement in statements))


def _of_measure(measure: Measure, index: Index) -> str:
    return " ".join(dict.fromkeys(figure.source for figure in index.figures_of_measure[measure.id]))


def _of_event(event: Event, index: Index) -> str:
    return " ".join(dict.fromkeys(report.source for report in index.reports_of[event.id]))


def _report_date(report: Report, index: Index) -> str:
    return (report.date or index.events[report.event].date).text


def _said(quote: Quote, index: Index) -> str:
    return (quote.said or index.sources[quote.source].issued).text


def _behind(references: Iterable[str], index: Index) -> str:
    found: dict[str, None] = {}
    for reference in references:
        kind, _, ident = reference.partition(":")
        if reference in index.history.gone:
            continue
        if kind == "source":
            found[ident] = None
        elif kind == "figure":
            found[index.figures[ident].source] = None
        elif kind == "quote":
            found[index.quotes[ident].source] = None
        elif kind == "event":
            found.update(dict.fromkeys(report.source for report in index.reports_of[ident]))
    return " ".join(found)


def is_number(kind: str, column: str) -> bool:
    """True if the column holds numbers, which are never guarded against being read as formulas."""
    return kind == "figures" and column in {"value", "low", "high"}
