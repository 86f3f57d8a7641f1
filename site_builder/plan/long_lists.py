"""The lists of a large dossier: whatever is too long for one page, in parts; a short one stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from site_builder.dates import Edtf
from site_builder.link.homes import corrections_in_parts, disagreements_in_parts
from site_builder.model import Correction, Disagreement
from site_builder.parts import by_period, divided, most
from site_builder.plan import addresses
from site_builder.plan.contexts import (
    ActorLine,
    ActorsPage,
    ArticleLine,
    ArticlesPage,
    CorrectionsPage,
    DisagreementsPage,
    HomePage,
    Link,
    Page,
    QuotesPage,
    QuoteView,
    SourceEntry,
    SourcesPage,
)
from site_builder.plan.finding import anchor_of, letter_of, letters_of
from site_builder.plan.labels import label
from site_builder.plan.parts import LongList, Name, first_page, period_name
from site_builder.plan.views import Views, correction_view
from site_builder.wording import number_words

# How many of the newest a page shows of what stands elsewhere in full.
NEWEST = 12

_Spoken = tuple[ActorLine, QuoteView]


def all_of(count: int, address: str, language: str) -> Link:
    """Return the way to all of so many entries."""
    words = label("parts", "all", language).format(count=number_words(count, language))
    return Link(text=words, address=address)


class LongLists:
    """Divides the pages that list records, in the language of the views."""

    def __init__(self, made: Views) -> None:
        self.made = made
        self.index = made.index
        self.language = made.language

    def pages(self, page: Page) -> Iterator[Page]:
        """Yield the page as it is or, where its list is too long, in parts."""
        found = self._found(page)
        if found is None or not found.whole.parts:
            yield page
        else:
            yield from found.pages()

    def _found(self, page: Page) -> LongList[Any] | None:
        if isinstance(page, ArticlesPage):
            return self._articles(page)
        if isinstance(page, QuotesPage):
            return self._quotes(page)
        if isinstance(page, SourcesPage):
            return self._sources(page)
        if isinstance(page, ActorsPage):
            return self._actors(page)
        if isinstance(page, DisagreementsPage):
            return self._disagreements(page)
        return self._corrections(page) if isinstance(page, CorrectionsPage) else None

    def home(self, page: HomePage) -> HomePage:
        """Return the front page with the newest articles and the first disagreements, and the ways to all."""
        more: dict[str, Link] = {}
        if len(page.articles) > NEWEST:
            more["articles"] = all_of(len(page.articles), addresses.ARTICLES, self.language)
        if len(page.disagreements) > NEWEST:
            more["disagreements"] = all_of(len(page.disagreements), addresses.DISAGREEMENTS, self.language)
        if not more:
            return page
        articles = page.articles
        return replace(
            page,
            more=more,
            articles=tuple(reversed(articles[-NEWEST:])) if "articles" in more else articles,
            disagreements=page.disagreements[:NEWEST],
        )

    def _articles(self, page: ArticlesPage) -> LongList[ArticleLine]:
        sources = self.index.sources
        newest = tuple(reversed(page.articles[-NEWEST:]))
        return LongList(
            head=replace(first_page(page, "articles", len(page.articles)), articles=newest),
            whole=divided(
                page.articles, most("article"), by_period(lambda line: sources[line.source.id].issued)
            ),
            named=lambda ident, _: period_name(ident, self.language),
            shown=lambda lines: {"articles": lines},
        )

    def _quotes(self, page: QuotesPage) -> LongList[_Spoken]:
        spoken = [(speaker, quote) for speaker, quotes in page.groups for quote in quotes]
        return LongList(
            head=first_page(page, "quotes", page.total),
            counterpart=page.path,
            whole=divided(
                spoken,
                most("quote"),
                (
                    lambda one: letter_id(one[0].name),
                    lambda one: letters_id(one[0].name),
                    lambda one: f"{letters_id(one[0].name)}/{one[0].id}",
                    *by_period(self._said, lambda one: f"{letters_id(one[0].name)}/{one[0].id}/"),
                ),
            ),
            named=self._name_of_quotes,
            shown=lambda found: {"speakers": _by_speaker(found)},
        )

    def _said(self, one: _Spoken) -> Edtf:
        quote = self.index.quotes[one[1].id]
        return quote.said or self.index.sources[quote.source].issued

    def _name_of_quotes(self, ident: str, one: _Spoken) -> Name:
        depth = ident.count("/")
        if not depth:
            return name_of_letter(ident, one[0].name)
        if depth == 1:
            return Name(one[0].name, one[0].name)
        period = period_name(ident, self.language)
        return Name(f"{one[0].name}: {period.whole}", period.short)

    def _sources(self, page: SourcesPage) -> LongList[SourceEntry]:
        def issued(one: SourceEntry) -> Edtf:
            return self.index.sources[one.source.id].issued

        def letters(one: SourceEntry) -> str:
            return f"{letters_id(one.source.label)}/"

        entries = [entry for _, found in page.groups for entry in found]
        return LongList(
            head=first_page(page, "sources", page.total),
            counterpart=page.path,
            whole=divided(
                entries,
                most("source"),
                (
                    lambda one: letter_id(one.source.label),
                    lambda one: letters_id(one.source.label),
                    *by_period(issued, letters),
                ),
            ),
            named=self._name_of_sources,
            shown=lambda found: {"sources": by_publication(found)},
        )

    def _name_of_sources(self, ident: str, one: SourceEntry) -> Name:
        if "/" not in ident:
            return name_of_letter(ident, one.source.label)
        period = period_name(ident, self.language)
        return Name(f"{letters_of(one.source.label)}: {period.whole}", period.short)

    def _actors(self, page: ActorsPage) -> LongList[ActorLine]:
        return LongList(
            head=first_page(page, "actors", len(page.actors)),
            counterpart=page.path,
            whole=divided(
                page.actors,
                most("actor"),
                (lambda one: letter_id(one.name), lambda one: letters_id(one.name)),
            ),
            named=lambda ident, one: name_of_letter(ident, one.name),
            shown=lambda found: {"actors": found},
        )

    def _disagreements(self, page: DisagreementsPage) -> LongList[Disagreement]:
        dates = self.index.dates_of_disagreements
        return LongList(
            head=first_page(page, "disagreements", len(page.disagreements)),
            whole=disagreements_in_parts(self.index.disagreements.values(), dates),
            named=lambda ident, _: period_name(ident, self.language),
            shown=lambda found: {"disagreements": tuple(self.made.disagreements[item.id] for item in found)},
        )

    def _corrections(self, page: CorrectionsPage) -> LongList[Correction]:
        def shown(found: tuple[Correction, ...]) -> Mapping[str, Any]:
            return {"corrected": tuple(correction_view(item, self.index, self.language) for item in found)}

        return LongList(
            head=replace(first_page(page, "corrections", len(page.entries)), retired=page.retired),
            whole=corrections_in_parts(self.index.corrections),
            named=lambda ident, _: period_name(ident, self.language),
            shown=shown,
        )


def letter_id(text: str) -> str:
    """Return the id of the part that holds the names with the first letter of this one."""
    return anchor_of(letter_of(text))


def letters_id(text: str) -> str:
    """Return the id of the part with the first two letters, which is unlike that with one."""
    return f"{letter_id(text)}-{anchor_of(letters_of(text))}"


def name_of_letter(ident: str, text: str) -> Name:
    """Return what a part by letters is called, by its id and one of the names in it."""
    letter = letter_of(text) if "-" not in ident else letters_of(text)
    return Name(letter, letter)


def _by_speaker(found: tuple[_Spoken, ...]) -> tuple[tuple[ActorLine, tuple[QuoteView, ...]], ...]:
    speakers: dict[str, tuple[ActorLine, list[QuoteView]]] = {}
    for speaker, quote in found:
        speakers.setdefault(speaker.id, (speaker, []))[1].append(quote)
    return tuple((speaker, tuple(quotes)) for speaker, quotes in speakers.values())


def by_publication(found: tuple[SourceEntry, ...]) -> tuple[tuple[str, tuple[SourceEntry, ...]], ...]:
    """Return sources under their publications, in the order of the first of each."""
    names: dict[str, list[SourceEntry]] = {}
    for entry in found:
        names.setdefault(entry.source.publication, []).append(entry)
    return tuple((name, tuple(entries)) for name, entries in names.items())
