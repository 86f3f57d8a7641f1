"""Where the time of a build went, as a table for people and as an object for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from site_builder.terminal import tell_again
from site_builder.timings import Timings

_BAR = 20
_EIGHTHS = " ▏▎▍▌▋▊▉"


def tell_with(told: str, form: str, timings: Timings | None) -> None:
    """Prints issues that have been put into words, and the timings if there are any."""
    if timings is None:
        tell_again(told, form)
    elif form == "json":
        click.echo(json.dumps({"issues": json.loads(told), "timings": as_object(timings)}, indent=1))
    else:
        tell_again(told, form)
        click.echo(table(timings) + "\n", err=True)


def table(timings: Timings) -> str:
    """Returns the floors with their seconds and shares, then each kind of thing made; slowest kinds first."""
    lines = [f"{'floor':<14}{'seconds':>9}{'share':>8}"]
    whole = sum(timings.floors.values()) or 1.0
    for name, seconds in timings.floors.items():
        share = seconds / whole
        lines.append(f"{name:<14}{seconds:>9.2f}{share:>8.0%}  {_bar(share)}".rstrip())
    lines.append(f"{'together':<14}{whole:>9.2f}")
    if timings.kinds:
        lines += ["", f"{'made':<14}{'seconds':>9}{'share':>8}{'made':>9}{'as before':>11}{'kB':>11}"]
        lines += _kinds(timings)
        lines.append("Seconds of what is made are those of all processes together.")
    return "\n".join(lines)


def _kinds(timings: Timings) -> Iterator[str]:
    whole = sum(kind.seconds for kind in timings.kinds.values()) or 1.0
    for name, kind in sorted(timings.kinds.items(), key=lambda found: -found[1].seconds):
        share = kind.seconds / whole
        counts = f"{kind.made:>9,}{kind.known:>11,}{kind.bytes / 1000:>11,.0f}"
        yield f"{name:<14}{kind.seconds:>9.2f}{share:>8.0%}{counts}"


def _bar(share: float) -> str:
    eighths = round(share * _BAR * 8)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def as_object(timings: Timings) -> dict[str, Any]:
    """Returns the same as plain values."""
    return {
        "floors": {name: round(seconds, 4) for name, seconds in timings.floors.items()},
        "kinds": {
            name: {
                "seconds": round(kind.seconds, 4),
                "made": kind.made,
                "as_before": kind.known,
                "bytes": kind.bytes,
            }
            for name, kind in timings.kinds.items()
        },
    }
