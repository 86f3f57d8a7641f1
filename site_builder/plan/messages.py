"""What the plan says in words of its own, in English: what a catalogue of another language must hold."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.model import (
    Actor,
    Article,
    Correction,
    Disagreement,
    Event,
    Figure,
    Measure,
    Page,
    Publishable,
    Quote,
    Region,
    Report,
    Retired,
    Schema,
)
from site_builder.plan.labels import ENGLISH, english_field
from site_builder.plan.list_pages import WORD_LISTS
from site_builder.plan.tables import ALWAYS, columns_of

_SHOWN: tuple[type[Schema], ...] = (
    Article,
    Region,
    Actor,
    Measure,
    Event,
    Report,
    Figure,
    Quote,
    Disagreement,
    Correction,
    Retired,
)


def messages() -> Iterator[tuple[str, str]]:
    """Yields each message once: its context, which may be empty, and the English words."""
    yield from dict.fromkeys(_all())


def _all() -> Iterator[tuple[str, str]]:
    for group, words in ENGLISH.items():
        yield from ((group, english) for english in words.values() if english)
    schemas: tuple[type[Schema], ...] = (*_SHOWN, Page)
    for schema in schemas:
        names = (name for name in schema.model_fields if name not in Publishable.model_fields)
        yield from (("field", english_field(name)) for name in names)
    for words in WORD_LISTS.values():
        yield from (("", meaning) for meaning in words.values())
    # A word list names also what no label says.
    yield "", "normal"
    for schema in _SHOWN:
        yield from (("", meaning) for name, meaning in columns_of(schema).items() if name != "as_of")
    yield from (("", meaning) for _, meaning in ALWAYS)
