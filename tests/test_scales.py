"""Where numbers and days stand on a scale, and which values mark the way."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.dates import Edtf
from site_builder.plan.scales import beside, linear_scale, percent, time_scale

NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=3, allow_nan=False)
DAYS = st.dates(min_value=date(2, 1, 1), max_value=date(9990, 1, 1))
SHARES = st.decimals(min_value=0, max_value=100, places=2)


@pytest.mark.parametrize(
    "low, high, most, ticks",
    [
        ("222000", "527000", 5, "0 200000 400000 600000"),
        ("5", "220", 6, "0 50 100 150 200 250"),
        ("50", "364", 5, "0 100 200 300 400"),
        ("1", "10.4", 5, "0 5 10 15"),
        ("0.2", "0.7", 5, "0.0 0.2 0.4 0.6 0.8"),
        ("-3", "5", 5, "-5 0 5"),
        ("0", "0", 5, "0.0 0.5 1.0"),
        ("300", "300", 3, "0 200 400"),
    ],
)
def test_ticks_are_round(low: str, high: str, most: int, ticks: str) -> None:
    """Ticks are multiples of 1, 2 or 5 times a power of ten, the finest that fit, from zero."""
    found = linear_scale(Decimal(low), Decimal(high), most).ticks
    assert [Decimal(one) for one in ticks.split()] == list(found)


@given(st.lists(NUMBERS, min_size=1), st.integers(3, 12))
def test_a_linear_scale_covers_what_it_shows(numbers: list[Decimal], most: int) -> None:
    """Ticks rise in equal steps, are no more than allowed, and hold zero and every number."""
    scale = linear_scale(min(numbers), max(numbers), most)
    steps = {after - before for before, after in zip(scale.ticks, scale.ticks[1:], strict=False)}
    assert 1 == len(steps)
    assert steps.pop() > 0
    assert 2 <= len(scale.ticks) <= most
    assert Decimal(0) in scale.ticks
    assert scale.ticks[0] <= min(numbers) <= max(numbers) <= scale.ticks[-1]
    assert all(0 <= scale.share(number) <= 100 for number in numbers)


@given(NUMBERS, NUMBERS)
def test_a_greater_number_never_stands_before_a_lesser(one: Decimal, other: Decimal) -> None:
    """The order of places is the order of numbers."""
    scale = linear_scale(min(one, other), max(one, other), 5)
    assert scale.share(min(one, other)) <= scale.share(max(one, other))


def test_a_scale_around_zero_needs_three_ticks() -> None:
    """Fewer than three ticks cannot hold zero and both sides of it."""
    with pytest.raises(ValueError, match="needs 3 ticks"):
        linear_scale(Decimal(-1), Decimal(1), 2)


@pytest.mark.parametrize(
    "dates, unit, ticks",
    [
        ("2022-10-14 2022-12~", "month", "2022-10-01 2022-11-01 2022-12-01"),
        ("2022-09-20 2024-01-22", "year", "2022-01-01 2023-01-01 2024-01-01"),
        ("2022-01-20 2022-12-22", "year", "2022-01-01"),
        ("2021/2031", "year", "2025-01-01 2030-01-01"),
        ("../2019", "month", "2019-12-01"),
        ("2022-12-31", "month", "2022-12-01"),
    ],
)
def test_time_is_marked_by_months_or_years(dates: str, unit: str, ticks: str) -> None:
    """Within a few months of one year the months are ticks; over more, the years are, some or all."""
    scale = time_scale(tuple(map(Edtf.parse, dates.split())), 4)
    assert (unit, ticks.split()) == (scale.unit, [str(day) for day in scale.ticks])


@given(st.lists(DAYS, min_size=1), st.integers(1, 8))
def test_a_time_scale_covers_what_it_shows(days: list[date], most: int) -> None:
    """Every day lies within the scale, ends after it begins, and ticks are few and in order."""
    scale = time_scale(tuple(Edtf.parse(day.isoformat()) for day in days), most)
    assert scale.first <= min(days) <= max(days) <= scale.last
    assert len(scale.ticks) <= most
    assert sorted(set(scale.ticks)) == list(scale.ticks)
    assert all(0 <= scale.start(day) <= scale.end(day) <= 100 for day in days)


@given(DAYS, st.integers(0, 4000))
def test_a_doubtful_date_reaches_from_bound_to_bound(first: date, length: int) -> None:
    """An interval begins where its first day begins, and ends where its last day ends."""
    last = min(first + timedelta(days=length), date(9989, 12, 31))
    first = min(first, last)
    found = Edtf.parse(f"{first.year:04}/{last.year:04}")
    scale = time_scale((found,), 4)
    assert (scale.unit, Decimal(0), Decimal(100)) == (
        scale.unit, scale.start(found.earliest), scale.end(found.latest)
    )  # fmt: skip


def test_an_open_end_reaches_the_end_of_the_scale() -> None:
    """What goes on, or began nobody knows when, is drawn to the edge."""
    scale = time_scale((Edtf.parse("2022-10-03/.."), Edtf.parse("2022-11-05")), 4)
    assert (Decimal(0), Decimal(100)) == (scale.start(None), scale.end(None))


@given(SHARES, SHARES, st.decimals(min_value=0, max_value=100, places=2))
def test_a_label_touches_no_mark(one: Decimal, other: Decimal, width: Decimal) -> None:
    """Beside a mark there is always as much room as its label takes; else the label stands over it."""
    low, high = sorted((one, other))
    side = beside(low, high, width)
    spans = {"after": (high, high + width), "before": (low - width, low)}
    if side in spans:
        start, end = spans[side]
        assert start >= 0
        assert end <= 100
        assert start >= high or end <= low
    else:
        assert max(low, 100 - high) < width


@pytest.mark.parametrize(
    "share, written", [("37.50", "37.5%"), ("100.00", "100%"), ("0.00", "0%"), ("10", "10%")]
)
def test_a_place_is_written_shortly(share: str, written: str) -> None:
    """A place is written as SVG takes it, without idle digits and never with an exponent."""
    assert written == percent(Decimal(share))
