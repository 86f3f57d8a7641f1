"""Embargoes in fifty zones, at the hours when clocks are put forward and back: never a second too early."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest

from site_builder.build import Options, check
from site_builder.model import Dossier
from site_builder.validate import kept_back

pytestmark = pytest.mark.skipif(not available_timezones(), reason="this machine knows no time zones")

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Lagos", "America/Anchorage",
    "America/Argentina/Buenos_Aires", "America/Caracas", "America/Chicago", "America/Denver",
    "America/Halifax", "America/Havana", "America/Los_Angeles", "America/Mexico_City", "America/New_York",
    "America/Noronha", "America/Nuuk", "America/Santiago", "America/Sao_Paulo", "America/St_Johns",
    "Asia/Almaty", "Asia/Anadyr", "Asia/Baku", "Asia/Beirut", "Asia/Dhaka", "Asia/Irkutsk", "Asia/Jerusalem",
    "Asia/Kabul", "Asia/Kamchatka", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Novosibirsk", "Asia/Tehran",
    "Asia/Tokyo", "Asia/Vladivostok", "Asia/Yakutsk", "Asia/Yekaterinburg", "Asia/Yangon", "Atlantic/Azores",
    "Australia/Adelaide", "Australia/Eucla", "Australia/Lord_Howe", "Europe/Berlin", "Europe/Kaliningrad",
    "Europe/Kyiv", "Europe/London", "Europe/Moscow", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
)  # fmt: skip
# When clocks change in 2026 in North America, Europe and the south of Australia, and the end of the year.
EDGES = (
    datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 4, 4, 16, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC), datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC),
)  # fmt: skip
SECOND = timedelta(seconds=1)


def source(moment: str) -> str:
    """A source that is due then."""
    return f"type: report\ntitle: Later\nissued: 2021-05\nlanguage: en\npublish_after: {moment}\n"


def moments() -> Mapping[str, datetime]:
    """The moments, each by the id of the source that is due then, on the clock of its zone."""
    return {
        f"{zone.rpartition('/')[2].lower().replace('_', '-')}-{number}": edge.astimezone(ZoneInfo(zone))
        for zone in ZONES
        for number, edge in enumerate(EDGES)
    }


def dossier_of(lay: Lay) -> Dossier:
    """A dossier with a source for each of the moments."""
    due = moments()
    project = lay({f"sources/{name}.yaml": source(moment.isoformat()) for name, moment in due.items()})
    found = check(Options(project=project, output=project / "public", now=datetime(2027, 1, 2, tzinfo=UTC)))
    assert found.unfiltered is not None, list(found.issues)
    return found.unfiltered


def test_no_embargo_ends_a_second_early_or_late(lay: Lay) -> None:
    """A second before its moment each source is kept back, and a second after it is not."""
    whole, due = dossier_of(lay), moments()
    assert 50 == len(set(ZONES))
    assert len({moment.utcoffset() for moment in due.values()}) > 25
    for name, moment in due.items():
        at = moment.astimezone(UTC)
        hidden = [f"source:{name}" in kept_back(whole, now).reasons for now in (at - SECOND, at + SECOND)]
        assert [True, False] == hidden, (name, moment)


def test_the_next_moment_is_told(lay: Lay) -> None:
    """The first moment that is still to come is the one that is told, whatever zones the others are in."""
    whole = dossier_of(lay)
    assert EDGES[0] == kept_back(whole, EDGES[0] - SECOND).next_due
    assert EDGES[-1] == kept_back(whole, EDGES[-2] + SECOND).next_due
    assert kept_back(whole, EDGES[-1]).next_due is None
