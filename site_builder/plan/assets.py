"""The theme's files under names that change with their content, so that a host may cache them for ever."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.read.theme import Theme


FOLDER = "assets"
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """The files to publish, by address, and the addresses that templates need; scripts and sheets by name."""

    files: tuple[tuple[str, bytes], ...]
    stylesheet: str
    sheets: Mapping[str, str]
    scripts: Mapping[str, str]
    icon: str


def assets(theme: Theme) -> Assets:
    """Returns the theme's assets; the style sheet's `url(…)` lead to the fingerprinted names."""
    published = {name: fingerprinted(name, content) for name, content in theme.files.items()}
    styles = _URL.sub(lambda found: _renamed(found, published), theme.styles).encode()
    stylesheet = fingerprinted("site.css", styles)
    more = {
        name: _URL.sub(lambda found: _renamed(found, published), css).encode()
        for name, css in theme.sheets.items()
    }
    sheets = {name: fingerprinted(f"{name}.css", content) for name, content in more.items()}
    code = {name: text.encode() for name, text in theme.scripts.items()}
    scripts = {name: fingerprinted(f"{name}.js", content) for name, content in code.items()}
    return Assets(
        files=(
            (stylesheet, styles),
            *((sheets[name], content) for name, content in more.items()),
            *((scripts[name], content) for name, content in code.items()),
            *((published[name], content) for name, content in theme.files.items()),
        ),
        stylesheet=stylesheet,
        sheets=sheets,
        scripts=scripts,
        icon=published.get("favicon.svg", ""),
    )


def fingerprinted(name: str, content: bytes) -> str:
    """Returns the address of a file with that name and content; its folders are left away."""
    stem, _, suffix = name.rsplit("/", 1)[-1].rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:10]
    return f"{FOLDER}/{stem}-{digest}.{suffix}"


def _renamed(found: re.Match[str], published: dict[str, str]) -> str:
    address = published.get(found[1])
    return f'url("{address.rsplit("/", 1)[-1]}")' if address else found[0]
