"""Sources: what somebody published, and the articles among them that we curated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from site_builder.fields import (
    Date,
    Given,
    Id,
    Language,
    LocalText,
    QuoteSum,
    RegionId,
    Sha256,
    SourceId,
    Url,
    Words,
    one_of,
)
from site_builder.images import Picture
from site_builder.markup import Markup
from site_builder.model.schema import Record, Schema
from site_builder.model.translations import TranslatedText
from site_builder.values import misfit
from site_builder.words import SOURCE_TYPES

SourceType = Annotated[str, one_of(SOURCE_TYPES)]


class Name(Schema):
    """Who wrote or edited something, in CSL's terms: a person's parts, or one literal name."""

    family: Words | None = None
    """The family name."""
    given: Words | None = None
    """The given name."""
    literal: LocalText | None = None
    """The whole name, where it has no parts or belongs to an institution."""

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if bool(self.family) == bool(self.literal):
            problem = "a name needs either 'family' or 'literal'"
            raise misfit("missing-field", problem, "write {family: …, given: …} or {literal: …}")
        return self

    def in_language(self, language: str) -> str:
        """Returns the name in one text; a person's parts are the same in every language."""
        if self.literal:
            return self.literal.in_language(language)
        return " ".join(part for part in (self.given, self.family) if part)


class Archive(Schema):
    """A copy of a source that an archive keeps for everybody to see."""

    url: Url
    """The address of the copy."""
    captured: Date
    """When the copy was made."""
    service: Words | None = None
    """Who keeps it."""
    sha256: Sha256 | None = None
    """The SHA-256 sum of the copy's bytes."""


class Version(Schema):
    """A change that the publisher made to a source after it had appeared."""

    date: Date
    """When the publisher changed it."""
    what_changed: LocalText
    """What the publisher changed, in our words."""


class Capture(Schema):
    """The kept text of a source that quotes were compared with; the text itself is private."""

    sha256: Sha256
    """The SHA-256 sum of the kept text's bytes."""
    compared: Date
    """When the quotes were last compared with it."""
    quotes: tuple[QuoteSum, ...] = ()
    """The sums of the quotes that were found in it, word for word: one that was changed since is not."""


class Source(Record):
    """A document that somebody published: an article, a post, a decree, a data set."""

    is_curated: ClassVar[bool] = False
    id: Annotated[Id, Given("the name of the file or folder")]
    """The record's id: the name of its file or folder."""
    type: SourceType
    """What the document is: one of CSL's item types."""
    title: Words
    """The title as published, in the source's language."""
    title_translated: LocalText | None = None
    """The title in the dossier's language, in our words."""
    author: tuple[Name, ...] = ()
    """Who wrote it."""
    container_title: LocalText | None = None
    """The publication that it appeared in."""
    publisher: Words | None = None
    """Who published it, where that is not the publication."""
    issued: Date
    """When it was published."""
    accessed: Date | None = None
    """When we read it."""
    url: Url | None = None
    """Where it was published."""
    language: Language
    """The language that it is written in."""
    read_as: LocalText | None = None
    """What we read, where it was not the original: a translation, a copy, another outlet's report."""
    draws_on: tuple[SourceId, ...] = ()
    """The sources that it rests on: the chain of its origins."""
    archives: tuple[Archive, ...] = ()
    """Copies of it at archives; the latest stands before the live page on the site."""
    versions: tuple[Version, ...] = ()
    """Changes that the publisher made after publication."""
    capture: Capture | None = None
    """The kept text that its quotes were compared with; written by `check --record`."""
    note: LocalText | None = None
    """What a reader must know about this source."""
    regions: tuple[RegionId, ...] = ()
    """The regions that it is about."""


class Image(Schema):
    """A picture that lies beside a digest: whose it is, and under which terms it is shown."""

    file: Words
    """The name of the file, in the article's folder: JPEG, PNG or WebP."""
    credit: LocalText
    """Who made it, and whom we have it from."""
    licence: LocalText
    """Under which terms we show it."""
    licence_url: Url | None = None
    """Where the licence's text stands."""
    caption: LocalText | None = None
    """What it shows, for every reader; what is to be seen stands in the digest, between the brackets."""
    date: Date | None = None
    """When it was taken or drawn."""
    source: SourceId | None = None
    """The source that it was published in."""


class Article(Source):
    """A source that we curated: it has a digest in our words, and annotations."""

    is_curated: ClassVar[bool] = True
    summary: LocalText
    """The article in a sentence or two, in our words."""
    curated: Date
    """When the digest was written or last revised."""
    images: tuple[Image, ...] = ()
    """The pictures in the digest."""
    body: Annotated[Markup, Given("the text below the front matter")]
    """The digest."""
    pictures: Annotated[Mapping[str, Picture], Given("the files in the article's folder")] = Field(
        default_factory=dict
    )
    """What can be made from those of its files that the digest shows, by name."""
    translations: Annotated[tuple[TranslatedText, ...], Given("the files beside it")] = ()
    """The text in other languages."""
