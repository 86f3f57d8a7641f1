"""The one filter between what an author has written and what is published.

It runs right after validation, and nothing downstream sees what it drops. It fails closed: where something
visible still names what is kept back, that is an error, and nothing at all is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from site_builder.issues import IssueLog, place_of
from site_builder.markup import Markup
from site_builder.model import (
    Article,
    Dossier,
    Page,
    Publishable,
    Record,
    Region,
    Report,
    Schema,
    Statement,
    TranslatedText,
)
from site_builder.validate.references import reference_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBack:
    """What a build does not publish.

    `reasons` says of each record, by `kind:id`, why it is kept back. `drafts` and `embargoed` count the
    records and reports that say so themselves; `next_due` is the first moment at which one of them is due.
    """

    reasons: Mapping[str, str]
    drafts: int = 0
    embargoed: int = 0
    next_due: datetime | None = None


NOTHING_KEPT_BACK = KeptBack(reasons={})


def published(dossier: Dossier, now: datetime, issues: IssueLog) -> Dossier:
    """Returns the dossier without what is kept back, and without what lies in that.

    A source takes its statements with it, an event its reports in whatever source. Adds an error for each
    reference of a visible record, text or navigation to a record that is kept back, and a warning for each
    visible actor or source that nothing but records kept back names. `now` has a time zone.
    """
    hidden = kept_back(dossier, now).reasons
    shown: dict[str, Any] = {
        name: tuple(_shown(item, now) for item in items if not _reason(item, hidden, now))
        for name, items in _tuples(dossier)
    }
    visible = replace(dossier, **shown)
    _check_references(visible, hidden, issues)
    _check_left_alone(dossier, visible, issues)
    return visible


def _shown(item: Schema, now: datetime) -> Schema:
    """The record without the translations of its text that are kept back."""
    translations = _translations(item)
    visible = tuple(text for text in translations if not _own_reason(text, now))
    return item if len(visible) == len(translations) else item.model_copy(update={"translations": visible})


def _translations(item: Schema) -> tuple[TranslatedText, ...]:
    return item.translations if isinstance(item, Article | Region | Page) else ()


def kept_back(dossier: Dossier, now: datetime) -> KeptBack:
    """Returns what is kept back at that moment."""
    reasons: dict[str, str] = {}
    # Sources stand first, so that a statement finds decided what it lies in.
    for kind, records in dossier.records().items():
        for record in records:
            if reason := _reason(record, reasons, now):
                reasons[f"{kind}:{record.id}"] = reason
    items = [found for item in _schemas(dossier) for found in (item, *_translations(item))]
    marked = [item for item in items if isinstance(item, Publishable) and _own_reason(item, now)]
    due = [item.publish_after for item in marked if item.publish_after and not item.draft]
    return KeptBack(
        reasons=reasons,
        drafts=sum(item.draft for item in marked),
        embargoed=len(due),
        next_due=min(due, default=None),
    )


def _own_reason(item: Publishable, now: datetime) -> str:
    if item.draft:
        return "it is a draft"
    if item.publish_after and item.publish_after > now:
        return f"it is due {item.publish_after.isoformat(sep=' ', timespec='minutes')}"
    return ""


def _reason(item: Schema, hidden: Mapping[str, str], now: datetime) -> str:
    """Why it is kept back: for its own fields, or for what it lies in; an empty text where it is not."""
    if isinstance(item, Publishable) and (reason := _own_reason(item, now)):
        return reason
    if not hidden:
        return ""
    around = [f"source:{item.source}"] if isinstance(item, Statement) else []
    around += [f"event:{item.event}"] if isinstance(item, Report) else []
    found = next((name for name in around if name in hidden), "")
    return f"it belongs to {found}, and {hidden[found]}" if found else ""


def _tuples(dossier: Dossier) -> Iterator[tuple[str, tuple[Schema, ...]]]:
    """Yields the dossier's tuples by the names of its fields, so that no kind of record is forgotten.

    Outlines are no records: nobody keeps one back.
    """
    for part in fields(dossier):
        value = getattr(dossier, part.name)
        if isinstance(value, tuple) and part.name != "outlines":
            yield part.name, value


def _schemas(dossier: Dossier) -> Iterator[Schema]:
    yield dossier.site
    for _, items in _tuples(dossier):
        yield from items


def _check_references(visible: Dossier, hidden: Mapping[str, str], issues: IssueLog) -> None:
    if not hidden:
        return
    named = [found for item in _schemas(visible) for found in references(item)]
    named += [(f"page:{name}", name) for name in visible.site.navigation]
    for reference, written in named:
        if reference in hidden:
            problem = f"this names {reference}, which is kept back: {hidden[reference]}"
            repair = "keep this back too, or remove the reference"
            issues.error(place_of(written), "refers-to-hidden", problem, repair)


def _check_left_alone(whole: Dossier, visible: Dossier, issues: IssueLog) -> None:
    """Warns of people and documents that a page of their own gives away before their time."""
    shown = {id(item) for item in _schemas(visible)}
    dropped = [item for item in _schemas(whole) if id(item) not in shown]
    # Nothing is kept back in most dossiers, and to look for what names what is to walk through all of it.
    if not dropped:
        return
    by_visible = {name for item in _schemas(visible) for name, _ in references(item)}
    by_hidden = {name for item in dropped for name, _ in references(item)}
    speaking = {item.source for item in _schemas(visible) if isinstance(item, Statement)}
    candidates: list[tuple[str, Record]] = [(f"actor:{actor.id}", actor) for actor in visible.actors]
    candidates += [
        (f"source:{source.id}", source)
        for source in visible.sources
        if source.id not in speaking and not isinstance(source, Article)
    ]
    for name, record in candidates:
        if name in by_hidden and name not in by_visible:
            problem = f"'{record.id}' is published, though only records that are kept back name it"
            issues.warning(record.place, "named-by-hidden", problem, "add 'draft: true' here too")


def references(value: object) -> Iterator[tuple[str, str]]:
    """Yields every reference that a value of the model holds, at any depth: `kind:id`, and as written."""
    if isinstance(value, Markup):
        yield from ((str(link.target), link.target) for link in value.links)
    elif isinstance(value, tuple):
        for item in value:
            yield from references(item)
    elif isinstance(value, Mapping):
        yield from references(tuple(value.values()))
    elif isinstance(value, Schema):
        kinds = reference_fields(type(value))
        for name, field in type(value).model_fields.items():
            kind = kinds.get(field.alias or name)
            found = getattr(value, name)
            yield from references(found) if kind is None else _named(kind, found)


def _named(kind: str, value: object) -> Iterator[tuple[str, str]]:
    for ident in value if isinstance(value, tuple) else (value,):
        if isinstance(ident, str):
            yield (str(ident) if ":" in ident else f"{kind}:{ident}"), ident
