"""Issues as people and programs read them: text with excerpts, JSON, GitHub annotations, SARIF 2.1.0."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from site_builder.issues import Issue, IssueLog, Severity
from site_builder.redaction import private_lines
from site_builder.wording import list_words

Texts = Mapping[str, str]

_SHOWN = 50
_EXCERPT = 100
_HELP = "docs/issues.md"


def as_text(issues: IssueLog, texts: Texts) -> str:
    """Returns every issue with its excerpt and repair; of more than fifty, the first fifty and a count."""
    listed = list(issues)
    parts = [_told(issue, texts) for issue in listed[:_SHOWN]]
    if len(listed) > _SHOWN:
        parts.append(f"… and {len(listed) - _SHOWN} more")
    return "\n\n".join(parts) + ("\n" if parts else "")


def counted(issues: IssueLog) -> str:
    """Returns how many errors and warnings there are: "2 errors, 1 warning"."""
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    warnings = len(issues) - errors
    parts = [_plural(errors, "error")] if errors else []
    parts += [_plural(warnings, "warning")] if warnings else []
    return ", ".join(parts) or "no issues"


def _plural(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _told(issue: Issue, texts: Texts) -> str:
    head = f"{issue.place}: {issue.severity}[{issue.code}]: {issue.problem}"
    return inert(head) + "".join(f"\n{line}" for line in _excerpt(issue, texts))


def _excerpt(issue: Issue, texts: Texts) -> list[str]:
    place = issue.place
    lines = texts.get(place.path, "").split("\n")
    if not place.length or place.line > len(lines) or not lines[place.line - 1].strip():
        return [f"      repair: {inert(issue.repair)}"] if issue.repair else []
    if place.line in private_lines(texts[place.path]):
        return [f"{place.line:5} | (private)", f"      | {inert(issue.repair)}".rstrip()]
    line = lines[place.line - 1]
    at = place.column - 1
    begin = max(0, at - _EXCERPT // 2) if at + min(place.length, _EXCERPT // 2) > _EXCERPT else 0
    shown = _plain(line[begin : begin + _EXCERPT])
    before = _plain(line[begin:at])
    marked = _plain(line[at : at + place.length]) or " "
    room = max(1, _width(shown) - _width(before))
    number = f"{place.line:5}"
    caret = " " * _width(before) + "^" * min(room, max(1, _width(marked)))
    return [f"{number} | {shown}", f"      | {caret} {inert(issue.repair)}".rstrip()]


def _plain(text: str) -> str:
    """The text as an excerpt shows it: without what makes a sign as wide as each terminal thinks fit."""
    return inert(_SELECTORS.sub("", text))


_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def _width(text: str) -> int:
    """The number of columns that a text takes on a terminal."""
    return sum(_cells(letter) for letter in text)


def _cells(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me"} or letter in _JOINING:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


# The vowels and ends of a Korean syllable, which join the letter before.
_JOINING = frozenset(map(chr, range(0x1160, 0x1200)))


def inert(text: str) -> str:
    """Returns the text with everything that could steer a terminal or turn its direction made visible."""
    # What can be printed does neither, and nearly every text can.
    if text.isprintable():
        return text
    return "".join(letter if _is_harmless(letter) else f"<U+{ord(letter):04X}>" for letter in text)


def _is_harmless(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def as_json(issues: IssueLog, texts: Texts) -> str:
    """Returns a JSON array, one object an issue, each in a line."""
    del texts
    found = (
        {
            "path": issue.place.path,
            "line": issue.place.line,
            "column": issue.place.column,
            "length": issue.place.length,
            "severity": issue.severity,
            "code": issue.code,
            "problem": inert(issue.problem),
            "repair": inert(issue.repair),
        }
        for issue in issues
    )
    # Not indented by Python, which takes ten times as long for that.
    lines = ",\n".join(map(json.dumps, found))
    return f"[\n{lines}\n]" if lines else "[]"


def as_github(issues: IssueLog, texts: Texts) -> str:
    """Returns workflow commands that GitHub shows beside the lines concerned."""
    del texts
    return "\n".join(
        f"::{issue.severity} file={_property(issue.place.path)},line={issue.place.line},"
        f"col={issue.place.column},title={issue.code}::{_one_line(issue)}"
        for issue in issues
    )


def _property(path: str) -> str:
    """Escapes what ends a property of a workflow command."""
    return inert(path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def _one_line(issue: Issue) -> str:
    text = f"{issue.problem}. {issue.repair}" if issue.repair else issue.problem
    return inert(text).replace("%", "%25")


def as_sarif(issues: IssueLog, texts: Texts) -> str:
    """Returns a SARIF 2.1.0 log."""
    del texts
    rules = [{"id": code, "helpUri": f"{_HELP}#{code}"} for code in sorted({issue.code for issue in issues})]
    run = {
        "tool": {"driver": {"name": "site-builder", "rules": rules}},
        "results": [_sarif_result(issue) for issue in issues],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]})


def _sarif_result(issue: Issue) -> dict[str, object]:
    place = issue.place
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + place.length}
    location = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(place.path, errors="surrogateescape")},
            "region": region,
        }
    }
    text = f"{issue.problem}. {issue.repair}" if issue.repair else issue.problem
    return {
        "ruleId": issue.code,
        "level": issue.severity,
        "message": {"text": inert(text)},
        "locations": [location],
    }


def kept_back(drafts: int, embargoed: int, next_due: datetime | None) -> str:
    """Returns what is not published in one line: "2 drafts kept back"; an empty text where nothing is."""
    counts = [_plural(drafts, "draft")] if drafts else []
    counts += [_plural(embargoed, "embargoed record")] if embargoed else []
    if not counts:
        return ""
    due = f"; the next is due {next_due.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if next_due else ""
    return f"{' and '.join(counts)} kept back{due}"


FORMATS: Mapping[str, Callable[[IssueLog, Texts], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def summary(counts: Mapping[str, int]) -> str:
    """Returns what a dossier holds in words: "12 articles, 30 regions and 26 events"."""
    return list_words([_plural(count, word) for word, count in counts.items() if count], "en")
