"""Texts in other languages: of which text each is made, and whether that text has changed since."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator

from site_builder.issues import IssueLog, place_of
from site_builder.markup import Markup
from site_builder.model import Article, Dossier, Page, Region, TranslatedText
from site_builder.read import RawTranslation
from site_builder.validate.records import record_of

_DIGITS = 12


def text_sum(original: Markup) -> str:
    """Returns what tells one text from another: 12 hexadecimal digits of the SHA-256 sum of its words.

    Neither a space at the end of a line nor an empty line at either end of the text makes another text.
    """
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", original.text).split("\n")]
    return hashlib.sha256("\n".join(lines).strip("\n").encode()).hexdigest()[:_DIGITS]


def is_stale(translation: TranslatedText, original: Markup) -> bool:
    """True if the original is no longer the text that the translation was made from."""
    return translation.original != text_sum(original)


def translated_texts(texts: Iterable[RawTranslation], issues: IssueLog) -> tuple[TranslatedText, ...]:
    """Returns the sound ones among the texts that lie beside an original; the others are told."""
    given = ({"language": text.language, "body": text.body} for text in texts)
    made = (
        record_of(TranslatedText, text.node, known, issues) for text, known in zip(texts, given, strict=True)
    )
    return tuple(text for text in made if text)


def check_translations(dossier: Dossier, issues: IssueLog) -> None:
    """Adds an issue for each text in a language that the site is not in, or of no known original text."""
    for original, translation in _pairs(dossier):
        file = place_of(translation.language)
        if translation.language not in dossier.site.translated_into:
            problem = f"the site is not translated into '{translation.language}'"
            known = ", ".join((*dossier.site.translated_into, str(translation.language)))
            repair = f"write 'translated_into: [{known}]' in site.yaml, or remove this file"
            issues.error(file, "undeclared-language", problem, repair)
        elif translation.original is None:
            repair = f"write 'original: {text_sum(original)}' once it says what the original says now"
            issues.error(file, "missing-fingerprint", "nothing says which text this was made from", repair)
        elif is_stale(translation, original):
            problem = "the original has changed since this translation was made"
            repair = f"write 'original: {text_sum(original)}' once it says what the original says now"
            issues.warning(place_of(translation.original), "stale-translation", problem, repair)


def _pairs(dossier: Dossier) -> Iterator[tuple[Markup, TranslatedText]]:
    records: tuple[Article | Region | Page, ...] = (*dossier.articles, *dossier.regions, *dossier.pages)
    for record in records:
        for translation in record.translations:
            yield record.body, translation
