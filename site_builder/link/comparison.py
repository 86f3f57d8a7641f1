"""The quotes of a dossier beside the kept texts of their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.issues import IssueLog, place_of
from site_builder.model import Dossier, Quote, Source
from site_builder.normal_form import normalised
from site_builder.quotations import UNCHECKED, Anchor, State, left_out, locate, quote_sum
from site_builder.read.captures import KeptText

# A long paragraph: who leaves out more has perhaps joined what was said at two times, or by two people.
_WIDE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A source whose quotes all stand in its kept text, word for word, with their sums."""

    source: Source
    sha256: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How each quote of a dossier stands to the kept text of its source, in the order of files."""

    anchors: tuple[tuple[Quote, Anchor], ...] = ()
    sound: tuple[Compared, ...] = ()

    def count(self, state: State) -> int:
        """The number of quotes in that state."""
        return sum(anchor.state is state for _, anchor in self.anchors)


def compare(dossier: Dossier, captures: Mapping[str, KeptText]) -> Comparison:
    """Returns every quote with its place in the kept text of its source, by that source's id."""
    texts = {
        name: normalised(captures[name].text)
        for name in {str(quote.source) for quote in dossier.quotes}
        if name in captures
    }
    anchors = tuple(
        (
            quote,
            locate(quote.exact, quote.prefix or "", quote.suffix or "", texts[quote.source])
            if quote.source in texts
            else UNCHECKED,
        )
        for quote in dossier.quotes
    )
    sound = (_sound(source, anchors, captures) for source in dossier.sources if source.id in captures)
    return Comparison(anchors=anchors, sound=tuple(found for found in sound if found))


def _sound(
    source: Source, anchors: tuple[tuple[Quote, Anchor], ...], captures: Mapping[str, KeptText]
) -> Compared | None:
    own = [(quote, anchor) for quote, anchor in anchors if quote.source == source.id]
    if not own or any(anchor.state is not State.EXACT for _, anchor in own):
        return None
    sums = tuple(sum_of(quote) for quote, _ in own)
    return Compared(source=source, sha256=captures[source.id].sha256, quotes=sums)


def sum_of(quote: Quote) -> str:
    """Returns the sum that a source records of a quote which was compared."""
    return quote_sum(quote.exact, quote.prefix or "", quote.suffix or "")


def tell(comparison: Comparison, captures: Mapping[str, KeptText], issues: IssueLog, *, aloud: bool) -> None:
    """Adds an issue for each quote that was not found at one place, or that leaves very much out.

    Where `aloud` is true the repair shows a few words of the kept text: for the author's terminal alone.
    """
    for quote, anchor in comparison.anchors:
        place = place_of(quote.exact)
        if anchor.state is State.ORPHANED:
            kept = captures[quote.source].path
            beside = f"these words stand in {kept}, but not beside this 'prefix' and 'suffix'"
            problem = beside if anchor.times else f"these words do not stand in {kept}"
            issues.error(place, "quote-orphaned", problem, _repair(anchor, aloud=aloud))
        elif anchor.state is State.AMBIGUOUS:
            problem = f"these words stand {anchor.times} times in {captures[quote.source].path}"
            repair = "add 'prefix:' or 'suffix:' with the words before or after, so that one place is meant"
            issues.error(place, "quote-ambiguous", problem, repair)
        elif anchor.state is State.EXACT:
            _tell_wide_cut(quote, anchor, issues)


def _tell_wide_cut(quote: Quote, anchor: Anchor, issues: IssueLog) -> None:
    if (count := left_out(quote.exact, anchor)) > _WIDE:
        problem = f"about {count:,} characters of the source are left out between these words"
        repair = "make sure that they belong together, or quote each by itself"
        issues.warning(place_of(quote.exact), "wide-cut", problem, repair)


def _repair(anchor: Anchor, *, aloud: bool) -> str:
    if anchor.times:
        return "compare those with it, letter for letter"
    if not aloud:
        return (
            "compare it with the kept text, letter for letter; 'site-builder check' shows the nearest passage"
        )
    if not anchor.nearest:
        return "nothing like it stands there: is this the right source, and all of its text?"
    return f"the nearest passage there: {anchor.nearest}"


def tell_changed(sources: Iterable[Source], captures: Mapping[str, KeptText], issues: IssueLog) -> None:
    """Adds a warning for each kept text that is not the one whose sum its source records."""
    for source in sources:
        kept = captures.get(source.id)
        if kept and source.capture and source.capture.sha256 != kept.sha256:
            problem = f"{kept.path} is not the text that the quotes were compared with"
            repair = "look at what has changed in it; then 'site-builder check --record' notes the new sum"
            issues.warning(place_of(source.capture.sha256), "capture-changed", problem, repair)
