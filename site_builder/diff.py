"""What changed between two published sites, in people's words, from the tables that both offer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

from site_builder.dates import DateError, Edtf
from site_builder.model import (
    Actor,
    Article,
    Correction,
    Disagreement,
    Event,
    Figure,
    Measure,
    Quote,
    Region,
    Report,
    Schema,
)
from site_builder.plan.labels import field_label, label
from site_builder.report import inert
from site_builder.validate.records import date_fields
from site_builder.validate.references import reference_fields
from site_builder.wording import date_words, list_words, number_words

_LANGUAGE = "en"
# In the order in which a reader is told of them: what the statements are about, then the statements.
_SCHEMAS: Mapping[str, type[Schema]] = {
    "sources": Article,
    "regions": Region,
    "actors": Actor,
    "measures": Measure,
    "events": Event,
    "reports": Report,
    "figures": Figure,
    "quotes": Quote,
    "disagreements": Disagreement,
    "corrections": Correction,
}
# These follow from other records, which are told of themselves; the id and its past are told as a renaming.
_DERIVED = frozenset({"sources", "as_of", "id", "former_ids"})
_NAMES = ("title", "name", "exact")
_CHANGES = ("added", "changed", "renamed", "retired", "removed")

Row = Mapping[str, object]


class NoSiteError(Exception):
    """A folder that is no published site; `repair` says what to do."""

    def __init__(self, problem: str, repair: str) -> None:
        super().__init__(problem)
        self.repair = repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The tables of a published site: rows by kind and key; `edition` in words."""

    edition: str
    rows: Mapping[str, Mapping[str, Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field that says something else; each side in words, an empty text where it said nothing."""

    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A record that is not as it was; `change` is added, changed, renamed, retired or removed.

    `now` is the new id of a renamed record, and what replaced a retired one, if anything; `why` is told of
    retired ones.
    """

    kind: str
    id: str
    title: str
    change: str
    now: str = ""
    why: str = ""
    fields: tuple[FieldChange, ...] = ()


def read_published(folder: Path) -> Published:
    """Returns the tables of a published site; raises `NoSiteError` for any other folder."""
    data = folder / "data"
    if not (data / "index.html").is_file():
        repair = "name a folder that 'site-builder build' has published into, such as public"
        raise NoSiteError(f"{folder} is no published site: it has no data/index.html", repair)
    documents = [_document(path) for path in sorted(data.glob("*.json"))]
    return Published(
        edition=_edition(documents[0]) if documents else "an empty dossier",
        rows={str(one["kind"]): _keyed(one["rows"]) for one in documents},
    )


def _document(path: Path) -> dict[str, list[Row]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        if isinstance(document["kind"], str) and all(isinstance(row, dict) for row in document["rows"]):
            return dict(document)
    except (ValueError, KeyError, TypeError):
        pass
    raise NoSiteError(f"{path} is no table of a dossier", "publish that site again with 'site-builder build'")


def _edition(document: Mapping[str, object]) -> str:
    words = f"the edition of {_dated(str(document.get('edition', '')))}"
    release = document.get("release")
    if not isinstance(release, dict):
        return words
    since = "changed since " if release.get("changed_since") else ""
    return f"{words}, {since}release {release.get('number')}"


def _keyed(rows: list[Row]) -> Mapping[str, Row]:
    """The rows by id; reports, which have none, by event and source, and by number where those repeat."""
    found: dict[str, Row] = {}
    times: Counter[str] = Counter()
    for row in rows:
        name = str(row.get("id") or f"{row.get('event')}, {row.get('source')}")
        times[name] += 1
        found[f"{name}, no. {times[name]}" if times[name] > 1 else name] = row
    return found


def difference(old: Published, new: Published) -> tuple[Change, ...]:
    """Returns what changed, grouped by kind, in order of ids."""
    return tuple(
        change
        for kind in _SCHEMAS
        for change in sorted(_of_kind(kind, old, new), key=lambda one: (_CHANGES.index(one.change), one.id))
    )


def _of_kind(kind: str, old: Published, new: Published) -> Iterator[Change]:
    before, after = old.rows.get(kind, {}), new.rows.get(kind, {})
    renamed = {was: key for key, row in after.items() for was in str(row.get("former_ids", "")).split()}
    retired = new.rows.get("retired", {})
    for key, row in before.items():
        now = key if key in after else renamed.get(key, "")
        if now:
            told = tuple(_fields(kind, row, after[now], old, new))
            if told or now != key:
                change = "changed" if now == key else "renamed"
                title = _title(kind, after[now], new)
                yield Change(
                    kind=kind, id=key, title=title, change=change, now=now if now != key else "", fields=told
                )
        elif key in retired and kind == f"{retired[key].get('kind')}s":
            one, title = retired[key], _title(kind, row, old)
            now, why = str(one.get("replaced_by", "")), str(one.get("why", ""))
            yield Change(kind=kind, id=key, title=title, change="retired", now=now, why=why)
        else:
            yield Change(kind=kind, id=key, title=_title(kind, row, old), change="removed")
    for key in after.keys() - before.keys() - {renamed[was] for was in before.keys() & renamed.keys()}:
        yield Change(kind=kind, id=key, title=_title(kind, after[key], new), change="added")


def _fields(kind: str, was: Row, now: Row, old: Published, new: Published) -> Iterator[FieldChange]:
    skipped = _DERIVED - ({"as_of"} if kind == "figures" else set())
    for name in dict.fromkeys((*was, *now)):
        if name not in skipped and was.get(name) != now.get(name):
            words = field_label(name, _LANGUAGE)
            before, after = _worded(kind, name, was, old), _worded(kind, name, now, new)
            yield FieldChange(field=words, was=before, now=after)


def _worded(kind: str, name: str, row: Row, site: Published) -> str:
    value, schema = row.get(name), _SCHEMAS[kind]
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return number_words(value, _LANGUAGE)
    if name in date_fields(schema):
        return _dated(str(value))
    references = reference_fields(schema)
    if name in references:
        return list_words([_named(references[name], ident, site) for ident in str(value).split()], _LANGUAGE)
    return str(value)


def _dated(text: str) -> str:
    try:
        return date_words(Edtf.parse(text), _LANGUAGE).replace("\u00a0", " ")
    except DateError:
        return text


def _named(kind: str, ident: str, site: Published) -> str:
    """What a reader calls the record: its title, else its id."""
    if not kind:
        kind, _, ident = ident.partition(":")
    row = site.rows.get(f"{kind}s", {}).get(ident)
    return _title(f"{kind}s", row, site) if row else ident


def _title(kind: str, row: Row, site: Published) -> str:
    if kind == "figures":
        number = " to ".join(_worded(kind, part, row, site) for part in ("low", "high") if part in row)
        number = number or _worded(kind, "value", row, site) or str(row.get("level", ""))
        return f"{_named('measure', str(row.get('measure')), site)}, {number}"
    if kind == "reports":
        told, teller = str(row.get("event")), str(row.get("source"))
        return f"{_named('event', told, site)}, as told by “{_named('source', teller, site)}”"
    if kind == "corrections":
        return f"{_named('', str(row.get('record')), site)}, {field_label(str(row.get('field')), _LANGUAGE)}"
    if kind == "sources" and "container_title" in row:
        return f"{row.get('title')} ({row['container_title']})"
    return next((str(row[name]) for name in _NAMES if name in row), str(row.get("id")))


def as_text(old: Published, new: Published, changes: tuple[Change, ...]) -> str:
    """Returns the changes for people: kind by kind, each record with what it said and what it says."""
    head = f"From {old.edition} to {new.edition}: "
    if not changes:
        return head + "no difference"
    counts = [(name, sum(one.change == name for one in changes)) for name in _CHANGES]
    told = list_words([f"{count:,} {name}" for name, count in counts if count], _LANGUAGE)
    return "\n".join((head + told, *(inert(line) for line in _lines(changes))))


def _lines(changes: tuple[Change, ...]) -> Iterator[str]:
    heading = ""
    for one in changes:
        if one.kind != heading:
            heading = one.kind
            yield from ("", label("table", heading, _LANGUAGE))
        yield f"  {one.change}: {_one_line(one.title)} [{one.id}]{_what_now(one)}"
        for field in one.fields:
            was, now = (f"“{_one_line(side)}”" if side else "nothing" for side in (field.was, field.now))
            yield f"    {field.field}: was {was}, is now {now}"


def _what_now(one: Change) -> str:
    if one.change == "renamed":
        return f" is now [{one.now}]"
    if one.change != "retired":
        return ""
    return f": {f'replaced by {one.now}' if one.now else 'withdrawn'}. {_one_line(one.why)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def as_json(old: Published, new: Published, changes: tuple[Change, ...]) -> str:
    """Returns the changes for programs: one object a record."""
    document = {"old": old.edition, "new": new.edition, "changes": [asdict(one) for one in changes]}
    return json.dumps(document, ensure_ascii=False, indent=1)


FORMATS = {"text": as_text, "json": as_json}
