"""Dates in an order that cannot be: a witness before the event, a copy before the text.

Only what is certain counts: a date that is "about", "perhaps" or open at that end is never too early or late.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.dates import Edtf
from site_builder.issues import IssueLog, place_of
from site_builder.model import Correction, Dossier, Event, Report, Retired, Source

# What is only announced may lie ahead; what has been seen, or reported as having happened, may not.
_MAY_LIE_AHEAD = frozenset({"claimed", "denied"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two dates of which the first cannot be earlier than the second, and what is wrong if it is."""

    later: Edtf
    earlier: Edtf
    told: str
    fields: str


def check_chronology(dossier: Dossier, issues: IssueLog) -> None:
    """Adds a warning, at the date concerned, for each pair of dates in an order that cannot be."""
    sources = {str(source.id): source for source in dossier.sources}
    for source in dossier.sources:
        for pair in _of_source(source):
            if _is_before(pair.later, pair.earlier):
                _tell(pair.later, pair.told, pair.fields, issues)
    for stated, told, source_id in _stated(dossier):
        source = sources[source_id]
        if _is_before(_last_word(source), stated) and not _is_vague(source.issued):
            _tell(
                stated,
                f"{told}, and '{source.id}' appeared before ({source.issued.text})",
                "'issued'",
                issues,
            )
    edition = dossier.site.edition
    dated: tuple[Correction | Retired, ...] = (*dossier.corrections, *dossier.retired)
    for record in dated:
        if _is_before(edition, record.date):
            told = f"this is dated {record.date.text}, after the edition ({edition.text})"
            _tell(record.date, told, "'edition' in site.yaml", issues)


def _of_source(source: Source) -> Iterator[_Pair]:
    published = f"before it was published ({source.issued.text})"
    if source.accessed:
        told = f"'{source.id}' was read ({source.accessed.text}) {published}"
        yield _Pair(later=source.accessed, earlier=source.issued, told=told, fields="'issued' and 'accessed'")
    for archive in source.archives:
        told = f"'{source.id}' was archived ({archive.captured.text}) {published}"
        yield _Pair(later=archive.captured, earlier=source.issued, told=told, fields="'issued'")
    for version in source.versions:
        told = f"'{source.id}' was changed ({version.date.text}) {published}"
        yield _Pair(later=version.date, earlier=source.issued, told=told, fields="'issued'")
    curated = getattr(source, "curated", None)
    if curated:
        told = f"the digest of '{source.id}' was written ({curated.text}) {published}"
        yield _Pair(later=curated, earlier=source.issued, told=told, fields="'issued'")


def _stated(dossier: Dossier) -> Iterator[tuple[Edtf, str, str]]:
    """Yields each date that a source cannot have known of before it appeared, what it is, and the source."""
    counting: Mapping[str, str] = {str(measure.id): measure.counting for measure in dossier.measures}
    tellings: tuple[Event | Report, ...] = (*dossier.events, *dossier.reports)
    for telling in tellings:
        if telling.date and telling.status not in _MAY_LIE_AHEAD:
            yield telling.date, f"this is said to have happened {telling.date.text}", str(telling.source)
    for quote in dossier.quotes:
        if quote.said:
            yield quote.said, f"these words are said to have been spoken {quote.said.text}", str(quote.source)
    for figure in dossier.figures:
        # A state, such as a plan or an alert, may be stated for a day to come; a count up to a day may not.
        if counting[figure.measure] != "state":
            yield figure.as_of, f"this counts up to {figure.as_of.text}", str(figure.source)


def _last_word(source: Source) -> Edtf:
    """The last day on which the source is known to have been changed, or that on which it appeared."""
    dates = [source.issued, *(version.date for version in source.versions)]
    return max(dates, key=lambda found: found.latest or date.max)


def _is_before(one: Edtf, other: Edtf) -> bool:
    """True if the one certainly ends before the other begins."""
    if _is_vague(one) or _is_vague(other) or one.latest is None or other.earliest is None:
        return False
    return one.latest < other.earliest


def _is_vague(found: Edtf) -> bool:
    return found.approximate or found.uncertain


def _tell(wrong: Edtf, problem: str, fields: str, issues: IssueLog) -> None:
    issues.warning(place_of(wrong.text), "date-order", problem, f"compare it with {fields}")
