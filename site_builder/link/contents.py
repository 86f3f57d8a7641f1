"""The sum of what a dossier says: the same for the same content, whatever file, theme or version it is in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from site_builder.dates import Edtf
from site_builder.markup import Markup
from site_builder.model import Dossier, Publishable, Schema
from site_builder.values import Text


def content_sum(dossier: Dossier) -> str:
    """Returns the SHA-256 sum, in hexadecimal, of all that the dossier publishes, its ledger apart."""
    others = {"report": dossier.reports, "retired": dossier.retired, "site": (dossier.site,)}
    told = {kind: _plain(records) for kind, records in {**dossier.records(), **others}.items()}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Schema):
        return dict(_fields(value))
    if isinstance(value, Text):
        told = dict(value.by_language)
        # A plain text says no more where it might have been translated than where it might not.
        return told[""] if set(told) == {""} else told
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Edtf | Markup):
        return value.text
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _fields(record: Schema) -> Iterator[tuple[str, object]]:
    """Yields what the record says: a field that nobody filled in says nothing, be it old or new."""
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if name not in Publishable.model_fields and value not in (None, (), {}, field.default):
            yield name, _plain(value)
