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
    # Ids that no record has any more, by `kind:id`, each with what stands for it now, or an empty text.
    gone: dict[str, str] = field(default_factory=dict)
    retired: set[str] = field(default_factory=set)

    def leave(self, kind: str, ident: object, now: str, how: str, issues: IssueLog) -> None:
        """Notes an id that was given up: it is taken for ever. `how` is "former" or "retired"."""
        self.add(f"{how} {kind}", ident, issues)
        if isinstance(ident, Placed):
            self.gone[f"{kind}:{ident}"] = now
            if how == "retired":
                self.retired.add(f"{kind}:{ident}")

    def may_be_retired(self, reference: str) -> bool:
        """True if `retired.yaml` names it, or cannot be read and may name it."""
        return reference in self.retired or "retired" in self.incomplete

    def add(self, kind: str, ident: object, issues: IssueLog) -> None:
        """Notes an id; one that the dossier has already, in whatever kind, is an issue."""
        if not isinstance(ident, Placed) or not ident:
            return
        for other, known in self.ids.items():
            if ident in known:
                first = known[ident].place
                problem = f"the id '{ident}' is taken by the {other} at {first.path}:{first.line}"
                repair = "every id is unique in the dossier: choose another"
                was_given_up = other.startswith(("former ", "retired "))
                if was_given_up:
                    repair = "an id that was published is taken for ever: choose another"
                issues.error(ident.place, "duplicate-id", problem, repair)
                if was_given_up:
                    break
                return
        self.ids.setdefault(kind, {})[ident] = ident

    def knows(self, kind: str, ident: str) -> bool:
        """True if there is such a record, or if a file that could not be read may define it."""
        return kind in self.incomplete or ident in self.ids.get(kind, {})


def check_fields(schema: type[Schema], node: object, declared: Declared, issues: IssueLog) -> None:
    """Adds an issue for each id in the node's fields that names no record."""
    if not isinstance(node, Mapping):
        return
    for name, kind in reference_fields(schema).items():
        value = node.get(name)
        _check_once(name, value, issues)
        for ident in value if isinstance(value, list) else [value]:
            past = name in past_fields(schema)
            if isinstance(ident, Placed) and ident and not (past and declared.may_be_retired(ident)):
                _check(kind, ident, declared, issues)


def _check_once(name: str, value: object, issues: IssueLog) -> None:
    seen: set[str] = set()
    for ident in value if isinstance(value, list) else ():
        if isinstance(ident, Placed) and ident in seen:
            repair = "remove one of the two, or write the one that is meant"
            issues.error(ident.place, "listed-twice", f"'{ident}' stands twice in '{name}'", repair)
        elif isinstance(ident, Placed):
            seen.add(ident)


def check_links(markup: Markup, declared: Declared, issues: IssueLog) -> None:
    """Adds an issue for each link of the text that names no record."""
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
    code = f"unknown-{kind.replace(' ', '-')}"
    if f"{kind}:{name}" in declared.gone:
        now = declared.gone[f"{kind}:{name}"]
        problem = f"the {kind} '{name}' has been {'replaced' if now else 'withdrawn'}"
        issues.error(place_of(ident), code, problem, f"it is now {now}" if now else "remove the reference")
        return
    elsewhere = next((other for other, ids in declared.ids.items() if name in ids), "")
    repair = f"'{name}' is an id of another kind: {elsewhere}" if elsewhere else did_you_mean(name, known)
    issues.error(place_of(ident), code, f"no {kind} has the id '{name}'", repair or _some(known))


def _some(known: Iterable[str]) -> str:
    listed = sorted(known)
    return f"known: {', '.join(listed)}" if 0 < len(listed) <= _FEW else ""


@lru_cache(maxsize=64)
def reference_fields(schema: type[Schema]) -> Mapping[str, str]:
    """The fields of a schema that hold ids, each with the kind of record; "" where the value says it."""
    return {name: mark.kind for name, mark in _references(schema)}


@lru_cache(maxsize=64)
def past_fields(schema: type[Schema]) -> frozenset[str]:
    """The fields of a schema that may also hold the id of a retired record."""
    return frozenset(name for name, mark in _references(schema) if mark.past)


def _references(schema: type[Schema]) -> Iterator[tuple[str, Reference]]:
    for name, info in written_fields(schema).items():
        for mark in (*info.metadata, *_marks(info.annotation)):
            if isinstance(mark, Reference):
                yield name, mark


def _marks(annotation: object) -> Iterator[object]:
    if get_origin(annotation) is Annotated:
        yield from get_args(annotation)[1:]
    for part in get_args(annotation):
        yield from _marks(part)
