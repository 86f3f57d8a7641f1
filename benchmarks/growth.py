"""Measures how our builds grow with a dossier: seconds for each page, and memory, at several sizes."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus
from benchmarks.measuring import Cost, run
from benchmarks.peers import Tool
from benchmarks.running import ROOT

# Ten times as many articles take ten times as long: a limit is there for what hangs.
_SECONDS_AN_ARTICLE = 0.5
_LEAST_LIMIT = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What cold builds of so many articles cost: the medians of their seconds, and bytes at the peak."""

    articles: int
    pages: int
    wall: float
    cpu: float
    memory: int

    @property
    def line(self) -> str:
        """What was measured, in one line."""
        return (
            f"{self.articles:,} articles, {self.pages:,} pages: {self.wall:.1f} s by the clock "
            f"({self.wall / self.pages * 1e3:.2f} ms a page), {self.cpu:.1f} s of processors "
            f"({self.cpu / self.pages * 1e3:.2f} ms a page), {self.memory / 1e6:,.0f} MB "
            f"({self.memory / self.articles / 1e3:.0f} kB an article)"
        )


def growth_line(least: Size, most: Size) -> str:
    """Returns what the greater takes as a multiple of the smaller: for each page; memory for each article.

    1 means that it grows as the dossier does, less that it grows more slowly.
    """
    pages = most.pages / least.pages
    ratios = (
        ("time a page", most.wall / least.wall / pages),
        ("processors a page", most.cpu / least.cpu / pages),
        ("memory an article", most.memory / least.memory * least.articles / most.articles),
    )
    told = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios)
    return f"growth from {least.articles} to {most.articles}: {told}"


def grown(
    tool: Tool, sizes: Sequence[int], rounds: int, work: Path, settle: Callable[[Path], None]
) -> Iterator[Size]:
    """Yields what each size costs; `settle` is told of a corpus before it is built."""
    for size in sizes:
        project = work / f"growth-{size}"
        shutil.rmtree(project, ignore_errors=True)
        corpus.write(size, project)
        settle(project)
        costs = [_built(tool, project, size, weigh=False) for _ in range(rounds)]
        # By itself, as looking takes time.
        weighed = _built(tool, project, size, weigh=True)
        yield Size(
            articles=size,
            pages=sum(1 for _ in (project / tool.out).rglob("*.html")),
            wall=statistics.median(cost.wall for cost in costs),
            cpu=statistics.median(cost.cpu for cost in costs),
            memory=weighed.memory,
        )
        # So that a larger one has room.
        shutil.rmtree(project)


def _built(tool: Tool, project: Path, size: int, *, weigh: bool) -> Cost:
    tool.clear(project)
    command = tool.arguments(project.parent, project)
    limit = max(_LEAST_LIMIT, size * _SECONDS_AN_ARTICLE)
    return run(command, project, {"PYTHONPATH": str(ROOT)}, limit, weigh=weigh)


def tell(sizes: Iterator[Size]) -> None:
    """Says what each size costs as soon as it is known, and at the end how much the last one grew."""
    known: list[Size] = []
    for one in sizes:
        sys.stdout.write(f"{one.line}\n")
        sys.stdout.flush()
        known.append(one)
    if len(known) > 1:
        sys.stdout.write(f"\n{growth_line(known[0], known[-1])}\n")
