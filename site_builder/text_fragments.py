"""Addresses that lead to a passage of a page: text fragments, as browsers read them.

The form is that of the URL Fragment Text Directives of the WICG: `#:~:text=[prefix-,]start[,end][,-suffix]`.
A browser that does not know it shows the page from its top.
"""

from __future__ import annotations

from urllib.parse import quote

from site_builder.quotations import Piece, pieces

_WHOLE = 12
_END = 5


def passage_address(url: str, exact: str, prefix: str = "", suffix: str = "") -> str:
    """Returns the address of the words on a page.

    Longer quotes, and those with edits, are named by their first and last words. Where an edit leaves no
    whole word, the address is the page's.
    """
    runs = [run for run in map(_whole_words, pieces(exact) or ()) if run]
    if not runs:
        return url
    first, last = runs[0], runs[-1]
    if len(runs) == 1 and len(first) <= _WHOLE:
        named = [_encoded(first)]
    elif len(runs) == 1:
        named = [_encoded(first[:_END]), _encoded(first[-_END:])]
    else:
        named = [_encoded(first[:_END]), _encoded(last[-_END:])]
    before = [f"{_encoded(prefix.split())}-"] if prefix else []
    after = [f"-{_encoded(suffix.split())}"] if suffix else []
    directive = ":~:text=" + ",".join([*before, *named, *after])
    return f"{url}{'' if '#' in url else '#'}{directive}"


def _whole_words(piece: Piece) -> list[str]:
    """The words of a piece as written, without one that an edit cuts."""
    words = piece.written.split()
    return words[piece.open_start : len(words) - piece.open_end]


def _encoded(words: list[str]) -> str:
    # A hyphen joins the prefix and the suffix to the directive, so it is encoded as well.
    return quote(" ".join(words), safe="").replace("-", "%2D")
