"""What the preview adds to a page while serving it: the reload script, the panel of issues, a wider policy.

Nothing of this is ever written to the disk.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from site_builder.plan.addresses import NOT_FOUND
from site_builder.render.hosting import SECURITY_HEADERS
from site_builder.serve.builds import Preview
from site_builder.serve.requests import site_path

SCRIPT = "/livereload.js"
STYLE = "/livereload.css"
SOCKET = "/livereload"

_MISSING = 404
_HTML = "text/html; charset=utf-8"
_TYPES = {
    ".avif": "image/avif",
    ".bib": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".html": _HTML,
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_NAMELESS = {"_headers": _TYPES[".txt"], "_redirects": _TYPES[".txt"]}

_META = re.compile(r"<meta\b[^>]*>", re.IGNORECASE)
_IS_POLICY = re.compile(r"""\bhttp-equiv\s*=\s*["']?content-security-policy\b""", re.IGNORECASE)
_CONTENT = re.compile(r"""(\bcontent\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_ENDS = (re.compile(r"</head\s*>", re.IGNORECASE), re.compile(r"</body\s*>", re.IGNORECASE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response; `location` is where a redirect leads, relative to this server."""

    status: int
    media_type: str
    content: bytes = b""
    location: str = ""


def answer(preview: Preview, address: str, host: str) -> Answer:
    """Returns what a reader gets at an address: the last good file, and the issues where there are any.

    `address` is percent-encoded and without its query; `host` is the Host that the request named.
    """
    if not preview.site:
        page = _first_page(preview)
        return Answer(status=503, media_type=_HTML, content=_dressed(page, preview, host, rooted=False))
    path = site_path(address)
    if path is not None and path in preview.site:
        return _file(200, path, preview, host)
    if f"{path}/index.html" in preview.site:
        return Answer(status=302, media_type=_TYPES[".txt"], location=f"/{quote(str(path))}/")
    if NOT_FOUND in preview.site:
        return _file(_MISSING, NOT_FOUND, preview, host)
    return Answer(status=_MISSING, media_type=_TYPES[".txt"], content=b"There is no such page.\n")


def _file(status: int, path: str, preview: Preview, host: str) -> Answer:
    media_type = _media_type(path)
    content = preview.site[path]
    if media_type == _HTML:
        page = content.decode("utf-8", "surrogateescape")
        content = _dressed(page, preview, host, rooted=status == _MISSING)
    return Answer(status=status, media_type=media_type, content=content)


def _media_type(path: str) -> str:
    suffix = PurePosixPath(path).suffix.lower()
    return _TYPES.get(suffix) or _NAMELESS.get(path, "application/octet-stream")


def headers(host: str, status: int) -> Mapping[str, str]:
    """Returns the headers of a response: those of a static host, without what would outlive the preview."""
    kept = {name: value for name, value in SECURITY_HEADERS.items() if name != "Strict-Transport-Security"}
    policy = preview_policy(kept["Content-Security-Policy"], host, rooted=status == _MISSING)
    return {**kept, "Content-Security-Policy": policy, "Cache-Control": "no-store"}


def preview_policy(policy: str, host: str, *, rooted: bool) -> str:
    """Returns a content security policy that also lets the preview's script, style and socket through.

    A `rooted` page may also say that its links lead from the site's root.
    """
    rules = {words[0].lower(): words[1:] for part in policy.split(";") if (words := part.split())}
    for name, source in (("script-src", "'self'"), ("style-src", "'self'"), ("connect-src", f"ws://{host}")):
        given = next((rules[rule] for rule in (f"{name}-elem", name, "default-src") if rule in rules), None)
        if given is None:
            continue
        ruling = f"{name}-elem" if f"{name}-elem" in rules else name
        rules[ruling] = [*(word for word in given if word not in {"'none'", source}), source]
    if rooted and "base-uri" in rules:
        rules["base-uri"] = ["'self'"]
    return "; ".join(" ".join((name, *words)) for name, words in rules.items())


def _dressed(page: str, preview: Preview, host: str, *, rooted: bool) -> bytes:
    """The page with the reload script, and with the issues where there are any."""
    page = _META.sub(lambda found: _adapted(found[0], host, rooted=rooted), page)
    if rooted:
        # This page is shown at whatever address is missing: its links lead from the root.
        page = _HEAD.sub(lambda found: f'{found[0]}<base href="/">', page, count=1)
    style = f'<link rel="stylesheet" href="{STYLE}">' if preview.told else ""
    # The port is named because the script takes 35729 for granted where the address shows none.
    port = urlsplit(f"//{host}").port or 80
    options = f"port={port}&amp;mindelay=250&amp;maxdelay=2000&amp;state={preview.state}"
    page = _before_end(page, f'{style}<script src="{SCRIPT}?{options}" defer></script>')
    return _with_panel(page, preview).encode("utf-8", "surrogateescape")


def _adapted(meta: str, host: str, *, rooted: bool) -> str:
    if not _IS_POLICY.search(meta):
        return meta

    def adapted(found: re.Match[str]) -> str:
        policy = preview_policy(html.unescape(found[2][1:-1]), host, rooted=rooted)
        return f'{found[1]}"{html.escape(policy)}"'

    return _CONTENT.sub(adapted, meta)


def _before_end(page: str, added: str) -> str:
    for end in _ENDS:
        if found := end.search(page):
            return page[: found.start()] + added + page[found.start() :]
    return page + added


def _with_panel(page: str, preview: Preview) -> str:
    if not preview.told:
        return page
    if found := _BODY.search(page):
        return page[: found.end()] + _panel(preview) + page[found.end() :]
    return _panel(preview) + page


def _panel(preview: Preview) -> str:
    state = "This is still the last good page" if preview.site else "There is no good page yet"
    return (
        '<aside class="site-builder-preview" aria-label="Issues of the preview"><details open>'
        f"<summary><strong>{html.escape(preview.counted)}.</strong> {state}; "
        "a new one comes by itself once this is mended.</summary>"
        f'<pre tabindex="0">{html.escape(preview.told)}</pre></details></aside>'
    )


def _first_page(preview: Preview) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(preview.counted)}</title></head><body></body></html>"
    )
