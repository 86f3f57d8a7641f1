"""What a browser did and saw on a page, as a value."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import ConsoleMessage, Page, Request

# Rules of a stylesheet that is loaded from a disk may not be read, so a style is known by what it did.
SEEN = """() => ({
  sheets: document.styleSheets.length,
  style: ['fontFamily', 'color', 'backgroundColor']
    .map((name) => getComputedStyle(document.body)[name]).join(' '),
  faces: [...document.fonts].filter((face) => face.status === 'loaded' && face.unicodeRange !== 'U+0-10FFFF')
    .map((face) => [face.family, face.weight, face.style, face.unicodeRange].join(' ')),
  broken: [...document.fonts].filter((face) => face.status === 'error' && face.unicodeRange !== 'U+0-10FFFF')
    .map((face) => face.family),
  text: ([...document.querySelectorAll('noscript')].forEach((one) => one.remove()), document.body.innerText),
})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One page opened in a browser.

    `status` is the host's answer, 0 where there is no host; `requests` every address asked for, the page's
    own among them; `complaints` the console's errors and warnings, exceptions, and requests that failed;
    `faces` the fonts that it loaded, `broken` those that it could not, without the reader's own fonts.
    """

    path: str
    url: str
    status: int
    requests: tuple[str, ...]
    complaints: tuple[str, ...]
    sheets: int
    style: str
    faces: frozenset[str]
    broken: frozenset[str]
    text: str


@contextmanager
def listening(page: Page) -> Iterator[tuple[list[str], list[str]]]:
    """Give the addresses that a page asks for, and what it complains of, as they come."""
    requests: list[str] = []
    complaints: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning", "assert"}:
            complaints.append(f"{message.type}: {message.text}")

    def on_failure(request: Request) -> None:
        # A request is aborted when the reader goes on before it is answered, as with the icon of a tab.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"failed: {request.url}: {request.failure}")

    def on_error(error: Exception) -> None:
        complaints.append(f"exception: {error}")

    def on_request(request: Request) -> None:
        requests.append(request.url)

    page.on("console", on_console)
    page.on("pageerror", on_error)
    page.on("requestfailed", on_failure)
    page.on("request", on_request)
    yield requests, complaints
    page.remove_listener("console", on_console)
    page.remove_listener("pageerror", on_error)
    page.remove_listener("requestfailed", on_failure)
    page.remove_listener("request", on_request)


def visit(tab: Page, root: str, path: str) -> Visit:
    """Open a page, wait for its fonts, and tell what happened."""
    with listening(tab) as (requests, complaints):
        answer = tab.goto(root + path)
        tab.evaluate("document.fonts.ready.then(() => true)")
        seen = tab.evaluate(SEEN)
    return Visit(
        path=path,
        url=tab.url,
        status=answer.status if answer and tab.url.startswith("http") else 0,
        requests=tuple(requests),
        complaints=tuple(complaints),
        sheets=seen["sheets"],
        style=seen["style"],
        faces=frozenset(seen["faces"]),
        broken=frozenset(seen["broken"]),
        text=seen["text"],
    )
