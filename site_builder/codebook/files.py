"""The kinds of file that an author writes: the table that both retellings go through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.model import (
    Actor,
    Article,
    Correction,
    Disagreement,
    Event,
    Figure,
    Ledger,
    Measure,
    Page,
    Quote,
    Region,
    Report,
    Retired,
    Schema,
    Site,
    Source,
    TranslatedText,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file that an author writes: what it is called, where it lies, and what its records are.

    `records` holds the schema of the file's fields, or, where `lists` names keys, one for each kind of item.
    """

    name: str
    title: str
    where: str
    says: str
    fields: type[Schema] | None = None
    lists: Mapping[str, tuple[type[Schema], ...]]
    is_list: bool = False


STATEMENTS: Mapping[str, tuple[type[Schema], ...]] = {
    "events": (Event, Report),
    "figures": (Figure,),
    "quotes": (Quote,),
}

FILE_KINDS = (
    FileKind(
        name="site",
        title="The site",
        where="content/site.yaml",
        says="One file, and the only one that a dossier cannot do without.",
        fields=Site,
        lists={},
    ),
    FileKind(
        name="article",
        title="Articles",
        where="content/articles/<id>/index.md",
        says="Front matter between two lines `---`, then the digest in Markdown.",
        fields=Article,
        lists={},
    ),
    FileKind(
        name="annotations",
        title="Annotations",
        where="content/articles/<id>/annotations.yaml",
        says=(
            "What the article says: lists under the keys `events`, `figures` and `quotes`;\n"
            "under `regions`, the ids of the regions that it is about.\n"
            "Each of the four may be left out.\n"
            "An entry of `events` with an `id` defines an event and is its first report;\n"
            "one with `event` and no `id` reports an event that another source defines."
        ),
        lists=STATEMENTS,
    ),
    FileKind(
        name="source",
        title="Sources",
        where="content/sources/<id>.yaml",
        says=(
            "A document that is cited and has no digest.\n"
            "Besides these fields it may hold the lists `events`, `figures` and `quotes`, as annotations do."
        ),
        fields=Source,
        lists=STATEMENTS,
    ),
    FileKind(
        name="region",
        title="Regions",
        where="content/regions/<id>.md",
        says="Front matter, then what is known of the region, in Markdown.",
        fields=Region,
        lists={},
    ),
    FileKind(
        name="actor",
        title="Actors",
        where="content/actors/<id>.yaml",
        says="Whoever speaks, claims or takes part.",
        fields=Actor,
        lists={},
    ),
    FileKind(
        name="page",
        title="Pages of prose",
        where="content/pages/<id>.md",
        says="Front matter, then the text in Markdown. The page `home` stands on the front page.",
        fields=Page,
        lists={},
    ),
    FileKind(
        name="translation",
        title="Texts in another language",
        where="content/articles/<id>/index.<language>.md",
        says=(
            "Front matter, then the whole text in that language, with the same links to records.\n"
            "Regions and pages have theirs too: `content/regions/<id>.ru.md`, `content/pages/<id>.ru.md`.\n"
            "Titles and other short texts stay in the original file, as mappings by language.\n"
            "See [Languages](languages.md)."
        ),
        fields=TranslatedText,
        lists={},
    ),
    FileKind(
        name="measures",
        title="Measures",
        where="content/measures.yaml",
        says="A list: the codebook of the figures.",
        fields=Measure,
        lists={},
        is_list=True,
    ),
    FileKind(
        name="disagreements",
        title="Disagreements",
        where="content/disagreements.yaml",
        says="A list. May be left out.",
        fields=Disagreement,
        lists={},
        is_list=True,
    ),
    FileKind(
        name="corrections",
        title="Corrections",
        where="content/corrections.yaml",
        says="A list. May be left out; what has once been published wrongly belongs here for ever.",
        fields=Correction,
        lists={},
        is_list=True,
    ),
    FileKind(
        name="retired",
        title="Retired records",
        where="content/retired.yaml",
        says="A list. May be left out; see [Addresses](addresses.md).",
        fields=Retired,
        lists={},
        is_list=True,
    ),
    FileKind(
        name="ledger",
        title="The ledger",
        where="content/ledger.yaml",
        says="Written by `site-builder release`; nobody else writes in it. See [Addresses](addresses.md).",
        fields=Ledger,
        lists={},
    ),
)
