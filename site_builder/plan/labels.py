"""The words that a reader sees for the model's codes: in English here, in other languages in catalogues."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.catalogues import own_words
from site_builder.words import PUBLISHED_KINDS, SOURCE_TYPES

ENGLISH: Mapping[str, Mapping[str, str]] = {
    "basis": {"official": "official statement", "count": "count", "estimate": "estimate", "claim": "claim"},
    "nature": {"contradiction": "contradiction", "difference": "difference", "dependence": "one origin"},
    "counting": {"cumulative": "cumulative", "interval": "per span", "state": "as things stood"},
    "translation": {
        "human": "by a person",
        "machine": "by a machine, unchecked",
        "machine-checked": "by a machine",
    },
    "actor": {"person": "person", "organization": "organisation", "group": "group"},
    "rank": {"preferred": "preferred", "normal": "", "deprecated": "deprecated"},
    "status": {
        "witnessed": "seen or documented",
        "reported": "reported",
        "claimed": "claim passed on",
        "denied": "denied",
    },
    "backlink": {
        "drawn-on": "drawn on by",
        "same-origin": "same origin as",
        "taken": "taken from here",
        "reported": "reported by",
        "disputed": "disputed by",
        "quoted": "spoken of in",
        "cited": "linked from the text of",
        "beside": "set beside others in",
        "corrected": "corrected in",
        "said": "quoted in",
        "claimed": "named as claimant in",
        "took-part": "took part in",
        "counted": "counted by",
    },
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
        "coverage": "Coverage",
        "method": "Method",
        "search": "Search",
        "a-z": "A to Z",
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
        "retired": "Retired records",
    },
    "words": {
        "basis": "What figures rest on",
        "bound": "How numbers are bounded",
        "rank": "How figures are ranked",
        "status": "How sources stand to what they report",
        "nature": "How records stand to one another",
        "counting": "How measures relate to time",
    },
    "parts": {
        "all": "All {count}",
        "articles": "articles",
        "drawn_on_by": "what draws on it",
        "events": "events",
        "figures": "figures",
        "links": "what links here",
        "quotes": "quotes",
        "sources": "sources",
    },
    "card": {
        "as-of": "{who}, as of {when}",
        "differ": "Sources differ",
        "edition": "Edition of {when}",
        "on-record": "On record from {who}",
        "published": "{who}, {when}",
        "reported": "Reported by {who}",
    },
    "filter": {
        "differs": "Reports",
        "kind": "Kind",
        "region": "Region",
        "actor": "Actor",
        "source": "Source",
    },
    "differs": {"yes": "Reports differ", "no": "No difference on record"},
    "page": {
        "not-found": "Nothing at this address",
        "print": "for print",
        "moved": "This record has moved",
        "withdrawn": "This record was withdrawn",
    },
    "kind": {**{code: code for code in PUBLISHED_KINDS}, "page": "page of prose"},
    "field": {
        "as_of": "as-of date",
        "claimed_by": "who says so",
        "container_title": "publication",
        "draws_on": "sources drawn on",
        "exact": "words quoted",
        "from": "taken from",
        "high": "upper end",
        "id": "id",
        "iso": "ISO code",
        "issued": "date of publication",
        "accessed": "date of reading",
        "lang": "language",
        "low": "lower end",
        "part_of": "belongs to",
        "said": "date of saying",
        "says": "account",
        "url": "web address",
        "value": "number",
        "variant_of": "other printing of",
        "was": "what the site said",
        "now": "what the site says now",
    },
}


def field_label(name: str, language: str) -> str:
    """Returns the word for a field; one that has none of its own reads as it is written."""
    return own_words(language).pgettext("field", english_field(name))


def english_field(name: str) -> str:
    """Returns the English word for a field."""
    bare = name.rstrip("_")
    return ENGLISH["field"].get(bare, bare.replace("_", " "))


def label(group: str, code: str, language: str) -> str:
    """Returns the word for a code, in that language, else in English."""
    english = ENGLISH[group][code]
    # In a catalogue the empty text is the name of its head.
    return own_words(language).pgettext(group, english) if english else ""


def meaning(english: str, language: str) -> str:
    """Returns what the model says of a word or a field, in that language, else in English."""
    return own_words(language).gettext(english)
