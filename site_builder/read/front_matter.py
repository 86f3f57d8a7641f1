"""Splits a Markdown file into the YAML between its first two `---` lines and the text below."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.issues import IssueLog, Place

# A book has as many characters; more would keep a machine busy for minutes.
LONGEST = 1_000_000
_FENCE = "---"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The two parts of a file, each with the place of its first line."""

    header: str
    header_start: Place
    body: str
    body_start: Place


def split(text: str, path: str, issues: IssueLog) -> Parts | None:
    """Returns the parts of the file, or None after an issue."""
    lines = text.split("\n")
    repair = "begin the file with a line '---', the fields, and a second line '---'"
    if lines[0].rstrip() != _FENCE:
        issues.error(Place(path), "front-matter", "the file does not begin with front matter", repair)
        return None
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        issues.error(
            Place(path),
            "front-matter",
            "the front matter is not closed",
            "add a second line '---' below the fields",
        )
        return None
    return Parts(
        header="\n".join(lines[1:end]) + "\n",
        header_start=Place(path, 2),
        body="\n".join(lines[end + 1 :]),
        body_start=Place(path, end + 2),
    )
