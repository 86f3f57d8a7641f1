"""One article's digest by itself: its text, and a sum of the fields above it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from site_builder import markup
from site_builder.characters import unseen
from site_builder.issues import IssueLog
from site_builder.markup import Markup
from site_builder.read.front_matter import LONGEST, split
from site_builder.read.tree import Entry, text_of
from site_builder.redaction import withheld_words


@dataclass(frozen=True, slots=True)
class Front:
    """What stands above the text of a Markdown file: a sum of it, and the line on which the text begins."""

    sum: bytes
    line: int


def front_of(text: str, path: str) -> Front | None:
    """Returns what stands above the text of a file, or None where the two cannot be told apart."""
    parts = split(text, path, IssueLog())
    if parts is None:
        return None
    return Front(hashlib.sha256(parts.header.encode()).digest(), parts.body_start.line)


def read_digest(project: Path, path: str) -> tuple[Front, Markup] | None:
    """Returns what stands above a digest, and the digest; None where anything of it is to be told.

    So it is where words in it are withheld: these must be looked for in all that is published.
    """
    issues = IssueLog()
    text = text_of(Entry(path, project / path, os.path.realpath(project)), issues)
    front = text and front_of(text, path)
    if not text or not front or any(withheld_words(text)):
        return None
    parts = split(text, path, issues)
    if parts is None or len(parts.body) > LONGEST:
        return None
    issues.extend(unseen(parts.body, parts.body_start))
    body, found = markup.parse(parts.body, parts.body_start)
    issues.extend(found)
    return None if len(issues) else (front, body)


def text_sum(body: Markup) -> bytes:
    """Returns the sum of a text."""
    return hashlib.sha256(body.text.encode()).digest()
