"""The order in which a dossier is validated: what is defined, what names it, and each record by itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from site_builder.dates import DateError, Edtf
from site_builder.issues import IssueLog, Place, Placed, did_you_mean
from site_builder.markup import Markup
from site_builder.model import (
    Actor,
    Article,
    Correction,
    Disagreement,
    Dossier,
    Event,
    Figure,
    Ledger,
    Measure,
    Page,
    Quote,
    Region,
    Report,
    Retired,
    Schema,
    Site,
    Source,
    TranslatedText,
)
from site_builder.nodes import PlacedDict
from site_builder.read import RawArticle, RawContent, RawPage, RawTranslation
from site_builder.validate.geometry import outlines
from site_builder.validate.history import declare_gone
from site_builder.validate.images import check_pictures, check_without_folder, pictures_of
from site_builder.validate.records import date_fields, record_of
from site_builder.validate.references import Declared, check_fields, check_links
from site_builder.validate.translations import check_translations, translated_texts
from site_builder.values import read_id

M = TypeVar("M", bound=Schema)

STATEMENTS = ("events", "figures", "quotes")
_LISTED: Mapping[str, tuple[str, type[Schema]]] = {
    "measures": ("measure", Measure),
    "disagreements": ("disagreement", Disagreement),
    "corrections": ("correction", Correction),
    "retired": ("retired", Retired),
}
# What a file in each folder may define: if it cannot be read, these ids may be among what it holds.
_DEFINED_IN: Mapping[str, tuple[str, ...]] = {
    "articles": ("event", "figure", "quote", "source"),
    "sources": ("event", "figure", "quote", "source"),
    "regions": ("region",),
    "actors": ("actor",),
    "pages": ("page",),
    "measures.yaml": ("measure",),
    "disagreements.yaml": ("disagreement",),
    "corrections.yaml": ("correction",),
    "retired.yaml": ("retired",),
    "site.yaml": ("event kind",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A record as written: the kind it is of, the schema it must meet, its node, and what it is given.

    `texts` are its text in other languages.
    """

    kind: str
    schema: type[Schema]
    node: object
    given: Mapping[str, object] = field(default_factory=dict)
    texts: tuple[RawTranslation, ...] = ()


def validate(raw: RawContent, issues: IssueLog) -> Dossier | None:
    """Returns the dossier, or None where `site.yaml` is unsound.

    Unsound records are left out after issues: a caller must stop before the next floor if there are errors.
    """
    written = deque(_written(raw, issues))
    declared = _declared(raw, written, issues)
    # From here on a record's node is in no other hands, and goes as soon as the record is made.
    raw = replace(raw, articles=(), sources=(), regions=(), actors=(), pages=(), lists={}, ledger=None)
    records = _records(written, declared, issues)
    site = next((record for record in records if isinstance(record, Site)), None)
    if site is None:
        return None
    _check_navigation(site, declared, issues)
    dossier = replace(_dossier(site, records), outlines=outlines(raw, site, issues))
    check_translations(dossier, issues)
    return dossier


def revalidate(
    before: Dossier, declared: Declared, old: RawContent, new: RawContent, issues: IssueLog
) -> tuple[Dossier, Dossier] | None:
    """Returns a sound dossier with the records of one file made anew, and the dossier of these records alone.

    `old` and `new` are parts of what was read: the one file before and after. `declared` is what the dossier
    defines. It is None where the file does not define the same ids, in the same order, as it did.
    """
    written = deque(_written(new, issues))
    were = deque(_written(old, IssueLog()))
    if [_defines(item) for item in written] != [_defines(item) for item in were]:
        return None
    replaced = _records(were, declared, IssueLog())
    records = _records(written, declared, issues)
    if [type(record) for record in replaced] != [type(record) for record in records]:
        return None
    alone = _dossier(before.site, records)
    check_translations(alone, issues)
    changed: Mapping[str, Any] = {
        part.name: _spliced(
            getattr(before, part.name), getattr(_dossier(before.site, replaced), part.name), own
        )
        for part in fields(Dossier)
        if isinstance(own := getattr(alone, part.name), tuple) and own
    }
    return replace(before, **changed), alone


def _defines(item: Written) -> tuple[object, ...]:
    """What an item says of ids: its own, and those that it had."""
    node = _mapping(item.node)
    former = node.get("former_ids")
    named = node.get("event") if item.kind == "report" else None
    own = item.given.get("id") or node.get("id")
    return item.kind, own, tuple(former) if isinstance(former, list) else former, named


def _spliced(all_records: tuple[M, ...], were: tuple[M, ...], are: tuple[M, ...]) -> tuple[M, ...]:
    """All records with some, which stand together, replaced."""
    first = _written_as(were[0])
    start = next(number for number, record in enumerate(all_records) if _written_as(record) == first)
    return (*all_records[:start], *are, *all_records[start + len(were) :])


def _written_as(record: Schema) -> tuple[str, ...]:
    """What finds a record again after its file was changed."""
    return tuple(str(getattr(record, name, "")) for name in ("id", "source", "event"))


def declared_ids(raw: RawContent) -> Declared:
    """Returns the ids that a sound dossier defines."""
    silent = IssueLog()
    return _declared(raw, tuple(_written(raw, silent)), silent)


def _records(waiting: deque[Written], declared: Declared, issues: IssueLog) -> list[Schema]:
    """The sound records of all that waits, which is empty then; whatever is wrong with an item is told."""
    records = []
    while waiting:
        item = waiting.popleft()
        _check(item, declared, issues)
        if found := _record(item, issues):
            records.append(found)
    return records


def _check(item: Written, declared: Declared, issues: IssueLog) -> None:
    check_fields(item.schema, item.node, declared, issues)
    body = item.given.get("body")
    if isinstance(body, Markup):
        check_links(body, declared, issues)
    for text in item.texts:
        check_fields(TranslatedText, text.node, declared, issues)
        check_links(text.body, declared, issues)
    if item.schema is Article:
        check_pictures(item.node, declared, issues)
    elif isinstance(body, Markup):
        check_without_folder((body, *(text.body for text in item.texts)), issues)
    _check_misreadable(item, issues)


def _record(item: Written, issues: IssueLog) -> Schema | None:
    translations = translated_texts(item.texts, issues)
    given = {**item.given, "translations": translations} if translations else item.given
    return record_of(item.schema, item.node, given, issues)


def _written(raw: RawContent, issues: IssueLog) -> Iterator[Written]:
    if raw.site:
        yield Written(kind="site", schema=Site, node=raw.site.node)
    if raw.ledger:
        yield Written(kind="ledger", schema=Ledger, node=raw.ledger.node)
    for article in raw.articles:
        yield from _article(article, issues)
    for file in raw.sources:
        node = _mapping(file.node)
        own = PlacedDict({key: value for key, value in node.items() if key not in STATEMENTS}, node.place)
        yield Written(kind="source", schema=Source, node=own, given={"id": file.id})
        yield from _statements(node, file.id, issues)
    for page in raw.regions:
        yield _page("region", Region, page)
    for file in raw.actors:
        yield Written(kind="actor", schema=Actor, node=file.node, given={"id": file.id})
    for page in raw.pages:
        yield _page("page", Page, page)
    for name, listed in raw.lists.items():
        kind, schema = _LISTED[name]
        for item in _items(listed.node, listed.id.place, issues):
            yield Written(kind=kind, schema=schema, node=item)


def _article(article: RawArticle, issues: IssueLog) -> Iterator[Written]:
    ident, front = article.page.id, _mapping(article.page.node)
    annotations = _mapping(article.annotations.node)
    known = ("regions", *STATEMENTS)
    for key in annotations:
        if key not in known:
            repair = did_you_mean(key, known) or f"known here: {', '.join(known)}"
            issues.error(
                annotations.key_place(key), "unknown-field", f"there is no field '{key}' here", repair
            )
    merged = PlacedDict(
        {**front, **{key: annotations[key] for key in annotations if key == "regions"}}, front.place
    )
    given = {"id": ident, "body": article.page.body, "pictures": pictures_of(article, issues)}
    texts = article.page.translations
    yield Written(kind="source", schema=Article, node=merged, given=given, texts=texts)
    yield from _statements(annotations, ident, issues)


def _statements(node: PlacedDict, source: Placed, issues: IssueLog) -> Iterator[Written]:
    given = {"source": source}
    for item in _items(node.get("events", []), source.place, issues):
        if "event" in _mapping(item) and "id" not in _mapping(item):
            yield Written(kind="report", schema=Report, node=item, given=given)
        else:
            yield Written(kind="event", schema=Event, node=item, given=given)
    for item in _items(node.get("figures", []), source.place, issues):
        yield Written(kind="figure", schema=Figure, node=item, given=given)
    for item in _items(node.get("quotes", []), source.place, issues):
        yield Written(kind="quote", schema=Quote, node=item, given=given)


def _page(kind: str, schema: type[Schema], page: RawPage) -> Written:
    given = {"id": page.id, "body": page.body}
    return Written(kind=kind, schema=schema, node=page.node, given=given, texts=page.translations)


def _mapping(node: object) -> PlacedDict:
    return node if isinstance(node, PlacedDict) else PlacedDict({}, getattr(node, "place", Place("")))


def _items(node: object, place: Place, issues: IssueLog) -> list[object]:
    if isinstance(node, list):
        return list(node)
    if isinstance(node, PlacedDict) and not node:
        return []
    place = getattr(node, "place", place)
    issues.error(place, "wrong-type", "a list of records was expected", "begin each record with '- '")
    return []


def _declared(raw: RawContent, written: Collection[Written], issues: IssueLog) -> Declared:
    declared = Declared()
    for place in raw.unread:
        folder = place.place.path.split("/")[1]
        declared.incomplete.update(_DEFINED_IN.get(folder, ()))
    for item in written:
        declare_gone(item.kind, _mapping(item.node), item.given.get("id"), declared, issues)
    for item in written:
        if item.kind not in {"site", "report", "retired", "ledger"}:
            declared.add(item.kind, item.given.get("id") or _mapping(item.node).get("id"), issues)
    if raw.site is None:
        declared.incomplete.add("event kind")
    declared.incomplete.update(
        _LISTED[name][0] for name, file in raw.lists.items() if not isinstance(file.node, list)
    )
    kinds = _mapping(raw.site.node).get("event_kinds") if raw.site else None
    declared.ids["event kind"] = {kind: kind for kind in _mapping(kinds) if isinstance(kind, Placed)}
    return declared


SECTIONS = (
    "articles",
    "regions",
    "timeline",
    "figures",
    "quotes",
    "sources",
    "actors",
    "disagreements",
    "corrections",
    "data",
)


def _check_navigation(site: Site, declared: Declared, issues: IssueLog) -> None:
    for name in site.navigation:
        if name not in SECTIONS and not declared.knows("page", name):
            known = [*SECTIONS, *declared.ids.get("page", {})]
            place = read_id(name).place
            repair = did_you_mean(name, known) or f"known: {', '.join(known)}"
            issues.error(place, "unknown-page", f"'{name}' is neither a section nor a page", repair)


def _check_misreadable(item: Written, issues: IssueLog) -> None:
    """Warns of dates that most readers would take for something else, wherever a date stands."""
    for name in date_fields(item.schema):
        text = _mapping(item.node).get(name)
        if isinstance(text, Placed):
            with suppress(DateError):
                date = Edtf.parse(text)
                if date.misreadable:
                    repair = "leave it so if that is meant; two years are written with a slash: 2022/2023"
                    issues.warning(text.place, "misread-date", date.misreadable, repair)


def _dossier(site: Site, records: list[Schema]) -> Dossier:
    def of(schema: type[M]) -> tuple[M, ...]:
        return tuple(record for record in records if isinstance(record, schema))

    return Dossier(
        site=site,
        sources=of(Source),
        regions=of(Region),
        actors=of(Actor),
        measures=of(Measure),
        events=of(Event),
        reports=of(Report),
        figures=of(Figure),
        quotes=of(Quote),
        disagreements=of(Disagreement),
        corrections=of(Correction),
        pages=of(Page),
        retired=of(Retired),
        ledger=next((record for record in records if isinstance(record, Ledger)), None),
    )
