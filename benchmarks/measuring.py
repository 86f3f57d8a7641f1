"""Runs a command as a whole process, and says what it cost."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

STEPS = ("cold", "noop", "edit")

_SAMPLED_EVERY = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a command cost: seconds by the clock and of processors, children included; bytes at the peak.

    `memory` is 0 unless it was asked for. It is that of all processes of the command at one moment; what
    several of them share counts once.
    """

    wall: float
    cpu: float
    memory: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The costs of one tool on one corpus, round by round, and what its site consists of.

    `shown` is the number of files that show one event's words, `stale` of those that still do after these
    were changed.
    """

    steps: Mapping[str, Sequence[Cost]]
    memory: int
    pages: Mapping[str, int]
    files: int
    bytes: int
    stale: int = 0
    shown: int = 0
    remark: str = ""

    def median(self, step: str) -> float:
        """Returns the median of a step's seconds by the clock."""
        return statistics.median(cost.wall for cost in self.steps[step])

    def median_cpu(self, step: str) -> float:
        """Returns the median of a step's seconds of processors."""
        return statistics.median(cost.cpu for cost in self.steps[step])

    def spread(self, step: str) -> tuple[float, float]:
        """Returns the least and the most of a step's seconds by the clock."""
        walls = [cost.wall for cost in self.steps[step]]
        return min(walls), max(walls)


class FailedError(Exception):
    """A command that did not end well; the text is the end of what it said."""


def ratio_line(peer: str, articles: int, ours: Measured, theirs: Measured) -> str:
    """Returns our medians as parts of a peer's, in one line: below 1 is faster, or smaller."""
    ratios = [(step, ours.median(step) / theirs.median(step)) for step in STEPS]
    ratios.append(("memory", ours.memory / theirs.memory))
    return f"ratio to {peer} at {articles}: " + " ".join(f"{name} {ratio:.2f}" for name, ratio in ratios)


def run(
    command: Sequence[str], folder: Path, more: Mapping[str, str], limit: float, *, weigh: bool = False
) -> Cost:
    """Runs a command in a folder and returns its cost.

    `weigh` measures memory too, which takes some time itself. Raises `FailedError` where the command fails,
    or takes more than `limit` seconds.
    """
    log = folder.with_name(f"{folder.name}.log")
    with log.open("wb") as said:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603  # the commands are those of our own table
            command,
            cwd=folder,
            env={**os.environ, **more},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        timer = threading.Timer(limit, _end, [process.pid])
        timer.start()
        scale = _Scale(process.pid) if weigh else None
        if scale:
            scale.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        finally:
            timer.cancel()
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        end = log.read_text(encoding="utf-8", errors="replace")[-800:]
        message = f"{command[0]} ended with {process.returncode}: {end}"
        raise FailedError(message)
    return Cost(wall=wall, cpu=used.ru_utime + used.ru_stime, memory=scale.peak() if scale else 0)


def _end(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


class _Scale(threading.Thread):
    """Follows the memory of a process and of its descendants until it ends."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root = root
        self.most = 0
        self.ended = threading.Event()

    def run(self) -> None:
        """Looks again and again."""
        while not self.ended.wait(_SAMPLED_EVERY):
            self.most = max(self.most, sum(map(_memory, _family(self.root))))

    def peak(self) -> int:
        """Returns the most that was seen."""
        self.ended.set()
        self.join()
        return self.most


def _family(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                yield from _family(int(child))


def _memory(process: int) -> int:
    """The memory of a process, with its share of what others use as well; 0 once it is gone."""
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
