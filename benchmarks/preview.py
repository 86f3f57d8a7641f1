"""Measures how long a save takes to show: from the end of writing until the new page has come.

usage: python -m benchmarks.preview [--sizes "1000"] [--saves 40]

Over the preview's own socket: for each size a corpus is served as an author would serve it, and a page is
kept open as a browser keeps it, connected to the socket, and asked for again when the server says so. One
article after another gets a paragraph. The time ends when the page that holds the paragraph has come.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from benchmarks import corpus

ROOT = Path(__file__).parents[1]
_IN_MEMORY = Path("/dev/shm")  # noqa: S108  # no disk is waited for
_HELLO = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
_PATIENCE = 900.0
# Between two saves an author does something else, and the server may put its things in order.
_PAUSE = 0.5


def main() -> int:
    """Measure, and say what came of it, a line for each size."""
    parser = argparse.ArgumentParser(prog="benchmarks.preview", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sizes", default="1000", help="numbers of articles")
    parser.add_argument("--saves", type=int, default=40)
    asked = parser.parse_args()
    for size in map(int, asked.sizes.split()):
        told, shown = _at(size, asked.saves)
        sys.stdout.write(
            f"preview at {size}: {len(shown)} saves, told after {_words(told)}, shown after {_words(shown)}\n"
        )
        sys.stdout.flush()
    return 0


def _words(seconds: Sequence[float]) -> str:
    return (
        f"{1000 * statistics.median(seconds):.0f} ms (median), {1000 * percentile(seconds, 95):.0f} ms (p95)"
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the least value that at least so many of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _at(size: int, saves: int) -> tuple[list[float], list[float]]:
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
        project = Path(folder)
        corpus.write(size, project)
        with _serving(project) as port:
            return asyncio.run(_measured(project, port, size, saves))


@contextmanager
def _serving(project: Path) -> Iterator[int]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "site_builder", "serve", "-C", str(project), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command
    try:
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


async def _measured(project: Path, port: int, size: int, saves: int) -> tuple[list[float], list[float]]:
    """The seconds until a reload was told, and until the page with the paragraph had come, save by save."""
    page = await _connected(port)
    told, shown = [], []
    for number in range(saves):
        article = f"a{number * 7 % size + 1:05}"
        mark = f"Paragraph {number} was saved."
        await asyncio.sleep(_PAUSE)
        with (project / f"content/articles/{article}/index.md").open("a", encoding="utf-8") as file:
            file.write(f"\n{mark}\n")
        start = time.perf_counter()
        while json.loads(await page.read_message() or "{}").get("command") != "reload":
            pass
        told.append(time.perf_counter() - start)
        answer = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/articles/{article}.html")
        shown.append(time.perf_counter() - start)
        if mark not in answer.body.decode():
            message = f"the page of {article} was reloaded without what had been saved"
            raise SystemExit(message)
    page.close()
    return told, shown


async def _connected(port: int) -> WebSocketClientConnection:
    """A tab that is open, as soon as there is something to see."""
    # The server listens before its first build is done, and answers after.
    request = HTTPRequest(
        f"ws://127.0.0.1:{port}/livereload",
        headers={"Origin": f"http://127.0.0.1:{port}"},
        connect_timeout=_PATIENCE,
        request_timeout=_PATIENCE,
    )
    end = time.perf_counter() + _PATIENCE
    while True:
        try:
            page = await websocket_connect(request)
            break
        except OSError:
            if time.perf_counter() > end:
                raise
            await asyncio.sleep(0.2)
    # Only who says where it is gets told; the answer to the second message says that the first was read.
    await page.write_message(json.dumps({"command": "info", "url": f"http://127.0.0.1:{port}/"}))
    await page.write_message(json.dumps(_HELLO))
    await page.read_message()
    return page


if __name__ == "__main__":
    sys.exit(main())
