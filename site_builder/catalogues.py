"""The gate to catalogues of words in other languages, in gettext's PO format.

English stands in the code and in the templates; a catalogue says it in one other language. The tool's own
words lie in `languages/`, those of a theme in its folder of that name.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

# What a line may be: nothing, a remark, or a text between quotation marks with the word that says what it is.
_LINE = re.compile(r'(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\]) )?"(?:[^"\\]|\\.)*")?\s*')
_PLACE = re.compile(r"%\(\w+\)s")

FOLDER = Path(__file__).resolve().parent / "languages"


class CatalogueError(Exception):
    """A catalogue that cannot be read; `line` says where."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


def tags(language: str) -> tuple[str, ...]:
    """The tags under which words of a language are looked for, the most exact one first: ru-Latn, ru."""
    parts = language.split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))


@lru_cache(maxsize=16)
def own_words(language: str) -> NullTranslations:
    """Returns the tool's own words in a language; English where it has none."""
    for tag in tags(language):
        if (path := FOLDER / f"{tag}.po").is_file():
            return words_of((path.read_text(encoding="utf-8"),))
    return NullTranslations()


@lru_cache(maxsize=16)
def words_of(texts: tuple[str, ...]) -> NullTranslations:
    """Returns the words of catalogues in one language, given as texts; what the last one says counts.

    Raises `CatalogueError` for a text that is no catalogue.
    """
    return words_in(compiled(texts))


def words_in(catalogues: Iterable[bytes]) -> NullTranslations:
    """Returns the words of catalogues that `compiled` returned."""
    found = NullTranslations()
    for catalogue in catalogues:
        read = GNUTranslations(io.BytesIO(catalogue))
        read.add_fallback(found)
        found = read
    return found


@lru_cache(maxsize=16)
def compiled(texts: tuple[str, ...]) -> tuple[bytes, ...]:
    """Returns catalogues in gettext's binary form; raises `CatalogueError` for a text that is none."""
    return tuple(map(_compiled, texts))


def _compiled(text: str) -> bytes:
    # Only a site in another language than English pays for it.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    for number, line in enumerate(text.splitlines(), 1):
        if not _LINE.fullmatch(line):
            raise CatalogueError("the line is no text between quotation marks", number)
    try:
        catalogue = read_po(io.StringIO(text), abort_invalid=True)
    except PoFileError as error:
        raise CatalogueError(
            "words without a translation, or the other way round", error.lineno + 1
        ) from None
    for message in catalogue:
        # A place that the English does not fill in would be filled in by nothing.
        filled = set(_PLACE.findall(" ".join(_texts(message.id))))
        wrong = set(_PLACE.findall(" ".join(_texts(message.string)))) - filled
        if message.id and wrong:
            raise CatalogueError(f"'{_texts(message.id)[0]}' has no {min(wrong)}", message.lineno or 1)
    written = io.BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def _texts(words: str | Sequence[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())
