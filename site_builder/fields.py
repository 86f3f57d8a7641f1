"""The kinds of field that a record may have: how the value of each is read, and its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from site_builder.dates import Edtf
from site_builder.values import (
    ID,
    ID_LENGTH,
    LANGUAGE,
    Text,
    choice_repair,
    matched,
    misfit,
    read_date,
    read_flag,
    read_id,
    read_instant,
    read_language,
    read_number,
    read_onion,
    read_private,
    read_record_reference,
    read_site_url,
    read_text,
    read_url,
    read_whole,
    read_words,
)


@dataclass(frozen=True, slots=True, eq=False)  # by identity: pydantic hashes what annotates a field
class Reads:
    """Says of an annotated field how its value is read, what its JSON Schema is, and what its words mean."""

    read: Callable[[object], object]
    schema: Mapping[str, object]
    meanings: Mapping[str, str] | None = None

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return dict(self.schema)


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a field that holds a record's id; `kind` is empty where the text itself says `kind:id`.

    With `past` it may also name a retired record.
    """

    kind: str
    past: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """Marks a field that the author does not write: `by` says what it follows from."""

    by: str


def _matching(pattern: str, code: str, what: str, repair: str) -> Reads:
    compiled = re.compile(pattern)
    schema = {"type": "string", "pattern": f"^{pattern}$"}
    return Reads(lambda value: matched(compiled, value, code, what, repair), schema)


def one_of(words: Mapping[str, str]) -> Reads:
    """Returns the reader of a field that holds one of the words; each key has its meaning as value."""

    def read(value: object) -> str:
        text = read_words(value)
        if text not in words:
            raise misfit("bad-choice", f"'{text}' is not an allowed value", choice_repair(text, words))
        return str(text)

    return Reads(read, {"type": "string", "enum": list(words)}, words)


_ID_SCHEMA = {"type": "string", "pattern": f"^{ID.pattern}$", "maxLength": ID_LENGTH}
_TEXT_SCHEMA = {
    "oneOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}],
    "description": "a text, or a mapping of texts by language",
}
_ids = Reads(read_id, _ID_SCHEMA)
_references = Reads(read_record_reference, {"type": "string", "pattern": "^[a-z]+:[a-z0-9-]+$"})

Id = Annotated[str, _ids]
Words = Annotated[str, Reads(read_words, {"type": "string", "minLength": 1})]
LocalText = Annotated[Text, Reads(read_text, _TEXT_SCHEMA)]
Language = Annotated[str, Reads(read_language, {"type": "string", "pattern": f"^{LANGUAGE.pattern}$"})]
Date = Annotated[Edtf, Reads(read_date, {"type": ["string", "integer"], "description": "an EDTF date"})]
Number = Annotated[Decimal, Reads(read_number, {"type": "number"})]
Whole = Annotated[int, Reads(read_whole, {"type": "integer", "minimum": 0})]
Url = Annotated[str, Reads(read_url, {"type": "string", "format": "uri"})]
Onion = Annotated[str, Reads(read_onion, {"type": "string", "format": "uri"})]
SiteUrl = Annotated[str, Reads(read_site_url, {"type": "string", "format": "uri"})]
Sha256 = Annotated[
    str, _matching(r"[0-9a-f]{64}", "bad-sha256", "a SHA-256 sum", "write its 64 hexadecimal digits")
]
QuoteSum = Annotated[
    str, _matching(r"[0-9a-f]{12}", "bad-sha256", "the sum of a quote", "let 'check --record' write it")
]
TextSum = Annotated[
    str, _matching(r"[0-9a-f]{12}", "bad-sha256", "the sum of a text", "remove the line: 'check' says which")
]
IsoCode = Annotated[
    str,
    _matching(
        r"[A-Z]{2}(-[A-Z0-9]{1,3})?", "bad-code", "an ISO 3166 code", "write it like UA-43, or like UA"
    ),
]
Flag = Annotated[bool, Reads(read_flag, {"type": "boolean"})]
Instant = Annotated[datetime, Reads(read_instant, {"type": "string", "format": "date-time"})]
Private = Annotated[None, Reads(read_private, {"description": "anything; it is never published"})]
WikidataId = Annotated[str, _matching(r"Q[1-9][0-9]*", "bad-code", "a Wikidata id", "write it like Q649")]

SourceId = Annotated[str, _ids, Reference("source")]
RegionId = Annotated[str, _ids, Reference("region")]
ActorId = Annotated[str, _ids, Reference("actor")]
MeasureId = Annotated[str, _ids, Reference("measure")]
EventId = Annotated[str, _ids, Reference("event")]
FigureId = Annotated[str, _ids, Reference("figure")]
QuoteId = Annotated[str, _ids, Reference("quote")]
EventKindId = Annotated[str, _ids, Reference("event kind")]
RecordId = Annotated[str, _references, Reference("")]
PastRecordId = Annotated[str, _references, Reference("", past=True)]
