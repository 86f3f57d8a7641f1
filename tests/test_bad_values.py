"""Values that other readers of YAML take for something else, and payloads that would steer a terminal."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.build import Options, check
from site_builder.issues import Issue, IssueLog, Place
from site_builder.nodes import PlacedDict, YamlError, parse
from site_builder.report import FORMATS
from tests.damage.fuzzing import OURS, STEERING

START = Place("content/a.yaml")

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

# Truth, nothing, numbers of base 2, 8, 16 and 60, dates, numbers of persons, firms, places and telephones.
TRAPS = (
    "NO", "No", "no", "N", "n", "YES", "Yes", "yes", "Y", "y", "ON", "On", "on", "OFF", "Off", "off",
    "TRUE", "True", "FALSE", "False", "true", "false", "~", "null", "Null", "NULL", "nil", "none", "None",
    "NaN", "nan", ".nan", ".NaN", ".inf", ".Inf", "-.inf", "+.inf", "inf", "Infinity", "010", "0o10",
    "0O10", "0x10", "0X1f", "0b11", "0_1", "00", "007", "-010", "+010", "1_000", "1_000_000", "1,000",
    "1 000", "1'000", "1.000.000", "1e3", "1E3", "1e+3", "1.5e-3", ".5", "5.", "-.5", "+1", "-0", "1.10",
    "1.0", "0.10", "3.14159265358979323846", "12:30", "12:30:45", "1:60", "190:20:30", "190:20:30.15",
    "0:0", "2024-02-30", "0000-00-00", "2024-13-01", "2024-02-29T25:00:00Z",
    "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5", "2022-10", "2022", "20221003",
    "03/10/2022", "3.10.2022", "7707083893", "0274051582", "500100732259", "01701000", "80701000001",
    "1027700132195", "044525225", "40702810100000000001", "+79991234567", "+7 (999) 123-45-67",
    "8-800-555-35-35", "112", "02", "=", "==", "->", "№ 5", "5%", "50 %", "$5", "€5", "1/2", "½", "²",
    "١٢", "१२", "Ⅻ", "１２", "a:b", "a#b", "x:y", "C:\\x", "http://a.example/b", "50°N",
    "en", "NO-03", "RU-BA", "e",
)  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_a_text_stays_the_text_that_was_written(trap: str) -> None:
    """Whatever it looks like to other readers, each value is the text that the author wrote."""
    node = parse(f"key: {trap}\nlist: [{trap}]\n" if "," not in trap else f"key: {trap}\n", START)
    assert isinstance(node, PlacedDict)
    assert trap == node["key"]
    assert [trap] == node.get("list", [trap])


def test_there_are_enough_traps() -> None:
    """The table stays as long as it is."""
    assert len(set(TRAPS)) >= 120


REFUSED = (
    "a: 1\na: 2\n", "a: 1\n'a': 2\n", 'a: 1\n"a": 2\n', "{a: 1, a: 2}\n", "b: {a: 1, a: 2}\n",
    "- a: 1\n  a: 2\n", "a:\n  b: 1\n  b: 2\n", "a: 1\nb: 2\na: 3\n", "? a\n: 1\n? a\n: 2\n",
    "a: 1\n? a\n: 2\n", "é: 1\né: 2\n", "'': 1\n'': 2\n", "a: &x 1\n", "&x a: 1\n", "a: &x [1]\n",
    "a: &x {b: 1}\n", "- &x 1\n", "&x\n- 1\n", "a: &x\n  b: 1\n", "a: *x\n", "*x : 1\n", "- *x\n",
    "a: [*x]\n", "a: {b: *x}\n", "<<: {a: 1}\n", "<<: [{a: 1}]\n", "b:\n  <<: {a: 1}\n", "{<<: {a: 1}}\n",
    "<<: 1\n", "a: !x 1\n", "a: !!str 1\n", "a: !!int 1\n", "!x a: 1\n", "!!map {a: 1}\n",
    "!!python/object:os.system {}\n", "a: !<x> 1\n", "a: !!binary YQ==\n", "a: 1\n---\nb: 2\n",
    "--- 1\n--- 2\n", "a: 1\n...\n---\nb: 1\n", "[a]: 1\n", "{a: 1}: 2\n", "? [a]\n: 1\n",
)  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_makes_a_file_mean_something_else_is_refused(text: str) -> None:
    """Keys twice, anchors, aliases, merges, tags, second documents and odd keys are refused with a repair."""
    with pytest.raises(YamlError) as refused:
        parse(text, START)
    issue = refused.value.issue
    assert issue.code in {"duplicate-key", "yaml-form"}
    assert issue.repair
    if issue.code == "duplicate-key":
        assert "the first is on line " in issue.problem


PAYLOADS = tuple(
    before + sign + after
    for sign in (
        "\x1b[2J", "\x1b[31m", "\x1b]0;owned\x07", "\x1b]8;;http://evil.example\x07x\x1b]8;;\x07",
        "\x1bP+q\x1b\\", "\x1b[6n", "\x9b31m", "\x9d0;x\x9c", "\x90x", "\x07", "\x08\x08\x08", "\x0b",
        "\x0c", "\x7f", "\x00", "\u202e", "\u202d", "\u202a", "\u2066", "\u2067", "\u2068", "\u2069",
        "\u200e", "\u200f", "\u061c",
    )
    for before, after in (("", ""), ("words ", " words"), ("'", "'"), ("слово", "слово"))
)  # fmt: skip


def told_in_every_form(issues: IssueLog, texts: Mapping[str, str]) -> str:
    """Everything that is printed of the issues."""
    return "".join(form(issues, texts).replace("\n", "") for form in FORMATS.values())


def test_there_are_a_hundred_payloads() -> None:
    """The corpus stays as large as it is."""
    assert 100 == len(set(PAYLOADS))


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_nothing_steers_the_terminal(payload: str) -> None:
    """In a path, a problem, a repair and an excerpt, no sign that steers or turns is printed in any form."""
    issues = IssueLog()
    path = f"content/{payload}.yaml"
    issues.extend([Issue(place=Place(path, 1, 1, 3), code="bad-id", problem=payload, repair=payload)])
    issues.extend([Issue(place=Place(path), code="bad-id", problem=payload, repair=payload)])
    assert not STEERING.search(told_in_every_form(issues, {path: payload}))


@pytest.mark.parametrize("part", range(4))
def test_nothing_in_a_file_steers_the_terminal(part: int, lay: Lay) -> None:
    """The same, on the way through every floor: as a value, a key, raw, escaped, in Markdown and in JSON."""
    for payload in PAYLOADS[part::4]:
        escaped = json.dumps(payload)
        project = lay(
            {
                "actors/raw.yaml": f"type: group\nname: {payload}\n",
                "actors/escaped.yaml": f"type: {escaped}\nname: {escaped}\n{escaped}: 1\n",
                "pages/text.md": f"---\ntitle: A\n---\n{payload} [a]({payload}) [b](event:{payload})\n",
                "geometry.json": f"{{{payload}",
            }
        )
        checked = check(Options(project=project, output=project / "public"))
        assert checked.issues.has_errors()
        assert not STEERING.search(told_in_every_form(checked.issues, checked.texts)), ascii(payload)
        for issue in checked.issues:
            assert not OURS.search(issue.repair), issue
