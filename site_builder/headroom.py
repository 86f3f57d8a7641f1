"""How many processes a machine has memory for.

A process that is forked has its own copy of whatever it counts references to, which is nearly all of a
dossier. More of them than there is memory for would end the build, or have it wait for the disk.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_STATE = Path("/proc/self/statm")
_MEMORY = Path("/proc/meminfo")
# What holds a program and all that it starts, where a container or a service has less than the machine.
_MOST, _USED = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")
# What is made of a dossier comes to this part of it at most.
_MADE = 0.25


def with_memory_for(jobs: int) -> int:
    """Return how many of so many processes there is memory for, this one among them: one at least.

    Each is reckoned to want a quarter more than this one has now. Where the system does not say what there
    is, as only Linux does, it is taken to be enough.
    """
    free, own = _free(), _own()
    if free is None or not own:
        return jobs
    return max(1, min(jobs, 1 + int((free - own * _MADE) / (own * (1 + _MADE)))))


def _own() -> int:
    """The bytes of memory that this process has; 0 if that is not known."""
    with suppress(OSError, ValueError, IndexError):
        return int(_STATE.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _free() -> int | None:
    """The bytes of memory that nobody needs."""
    found = [size for size in (_free_here(), _free_of_machine()) if size is not None]
    return min(found, default=None)


def _free_of_machine() -> int | None:
    with suppress(OSError, ValueError, IndexError):
        for line in _MEMORY.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return None


def _free_here() -> int | None:
    # Where there is no bound it says so in letters.
    with suppress(OSError, ValueError):
        return int(_MOST.read_text(encoding="ascii")) - int(_USED.read_text(encoding="ascii"))
    return None
