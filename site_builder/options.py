"""What a build is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.timings import Timings

if TYPE_CHECKING:
    from site_builder.cache.last_build import LastBuild
    from site_builder.read import Ahead


def no_step(done: int, total: int) -> None:
    """Tells nobody how far the work is."""


def no_word(_: str) -> None:
    """Tells nobody what a run waits for, or what it had to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run is asked for.

    `project` holds `content/`; `base_url` wins over the one of `site.yaml` where it is not None; `jobs` is
    the number of processes to render with; `step` is told how many of the pages are done. What is due after
    `now`, a moment with its time zone, is kept back; without one every embargo holds. `archive` is the ZIP
    file that the site is put into as well, if any. With `integrity` the pages that are published, which
    then must be served, say which bytes their scripts and style sheets must have. Where another run
    publishes into the same output, this one waits with `wait`; `tell` is told of it. `last` is what is known
    of the build before; with `verify` all is made from nothing as well, and compared. With `keeps_raw` what
    was read is in the outcome, for edits to start from; a large dossier leaves little room for it. A
    rehearsal is a build whose `now` is not the present: its list says so. `ahead` is what was begun
    beforehand, if anything was.
    """

    project: Path
    output: Path
    base_url: str | None = None
    jobs: int = 1
    strict: bool = False
    step: Callable[[int, int], None] = no_step
    now: datetime | None = None
    archive: Path | None = None
    wait: bool = True
    tell: Callable[[str], None] = no_word
    integrity: bool = False
    last: LastBuild | None = None
    verify: bool = False
    timings: Timings = field(default_factory=Timings)
    keeps_raw: bool = False
    is_rehearsal: bool = False
    ahead: Ahead | None = None
