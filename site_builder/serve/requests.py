"""Whom the preview answers, and which file an address names: judged here, apart from the server.

A preview shows what is not published yet, and every page open in the same browser can send requests to it.
So a request must name this server by a name of this machine (a foreign name may point here: "rebinding"),
must only read, and must not come from another site.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

HOME = "127.0.0.1"
_NAMES = (HOME, "localhost", "[::1]")
_HTTP_PORT = 80
_INDEX = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request says of itself; a header that was not sent is an empty text.

    `fetch_site` is the header Sec-Fetch-Site; `socket` is True where a WebSocket is asked for.
    """

    method: str
    host: str
    origin: str = ""
    fetch_site: str = ""
    socket: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered: an HTTP status and a sentence."""

    status: int
    reason: str


def hosts(port: int) -> frozenset[str]:
    """Returns every value of the header Host that means this server."""
    bare = _NAMES if port == _HTTP_PORT else ()
    return frozenset({*bare, *(f"{name}:{port}" for name in _NAMES)})


def origins(port: int) -> frozenset[str]:
    """Returns every value of the header Origin that a page of this server may send."""
    return frozenset(f"http://{host}" for host in hosts(port))


def refusal(asked: Asked, port: int) -> Refusal | None:
    """Returns why a request must not be answered, or None where it may be.

    The Host is judged before the Origin: where a foreign name points to this machine, both are foreign and
    agree with each other.
    """
    here = f"http://{HOME}:{port}/"
    if asked.host.lower() not in hosts(port):
        return Refusal(421, f"This preview answers as {here} only.")
    if asked.method not in {"GET", "HEAD"}:
        return Refusal(405, "This preview can only be read.")
    if asked.fetch_site.lower() not in {"", "none", "same-origin"}:
        return Refusal(403, f"This preview does not answer other sites. Type the address yourself: {here}")
    if (asked.origin or asked.socket) and asked.origin not in origins(port):
        return Refusal(403, "This preview does not answer other sites.")
    return None


def site_path(address: str) -> str | None:
    """Returns the path in the site that a request's address names, or None where it can name none.

    `address` is as sent: percent-encoded, without the query. It is decoded once. Addresses with hidden or
    empty segments, dot segments, backslashes, colons or control characters name nothing.
    """
    try:
        decoded = unquote(address, errors="strict")
    except UnicodeDecodeError:
        return None
    if not decoded.startswith("/") or any(_is_forbidden(letter) for letter in decoded):
        return None
    *folders, name = decoded[1:].split("/")
    if any(not folder or folder.startswith(".") for folder in folders) or name.startswith("."):
        return None
    return decoded[1:] + ("" if name else _INDEX)


def _is_forbidden(letter: str) -> bool:
    return letter in "\\:\x7f" or letter < " "
