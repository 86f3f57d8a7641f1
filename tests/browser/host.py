"""A static host on this machine: it serves files, compresses text, applies `_headers`, and knows 404.html."""

import gzip
import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

# Machines differ in what they know of newer types, and a wrong one is refused because of `nosniff`.
TYPES = {".woff2": "font/woff2", ".css": "text/css", ".html": "text/html; charset=utf-8"}


def headers_for(path: str, rules: str) -> Mapping[str, str]:
    """The headers that a file `_headers` gives to a path that begins with a slash."""
    found: dict[str, str] = {}
    applies = False
    for line in rules.splitlines():
        if line.startswith("/"):
            applies = fnmatchcase(path, line.strip())
        elif applies and ":" in line:
            name, _, value = line.partition(":")
            found[name.strip()] = value.strip()
    return found


@contextmanager
def host(root: Path, below: str = "/", port: int = 0) -> Iterator[str]:
    """Serve a built site below a path that begins and ends with a slash; gives the address of its home.

    `port` 0 is any that is free.
    """
    rules = (root / "_headers").read_text(encoding="utf-8")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle(self) -> None:
            # A reader who goes on before a page is there hangs up.
            with suppress(ConnectionError):
                super().handle()

        def do_GET(self) -> None:
            asked = unquote(urlsplit(self.path).path)
            inside = asked.removeprefix(below) if asked.startswith(below) else None
            if inside is None:
                self._answer(404, "text/plain", b"another site's", {})
                return
            name = inside + "index.html" if inside == "" or inside.endswith("/") else inside
            found = (root / name).is_file()
            file = root / (name if found else "404.html")
            kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self._answer(200 if found else 404, kind, file.read_bytes(), headers_for("/" + inside, rules))

        def _answer(self, status: int, kind: str, body: bytes, headers: Mapping[str, str]) -> None:
            sent = {**headers, "Content-Type": kind}
            if kind.startswith("text/") and "gzip" in self.headers.get("Accept-Encoding", ""):
                body, sent["Content-Encoding"] = gzip.compress(body, mtime=0), "gzip"
            self.send_response(status)
            for name, value in {**sent, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name of the method we replace
            """Say nothing: the browser's side is what is judged."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{below}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
