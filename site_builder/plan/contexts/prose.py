"""Texts that an author wrote in Markdown, with what they name and show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.markup import Markup
    from site_builder.plan.contexts.attribution import DateView
    from site_builder.plan.contexts.records import Cited, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFile:
    """A picture at one width, in pixels."""

    address: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture beside a digest. `files` are WebP, narrowest first; `fallback` is for browsers without it.

    `width` and `height` are the fallback's; `largest` is the file in which small print can be read, and is
    None where no file is larger than what the page shows.
    """

    files: tuple[PictureFile, ...]
    fallback: PictureFile
    width: int
    height: int
    largest: PictureFile | None
    caption: str
    credit: str
    licence: str
    licence_url: str
    date: DateView | None
    source: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseOrigin:
    """How a text came to be in a language, or why it is in another one than its page.

    `language` names the language that it was written in. `method`, `translator` and `checked_by` say how it
    was translated from there; all three are empty where it was not, and the page shows the original.
    `is_stale` if the original has changed since. `lang` is the language that all this is said in, where the
    text is in another.
    """

    language: str
    lang: str = ""
    method: str = ""
    translator: str = ""
    checked_by: str = ""
    is_stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Markdown with everything that its links name, by `kind:id`, and its pictures by file name.

    `lang` is set where the text is not in the page's language; `origin` is None where it was written in it.
    """

    markup: Markup
    cited: Mapping[str, Cited]
    pictures: Mapping[str, PictureView] = field(default_factory=dict)
    lang: str = ""
    origin: ProseOrigin | None = None
