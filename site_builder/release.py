"""Numbers an edition: writes into `content/ledger.yaml` which ids have been published, and since when.

No other command writes into the sources. A build only compares: an id of the ledger that the site has lost
is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from site_builder import disk
from site_builder.build import Checked, Options, check
from site_builder.link.contents import content_sum
from site_builder.model import Article, Dossier, Ledger, Release
from site_builder.wording import date_words
from site_builder.words import PUBLISHED_KINDS

LEDGER = "content/ledger.yaml"
_HEAD = """\
# Written by `site-builder release`: every id that was ever published, with the release it first appeared in.
# An id that stands here is taken for ever. Keep this file with the dossier, and leave it as it is.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """The outcome; `ledger` is None where issues forbid a release, and `is_new` false where nothing was new.

    `added` counts the records that were not published before, `left` the ids given up since: renamed or
    retired.
    """

    checked: Checked
    ledger: Ledger | None = None
    is_new: bool = False
    added: int = 0
    left: int = 0


def release(options: Options, day: date) -> Released:
    """Checks a dossier and enter its records into the ledger under that day.

    Writes nothing where there are issues that forbid publishing, or where the dossier says what it said at
    the last release.
    """
    checked = check(options)
    if checked.dossier is None or not checked.is_sound(strict=options.strict):
        return Released(checked=checked)
    released = enter(checked, checked.dossier, day)
    if released.is_new and released.ledger:
        disk.replace_file(options.project / LEDGER, ledger_text(released.ledger).encode())
    return released


def enter(checked: Checked, dossier: Dossier, day: date) -> Released:
    """Returns the ledger with the dossier's next release, or as it was where the dossier has not changed."""
    before, content = dossier.ledger, content_sum(dossier)
    last = before.releases[-1] if before and before.releases else None
    if before and last and last.content == content:
        return Released(checked=checked, ledger=before)
    known = before.published if before else {}
    number = last.number + 1 if last else 1
    records = sum(len(found) for found in dossier.records().values())
    written = {"number": str(number), "date": day.isoformat(), "records": str(records), "content": content}
    published = dict(_published(dossier, known, number))
    ledger = Ledger.model_construct(
        releases=(*(before.releases if before else ()), Release.model_validate(written)), published=published
    )
    added = len(_names(published) - _names(known))
    # What was published and is no record is renamed or retired: the check has seen that nothing is lost.
    left_before = len(_names(known)) - (last.records if last else 0)
    left = len(_names(published)) - records - left_before
    return Released(checked=checked, ledger=ledger, is_new=True, added=added, left=left)


def _published(
    dossier: Dossier, known: Mapping[str, Mapping[str, int]], number: int
) -> Iterator[tuple[str, Mapping[str, int]]]:
    for kind in PUBLISHED_KINDS:
        records = dossier.records()["source" if kind == "article" else kind]
        idents = {str(one.id) for one in records if kind not in {"article", "source"} or _kind(one) == kind}
        found = {**dict.fromkeys(idents, number), **known.get(kind, {})}
        if found:
            yield kind, dict(sorted(found.items()))


def _names(published: Mapping[str, Mapping[str, int]]) -> set[str]:
    return {
        f"{'source' if kind == 'article' else kind}:{ident}"
        for kind, idents in published.items()
        for ident in idents
    }


def _kind(record: object) -> str:
    return "article" if isinstance(record, Article) else "source"


def told(released: Released) -> str:
    """Returns in a sentence or two what was released, and what to do with it."""
    if released.ledger is None:
        return "Nothing was released"
    last = released.ledger.releases[-1]
    name = f"release {last.number} of {date_words(last.date, 'en')}".replace("\u00a0", " ")
    if not released.is_new:
        return f"Nothing has changed since {name}: {LEDGER} is as it was"
    counts = ((released.added, "new"), (released.left, "renamed or retired"))
    changes = ", ".join(f"{count:,} {word}" for count, word in counts if count) or "none new, none gone"
    since = f" ({changes})" if last.number > 1 else ""
    return f"R{name[1:]}: {last.records:,} records{since}. Commit {LEDGER}, then build."


def ledger_text(ledger: Ledger) -> str:
    """Returns the ledger as YAML: a line an id, sorted, so that a release changes as few lines as it can."""
    return _HEAD + "\n".join(_lines(ledger)) + "\n"


def _lines(ledger: Ledger) -> Iterator[str]:
    yield "releases:"
    for one in ledger.releases:
        yield f"  - number: {one.number}"
        yield f"    date: {one.date.text}"
        yield f"    records: {one.records}"
        yield f"    content: {one.content}"
    yield "published:" if ledger.published else "published: {}"
    for kind, idents in ledger.published.items():
        yield f"  {kind}:"
        yield from (f"    {ident}: {number}" for ident, number in idents.items())
