"""Quotes compared with the kept texts that the author has at hand: `check` does it, a build never."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from site_builder.build import Checked
from site_builder.issues import place_of
from site_builder.link.comparison import Comparison, compare, tell, tell_changed
from site_builder.quotations import State
from site_builder.read.captures import read_captures
from site_builder.record import RecordError, record

_STATES = {
    State.EXACT: "{} found word for word",
    State.ORPHANED: "{} not found",
    State.AMBIGUOUS: "{} found more than once",
    State.UNCHECKED: "{} without a kept copy",
}


def compare_quotes(checked: Checked, project: Path, *, aloud: bool, recording: bool = False) -> Comparison:
    """Returns how every quote stands, drafts as well, and adds an issue for each that is not word for word.

    `aloud` allows repairs to show a few words of a kept text: on a terminal, never in a file. With
    `recording`, a new sum of a kept text is no issue where all quotes of its source stand in it.
    """
    dossier = checked.unfiltered
    if dossier is None:
        return Comparison()
    captures = read_captures(project, {source.id for source in dossier.sources}, checked.issues)
    comparison = compare(dossier, captures)
    tell(comparison, captures, checked.issues, aloud=aloud)
    noted = {found.source.id for found in comparison.sound} if recording else set()
    waiting = (source for source in dossier.sources if source.id not in noted)
    tell_changed(waiting, captures, checked.issues)
    return comparison


def note(comparison: Comparison, project: Path, day: date) -> Iterator[str]:
    """Notes the day in each source whose quotes all stand in its kept text; yields a sentence a change."""
    for compared in comparison.sound:
        count = _quotes(len(compared.quotes))
        try:
            path = record(project, compared, day.isoformat())
        except RecordError as error:
            path = place_of(compared.source.id).path
            yield f"{path}: not noted: {error}; 'capture:' has to be written by hand"
        else:
            if path:
                yield f"{path}: noted that {count} stand{'s' * (len(compared.quotes) == 1)} in the kept text"


def counted_quotes(comparison: Comparison) -> str:
    """Returns how the quotes stand: "13 quotes: 7 found word for word, 6 without a kept copy", or nothing."""
    total = len(comparison.anchors)
    counts = {words: comparison.count(state) for state, words in _STATES.items()}
    told = ", ".join(words.format(f"{count:,}") for words, count in counts.items() if count)
    return f"{_quotes(total)}: {told}" if total else ""


def _quotes(count: int) -> str:
    return f"{count:,} quote{'' if count == 1 else 's'}"
