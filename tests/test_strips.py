"""Events counted by month and by year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.link.gather import grouped
from site_builder.model import Event
from site_builder.plan.contexts import StripCell, StripView
from site_builder.plan.strips import strip, strips


def event(ident: str, date: str) -> Event:
    """An event on a date."""
    fields = {"id": ident, "source": "s", "title": "T", "date": date, "kind": "flood", "says": "S."}
    return Event.model_validate(fields)


def drawn(*dates: str, current: str = "") -> StripView:
    """The strip of events on these dates, in order of time, named e0, e1 and so on as they are given."""
    events = sorted(
        (event(f"e{number}", date) for number, date in enumerate(dates)), key=lambda one: one.date.sort_key
    )
    of_period = grouped(events, lambda one: [one.date.period])
    found = strips(of_period, "en", lambda first: f"#{first.id}")(current)
    assert found is not None
    return found


def cells(found: StripView) -> list[StripCell]:
    """Every cell with something in it, the coarse ones after their year's months."""
    every = [cell for row in found.rows for cell in (*row.cells, row.coarse)]
    return [cell for cell in every if cell]


def test_no_events_make_no_strip() -> None:
    """Where nothing is on record there is nothing to draw."""
    assert strip({}, "en", lambda first: first.id) is None


def test_months_without_events_are_gaps() -> None:
    """Every month of the years between has its place, and an empty one stays empty."""
    found = drawn("2021-11-03", "2022-02-01")
    assert ["2021", "2022"] == [row.label for row in found.rows]
    assert [[11], [2]] == [
        [month for month, cell in enumerate(row.cells, 1) if cell is not None] for row in found.rows
    ]
    assert {12} == {len(row.cells) for row in found.rows}


@pytest.mark.parametrize(
    "date, label",
    [
        ("2022-03-31/2022-04-02", "March 2022"),
        ("2022-03~", "March 2022"),
        ("2022-03-XX", "March 2022"),
        ("[2022-03-30,2022-04-01]", "March 2022"),
        ("2022", "2022"),
        ("2022-21", "2022"),
        ("2022-XX", "2022"),
    ],
)
def test_an_event_counts_where_its_date_begins(date: str, label: str) -> None:
    """An event counts in the month of its earliest bound, and beside the months where none is known."""
    assert [label] == [cell.label for cell in cells(drawn(date))]


def test_a_decade_alone_stands_before_its_first_year() -> None:
    """An event of which no year is known is in no year, and makes no empty years."""
    first, second = drawn("201X", "2018-05-02").rows
    assert first.coarse is not None
    assert ("the 2010s", (), "2018") == (first.coarse.label, first.cells, second.label)


def test_a_decade_alone_is_a_strip() -> None:
    """Where no year is known at all, what is known stands there without a row of months."""
    assert ["the 2010s"] == [cell.label for cell in cells(drawn("201X"))]


def test_a_year_alone_stands_beside_its_months() -> None:
    """Events of which the year is all that is known are counted apart, in no month."""
    (row,) = drawn("2022", "2022-05-02").rows
    assert row.coarse is not None
    assert (1, [5]) == (row.coarse.events, [month for month, cell in enumerate(row.cells, 1) if cell])


def test_bars_are_as_high_as_their_share() -> None:
    """The fullest month's bar has the whole height, the others their share of it, all from the foot."""
    found = cells(drawn("2022-01-01", "2022-01-02", "2022-01-03", "2022-01-04", "2022-03-01"))
    assert [("0%", "100%"), ("75%", "25%")] == [(cell.y, cell.height) for cell in found]


def test_a_bar_leads_to_its_first_event() -> None:
    """A cell leads to the earliest event that it counts, and the strip names all of those."""
    found = drawn("2022-01-09", "2022-01-02", "2022-03-01")
    assert ["#e1", "#e2"] == [cell.address for cell in cells(found)]
    assert ("e1", "e2") == found.starts


def test_the_month_shown_is_marked() -> None:
    """The cell of the page's own period, and no other, is the current one."""
    found = cells(drawn("2022-01-09", "2022-03-01", current="2022-03"))
    assert [False, True] == [cell.is_current for cell in found]


def test_a_long_time_is_counted_by_years() -> None:
    """Over more than ten years there is a row for each decade, with ten years."""
    found = drawn("1988-05-02", "1988", "2001-03", "2001-04", current="2001-03")
    assert (True, ["1980–9", "1990–9", "2000–9"]) == (found.by_year, [row.label for row in found.rows])
    assert [("1988", 2, False), ("2001", 2, True)] == [
        (cell.label, cell.events, cell.is_current) for cell in cells(found)
    ]


@given(
    st.lists(st.dates().map(lambda day: day.isoformat()[: 4 + 3 * (day.day % 3)]), min_size=1, max_size=30)
)
def test_every_event_counts_once(dates: list[str]) -> None:
    """However dates are spread, the cells count every event, and no cell is empty or too high."""
    found = cells(drawn(*dates))
    assert len(dates) == sum(cell.events for cell in found)
    assert {"100%"} == {cell.height for cell in found if cell.events == max(one.events for one in found)}
