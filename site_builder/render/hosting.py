"""What static hosts read: security and caching headers, and the rules for robots.

The headers are said here and nowhere else: Netlify and Cloudflare Pages read the file `_headers` of the
published folder, and the preview server sends the same ones.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from site_builder.plan import SitePlan
from site_builder.plan.addresses import CARDS, PICTURES, SITEMAP
from site_builder.plan.assets import FOLDER

# Search engines’ tools ask for robots.txt from within a page: `connect-src` allows that, and no more.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

_NOT_NEEDED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
    "xr-spatial-tracking",
)

SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Permitted-Cross-Domain-Policies": "none",
    # Otherwise a browser asks the name servers for every site that a page links, before anybody follows it.
    "X-DNS-Prefetch-Control": "off",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _NOT_NEEDED),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Origin-Agent-Cluster": "?1",
}

# Fingerprinted files never change under their name.
FINGERPRINTED_CACHE = "public, max-age=31536000, immutable"


def headers_file(plan: SitePlan, with_cards: Container[str]) -> bytes:
    """Returns the file `_headers`; `with_cards` holds the folders of the languages that have cards."""
    everywhere = [f"  {name}: {value}" for name, value in SECURITY_HEADERS.items()]
    lines = ["/*", *everywhere]
    for folder in (FOLDER, *_further_folders(plan, with_cards)):
        lines += [f"/{folder}/*", f"  Cache-Control: {FINGERPRINTED_CACHE}"]
    lines += _onion_locations(plan)
    return ("\n".join(lines) + "\n").encode()


def _onion_locations(plan: SitePlan) -> Iterator[str]:
    """Where Tor finds each page. These come last: a host may heed no more than the first rules."""
    for one in plan.languages:
        for page in one.all_planned() if one.site.onion else ():
            if page.kind not in {"not-found", "redirect"}:
                folder, slash, name = f"/{one.site.folder}{page.path}".rpartition("/")
                yield folder + slash + ("" if name == "index.html" else name)
                yield f"  Onion-Location: {one.site.onion}{page.path}"


def _further_folders(plan: SitePlan, with_cards: Container[str]) -> Iterator[str]:
    if plan.pictures:
        yield PICTURES
    for one in plan.languages:
        if one.site.folder in with_cards:
            yield one.site.folder + CARDS


def robots(plan: SitePlan) -> bytes:
    """Returns the rules for robots: everything may be read."""
    lines = ["User-agent: *", "Allow: /"]
    if plan.site.base_url:
        lines += ["", f"Sitemap: {plan.site.base_url}{SITEMAP}"]
    return ("\n".join(lines) + "\n").encode()
