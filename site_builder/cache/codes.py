"""The code of templates, kept for the next build: it is compiled once for each state of a theme.

It is carried out, so that it is kept and taken only where what is loaded can have been signed by nobody else.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Mapping

from site_builder.cache.account import make_secret
from site_builder.cache.shelf import DamagedError, Shelf
from site_builder.read.theme import Theme
from site_builder.render import codes, take_codes

_NAME = "templates"


def take_kept(shelf: Shelf, theme: Theme, tool: bytes) -> bool:
    """Let the templates of a theme have the code that was kept of them; False where none was.

    `tool` is the sum of all else that makes code of templates. It is kept of sound templates alone.
    """
    kept = _kept(shelf, theme, tool)
    for language, code in kept.items():
        take_codes(theme, language, code)
    return bool(kept)


def keep_codes(shelf: Shelf, theme: Theme, tool: bytes, languages: frozenset[str]) -> None:
    """Keep the code of a theme's templates for some languages; nothing was found wrong in them."""
    if make_secret(shelf.folder.parent) and languages - _kept(shelf, theme, tool).keys():
        noted = {language: codes(theme, language) for language in sorted(languages)}
        shelf.keep(_NAME, marshal.dumps((_basis(theme, tool), noted)), certain=True)


def _kept(shelf: Shelf, theme: Theme, tool: bytes) -> Mapping[str, bytes]:
    """What is kept of these very templates, by language."""
    try:
        content = shelf.load(_NAME, certain=True)
    except DamagedError:
        return {}
    if content is None:
        return {}
    # What was written here, by this version of Python, and is whole: the shelf has made sure of it.
    basis, languages = marshal.loads(content)  # noqa: S302
    return languages if basis == _basis(theme, tool) else {}


def _basis(theme: Theme, tool: bytes) -> bytes:
    """The sum of what code is made of, and of which templates were looked at as the project's own."""
    own = "\0".join(sorted(theme.paths))
    return hashlib.sha256(tool + f"{theme.fingerprint}\0{theme.is_shipped}\0{own}".encode()).digest()
