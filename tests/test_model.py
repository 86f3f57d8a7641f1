from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path

import pytest
from pydantic import ValidationError

from site_builder.dates import Edtf
from site_builder.issues import IssueLog, Place
from site_builder.markup import parse
from site_builder.model import Dossier, Figure, Name, Record, Region, Schema, Source, meanings
from site_builder.read import read
from site_builder.validate import validate

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

FIGURE = {"id": "f", "source": "s", "measure": "m", "as_of": "2021", "basis": "count"}


def schemas(base: type[Schema] = Schema) -> list[type[Schema]]:
    """A schema and all that are made of it."""
    return [base, *(found for child in base.__subclasses__() for found in schemas(child))]


@pytest.mark.parametrize("schema", schemas(), ids=lambda schema: schema.__name__)
def test_every_field_says_what_it_means(schema: type[Schema]) -> None:
    """Each declared field has a sentence: the codebook, the editors' schemas and the method page print it."""
    assert [] == [name for name, meaning in meanings(schema).items() if not meaning.endswith(".")]


@pytest.mark.parametrize("schema", schemas(), ids=lambda schema: schema.__name__)
def test_every_schema_is_frozen_and_closed(schema: type[Schema]) -> None:
    """A record cannot be changed once it is read, and holds no field that is not declared."""
    assert (True, "forbid") == (schema.model_config.get("frozen"), schema.model_config.get("extra"))


def test_a_record_cannot_be_changed() -> None:
    """Assigning to a field is an error."""
    figure = Figure.model_validate({**FIGURE, "value": "1"})
    with pytest.raises(ValidationError, match="frozen"):
        figure.basis = "claim"  # type: ignore[misc]


@pytest.mark.parametrize(
    "stated",
    [
        {"value": "9"},
        {"value": "0"},
        {"value": "9", "bound": "at_least"},
        {"low": "8", "high": "9"},
        {"low": "9", "high": "9"},
        {"low": "-2", "high": "0"},
        {"level": "high"},
    ],
)
def test_a_figure_states_one_thing(stated: dict[str, str]) -> None:
    """A figure is one value, one range or one level."""
    figure = Figure.model_validate({**FIGURE, **stated})
    assert {"id", *FIGURE, *stated} == figure.model_fields_set


@pytest.mark.parametrize(
    "stated, code",
    [
        ({}, "missing-field"),
        ({"value": "9", "level": "high"}, "missing-field"),
        ({"value": "9", "low": "8", "high": "9"}, "missing-field"),
        ({"low": "8"}, "missing-field"),
        ({"high": "8"}, "missing-field"),
        ({"low": "8", "level": "high"}, "missing-field"),
        ({"low": "9", "high": "8"}, "range-order"),
        ({"low": "8", "high": "9", "bound": "about"}, "bad-choice"),
        ({"level": "high", "bound": "about"}, "bad-choice"),
    ],
)
def test_a_figure_that_states_nothing_or_too_much(stated: dict[str, str], code: str) -> None:
    """A figure with no value, two values, half a range or a range upside down is refused."""
    with pytest.raises(ValidationError) as caught:
        Figure.model_validate({**FIGURE, **stated})
    assert [code] == [error["type"] for error in caught.value.errors()]


def test_zero_is_a_number() -> None:
    """A figure of nought is stated, not missing."""
    assert 0 == Figure.model_validate({**FIGURE, "value": "0"}).value


@pytest.mark.parametrize(
    "name, words",
    [
        ({"family": "Reed", "given": "Anna"}, "Anna Reed"),
        ({"family": "Reed"}, "Reed"),
        ({"literal": "Ost County"}, "Ost County"),
    ],
)
def test_a_name_in_words(name: dict[str, str], words: str) -> None:
    """A person's name reads given name first; an institution's as it is."""
    assert words == Name.model_validate(name).in_language("en")


@pytest.mark.parametrize("name", [{}, {"given": "Anna"}, {"family": "Reed", "literal": "Ost County"}])
def test_a_name_has_a_family_name_or_is_literal(name: dict[str, str]) -> None:
    """A name with neither, or with both, is refused."""
    with pytest.raises(ValidationError, match="either 'family' or 'literal'"):
        Name.model_validate(name)


def test_a_region_admits_what_is_not_known() -> None:
    """A region without a sentence on what is not known is refused."""
    body, _ = parse("", Place("content/regions/r.md"))
    region = {"id": "r", "name": "R", "type": "valley", "summary": "S.", "unknown": [], "body": body}
    with pytest.raises(ValidationError, match="must say what is not known"):
        Region.model_validate(region)


def dossier_of(project: Path) -> Dossier:
    """The dossier that a sound project holds."""
    issues = IssueLog()
    found = validate(read(project, issues), issues)
    assert [] == list(issues)
    assert found is not None
    return found


def records_of(dossier: Dossier) -> list[Record]:
    """Every record of a dossier."""
    groups = [getattr(dossier, field.name) for field in fields(dossier)]
    return [
        record
        for group in groups
        if isinstance(group, tuple)
        for record in group
        if isinstance(record, Record)
    ]


def test_a_dossier_holds_every_record_once(lay: Lay) -> None:
    """Every record of every kind is in the dossier, once; an article is a source."""
    records = records_of(dossier_of(lay({})))
    kinds = Counter(type(record).__name__ for record in records)
    assert {
        "Article": 1, "Source": 2, "Region": 3, "Actor": 2, "Measure": 2, "Event": 1, "Figure": 3, "Quote": 1,
        "Disagreement": 1, "Correction": 1, "Page": 1,
    } == dict(kinds)  # fmt: skip
    assert len(records) == len({record.id for record in records})


def test_every_record_knows_where_it_is_written(lay: Lay) -> None:
    """A record's place is the line of its id, or the first line of the file that its id is the name of."""
    places = {str(record.id): str(record.place) for record in records_of(dossier_of(lay({})))}
    assert "content/articles/gazette-bridge-count/index.md:1:1" == places["gazette-bridge-count"]
    assert "content/articles/gazette-bridge-count/annotations.yaml:11:9" == places["nine-bridges"]
    assert "content/measures.yaml:1:7" == places["bridges-standing"]


def test_an_article_is_a_source_with_a_digest(lay: Lay) -> None:
    """The curated sources are those with a folder of their own."""
    dossier = dossier_of(lay({}))
    assert ["gazette-bridge-count"] == [article.id for article in dossier.articles]
    assert all(isinstance(source, Source | Record) for source in dossier.sources)


def test_statements_belong_to_the_source_they_lie_in(lay: Lay) -> None:
    """A statement's source is the folder or file that it is written in; nothing else can say so."""
    dossier = dossier_of(lay({}))
    assert {
        "nine-bridges": "gazette-bridge-count",
        "ten-bridges": "county-survey",
        "water-high": "county-survey",
    } == {figure.id: figure.source for figure in dossier.figures}
    assert ["ferry-notice"] == [report.source for report in dossier.reports]
    assert Edtf.parse("2021-03-11") == dossier.reports[0].date
