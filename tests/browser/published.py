"""A published site as files and parsed pages: what stands in it, and where each reference leads."""

import heapq
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.html import HtmlElement

HOME = "index.html"
NOT_FOUND = "404.html"
LEADING_ATTRIBUTES = ("href", "src", "poster", "data", "action", "formaction", "cite", "srcset")
ID_ATTRIBUTES = ("aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "for", "headers")
# Links that name the site's own place on the web, as formats outside of it ask for.
NAMES_OF_ITSELF = {"canonical"}
IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An address as one file writes it."""

    file: str
    written: str

    @property
    def leads_out(self) -> bool:
        """True if it names a scheme or a host."""
        parts = urlsplit(self.written)
        return bool(parts.scheme or parts.netloc)

    @property
    def target(self) -> str:
        """The file that an inward one names, from the site's root; it may lie above it, as `../x`."""
        path = unquote(urlsplit(self.written).path)
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.file), path)) if path else self.file

    @property
    def fragment(self) -> str:
        """The id that it names, or an empty text."""
        return unquote(urlsplit(self.written).fragment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A built site; `pages` are its parsed HTML files, `kinds` the paths of each kind, the heaviest first."""

    root: Path
    files: frozenset[str]
    pages: Mapping[str, HtmlElement]
    kinds: Mapping[str, tuple[str, ...]]

    def size(self, path: str) -> int:
        """The bytes of a file."""
        return (self.root / path).stat().st_size

    def styles(self) -> tuple[str, ...]:
        """The paths of the stylesheets."""
        return tuple(sorted(path for path in self.files if path.endswith(".css")))


def read_published(root: Path) -> Published:
    """Read every file name and every page of a built site."""
    files = frozenset(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    pages = {path: parsed(root / path) for path in sorted(files) if path.endswith(".html")}
    kinds: dict[str, list[str]] = {}
    for path in sorted(pages, key=lambda one: (-(root / one).stat().st_size, one)):
        kinds.setdefault(kind_of(pages[path]), []).append(path)
    return Published(
        root=root, files=files, pages=pages, kinds={kind: tuple(paths) for kind, paths in kinds.items()}
    )


def parsed(path: Path) -> HtmlElement:
    """Parse one page."""
    return html.document_fromstring(path.read_text(encoding="utf-8"))


def kind_of(page: HtmlElement) -> str:
    """The kind of a page, as its `main` says."""
    classes = page.xpath("string(//main/*[contains(@class, 'page--')]/@class)").split()
    return next((one.removeprefix("page--") for one in classes if one.startswith("page--")), "")


def references(path: str, page: HtmlElement) -> Iterator[Reference]:
    """Yield every address that a page writes, but the ones by which it names itself."""
    for attribute in LEADING_ATTRIBUTES:
        for element in page.xpath(f"//*[@{attribute}]"):
            if element.get("rel") in NAMES_OF_ITSELF:
                continue
            value = element.get(attribute)
            several = [one.split()[0] for one in value.split(",")] if attribute == "srcset" else [value]
            yield from (Reference(file=path, written=one) for one in several)


def style_references(path: str, text: str) -> Iterator[Reference]:
    """Yield every address that a stylesheet writes."""
    for url, imported in IN_STYLES.findall(text):
        yield Reference(file=path, written=url or imported)


def ids(page: HtmlElement) -> list[str]:
    """Every id of a page, in order, each as often as it stands there."""
    return [str(one) for one in page.xpath("//@id")]


def named_ids(page: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield each attribute that names an id of the same page, with that id."""
    for attribute in ID_ATTRIBUTES:
        for value in page.xpath(f"//@{attribute}"):
            yield from ((attribute, one) for one in value.split())


def plain_links(path: str, page: HtmlElement, *, opened: bool = False) -> Iterator[Reference]:
    """Yield the inward links that a reader sees at once, or (`opened`) those behind a summary."""
    closed = "ancestor-or-self::details[not(@open)]"
    hidden = "ancestor-or-self::*[@popover or @hidden]"
    for value in page.xpath(
        f"//body//a[@href and not({hidden}) and {'' if opened else 'not'}({closed})]/@href"
    ):
        reference = Reference(file=path, written=value)
        if not reference.leads_out:
            yield reference


def clicks_from_home(site: Published) -> Mapping[str, int]:
    """How many clicks lead from the home page to each page; to open what is closed is one of them."""
    found: dict[str, int] = {HOME: 0}
    waiting = [(0, HOME)]
    while waiting:
        clicks, path = heapq.heappop(waiting)
        for opened in (False, True):
            for link in plain_links(path, site.pages[path], opened=opened):
                far = clicks + 1 + opened
                if link.target in site.pages and far < found.get(link.target, far + 1):
                    found[link.target] = far
                    heapq.heappush(waiting, (far, link.target))
    return found
