"""JSON Schemas for editors, draft-07, which every editor reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import PydanticOmit, core_schema

from site_builder.codebook.files import FILE_KINDS, FileKind
from site_builder.codebook.marks import allowed_words, reference_of, reference_words
from site_builder.model import Article, Schema, meanings
from site_builder.validate.records import given_fields, written_fields

_DRAFT = "http://json-schema.org/draft-07/schema#"
# Longer lists of words would bury what an editor shows of a field.
_WORDS_SHOWN = 8


class _ForEditors(GenerateJsonSchema):
    """Leaves out what only says how Python holds a value: defaults, null, titles of fields."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        declared: type[Schema] = schema["cls"]
        for name, meaning in meanings(declared).items():
            if name in made["properties"]:
                made["properties"][name]["description"] = meaning
        return made

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False

    def handle_invalid_for_json_schema(self, schema: object, error_info: str) -> JsonSchemaValue:  # noqa: ARG002
        raise PydanticOmit  # a field of parsed Markdown: it is given, never written


def json_schemas() -> Mapping[str, dict[str, Any]]:
    """Returns a JSON Schema (draft-07) for each kind of file, by the name of the kind.

    They hold what one field can say of itself; rules between fields and between files are told by `check`.
    """
    return {kind.name: _file_schema(kind) for kind in FILE_KINDS}


def _file_schema(kind: FileKind) -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    body = _object(kind.fields, definitions) if kind.fields else _annotations()
    for key, schemas in kind.lists.items():
        for schema in schemas:
            definitions[schema.__name__] = _object(schema, definitions)
        items = [{"$ref": f"#/$defs/{schema.__name__}"} for schema in schemas]
        body["properties"][key] = {
            "type": "array",
            "items": items[0] if len(items) == 1 else {"anyOf": items},
        }
    if kind.is_list:
        body = {"type": "array", "items": body}
    used = {name: found for name, found in sorted(definitions.items()) if _refers(name, body, definitions)}
    return {"$schema": _DRAFT, **body, "title": f"{kind.title} ({kind.where})"} | (
        {"$defs": used} if used else {}
    )


def _refers(name: str, body: dict[str, Any], definitions: dict[str, Any]) -> bool:
    """Whether the body refers to a definition, at once or through another: only what is written is told."""
    here = f"'#/$defs/{name}'"
    return here in repr(body) or any(
        here in repr(found) and _refers(other, body, definitions)
        for other, found in definitions.items()
        if other != name
    )


def _annotations() -> dict[str, Any]:
    """The frame of a file that holds statements; the regions are the article's own field."""
    regions = _object(Article, {})["properties"]["regions"]
    return {"type": "object", "additionalProperties": False, "properties": {"regions": regions}}


def _object(schema: type[Schema], definitions: dict[str, Any]) -> dict[str, Any]:
    """Returns the schema of one record without what is given; adds what it refers to to the definitions."""
    made = schema.model_json_schema(schema_generator=_ForEditors)
    definitions.update(made.pop("$defs", {}))
    written = written_fields(schema)
    made["properties"] = {name: value for name, value in made["properties"].items() if name in written}
    made["required"] = [name for name in made.get("required", ()) if name not in given_fields(schema)]
    for name, field in written.items():
        made["properties"][name]["description"] = _hover(meanings(schema)[name], field)
    return made


def _hover(meaning: str, field: FieldInfo) -> str:
    """What an editor shows of a field: its meaning, whose id it holds, and what its words mean."""
    parts = [meaning]
    if reference := reference_of(field):
        parts.append(f"Holds {reference_words(reference)}.")
    words = allowed_words(field)
    if words and len(words) <= _WORDS_SHOWN:
        parts.append("\n".join(f"{word}: {says}" for word, says in words.items()))
    return "\n\n".join(parts)
