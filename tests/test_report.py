import json
import re

import jsonschema
import pytest

from site_builder.issues import Issue, IssueLog, Place, Severity
from site_builder.report import FORMATS, as_github, as_json, as_sarif, as_text, counted, inert, summary


def log(*issues: Issue) -> IssueLog:
    """A log of issues."""
    found = IssueLog()
    found.extend(issues)
    return found


def issue(
    line: int = 1, column: int = 1, length: int = 1, path: str = "content/a.yaml", **other: str
) -> Issue:
    """An issue with a place; the rest may be said."""
    severity = Severity(other.pop("severity", "error"))
    fields = {"code": "bad-word", "problem": "a bad word", "repair": "write a good one", **other}
    return Issue(place=Place(path, line, column, length), severity=severity, **fields)


@pytest.mark.parametrize(
    "line, column, length, caret",
    [
        ("key: bad", 6, 3, "     ^^^"),
        ("ключ: bad", 7, 3, "      ^^^"),
        ("水門: bad", 5, 3, "      ^^^"),
        ("🌉: bad", 4, 3, "    ^^^"),
        ("e\u0301: bad", 5, 3, "   ^^^"),
        ("key: 水門", 6, 2, "     ^^^^"),
        ("key: e\u0301e", 6, 3, "     ^^"),
        ("bad", 1, 3, "^^^"),
        ("key:", 5, 1, "    ^"),
        ("key: a", 6, 99, "     ^"),
    ],
)
def test_the_caret_stands_under_the_mistake(line: str, column: int, length: int, caret: str) -> None:
    """Under Cyrillic, wide and combining characters alike, the caret marks the columns of a terminal."""
    told = as_text(log(issue(1, column, length)), {"content/a.yaml": f"{line}\n"})
    head = f"content/a.yaml:1:{column}: error[bad-word]: a bad word\n"
    expected = f"{head}    1 | {line}\n      | {caret} write a good one\n"
    assert expected == told


def test_a_tab_is_made_visible_and_moves_the_caret() -> None:
    """A tab is shown as what it is, in the excerpt as above the caret."""
    told = as_text(log(issue(1, 2, 3)), {"content/a.yaml": "\tbad\n"})
    assert "    1 | <U+0009>bad\n      |         ^^^ write a good one\n" in told


DANGEROUS = ("\x00", "\x07", "\x08", "\x1b", "\x7f", "\x9b", "\r", "\u200b", "\u200e", "\u200f", "\u202a",
             "\u202e", "\u2028", "\u2029", "\u2066", "\u2069", "\ufeff", "\udc80")  # fmt: skip


@pytest.mark.parametrize("sign", DANGEROUS, ids=lambda sign: f"U+{ord(sign):04X}")
def test_nothing_that_steers_a_terminal_is_printed(sign: str) -> None:
    """Control, direction and zero-width characters are shown by their numbers, in every format."""
    texts = {f"content/{sign}.yaml": f"key: {sign}bad\n"}
    found = log(issue(path=f"content/{sign}.yaml", problem=f"a {sign} word", repair=f"no {sign}"))
    for form, tell in FORMATS.items():
        told = tell(found, texts)
        assert sign not in told, form
    assert f"a <U+{ord(sign):04X}> word" in as_text(found, texts)


@pytest.mark.parametrize("text", ["words", "слова", "水門", "🌉", "é", "«» — “”", " "])
def test_harmless_text_stays(text: str) -> None:
    """Letters, signs and emoji of any alphabet are printed as they are."""
    assert text == inert(text)


def test_issues_are_told_in_the_order_of_files_and_lines() -> None:
    """Whatever order mistakes are found in, they are told by file, line and column, each once."""
    found = log(issue(9), issue(2, 5), issue(2, 1), issue(1, path="content/b.yaml"), issue(9))
    heads = [
        line.partition(": ")[0] for line in as_text(found, {}).splitlines() if line.startswith("content")
    ]
    assert ["content/a.yaml:2:1", "content/a.yaml:2:5", "content/a.yaml:9:1", "content/b.yaml:1:1"] == heads


def test_of_many_issues_fifty_are_told_and_the_rest_counted() -> None:
    """A run that finds hundreds of mistakes tells fifty, says how many are left, and counts them all."""
    found = log(*(issue(line) for line in range(1, 71)))
    told = as_text(found, {})
    assert 50 == told.count("bad-word")
    assert told.endswith("… and 20 more\n")
    assert "70 errors" == counted(found)
    assert 70 == len(json.loads(as_json(found, {})))


def test_a_long_line_is_shown_around_the_mistake() -> None:
    """Of a line of ten thousand characters the surroundings are shown, and the caret is below the mistake."""
    line = "x" * 5000 + "bad" + "y" * 5000
    excerpt, caret = as_text(log(issue(1, 5001, 3)), {"content/a.yaml": line}).splitlines()[1:]
    assert len(excerpt) < 120
    assert "bad" == "".join(letter for letter, mark in zip(excerpt, caret, strict=False) if mark == "^")


@pytest.mark.parametrize(
    "place", [Place("content/a.yaml", 9), Place("content/none.yaml", 1), Place("content/a.yaml", 2)]
)
def test_without_a_line_to_show_the_repair_is_told(place: Place) -> None:
    """Where there is no such line, or an empty one, the repair stands alone."""
    told = as_text(
        log(Issue(place=place, code="c", problem="p", repair="do this")), {"content/a.yaml": "a\n\n"}
    )
    assert f"{place}: error[c]: p\n      repair: do this\n" == told


def test_nothing_wrong_is_nothing_said() -> None:
    """Without issues the text is empty, and the count says so."""
    assert ("", "no issues") == (as_text(log(), {}), counted(log()))


@pytest.mark.parametrize(
    "severities, words",
    [
        (["error"], "1 error"),
        (["error", "error"], "2 errors"),
        (["warning"], "1 warning"),
        (["error", "warning", "warning"], "1 error, 2 warnings"),
    ],
)
def test_issues_are_counted_in_words(severities: list[str], words: str) -> None:
    """Errors and warnings are counted apart."""
    assert words == counted(
        log(*(issue(line, severity=severity) for line, severity in enumerate(severities, 1)))
    )


def test_json_is_complete() -> None:
    """The JSON has everything that is known of an issue."""
    told = json.loads(as_json(log(issue(3, 5, 7, severity="warning")), {}))
    assert [
        {"path": "content/a.yaml", "line": 3, "column": 5, "length": 7, "severity": "warning",
         "code": "bad-word", "problem": "a bad word", "repair": "write a good one"}
    ] == told  # fmt: skip
    assert [] == json.loads(as_json(log(), {}))


COMMAND = re.compile(r"^::(error|warning) file=([^,:]+),line=(\d+),col=(\d+),title=([a-z-]+)::([^\n]*)$")


@pytest.mark.parametrize("problem", ["100 % wrong", "two\nlines", "a::b", "%0A", "a, b"])
def test_github_commands_are_one_line_each(problem: str) -> None:
    """No text of a dossier can begin a second workflow command or end the first."""
    told = as_github(log(issue(3, 5, problem=problem), issue(4)), {})
    assert 2 == len(told.splitlines())
    assert all(COMMAND.match(line) for line in told.splitlines())
    assert "%0A" not in told.replace("%250A", "")


@pytest.mark.parametrize(
    "path", ["content/a,b.yaml", "content/a:b.yaml", "content/a%b.yaml", "content/a\nb.yaml"]
)
def test_github_commands_hold_any_file_name(path: str) -> None:
    """Commas, colons, percent signs and line ends in a file's name are escaped as GitHub reads them."""
    told = as_github(log(issue(path=path)), {})
    found = COMMAND.match(told)
    assert found, told
    name = found[2].replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%25", "%")
    assert inert(path) == inert(name)


# The parts of the SARIF 2.1.0 schema that a reader of results relies on.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "$schema": {"type": "string", "format": "uri"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {"driver": {"type": "object", "required": ["name", "rules"]}},
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["ruleId", "level", "message", "locations"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"type": "object", "required": ["text"]},
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "properties": {
                                                    "artifactLocation": {
                                                        "properties": {
                                                            "uri": {
                                                                "type": "string",
                                                                "format": "uri-reference",
                                                            }
                                                        }
                                                    },
                                                    "region": {
                                                        "properties": {
                                                            "startLine": {"type": "integer", "minimum": 1},
                                                            "startColumn": {"type": "integer", "minimum": 1},
                                                            "endColumn": {"type": "integer", "minimum": 1},
                                                        }
                                                    },
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_sarif_is_well_formed() -> None:
    """The SARIF log has version, rules, levels and regions as readers of SARIF expect them."""
    told = json.loads(as_sarif(log(issue(3, 5, 7), issue(4, severity="warning", code="other-word")), {}))
    jsonschema.validate(told, SARIF, format_checker=jsonschema.FormatChecker())
    run = told["runs"][0]
    assert ["bad-word", "other-word"] == [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert {"startLine": 3, "startColumn": 5, "endColumn": 12} == (
        run["results"][0]["locations"][0]["physicalLocation"]["region"]
    )


@pytest.mark.parametrize("path", ["content/a b.yaml", "content/ж.yaml", "content/a%b.yaml"])
def test_sarif_names_files_by_uri(path: str) -> None:
    """A file's name is a URI reference in SARIF: spaces, other alphabets and percent signs are encoded."""
    told = json.loads(as_sarif(log(issue(path=path)), {}))
    uri = told["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"(?:[A-Za-z0-9/._~-]|%[0-9A-F]{2})+", uri)


def test_a_summary_names_what_there_is() -> None:
    """What a dossier holds is said in words, without the kinds that it has none of."""
    assert "12 articles, 1 region and 26 events" == summary(
        {"article": 12, "quote": 0, "region": 1, "event": 26}
    )
    assert "" == summary({"article": 0})
