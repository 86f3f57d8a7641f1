"""Files of YAML that are small to write and huge to read; each prints what became of it, and what it took.

Whatever takes twenty seconds of a processor is ended: the promise is one, and no machine is that slow.
"""

import gc
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from site_builder.issues import Place
from site_builder.nodes import YamlError, parse

BOMBS: Mapping[str, Callable[[], str]] = {
    "aliases": lambda: (
        "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{f'*a{i - 1},' * 9}]\n" for i in range(1, 11))
    ),
    "merges": lambda: (
        "a0: &a0 {x: 1}\n" + "".join(f"a{i}: &a{i} {{<<: [{f'*a{i - 1},' * 9}]}}\n" for i in range(1, 11))
    ),
    "brackets": lambda: "[" * 100_000,
    "braces": lambda: "{a: " * 100_000,
    "dashes": lambda: "- " * 100_000,
    "questions": lambda: "? " * 100_000,
    "scalar": lambda: f'a: "{"x" * 10_000_000}"',
    "keys": lambda: "".join(f"k{i}: 1\n" for i in range(800_000)),
    "short keys": lambda: "".join(f"{i:x}:\n" for i in range(500_000)),
    "items": lambda: "- a\n" * 300_000,
    "flow": lambda: f"[{'a,' * 300_000}]",
    "documents": lambda: "---\n" * 1_000_000,
    "tag": lambda: f"!{'a' * 5_000_000} x",
    "anchors": lambda: "&a " * 1_000_000,
    "one key": lambda: "a: 1\n" * 1_000_000,
}


# What Python and the reader take before any bomb is made.
START = time.process_time()
STATUS = Path("/proc/self/status")
MOST_SECONDS = 20


def most_megabytes() -> int:
    """The most memory that this process has had in use.

    Linux hands the number that `getrusage` gives down to children, and those of a large process would be
    judged by it; what it says of the process itself begins anew.
    """
    if STATUS.exists():
        line = next(one for one in STATUS.read_text(encoding="ascii").splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def tried(name: str) -> str:
    """What a bomb ends with, the most megabytes in use, and the seconds of a processor, start included."""
    text = BOMBS[name]()
    before = time.process_time()
    try:
        parse(text, Place("content/a.yaml"))
        code = "read"
    except YamlError as error:
        code = error.issue.code
    seconds = time.process_time() - before + START
    return f"{code} {most_megabytes()} {seconds:.2f}"


if __name__ == "__main__":
    # As a build does: see `build.py`.
    gc.disable()
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    print(tried(sys.argv[1]))  # noqa: T201  # it is run as a process of its own, to be measured
