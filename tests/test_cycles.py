"""Circles of every kind of link: each is one error, at one of the links, with the circle written out."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.issues import IssueLog
from tests.damage.fuzzing import SOUND

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

SURVEY = (SOUND / "content/sources/county-survey.yaml").read_text(encoding="utf-8")
SOURCE = "type: report\ntitle: A\nissued: 2021-02\nlanguage: en\n"
REGION = "---\nname: A\ntype: town\nsummary: A.\nunknown: [A.]\n"
QUOTE = "{{id: {}, speaker: county-surveyor, exact: A., lang: en, regions: [ost], variant_of: {}}}"
FIGURE = "{{id: {}, measure: bridges-standing, value: 3, as_of: 2021, basis: count, regions: [ost], {}: {}}}"


def sources(*links: tuple[str, str]) -> Mapping[str, str]:
    """Sources of which each draws on the other."""
    return {f"sources/{one}.yaml": f"{SOURCE}draws_on: [{other}]\n" for one, other in links}


def regions(*links: tuple[str, str]) -> Mapping[str, str]:
    """Regions of which each is part of the other."""
    return {f"regions/{one}.md": f"{REGION}part_of: {other}\n---\n" for one, other in links}


def actors(*links: tuple[str, str]) -> Mapping[str, str]:
    """Actors of which each is part of the other."""
    return {f"actors/{one}.yaml": f"type: group\nname: A\npart_of: {other}\n" for one, other in links}


def figures(field: str, *links: tuple[str, str]) -> Mapping[str, str]:
    """Figures of one source that name each other."""
    listed = "\n  - ".join(FIGURE.format(one, field, other) for one, other in links)
    return {"sources/circle.yaml": f"{SOURCE}figures:\n  - {listed}\n"}


def quotes(*links: tuple[str, str]) -> Mapping[str, str]:
    """Quotes of one source of which each is a variant of the other."""
    listed = "\n  - ".join(QUOTE.format(one, other) for one, other in links)
    return {"sources/circle.yaml": f"{SOURCE}quotes:\n  - {listed}\n"}


def retired(*links: tuple[str, str]) -> Mapping[str, str]:
    """Retired events of which each is replaced by the other."""
    entry = "- {{id: {}, kind: event, replaced_by: event:{}, why: A, date: 2021}}\n"
    return {"retired.yaml": "".join(entry.format(one, other) for one, other in links)}


LOOP = (("a1", "a2"), ("a2", "a1"))
THREE = (("a1", "a2"), ("a2", "a3"), ("a3", "a1"))
TEN = tuple((f"a{number}", f"a{(number + 1) % 10}") for number in range(10))
OFF_A_CHAIN = (("a0", "a1"), ("a1", "a2"), ("a2", "a3"), ("a3", "a2"))
SELF = (("a1", "a1"),)

CYCLES: Mapping[str, tuple[Mapping[str, str], str]] = {
    "a source that draws on itself": (sources(*SELF), "a1 → a1"),
    "two sources": (sources(*LOOP), "a1 → a2 → a1"),
    "three sources": (sources(*THREE), "a1 → a2 → a3 → a1"),
    "ten sources": (sources(*TEN), " → ".join([one for one, _ in TEN] + ["a0"])),
    "two sources at the end of a chain": (sources(*OFF_A_CHAIN), "a2 → a3 → a2"),
    "a source and an article": (
        {"sources/county-survey.yaml": f"{SURVEY}draws_on: [gazette-bridge-count]\n"},
        "county-survey → gazette-bridge-count → county-survey",
    ),
    "a region in itself": (regions(*SELF), "a1 → a1"),
    "two regions": (regions(*LOOP), "a1 → a2 → a1"),
    "three regions": (regions(*THREE), "a1 → a2 → a3 → a1"),
    "two regions in which a third lies": (regions(*OFF_A_CHAIN), "a2 → a3 → a2"),
    "an actor in itself": (actors(*SELF), "a1 → a1"),
    "two actors": (actors(*LOOP), "a1 → a2 → a1"),
    "three actors": (actors(*THREE), "a1 → a2 → a3 → a1"),
    "a figure that supersedes itself": (figures("supersedes", *SELF), "a1 → a1"),
    "two figures": (figures("supersedes", *LOOP), "a1 → a2 → a1"),
    "three figures": (figures("supersedes", *THREE), "a1 → a2 → a3 → a1"),
    "a figure that is part of itself": (figures("denominator", *SELF), "a1 → a1"),
    "two figures that are parts of each other": (figures("denominator", *LOOP), "a1 → a2 → a1"),
    "a quote that is a variant of itself": (quotes(*SELF), "a1 → a1"),
    "two quotes": (quotes(*LOOP), "a1 → a2 → a1"),
    "three quotes": (quotes(*THREE), "a1 → a2 → a3 → a1"),
    "a retired event that replaces itself": (retired(*SELF), "event:a1 → event:a1"),
    "two retired events": (retired(*LOOP), "event:a1 → event:a2 → event:a1"),
    "three retired events": (retired(*THREE), "event:a1 → event:a2 → event:a3 → event:a1"),
}


@pytest.mark.parametrize("name", [*CYCLES])
def test_a_circle_is_written_out(name: str, lay: Lay, issues_of: Callable[[Path], IssueLog]) -> None:
    """The one error says 'cycle', begins at the least id and comes back to it, and stands at a link."""
    files, circle = CYCLES[name]
    told = [issue for issue in issues_of(lay({**files})) if issue.code == "cycle"]
    assert [circle] == [issue.problem.rpartition(": ")[2] for issue in told]
    assert told[0].repair
    assert told[0].place.path.removeprefix("content/") in files


def test_two_circles_are_told_both(lay: Lay, issues_of: Callable[[Path], IssueLog]) -> None:
    """Each of two circles is an error of its own, in one run."""
    told = issues_of(lay({**sources(*LOOP, ("b1", "b2"), ("b2", "b1"))}))
    circles = [issue.problem.rpartition(": ")[2] for issue in told if issue.code == "cycle"]
    assert ["a1 → a2 → a1", "b1 → b2 → b1"] == circles


def test_regions_that_took_each_other_s_id_are_told_both(
    lay: Lay, issues_of: Callable[[Path], IssueLog]
) -> None:
    """Ids that went round in a circle have no page to lead to: each is told with the place of the other."""
    one = {f"regions/{a}.md": f"{REGION}former_ids: [{b}]\n---\n" for a, b in LOOP}
    told = {(issue.place.path, issue.problem) for issue in issues_of(lay({**one}))}
    assert told == {
        (f"content/regions/{a}.md", f"the id '{a}' is taken by the former region at content/regions/{b}.md:6")
        for a, b in LOOP
    }
