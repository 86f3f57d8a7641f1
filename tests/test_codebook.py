"""The retellings of the model: JSON Schemas that other programs accept, and a document that is up to date."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from site_builder.codebook import content_model, json_schemas
from site_builder.codebook.files import FILE_KINDS
from site_builder.model import Schema
from site_builder.validate.records import given_fields

ROOT = Path(__file__).resolve().parent.parent
TWO_LANGUAGES = ROOT / "tests" / "sites" / "two-languages"
STARTER = ROOT / "site_builder" / "starter"
SCHEMAS = json_schemas()


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read it: no dates, and no other truth than true and false."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def _loaded(path: Path) -> object:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        text = text.split("---\n")[1]
    return yaml.load(text, Loader=Core)  # noqa: S506  # a subclass of the safe loader


def _written_files(project: Path) -> list[tuple[str, Path]]:
    found = []
    for kind in FILE_KINDS:
        pattern = kind.where.replace("<id>", "*").replace("<language>", "*")
        # A region's or page's text in another language lies beside it.
        found += [
            ("translation" if re.search(r"\.[a-z]{2}\.md$", path.name) else kind.name, path)
            for path in sorted(project.glob(pattern))
        ]
    return found


def _mistakes(kind: str, document: object) -> list[str]:
    found: list[ValidationError] = list(Draft7Validator(SCHEMAS[kind]).iter_errors(document))
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in found]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schema_is_draft_07(kind: str) -> None:
    """Every schema is itself sound by draft-07, the version that all editors read."""
    Draft7Validator.check_schema(SCHEMAS[kind])
    assert "http://json-schema.org/draft-07/schema#" == SCHEMAS[kind]["$schema"]


@pytest.mark.parametrize(
    "kind,path", [pytest.param(k, p, id=str(p.relative_to(ROOT))) for k, p in _written_files(ROOT)]
)
def test_first_dossier_meets_the_schemas(kind: str, path: Path) -> None:
    """What the tool accepts, a reader that knows only the schemas accepts too."""
    assert [] == _mistakes(kind, _loaded(path))


@pytest.mark.parametrize(
    "kind,path", [pytest.param(k, p, id=str(p.relative_to(STARTER))) for k, p in _written_files(STARTER)]
)
def test_starter_meets_the_schemas(kind: str, path: Path) -> None:
    """An author's first look at a starter file in an editor shows no red line."""
    assert [] == _mistakes(kind, _loaded(path))


def test_every_kind_of_file_is_in_the_first_dossier_and_in_the_starter() -> None:
    """The two tests above look at every schema there is."""
    assert set(SCHEMAS) == {kind for kind, _ in (*_written_files(ROOT), *_written_files(TWO_LANGUAGES))}
    # A ledger comes with the first release, a translation with the second language.
    assert set(SCHEMAS) - {"ledger", "translation"} == {kind for kind, _ in _written_files(STARTER)}


@pytest.mark.parametrize(
    "kind,path", [pytest.param(k, p, id=str(p.name)) for k, p in _written_files(TWO_LANGUAGES)]
)
def test_a_dossier_in_two_languages_meets_the_schemas(kind: str, path: Path) -> None:
    """Texts by language, and files in another language, are what the schemas say."""
    assert [] == _mistakes(kind, _loaded(path))


@pytest.mark.parametrize(
    "kind,document,told",
    [
        pytest.param("actor", {"type": "person", "name": "A", "age": "4"}, "'age'", id="unknown field"),
        pytest.param("actor", {"name": "A"}, "'type' is a required property", id="missing field"),
        pytest.param("actor", {"type": "robot", "name": "A"}, "'robot' is not one of", id="word not allowed"),
        pytest.param("region", {"iso": "XXX"}, "'XXX' does not match", id="pattern"),
        pytest.param("annotations", {"regions": ["Old Weir"]}, "'Old Weir' does not match", id="id"),
        pytest.param("annotations", {"figures": [{"source": "a"}]}, "'source'", id="given field"),
        pytest.param("measures", {"id": "a"}, "is not of type 'array'", id="a list"),
        pytest.param("corrections", [{"id": 1}], "1 is not of type 'string'", id="type"),
    ],
)
def test_schemas_refuse(kind: str, document: object, told: str) -> None:
    """A field that is unknown, missing, given by the file's place, or of another kind is marked."""
    assert any(told in mistake for mistake in _mistakes(kind, document))


def _objects(schema: object) -> list[dict[str, Any]]:
    """Every part of a schema that describes a record."""
    if isinstance(schema, list):
        return [found for part in schema for found in _objects(part)]
    if not isinstance(schema, dict):
        return []
    here = [schema] if isinstance(schema.get("properties"), dict) else []
    return here + [found for part in schema.values() for found in _objects(part)]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schemas_are_closed_and_explain_every_field(kind: str) -> None:
    """A record takes no field but its own, and hovering over any field says what it means."""
    lists = {"events", "figures", "quotes"}
    for schema in _objects(SCHEMAS[kind]):
        assert schema["additionalProperties"] is False
        silent = [
            n for n, field in schema["properties"].items() if "description" not in field and n not in lists
        ]
        assert [] == silent


def test_given_fields_are_in_no_schema() -> None:
    """What follows from a file's place is not offered for writing."""
    for kind in FILE_KINDS:
        if kind.fields:
            assert set() == set(given_fields(kind.fields)) & set(SCHEMAS[kind.name].get("properties", {}))


def test_schemas_refer_only_to_what_they_hold() -> None:
    """Each schema stands alone: its references end in its own definitions, and it has no idle ones."""
    for schema in SCHEMAS.values():
        referred = set(re.findall(r"'#/\$defs/(\w+)'", repr(schema)))
        assert set(schema.get("$defs", {})) == referred


def test_document_is_up_to_date() -> None:
    """docs/content-model.md is what the declarations say; `python -m site_builder.codebook` prints it."""
    done = subprocess.run(
        [sys.executable, "-m", "site_builder.codebook"], cwd=ROOT, capture_output=True, check=True
    )
    assert done.stdout.decode() == (ROOT / "docs" / "content-model.md").read_text(encoding="utf-8")


def _declared() -> list[type[Schema]]:
    waiting, found = [Schema], []
    while waiting:
        children = waiting.pop().__subclasses__()
        waiting += children
        found += children
    return [schema for schema in found if schema.__module__.startswith("site_builder.model")]


def test_document_names_every_declared_field() -> None:
    """No field can be declared without standing in the content model."""
    text = content_model()
    missing = [
        f"{schema.__name__}.{name}"
        for schema in _declared()
        for name, field in schema.model_fields.items()
        if name not in given_fields(schema) and f"| `{field.alias or name}` |" not in text
    ]
    assert [] == missing
