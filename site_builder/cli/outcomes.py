"""What came of a build, in the words of the terminal."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Any

from site_builder.cache.last_build import Answer
from site_builder.terminal import shown

_NOTHING = "nothing had changed"


def content_of(checked: Any) -> str:  # noqa: ANN401
    """Returns in words what a dossier holds."""
    from site_builder.report import summary  # noqa: PLC0415

    index = checked.index
    articles = len(index.articles)
    counts = {
        "article": articles,
        "other source": len(index.sources) - articles,
        "region": len(index.regions),
        "event": len(index.events),
        "figure": len(index.figures),
        "quote": len(index.quotes),
    }
    return summary(counts) or "an empty dossier"


def told_built(built: Any, target: Path) -> str:  # noqa: ANN401
    """Returns the line on a build."""
    size = _size(built.pages, built.written.files, _changes(built.written), built.written.bytes)
    return f"Built {shown(target)}: {size}, from {content_of(built.checked)}, in {built.seconds:.1f} s"


def _changes(written: Any) -> str:  # noqa: ANN401
    if written.is_unchanged:
        return _NOTHING
    named = (("new", written.added), ("changed", written.changed), ("removed", written.removed))
    return ", ".join(f"{len(paths):,} {word}" for word, paths in named if paths)


def told_taken_up(taken: Any, target: Path) -> str:  # noqa: ANN401
    """Returns the line on a build that took up edited digests by themselves."""
    answer, written = taken.answer, taken.written
    size = _size(answer.pages, written.files, _changes(written), written.bytes)
    return f"Built {shown(target)}: {size}, from {answer.content}, in {taken.seconds:.1f} s"


def told_unchanged(answer: Answer, target: Path, seconds: float) -> str:
    """Returns the line on a build after which all was as the last one left it."""
    size = _size(answer.pages, answer.files, _NOTHING, answer.bytes)
    return f"Built {shown(target)}: {size}, from {answer.content}, in {seconds:.1f} s{answer.kept_back}"


def _size(pages: int, files: int, changes: str, size: int) -> str:
    return f"{pages:,} pages, {files:,} files ({changes}), {size / 1_000_000:.1f} MB"


def told_rehearsal(moment: Any) -> str:  # noqa: ANN401
    """A line on a site of a moment that is not the present, if it is one."""
    if not moment:
        return ""
    at = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"\nA rehearsal of {at}: its list says so, and it cannot be signed. To publish, leave out --now"


def told_unsigned(written: Any, target: Path) -> str:  # noqa: ANN401
    """Returns a line on a signature that went with its site, if one did."""
    from site_builder.plan.addresses import SIGNATURE  # noqa: PLC0415

    if SIGNATURE not in written.removed:
        return ""
    again = f"site-builder sign {target} --key FILE"
    return f"\nThe signature is gone with the site that it was for; to sign this one: {again}"
