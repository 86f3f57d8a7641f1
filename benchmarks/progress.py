"""What a run says while it lasts: what was done, and how long the rest will take."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from statistics import fmean
from typing import TextIO

from benchmarks.measuring import Cost

_MINUTE = 60
_ROUGH = 90


class Progress:
    """The builds of one size that are still to come, each as long as its tool's last were."""

    def __init__(self, what: str, out: TextIO | None = None) -> None:
        """Speaks of `what`; on the standard output, unless told otherwise."""
        self.what = what
        self.out = out or sys.stdout
        self.to_come: dict[str, tuple[float, int]] = {}

    def expect(self, tool: str, first: Cost, builds: int) -> None:
        """Takes note of what a tool's first build took, and of how many are to come."""
        self.to_come[tool] = (first.wall, builds)

    def drop(self, tool: str) -> None:
        """Expects no more of a tool."""
        self.to_come.pop(tool, None)

    def done(self, tool: str, builds: Sequence[Cost], said: str) -> None:
        """Says what was done, and about how long the rest will take."""
        _, before = self.to_come[tool]
        self.to_come[tool] = (fmean(cost.wall for cost in builds), before - len(builds))
        self.say(f"{said}; {self.left()} left at this size")

    def left(self) -> str:
        """Returns how long the rest will take, in words."""
        seconds = sum(each * builds for each, builds in self.to_come.values())
        if seconds < _ROUGH:
            return f"about {seconds:.0f} s"
        return f"about {seconds / _MINUTE:.0f} min"

    def say(self, text: str) -> None:
        """Says something, in a line of its own, at once."""
        self.out.write(f"{self.what}: {text}\n")
        self.out.flush()
