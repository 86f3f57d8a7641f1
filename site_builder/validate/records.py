"""One node against one declared schema: the record, or issues that say what to write."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from site_builder.dates import Edtf
from site_builder.fields import Given, Reads
from site_builder.issues import IssueLog, Place, did_you_mean
from site_builder.model import Schema, meanings
from site_builder.nodes import PlacedDict, node_within, place_within

M = TypeVar("M", bound=Schema)

# As many allowed words as an author reads at a glance.
_FEW = 6

_NONE: set[str] = set()


def record_of(schema: type[M], node: object, given: Mapping[str, object], issues: IssueLog) -> M | None:
    """Returns the record that the node describes, with the given fields, or None after issues."""
    if not isinstance(node, PlacedDict):
        place = getattr(node, "place", Place(""))
        issues.error(place, "wrong-type", "fields were expected here", "write 'field: value', one a line")
        return None
    follows = given_fields(schema)
    written: Mapping[str, object] = node
    if not follows.keys().isdisjoint(node):
        for name in (one for one in node if one in follows):
            repair = f"remove it: it follows from {follows[name]}"
            issues.error(node.key_place(name), "unknown-field", f"'{name}' is not written here", repair)
        written = {name: value for name, value in node.items() if name not in follows}
    try:
        record = schema.model_validate({**written, **given})
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _tell(schema, node, detail, issues)
        return None
    # Which fields were written is asked of the node alone, and a set for each record is much.
    object.__setattr__(record, "__pydantic_fields_set__", _NONE)
    return record


@lru_cache(maxsize=64)
def given_fields(schema: type[Schema]) -> Mapping[str, str]:
    """The fields of a schema that the author does not write, each with what it follows from."""
    return {
        name: mark.by
        for name, field in schema.model_fields.items()
        for mark in field.metadata
        if isinstance(mark, Given)
    }


@lru_cache(maxsize=64)
def written_fields(schema: type[Schema]) -> Mapping[str, FieldInfo]:
    """The fields of a schema that the author writes, by the name they are written with."""
    return {
        field.alias or name: field
        for name, field in schema.model_fields.items()
        if name not in given_fields(schema)
    }


@lru_cache(maxsize=64)
def date_fields(schema: type[Schema]) -> tuple[str, ...]:
    """The fields of a schema that hold a date, by the name they are written with."""
    return tuple(name for name, field in written_fields(schema).items() if Edtf in _types(field.annotation))


def _types(annotation: object) -> tuple[object, ...]:
    return (annotation, *(found for part in get_args(annotation) for found in _types(part)))


def _tell(schema: type[Schema], node: PlacedDict, detail: ErrorDetails, issues: IssueLog) -> None:
    kind, where = detail["type"], detail["loc"]
    context: Mapping[str, Any] = detail.get("ctx", {})
    name = str(where[-1]) if where else ""
    place = place_within(node, where) or node.place
    if where[-1:] == ("[key]",):
        parent = node_within(node, where[:-2])
        place = parent.key_place(str(where[-2])) if isinstance(parent, PlacedDict) else place
    owner = _schema_at(schema, where[:-1])
    if "problem" in context:
        if context["field"]:
            place = place_within(node, (*where, context["field"])) or place
        place = context.get("place") or place
        issues.error(place, kind, context["problem"], context["repair"])
    elif kind == "missing":
        place = place_within(node, where[:-1]) or node.place
        issues.error(place, "missing-field", f"the field '{name}' is missing", _how_to_write(owner, name))
    elif kind == "extra_forbidden":
        found = place_within(node, where[:-1])
        parent = node_within(node, where[:-1])
        place = parent.key_place(name) if isinstance(parent, PlacedDict) else found or node.place
        _unknown_field(owner, name, place, issues)
    elif detail["input"] == "":
        issues.error(
            place, "empty-value", f"the field '{name}' is empty", "write a value, or remove the line"
        )
    elif kind in {"tuple_type", "list_type"}:
        issues.error(
            place,
            "wrong-type",
            f"'{name}' holds a list",
            f"write [{detail['input']}], or one item a line with '- '",
        )
    elif kind in {"model_type", "dict_type", "mapping_type", "model_attributes_type"}:
        issues.error(place, "wrong-type", "fields were expected here", "write 'field: value', one a line")
    else:
        issues.error(
            place,
            "wrong-type",
            f"'{name}' cannot be read: {detail['msg'].lower()}",
            _how_to_write(owner, name),
        )


def _unknown_field(owner: type[Schema], name: str, place: Place, issues: IssueLog) -> None:
    known = written_fields(owner)
    repair = did_you_mean(name, known) or f"known here: {', '.join(known)}"
    issues.error(place, "unknown-field", f"there is no field '{name}' here", repair)


def _schema_at(schema: type[Schema], path: tuple[int | str, ...]) -> type[Schema]:
    for step in path:
        field = written_fields(schema).get(str(step))
        inner = field and _inner_schema(field.annotation)
        schema = inner or schema
    return schema


def _inner_schema(annotation: object) -> type[Schema] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation if issubclass(annotation, Schema) else None
    return next((found for part in get_args(annotation) if (found := _inner_schema(part))), None)


def _how_to_write(schema: type[Schema], name: str) -> str:
    field = written_fields(schema).get(name)
    if field is None:
        return f"add '{name}:'"
    meaning = meanings(schema)[name].rstrip(".")
    allowed = next(
        (mark.meanings for mark in field.metadata if isinstance(mark, Reads) and mark.meanings), None
    )
    words = f"; one of {', '.join(allowed)}" if allowed and len(allowed) <= _FEW else ""
    return f"add '{name}:' ({meaning[0].lower()}{meaning[1:]}{words})"
