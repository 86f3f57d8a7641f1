"""The preview behind `site-builder serve`: builds, shows on this machine alone, reloads after every save."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from tornado.netutil import bind_sockets

from site_builder.serve.requests import HOME
from site_builder.serve.server import PreviewServer
from site_builder.serve.watching import Follower

_MACHINE_FAILED = 3
_USUAL_PORT = 8000
_LAST_PORT = 65535


def serve(project: Path, *, port: int, open_browser: bool) -> None:
    """Builds and serve the project until Ctrl-C, rebuilding after every save.

    Listens on 127.0.0.1 alone. The site is held in memory: nothing is written to the disk. Raises
    `SystemExit` with code 3 where the port cannot be listened on.
    """
    with suppress(KeyboardInterrupt):
        sockets = _bound(port)
        follower = Follower(project.resolve(), tell)
        tell(f"Preview at http://{HOME}:{port}/ for this machine alone. Ctrl-C stops it.")
        follower.build()
        follower.settle()
        try:
            _run(follower, sockets, port, open_browser=open_browser)
        finally:
            follower.stop()
    tell("Stopped.")


def _bound(port: int) -> list[socket.socket]:
    try:
        return bind_sockets(port, address=HOME, family=socket.AF_INET)
    except OSError as error:
        other = port + 1 if _USUAL_PORT <= port < _LAST_PORT else _USUAL_PORT + (port == _USUAL_PORT)
        taken = error.errno == errno.EADDRINUSE
        why = "is taken by another program" if taken else f"cannot be used: {error.strerror}"
        sys.stderr.write(f"error: port {port} {why}\n  try another one: site-builder serve --port {other}\n")
        raise SystemExit(_MACHINE_FAILED) from None


def _run(follower: Follower, sockets: list[socket.socket], port: int, *, open_browser: bool) -> None:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    for end in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(end, loop.stop)
    server = PreviewServer(follower, sockets, tell)
    server.serve(port=port, host=HOME, open_url_delay=0.2 if open_browser else None)


def tell(text: str) -> None:
    """Says something on the terminal at once. A terminal that is gone is no reason to stop."""
    with suppress(OSError, ValueError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
