"""Takes a record out of a dossier, and enters it among the retired, so that its address says so."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder import disk, nodes
from site_builder.build import Checked, Options, check
from site_builder.excision import changed_lines
from site_builder.issues import IssueLog, Place, did_you_mean
from site_builder.link import Index
from site_builder.plan import addresses
from site_builder.read import read
from site_builder.report import inert
from site_builder.retraction import Retraction, Spot, retraction, spots
from site_builder.words import KINDS

RETIRED = "content/retired.yaml"

BEYOND = """\
What this cannot reach, and what to do there:
  the site         build and publish it, with --zip where there is an archive; the address then says that the
                   record was withdrawn
  its id           stays, so that nothing else is ever given it: in retired.yaml and ledger.yaml, and in the
                   pages, tables and lists that say what was withdrawn; its words do not
  this machine     site-builder purge, after the build: it removes the cache and the site from before;
                   backups and editors' own copies stay
  words            search for names that stand elsewhere as plain text: grep -rn NAME content
  git              every commit from before still holds it: rewrite the history (git filter-repo), push it
                   with force, and ask the host to delete cached views; what was pushed once is public
  earlier deploys  many hosts keep each at an address of its own: delete them there, one by one
  archives         ask each for removal: the Internet Archive by mail to info@archive.org
  search engines   ask for removal of the address; they forget it by themselves after weeks
  mirrors, copies  tell everybody who has a ZIP file, a stick, a PDF or a print; release and sign anew, so
                   that old copies can be told by their number: see docs/verifying.md"""


class NotRetractedError(Exception):
    """A record that cannot be taken out; `repair` says what to do."""

    def __init__(self, problem: str, repair: str) -> None:
        super().__init__(problem)
        self.repair = repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What `retired.yaml` will say of the record: why it is gone, since when, and what stands for it now."""

    why: str
    day: date
    replaced_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A retraction with all that is needed to do it; `pages` are the addresses that will say it."""

    work: Retraction
    retired: tuple[str, str]
    pages: tuple[str, ...]


def planned(project: Path, ident: str, entry: Entry) -> Planned:
    """Returns what taking out a record means, without doing it. Raises `NotRetractedError`."""
    checked = check(Options(project=project, output=project / "public"))
    if checked.issues.has_errors() or checked.index is None:
        raise NotRetractedError("the dossier has errors", "mend what 'site-builder check' tells first")
    raw = read(project, IssueLog())
    written = {spot.name: spot for spot in spots(raw) if spot.name}
    known = written.keys()
    name = next((one for one in sorted(known) if ident in {one, one.partition(":")[2]}), "")
    if not name:
        idents = (one.partition(":")[2] for one in known)
        raise NotRetractedError(f"no record has the id '{ident}'", did_you_mean(ident, idents))
    work = retraction(project, raw, name)
    seen = [one for one in work.gone if _was_public(one, checked)]
    public = [also for one in seen for also in (one, *_former(written[one]))]
    file = project / RETIRED
    old = file.read_bytes().decode("utf-8") if file.is_file() else ""
    told = [one for one in seen if one.partition(":")[0] != "correction"]
    pages = tuple(page for one in told for page in _addresses(written[one], checked.index))
    asked = (name, *_former(written[name]))
    return Planned(work=work, retired=(old, _entered(old, public, asked, entry)), pages=pages)


def _former(spot: Spot) -> Iterator[str]:
    """The names that a record had before: they lead to it, and go with it."""
    former = spot.node.get("former_ids")
    for ident in former if isinstance(former, list) else ():
        yield f"{spot.name.partition(':')[0]}:{ident}"


def _was_public(name: str, checked: Checked) -> bool:
    """True for a record that readers have seen; the name of a draft must not appear for its being gone."""
    kind, _, ident = name.partition(":")
    if kind not in KINDS or " " in name:
        return False
    ledger = checked.dossier.ledger if checked.dossier else None
    published = ledger.published if ledger else {}
    kinds = (kind, "article") if kind == "source" else (kind,)
    return name not in checked.kept_back.reasons or any(ident in published.get(one, {}) for one in kinds)


def _addresses(spot: Spot, index: Index) -> Iterator[str]:
    """Where a record has stood, by the id that it has and by those that it had."""
    try:
        page = addresses.record(spot.name, index)
    except KeyError:
        return
    yield page
    # The id is the last word of an address, before the end of the file's name if it has a page of its own.
    own, end = spot.name.partition(":")[2], "" if "#" in page else ".html"
    for name in _former(spot):
        yield page.removesuffix(own + end) + name.partition(":")[2] + end


def _entered(old: str, names: list[str], asked: Collection[str], entry: Entry) -> str:
    """The text of `retired.yaml` with an entry for each name; those asked for may have a successor."""
    if not names:
        return old
    before = nodes.parse(old.replace("\r\n", "\n").removeprefix("\ufeff"), Place(RETIRED))
    # An empty list is written as one, and what follows it would not be read.
    text = old if before else re.sub(r"(?m)^\[\s*\][ \t]*(?:\r?\n|$)", "", old)
    text = text if not text or text.endswith("\n") else text + "\n"
    for name in names:
        kind, _, ident = name.partition(":")
        text += f"- id: {ident}\n  kind: {kind}\n"
        if entry.replaced_by and name in asked:
            text += f"  replaced_by: {entry.replaced_by}\n"
        text += f"  why: {json.dumps(entry.why, ensure_ascii=False)}\n  date: {entry.day.isoformat()}\n"
    _check_entered(text, len(before) + len(names))
    return text


def _check_entered(text: str, count: int) -> None:
    try:
        after = nodes.parse(text.replace("\r\n", "\n").removeprefix("\ufeff"), Place(RETIRED))
    except nodes.YamlError:
        after = nodes.PlacedDict({}, Place(RETIRED))
    if not isinstance(after, nodes.PlacedList) or len(after) != count:
        raise NotRetractedError(
            f"{RETIRED} is written in a form that nothing can be added to",
            "write its entries as a list that begins at the left edge, then say it again",
        )


def told(plan: Planned) -> str:
    """Returns in words what will be done."""
    return "\n".join(inert(line) for line in _lines(plan))


def _lines(plan: Planned) -> Iterator[str]:
    yield "Records and reports that go:"
    for name, why in plan.work.gone.items():
        if worded := _worded(name):
            yield f"  {worded}" + (f": {why}" if why else "")
    if plan.work.files:
        yield "Files that are removed:"
        yield from (f"  {path}" for path in plan.work.files)
    for path, (old, new) in {**plan.work.changed, RETIRED: plan.retired}.items():
        if old != new:
            yield f"In {path}:"
            yield from _changes(path, old, new)
    if plan.work.telling:
        yield "Records that stay, and still speak of it: retract them too, if their words must go:"
        yield from (f"  {name}" for name in plan.work.telling)
    if shown := [page for page in plan.pages if page]:
        yield "Addresses that will say that it was withdrawn:"
        yield from (f"  {page}" for page in dict.fromkeys(shown))
    if plan.work.by_hand:
        yield "What you must change yourself:"
        yield from (f"  {line}" for line in plan.work.by_hand)


def _worded(name: str) -> str:
    """What a reader calls it; nothing for fields that only belong to a record written elsewhere."""
    path, is_unnamed, steps = name.partition(" ")
    if not is_unnamed:
        return name
    return f"a report in {path}" if steps != "()" else ""


def _changes(path: str, old: str, new: str) -> Iterator[str]:
    for number, was, now in changed_lines(old, new):
        yield f"  {number:4} - {was}"
        if now:
            yield f"       + {now}"
    if path == RETIRED:
        yield from (f"       + {line}" for line in new[len(old) :].splitlines())


def carry_out(project: Path, plan: Planned) -> Checked:
    """Changes the sources as planned; returns what a check then says."""
    old, new = plan.retired
    if old != new:
        disk.replace_file(project / RETIRED, new.encode())
    for path, (_, text) in plan.work.changed.items():
        if text.strip():
            disk.replace_file(project / path, text.encode())
        else:
            disk.remove(os.fspath(project / path))
    for path in plan.work.files:
        disk.remove(os.fspath(project / path))
    for folder in sorted({(project / path).parent for path in plan.work.files}, reverse=True):
        if folder.parent.name == "articles" and not any(folder.iterdir()):
            disk.remove_folder(os.fspath(folder))
    return check(Options(project=project, output=project / "public"))
