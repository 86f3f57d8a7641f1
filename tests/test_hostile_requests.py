"""The preview under a hundred and fifty requests, and frames of a socket, that no honest browser sends."""

import base64
import os
import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from livereload.handlers import LiveReloadHandler

from site_builder.cli import main
from site_builder.serve.watching import Follower
from tests.hostile.requests import FRAMES, MAY_SUCCEED, REQUESTS, asked
from tests.test_serve import Running, lay_project, serving

SECRET = "Qxjv-7319"  # noqa: S105  # a word to look for


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A preview of a project with a secret in every place that is not shown, and links out of it."""
    folder = tmp_path_factory.mktemp("standing")
    project = lay_project(folder)
    (folder / "outside.txt").write_text(SECRET, encoding="utf-8")
    for path in (".env", ".git/config", ".ssh/id_rsa", "content/captures/kept.txt", "public/kept.txt"):
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(SECRET, encoding="utf-8")
    site = project / "content" / "site.yaml"
    site.write_text(f"{site.read_text(encoding='utf-8')}private: {SECRET}\n", encoding="utf-8")
    (project / "link.txt").symlink_to(folder / "outside.txt")
    with serving(project) as found:
        yield found


def answer_to(running: Running, raw: bytes) -> bytes:
    """All that the server sends back, until it closes or says no more."""
    with closing(socket.create_connection(("127.0.0.1", running.port), timeout=10)) as connection:
        return rest_of(connection, raw)


def rest_of(connection: socket.socket, raw: bytes) -> bytes:
    """All that comes back once the bytes were sent, and nothing follows them."""
    got = b""
    with suppress(OSError):
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        while part := connection.recv(65_536):
            got += part
    return got


def test_there_are_a_hundred_and_fifty() -> None:
    """The list is as long as it is meant to be, and no request stands in it twice."""
    assert 150 <= len(REQUESTS) == len(set(REQUESTS))


def test_no_hostile_request_is_answered_with_a_page(standing: Running) -> None:
    """None gets a page of the site, a byte of what is not shown, an error of the server or a traceback."""
    told: list[object] = []
    for request in REQUESTS:
        raw = request.replace("PORT", str(standing.port)).encode("utf-8", "surrogateescape")
        got = answer_to(standing, raw)
        status = got[9:12].decode("ascii", "replace")
        leaks = [word for word in (SECRET, "secret-folder-name", "Traceback") if word.encode() in got]
        if leaks or status not in {"", "400", "403", "404", "405", "413", "421", "431"}:
            told.append((request[:80], status, leaks))
    assert [] == told
    assert "fault" not in standing.told()
    assert "Traceback" not in standing.told()


@pytest.mark.parametrize("header", sorted(MAY_SUCCEED), ids=range(len(MAY_SUCCEED)))
def test_an_odd_header_changes_nothing(standing: Running, header: str) -> None:
    """What is merely unusual gets the page itself, or a refusal, and never more than the page."""
    got = answer_to(standing, asked(header=header).replace("PORT", str(standing.port)).encode())
    assert got[9:12] in {b"", b"200", b"400"} or got.startswith(b"HTTP/1.1 100 ")
    assert SECRET.encode() not in got


@pytest.mark.parametrize("frame", FRAMES, ids=range(len(FRAMES)))
def test_a_malformed_frame_closes_the_socket_quietly(standing: Running, frame: bytes) -> None:
    """Frames that no browser sends end the connection; the server tells nobody anything and goes on."""
    greeting = (
        f"GET /livereload HTTP/1.1\r\nHost: 127.0.0.1:{standing.port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nOrigin: {standing.address}\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n"
    )
    with closing(socket.create_connection(("127.0.0.1", standing.port), timeout=10)) as connection:
        connection.sendall(greeting.encode())
        assert connection.recv(65_536).startswith(b"HTTP/1.1 101 ")
        assert b'"command"' not in rest_of(connection, frame)
    assert 200 == standing.ask("/about.html").status
    assert "fault" not in standing.told()


class Waiter:
    """A page that waits for reloads."""

    def __init__(self, sent: list[object]) -> None:
        self.write_message = sent.append


def test_a_thousand_reloads_name_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was saved, all that pages are told is to reload."""
    follower = Follower(tmp_path / "secret-folder-name", lambda _: None)
    sent: list[object] = []
    monkeypatch.setattr(LiveReloadHandler, "watcher", follower)
    monkeypatch.setattr(LiveReloadHandler, "waiters", {Waiter(sent)})
    monkeypatch.setattr(LiveReloadHandler, "DEFAULT_RELOAD_TIME", 0)
    monkeypatch.setattr(LiveReloadHandler, "_last_reload_time", 0.0)
    monkeypatch.setattr(LiveReloadHandler, "live_css", False, raising=False)
    for _ in range(1_000):
        follower._due.set()  # noqa: SLF001  # as a build that changed something sets it
        LiveReloadHandler.poll_tasks()
    assert 1_000 == len(sent)
    assert [{"command": "reload", "path": "*", "liveCSS": False, "liveImg": True}] == [
        one for number, one in enumerate(sent) if one not in sent[:number]
    ]


def test_no_option_opens_the_preview_to_others() -> None:
    """There is no way to let the preview listen anywhere but on this machine."""
    shown = CliRunner().invoke(main, ["serve", "--help"]).output
    assert "--port" in shown
    for option in ("--host", "--bind", "--address", "--public"):
        assert option not in shown
        assert 2 == CliRunner().invoke(main, ["serve", option, "0.0.0.0"]).exit_code  # noqa: S104
