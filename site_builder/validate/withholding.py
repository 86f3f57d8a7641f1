"""Names that are withheld in one place of a dossier, looked for in all that it publishes.

A mark holds for the words in its brackets, and the same name may stand elsewhere: in a title, an id, a
correction. What is found is told by its place alone; no message holds the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from site_builder.issues import NOWHERE, IssueLog, Place, place_of
from site_builder.markup import Markup
from site_builder.model import Dossier, Record, Schema
from site_builder.read import RawContent, RawFile
from site_builder.redaction import withheld_words
from site_builder.validate.records import given_fields
from site_builder.validate.references import reference_fields
from site_builder.values import Text

Pieces = tuple[tuple[str, Place], ...]

_PART, _NAME = 1, 2
_MOST_WORDS = 5
# Shorter parts of a name, such as "Ann" or "Li", stand in too many other words and names.
_LEAST_LETTERS = 5
_NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Names that must not be published, and parts of names, folded to what any spelling of them shares."""

    names: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.names or self.parts)


def withheld_names(raw: RawContent) -> Withheld:
    """Returns the names that authors marked in Markdown, or wrote under `private` of an actor `withheld`.

    Only what looks like a name counts: up to five words that begin and end with a capital one.
    """
    marked = (
        words for path, text in raw.texts.items() if path.endswith(".md") for words in withheld_words(text)
    )
    private = (name for actor in raw.actors for name in _private_names(actor))
    found = [name for name in (*marked, *private) if _looks_like_a_name(name)]
    whole = {_folded(name) for name in found if len(name.split()) > 1}
    parts = {_folded(word) for name in found for word in name.split()}
    return Withheld(
        names=frozenset(whole), parts=frozenset(part for part in parts if len(part) >= _LEAST_LETTERS)
    )


def check_withheld(dossier: Dossier, withheld: Withheld, issues: IssueLog) -> None:
    """Adds an error for each published text that holds a withheld name, and a warning for a part of one."""
    if not withheld:
        return
    for pieces, whole in _published(dossier):
        weights = [(place, _weight(text, withheld)) for text, place in pieces]
        heaviest = max((weight for _, weight in weights), default=0)
        for text, place in whole:
            # A name over the end of a line stands in no single piece, nor does what is in code.
            if (weight := _weight(text, withheld)) > heaviest:
                weights.append((next((at for at, part in weights if part), place), weight))
        # Of two findings at one place the heavier is told.
        for place, weight in dict(sorted(weights, key=lambda found: found[1])).items():
            _tell(place, weight, issues)


def _tell(place: Place, weight: int, issues: IssueLog) -> None:
    if weight == _NAME:
        problem = "a name stands here that the dossier withholds elsewhere"
        repair = "take it out, as everywhere: ids, file names and 'former_ids' are published as well"
        issues.error(place, "withheld-elsewhere", problem, repair)
    elif weight == _PART:
        problem = "a word stands here that is part of a withheld name"
        repair = "make sure that it is not the same person"
        issues.warning(place, "withheld-elsewhere", problem, repair)


def _weight(text: str, withheld: Withheld) -> int:
    found = f" {_folded(text)} "
    if any(f" {name} " in found for name in withheld.names):
        return _NAME
    return _PART if withheld.parts & set(found.split()) else 0


def _private_names(actor: RawFile) -> Iterator[str]:
    node = actor.node
    if not isinstance(node, Mapping) or "withheld" not in node:
        return
    private = node.get("private")
    if isinstance(private, Mapping):
        yield from _leaves([private.get(key) for key in ("name", "names")])
    else:
        yield from _leaves(private)


def _leaves(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        yield from _leaves(list(node.values()))
    elif isinstance(node, list):
        for item in node:
            yield from _leaves(item)


def _looks_like_a_name(words: str) -> bool:
    parts = words.split()
    return 0 < len(parts) <= _MOST_WORDS and all(
        part[0].isalpha() and not part[0].islower() for part in (parts[0], parts[-1])
    )


def _folded(text: str) -> str:
    """The words of a text, or of an id, without accents, case and whatever stands between them."""
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_A_WORD.sub(" ", letters).casefold().strip()


def _published(dossier: Dossier) -> Iterator[tuple[Pieces, Pieces]]:
    """Yields each text by its pieces with their places, and as a whole for what lies between the pieces."""
    yield from _texts(dossier.site, Place("content/site.yaml"))
    for part in fields(dossier):
        value = getattr(dossier, part.name)
        for item in value if isinstance(value, tuple) else ():
            yield from _texts(item, item.place if isinstance(item, Record) else NOWHERE)


def _texts(value: object, around: Place) -> Iterator[tuple[Pieces, Pieces]]:
    """Yields every text of a value that is its own, not the id of another record."""
    if isinstance(value, Markup):
        yield _of_markup(value, around)
    elif isinstance(value, str):
        yield ((value, place_of(value) if place_of(value).path else around),), ()
    for part in _parts(value):
        yield from _texts(part, around)


def _of_markup(body: Markup, around: Place) -> tuple[Pieces, Pieces]:
    links = tuple((link.words, link.target.place) for link in body.links)
    whole = body.text
    for link in body.links:
        whole = whole.replace(f"({link.target}", " (", 1)
    return (*((str(words), words.place) for words in body.passages), *links), ((whole, around),)


def _parts(value: object) -> Iterator[object]:
    """Yields what a value consists of, without the ids of other records."""
    if isinstance(value, Text):
        yield from (text for _, text in value.by_language)
    elif isinstance(value, Mapping):
        yield from (*value, *value.values())
    elif isinstance(value, tuple):
        yield from value
    elif isinstance(value, Schema):
        named, given = reference_fields(type(value)), given_fields(type(value))
        for name, field in type(value).model_fields.items():
            if (field.alias or name) not in named and (name not in given or name != "source"):
                yield getattr(value, name)
