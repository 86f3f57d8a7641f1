"""Publications in processes of their own, which can be killed; and readers who look at what stands there.

Run as a program, `publishers.py publish` forks one process for each line that it reads, and
`publishers.py read` reads files until it is told to stop.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

AT_EXCHANGE = -1
PROGRAM = Path(__file__).resolve()


@dataclass
class Publisher:
    """A process that publishes in processes of its own, one for each order."""

    process: "subprocess.Popen[str]"

    def start(self, output: Path, files: Mapping[str, str], *, at: int = 0, wait: bool = True) -> int:
        """Begin a publication, killed at that call to the disk or at the exchange; return its pid."""
        order = {"output": str(output), "files": dict(files), "at": at, "wait": wait}
        stdin, stdout = _pipes(self.process)
        print(json.dumps(order), file=stdin, flush=True)
        return int(stdout.readline())

    def together(self, output: Path, sites: Sequence[Mapping[str, str]], *, wait: bool = True) -> list[int]:
        """Begin a publication of each site, all at once; return their exit codes."""
        order = {"output": str(output), "sites": [dict(files) for files in sites], "at": 0, "wait": wait}
        stdin, stdout = _pipes(self.process)
        print(json.dumps(order), file=stdin, flush=True)
        return [int(code) for code in stdout.readline().split()]

    def end(self) -> tuple[int, float]:
        """Wait for the publication; return its exit code, negative for a signal, and its time."""
        code, seconds = _pipes(self.process)[1].readline().split()
        return int(code), float(seconds)


@contextmanager
def publisher() -> Iterator[Publisher]:
    """A process to publish from."""
    root = PROGRAM.parent.parent
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), "publish"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as process:
        yield Publisher(process)
        _pipes(process)[0].close()


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a reader met: files read, files that were cut or mixed, files that were not there."""

    reads: int
    torn: int
    missing: int


@contextmanager
def readers(output: Path, names: list[str], number: int) -> Iterator[list[Seen]]:
    """Processes that read these files over and over; what they saw is there afterwards."""
    seen: list[Seen] = []
    command = [sys.executable, "-S", str(PROGRAM), "read", str(output), *names]
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(number)
    ]
    try:
        for process in started:
            _pipes(process)[1].readline()
        yield seen
    finally:
        for process in started:
            told, _ = process.communicate("stop\n")
            seen.append(Seen(**json.loads(told)))


def _pipes(process: "subprocess.Popen[str]") -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def content(name: str, generation: int, size: int) -> str:
    """A file of a generation: each of its lines says which, so that a torn one is seen."""
    line = f"{name} of {generation}\n"
    return line * (size // len(line) + 1) + "end\n"


def _is_torn(name: str, text: str) -> bool:
    lines = text.splitlines()
    return not lines or lines[-1] != "end" or len(set(lines)) != 2 or not lines[0].startswith(f"{name} of ")


def _publish() -> None:
    # Loaded once, for all that are forked.
    import site_builder.write  # noqa: F401, PLC0415

    for line in sys.stdin:
        order = json.loads(line)
        if "sites" in order:
            pids = [_forked({**order, "files": files}) for files in order["sites"]]
            print(*(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids), flush=True)
            continue
        start = time.perf_counter()
        pid = _forked(order)
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), time.perf_counter() - start, flush=True)


def _forked(order: Mapping[str, Any]) -> int:
    pid = os.fork()
    if not pid:
        _publish_one(order)
    return pid


def _publish_one(order: Mapping[str, Any]) -> None:
    from site_builder import disk  # noqa: PLC0415
    from site_builder.render import Artifact  # noqa: PLC0415
    from site_builder.write import BusyError, publication  # noqa: PLC0415

    output = Path(order["output"])
    setattr(disk, "os", _Deadly(order["at"]))  # noqa: B010  # a module of ours, which mypy knows as it is
    if order["at"] == AT_EXCHANGE:
        setattr(disk, "exchange", lambda *_: os.kill(os.getpid(), signal.SIGKILL))  # noqa: B010
    try:
        with publication(output, output.parent, wait=order["wait"]) as place:
            place.publish(Artifact(path, text.encode()) for path, text in order["files"].items())
    except BusyError:
        os._exit(3)
    os._exit(0)


class _Deadly:
    """The system's calls, one of which the process does not live to see the end of: half of it is done."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        real = getattr(os, name)
        if name not in {
            "write",
            "open",
            "replace",
            "mkdir",
            "unlink",
            "rmdir",
            "link",
            "fchmod",
            "chmod",
            "fsync",
        }:
            return real

        def call(*args: Any, **options: Any) -> Any:  # noqa: ANN401
            self.left -= 1
            if not self.left:
                if name == "write":
                    real(args[0], args[1][: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **options)

        return call


def _read(output: str, names: list[str]) -> None:
    import select  # noqa: PLC0415

    reads = torn = missing = 0
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        for name in names:
            reads += 1
            try:
                with open(f"{output}/{name}", encoding="ascii") as file:  # noqa: PTH123  # quickly
                    torn += _is_torn(name, file.read())
            except FileNotFoundError:
                missing += 1
    print(json.dumps({"reads": reads, "torn": torn, "missing": missing}), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "publish":
        _publish()
    else:
        _read(sys.argv[2], sys.argv[3:])
