"""What only messages need of a dossier is given up before pages are made, and nothing else."""

from __future__ import annotations

import gc
from pathlib import Path

from site_builder.build import Options, check
from site_builder.issues import NOWHERE, Placed, PlacedNumber
from site_builder.link.places import give_up_places
from site_builder.model import Dossier

REPOSITORY = Path(__file__).parents[1]


def dossier() -> Dossier:
    """The repository's own dossier, linked and sound."""
    found = check(Options(project=REPOSITORY, output=REPOSITORY / "public")).dossier
    assert found
    return found


def placed(whole: Dossier) -> list[object]:
    """Every text and number of the records that knows where it is written."""
    seen: set[int] = set()
    waiting: list[object] = [*whole.records().values(), whole.reports]
    found: list[object] = []
    while waiting:
        value = waiting.pop()
        if id(value) in seen or isinstance(value, type):
            continue
        seen.add(id(value))
        if isinstance(value, Placed | PlacedNumber) and value.place is not NOWHERE:
            found.append(value)
        waiting.extend(gc.get_referents(value))
    return found


def test_places_are_given_up_and_nothing_else() -> None:
    """No text of a record knows where it is written any more, and every record says what it said."""
    whole, same = dossier(), dossier()
    assert placed(whole)
    give_up_places(whole)
    assert [] == placed(whole)
    assert same.records() == whole.records()
    assert same.reports == whole.reports
