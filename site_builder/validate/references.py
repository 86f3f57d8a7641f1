"""Which records exist, and which ids in nodes and texts name none of them.

References are looked up in the nodes, not in the validated records, so that a wrong id is told in the same
run as any other mistake of its record. Where a file could not be read at all, what it may have defined
counts as known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, get_args, get_origin

from site_builder.fields import Reference
from site_builder.issues import IssueLog, Placed, did_you_mean, place_of
from site_builder.markup import RECORD_KINDS, Markup
from site_builder.model import Schema
from site_builder.validate.records import written_fields

# As many ids as an author reads at a glance.
_FEW = 8


@dataclass(slots=True)
class Declared:
    """The ids that the dossier defines, by kind; kinds in `incomplete` may have more."""

    ids: dict[str, dict[str, Placed]] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)

    def add(self, kind: str, ident: object, issues: IssueLog) -> None:
        """Note an id; one that the dossier has already, in whatever kind, is an issue."""
        if not isinstance(ident, Placed) or not ident:
            return
        for other, known in self.ids.items():
            if ident in known:
                first = known[ident].place
                problem = f"the id '{ident}' is taken by the {other} at {first.path}:{first.line}"
                issues.error(
                    ident.place, "duplicate-id", problem, "every id is unique in the dossier: choose another"
                )
                return
        self.ids.setdefault(kind, {})[ident] = ident

    def knows(self, kind: str, ident: str) -> bool:
        """True if there is such a record, or if a file that could not be read may define it."""
        return kind in self.incomplete or ident in self.ids.get(kind, {})


def check_fields(schema: type[Schema], node: object, declared: Declared, issues: IssueLog) -> None:
    """Add an issue for each id in the node's fields that names no record."""
    if not isinstance(node, Mapping):
        return
    for name, kind in reference_fields(schema).items():
        value = node.get(name)
        for ident in value if isinstance(value, list) else [value]:
            if isinstance(ident, Placed) and ident:
                _check(kind, ident, declared, issues)


def check_links(markup: Markup, declared: Declared, issues: IssueLog) -> None:
    """Add an issue for each link of the text that names no record."""
    for link in markup.links:
        _check("", link.target, declared, issues)


def _check(kind: str, ident: Placed, declared: Declared, issues: IssueLog) -> None:
    name = str(ident)
    if not kind:
        kind, _, name = name.partition(":")
        if kind not in RECORD_KINDS:
            if name:
                repair = did_you_mean(kind, RECORD_KINDS) or f"kinds: {', '.join(RECORD_KINDS)}"
                issues.error(ident.place, "bad-reference", f"there is no kind of record '{kind}'", repair)
            return
    if declared.knows(kind, name):
        return
    known = declared.ids.get(kind, {})
    elsewhere = next((other for other, ids in declared.ids.items() if name in ids), "")
    repair = f"'{name}' is an id of another kind: {elsewhere}" if elsewhere else did_you_mean(name, known)
    code = f"unknown-{kind.replace(' ', '-')}"
    issues.error(place_of(ident), code, f"no {kind} has the id '{name}'", repair or _some(known))


def _some(known: Iterable[str]) -> str:
    listed = sorted(known)
    return f"known: {', '.join(listed)}" if 0 < len(listed) <= _FEW else ""


@lru_cache(maxsize=64)
def reference_fields(schema: type[Schema]) -> Mapping[str, str]:
    """The fields of a schema that hold ids, each with the kind of record; "" where the value says it."""
    return {
        name: mark.kind
        for name, info in written_fields(schema).items()
        for mark in (*info.metadata, *_marks(info.annotation))
        if isinstance(mark, Reference)
    }


def _marks(annotation: object) -> Iterator[object]:
    if get_origin(annotation) is Annotated:
        yield from get_args(annotation)[1:]
    for part in get_args(annotation):
        yield from _marks(part)
