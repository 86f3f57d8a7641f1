"""Gives up what only messages about mistakes need, once a dossier is linked and sound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from site_builder.dates import Edtf
from site_builder.fields import Text
from site_builder.issues import NOWHERE, Placed, PlacedNumber
from site_builder.markup import Markup
from site_builder.model import Dossier, Schema


def give_up_places(dossier: Dossier) -> None:
    """Forget where in its file each text of the records is written; values that are equal become one.

    The places of a large dossier take as much memory as its texts. No value compares otherwise than before.
    """
    one_of_all: dict[Any, Any] = {}
    records: Iterable[Schema] = (
        record for found in (*dossier.records().values(), dossier.reports) for record in found
    )
    for record in records:
        _lean(record, one_of_all)


def _lean(record: Schema, one_of_all: dict[Any, Any]) -> None:
    fields = record.__dict__
    for name, value in fields.items():
        # Most fields of most records are empty.
        if value is not None:
            _forget(value, one_of_all)
            kind = type(value)
            if kind is Edtf or (kind is tuple and value and type(value[0]) is Placed):
                fields[name] = one_of_all.setdefault(value, value)


def _forget(value: object, one_of_all: dict[Any, Any]) -> None:
    kind = type(value)
    if kind is Placed or kind is PlacedNumber:
        value.place = NOWHERE  # type: ignore[attr-defined]
    elif kind in _PARTS:
        for part in _PARTS[kind](value):
            _forget(part, one_of_all)
    elif isinstance(value, Schema):
        _lean(value, one_of_all)


_PARTS: Mapping[type, Callable[[Any], Iterable[object]]] = {
    Edtf: lambda date: (date.text,),
    Text: lambda text: (part for _, part in text.by_language),
    Markup: lambda markup: (link.target for link in markup.links),
    tuple: iter,
    dict: lambda found: (*found, *found.values()),
}
