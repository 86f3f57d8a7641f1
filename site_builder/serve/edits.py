"""A save of one file, taken up without reading the others again: as it is what authors do all day.

What was found at the last sound state is kept in memory. The one file is read and validated anew, everything
that crosses files is linked anew, and pages are made when they are asked for. Where a save may have changed
more than the fields and texts of the records in a file, all is built again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from site_builder import nodes
from site_builder.build import Checked
from site_builder.garbage import uncollected
from site_builder.issues import Issue, IssueLog, Place
from site_builder.link import Index, link
from site_builder.link.reworded import reworded
from site_builder.model import Article, Dossier
from site_builder.plan import Atlas
from site_builder.plan.atlas import atlas
from site_builder.read import RawContent, RawFile, reread
from site_builder.read.theme import Theme, ThemeError, read_theme
from site_builder.read.tree import Entry, text_of
from site_builder.render import share_codes
from site_builder.validate import (
    Declared,
    KeptBack,
    check_withheld,
    declared_ids,
    kept_back,
    published,
    revalidate,
    withheld_names,
)

# The lists that are taken up by themselves: what the others say of ids matters everywhere.
_LISTS = {f"content/{name}.yaml": name for name in ("measures", "disagreements", "corrections")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A sound state of a dossier: all that was found on the way to its pages.

    `told` are the issues of single files, `crossed` those of `index`. `hidden` is what the author keeps back.
    `sums` holds a sum of each file, by its path.
    """

    raw: RawContent
    declared: Declared
    whole: Dossier
    hidden: KeptBack
    told: tuple[Issue, ...]
    index: Index
    crossed: tuple[Issue, ...]
    theme: Theme
    maps: Atlas
    sums: Mapping[str, str]

    @property
    def version(self) -> str:
        """The version of the site of this state."""
        return version_of(self.theme, self.sums, self.hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What an edit led to: the next sound state and its index, or None and the issues that are in its way."""

    issues: IssueLog
    texts: Mapping[str, str]
    standing: Standing | None = None
    index: Index | None = None


def standing(checked: Checked, now: datetime) -> Standing | None:
    """Returns what an edit can start from, or None if the dossier is not sound."""
    if not (checked.raw and checked.unfiltered and checked.index and checked.theme):
        return None
    crossing = IssueLog()
    _linked(checked.raw, checked.unfiltered, checked.kept_back, now, crossing)
    known = set(crossing)
    return Standing(
        raw=checked.raw,
        declared=declared_ids(checked.raw),
        whole=checked.unfiltered,
        hidden=checked.kept_back,
        told=tuple(issue for issue in checked.issues if issue not in known and issue.code != "no-base-url"),
        index=checked.index,
        crossed=tuple(crossing),
        theme=checked.theme,
        maps=atlas(checked.index),
        sums=sums_of(checked.raw),
    )


def version_of(theme: Theme, sums: Mapping[str, str], hidden: KeptBack) -> str:
    """Returns a short text that differs wherever anything that pages are made of does."""
    digest = hashlib.sha256(f"{theme.name}\0{theme.fingerprint}".encode())
    for path, content in sorted((*sums.items(), *hidden.reasons.items())):
        digest.update(f"\0{path}\0{content}".encode())
    # Begins with a letter: it is no number.
    return f"s{digest.hexdigest()[:16]}"


def sums_of(raw: RawContent) -> Mapping[str, str]:
    """Returns a sum of each file that was read, by its path."""
    texts = {path: _sum(text) for path, text in raw.texts.items()}
    pictures = {
        found.path.path: found.file.sha256 for article in raw.articles for found in article.pictures.values()
    }
    return texts | pictures


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _linked(
    raw: RawContent, whole: Dossier, hidden: KeptBack, now: datetime, issues: IssueLog
) -> Index | None:
    """What crosses files: the filter, withheld names, the index. None after an error."""
    shown = published(whole, now, issues) if _is_marked(hidden) else whole
    check_withheld(shown, withheld_names(raw), issues)
    return None if issues.has_errors() else link(shown, issues)


def _is_marked(found: KeptBack) -> bool:
    return bool(found.reasons or found.drafts or found.embargoed)


@uncollected()
def edited(project: Path, before: Standing, paths: Collection[str], now: datetime) -> Edited | None:
    """Takes up what was saved in some files; None where all must be built again."""
    issues = IssueLog()
    found = before
    for path in sorted(paths):
        one = _one(project, found, path, now, issues)
        if one is None:
            texts = {**found.raw.texts, path: text_of(_entry(project, path), IssueLog()) or ""}
            return Edited(issues=issues, texts=texts) if issues.has_errors() else None
        found = one
    if _is_marked(found.hidden):
        found = replace(found, hidden=kept_back(found.whole, now))
    issues.extend(found.told)
    crossing = IssueLog()
    index = _reworded(before, found, paths, crossing) or _linked(
        found.raw, found.whole, found.hidden, now, crossing
    )
    issues.extend(crossing)
    if index is None or issues.has_errors():
        return Edited(issues=issues, texts=found.raw.texts)
    found = replace(found, index=index, crossed=tuple(crossing))
    return Edited(issues=issues, texts=found.raw.texts, standing=found, index=index)


def _reworded(before: Standing, after: Standing, paths: Collection[str], issues: IssueLog) -> Index | None:
    """The index where nothing but one digest reads otherwise, as after most saves; else None."""
    path = min(paths)
    if (
        len(paths) > 1
        or not path.endswith("/index.md")
        or _is_marked(before.hidden)
        or _is_marked(after.hidden)
    ):
        return None
    log = IssueLog()
    check_withheld(after.whole, withheld_names(after.raw), log)
    ident = path.split("/")[-2]
    article = next((one for one in after.whole.sources if one.id == ident), None)
    if not isinstance(article, Article) or len(log):
        return None
    found = reworded(before.index, before.crossed, after.whole, article, log)
    if found:
        issues.extend(log)
    return found


def _one(project: Path, before: Standing, path: str, now: datetime, issues: IssueLog) -> Standing | None:
    """Takes up one file; None where it cannot be, or after an error."""
    log = IssueLog()
    raw = _list_reread(project, before.raw, path) or reread(project, before.raw, path, log)
    part = path.split("/")[1]
    made = raw and revalidate(
        before.whole, before.declared, _only(before.raw, raw, path), _only(raw, before.raw, path), log
    )
    if not raw or not made or log.has_errors():
        issues.extend(log)
        return None
    whole, alone = made
    # Nothing is kept back by a dossier of which no record says so.
    marked = before.hidden if _is_marked(before.hidden) else kept_back(alone, now)
    around = f"{path.rpartition('/')[0]}/" if part == "articles" else path
    told = (*(issue for issue in before.told if not issue.place.path.startswith(around)), *log)
    sums = {**before.sums, path: _sum(raw.texts[path])}
    return replace(before, raw=raw, whole=whole, hidden=marked, told=told, sums=sums)


def restyled(project: Path, before: Standing) -> Standing | None:
    """Takes up the theme as it lies there; None where more than its styles, scripts and files may differ."""
    try:
        theme = read_theme(project, before.theme.name)
    except ThemeError:
        return None
    were = before.theme
    if theme.fingerprint == were.fingerprint and theme.issues == were.issues:
        return before
    is_alike = (theme.templates, theme.catalogues, theme.paths) == (
        were.templates,
        were.catalogues,
        were.paths,
    )
    log = IssueLog()
    log.extend((*(issue for issue in before.told if issue not in were.issues), *theme.issues))
    if not is_alike or log.has_errors():
        return None
    share_codes(theme, were, map(str, before.whole.site.languages))
    return replace(before, theme=theme, told=tuple(log))


def _list_reread(project: Path, before: RawContent, path: str) -> RawContent | None:
    """The content with one list read anew; None where it is no such list, or is unsound."""
    name = _LISTS.get(path, "")
    text = text_of(_entry(project, path), IssueLog()) if name in before.lists else None
    if text is None:
        return None
    try:
        read = RawFile(id=before.lists[name].id, node=nodes.parse(text, Place(path)))
    except nodes.YamlError:
        return None
    return replace(before, texts={**before.texts, path: text}, lists={**before.lists, name: read})


def _entry(project: Path, path: str) -> Entry:
    return Entry(path, project / path, os.path.realpath(project))


def _only(raw: RawContent, other: RawContent, path: str) -> RawContent:
    """What was read of the one file in which two readings differ."""
    parts: dict[str, Any] = dict.fromkeys(("articles", "sources", "regions", "actors", "pages"), ())
    name, part = _LISTS.get(path), path.split("/")[1]
    if name is None:
        pairs = zip(getattr(raw, part), getattr(other, part), strict=True)
        parts[part] = tuple(mine for mine, its in pairs if mine is not its)
    lists = {name: raw.lists[name]} if name else {}
    return replace(raw, site=None, lists=lists, ledger=None, geometry=None, unread=(), **parts)
