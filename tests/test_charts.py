"""Which figures stand on one scale, and what their marks say."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.plan import SitePlan
from site_builder.plan.contexts import ChartMark, ChartView, MeasurePage
from site_builder.read.theme import Theme

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Planned = Callable[[Path], tuple[SitePlan, Theme]]
Charted = Callable[..., tuple[ChartView, ...]]

SOURCE = "type: report\ntitle: {title}\npublisher: {title}\nissued: 2021-04\nlanguage: en\nfigures:\n"


def figures(text: str) -> str:
    """A list of figures, one a line: an id, then its fields but `measure`, and but `basis` for a count."""
    made = []
    for line in text.strip().splitlines():
        ident, _, fields = line.strip().partition(" ")
        basis = "" if "basis:" in fields else ", basis: count"
        made.append(f"  - {{id: {ident}, measure: ferries, {fields}{basis}}}\n")
    return "".join(made)


@pytest.fixture
def charted(lay: Lay, planned_of: Planned, sound_text: Callable[[str], str]) -> Charted:
    """Plans a dossier with these figures of one measure, and returns the measure's charts."""

    def make(first: str, second: str = "") -> tuple[ChartView, ...]:
        codebook = sound_text("measures.yaml")
        files = {
            "measures.yaml": codebook
            + "\n- {id: ferries, title: Ferries, definition: Any., unit: ferries, counting: state}\n",
            "sources/pilot-log.yaml": SOURCE.format(title="Pilot log") + figures(first),
        }
        if second:
            files["sources/toll-book.yaml"] = SOURCE.format(title="Toll book") + figures(second)
        plan, _ = planned_of(lay(files))
        pages = {page.measure.id: page for page in plan.pages if isinstance(page, MeasurePage)}
        return pages["ferries"].charts

    return make


def marks(chart: ChartView) -> list[ChartMark]:
    """Every mark of a chart, from above."""
    return [mark for panel in chart.panels for mark in panel.marks]


def test_one_number_makes_no_chart(charted: Charted) -> None:
    """A single value is compared with nothing, so nothing is drawn."""
    assert () == charted("a value: 3, regions: [upper-ost], as_of: 2021-03-01")


def test_two_sources_of_one_statement_are_one_mark(charted: Charted) -> None:
    """A number that two sources carry from one claimant is one mark, and alone it makes no chart."""
    same = "value: 3, regions: [upper-ost], as_of: 2021-03-01, claimed_by: county-surveyor"
    assert () == charted(f"a {same}", f"b {same}")


def test_a_shared_mark_names_every_source(charted: Charted) -> None:
    """Beside another value, the one that two sources carry is drawn once and leads to both of them."""
    same = "value: 3, regions: [upper-ost], as_of: 2021-03-01, claimed_by: county-surveyor"
    (chart,) = charted(f"a {same}\nc value: 5, regions: [upper-ost], as_of: 2021-03-02", f"b {same}")
    first, second = marks(chart)
    assert ["Pilot log", "Toll book"] == [source.label for source in first.sources]
    assert ["Pilot log"] == [source.label for source in second.sources]


def test_marks_stand_in_order_of_time(charted: Charted) -> None:
    """The oldest as-of date stands first; a doubtful one counts from its earliest bound."""
    (chart,) = charted(
        """a value: 3, regions: [upper-ost], as_of: 2021-03-20
        b value: 4, regions: [upper-ost], as_of: 2021-03~
        c value: 5, regions: [upper-ost], as_of: 2020"""
    )
    assert ["5", "4", "3"] == [mark.number for mark in marks(chart)]


def test_different_populations_share_no_scale(charted: Charted) -> None:
    """What counts other people stands on no common scale."""
    lines = """a value: 3, regions: [upper-ost], as_of: 2021-03-20
        b value: 4, regions: [upper-ost], as_of: 2021-03-20, population: steam ferries"""
    assert () == charted(lines)


def test_a_whole_and_its_part_share_no_scale(charted: Charted) -> None:
    """A region is not set beside the larger one that holds it."""
    lines = """a value: 3, regions: [upper-ost], as_of: 2021-03-20
        b value: 4, regions: [ost], as_of: 2021-03-20"""
    assert () == charted(lines)


def test_regions_of_one_larger_region_are_small_multiples(charted: Charted) -> None:
    """Regions side by side in a larger one have a panel each, by name, on one scale."""
    (chart,) = charted(
        """a value: 300, regions: [upper-ost], as_of: 2021-03-20
        b value: 4, regions: [lower-ost], as_of: 2021-03-20"""
    )
    assert ["Lower Ost", "Upper Ost"] == [panel.regions[0].text for panel in chart.panels]
    assert ["0", "100", "200", "300"] == [tick.words for tick in chart.ticks]
    assert chart.whole is not None
    assert "The Ost" == chart.whole.text


@pytest.mark.parametrize(
    "stated, kind, low, high",
    [
        ("value: 50", "point", "50%", "50%"),
        ("low: 20, high: 80", "range", "20%", "80%"),
        ("value: 50, bound: at_least", "open-high", "50%", "50%"),
        ("value: 50, bound: more_than", "open-high", "50%", "50%"),
        ("value: 50, bound: at_most", "open-low", "50%", "50%"),
        ("value: 50, bound: fewer_than", "open-low", "50%", "50%"),
        ("value: 50, bound: about", "point", "50%", "50%"),
        ("value: 0", "point", "0%", "0%"),
    ],
)
def test_a_mark_says_how_its_number_bounds_the_truth(
    stated: str, kind: str, low: str, high: str, charted: Charted
) -> None:
    """A value is a point, a range reaches from end to end, a bound is open where the truth may lie."""
    (chart,) = charted(
        f"""a {stated}, regions: [upper-ost], as_of: 2021-03-01
        b value: 100, regions: [upper-ost], as_of: 2021-03-02"""
    )
    mark = marks(chart)[0]
    assert (kind, low, high) == (mark.kind, mark.low, mark.high)


def test_a_superseded_value_is_kept_and_marked(charted: Charted) -> None:
    """A value that a later one replaces is drawn as struck, and is neither the lowest nor the highest."""
    (chart,) = charted(
        """a value: 900, regions: [upper-ost], as_of: 2021-03-01
        b value: 4, regions: [upper-ost], as_of: 2021-03-02, supersedes: a
        c value: 7, regions: [upper-ost], as_of: 2021-03-03"""
    )
    assert [True, False, False] == [mark.is_struck for mark in marks(chart)]
    assert (True, "4", "7") == (chart.struck, chart.lowest.number, chart.highest.number)


def test_a_doubtful_date_is_drawn_from_bound_to_bound(charted: Charted) -> None:
    """A month is as long as it is; a day qualified as approximate stays a day, and is marked as doubtful."""
    (chart,) = charted(
        """a value: 3, regions: [upper-ost], as_of: 2021-03
        b value: 4, regions: [upper-ost], as_of: 2021-04-30~"""
    )
    month, day = (mark.time for mark in marks(chart))
    assert ("0%", "50.82%", False, False) == (month.start, month.width, month.is_day, month.is_doubtful)
    assert ("98.36%", "1.64%", True, True) == (day.start, day.width, day.is_day, day.is_doubtful)
    assert (["Mar", "Apr"], "2021") == ([tick.words for tick in chart.times], chart.year)


def test_spans_of_different_length_are_told(charted: Charted) -> None:
    """Where values count over different stretches, the chart says so and draws each stretch."""
    (chart,) = charted(
        """a value: 3, regions: [upper-ost], as_of: 2021-03-31, span: 2021-03-01/2021-03-31
        b value: 9, regions: [upper-ost], as_of: 2021-03-31, span: 2021-02-01/2021-03-31"""
    )
    assert chart.spans
    assert {"47.46%", "0%"} == {mark.time.span_start for mark in marks(chart)}


def test_values_of_one_day_have_no_axis_of_time(charted: Charted) -> None:
    """Where every figure is of one date, only numbers are drawn."""
    (chart,) = charted(
        """a value: 3, regions: [upper-ost], as_of: 2021-03-31
        b value: 9, regions: [upper-ost], as_of: 2021-03-31"""
    )
    assert ((), None) == (chart.times, chart.last)


def test_a_mark_leads_to_its_record(charted: Charted) -> None:
    """Each mark leads to the figure's row on the same page."""
    (chart,) = charted(
        """a value: 3, regions: [upper-ost], as_of: 2021-03-31
        b value: 9, regions: [upper-ost], as_of: 2021-04-01"""
    )
    assert ["figures/ferries.html#a", "figures/ferries.html#b"] == [
        mark.link.address for mark in marks(chart)
    ]


def test_a_measure_has_its_rows_to_download(lay: Lay, planned_of: Planned) -> None:
    """A measure with figures has a table of its own, which holds its rows of the table of all figures."""
    plan, _ = planned_of(lay({}))
    whole = next(table for table in plan.tables if table.kind == "figures")
    measure = [name for name, _ in whole.columns].index("measure")
    extracts = dict(plan.extracts)
    assert {"data/figures-bridges-standing.csv", "data/figures-water-level.csv"} == set(extracts)
    assert sorted(whole.rows) == sorted(row for table in extracts.values() for row in table.rows)
    assert {"water-level"} == {row[measure] for row in extracts["data/figures-water-level.csv"].rows}
