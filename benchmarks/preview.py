"""Measures how long a save takes to show: from the end of writing until the new page has come.

usage: python -m benchmarks.preview [--sizes "1000"] [--saves 40] [--kinds "digest"]

Over the preview's own socket: for each size a corpus is served as an author would serve it, and a page is
kept open as a browser keeps it, connected to the socket, and asked for again when the server says so. One
file after another gets new words. The time ends when the page that holds them has come.

The kinds of save: a paragraph added to a `digest`, a `field` of an article, a `record` of its annotations, a
`list` of the whole dossier (its measures), a `template` or a `style` of the theme, which is then the
project's own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from benchmarks import corpus

ROOT = Path(__file__).parents[1]
_IN_MEMORY = Path("/dev/shm")  # noqa: S108  # no disk is waited for
_HELLO = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
_PATIENCE = 900.0
# Between two saves an author does something else, and the server may put its things in order.
_PAUSE = 0.5
_CONTENT = "{% block content %}"


@dataclass(frozen=True, slots=True)
class _Save:
    """A kind of save: the file and the page of an article, and how the file's text says a mark."""

    file: str
    page: str
    edited: Callable[[str, str], str]


def _after(opening: str) -> Callable[[str, str], str]:
    """Words put behind the first opening of a line."""
    return lambda text, mark: text.replace(opening, f"{opening}{mark} ", 1)


KINDS: Final[Mapping[str, _Save]] = {
    "digest": _Save(
        "content/articles/{article}/index.md",
        "articles/{article}.html",
        lambda text, mark: f"{text}\n{mark}\n",
    ),
    "field": _Save("content/articles/{article}/index.md", "articles/{article}.html", _after("\nsummary: ")),
    "record": _Save(
        "content/articles/{article}/annotations.yaml", "articles/{article}.html", _after("\n    says: ")
    ),
    "list": _Save("content/measures.yaml", "figures/households.html", _after("\n  definition: ")),
    "template": _Save(
        "themes/dossier/templates/pages/source.html",
        "articles/{article}.html",
        lambda text, mark: text.replace(_CONTENT, f"{_CONTENT}<p>{mark}</p>", 1),
    ),
    "style": _Save(
        "themes/dossier/styles/print.css",
        "articles/{article}.html",
        lambda text, mark: f'{text}main::after {{ content: "{mark}" }}\n',
    ),
}


def main() -> int:
    """Measures, and says what came of it, a line for each size and kind."""
    parser = argparse.ArgumentParser(prog="benchmarks.preview", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sizes", default="1000", help="numbers of articles")
    parser.add_argument("--saves", type=int, default=40, help="how many of each kind")
    parser.add_argument("--kinds", default="digest", help=f"of these: {' '.join(KINDS)}")
    asked = parser.parse_args()
    for size in map(int, asked.sizes.split()):
        for kind, told, shown in _at(size, asked.saves, asked.kinds.split()):
            sys.stdout.write(
                f"preview at {size}: {kind}, {len(shown)} saves, "
                f"told after {_words(told)}, shown after {_words(shown)}\n"
            )
            sys.stdout.flush()
    return 0


def _words(seconds: Sequence[float]) -> str:
    return (
        f"{1000 * statistics.median(seconds):.0f} ms (median), {1000 * percentile(seconds, 95):.0f} ms (p95)"
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """Returns the least value that at least so many of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _at(size: int, saves: int, kinds: Sequence[str]) -> Iterator[tuple[str, list[float], list[float]]]:
    """Yields each kind with what was measured of it."""
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
        project = Path(folder)
        corpus.write(size, project)
        if {"template", "style"} & set(kinds):
            shutil.copytree(ROOT / "themes" / "dossier", project / "themes" / "dossier")
        with _serving(project) as port:
            for kind in kinds:
                yield kind, *asyncio.run(_measured(project, port, size, saves, KINDS[kind]))


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


async def _measured(
    project: Path, port: int, size: int, saves: int, kind: _Save
) -> tuple[list[float], list[float]]:
    """The seconds until a reload was told, and until the page with the words had come, save by save."""
    page = await _connected(port)
    told, shown = [], []
    for number in range(saves):
        article, file = _next(project, kind, number * 7, size)
        mark = f"This was saved as number {number}."
        address = f"http://127.0.0.1:{port}/"
        text = kind.edited(file.read_text(encoding="utf-8"), mark)
        await asyncio.sleep(_PAUSE)
        file.write_text(text, encoding="utf-8")
        start = time.perf_counter()
        while json.loads(await page.read_message() or "{}").get("command") != "reload":
            pass
        told.append(time.perf_counter() - start)
        answer = await _fetched(address + kind.page.format(article=article))
        if file.suffix == ".css":
            sheet = re.search(r'href="\.\./(assets/site-[^"]*\.css)"', answer)
            answer = await _fetched(address + sheet[1]) if sheet else ""
        shown.append(time.perf_counter() - start)
        if mark not in answer:
            message = f"{file} was saved, and its page was reloaded without what had been saved"
            raise SystemExit(message)
    page.close()
    return told, shown


async def _fetched(address: str) -> str:
    return (await AsyncHTTPClient().fetch(address)).body.decode()


def _next(project: Path, kind: _Save, start: int, size: int) -> tuple[str, Path]:
    """The next article that has such a file which can be edited so, and the file."""
    for number in range(start, start + size):
        article = f"a{number % size + 1:05}"
        file = project / kind.file.format(article=article)
        if file.is_file() and kind.edited(text := file.read_text(encoding="utf-8"), "?") != text:
            return article, file
    message = f"no file can be edited: {kind.file}"
    raise SystemExit(message)


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
