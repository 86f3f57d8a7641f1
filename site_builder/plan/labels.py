"""The words that a reader sees for the model's codes, by language."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.words import SOURCE_TYPES

_EN: Mapping[str, Mapping[str, str]] = {
    "basis": {"official": "official statement", "count": "count", "estimate": "estimate", "claim": "claim"},
    "nature": {"contradiction": "contradiction", "difference": "difference", "dependence": "one origin"},
    "counting": {"cumulative": "cumulative", "interval": "per span", "state": "as things stood"},
    "actor": {"person": "person", "organization": "organisation", "group": "group"},
    "trigger": {
        "reader": "a reader’s message",
        "source": "a change by the source",
        "own-error": "our own mistake",
        "new-evidence": "new evidence",
    },
    "source": {
        **{code: code.replace("-", " ").replace("_", " ") for code in SOURCE_TYPES},
        "article-journal": "journal article",
        "article-magazine": "magazine article",
        "article-newspaper": "newspaper article",
        "dataset": "data set",
        "entry-dictionary": "dictionary entry",
        "entry-encyclopedia": "encyclopaedia entry",
        "motion_picture": "film or video",
        "paper-conference": "conference paper",
        "post-weblog": "blog post",
        "review-book": "book review",
        "webpage": "web page",
    },
    "section": {
        "articles": "Articles",
        "regions": "Regions",
        "timeline": "Timeline",
        "figures": "Figures",
        "quotes": "Quotes",
        "sources": "Sources",
        "actors": "Actors",
        "disagreements": "Told differently",
        "corrections": "Corrections",
        "data": "Data",
    },
    "table": {
        "sources": "Sources",
        "regions": "Regions",
        "actors": "Actors",
        "measures": "Measures",
        "events": "Events",
        "reports": "Reports of events",
        "figures": "Figures",
        "quotes": "Quotes",
        "disagreements": "Told differently",
        "corrections": "Corrections",
    },
    "page": {"not-found": "Nothing at this address"},
}

_LANGUAGES = {"en": _EN}


def label(group: str, code: str, language: str) -> str:
    """Return the word for a code, in that language, else in English."""
    return _LANGUAGES.get(language.split("-", maxsplit=1)[0], _EN)[group][code]
