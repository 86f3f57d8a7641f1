"""Records named: texts, dates and links in the page's language."""

from __future__ import annotations

from functools import lru_cache

from site_builder.dates import Edtf
from site_builder.link import Index
from site_builder.plan import addresses
from site_builder.plan.contexts import DateView, Link
from site_builder.values import Text
from site_builder.wording import date_short, date_words


def text_in(text: Text | None, language: str) -> str:
    """Returns the text in that language; an absent one is empty.

    It is a plain one: where it is written is no business of a page's, and each page would ask what it is.
    """
    return str(text.in_language(language)) if text else ""


@lru_cache(maxsize=16384)
def date_view(date: Edtf, language: str) -> DateView:
    """Returns the date in words."""
    return DateView(
        words=date_words(date, language), short=date_short(date, language), machine=date.machine or ""
    )


def record_link(reference: str, index: Index, language: str) -> Link:
    """Returns the link to the record that `kind:id` names, on its shortest name."""
    kind, _, ident = reference.partition(":")
    address = addresses.record(reference, index)
    if reference in index.history.gone:
        return Link(text=ident, address=address)
    if kind == "source":
        source = index.sources[ident]
        name = source.container_title or source.title_translated
        is_named = name is not None and language in dict(name.by_language)
        lang = "" if is_named or source.language == language else source.language
        words = text_in(source.container_title, language) or (
            text_in(name, language) if is_named else source.title
        )
        return Link(text=str(words), address=address, lang=str(lang))
    if kind == "quote":
        quote = index.quotes[ident]
        return Link(
            text=str(quote.exact),
            address=address,
            lang="" if quote.lang == language else str(quote.lang),
        )
    if kind == "figure":
        return Link(
            text=text_in(index.measures[index.figures[ident].measure].title, language), address=address
        )
    if kind == "correction":
        return Link(text=ident, address=address)
    return Link(text=text_in(_name(kind, ident, index), language), address=address)


def _name(kind: str, ident: str, index: Index) -> Text | None:
    match kind:
        case "event":
            return index.events[ident].title
        case "disagreement":
            return index.disagreements[ident].title
        case "actor":
            return index.actors[ident].name
        case "region":
            return index.regions[ident].name
        case "measure":
            return index.measures[ident].title
        case _:
            return index.pages[ident].title
