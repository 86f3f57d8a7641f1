"""How many processes a machine has memory for.

A process that is forked has its own copy of whatever it counts references to, which is nearly all of a
dossier. More of them than there is memory for would end the build, or have it wait for the disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_STATE = Path("/proc/self/statm")
_MEMORY = Path("/proc/meminfo")
# A container or a service may have less than its machine. The groups that hold this process say what they
# may have at most, what they use, and how much of that are files as they were read, which give way to others.
_GROUPS = Path("/proc/self/cgroup")
KINDS = {
    "": (Path("/sys/fs/cgroup"), "memory.max", "memory.current", ("inactive_file ", "active_file ")),
    "memory": (
        Path("/sys/fs/cgroup/memory"),
        "memory.limit_in_bytes",
        "memory.usage_in_bytes",
        ("total_inactive_file ", "total_active_file "),
    ),
}
# What is made of a dossier comes to this part of it at most.
_MADE = 0.25


def with_memory_for(jobs: int) -> int:
    """Returns how many of so many processes there is memory for, this one among them: one at least.

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
    """The bytes of memory that nobody needs, of the machine and of each group that holds this process."""
    return min((size for size in (_free_of_machine(), *_free_of_groups()) if size is not None), default=None)


def _free_of_machine() -> int | None:
    with suppress(OSError, ValueError, IndexError):
        for line in _MEMORY.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return None


def _free_of_groups() -> Iterator[int | None]:
    with suppress(OSError, ValueError):
        for line in _GROUPS.read_text(encoding="utf-8").splitlines():
            _, kinds, path = line.split(":", 2)
            for root, most, used, files in (KINDS[kind] for kind in kinds.split(",") if kind in KINDS):
                # A group is held by those above it. Within a container its own stands at the root.
                own = root / path.lstrip("/")
                for group in (own, *own.parents):
                    if group.is_relative_to(root):
                        yield _free_of_group(group, most, used, files)


def _free_of_group(group: Path, most: str, used: str, files: tuple[str, ...]) -> int | None:
    # Where there is no bound it says so in letters, or with a number that no machine has.
    with suppress(OSError, ValueError, IndexError):
        free = int((group / most).read_text(encoding="ascii"))
        free -= int((group / used).read_text(encoding="ascii"))
        for line in (group / "memory.stat").read_text(encoding="ascii").splitlines():
            free += int(line.split()[1]) if line.startswith(files) else 0
        return free
    return None
