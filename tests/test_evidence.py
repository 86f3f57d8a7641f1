"""What a reader is told of how figures stand to one another, of silence, and of what points at a record."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from site_builder.issues import IssueLog
from site_builder.plan import SitePlan
from site_builder.plan.contexts import (
    CoveragePage,
    EventPage,
    FigureView,
    MeasurePage,
    MethodPage,
    SourcePage,
)
from site_builder.read.theme import Theme
from site_builder.wording import share_words

SURVEY = "sources/county-survey.yaml"
GAZETTE = "articles/gazette-bridge-count/annotations.yaml"

Planned = Callable[[Path], tuple[SitePlan, Theme]]
Lay = Callable[..., Path]
Text = Callable[[str], str]
Issues = Callable[[Path], IssueLog]


def figures(plan: SitePlan) -> dict[str, FigureView]:
    """Every figure of a site, by id."""
    pages = [page for page in plan.pages if isinstance(page, MeasurePage)]
    return {one.id: one for page in pages for group in page.groups for one in group.figures}


def page_at(plan: SitePlan, path: str) -> object:
    """The page at an address."""
    return next(page for page in plan.pages if page.path == path)


@pytest.mark.parametrize(
    "parts,whole,expected",
    [
        ([3000, 5000], 982629, "3.1 to 5.1 per 1,000"),
        ([275], 982629, "28 per 100,000"),
        ([9], 10, "90 per 100"),
        ([1], 3, "33 per 100"),
        ([1], 40_000_000, "0.025 per 1,000,000"),
        ([0], 10, "0 per 1,000,000"),
        ([12], 10, "120 per 100"),
    ],
)
def test_a_share_is_worded_over_a_whole_that_reads_well(parts: list[int], whole: int, expected: str) -> None:
    """A share is given to two digits, over the least round number that leaves it at one or more."""
    assert expected == share_words([Decimal(part) for part in parts], Decimal(whole), "en")


def test_a_rate_names_its_denominator_and_its_source(lay: Lay, sound_text: Text, planned_of: Planned) -> None:
    """A figure with a denominator shows the rate, and the other figure with its source and date."""
    text = sound_text(GAZETTE).replace("    value: 9\n", "    value: 9\n    denominator: ten-bridges\n")
    rate = figures(planned_of(lay({GAZETTE: text}))[0])["nine-bridges"].rate
    assert rate is not None
    assert ("90 per 100", "10", "Ost County") == (rate.words, rate.denominator, rate.source.publication)
    assert "February 2021" == rate.as_of.words


def test_a_superseded_value_is_kept_and_struck_through(
    lay: Lay, sound_text: Text, planned_of: Planned
) -> None:
    """The earlier figure stays on the page, struck through, and each of the two leads to the other."""
    text = sound_text(GAZETTE).replace("    value: 9\n", "    value: 9\n    supersedes: ten-bridges\n")
    found = figures(planned_of(lay({GAZETTE: text}))[0])
    older, newer = found["ten-bridges"], found["nine-bridges"]
    assert (True, False) == (older.is_struck, newer.is_struck)
    assert older.superseded_by is not None
    assert newer.supersedes is not None
    assert (newer.address, older.address) == (older.superseded_by.address, newer.supersedes.address)


def test_a_rank_is_shown_with_its_reason(lay: Lay, sound_text: Text, planned_of: Planned) -> None:
    """A figure that is preferred or deprecated says why, and a deprecated one is struck through."""
    ranked = "    value: 10\n    rank: deprecated\n    rank_reason: The county counted a ford.\n"
    text = sound_text(SURVEY).replace("    value: 10\n", ranked)
    one = figures(planned_of(lay({SURVEY: text}))[0])["ten-bridges"]
    assert ("deprecated", "The county counted a ford.", True) == (one.rank, one.rank_reason, one.is_struck)


def test_the_coverage_table_shows_silence(lay: Lay, planned_of: Planned) -> None:
    """Every region has a row, every month from first to last a column, and silence is a zero."""
    page = page_at(planned_of(lay({}))[0], "coverage.html")
    assert isinstance(page, CoveragePage)
    assert ("Feb 2021", "Mar 2021") == page.periods
    rows = {row.region.id: row for row in page.rows}
    assert {"ost", "upper-ost", "lower-ost"} == set(rows)
    assert ((1, 0), 1) == (rows["lower-ost"].origins, rows["lower-ost"].total)
    assert ((0, 0), 0) == (rows["ost"].origins, rows["ost"].total)


def test_coverage_counts_origins_and_not_sources(lay: Lay, sound_text: Text, planned_of: Planned) -> None:
    """Two sources that state the same from one origin are one in their cell."""
    second = sound_text(SURVEY).split("figures:")[0].replace("Survey of bridges", "A reprint")
    reprint = (
        second
        + "draws_on: [county-survey]\nfigures:\n  - id: ten-again\n    measure: bridges-standing\n"
        + "    value: 10\n"
        + "    regions: [upper-ost]\n    as_of: 2021-02\n    basis: official\n"
    )
    page = page_at(planned_of(lay({"sources/reprint.yaml": reprint}))[0], "coverage.html")
    assert isinstance(page, CoveragePage)
    assert 1 == next(row for row in page.rows if row.region.id == "upper-ost").origins[0]


def test_the_method_page_explains_every_word_of_the_lists(lay: Lay, planned_of: Planned) -> None:
    """The method page holds the closed word lists with their meanings, and the codebook."""
    page = page_at(planned_of(lay({}))[0], "method.html")
    assert isinstance(page, MethodPage)
    words = {word for found in page.word_lists for word, meaning in found.words if meaning}
    assert {"official statement", "count", "at least …", "contradiction", "denied", "deprecated"} <= words
    assert {"bridges-standing", "water-level"} == {measure.id for measure in page.measures}


def test_what_links_to_an_event_is_told_with_the_reason(lay: Lay, planned_of: Planned) -> None:
    """An event says who reports it, where it is spoken of, and which text links to it."""
    page = page_at(planned_of(lay({}))[0], "events/mill-bridge-closed.html")
    assert isinstance(page, EventPage)
    reasons = {one.reason: [link.address for link in one.links] for one in page.backlinks}
    assert ["articles/gazette-bridge-count.html", "sources/ferry-notice.html"] == reasons["reported by"]
    assert "articles/gazette-bridge-count.html" in reasons["linked from the text of"]
    assert ["articles/gazette-bridge-count.html#surveyor-no-lorry"] == reasons["spoken of in"]


def test_what_links_to_a_source_is_told_with_the_reason(lay: Lay, planned_of: Planned) -> None:
    """A source says who draws on it and who has the same origin."""
    page = page_at(planned_of(lay({}))[0], "sources/county-survey.html")
    assert isinstance(page, SourcePage)
    reasons = {one.reason: [link.address for link in one.links] for one in page.backlinks}
    assert "articles/gazette-bridge-count.html" in reasons["drawn on by"]
    assert "articles/gazette-bridge-count.html" in reasons["same origin as"]


def test_a_date_that_is_misread_is_told_wherever_it_stands(
    lay: Lay, sound_text: Text, issues_of: Callable[[Path], object]
) -> None:
    """A season written as a number is warned of in a figure's as-of date, at its own line."""
    text = sound_text(SURVEY).replace("as_of: 2021-02-27", "as_of: 2021-23")
    found = [issue for issue in issues_of(lay({SURVEY: text})) if issue.code == "misread-date"]  # type: ignore[attr-defined]
    assert ["    as_of: 2021-23"] == [text.split("\n")[issue.place.line - 1] for issue in found]


def test_a_chain_ends_where_a_source_says_that_it_reports_itself(
    lay: Lay, sound_text: Text, planned_of: Planned
) -> None:
    """A statement taken from a source that states it as its own reporting goes back no further."""
    gazette = sound_text(GAZETTE).replace(
        "    kind: closure\n", "    kind: closure\n    from: gazette-bridge-count\n"
    )
    reprint = (
        sound_text(SURVEY).split("figures:")[0].replace("Survey of bridges", "A reprint")
        + "draws_on: [gazette-bridge-count]\nevents:\n"
        + "  - event: mill-bridge-closed\n    says: It was closed.\n"
    )
    plan = planned_of(lay({GAZETTE: gazette, "sources/reprint.yaml": reprint}))[0]
    page = page_at(plan, "events/mill-bridge-closed.html")
    assert isinstance(page, EventPage)
    chains = {
        report.anchor: [step.text for step in report.attribution.chain] for report in page.event.reports
    }
    assert ["The Ost Gazette", "Ost County"] == chains["reprint"]
    groups = {group.origin.id: [line.id for line in group.sources] for group in page.event.origins.groups}
    assert ["gazette-bridge-count", "reprint"] == groups["gazette-bridge-count"]


def test_a_figure_that_two_sources_state_counts_its_origins(
    lay: Lay, sound_text: Text, planned_of: Planned
) -> None:
    """The very same figure in two sources of one origin says so: two sources, one origin."""
    reprint = (
        sound_text(SURVEY).split("figures:")[0].replace("Survey of bridges", "A reprint")
        + "draws_on: [county-survey]\nfigures:\n  - id: ten-again\n    measure: bridges-standing\n"
        + "    value: 10\n    regions: [upper-ost]\n    as_of: 2021-02\n    basis: official\n"
    )
    found = figures(planned_of(lay({"sources/reprint.yaml": reprint}))[0])
    again = found["ten-again"].origins
    assert again is not None
    assert (2, 1) == (again.sources, again.origins)
    assert found["nine-bridges"].origins is None


def test_what_links_to_a_figure_is_told_at_its_home(lay: Lay, planned_of: Planned) -> None:
    """A figure says which texts link to it."""
    found = figures(planned_of(lay({}))[0])["nine-bridges"]
    links = [link.address for one in found.backlinks for link in one.links]
    assert "articles/gazette-bridge-count.html" in links


@pytest.mark.parametrize(
    "low, high, words, drifts",
    [
        (2500000, 3000000, "2.5 to 3 million", False),
        (2500000, 3000000, "2.5–3 million", False),
        (2500000, 3000000, "2.4 to 3 million", True),
        (200, 3000000, "200 to 3 million", False),
    ],
)
def test_the_ends_of_a_range_may_share_a_word(
    low: int, high: int, words: str, *, drifts: bool, lay: Lay, sound_text: Text, issues_of: Issues
) -> None:
    """The million behind the second end of a range may be meant for the first as well."""
    figures = sound_text(GAZETTE).replace("value: 9", f"low: {low}\n    high: {high}")
    digest = "articles/gazette-bridge-count/index.md"
    text = sound_text(digest).replace("[nine bridges]", f"[{words}]")
    codes = [issue.code for issue in issues_of(lay({GAZETTE: figures, digest: text}))]
    assert ["number-drift"] * drifts == codes
