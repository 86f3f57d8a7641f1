"""The preview's server: livereload's classes, made to answer this machine's own pages and nobody else.

livereload 2.7.1 serves files from the disk to any Host, opens its socket to any Origin, lets any site reload
the pages, sends full paths over the socket, drops a reload within three seconds of the last and adds an
inline script that a content security policy forbids. Each is replaced here, by subclassing.
"""

from __future__ import annotations

import json
import logging
import socket
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler

from site_builder.serve.builds import Preview
from site_builder.serve.pages import SCRIPT, SOCKET, STYLE, answer, headers
from site_builder.serve.requests import Asked, origins, refusal
from site_builder.serve.watching import Follower, Tell

_MESSAGE_BYTES = 4_096
_BODY_BYTES = 4_096
_HERE = Path(__file__).parent


class _Guarded(RequestHandler):
    """Judges every request before it is answered, and sends the same headers with every answer."""

    is_socket = False

    def initialize(self, follower: Follower, port: int, tell: Tell) -> None:
        self.follower = follower
        self.port = port
        self.tell = tell

    @property
    def preview(self) -> Preview:
        return self.follower.preview

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in headers(self._host(), 200).items():
            self.set_header(name, value)

    def prepare(self) -> None:
        sent = self.request.headers
        asked = Asked(
            method=self.request.method or "",
            host=sent.get("Host", ""),
            origin=sent.get("Origin", ""),
            fetch_site=sent.get("Sec-Fetch-Site", ""),
            socket=self.is_socket,
        )
        refused = refusal(asked, self.port)
        if refused is not None:
            raise HTTPError(refused.status, log_message=refused.reason)

    def _host(self) -> str:
        """The Host that the page's own addresses are made from; the request's, unless it is refused."""
        host = self.request.headers.get("Host", "").lower()
        port = self.application.settings["port"]
        return host if refusal(Asked(method="GET", host=host), port) is None else f"127.0.0.1:{port}"

    def compute_etag(self) -> None:
        """Nothing of a preview is kept, so nothing needs a mark to compare it by."""

    def write_error(self, status_code: int, **details: Any) -> None:  # noqa: ANN401  # tornado's own signature
        error = details.get("exc_info", (None, None, None))[1]
        reason = (error.log_message if isinstance(error, HTTPError) else "") or "This cannot be answered."
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        if status_code == 405:  # noqa: PLR2004  # the method is not allowed: RFC 9110 asks for those that are
            self.set_header("Allow", "GET, HEAD")
        self.finish(f"{reason}\n")


class _Page(_Guarded):
    """Any address of the site."""

    def get(self) -> None:
        # As sent: tornado would decode it once more than a browser means it.
        found = answer(self.preview, self.request.path, self._host())
        self.set_status(found.status)
        for name, value in headers(self._host(), found.status).items():
            self.set_header(name, value)
        self.set_header("Content-Type", found.media_type)
        if found.location:
            self.set_header("Location", found.location)
        self.write(found.content)

    head = get


class _Style(_Guarded):
    """The style of the panel of issues."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.write((_HERE / "preview.css").read_bytes())

    head = get


class _Script(_Guarded, LiveReloadJSHandler):
    """The reload script: livereload's own, after our plug-in to it."""

    def get(self) -> None:
        self.write((_HERE / "preview.js").read_bytes())
        super().get()
        self.set_header("Content-Type", "text/javascript; charset=utf-8")

    head = get


class _Socket(_Guarded, LiveReloadHandler):
    """The socket by which pages learn that they must reload."""

    is_socket = True

    def check_origin(self, origin: str) -> bool:
        return origin in origins(self.port)

    def on_message(self, message: str | bytes) -> None:
        """Takes livereload's greeting; close on anything else. A page out of date is reloaded at once."""
        try:
            said = json.loads(message)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict) or not isinstance(said.get("command"), str):
            self.close(1008, "not understood")
            return
        super().on_message(json.dumps(said))
        if said["command"] == "info" and _state_of(said) not in {"", self.preview.state}:
            self.send_message({"command": "reload", "path": "*", "liveCSS": False, "liveImg": False})


def _state_of(said: dict[str, Any]) -> str:
    """The state of the site that a page shows, as our plug-in tells it, or an empty text."""
    plugins = said.get("plugins")
    ours = plugins.get("state") if isinstance(plugins, dict) else None
    state = ours.get("state") if isinstance(ours, dict) else None
    return state if isinstance(state, str) else ""


class PreviewServer(Server):
    """livereload's server on sockets that are bound already, with our handlers and no others."""

    def __init__(self, follower: Follower, sockets: Sequence[socket.socket], tell: Tell) -> None:
        super().__init__(watcher=follower)
        self.sockets = sockets
        self.tell = tell

    def application(self, port: int, *_: object, **__: object) -> None:
        """Sets up the handlers; called by `serve` with arguments that are decided here instead."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = False
        LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
        known = {"follower": self.watcher, "port": port, "tell": self.tell}
        handled = ((SOCKET, _Socket), (SCRIPT, _Script), (STYLE, _Style), (".*", _Page))
        app = Application(
            [(address, handler, known) for address, handler in handled],
            port=port,
            log_function=lambda _handler: None,
            websocket_max_message_size=_MESSAGE_BYTES,
        )
        HTTPServer(app, max_body_size=_BODY_BYTES).add_sockets(self.sockets)

    def _setup_logging(self) -> None:
        """Keeps the libraries from talking: the author is told of what must be known, in our words."""
        for name in ("livereload", "tornado", "watchfiles"):
            logging.getLogger(name).addHandler(logging.NullHandler())
            logging.getLogger(name).propagate = False
        for name in ("asyncio", "tornado.application"):
            logging.getLogger(name).addHandler(_Faults(self.tell))
            logging.getLogger(name).propagate = False


class _Faults(logging.Handler):
    """Tells what nobody caught, in one line: a fault of ours, not of the dossier."""

    def __init__(self, tell: Tell) -> None:
        super().__init__(logging.ERROR)
        self.tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Tells the kind of fault and where it arose, and nothing of what was served."""
        kind, _, trace = record.exc_info or (None, None, None)
        frames = traceback.extract_tb(trace)[-1:]
        at = f" at {Path(frames[0].filename).name}:{frames[0].lineno}" if frames else ""
        what = kind.__name__ if kind else record.name
        self.tell(f"The preview has a fault of its own: {what}{at}. Please report this line.")
