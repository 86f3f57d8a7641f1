"""Which page has a card of its own, and what it says: nobody's number without a name and a date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from site_builder import __version__
from site_builder.drawing import Lettering
from site_builder.link.free_numbers import free_numbers
from site_builder.plan import addresses
from site_builder.plan.contexts import (
    Card,
    CardStatement,
    EventPage,
    FigureGroup,
    FigureView,
    HomePage,
    MeasurePage,
    Page,
    RegionPage,
    SiteView,
    SourcePage,
)
from site_builder.plan.labels import label
from site_builder.read.card_style import CardStyle

# As many as stand side by side and can still be read on a telephone.
_SIDE_BY_SIDE = 2
_NO_CARD = frozenset({"not-found", "redirect"})
_DIGEST = 8


P = TypeVar("P", bound=Page)


class Dressed:
    """Gives each page its card: its own, or that of the front page.

    Without a base URL there is no card, for the tags that name it need a whole address; nor where the
    theme's fonts cannot write the words.
    """

    def __init__(self, site: SiteView, style: CardStyle | None) -> None:
        self._site = site
        self._style = style if site.base_url else None

    def __call__(self, page: P) -> P:
        """Returns the page with its card, if it is to have one."""
        if self._style is None or page.kind in _NO_CARD:
            return page
        card = self._placed(card_of(page, self._site), page.path) or self._front
        return replace(page, card=card)

    @cached_property
    def _front(self) -> Card | None:
        return self._placed(_of_front(self._site), addresses.HOME)

    def _placed(self, card: Card | None, path: str) -> Card | None:
        style = self._style
        if card is None or style is None or not _can_write(card, style):
            return None
        # Whoever shows links keeps a card by its address for long: one that says else is another one.
        said = repr((card, style.ink, style.paper, style.accent, __version__))
        digest = hashlib.sha256(said.encode()).hexdigest()[:_DIGEST]
        return replace(card, address=addresses.card(path, digest))


def own_card(page: Page) -> Card | None:
    """Returns the card that is this page's own, not that of another which it shows too."""
    if page.card is None:
        return None
    digest = page.card.address.removesuffix(".png")[-_DIGEST:]
    return page.card if page.card.address == addresses.card(page.path, digest) else None


def _can_write(card: Card, style: CardStyle) -> bool:
    voices = (Lettering(style.serif, 600, 40), Lettering(style.sans, 400, 40))
    return all(voice.can_write(card.words) for voice in voices)


def card_of(page: Page, site: SiteView) -> Card | None:
    """Returns the card of a page without its address, or None where it has none of its own."""
    plain = _plain(site, page.title)
    if isinstance(page, HomePage):
        return _of_front(site)
    if isinstance(page, SourcePage) and page.is_article:
        said = label("card", "published", site.language)
        who = page.source.publication or page.source.type
        above = said.format(who=who[:1].upper() + who[1:], when=page.source.issued.words)
        return replace(plain, above=above, text=page.summary)
    if isinstance(page, RegionPage):
        above = " · ".join(part for part in (page.type, page.region.status) if part)
        return replace(plain, above=above, text=_of_region(page, site.language))
    if isinstance(page, EventPage):
        return _of_event(page, plain, site.language)
    return _of_measure(page, plain, site.language) if isinstance(page, MeasurePage) else None


def _plain(site: SiteView, title: str) -> Card:
    edition = label("card", "edition", site.language).format(when=site.edition.words)
    return Card(site=site.title, edition=edition, above="", title=title, text="")


def _of_front(site: SiteView) -> Card:
    return replace(_plain(site, site.title), site="", text=site.description)


def _of_region(page: RegionPage, language: str) -> str:
    """The summary; or, where that states numbers, who speaks of the region.

    In a summary numbers stand without their claimants, who are below it on the page, and not on a card.
    """
    if not any(free_numbers(page.summary, language)):
        return page.summary
    who = dict.fromkeys(entry.source.label for entry in page.sources)
    return label("card", "on-record", language).format(who=", ".join(who))


def _of_event(page: EventPage, plain: Card, language: str) -> Card:
    event = page.event
    places = dict.fromkeys((event.place, *(one.text for one in event.regions)))
    where = ", ".join(place for place in places if place)
    sources = list(dict.fromkeys(one.attribution.source.label for one in event.reports))
    disputed = next((one.disputes for one in event.reports if one.disputes), "")
    return replace(
        plain,
        above=" · ".join(part for part in (event.date.words, where) if part),
        text=label("card", "reported", language).format(who=", ".join(sources)),
        differs=": ".join(part for part in (_differ(language), disputed) if part) if event.differs else "",
    )


def _of_measure(page: MeasurePage, plain: Card, language: str) -> Card | None:
    contested = _contested(page)
    shown = contested or _newest(page.groups)
    if not shown:
        return None
    return replace(
        plain,
        above=_about(shown[0]) if len({_about(one) for one in shown}) == 1 else "",
        statements=tuple(_statement(one, shown, language) for one in shown),
        differs=_differ(language) if contested else "",
    )


def _differ(language: str) -> str:
    return label("card", "differ", language)


def _contested(page: MeasurePage) -> tuple[FigureView, ...]:
    """The newest figures of two claimants who contradict each other, if any do."""
    for one in page.disagreements:
        figures = [cited.figure for cited in one.records if cited.figure]
        ours = [found for found in figures if found.measure.address == page.path and not found.is_struck]
        newest = {found.claimant: found for found in sorted(ours, key=_moment)}
        if one.nature_id == "contradiction" and len(newest) >= _SIDE_BY_SIDE:
            chosen = sorted(newest.values(), key=_moment, reverse=True)[:_SIDE_BY_SIDE]
            return tuple(sorted(chosen, key=_moment))
    return ()


def _newest(groups: Iterable[FigureGroup]) -> tuple[FigureView, ...]:
    """The figure to show of those that stand first: the preferred one, else the newest."""
    for group in groups:
        standing = [found for found in group.figures if not found.is_struck]
        if standing:
            return (max(standing, key=lambda found: (found.rank_id == "preferred", _moment(found))),)
    return ()


def _moment(figure: FigureView) -> str:
    return figure.as_of.machine


def _about(figure: FigureView) -> str:
    parts = (", ".join(region.text for region in figure.regions), figure.population)
    return " · ".join(part for part in parts if part)


def _statement(figure: FigureView, shown: tuple[FigureView, ...], language: str) -> CardStatement:
    says = label("card", "as-of", language).format(who=figure.claimant, when=figure.as_of.words)
    differ = len({_about(one) for one in shown}) > 1
    return CardStatement(
        words=figure.number,
        unit=" · ".join(part for part in (figure.unit, figure.basis) if part),
        about=_about(figure) if differ else "",
        says=says,
    )
