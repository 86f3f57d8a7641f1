"""Requests that try to read what the preview does not show, or to listen where they must not."""

# In all of them PORT stands for the port that the server listens on.
HOSTS = (
    "", "*", "evil.example", "evil.example:PORT", "127.0.0.1", "localhost", "localhost:1",
    "localhost.:PORT", "localhost.evil.example:PORT", "127.0.0.1.nip.io:PORT", "127.1:PORT",
    "127.0.0.01:PORT", "0:PORT", "0.0.0.0:PORT", "0x7f000001:PORT", "2130706433:PORT", "127.0.0.2:PORT",
    "[::]:PORT", "[::ffff:127.0.0.1]:PORT", "[::1]", "::1:PORT", "127.0.0.1:PORT, evil.example",
    "127.0.0.1:PORT@evil.example", "x@127.0.0.1:PORT", "127.0.0.1:PORT/", "127.0.0.1:PORT#",
    "127.0.0.1:PORT.", "127.0.0.1:0PORT", "http://127.0.0.1:PORT", "lоcalhost:PORT",
    "localhost\xa0:PORT", "a" * 5_000,
)  # fmt: skip
PATHS = (
    "/../content/site.yaml", "/../../etc/passwd", "/%2e%2e/content/site.yaml",
    "/%2e%2e%2fcontent%2fsite.yaml", "/..%2fcontent/site.yaml", "/.%2e/content/site.yaml",
    "/%2e./content/site.yaml", "/a/../../content/site.yaml", "/%252e%252e/content/site.yaml",
    "/%c0%ae%c0%ae/content/site.yaml", "/..%c0%afcontent/site.yaml", "/..\\content\\site.yaml",
    "/..%5ccontent%5csite.yaml", "/%5c..%5ccontent", "/\\\\evil.example\\x", "/%5c%5cevil",
    "//evil.example/", "//evil.example/about.html", "///about.html", "/./about.html", "/about.html/.",
    "/about.html/..", "/about.html/", "/about.html%00", "/about.html%00.png", "/%00", "/about.html%0a",
    "/about.html%0d%0aX:%20y", "/about.html::$DATA", "/about.html:x", "/about.html%3a%3a%24DATA",
    "/about.html.", "/about.html%20", "/ABOUT.HTML", "/con", "/nul.html", "/C:/Windows/win.ini",
    "/c%3a/x", "/file:///etc/passwd", "/etc/passwd", "/proc/self/environ", "/content/site.yaml",
    "/content/", "/content/captures/kept.txt", "/themes/dossier/templates/base.html", "/themes/",
    "/public/", "/link.txt", "/content/link.txt", "/.git/config", "/.git/HEAD", "/.env", "/.ssh/id_rsa",
    "/.site-builder.json", "/.site-builder/", "/.well-known/x", "/a/.hidden/b", "/.", "/..", "/%2e",
    "/%ff%fe", "/%", "/%zz", "/%u002e%u002e/x", "/;/../x", "/about.html;.js", "/" + "a/" * 2_000,
    "/" + "%2e" * 2_000, "/livereload.js/../content", "/livereload/x", "/forcereload", "/debug",
    "/static/../x", "*", "about.html", "http://evil.example/about.html", "https://127.0.0.1/about.html",
    "evil.example:443",
)  # fmt: skip
METHODS = (
    "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "MKCOL", "MOVE", "LOCK",
    "BREW", "get", "GËT", "X" * 300,
)  # fmt: skip
HEADERS = (
    "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Sec-Fetch-Site: CROSS-SITE",
    "Sec-Fetch-Site: x", "Origin: https://evil.example", "Origin: null", "Origin: http://127.0.0.1",
    "Origin: http://localhost:1", "Origin: https://127.0.0.1:PORT",
    "Origin: http://127.0.0.1:PORT.evil.example", "Origin: file://",
    "Origin: http://127.0.0.1:PORT, https://evil.example", "Origin: http://user@127.0.0.1:PORT",
    "X: " + "a" * 100_000, "X" * 5_000 + ": a", "Content-Length: 99999999", "Content-Length: -1",
    "Content-Length: x", "Transfer-Encoding: chunked", "Transfer-Encoding: x", "Host: evil.example",
    "Expect: 100-continue", " folded: x", "no colon", "Cookie\x00: x", "Range: bytes=0-99999",
)  # fmt: skip
# The few that ask, in an odd way, for a page that everybody on this machine may read.
MAY_SUCCEED = {
    "X" * 5_000 + ": a",
    "Expect: 100-continue",
    "Range: bytes=0-99999",
    "Transfer-Encoding: chunked",
    " folded: x",
}


def asked(
    method: str = "GET", path: str = "/about.html", host: str = "127.0.0.1:PORT", header: str = ""
) -> str:
    """A request as it goes over the wire."""
    lines = (f"{method} {path} HTTP/1.1", f"Host: {host}", *([header] if header else []), "Connection: close")
    return "\r\n".join((*lines, "", ""))


REQUESTS = (
    *(asked(host=host) for host in HOSTS),
    *(asked(path=path) for path in PATHS),
    *(asked(method=method) for method in METHODS),
    *(asked(header=header) for header in HEADERS if header not in MAY_SUCCEED),
    "GET /about.html HTTP/1.1\r\n\r\n",
    "GET /about.html HTTP/1.0\r\n\r\n",
    "GET /about.html HTTP/9.9\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET  HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
)  # fmt: skip
# Frames of a socket: the mask is four noughts, so that what follows it is what is meant.
MASK = b"\x00\x00\x00\x00"
FRAMES = (
    b"\x81\x02{}",
    *(bytes((first, 0x80)) + MASK for first in (0x83, 0x8B, 0xF1, 0x09, 0x80)),
    b"\x89\xfe\x00\x7e" + MASK + b"a" * 126,
    b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff" + MASK,
    b"\x81\x84" + MASK + b"\xff\xfe\xff\xfe",
    b"\x81\xfe\xff\xff" + MASK + b"[" * 65_535,
    b"\x88\x81" + MASK + b"\x01",
    b"\x00",
    (b"\x01\x82" + MASK + b"{}") * 9_000,
)
