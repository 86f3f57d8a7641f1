"""What a declared field says beside its type: whose id it holds, which words it allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin

from pydantic.fields import FieldInfo

from site_builder.fields import Reads, Reference


def reference_words(mark: Reference) -> str:
    """Returns whose id a field holds, in words: "the id of a region"."""
    if mark.past:
        return "a record or a retired one, as `kind:id`"
    if not mark.kind:
        return "a record, as `kind:id`"
    return f"the id of {'an' if mark.kind[0] in 'aeiou' else 'a'} {mark.kind}"


def reference_of(field: FieldInfo) -> Reference | None:
    """Returns the reference that a field, or what its list holds, is marked with."""
    return next((mark for mark in _marks(field) if isinstance(mark, Reference)), None)


def allowed_words(field: FieldInfo) -> Mapping[str, str]:
    """Returns the closed list of words that a field allows, with their meanings; empty if there is none."""
    found = (mark.meanings for mark in _marks(field) if isinstance(mark, Reads) and mark.meanings)
    return next(found, {})


def _marks(field: FieldInfo) -> Iterator[object]:
    yield from field.metadata
    yield from _inner_marks(field.annotation)


def _inner_marks(annotation: Any) -> Iterator[object]:  # noqa: ANN401  # whatever a field is annotated with
    inner = get_args(annotation)
    if get_origin(annotation) is Annotated:
        yield from inner[1:]
    for part in inner:
        yield from _inner_marks(part)
