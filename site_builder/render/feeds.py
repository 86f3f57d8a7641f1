"""The feed (Atom, RFC 4287) and the sitemap (sitemaps.org)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from site_builder.plan import LanguageSite, SitePlan
from site_builder.plan.addresses import FEED, NOT_FOUND, SITEMAP, part_of_sitemap

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The protocol allows no more addresses in a file.
_MOST_LISTED = 50_000
_XHTML = "http://www.w3.org/1999/xhtml"
# What no document of XML 1.0 can hold, not even escaped: one such sign would make the whole feed unreadable.
_NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(one: LanguageSite, edition: str) -> bytes:
    """Returns the newest articles and corrections in one language; needs a base URL.

    `edition` is the day of the content as a whole, for a feed without entries.
    """
    site = one.site
    base = site.base_url
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": site.language})
    _text(root, "id", base)
    _text(root, "title", site.title)
    _text(root, "subtitle", site.description)
    entries = one.feed
    _text(root, "updated", _instant(entries[0].updated if entries else edition))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": base + FEED})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": base})
    for editor in site.editors:
        _text(SubElement(root, "author"), "name", editor.name)
    for entry in entries:
        item = SubElement(root, "entry")
        _text(item, "id", base + entry.address)
        _text(item, "title", entry.title)
        _text(item, "updated", _instant(entry.updated))
        SubElement(item, "link", {"rel": "alternate", "type": "text/html", "href": base + entry.address})
        _text(item, "summary", entry.summary)
    return _document(root)


def sitemaps(plan: SitePlan, most: int = _MOST_LISTED) -> Iterator[tuple[str, bytes]]:
    """Yields the addresses of all pages, each with the same page in other languages, as files by their paths.

    That is one file; of more addresses than a file may hold, `most`, several and the list of them. Needs a
    base URL.
    """
    pages = tuple(_listed(plan))
    # Each address names those in all languages, and a file has a most of bytes too.
    each = max(1, most // len(plan.languages) ** 2)
    if len(pages) <= each:
        yield SITEMAP, _sitemap(plan, pages)
        return
    root = Element("sitemapindex", {"xmlns": _SITEMAP})
    for number, start in enumerate(range(0, len(pages), each), 1):
        path = part_of_sitemap(number)
        yield path, _sitemap(plan, pages[start : start + each])
        _text(SubElement(root, "sitemap"), "loc", plan.site.base_url + path)
    yield SITEMAP, _document(root)


def _sitemap(plan: SitePlan, pages: Iterable[str]) -> bytes:
    languages = plan.site.languages
    root = Element("urlset", {"xmlns": _SITEMAP, **({"xmlns:xhtml": _XHTML} if languages else {})})
    for path in pages:
        for one in plan.languages:
            url = SubElement(root, "url")
            _text(url, "loc", one.site.base_url + path)
            for other in languages:
                link = {"rel": "alternate", "hreflang": other.language, "href": other.base_url + path}
                SubElement(url, "xhtml:link", link)
    return _document(root)


def _listed(plan: SitePlan) -> Iterator[str]:
    own = plan.languages[0]
    # The letters of the A to Z are not listed, and who asks for all pages waits for them.
    pages = (*own.planned, *own.finding().firsts(), *own.further)
    listed = (page for page in pages if page.kind not in {"redirect", "print"} and not page.counterpart)
    for path in sorted(page.path for page in listed):
        if path != NOT_FOUND:
            yield path.removesuffix("index.html") if path == "index.html" else path


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NOT_IN_XML.sub("\ufffd", text)


def _document(root: Element) -> bytes:
    indent(root, space=" ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"
