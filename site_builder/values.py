"""How the values of fields are read: a text becomes a date, a number, an id, or is told why it is none.

Every scalar arrives as text with its place (see `nodes.py`). A value that does not fit raises
`PydanticCustomError` with an issue code, a problem and a repair, which `validate/` turns into an `Issue` at
the right line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pydantic_core import PydanticCustomError

from site_builder.characters import UNPRINTABLE, foreign_letter, looked_at, named
from site_builder.dates import DateError, Edtf
from site_builder.issues import Place, Placed, PlacedNumber, nearest, place_of
from site_builder.outward import misaddressed_onion, misaddressing
from site_builder.redaction import looks_withheld

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID_LENGTH = 80
# File names that Windows keeps for devices: a site must unpack from a zip on any machine.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))})
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
# As many as every number of 64 bits keeps: spreadsheets and JavaScript know no others.
_DIGITS = 15
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")


def misfit(code: str, problem: str, repair: str = "", field: str = "") -> PydanticCustomError:
    """Returns the error of a value that does not fit.

    `field` names the field concerned where the rule is one of the whole record.
    """
    context = {"problem": problem, "repair": repair, "field": field}
    return PydanticCustomError(code, "{problem}", context)


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one or more languages; the language "" stands for the dossier's own."""

    by_language: tuple[tuple[str, str], ...]

    def in_language(self, language: str) -> str:
        """Returns the text in that language, else in the dossier's own, else in the first one written."""
        known = dict(self.by_language)
        return known.get(language) or known.get("") or self.by_language[0][1]

    @property
    def place(self) -> Place:
        """Where the text is written."""
        return place_of(self.by_language[0][1])


# What a text begins with that is empty, or has spaces around it.
_SPACE = ("", " ")


def read_words(value: object) -> Placed:
    """Returns the text in Unicode NFC without spaces around it; refuses empty and unprintable text."""
    # Nearly all are plain, and as they are to be.
    if isinstance(value, Placed) and value.isascii() and value.isprintable() and "{" not in value:  # noqa: SIM102
        if value[:1] not in _SPACE and value[-1:] not in _SPACE:
            return value
    if not isinstance(value, str):
        raise misfit(
            "wrong-type", "one text was expected here", "write one value, without a list or sub-fields"
        )
    text = unicodedata.normalize("NFC", value).strip()
    if not text:
        raise misfit("empty-value", "the value is empty", "write a value, or remove the line")
    if found := UNPRINTABLE.search(text):
        problem = f"the text holds the unprintable character {named(found[0])}"
        raise misfit("unprintable", problem, "remove the character")
    if looks_withheld(text):
        problem = "this field is plain text: it would be published with the mark and the words"
        raise misfit("bad-attribute", problem, "write '[name withheld]' without the name")
    return Placed(text, place_of(value))


def read_id(value: object) -> Placed:
    """Returns the id: lower-case ASCII letters, digits and hyphens, at most 80 of them."""
    text = read_words(value)
    if not ID.fullmatch(str(value)):
        proposal = suggested_id(text)
        repair = f"write '{proposal}'" if proposal else "write something like 'my-record-2022'"
        told = foreign_letter(text) or "lower-case ASCII letters, digits, hyphens"
        raise misfit("bad-id", f"'{text}' cannot be an id: {told}", repair)
    if len(text) > ID_LENGTH:
        raise misfit(
            "bad-id", f"an id has at most {ID_LENGTH} characters, this one has {len(text)}", "shorten it"
        )
    if text in _DEVICES or text == "index":
        raise misfit("bad-id", f"'{text}' is reserved: no file may have this name", f"write '{text}-1', say")
    return text


def suggested_id(text: str) -> str:
    """Returns an id as near to the text as its letters, and those that look Latin, allow; may be empty."""
    plain = unicodedata.normalize("NFKD", looked_at(text)).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:ID_LENGTH].strip("-")


def read_record_reference(value: object) -> Placed:
    """Returns a reference `kind:id`."""
    text = read_words(value)
    kind, colon, ident = text.partition(":")
    if not colon or not kind.isalpha() or not ID.fullmatch(ident):
        raise misfit(
            "bad-reference", f"'{text}' does not name a record", "write kind:id, as in event:my-event"
        )
    return text


def read_text(value: object) -> Text:
    """Returns the text from one value, or from a mapping of values by language."""
    if not isinstance(value, Mapping):
        return Text((("", read_words(value)),))
    if not value:
        raise misfit("empty-value", "the value is empty", "write a text, or one a language: {en: …, ru: …}")
    parts = value.items()
    return Text(tuple((str(_part(key, read_language)), _part(text, read_words)) for key, text in parts))


def _part(value: object, read: Callable[[object], Placed]) -> Placed:
    """Reads a part of a value, and tells what is wrong with it where it stands."""
    try:
        return read(value)
    except PydanticCustomError as error:
        place = getattr(value, "place", None)
        told = {**(error.context or {}), "place": place}
        raise PydanticCustomError(error.type, "{problem}", told) from None


def read_language(value: object) -> Placed:
    """Returns the BCP 47 tag."""
    repair = "write a BCP 47 tag: en, ru, ru-Latn, pt-BR"
    return matched(LANGUAGE, value, "bad-language", "a language tag", repair)


def read_date(value: object) -> Edtf:
    """Returns the date, an EDTF expression."""
    if isinstance(value, list):
        raise misfit(
            "bad-date", "a list is no date", "put a set in quotation marks: '[2022-09-21,2022-09-22]'"
        )
    text = read_words(value)
    try:
        return Edtf.parse(text)
    except DateError as error:
        raise misfit("bad-date", str(error), error.repair) from None


def read_number(value: object) -> Decimal:
    """Returns the number, written in digits with a point before its decimals, which are kept as written."""
    text = read_words(value)
    if not _NUMBER.fullmatch(text):
        bare = re.sub(r"[\s,_'\u00a0\u202f]", "", text).lstrip("+0")
        repair = f"write {bare}" if _NUMBER.fullmatch(bare) else "write digits, with a point before decimals"
        raise misfit("bad-number", f"'{text}' is not a number in digits", repair)
    if len(text.lstrip("-0.").replace(".", "")) > _DIGITS:
        problem = f"'{text}' has more than {_DIGITS} digits: programs that read the tables would round it"
        raise misfit("bad-number", problem, "write no more digits than the source can know")
    return PlacedNumber(text, place_of(value))


def read_whole(value: object) -> int:
    """Returns the whole number, not negative, written in digits alone."""
    text = read_words(value)
    if not _WHOLE.fullmatch(text):
        raise misfit("bad-number", f"'{text}' is not a whole number", "write digits alone, as in 12")
    return int(text)


def read_flag(value: object) -> bool:
    """Returns the flag, written as true or false and in no other way."""
    text = read_words(value)
    repair = "write true or false, without quotation marks"
    if getattr(value, "quoted", False):
        raise misfit("bad-flag", f"'{text}' in quotation marks is a text, not a flag", repair)
    if text not in {"true", "false"}:
        raise misfit("bad-flag", f"'{text}' is neither true nor false", repair)
    return text == "true"


def read_instant(value: object) -> datetime:
    """Returns the point in time, an ISO 8601 date and time with its offset from UTC."""
    text = read_words(value)
    repair = "write date, time and offset: 2022-10-03T12:00+03:00, or …T09:00Z"
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise misfit("bad-instant", f"'{text}' is no point in time", repair) from None
    if instant.tzinfo is None or len(text) <= len("2022-10-03"):
        raise misfit("bad-instant", f"'{text}' does not say in which time zone", repair)
    return instant


def read_private(_value: object) -> None:
    """Forgets the value: what is private does not enter the model."""


def read_url(value: object) -> Placed:
    """Returns the web address that a page links: http or https, whole, no user name, no onion service."""
    text = read_words(value)
    if fault := misaddressing(text):
        raise misfit("bad-url", *fault)
    return text


def read_site_url(value: object) -> Placed:
    """Returns the web address that a site stands at: the same, but it may be an onion service."""
    text = read_words(value)
    if fault := misaddressing(text, onion=True):
        raise misfit("bad-url", *fault)
    return text


def read_onion(value: object) -> Placed:
    """Returns the address of an onion service, version 3, whose sum fits."""
    text = read_words(value)
    if fault := misaddressed_onion(text):
        raise misfit("bad-onion", fault, "copy it whole from the service: http://…56 signs….onion/")
    return text


def matched(pattern: re.Pattern[str], value: object, code: str, what: str, repair: str) -> Placed:
    """Returns the text if the pattern fits all of it; the others say what is told where it does not."""
    text = read_words(value)
    if not pattern.fullmatch(text):
        raise misfit(code, f"'{text}' is not {what}", repair)
    return text


def choice_repair(text: str, allowed: Iterable[str]) -> str:
    """Returns the repair that names the allowed words, the nearest one first."""
    words = list(allowed)
    near = nearest(text, words)
    return f"did you mean '{near}'? allowed: {', '.join(words)}" if near else f"allowed: {', '.join(words)}"
