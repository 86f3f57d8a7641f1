"""The lists of a large dossier: whatever is too long for one page, in parts; a short one stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from site_builder.dates import Edtf
from site_builder.link.homes import corrections_in_parts, disagreements_in_parts
from site_builder.model import Actor, Correction, Quote, Source
from site_builder.parts import by_period, divided, most
from site_builder.plan import addresses
from site_builder.plan.cards import Dressed
from site_builder.plan.contexts import ActorLine, HomePage, Link, ListPage, Page, QuoteView, SourceEntry
from site_builder.plan.finding import anchor_of, letter_of, letters_of
from site_builder.plan.labels import label
from site_builder.plan.list_pages import ListPages
from site_builder.plan.naming import text_in
from site_builder.plan.parts import LongList, Name, first_page, period_name
from site_builder.plan.planned import Owner, PlannedPage
from site_builder.plan.redirects import retired_views
from site_builder.plan.timeline import timeline_pages
from site_builder.plan.views import correction_view
from site_builder.wording import number_words

# How many of the newest a page shows of what stands elsewhere in full.
NEWEST = 12

_Spoken = tuple[Actor, Quote]


def all_of(count: int, address: str, language: str) -> Link:
    """Returns the way to all of so many entries."""
    words = label("parts", "all", language).format(count=number_words(count, language))
    return Link(text=words, address=address)


class LongLists:
    """Plans the pages that list records: each as it is or, where its list is too long, in parts."""

    def __init__(self, lists: ListPages, dressed: Dressed) -> None:
        self.lists = lists
        self.dressed = dressed
        self.lines = lists.lines
        self.made = lists.made
        self.index = lists.index
        self.language = lists.language

    def owners(self) -> Iterator[Owner]:
        """Yields the path of every list, with what plans it."""
        lists = self.lists
        yield self._alone(addresses.HOME, "home", self.home)
        yield addresses.ARTICLES, self.articles
        yield self._alone(addresses.REGIONS, "regions", lists.regions)
        yield addresses.TIMELINE, lambda: timeline_pages(self.made, self.lines, self.dressed)
        yield self._alone(addresses.MEASURES, "measures", lists.measures)
        yield addresses.QUOTES, self.quotes
        yield addresses.SOURCES, self.sources
        yield addresses.ACTORS, self.actors
        yield addresses.DISAGREEMENTS, self.disagreements
        yield addresses.CORRECTIONS, self.corrections
        yield self._alone(addresses.COVERAGE, "coverage", lists.coverage)

    def _alone(self, path: str, kind: str, make: Callable[[], Page]) -> Owner:
        return path, lambda: (self._short(path, kind, make),)

    def _head(self, section: str, path: str, total: int, **further: Any) -> ListPage:  # noqa: ANN401
        """The first page of a long list, without the ways to its parts."""
        whole = Page(**self.lists.head(section, path))
        return self.dressed(replace(first_page(whole, section, total), **further))

    def home(self) -> HomePage:
        """Returns the front page: of what is long with the newest articles, the first disagreements alone."""
        index = self.index
        counts = {"articles": len(index.articles), "disagreements": len(index.disagreements)}
        ways = {"articles": addresses.ARTICLES, "disagreements": addresses.DISAGREEMENTS}
        more = {
            name: all_of(count, ways[name], self.language) for name, count in counts.items() if count > NEWEST
        }
        articles = tuple(reversed(index.articles[-NEWEST:])) if "articles" in more else index.articles
        disagreements = tuple(index.disagreements)
        shown = disagreements[:NEWEST] if "disagreements" in more else disagreements
        return replace(self.lists.home(articles, shown), more=more)

    def articles(self) -> Iterator[PlannedPage]:
        """Plans the list of articles."""
        articles = self.index.articles
        if len(articles) <= most("article"):
            yield self._short(addresses.ARTICLES, "articles", self.lists.articles)
            return

        def head() -> ListPage:
            newest = tuple(self.lines.article(one) for one in reversed(articles[-NEWEST:]))
            return self._head("articles", addresses.ARTICLES, len(articles), articles=newest)

        yield from LongList(
            path=addresses.ARTICLES,
            head=head,
            whole=divided(articles, most("article"), by_period(lambda one: one.issued)),
            named=lambda ident, _: period_name(ident, self.language),
            shown=lambda found: {"articles": tuple(self.lines.article(one) for one in found)},
        ).planned()

    def _short(self, path: str, kind: str, make: Callable[[], Page]) -> PlannedPage:
        return PlannedPage(path, kind, lambda: self.dressed(make()))

    def quotes(self) -> Iterator[PlannedPage]:
        """Plans the list of quotations."""
        total = len(self.index.quotes)
        if total <= most("quote"):
            yield self._short(addresses.QUOTES, "quotes", self.lists.quotes)
            return
        name = self._name
        spoken = [
            (speaker, quote)
            for speaker in self.lists.speakers()
            for quote in self.index.quotes_of_actor[speaker.id]
        ]
        yield from LongList(
            path=addresses.QUOTES,
            head=lambda: self._head("quotes", addresses.QUOTES, total),
            counterpart=addresses.QUOTES,
            whole=divided(
                spoken,
                most("quote"),
                (
                    lambda one: letter_id(name(one[0])),
                    lambda one: letters_id(name(one[0])),
                    lambda one: f"{letters_id(name(one[0]))}/{one[0].id}",
                    *by_period(self._said, lambda one: f"{letters_id(name(one[0]))}/{one[0].id}/"),
                ),
            ),
            named=self._name_of_quotes,
            shown=lambda found: {"speakers": self._by_speaker(found)},
        ).planned()

    def _name(self, actor: Actor) -> str:
        return text_in(actor.name, self.language)

    def _said(self, one: _Spoken) -> Edtf:
        return one[1].said or self.index.sources[one[1].source].issued

    def _name_of_quotes(self, ident: str, one: _Spoken) -> Name:
        depth, name = ident.count("/"), self._name(one[0])
        if not depth:
            return name_of_letter(ident, name)
        if depth == 1:
            return Name(name, name)
        period = period_name(ident, self.language)
        return Name(f"{name}: {period.whole}", period.short)

    def _by_speaker(self, found: tuple[_Spoken, ...]) -> tuple[tuple[ActorLine, tuple[QuoteView, ...]], ...]:
        speakers: dict[str, tuple[Actor, list[QuoteView]]] = {}
        for speaker, quote in found:
            speakers.setdefault(speaker.id, (speaker, []))[1].append(self.made.quotes[quote.id])
        return tuple((self.lines.actor(speaker), tuple(quotes)) for speaker, quotes in speakers.values())

    def sources(self) -> Iterator[PlannedPage]:
        """Plans the list of sources."""
        total = len(self.index.sources)
        if total <= most("source"):
            yield self._short(addresses.SOURCES, "sources", self.lists.sources)
            return
        lines = self.made.sources

        def letters(one: Source) -> str:
            return f"{letters_id(lines[one.id].label)}/"

        yield from LongList(
            path=addresses.SOURCES,
            head=lambda: self._head("sources", addresses.SOURCES, total),
            counterpart=addresses.SOURCES,
            whole=divided(
                self.lists.sources_in_order(),
                most("source"),
                (
                    lambda one: letter_id(lines[one.id].label),
                    lambda one: letters_id(lines[one.id].label),
                    *by_period(lambda one: one.issued, letters),
                ),
            ),
            named=self._name_of_sources,
            shown=lambda found: {"sources": by_publication(tuple(map(self.lines.source, found)))},
        ).planned()

    def _name_of_sources(self, ident: str, one: Source) -> Name:
        label_of_one = self.made.sources[one.id].label
        if "/" not in ident:
            return name_of_letter(ident, label_of_one)
        period = period_name(ident, self.language)
        return Name(f"{letters_of(label_of_one)}: {period.whole}", period.short)

    def actors(self) -> Iterator[PlannedPage]:
        """Plans the list of actors."""
        total = len(self.index.actors)
        if total <= most("actor"):
            yield self._short(addresses.ACTORS, "actors", self.lists.actors)
            return
        yield from LongList(
            path=addresses.ACTORS,
            head=lambda: self._head("actors", addresses.ACTORS, total),
            counterpart=addresses.ACTORS,
            whole=divided(
                self.lists.actors_in_order(),
                most("actor"),
                (lambda one: letter_id(self._name(one)), lambda one: letters_id(self._name(one))),
            ),
            named=lambda ident, one: name_of_letter(ident, self._name(one)),
            shown=lambda found: {"actors": tuple(map(self.lines.actor, found))},
        ).planned()

    def disagreements(self) -> Iterator[PlannedPage]:
        """Plans the list of disagreements."""
        index, path = self.index, addresses.DISAGREEMENTS
        whole = disagreements_in_parts(index.disagreements.values(), index.dates_of_disagreements)
        if not whole.parts:
            yield self._short(path, "disagreements", self.lists.disagreements)
            return
        yield from LongList(
            path=path,
            head=lambda: self._head(
                "disagreements",
                path,
                len(whole.entries),
                corrections=self.lists.corrections_of_disagreements(),
            ),
            whole=whole,
            named=lambda ident, _: period_name(ident, self.language),
            shown=lambda found: {"disagreements": tuple(self.made.disagreements[item.id] for item in found)},
        ).planned()

    def corrections(self) -> Iterator[PlannedPage]:
        """Plans the list of corrections."""
        index, path = self.index, addresses.CORRECTIONS
        whole = corrections_in_parts(index.corrections)
        if not whole.parts:
            yield self._short(path, "corrections", self.lists.corrections)
            return

        def shown(found: tuple[Correction, ...]) -> Mapping[str, Any]:
            return {"corrected": tuple(correction_view(item, index, self.language) for item in found)}

        def head() -> ListPage:
            retired = retired_views(index, self.language)
            return self._head("corrections", path, len(whole.entries), retired=retired)

        yield from LongList(
            path=path,
            head=head,
            whole=whole,
            named=lambda ident, _: period_name(ident, self.language),
            shown=shown,
        ).planned()


def letter_id(text: str) -> str:
    """Returns the id of the part that holds the names with the first letter of this one."""
    return anchor_of(letter_of(text))


def letters_id(text: str) -> str:
    """Returns the id of the part with the first two letters, which is unlike that with one."""
    return f"{letter_id(text)}-{anchor_of(letters_of(text))}"


def name_of_letter(ident: str, text: str) -> Name:
    """Returns what a part by letters is called, by its id and one of the names in it."""
    letter = letter_of(text) if "-" not in ident else letters_of(text)
    return Name(letter, letter)


def by_publication(found: tuple[SourceEntry, ...]) -> tuple[tuple[str, tuple[SourceEntry, ...]], ...]:
    """Returns sources under their publications, in the order of the first of each."""
    names: dict[str, list[SourceEntry]] = {}
    for entry in found:
        names.setdefault(entry.source.publication, []).append(entry)
    return tuple((name, tuple(entries)) for name, entries in names.items())
