"""What a built site consists of: its pages by kind, and the records that each page shows.

The list is made from our own site, and handed to the peers: so they make the same pages, each with the same
records in the same order, and are spared the work of finding out which.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath

_MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
_TITLE = re.compile(r"<h1[^>]*>(.*?)(?:&nbsp;<a\b.*?)?</h1>", re.DOTALL)
_HREF = re.compile(r'\bhref="([^":?]*)"')
_TAG = re.compile(r"<[^>]*>")
# A row is known by its own id, or by the record that it links to first.
_ROW = re.compile(r'<li class="?row\b')
_OWN = re.compile(r'\bid="?([efq]\d+)')
_LINKED = re.compile(r'\bhref="?[./]*(articles|regions|actors|figures)/([a-z0-9-]+)\.html')
_STATEMENT = re.compile(r"([a-z])\d+\Z")
_OF_LETTER = {"e": "events", "f": "figures", "q": "quotes"}
_OF_FOLDER = {
    "articles": "articles",
    "events": "events",
    "regions": "regions",
    "actors": "actors",
    "figures": "measures",
}
_STATEMENTS = frozenset({"events", "figures", "quotes"})
_ALL = frozenset({*_STATEMENTS, "articles", "regions", "actors", "measures"})
# What each kind of page is about. A row also names its source and its regions: these are no rows.
_SHOWN: Mapping[str, frozenset[str]] = {
    "article": _STATEMENTS | {"articles"},
    "event": frozenset({"articles", "events", "quotes"}),
    "region": _STATEMENTS | {"articles"},
    "actor": _STATEMENTS,
    "measure": frozenset({"figures"}),
    "print": _STATEMENTS | {"articles"},
    "timeline": frozenset({"events"}),
    "quotes": frozenset({"quotes"}),
    "figures": frozenset({"figures", "measures"}),
    "articles": frozenset({"articles"}),
    "sources": frozenset({"articles"}),
    "regions": frozenset({"regions"}),
    "actors": frozenset({"actors"}),
    "coverage": frozenset({"regions"}),
    "home": frozenset({"events", "articles", "regions"}),
    "regions-part": _STATEMENTS | {"articles"},
    "timeline-part": frozenset({"events"}),
}
# Pages that name records in a line each.
_BRIEF = frozenset({"a-z", "event"})
_RECORD_PAGES = {"articles": "article", "events": "event", "regions": "region", "actors": "actor"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page: its path, its kind, its heading, and the ids of the records that it shows, by their kind."""

    path: str
    kind: str
    title: str
    records: Mapping[str, tuple[str, ...]]

    @property
    def rows(self) -> int:
        """How many records the page shows."""
        return sum(map(len, self.records.values()))

    @property
    def is_brief(self) -> bool:
        """True if it names its records in a line each."""
        return self.kind in _BRIEF

    @property
    def record(self) -> str:
        """The id of the record whose page it is, or an empty text."""
        return PurePosixPath(self.path).stem if self.kind in {*_RECORD_PAGES.values(), "measure"} else ""


def listed(site: Path, ids: Mapping[str, frozenset[str]]) -> tuple[Listed, ...]:
    """Returns every page of a site of ours; `ids` are those of the corpus, by kind of record."""
    return tuple(
        _page(path.relative_to(site).as_posix(), path.read_text(encoding="utf-8"), ids)
        for path in sorted(site.rglob("*.html"))
    )


def _page(path: str, text: str, ids: Mapping[str, frozenset[str]]) -> Listed:
    kind = kind_of(path, ids)
    main = _MAIN.search(text)
    title = _TITLE.search(text)
    own = PurePosixPath(path).stem
    records: dict[str, dict[str, None]] = {}
    for href in _HREF.findall(main[0] if main else ""):
        found = _reference(path, href, ids)
        if found and found[0] in _SHOWN.get(kind, _ALL) and (kind != "event" or found[1] != own):
            records.setdefault(found[0], {})[found[1]] = None
    return Listed(
        path=path,
        kind=kind,
        title=_TAG.sub("", title[1]).strip() if title else path,
        records={name: tuple(found) for name, found in records.items()},
    )


def kind_of(path: str, ids: Mapping[str, frozenset[str]]) -> str:
    """Returns the kind of a page: that of its record, or the folder or file that it belongs to."""
    parts = PurePosixPath(path)
    folder, stem = str(parts.parent).split("/", 1)[0], parts.stem
    if path == "index.html":
        return "home"
    if folder == ".":
        return stem
    if folder == "figures" and stem in ids["measures"]:
        return "measure"
    if folder in _RECORD_PAGES and stem in ids[folder]:
        return _RECORD_PAGES[folder]
    return folder if len(parts.parts) == 2 else f"{folder}-part"


def _reference(path: str, href: str, ids: Mapping[str, frozenset[str]]) -> tuple[str, str] | None:
    """The record that a link leads to, as kind and id."""
    address, _, anchor = href.partition("#")
    if anchor and (statement := _STATEMENT.match(anchor)):
        kind = _OF_LETTER.get(statement[1], "")
        if anchor in ids.get(kind, ()):
            return kind, anchor
    if not address:
        return None
    there = PurePosixPath(normpath(join(dirname(path), address)))
    kind = _OF_FOLDER.get(str(there.parent), "")
    return (kind, there.stem) if there.stem in ids.get(kind, ()) else None


def by_kind(pages: Iterable[Listed]) -> Mapping[str, int]:
    """Returns the number of pages of each kind."""
    return dict(sorted(Counter(page.kind for page in pages).items()))


def shown(text: str) -> Mapping[str, tuple[str, ...]]:
    """Returns the ids of the records that a peer's page has rows of, by their kind, in their order."""
    found: dict[str, list[str]] = {}
    for tag, _, row in (one.partition(">") for one in _ROW.split(text)[1:]):
        if own := _OWN.search(tag):
            found.setdefault(_OF_LETTER[own[1][0]], []).append(own[1])
        elif linked := _LINKED.search(row):
            found.setdefault(_OF_FOLDER[linked[1]], []).append(linked[2])
    return {kind: tuple(idents) for kind, idents in found.items()}


def differences(wanted: Iterable[Listed], site: Path) -> tuple[str, ...]:
    """Returns what a peer's site lacks, has too much of, or shows with other records, or in another order."""
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    wrong = []
    for page in wanted:
        path = found.pop(page.path, None)
        if path is None:
            wrong.append(f"there is no {page.path}")
            continue
        records = shown(path.read_text(encoding="utf-8"))
        rows = sum(map(len, records.values()))
        if rows != page.rows:
            wrong.append(f"{page.path} shows {rows} records, not {page.rows}")
        elif other := [kind for kind, idents in page.records.items() if records.get(kind) != idents]:
            wrong.append(f"{page.path} shows other {' and '.join(other)}, or in another order")
    return (*wrong, *(f"{path} is one page too many" for path in sorted(found)))


def unshown(pages: Iterable[Listed], ids: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Returns the kinds of record of which our own lists show fewer than the corpus holds."""
    seen: dict[str, set[str]] = {kind: set() for kind in ids}
    for page in pages:
        if not page.record:
            for kind, records in page.records.items():
                seen[kind].update(records)
        elif page.kind == "measure":
            seen["figures"].update(page.records.get("figures", ()))
    return tuple(
        f"{len(ids[kind] - found)} of {len(ids[kind])} {kind} stand in no list"
        for kind, found in seen.items()
        if ids[kind] - found
    )
