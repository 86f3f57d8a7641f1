"""The long tests: each draws its cases by chance from one seed, for its share of the minutes.

`make torture SEED=7 MINUTES=1` sets both. A round depends on the seed, the name of the test and its own
number alone, so a round that failed is run again by itself with `ROUND`, whatever the machine.
"""

import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.last_line import pytest_unconfigure  # noqa: F401  # pytest finds it here by its name

SEED = int(os.environ.get("SEED") or 0)
SECONDS = 60 * float(os.environ.get("MINUTES") or 0)
ROUND = os.environ.get("ROUND") or ""
# What cannot be divided into rounds, and would take all the time of a short run.
costly = pytest.mark.skipif(SECONDS < 300, reason="takes minutes of its own: say MINUTES=5, or more")


@dataclass(kw_only=True)
class Rounds:
    """Rounds of one test until its time is up: at least one, each with its number and its own chance."""

    seed: int
    test: str
    seconds: float
    only: int | None = None
    last: int = field(default=0, init=False)
    remarks: list[str] = field(default_factory=list, init=False)

    def __iter__(self) -> Iterator[tuple[int, random.Random]]:
        """Yield the number of the round, from 1, and a source of chance that is the same in every run."""
        end = time.monotonic() + self.seconds
        self.last = self.only or 1
        while True:
            yield self.last, random.Random(f"{self.seed} {self.test} {self.last}")  # noqa: S311
            if self.only or time.monotonic() >= end:
                return
            self.last += 1

    def remark(self, told: str) -> None:
        """Say in the summary what could not be tried here."""
        if told not in self.remarks:
            self.remarks.append(told)


MADE = pytest.StashKey[Rounds]()
ALL: list[Rounds] = []


@dataclass(kw_only=True)
class Clock:
    """The time that the tests share: what one of them leaves over goes to those after it."""

    end: float
    tests: int

    def share(self) -> float:
        """The seconds of the next test."""
        left = max(0.0, self.end - time.monotonic()) / max(1, self.tests)
        self.tests -= 1
        return left


@pytest.fixture(scope="session")
def seed() -> int:
    """The number that every chance follows from."""
    return SEED


@pytest.fixture(scope="session")
def clock(request: pytest.FixtureRequest) -> Clock:
    """The minutes, from the first test on, and how many tests share them."""
    sharing = [item for item in request.session.items if "rounds" in getattr(item, "fixturenames", ())]
    return Clock(end=time.monotonic() + SECONDS, tests=len(sharing))


@pytest.fixture
def rounds(request: pytest.FixtureRequest, seed: int, clock: Clock) -> Rounds:
    """The rounds of this test; where one fails, its number is told."""
    name: str = request.node.name
    made = Rounds(seed=seed, test=name, seconds=clock.share(), only=int(ROUND) if ROUND else None)
    request.node.stash[MADE] = made
    ALL.append(made)
    return made


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Say of a failure how it is seen again."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    made = item.stash.get(MADE, None)
    if made is not None and report.when == "call" and report.failed:
        again = f"make torture SEED={made.seed} ROUND={made.last} ARGS=\"-k '{item.name}'\""
        report.sections.append(("how to see this again", again))
    return report  # type: ignore[return-value]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many rounds each test has made."""
    terminalreporter.section("rounds", sep="-")
    for made in ALL:
        terminalreporter.write_line(f"{made.last:7,}  {made.test}")
        for told in made.remarks:
            terminalreporter.write_line(f"         left out: {told}")
