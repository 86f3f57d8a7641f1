"""What the dossier has been: which ids are gone, what stands for them now, and what was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from site_builder.dates import Edtf
from site_builder.issues import NOWHERE, IssueLog, Place, place_of
from site_builder.link.contents import content_sum
from site_builder.link.gather import Groups, grouped
from site_builder.link.origins import cycles
from site_builder.model import Article, Dossier, Release, Retired
from site_builder.values import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """An id that no record has any more; `now` is the record that stands for it, or an empty text.

    Both are `kind:id`. `why` and `date` are those of a retired record; one that was only renamed has none.
    `place` is where the id is given up.
    """

    was: str
    now: str
    why: Text | None = None
    date: Edtf | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The past of a dossier.

    `gone` holds every id given up, by `kind:id`; `aliases` the ids of the same kind that a record stands for;
    `retired` is in order of time, newest first. `moved` are the ids of sources that were last published at
    the other of a source's two addresses. `release` is the last one; `is_changed` if the dossier now says
    anything else.
    """

    gone: Mapping[str, Gone]
    aliases: Mapping[str, tuple[str, ...]]
    retired: tuple[Retired, ...]
    moved: tuple[str, ...]
    release: Release | None
    is_changed: bool


def history(dossier: Dossier, issues: IssueLog) -> History:
    """Returns the past of a dossier; adds an issue for each circle of successors and each lost id."""
    gone = {found.was: found for found in sorted(_gone(dossier, issues), key=lambda found: found.was)}
    _check_ledger(dossier, gone, issues)
    same_kind = [one for one in gone.values() if _kind(one.was) == _kind(one.now)]
    release = dossier.ledger.releases[-1] if dossier.ledger and dossier.ledger.releases else None
    return History(
        gone=gone,
        aliases=Groups(
            {
                now: tuple(one.was.partition(":")[2] for one in found)
                for now, found in grouped(same_kind, lambda one: [one.now]).items()
            }
        ),
        retired=tuple(sorted(dossier.retired, key=lambda one: (one.date.sort_key, one.id), reverse=True)),
        moved=tuple(sorted(_moved(dossier, gone))),
        release=release,
        is_changed=release is not None and content_sum(dossier) != release.content,
    )


def _kind(reference: str) -> str:
    return reference.partition(":")[0]


def _gone(dossier: Dossier, issues: IssueLog) -> Iterator[Gone]:
    for kind, records in dossier.records().items():
        for record in records:
            now = f"{kind}:{record.id}"
            yield from (Gone(was=f"{kind}:{old}", now=now, place=place_of(old)) for old in record.former_ids)
    successors = {f"{one.kind}:{one.id}": str(one.replaced_by or "") for one in dossier.retired}
    edges = {name: (now,) if now in successors else () for name, now in successors.items()}
    written = {f"{one.kind}:{one.id}": one for one in dossier.retired}
    for cycle in cycles(edges):
        told = " → ".join((*cycle, cycle[0]))
        repair = "name the record that is there now, or remove one of the 'replaced_by'"
        place = place_of(written[cycle[0]].replaced_by or "")
        issues.error(place, "cycle", f"retired records replace each other in a circle: {told}", repair)
    for name, one in written.items():
        yield Gone(was=name, now=_last(name, successors), why=one.why, date=one.date, place=one.place)


def _last(name: str, successors: Mapping[str, str]) -> str:
    """What stands at the end of a chain of successors; an empty text at the end of none."""
    seen: set[str] = set()
    while name in successors and name not in seen:
        seen.add(name)
        name = successors[name]
    return name


def _check_ledger(dossier: Dossier, gone: Mapping[str, Gone], issues: IssueLog) -> None:
    if dossier.ledger is None:
        return
    there = {f"{kind}:{record.id}" for kind, records in dossier.records().items() for record in records}
    for kind, idents in dossier.ledger.published.items():
        for ident, number in idents.items():
            name = f"{'source' if kind == 'article' else kind}:{ident}"
            if name not in there and name not in gone:
                problem = f"the {kind} '{ident}' was published in release {number} and is not on the site now"
                repair = (
                    "bring it back, add it to the 'former_ids' of its successor, or retire it in retired.yaml"
                )
                issues.error(place_of(ident), "lost-id", problem, repair)


def _moved(dossier: Dossier, gone: Mapping[str, Gone]) -> Iterator[str]:
    published = dossier.ledger.published if dossier.ledger else {}
    for source in dossier.sources:
        other = "source" if isinstance(source, Article) else "article"
        if source.id in published.get(other, {}) and f"source:{source.id}" not in gone:
            yield source.id
