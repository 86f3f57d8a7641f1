"""The feed (Atom, RFC 4287) and the sitemap (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from site_builder.plan import SitePlan
from site_builder.plan.addresses import FEED, NOT_FOUND

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ENTRIES = 50


def feed(plan: SitePlan) -> bytes:
    """Return the newest articles and corrections; needs a base URL."""
    base = plan.site.base_url
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": plan.site.language})
    _text(root, "id", base)
    _text(root, "title", plan.site.title)
    _text(root, "subtitle", plan.site.description)
    entries = plan.feed[:_ENTRIES]
    _text(root, "updated", _instant(entries[0].updated if entries else plan.edition))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": base + FEED})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": base})
    for editor in plan.site.editors:
        _text(SubElement(root, "author"), "name", editor.name)
    for entry in entries:
        item = SubElement(root, "entry")
        _text(item, "id", base + entry.address)
        _text(item, "title", entry.title)
        _text(item, "updated", _instant(entry.updated))
        SubElement(item, "link", {"rel": "alternate", "type": "text/html", "href": base + entry.address})
        _text(item, "summary", entry.summary)
    return _document(root)


def sitemap(plan: SitePlan) -> bytes:
    """Return the addresses of all pages; needs a base URL."""
    root = Element("urlset", {"xmlns": _SITEMAP})
    for path in _listed(plan):
        _text(SubElement(root, "url"), "loc", plan.site.base_url + path)
    return _document(root)


def _listed(plan: SitePlan) -> Iterator[str]:
    for path in sorted(page.path for page in plan.pages if page.kind != "redirect"):
        if path != NOT_FOUND:
            yield path.removesuffix("index.html") if path == "index.html" else path


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _document(root: Element) -> bytes:
    indent(root, space=" ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"
