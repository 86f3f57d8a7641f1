"""The content model as a document for people: `docs/content-model.md`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin

from pydantic.fields import FieldInfo

from site_builder import fields
from site_builder.codebook.files import FILE_KINDS
from site_builder.codebook.marks import reference_words
from site_builder.codebook.prose import DATES, INTRODUCTION, LINKS, TEXTS
from site_builder.dates import Edtf
from site_builder.fields import Reads, Reference
from site_builder.markup import RECORD_KINDS
from site_builder.model import (
    Archive,
    Capture,
    Editor,
    Enlargement,
    Event,
    Figure,
    Geometry,
    Image,
    Level,
    Name,
    Region,
    Release,
    Schema,
    Translation,
    Version,
    meanings,
)
from site_builder.validate.records import written_fields
from site_builder.wording import date_words
from site_builder.words import (
    ACTOR_TYPES,
    BASES,
    BOUNDS,
    CORRECTION_TRIGGERS,
    COUNTINGS,
    KINDS,
    NATURES,
    PLURALS,
    PROJECTIONS,
    PUBLISHED_KINDS,
    RANKS,
    SOURCE_TYPES,
    STATUSES,
    STRICTNESSES,
    TRANSLATION_METHODS,
)

_PLAIN: Mapping[object, str] = {
    get_args(kind)[1]: words
    for kind, words in (
        (fields.Id, "an id"),
        (fields.Words, "text"),
        (fields.LocalText, "[text by language](#text-by-language)"),
        (fields.Language, "a language tag, such as `en` or `pt-BR`"),
        (fields.Date, "[a date](#dates)"),
        (fields.Number, "a number, in digits"),
        (fields.Whole, "a whole number, 0 or more"),
        (fields.Url, "a web address, whole"),
        (fields.SiteUrl, "a web address, whole"),
        (fields.Onion, "the address of an onion service, version 3"),
        (fields.Sha256, "64 hexadecimal digits"),
        (fields.QuoteSum, "12 hexadecimal digits"),
        (fields.TextSum, "12 hexadecimal digits"),
        (fields.IsoCode, "an ISO 3166 code, such as `UA-43` or `UA`"),
        (fields.WikidataId, "a Wikidata id, such as `Q649`"),
        (fields.Flag, "`true` or `false`"),
        (fields.Instant, "date, time and offset, such as `2022-10-03T12:00+03:00`"),
        (fields.Private, "anything"),
    )
}

_PARTS: Mapping[type[Schema], str] = {
    Name: "Names",
    Archive: "Archives",
    Version: "Versions",
    Image: "Images",
    Level: "Levels",
    Capture: "A kept text",
    Translation: "Translations",
    Editor: "Editors",
    Geometry: "A map",
    Enlargement: "An enlarged part",
    Release: "Releases",
}

_WORD_LISTS: Mapping[str, Mapping[str, str]] = {
    "Projections": PROJECTIONS,
    "Bases": BASES,
    "Bounds": BOUNDS,
    "Countings": COUNTINGS,
    "Plural forms": PLURALS,
    "Types of actor": ACTOR_TYPES,
    "Natures": NATURES,
    "Triggers": CORRECTION_TRIGGERS,
    "Ranks": RANKS,
    "Statuses": STATUSES,
    "Translation methods": TRANSLATION_METHODS,
    "Strictnesses": STRICTNESSES,
    "Kinds of record": KINDS,
    "Kinds in the ledger": PUBLISHED_KINDS,
    "Types of source": SOURCE_TYPES,
}

# What a record as a whole must meet, beside what its fields say.
_RULES: Mapping[type[Schema], str] = {
    Name: "A name has either `family` or `literal`.",
    Figure: (
        "A figure states one thing: `value`, or both `low` and `high`, or `level`.\n"
        "Only a `value` can have a `bound`.\n"
        "Without `regions` it is about the `place` of `site.yaml`; where there is none, write `regions`."
    ),
    Event: "Without `regions` it is about the `place` of `site.yaml`; where there is none, write `regions`.",
    Region: "`unknown` holds at least one sentence.",
}

_DATE_FORMS = (
    ("a day", "2022-10-03"),
    ("a month", "2022-10"),
    ("a year", "2022"),
    ("a season: 21 spring, 22 summer, 23 autumn, 24 winter", "2022-23"),
    ("a decade", "202X"),
    ("a day in a known month", "2022-10-XX"),
    ("about", "2022-10~"),
    ("uncertain", "2021-12?"),
    ("about, and uncertain", "2021-12%"),
    ("from one day to another", "2022-09-22/2022-09-26"),
    ("from a day on; it goes on", "2022-10-03/.."),
    ("from a day on; the end is not known", "2022-10-03/"),
    ("one of several days", "[2022-09-21,2022-09-24]"),
    ("one day of a stretch", "[2022-09-21..2022-09-26]"),
)


def content_model() -> str:
    """Returns `docs/content-model.md`: every file, field and word that a dossier may hold."""
    return "\n".join(_lines()).rstrip() + "\n"


def _lines() -> Iterator[str]:
    yield from (INTRODUCTION, "")
    shown: set[type[Schema]] = set()
    for kind in FILE_KINDS:
        yield from (f"## {kind.title}", "", f"`{kind.where}`", "", kind.says, "")
        if kind.fields:
            yield from _table(kind.fields)
        for key, schemas in kind.lists.items():
            for schema in schemas:
                if schema not in shown:
                    yield from (f"### {schema.__name__}: an entry of `{key}`", "", _first_line(schema), "")
                    yield from _table(schema)
                    shown.add(schema)
    for part, title in _PARTS.items():
        yield from (f"## {title}", "", _first_line(part), "", *_table(part))
    yield from _words()
    yield from (DATES, "", "| form | write | reads as |", "|---|---|---|")
    for form, text in _DATE_FORMS:
        yield f"| {form} | `{text}` | {date_words(Edtf.parse(text), 'en')} |"
    yield from ("", TEXTS, "", LINKS.format(kinds=", ".join(f"`{kind}`" for kind in RECORD_KINDS)))


def _first_line(schema: type[Schema]) -> str:
    return (schema.__doc__ or "").partition("\n")[0]


def _table(schema: type[Schema]) -> Iterator[str]:
    yield from ("| field | required | holds | meaning |", "|---|---|---|---|")
    written = sorted(written_fields(schema).items(), key=lambda item: not item[1].is_required())
    said = meanings(schema)
    for name, field in written:
        default = f"no: `{field.default}`" if isinstance(field.default, str) else "no"
        required = "yes" if field.is_required() else default
        yield f"| `{name}` | {required} | {_holds(field)} | {said[name]} |"
    yield ""
    if schema in _RULES:
        yield from (_RULES[schema], "")


def _holds(field: FieldInfo) -> str:
    return _plain(field.annotation, tuple(field.metadata))


def _plain(annotation: Any, marks: tuple[object, ...]) -> str:  # noqa: ANN401  # whatever a field is annotated with
    origin, inner = get_origin(annotation), get_args(annotation)
    reads = next((mark for mark in marks if isinstance(mark, Reads)), None)
    if origin is Annotated:
        words = _plain(inner[0], inner[1:])
    elif reads:
        reference = next((mark for mark in marks if isinstance(mark, Reference)), None)
        words = reference_words(reference) if reference else _PLAIN.get(reads) or _one_of(reads)
    elif annotation in _PARTS:
        words = f"[{_PARTS[annotation].lower()}](#{_anchor(_PARTS[annotation])})"
    elif origin is Mapping:
        words = f"for each key, {_plain(inner[0], ())}: {_plain(inner[1], ())}"
    elif origin is tuple and inner[0] in _PARTS:
        words = f"a list of [{_PARTS[inner[0]].lower()}](#{_anchor(_PARTS[inner[0]])})"
    elif origin is tuple:
        words = f"a list, each item {_plain(inner[0], ())}"
    else:  # X | None
        words = _plain(inner[0], ())
    return words


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _one_of(reads: Reads) -> str:
    title = next(title for title, words in _WORD_LISTS.items() if words is reads.meanings)
    return f"one of [these words](#{_anchor(title)})"


def _words() -> Iterator[str]:
    for title, words in _WORD_LISTS.items():
        yield from (f"## {title}", "", "| word | meaning |", "|---|---|")
        yield from (f"| `{word}` | {meaning} |" for word, meaning in words.items())
        yield ""
