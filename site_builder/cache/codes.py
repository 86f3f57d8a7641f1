"""The code of templates, kept for the next build: it is compiled once for each state of a theme.

It is carried out, so that it is kept and taken only where what is loaded can have been signed by nobody else.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Mapping
from typing import TYPE_CHECKING

from site_builder.cache.account import make_secret
from site_builder.cache.shelf import DamagedError, Shelf
from site_builder.render.environment import codes, take_codes

if TYPE_CHECKING:
    from site_builder.read.theme import Theme

_NAME = "templates"


def basis(theme: Theme, tool: bytes) -> bytes:
    """Returns the sum of what the code of templates is made of, and of which of them are the project's own.

    `tool` is the sum of all else that makes code of templates.
    """
    own = "\0".join(sorted(theme.paths))
    return hashlib.sha256(tool + f"{theme.fingerprint}\0{theme.is_shipped}\0{own}".encode()).digest()


def take_kept(shelf: Shelf, theme: Theme, tool: bytes) -> bool:
    """Lets the templates of a theme have the code that was kept of them; False where none was.

    It is kept of sound templates alone.
    """
    kept = kept_codes(shelf, basis(theme, tool))
    for language, code in kept.items():
        take_codes(theme, language, code)
    return bool(kept)


def keep_codes(shelf: Shelf, theme: Theme, tool: bytes, languages: frozenset[str]) -> None:
    """Keeps the code of a theme's templates for some languages; nothing was found wrong in them."""
    made_of = basis(theme, tool)
    if make_secret(shelf.folder.parent) and languages - kept_codes(shelf, made_of).keys():
        noted = {language: codes(theme, language) for language in sorted(languages)}
        shelf.keep(_NAME, marshal.dumps((made_of, noted)), certain=True)


def kept_codes(shelf: Shelf, made_of: bytes) -> Mapping[str, bytes]:
    """Returns the code of templates that was made of that, by language; none where none is kept."""
    try:
        content = shelf.load(_NAME, certain=True)
    except DamagedError:
        return {}
    if content is None:
        return {}
    # What was written here, by this version of Python, and is whole: the shelf has made sure of it.
    noted, languages = marshal.loads(content)  # noqa: S302
    return languages if noted == made_of else {}
