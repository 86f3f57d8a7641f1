"""The code of the templates that come with the tool, kept beside its own code, as Python keeps that.

Whoever can write there can change the tool itself, so that what is found there can be carried out. It counts
for this very tool, with these libraries, and only while it is whole.

usage: python -m site_builder.cache.ready      makes it now, as pip compiles what it installs
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder import disk
from site_builder.cache.tool import tool_sum
from site_builder.render.environment import codes, take_codes

if TYPE_CHECKING:
    from site_builder.read.theme import Theme

_ENGLISH = "en"
_SUM = 32


def take_ready(theme: Theme, languages: Iterable[str]) -> None:
    """Lets the templates of a theme that came with the tool have the code that is ready for them."""
    for language in languages:
        if (content := _ready(theme, language)) is not None:
            take_codes(theme, language, content)


def is_ready(theme: Theme, language: str) -> bool:
    """True if the templates of a theme need not be compiled for a language."""
    return _ready(theme, language) is not None


def make_ready(theme: Theme, languages: Iterable[str]) -> None:
    """Keeps the code of templates for those languages that their theme has words in, if it can be kept."""
    for language in languages:
        place = _place(theme, language)
        if place and not is_ready(theme, language):
            with suppress(OSError):
                disk.make_folders_to(place.parent)
                content = codes(theme, language)
                whole = _made_of(theme) + hashlib.sha256(content).digest() + content
                beside = f"{place}.{os.getpid()}"
                disk.new_file(beside, whole, mode=None)
                disk.rename(beside, os.fspath(place))


def make_all_ready() -> None:
    """Keeps the code of the first theme in all languages that it has words in."""
    from site_builder.read.theme import FIRST, read_theme  # noqa: PLC0415

    # Of no project: what a project has of its own is none of the tool's.
    theme = read_theme(Path(__file__).parent, FIRST)
    make_ready(theme, (_ENGLISH, *theme.catalogues))


def _ready(theme: Theme, language: str) -> bytes | None:
    place = _place(theme, language)
    if place is None:
        return None
    try:
        found = place.read_bytes()
    except OSError:
        return None
    made_of = _made_of(theme)
    content = found[len(made_of) + _SUM :]
    return content if found.startswith(made_of + hashlib.sha256(content).digest()) else None


def _place(theme: Theme, language: str) -> Path | None:
    """Where the code lies; None where the theme did not come with the tool, or has no such words."""
    if not theme.is_shipped or sys.implementation.cache_tag is None:
        return None
    is_spoken = language == _ENGLISH or language in theme.catalogues
    beside = Path(cache_from_source(__file__))
    return beside.with_name(f"templates-{language}.{sys.implementation.cache_tag}") if is_spoken else None


def _made_of(theme: Theme) -> bytes:
    return hashlib.sha256(tool_sum() + theme.fingerprint.encode()).digest()


if __name__ == "__main__":
    make_all_ready()
