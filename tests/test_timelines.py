import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.link.timelines import timelines
from site_builder.model import Event

DATES = ("2020", "2020-05", "2020-05-03", "2020-05-03/2020-05-09", "2020-05-XX", "2021-21", "../2019",
         "2021/..", "2020-05~", "[2020-05-03,2020-05-04]", "202X", "2020-12-31")  # fmt: skip
REGIONS = ("north", "south", "east")


def event(ident: str, date: str, *regions: str) -> Event:
    """An event on a date in some regions."""
    return Event.model_validate(
        {
            "id": ident,
            "source": "s",
            "title": "T",
            "date": date,
            "kind": "flood",
            "says": "S.",
            "regions": list(regions),
        }
    )


def in_order(events: list[Event]) -> list[Event]:
    """Events as linking orders them."""
    return sorted(events, key=lambda one: (one.date.sort_key, one.id))


def regions_of(one: Event) -> tuple[str, ...]:
    """The regions that an event names."""
    return one.regions


EVENTS = st.lists(
    st.tuples(st.sampled_from(DATES), st.lists(st.sampled_from(REGIONS), unique=True)), max_size=12
).map(lambda drawn: [event(f"e{number}", date, *regions) for number, (date, regions) in enumerate(drawn)])


@pytest.mark.parametrize(
    "first, second",
    [
        ("2020-05-03", "2020-05-04"),
        ("2020-05-31", "2020-06"),
        ("2020-05-01", "2020-05"),
        ("2020-05", "2020-05-02"),
        ("2020-01-01", "2020"),
        ("2020-01", "2020"),
        ("2020", "2020-02"),
        ("../2019", "0001"),
        ("2020-05-03", "2020-05-03/2020-05-09"),
        ("2020-05-03/2020-05-09", "2020-05-03/.."),
        ("2020-05-03", "[2020-05-03,2020-05-04]"),
        ("2020-05-03~", "2020-05-04"),
    ],
)
def test_events_stand_by_their_earliest_day_then_fine_before_coarse(first: str, second: str) -> None:
    """An event stands at the first day that it may mean; among those, the more exact date comes first."""
    pair = [event("b", second), event("a", first)]
    assert [first, second] == [one.date.text for one in in_order(pair)]


def test_one_date_is_ordered_by_id() -> None:
    """Events of one date stand in the order of their ids: the same on every machine."""
    assert ["a", "b", "c"] == [one.id for one in in_order([event(name, "2020") for name in "cab"])]


@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_files(events: list[Event], chance: random.Random) -> None:
    """Whatever order events are read in, the timeline is the same."""
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert timelines(in_order(events), regions_of) == timelines(in_order(shuffled), regions_of)


@given(EVENTS)
def test_neighbours_are_symmetrical(events: list[Event]) -> None:
    """If one event comes next after another in a region, the other comes next before it there."""
    found = timelines(in_order(events), regions_of).neighbours
    for (ident, region), (before, after) in found.items():
        assert before is None or found[before, region][1] == ident
        assert after is None or found[after, region][0] == ident


@given(EVENTS)
def test_a_region_s_timeline_is_the_dossier_s_without_the_others(events: list[Event]) -> None:
    """A region has exactly its own events, in the dossier's order, each with its neighbours there."""
    found = timelines(in_order(events), regions_of)
    for region in REGIONS:
        line = [one for one in found.events if region in one.regions]
        assert line == list(found.of_region[region])
        chain = [
            (ident, before) for (ident, place), (before, _) in found.neighbours.items() if place == region
        ]
        assert sorted(
            (one.id, line[number - 1].id if number else None) for number, one in enumerate(line)
        ) == sorted(chain)


@given(EVENTS)
def test_every_event_stands_in_one_period(events: list[Event]) -> None:
    """Periods hold every event once and follow each other in time."""
    found = timelines(in_order(events), regions_of)
    listed = [one.id for line in found.of_period.values() for one in line]
    assert sorted(one.id for one in events) == sorted(listed)
    begins = [period.replace("X", "0") for period in found.of_period]
    assert sorted(begins) == begins


def test_the_first_and_the_last_have_one_neighbour() -> None:
    """Nothing stands before the first event of a region, and nothing after the last."""
    line = [event("a", "2020", "north"), event("b", "2021", "south"), event("c", "2022", "north")]
    found = timelines(line, regions_of).neighbours
    assert {("a", "north"): (None, "c"), ("b", "south"): (None, None), ("c", "north"): ("a", None)} == dict(
        found
    )
