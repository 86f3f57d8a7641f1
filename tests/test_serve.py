"""The preview: what it adds to a page, whom it refuses, and that no save is lost."""

import asyncio
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from site_builder.serve import watching
from site_builder.serve.builds import NOTHING, Preview, rebuild
from site_builder.serve.pages import answer, headers, preview_policy
from site_builder.serve.requests import Asked, refusal, site_path

TESTS = Path(__file__).resolve().parent
SOUND = TESTS / "broken_sites" / "base"
THEME = TESTS.parent / "themes" / "dossier"
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'"
HOST = "127.0.0.1:8000"
PATIENCE = 20.0
expect.set_options(timeout=PATIENCE * 1000)

ABOUT = "content/pages/about.md"
BROKEN = b"---\ntitle: About\nwrong_field: 1\n---\nText\n"


def about(text: str) -> bytes:
    """A sound page that says the text."""
    return f"---\ntitle: About\n---\n{text}\n".encode()


def lay_project(folder: Path) -> Path:
    """A copy of the sound dossier, with the theme as its own so that the theme can be edited."""
    project = folder / "secret-folder-name" / "dossier"
    shutil.copytree(SOUND, project)
    shutil.copytree(THEME, project / "themes" / "dossier")
    return project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of the test's own."""
    return lay_project(tmp_path)


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """A response that has been read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The real command, running over a project."""

    project: Path
    port: int
    process: subprocess.Popen[bytes]
    output: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def told(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def builds(self) -> int:
        return sum(line.startswith(("Built", "Rebuilt", "Not rebuilt")) for line in self.told().splitlines())

    def save(self, path: str, content: bytes) -> None:
        (self.project / path).write_bytes(content)

    def ask(self, path: str, method: str = "GET", sent: Mapping[str, str] | None = None) -> Got:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": f"127.0.0.1:{self.port}", **(sent or {})}.items():
                connection.putheader(name, value)
            connection.endheaders()
            with connection.getresponse() as response:
                return Got(status=response.status, headers=dict(response.getheaders()), body=response.read())

    def text(self, path: str = "/about.html") -> str:
        return self.ask(path).body.decode()


def wait_for(holds: Callable[[], bool], what: str) -> float:
    """Wait until something holds and return the seconds that it took."""
    start = time.perf_counter()
    while not holds():
        assert time.perf_counter() - start < PATIENCE, f"waited in vain: {what}"
        time.sleep(0.01)
    return time.perf_counter() - start


@contextmanager
def serving(project: Path, port: int = 0) -> Iterator[Running]:
    """Run the command until the block ends, then end it as Ctrl-C does."""
    port = port or free_port()
    output = project.parent / f"output-{time.monotonic_ns()}.txt"
    command = [sys.executable, "-m", "site_builder", "serve", "-C", str(project), "--port", str(port)]
    with output.open("wb") as target:
        process = subprocess.Popen(command, stdout=target, stderr=subprocess.STDOUT)
    running = Running(project=project, port=port, process=process, output=output)
    try:
        wait_for(lambda: running.builds() > 0 or process.poll() is not None, "the first build")
        assert process.poll() is None, running.told()
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all tests that leave its project as it was."""
    with serving(lay_project(tmp_path_factory.mktemp("standing"))) as found:
        yield found


@pytest.fixture
def running(standing: Running) -> Iterator[Running]:
    """The same server for a test that edits the project; it is put back afterwards."""
    files, state = bytes_of(standing.project), state_shown(standing)
    yield standing
    for path in standing.project.rglob("*"):
        if path.is_symlink() or (path.is_file() and path not in files):
            path.unlink()
    for path, content in files.items():
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    wait_for(lambda: state == state_shown(standing), "the project as it was")


def bytes_of(folder: Path) -> dict[Path, bytes]:
    """Every file of a folder with its bytes."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- Judging a request --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked, status",
    [
        (Asked(method="GET", host="127.0.0.1:8000"), None),
        (Asked(method="HEAD", host="localhost:8000"), None),
        (Asked(method="GET", host="LOCALHOST:8000"), None),
        (Asked(method="GET", host="[::1]:8000"), None),
        (Asked(method="GET", host=HOST, fetch_site="none"), None),
        (Asked(method="GET", host=HOST, fetch_site="same-origin"), None),
        (Asked(method="GET", host=HOST, origin="http://localhost:8000", socket=True), None),
        (Asked(method="GET", host=""), 421),
        (Asked(method="GET", host="evil.example"), 421),
        (Asked(method="GET", host="evil.example:8000"), 421),
        (Asked(method="GET", host="localhost"), 421),
        (Asked(method="GET", host="localhost:8001"), 421),
        (Asked(method="GET", host="localhost.:8000"), 421),
        (Asked(method="GET", host="127.0.0.1:8000,evil.example"), 421),
        (Asked(method="GET", host="127.0.0.1:8000.evil.example"), 421),
        (Asked(method="GET", host="0.0.0.0:8000"), 421),
        (Asked(method="POST", host=HOST), 405),
        (Asked(method="DELETE", host=HOST), 405),
        (Asked(method="GET", host=HOST, fetch_site="cross-site"), 403),
        (Asked(method="GET", host=HOST, fetch_site="same-site"), 403),
        (Asked(method="GET", host=HOST, origin="https://evil.example"), 403),
        (Asked(method="GET", host=HOST, socket=True), 403),
        (Asked(method="GET", host=HOST, origin="null", socket=True), 403),
        (Asked(method="GET", host=HOST, origin="http://localhost:3000", socket=True), 403),
        (Asked(method="GET", host=HOST, origin="https://127.0.0.1:8000", socket=True), 403),
        (Asked(method="GET", host="evil.example:8000", origin="http://evil.example:8000", socket=True), 421),
    ],
)
def test_a_request_is_judged(asked: Asked, status: int | None) -> None:
    """Only a reading request that names this machine and comes from no other site is answered."""
    found = refusal(asked, 8000)
    assert status == (found and found.status)


def test_the_port_of_the_web_need_not_be_named() -> None:
    """On port 80 browsers leave the port out of the Host."""
    assert None is refusal(Asked(method="GET", host="localhost"), 80)


@pytest.mark.parametrize(
    "address, path",
    [
        ("/", "index.html"),
        ("/articles/", "articles/index.html"),
        ("/about.html", "about.html"),
        ("/%61bout.html", "about.html"),
        ("/%d0%bc.html", "м.html"),
        ("", None),
        ("about.html", None),
        ("http://evil.example/", None),
        ("//evil.example/about.html", None),
        ("/../about.html", None),
        ("/a/./b.html", None),
        ("/%2e%2e/about.html", None),
        ("/..%2fabout.html", None),
        ("/%252e%252e/about.html", "%2e%2e/about.html"),
        ("/a/..%5cabout.html", None),
        ("/a\\b", None),
        ("/about.html%00", None),
        ("/about.html%0d%0aSet-Cookie:a", None),
        ("/about.html::$DATA", None),
        ("/.git/config", None),
        ("/.site-builder.json", None),
        ("/a/.hidden", None),
        ("/%ff", None),
    ],
)
def test_an_address_names_a_file_or_nothing(address: str, path: str | None) -> None:
    """An address is decoded once; whatever could lead elsewhere names nothing."""
    assert path == site_path(address)


# --- What is added to a page --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "policy, adapted",
    [
        (
            "default-src 'none'; style-src 'self'",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src ws://127.0.0.1:8000",
        ),
        ("script-src 'none'", "script-src 'self'"),
        ("script-src 'sha256-a'; connect-src 'self'", "script-src 'sha256-a' 'self'; connect-src 'self' ws://127.0.0.1:8000"),
        ("img-src 'self'", "img-src 'self'"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_policy_lets_the_preview_through_and_nothing_else(policy: str, adapted: str) -> None:
    """Script, style and socket of the preview are added where they would be refused."""
    assert adapted == preview_policy(policy, HOST, rooted=False)


def previewed(page: str, told: str = "", counted: str = "") -> Preview:
    """A preview of a site of one page."""
    site = {"index.html": page.encode(), "404.html": page.encode()}
    return Preview(site=site, told=told, counted=counted, state="s1")


PAGE = (
    '<!doctype html><html><head><meta http-equiv="Content-Security-Policy" '
    'content="default-src &#39;none&#39;"><title>T</title></head><body class=a><p>Kept</p></body></html>'
)


def test_a_page_gets_the_script_and_a_policy_that_allows_it() -> None:
    """The script is an external one of the same origin; the policy's tag is adapted to it."""
    assert (
        '<!doctype html><html><head><meta http-equiv="Content-Security-Policy" '
        'content="default-src &#x27;none&#x27;; script-src &#x27;self&#x27;; style-src &#x27;self&#x27;; '
        'connect-src ws://127.0.0.1:8000"><title>T</title>'
        '<script src="/livereload.js?port=8000&amp;mindelay=250&amp;maxdelay=2000&amp;state=s1" '
        "defer></script></head><body class=a><p>Kept</p></body></html>"
    ) == answer(previewed(PAGE), "/", HOST).content.decode()


@pytest.mark.parametrize("page", ["<p>a", "<body><p>a</body>", "<head></head>" + "x" * 100_000])
def test_any_page_gets_the_script_once(page: str) -> None:
    """A page without head or body gets the script too, and a page of any length."""
    assert 1 == answer(previewed(page), "/", HOST).content.count(b"<script")


def test_what_is_no_page_is_served_as_it_is() -> None:
    """Styles, tables and images keep their bytes."""
    content = b"</head>\xff"
    found = answer(Preview(site={"a.css": content, "t.csv": content}, told="x", state="s1"), "/a.css", HOST)
    assert (200, "text/css; charset=utf-8", content) == (found.status, found.media_type, found.content)


def test_issues_are_shown_as_text() -> None:
    """What the author wrote cannot become a part of the page by standing in an issue."""
    preview = previewed(PAGE, told="</pre><script>alert(1)</script>", counted="1 error")
    page = answer(preview, "/", HOST).content.decode()
    assert "&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<p>Kept</p>" in page


def test_a_missing_page_shows_the_sites_own_with_links_from_the_root() -> None:
    """404.html stands at any depth, so its links lead from the root."""
    found = answer(previewed(PAGE), "/a/b/c", HOST)
    assert 404 == found.status
    assert b'<head><base href="/">' in found.content


def test_a_folder_without_its_slash_leads_to_the_folder() -> None:
    """Relative links of an index would lead astray without the slash."""
    site = {"a b/index.html": b"x"}
    assert "/a%20b/" == answer(Preview(site=site, state="s1"), "/a%20b", HOST).location


def test_headers_are_those_of_a_host_without_what_lasts() -> None:
    """A preview must not teach the browser that this machine speaks TLS only, nor be kept."""
    found = headers(HOST, 200)
    assert "Strict-Transport-Security" not in found
    assert ("no-store", "nosniff") == (found["Cache-Control"], found["X-Content-Type-Options"])
    assert "script-src 'self'" in found["Content-Security-Policy"]


# --- Building -----------------------------------------------------------------------------------------------


def test_a_broken_dossier_keeps_the_last_good_site(project: Path) -> None:
    """A mistake changes the issues and the state, and not one byte of the site."""
    good = rebuild(project, NOTHING).preview
    (project / ABOUT).write_bytes(BROKEN)
    broken = rebuild(project, good)
    assert good.site == broken.preview.site
    assert "content/pages/about.md:3:1" in broken.preview.told
    assert good.state != broken.preview.state
    assert "Not rebuilt, 1 error: the last good site stays up" == broken.line


def test_the_same_dossier_has_the_same_state(project: Path) -> None:
    """A page is reloaded where something differs, and only there."""
    first = rebuild(project, NOTHING)
    again = rebuild(project, first.preview)
    assert first.preview.state == again.preview.state
    assert again.line.startswith("Rebuilt, nothing changed, in ")


@pytest.mark.parametrize(
    "template, line, problem",
    [
        ("<p>\n{% if %}\n", 2, "expected an expression, got 'end of statement block'"),
        ("<p>\n\n{{ page.no_such_thing }}\n", 3, "there is no 'no_such_thing' in the view"),
        ("{% extends 'no-such-file.html' %}", 1, "there is no template 'no-such-file.html'"),
    ],
)
def test_a_failing_template_is_told_with_its_line(
    project: Path, template: str, line: int, problem: str
) -> None:
    """The author of a theme learns which line of which template fails."""
    good = rebuild(project, NOTHING).preview
    (project / "themes/dossier/templates/pages/region.html").write_text(template, encoding="utf-8")
    told = rebuild(project, good).preview.told
    assert f"themes/dossier/templates/pages/region.html:{line}:1: error[bad-template]: " in told
    assert problem in told


def test_an_empty_theme_file_and_a_strange_encoding_are_told(project: Path) -> None:
    """A template that is not UTF-8 is an issue, not the end of the preview."""
    (project / "themes/dossier/templates/base.html").write_bytes(b"\xff\xfe")
    assert (
        "themes/dossier/templates/base.html:1:1: error[encoding]: this is not UTF-8"
        in rebuild(project, NOTHING).preview.told
    )


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError("deep"), MemoryError()])
def test_a_fault_of_ours_keeps_the_last_good_site(
    project: Path, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong in a build, the preview lives and says where."""
    good = rebuild(project, NOTHING).preview

    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr("site_builder.serve.builds.check", fail)
    broken = rebuild(project, good).preview
    assert good.site == broken.site
    assert f"error[fault]: {type(error).__name__} at builds.py:" in broken.told


def test_a_file_that_cannot_be_read_is_told_without_its_folder(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No page shows where on the author's disk the dossier lies."""

    def fail(_: object) -> None:
        raise PermissionError(13, "Permission denied", str(project.resolve() / "content" / "site.yaml"))

    monkeypatch.setattr("site_builder.serve.builds.check", fail)
    assert "content/site.yaml:1:1: error[unreadable]: cannot be read: Permission denied\n" == (
        rebuild(project, NOTHING).preview.told
    )


# --- Watching -----------------------------------------------------------------------------------------------


def test_a_refusal_to_watch_is_told_and_the_files_are_compared(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system has no more watches, the author is told and saves are still taken up."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(watching, "watch", refuse)
    told: list[str] = []
    found = watching.changes(project, threading.Event(), told.append)
    assert [frozenset(), frozenset()] == [next(found), next(found)]
    assert [
        "The system refuses to watch the files (too many watches?): they are compared twice a second."
    ] == told


def test_a_snapshot_sees_a_save_with_an_old_time(project: Path) -> None:
    """A file of the same size with its time put back is seen: the disk's own time of change cannot be set."""
    path = project / ABOUT
    path.write_bytes(about("one"))
    before = watching.snapshot(project)
    times = path.stat()
    time.sleep(0.05)
    path.write_bytes(about("two"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert {ABOUT} == {name for name, mark in watching.snapshot(project).items() if before[name] != mark}


def test_a_snapshot_leaves_out_what_editors_leave(project: Path) -> None:
    """Swap files, locks and back-ups make no build."""
    before = watching.snapshot(project)
    for name in (".about.md.swp", "about.md~", "#about.md#", ".#about.md", "about.md.tmp"):
        (project / "content/pages" / name).write_text("x", encoding="utf-8")
    assert before == watching.snapshot(project)


# --- The command: refusals ----------------------------------------------------------------------------------


def test_it_listens_on_the_loopback_alone(standing: Running) -> None:
    """Neither another address of this machine nor IPv6 is answered."""
    for address in ("127.0.0.2", "::1"):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with closing(socket.socket(family)) as probe:
            probe.settimeout(2)
            assert 0 != probe.connect_ex((address, standing.port))


@pytest.mark.parametrize(
    "path, method, sent, status",
    [
        ("/", "GET", {}, 200),
        ("/", "HEAD", {}, 200),
        ("/articles/", "GET", {}, 200),
        ("/articles", "GET", {}, 302),
        ("/livereload.js", "GET", {}, 200),
        ("/livereload.css", "GET", {}, 200),
        ("/about.html?x=1", "GET", {}, 200),
        ("/", "GET", {"Host": "evil.example"}, 421),
        ("/livereload.js", "GET", {"Host": "evil.example"}, 421),
        ("/livereload", "GET", {"Host": "evil.example"}, 421),
        ("/no-such-page", "GET", {"Host": "evil.example"}, 421),
        ("/", "GET", {"Host": "localhost.:80"}, 421),
        ("/", "POST", {}, 405),
        ("/", "PUT", {}, 405),
        ("/", "OPTIONS", {}, 405),
        ("/", "BREW", {}, 405),
        ("/", "GET", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("/livereload.js", "GET", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("/", "GET", {"Origin": "https://evil.example"}, 403),
        ("/livereload", "GET", {}, 403),
        ("/forcereload", "GET", {}, 404),
        ("/.site-builder.json", "GET", {}, 404),
        ("/../content/site.yaml", "GET", {}, 404),
        ("/%2e%2e/content/site.yaml", "GET", {}, 404),
        ("/..%5ccontent%5csite.yaml", "GET", {}, 404),
        ("/content/site.yaml", "GET", {}, 404),
        ("/about.html%00", "GET", {}, 404),
        ("/about.html::$DATA", "GET", {}, 404),
        ("//evil.example/%2e%2e", "GET", {}, 404),
        ("/%ff", "GET", {}, 404),
        ("http://evil.example/", "GET", {}, 404),
        ("/" + "a" * 8_000, "GET", {}, 404),
    ],
)  # fmt: skip
def test_requests_are_answered_or_refused(
    standing: Running, path: str, method: str, sent: Mapping[str, str], status: int
) -> None:
    """Every answer, also a refusal, must not be guessed at, kept or framed; none names the disk."""
    response = standing.ask(path, method, sent)
    assert status == response.status
    assert ("nosniff", "no-store", "DENY") == tuple(
        response.headers[name] for name in ("X-Content-Type-Options", "Cache-Control", "X-Frame-Options")
    )
    assert "Server" not in response.headers
    assert b"secret-folder-name" not in response.body
    assert b"bridge editors" not in response.body or status in {200, 404}


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /\x00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999\r\n\r\n",
    ],
)
def test_what_is_hardly_a_request_gets_no_page(standing: Running, raw: bytes) -> None:
    """A request without a Host, with two, or that is none at all ends without a page or traceback."""
    with closing(socket.create_connection(("127.0.0.1", standing.port), timeout=5)) as connection:
        got = b""
        # Who is sent too much may hang up amid it.
        with suppress(OSError):
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            while part := connection.recv(65536):
                got += part
    assert got.split(b" ")[1:2] in ([], [b"400"], [b"413"], [b"421"], [b"431"])
    assert "fault" not in standing.told()


def test_a_site_by_the_machine_s_own_names_is_the_same(standing: Running) -> None:
    """`localhost` works like the address, and its policy names the socket under that name."""
    host = f"localhost:{standing.port}"
    response = standing.ask("/", sent={"Host": host})
    assert 200 == response.status
    assert f"connect-src 'self' ws://{host};" in response.headers["Content-Security-Policy"]


# --- The command: the socket --------------------------------------------------------------------------------


HELLO = json.dumps({"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]})


def info(state: str) -> str:
    """What livereload.js says after the greeting, with the state that its page shows."""
    return json.dumps({"command": "info", "plugins": {"state": {"state": state}}, "url": "http://x/"})


@asynccontextmanager
async def opened(
    port: int, origin: str | None, host: str | None = None
) -> AsyncIterator[WebSocketClientConnection]:
    """A socket that says where it comes from; closed at the end of the block."""
    sent = {} if origin is None else {"Origin": origin}
    if host is not None:
        sent["Host"] = host
    connection = await websocket_connect(HTTPRequest(f"ws://127.0.0.1:{port}/livereload", headers=sent))
    try:
        yield connection
    finally:
        connection.close()
        while await heard(connection) is not None:
            pass


async def heard(connection: WebSocketClientConnection) -> str | bytes | None:
    """The next message, or None where the socket was closed."""
    async with asyncio.timeout(PATIENCE):
        message = await connection.read_message()
    if message is None:
        # So that whoever asks again learns it again.
        connection.read_queue.put_nowait(None)
    return message


@pytest.mark.parametrize(
    "origin, host, status",
    [
        ("https://evil.example", None, 403),
        ("null", None, 403),
        ("http://127.0.0.1:1", None, 403),
        ("http://localhost", None, 403),
        (None, None, 403),
        ("http://evil.example", "evil.example", 421),
    ],
)
def test_the_socket_is_refused_to_others(
    standing: Running, origin: str | None, host: str | None, status: int
) -> None:
    """A page of another site, of another port or of none cannot listen, nor can one by a foreign name."""

    async def attempt() -> int:
        with pytest.raises(HTTPClientError) as refused:
            async with opened(standing.port, origin, host):
                pass
        return int(refused.value.code)

    assert status == asyncio.run(attempt())


@pytest.mark.parametrize(
    "message", ["", "x", "[]", "{}", '{"command": 1}', "[" * 4_000, "\ud7ff", b"\xff\xfe", b"\x00" * 3_000]
)
def test_a_malformed_message_closes_the_socket(standing: Running, message: str | bytes) -> None:
    """What is no greeting ends the connection quietly."""

    async def attempt() -> str | bytes | None:
        async with opened(standing.port, standing.address) as connection:
            await connection.write_message(message, binary=isinstance(message, bytes))
            return await heard(connection)

    assert None is asyncio.run(attempt())
    assert "fault" not in standing.told()


def test_a_long_message_closes_the_socket(standing: Running) -> None:
    """Nothing that a page needs to say is longer than four thousand bytes."""

    async def attempt() -> str | bytes | None:
        async with opened(standing.port, standing.address) as connection:
            await connection.write_message("x" * 5_000)
            return await heard(connection)

    assert None is asyncio.run(attempt())


async def greet(connection: WebSocketClientConnection, running: Running) -> None:
    """Say what livereload.js says, and wait until the server listens."""
    await connection.write_message(info(state_shown(running)))
    # Messages are taken in their order: once the greeting is answered, the first one is settled.
    await connection.write_message(HELLO)
    await heard(connection)


def state_shown(running: Running) -> str:
    """The state that a page names."""
    return running.text().partition("state=")[2].partition('"')[0]


def test_a_reload_names_no_file(running: Running) -> None:
    """A page is told to reload, not what the author is working on."""

    async def attempt() -> object:
        async with opened(running.port, running.address) as connection:
            await greet(connection, running)
            running.save(ABOUT, about("A secret draft"))
            return json.loads(await heard(connection) or "")

    assert {"command": "reload", "path": "*", "liveCSS": False, "liveImg": True} == asyncio.run(attempt())


def test_saves_that_follow_each_other_all_reload(running: Running) -> None:
    """Livereload's own three seconds of deafness after a reload are gone."""

    async def attempt() -> int:
        reloads = 0
        async with opened(running.port, running.address) as connection:
            await greet(connection, running)
            for number in range(4):
                running.save(ABOUT, about(f"Save {number}"))
                reloads += await heard(connection) is not None
                assert f"Save {number}" in running.text()
        return reloads

    assert 4 == asyncio.run(attempt())


def test_a_page_that_is_out_of_date_is_reloaded_as_it_connects(standing: Running) -> None:
    """A save that ended between loading a page and connecting its socket is not lost on that page."""

    async def attempt() -> object:
        async with opened(standing.port, standing.address) as connection:
            await connection.write_message(info("s0123456789abcdef"))
            return json.loads(await heard(connection) or "")

    assert {"command": "reload", "path": "*", "liveCSS": False, "liveImg": False} == asyncio.run(attempt())


# --- The command: saving ------------------------------------------------------------------------------------


def in_place(path: Path, content: bytes) -> None:
    """Overwrites the file, as nano does."""
    with path.open("r+b") as target:
        target.write(content)
        target.truncate()


def truncate_then_write(path: Path, content: bytes) -> None:
    """Empties the file, then fills it, as VS Code does."""
    path.write_bytes(b"")
    time.sleep(0.1)
    path.write_bytes(content)


def temp_then_rename(path: Path, content: bytes) -> None:
    """Writes beside the file and renames, as Obsidian and most synchronisers do."""
    temp = path.with_name("." + path.name + ".tmp")
    temp.write_bytes(content)
    temp.replace(path)


def backup_then_rename(path: Path, content: bytes) -> None:
    """Moves the old file away first."""
    path.replace(path.with_name(path.name + "~"))
    temp_then_rename(path, content)


def like_vim(path: Path, content: bytes) -> None:
    """A swap file, a probe of the folder, a back-up by renaming."""
    swap = path.with_name(f".{path.name}.swp")
    swap.write_bytes(b"b0VIM")
    path.with_name("4913").write_bytes(b"")
    path.with_name("4913").unlink()
    path.replace(path.with_name(path.name + "~"))
    path.write_bytes(content)
    path.with_name(path.name + "~").unlink()
    swap.unlink()


def like_emacs(path: Path, content: bytes) -> None:
    """A lock that is a dangling link, an auto-save file."""
    lock = path.with_name(f".#{path.name}")
    lock.symlink_to("someone@somewhere.1:2")
    path.with_name(f"#{path.name}#").write_bytes(content)
    path.write_bytes(content)
    path.with_name(f"#{path.name}#").unlink()
    lock.unlink()


def like_gedit(path: Path, content: bytes) -> None:
    """A hidden stream, a back-up by copying."""
    temp = path.with_name(".goutputstream-ABCDEF")
    temp.write_bytes(content)
    shutil.copy2(path, path.with_name(path.name + "~"))
    temp.replace(path)


def like_helix(path: Path, content: bytes) -> None:
    """Renames the old file, writes a new one, removes the old."""
    kept = path.with_name(path.name + ".bck.tmp")
    path.rename(kept)
    path.write_bytes(content)
    kept.unlink()


def in_small_pieces(path: Path, content: bytes) -> None:
    """As a slow network disk does."""
    with path.open("wb", buffering=0) as target:
        for start in range(0, len(content), 16):
            target.write(content[start : start + 16])
            time.sleep(0.005)


def delete_then_create(path: Path, content: bytes) -> None:
    """As git checkout does."""
    path.unlink()
    time.sleep(0.2)
    path.write_bytes(content)


def with_an_old_time(path: Path, content: bytes) -> None:
    """As a synchroniser does that keeps times."""
    temp = path.with_name(".syncing")
    temp.write_bytes(content)
    os.utime(temp, (1_000_000_000, 1_000_000_000))
    temp.replace(path)


def folder_taken_away_and_back(path: Path, content: bytes) -> None:
    """As git does when it changes to a commit without the folder and back."""
    root = path.parents[1]
    aside = root.with_name("aside")
    root.rename(aside)
    time.sleep(0.2)
    shutil.copytree(aside, root)
    shutil.rmtree(aside)
    path.write_bytes(content)


SAVES = (
    in_place,
    truncate_then_write,
    temp_then_rename,
    backup_then_rename,
    like_vim,
    like_emacs,
    like_gedit,
    like_helix,
    in_small_pieces,
    delete_then_create,
    with_an_old_time,
    folder_taken_away_and_back,
)


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_no_way_of_saving_is_lost(running: Running, save: Callable[[Path, bytes], None]) -> None:
    """However an editor saves, the last save shows; twice, because watches of files die at the first."""
    for number in range(2):
        text = f"Saved as number {number}"
        save(running.project / ABOUT, about(text))
        wait_for(lambda text=text: text in running.text(), text)  # type: ignore[misc]


def test_a_burst_makes_two_builds_at_most(running: Running) -> None:
    """A thousand files written at once are one event to the author, and the last of them shows."""
    before = running.builds()
    for number in range(1_000):
        text = f"type: webpage\ntitle: Burst {number}\nlanguage: en\nissued: 2021\n"
        running.save(f"content/sources/burst-{number}.yaml", text.encode())
    wait_for(lambda: "Burst 999" in running.text("/sources/burst-999.html"), "the last file")
    time.sleep(3)
    assert running.builds() - before in {1, 2}


def test_saves_during_builds_end_with_the_last(running: Running) -> None:
    """Whatever falls between the beginning and the end of a build makes another one."""
    chance = random.Random(7)  # noqa: S311  # no secret: the same saves in every run
    for number in range(40):
        running.save(ABOUT, about(f"Interleaved {number}"))
        time.sleep(chance.random() * 0.15)
    wait_for(lambda: "Interleaved 39" in running.text(), "the last save")
    clean = rebuild(running.project, NOTHING).preview
    wait_for(lambda: state_shown(running) == clean.state, "the same site as a clean build")


def test_fifty_broken_saves_are_survived(running: Running) -> None:
    """The last good page stays up through every kind of mistake, and the mended one takes its place."""
    running.save(ABOUT, about("Good text"))
    wait_for(lambda: "Good text" in running.text(), "the good text")
    for number in range(50):
        running.save(ABOUT, BROKEN + bytes([number + 128]) * (number % 2))
        time.sleep(0.02)
    wait_for(lambda: "about.md" in running.text("/index.html").partition("<pre")[2], "the issue")
    assert "Good text" in running.text()
    running.save(ABOUT, about("Mended text"))
    wait_for(lambda: "Mended text" in running.text(), "the mended text")
    assert '<aside class="site-builder-preview' not in running.text()


def test_a_vanished_dossier_is_survived(running: Running) -> None:
    """With content/ gone the last good site stays up; when it is back, it is followed again."""
    content = running.project / "content"
    aside = running.project / "aside"
    content.rename(aside)
    wait_for(lambda: "there is no folder content/" in running.text(), "the issue")
    assert "This dossier is invented." in running.text()
    aside.rename(content)
    wait_for(lambda: "site-builder-preview" not in running.text(), "the page")
    running.save(ABOUT, about("After the return"))
    wait_for(lambda: "After the return" in running.text(), "the next save")


def test_a_loop_of_links_is_survived(running: Running) -> None:
    """A link to the folder above is told as an issue, and is not followed for ever."""
    loop = running.project / "content" / "pages" / "loop"
    loop.symlink_to("..")
    wait_for(lambda: "a link that leads out of the project, to a folder" in running.text(), "the issue")
    loop.unlink()
    wait_for(lambda: "site-builder-preview" not in running.text(), "the page")


def test_a_theme_that_comes_later_is_followed(tmp_path: Path) -> None:
    """A project's own themes/ folder may appear while the preview runs."""
    project = tmp_path / "dossier"
    shutil.copytree(SOUND, project)
    with serving(project) as running:
        shutil.copytree(THEME, project / "themes" / "dossier")
        template = project / "themes/dossier/templates/pages/prose.html"
        changed = template.read_text(encoding="utf-8").replace("{% endblock %}", "A late theme{% endblock %}")
        template.write_text(changed, encoding="utf-8")
        wait_for(lambda: "A late theme" in running.text(), "the project's theme")


# --- The command: its manners -------------------------------------------------------------------------------


def test_the_project_is_left_as_it_is(project: Path) -> None:
    """The preview writes nothing: neither into public/ nor anywhere else in the project."""
    public = project / "public"
    public.mkdir()
    (public / "index.html").write_text("published", encoding="utf-8")
    (project / ABOUT).write_bytes(about("Final"))
    before = bytes_of(project)
    with serving(project) as running:
        running.save(ABOUT, BROKEN)
        wait_for(lambda: "about.md:3" in running.text(), "the issue")
        running.save(ABOUT, about("Final"))
        wait_for(lambda: "site-builder-preview" not in running.text(), "the page")
    assert before == bytes_of(project)


def test_it_ends_cleanly_and_says_little(project: Path) -> None:
    """Ctrl-C ends with code 0; the terminal shows the address, a line for each save, and no traceback."""
    with serving(project) as running:
        running.save(ABOUT, about("Another text"))
        wait_for(lambda: running.builds() == 2, "the second build")
    lines = running.told().splitlines()
    assert 0 == running.process.returncode
    assert 4 == len(lines), lines
    assert f"Preview at {running.address}/ for this machine alone. Ctrl-C stops it." == lines[0]
    assert [["Built"], ["Rebuilt,"], ["Stopped."]] == [line.split()[:1] for line in lines[1:]]


def test_issues_are_told_on_the_terminal(running: Running) -> None:
    """The terminal shows what the page shows: place, excerpt and repair."""
    running.save(ABOUT, BROKEN)
    wait_for(lambda: "content/pages/about.md:3:1: error[" in running.told(), "the broken build")
    assert "    3 | wrong_field: 1" in running.told()
    assert "secret-folder-name" not in running.told()


def test_a_taken_port_is_told_with_another(project: Path) -> None:
    """The message names the next port; the code is that of the machine's failures."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "site_builder", "serve", "-C", str(project), "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert 3 == done.returncode
    repair = f"  try another one: site-builder serve --port {port + 1}"
    assert [f"error: port {port} is taken by another program", repair] == done.stderr.splitlines()


# --- In a browser -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tabs."""
    path = os.environ.get("SITE_BUILDER_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        pytest.skip("there is no Chromium: name one in SITE_BUILDER_CHROMIUM")
    with sync_playwright() as playwright:
        opened_browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened_browser
        opened_browser.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab that fails the test if the browser complains of anything, such as a policy that is violated."""
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.set_default_timeout(PATIENCE * 1000)
    yield page
    page.close()
    # A page without a site has the status 503, and a preview may be stopped, also amid an answer.
    stopped = ("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE")
    expected = ("503", *stopped, "WebSocket connection to")
    loud = [said for said in complaints if said.startswith(("error", "warning"))]
    assert [] == [said for said in loud if not any(words in said for words in expected)]


def connected(tab: Page, address: str) -> None:
    """Open a page and wait until its socket listens."""
    with tab.expect_websocket() as found:
        tab.goto(address)
    socket_of_tab = found.value
    if not socket_of_tab.is_closed():
        tab.wait_for_function("() => window.LiveReload && window.LiveReload.connector.protocol === 7")


EDITS = (
    (ABOUT, "This dossier is invented.", "Edited in Markdown.", "Edited in Markdown."),
    ("content/site.yaml", "Bridges of the Ost", "Bridges edited in YAML", "Bridges edited in YAML"),
    (
        "themes/dossier/templates/base.html",
        "</body>",
        "<p>Edited in a template</p></body>",
        "Edited in a template",
    ),
)


@pytest.mark.browser
@pytest.mark.parametrize("path, old, new, shown", EDITS, ids=[edit[0] for edit in EDITS])
def test_a_save_shows_in_the_tab(
    running: Running, tab: Page, path: str, old: str, new: str, shown: str
) -> None:
    """Text, data and templates: what is saved shows in the open tab without touching it."""
    connected(tab, f"{running.address}/about.html")
    before = (running.project / path).read_text(encoding="utf-8")
    running.save(path, before.replace(old, new).encode())
    expect(tab.locator("body")).to_contain_text(shown)


@pytest.mark.browser
def test_a_saved_style_shows_in_the_tab(running: Running, tab: Page) -> None:
    """A style sheet of the theme is followed like text."""
    connected(tab, f"{running.address}/about.html")
    style = running.project / "themes/dossier/styles/base.css"
    running.save("themes/dossier/styles/base.css", style.read_bytes() + b"\nh1 { letter-spacing: 7px; }\n")
    expect(tab.locator("h1").first).to_have_css("letter-spacing", "7px")


@pytest.mark.browser
def test_a_mistake_shows_in_the_tab_and_goes(running: Running, tab: Page) -> None:
    """The issue stands over the last good page with its line; a mended save brings the page back."""
    connected(tab, f"{running.address}/about.html")
    running.save(ABOUT, BROKEN)
    panel = tab.locator(".site-builder-preview")
    expect(panel).to_contain_text("1 error. This is still the last good page")
    expect(panel).to_contain_text("content/pages/about.md:3:1: error[")
    expect(panel).to_have_css("position", "fixed")
    expect(tab.locator("main")).to_contain_text("This dossier is invented.")
    running.save(ABOUT, about("Mended in the tab."))
    expect(tab.locator("main")).to_contain_text("Mended in the tab.")
    expect(panel).to_have_count(0)


@pytest.mark.browser
def test_a_first_build_that_fails_shows_its_issues_and_recovers(project: Path, tab: Page) -> None:
    """Before there is any good site the tab shows what is wrong, and the site as soon as it is mended."""
    (project / ABOUT).write_bytes(BROKEN)
    with serving(project) as running:
        assert 503 == running.ask("/about.html").status
        connected(tab, f"{running.address}/about.html")
        expect(tab.locator("body")).to_contain_text("There is no good page yet")
        expect(tab.locator("body")).to_contain_text("content/pages/about.md:3:1: error[")
        running.save(ABOUT, about("The first good text."))
        expect(tab.locator("main")).to_contain_text("The first good text.")


@pytest.mark.browser
def test_a_tab_outlives_the_preview(project: Path, tab: Page) -> None:
    """A tab of a preview that was stopped and started again shows what was saved in between."""
    with serving(project) as first:
        connected(tab, f"{first.address}/about.html")
    first.save(ABOUT, about("Saved while nobody served."))
    with serving(project, first.port):
        expect(tab.locator("main")).to_contain_text("Saved while nobody served.")
