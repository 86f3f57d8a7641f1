"""The results as a page of Markdown."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measuring import STEPS, Cost, Measured
from benchmarks.peers import OURS, PEERS

_ABOUT = """\
# Results

Written by `make bench`: not by hand. [How it is measured](README.md).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What was measured at one size: each tool by its name, and ours once more with cards.

    `failed` says of each peer that was left out why.
    """

    articles: int
    measured: Mapping[str, Measured]
    cards: Cost
    rounds: int
    failed: Mapping[str, str] = field(default_factory=dict)


def as_markdown(tables: Iterable[Table], before: str = "") -> str:
    """Returns the page: for each size the machine, the times and the pages.

    Of sizes that were not measured now, it says what it said before.
    """
    headed = re.split(r"^## ([0-9,]+) articles\n", before, flags=re.MULTILINE)[1:]
    sections = {
        int(size.replace(",", "")): told for size, told in zip(headed[::2], headed[1::2], strict=True)
    }
    sections |= {table.articles: "\n".join(("", *_section(table), "")) for table in tables}
    told = (f"\n## {size:,} articles\n{sections[size].rstrip()}\n" for size in sorted(sections))
    return _ABOUT + "".join(told)


def _circumstances() -> str:
    day = dt.datetime.now(dt.UTC).date().isoformat()
    load = f"load {os.getloadavg()[0]:.1f} at the end"
    return f"{day}. {_machine()}; {load}. Python {platform.python_version()}, {_built()}."


def _built() -> str:
    """Says how this Python was compiled: with a profile of what programs do, or without.

    A distribution's own is; Debian's does not show it among the options that it was configured with.
    """
    options = sysconfig.get_config_var("CONFIG_ARGS") or ""
    optimised = sys.base_prefix == "/usr" or "--enable-optimizations" in options
    return "optimised" if optimised else "not optimised"


def _machine() -> str:
    names = [
        line.split(":", 1)[1].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    which = f" ({names[0]})" if names else ""
    return f"{os.cpu_count()} processors{which}, {platform.system()} {platform.machine()}"


def _section(table: Table) -> Iterator[str]:
    own = table.measured[OURS]
    yield from (_circumstances(), "")
    yield f"Median of {table.rounds} rounds, in seconds by the clock; in brackets the least and the most."
    yield "CPU: the medians of the seconds of processors, in that order. Memory: the peak of all processes."
    yield ""
    yield "| tool | cold | nothing changed | one article edited | CPU | memory | files | MB |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, one in table.measured.items():
        version = f" {PEERS[name].version}" if name in PEERS else ""
        cpu = " / ".join(f"{one.median_cpu(step):.1f}" for step in STEPS)
        steps = " | ".join(_spread(one, step) for step in STEPS)
        yield (
            f"| {name}{version} | {steps} | {cpu} | {one.memory / 1e6:,.0f} MB "
            f"| {one.files:,} | {one.bytes / 1e6:.1f} |"
        )
    yield f"| {OURS}, with cards | {table.cards.wall:.2f} | | | {table.cards.cpu:.1f} | | | |"
    yield ""
    yield f"Each makes these {sum(own.pages.values()):,} pages, and shows the same records on each: "
    yield ", ".join(f"{kind} {count:,}" for kind, count in own.pages.items()) + "."
    for remark in dict.fromkeys(one.remark for one in table.measured.values() if one.remark):
        alike = [name for name, one in table.measured.items() if one.remark == remark]
        yield f"\nWhat is not made by {', '.join(alike)}: {remark}."
    yield from _staleness(table.measured)
    for name, why in table.failed.items():
        yield f"\n{name} {PEERS[name].version} was left out: {' '.join(why.split())}"


def _staleness(measured: Mapping[str, Measured]) -> Iterator[str]:
    """What a change of one event's words does not reach."""
    if fresh := [name for name, one in measured.items() if not one.stale]:
        yield f"\nAfter an event was told in other words, no file of these was stale: {', '.join(fresh)}."
    for name, one in measured.items():
        if one.stale:
            yield f"\nAfter the same, {name} left {one.stale} of {one.shown} files stale."


def _spread(one: Measured, step: str) -> str:
    least, most = one.spread(step)
    return f"{one.median(step):.2f} ({least:.2f}–{most:.2f})"
