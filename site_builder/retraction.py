"""What follows if a record is taken out: files, lines, and the records that cannot stand without it.

A reference that its record can do without is taken out; a record that cannot do without it goes as well. The
sources are only read here; `retract.py` changes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.excision import ExcisionError, lines_of, without, without_links
from site_builder.model import (
    Actor,
    Article,
    Correction,
    Disagreement,
    Event,
    Figure,
    Measure,
    Page,
    Quote,
    Region,
    Report,
    Schema,
    Site,
    Source,
)
from site_builder.nodes import PlacedDict, PlacedList
from site_builder.read import RawContent
from site_builder.validate.records import written_fields
from site_builder.validate.references import past_fields, reference_fields

_STATEMENTS: Mapping[str, type[Schema]] = {"events": Event, "figures": Figure, "quotes": Quote}
_LISTED: Mapping[str, tuple[str, type[Schema]]] = {
    "measures": ("measure", Measure),
    "disagreements": ("disagreement", Disagreement),
    "corrections": ("correction", Correction),
}
# A disagreement is between two.
_FEWEST: Mapping[type[Schema], Mapping[str, int]] = {Disagreement: {"records": 2}}
_BOM = "\ufeff"

Steps = tuple[int | str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where fields are written: the file, the path of keys and indexes in it, and the schema that they meet.

    `name` is the record's `kind:id`; a report has none, and neither have fields that belong to a record that
    is written elsewhere. `within` is the source that it lies in.
    """

    name: str
    schema: type[Schema]
    file: str
    steps: Steps
    node: Mapping[str, object]
    within: str = ""

    @property
    def key(self) -> str:
        """What tells it from every other."""
        return self.name or f"{self.file} {self.steps}"


def spots(raw: RawContent) -> Iterator[Spot]:
    """Yields every place in which a dossier has fields."""
    if raw.site and isinstance(raw.site.node, PlacedDict):
        yield Spot(name="", schema=Site, file=raw.site.id.place.path, steps=(), node=raw.site.node)
    for file in raw.sources:
        name = f"source:{file.id}"
        yield from _spot(name, Source, file.id.place.path, file.node)
        yield from _statements(name, file.id.place.path, file.node)
    for article in raw.articles:
        name, path = f"source:{article.page.id}", article.page.id.place.path
        yield from _spot(name, Article, path, article.page.node)
        below = f"{path.rpartition('/')[0]}/annotations.yaml"
        node = article.annotations.node
        if isinstance(node, PlacedDict):
            yield Spot(name="", schema=Article, file=below, steps=(), node=node, within=name)
            yield from _statements(name, below, node)
    for region in raw.regions:
        yield from _spot(f"region:{region.id}", Region, region.id.place.path, region.node)
    for page in raw.pages:
        yield from _spot(f"page:{page.id}", Page, page.id.place.path, page.node)
    for file in raw.actors:
        yield from _spot(f"actor:{file.id}", Actor, file.id.place.path, file.node)
    for listed, (kind, schema) in _LISTED.items():
        if listed in raw.lists:
            yield from _items(kind, schema, raw.lists[listed].id.place.path, (), raw.lists[listed].node, "")


def _spot(name: str, schema: type[Schema], path: str, node: object) -> Iterator[Spot]:
    if isinstance(node, PlacedDict):
        yield Spot(name=name, schema=schema, file=path, steps=(), node=node)


def _statements(source: str, path: str, node: object) -> Iterator[Spot]:
    for key, schema in _STATEMENTS.items():
        if isinstance(node, PlacedDict) and key in node:
            yield from _items(key.removesuffix("s"), schema, path, (key,), node[key], source)


def _items(
    kind: str, schema: type[Schema], path: str, steps: Steps, items: object, within: str
) -> Iterator[Spot]:
    for number, item in enumerate(items if isinstance(items, PlacedList) else ()):
        if isinstance(item, PlacedDict):
            is_report = schema is Event and "id" not in item
            name = f"{kind}:{item.get('id')}" if "id" in item else ""
            found = Report if is_report else schema
            yield Spot(name=name, schema=found, file=path, steps=(*steps, number), node=item, within=within)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """What is to be done: `gone` are the records and reports with the reason for each, the asked one first.

    `files` are removed whole; `changed` holds the old and the new text of each other file; `by_hand` says
    what a program cannot change. `telling` are records that stay and still speak of one that goes.
    """

    gone: Mapping[str, str]
    files: tuple[str, ...]
    changed: Mapping[str, tuple[str, str]]
    by_hand: tuple[str, ...]
    telling: tuple[str, ...] = ()


def retraction(project: Path, raw: RawContent, name: str) -> Retraction:
    """Returns what follows if the record `kind:id` is taken out."""
    found = tuple(spots(raw))
    gone = _gone(found, name)
    files = tuple(sorted({path for spot in found if spot.key in gone for path in _whole(project, spot)}))
    taken: dict[str, set[Steps]] = {}
    for spot in found:
        if spot.file not in files:
            taken.setdefault(spot.file, set()).update(_taken(spot, gone))
    changed, by_hand = {}, []
    for path in sorted({*taken, *_texts(raw)} - set(files)):
        old = (project / path).read_bytes().decode("utf-8") if (project / path).is_file() else ""
        try:
            new = _rewritten(old, path, taken.get(path, set()), gone)
        except ExcisionError as error:
            by_hand.append(f"{path}: {error}")
            continue
        if new != old:
            changed[path] = (old, new)
    telling = tuple(spot.name for spot in found if spot.key not in gone and _tells(spot, gone))
    return Retraction(gone=gone, files=files, changed=changed, by_hand=tuple(by_hand), telling=telling)


def _gone(found: Iterable[Spot], name: str) -> dict[str, str]:
    """Everything that cannot stay, with the reason, found by looking until nothing more falls."""
    gone = {name: ""}
    is_growing = True
    while is_growing:
        before = len(gone)
        for spot in found:
            if spot.key not in gone and (why := _reason(spot, gone)):
                gone[spot.key] = why
        is_growing = len(gone) > before
    return gone


def _reason(spot: Spot, gone: Mapping[str, str]) -> str:
    if spot.within in gone:
        return f"lies in {spot.within}"
    if not spot.steps and not spot.name:
        return ""
    for field, kind in reference_fields(spot.schema).items():
        if field in past_fields(spot.schema) or field not in spot.node:
            continue
        value = spot.node[field]
        values = value if isinstance(value, list) else [value]
        left = [one for one in values if _named(kind, one) not in gone]
        fewest = _FEWEST.get(spot.schema, {}).get(field, 1 if _is_needed(spot.schema, field) else 0)
        if len(left) < min(fewest, len(values)):
            lost = next(_named(kind, one) for one in values if _named(kind, one) in gone)
            return f"cannot do without {lost}, its '{field}'"
    return ""


def _tells(spot: Spot, gone: Mapping[str, str]) -> bool:
    """True for a record that may go on naming what is gone: a correction, or an earlier retirement."""
    return any(str(spot.node.get(field)) in gone for field in past_fields(spot.schema))


def _is_needed(schema: type[Schema], field: str) -> bool:
    return written_fields(schema)[field].is_required()


def _named(kind: str, value: object) -> str:
    return f"{kind}:{value}" if kind else str(value)


def _whole(project: Path, spot: Spot) -> Iterator[str]:
    """The files that go with a record that has files of its own."""
    if spot.steps or not spot.name:
        return
    folder, _, file = spot.file.rpartition("/")
    if file == "index.md":
        yield from (
            path.relative_to(project).as_posix() for path in (project / folder).rglob("*") if path.is_file()
        )
    else:
        yield spot.file
        stem = file.rpartition(".")[0]
        if spot.file.endswith(".md"):
            yield from (f"{folder}/{path.name}" for path in (project / folder).glob(f"{stem}.*.md"))
    capture = f"content/captures/{spot.name.partition(':')[2]}.txt"
    if spot.name.startswith("source:") and (project / capture).is_file():
        yield capture


def _taken(spot: Spot, gone: Mapping[str, str]) -> Iterator[Steps]:
    """The paths in its file that a record, or what it says of records that are gone, stands at."""
    if spot.key in gone and spot.steps:
        yield spot.steps
        return
    for field, kind in reference_fields(spot.schema).items():
        value = spot.node.get(field)
        if field in past_fields(spot.schema):
            continue
        if isinstance(value, list):
            for number, one in enumerate(value):
                if _named(kind, one) in gone:
                    yield (*spot.steps, field, number)
        elif value is not None and _named(kind, value) in gone:
            yield (*spot.steps, field)


def _texts(raw: RawContent) -> Iterator[str]:
    for page in (*raw.pages, *raw.regions, *(article.page for article in raw.articles)):
        yield page.id.place.path
        yield from (text.language.place.path for text in page.translations)


def _rewritten(text: str, path: str, taken: set[Steps], gone: Mapping[str, str]) -> str:
    mark = _BOM if text.startswith(_BOM) else ""
    text = text.removeprefix(_BOM)
    if not path.endswith(".md"):
        return mark + (without(text, taken) if taken else text)
    lines = lines_of(text)
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    header, body = "".join(lines[1:end]), "".join(lines[end:])
    names = [name for name in gone if " " not in name]
    return mark + lines[0] + (without(header, taken) if taken else header) + without_links(body, names)
