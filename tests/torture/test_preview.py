"""Saves by the hundred, in every way that editors save: none is lost, and none costs more than two builds."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.serve.builds import NOTHING, rebuild
from tests.test_serve import ABOUT, BROKEN, SAVES, Running, about, lay_project, serving, state_shown, wait_for
from tests.torture.conftest import Rounds

OF_A_ROUND = 10
MOST_SAVES = 12
LONGEST_PAUSE = 0.15
# So long a preview hears no more of a save that has shown.
SETTLED = 0.3
# Of the sound dossier: a page, a region, an article with its digest.
EDITED = (ABOUT, "content/regions/ost.md", "content/articles/gazette-bridge-count/index.md")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Running]:
    """A preview of the test's own."""
    with serving(lay_project(tmp_path)) as found:
        yield found


def test_no_way_of_saving_is_lost(rounds: Rounds, served: Running) -> None:
    """Twelve ways of saving by turns, ten times each: the last save shows, after two builds at most."""
    for number, _ in rounds:
        save = SAVES[number % len(SAVES)]
        for turn in range(OF_A_ROUND):
            time.sleep(SETTLED)
            text, before = f"Saved as number {turn} of round {number}", served.builds()
            save(served.project / ABOUT, about(text))
            wait_for(lambda text=text: text in served.text(), f"{save.__name__}: {text}")  # type: ignore[misc]
            time.sleep(SETTLED)
            assert served.builds() - before in {1, 2}, save.__name__


def interleaved(served: Running, chance: random.Random, sound: dict[str, bytes]) -> None:
    """Save some files, sound or broken, with pauses shorter and longer than a build; sound at last."""
    for _ in range(chance.randrange(2, MOST_SAVES)):
        path = chance.choice(EDITED)
        text = sound[path] + f"\nAnd {chance.randrange(1000)}.\n".encode()
        served.save(path, BROKEN if chance.random() < 0.2 else text)
        time.sleep(chance.random() * LONGEST_PAUSE)
    for path in EDITED:
        served.save(path, sound[path] + f"\nAt last {chance.randrange(1000)}.\n".encode())


def test_saves_between_and_during_builds_end_like_a_clean_build(rounds: Rounds, served: Running) -> None:
    """Ten interleavings a round: what is served in the end is what a clean build makes."""
    sound = {path: (served.project / path).read_bytes() for path in EDITED}
    for _, chance in rounds:
        for _ in range(OF_A_ROUND):
            interleaved(served, chance, sound)
            clean = rebuild(served.project, NOTHING).preview
            wait_for(lambda clean=clean: state_shown(served) == clean.state, "what a clean build makes")  # type: ignore[misc]
