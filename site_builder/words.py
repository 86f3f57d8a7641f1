"""The closed word lists of the model: each allowed word with its meaning."""

from __future__ import annotations

BASES = {
    "official": "stated by an authority in its own field",
    "count": "counted case by case, from names, records or reports",
    "estimate": "calculated by a stated method",
    "claim": "said by somebody who gives no method",
}

BOUNDS = {
    "at_least": "the true number is this or more",
    "at_most": "the true number is this or less",
    "more_than": "the true number is more than this",
    "fewer_than": "the true number is less than this",
    "about": "the source gives a round or approximate number",
}

COUNTINGS = {
    "cumulative": "counts everything from a start up to the as-of date",
    "interval": "counts what fell within the span",
    "state": "says how things stood on the as-of date",
}

PLURALS = {
    "zero": "the form behind 0, where a language has one of its own",
    "one": "as behind 1; in Russian also behind 21, 31, 101",
    "two": "as behind 2, where a language has one of its own",
    "few": "as behind 3, in Russian behind 2 to 4, 22 to 24",
    "many": "as behind 5 to 20 and 0 in Russian",
    "other": "any other number; in Russian one with decimals",
}

ACTOR_TYPES = {
    "person": "one human being, speaking or acting in public",
    "organization": "an authority, a company, an association, a publication",
    "group": "people who acted or spoke together without an organisation",
}

NATURES = {
    "contradiction": "the records cannot all be true",
    "difference": "the records count or date different things, and may all be true",
    "dependence": "the records look like several witnesses and are one",
}

CORRECTION_TRIGGERS = {
    "reader": "a reader wrote to us",
    "source": "the source changed or withdrew what it had said",
    "own-error": "we found a mistake of our own",
    "new-evidence": "a better source became known",
}

RANKS = {
    "preferred": "the best founded of its kind, for the reason given",
    "normal": "one among others",
    "deprecated": "known to be wrong or withdrawn, for the reason given; kept, and struck through",
}

STATUSES = {
    "witnessed": "the source saw it, or has a document of it",
    "reported": "the source says that it happened, on the word of others",
    "claimed": "the source passes on a claim, and says so",
    "denied": "the source says that it did not happen, or not so",
}

TRANSLATION_METHODS = {
    "human": "by a person",
    "machine": "by a machine, unchecked",
    "machine-checked": "by a machine, checked by the person named",
}

KINDS = {
    "source": "a document that somebody published; an article is one",
    "region": "a place with a page",
    "event": "something that happened, or is said to have",
    "figure": "a number, range or level stated by a source",
    "quote": "words that somebody said",
    "actor": "a person, organisation or group",
    "measure": "what a figure counts",
    "disagreement": "a note on records that differ",
    "correction": "what the site said, and what it says now",
    "page": "a page of prose",
}

PUBLISHED_KINDS = {"article": "a source that has a digest, and so another address", **KINDS}

STRICTNESSES = {
    "error": "it forbids publishing",
    "warning": "it is told, and published all the same",
    "off": "it is not told",
}

# Shades compare areas, so a map is equal-area unless its author has a reason.
PROJECTIONS = {
    "equal-area": "areas are true: a cone (Albers), or a cylinder (Lambert) at the equator",
    "equirectangular": "a degree is a degree: for small places, and for outlines that are a plan already",
}

# The item types of the Citation Style Language, version 1.0.2.
SOURCE_TYPES = {
    "article": "a work in a periodical or on a server, of no closer kind",
    "article-journal": "an article in a scholarly journal",
    "article-magazine": "an article in a magazine",
    "article-newspaper": "an article in a newspaper or by a news agency",
    "bill": "a proposed law",
    "book": "a book",
    "broadcast": "a radio or television programme, or a podcast",
    "chapter": "a part of a book",
    "classic": "a work of the classical canon",
    "collection": "a collection of items in an archive",
    "dataset": "a set of data",
    "document": "a document of no other kind",
    "entry": "an entry in a database or a directory",
    "entry-dictionary": "an entry in a dictionary",
    "entry-encyclopedia": "an entry in an encyclopaedia",
    "event": "a conference or an exhibition as such",
    "figure": "an illustration within another work",
    "graphic": "a picture, a photograph, a chart",
    "hearing": "a record of a hearing",
    "interview": "an interview",
    "legal_case": "a court's decision",
    "legislation": "a law, a decree, an order in force",
    "manuscript": "an unpublished text",
    "map": "a map",
    "motion_picture": "a film or a video",
    "musical_score": "a musical score",
    "pamphlet": "a leaflet or a pamphlet",
    "paper-conference": "a paper given at a conference",
    "patent": "a patent",
    "performance": "a live performance",
    "periodical": "a periodical as a whole",
    "personal_communication": "a letter, an e-mail, a conversation",
    "post": "a post on a forum or a social network",
    "post-weblog": "a post on a blog",
    "regulation": "an administrative order",
    "report": "a report by an institution",
    "review": "a review",
    "review-book": "a review of a book",
    "software": "a program",
    "song": "a recording of music or speech",
    "speech": "a speech or a talk",
    "standard": "a technical standard",
    "thesis": "a thesis",
    "treaty": "a treaty between states",
    "webpage": "a page on the web of no closer kind",
}
