"""Renders a planned site: pages, tables, feed, sitemap and what hosts read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from site_builder.images import encoded
from site_builder.plan import LanguageSite, PlannedPage, PlannedPicture, SitePlan, Table
from site_builder.plan.addresses import CARDS, FEED, HEADERS, ROBOTS
from site_builder.plan.cards import own_card
from site_builder.plan.contexts import Page, SiteView
from site_builder.read.card_style import card_style
from site_builder.read.theme import Theme
from site_builder.render.artifacts import Artifact, Known
from site_builder.render.cards import card_png
from site_builder.render.environment import compile_pages, environment, press
from site_builder.render.feeds import feed, sitemaps
from site_builder.render.hosting import headers_file, robots
from site_builder.render.locators import locator_svg
from site_builder.render.memory import Memory, fingerprint
from site_builder.render.one_page import one_page, prefix_of
from site_builder.render.processes import Piece, Task, done
from site_builder.render.tables import csv_bytes, table_files
from site_builder.render.templates import TemplateFaultError, template_fault

# Below so many pages a second process costs more than it saves; a card takes as long as some of them.
_WORTH_A_PROCESS = 400
_PAGES_A_CARD = 6
_PAGES_A_PICTURE = 50
# The search, and the first page of the A to Z; the kind that its letters are counted as.
_FOUND = 2
LETTERS = "a-z letters"


def render(plan: SitePlan, theme: Theme, jobs: int, step: Callable[[int], None]) -> Iterator[Artifact]:
    """Yields every file of the site; `step` is told how many pages are to be made each time that one is.

    The bytes do not depend on `jobs`, the order of the files does.
    """
    for made in render_again(plan, theme, jobs, step, Memory()):
        # Who remembers nothing knows no file.
        if isinstance(made, Artifact):
            yield made


def render_again(
    plan: SitePlan, theme: Theme, jobs: int, step: Callable[[int], None], memory: Memory
) -> Iterator[Artifact | Known]:
    """Yields every file of the site: its bytes, or that it is as it was, where that is remembered."""
    memory.make_room()
    tasks = _Tasks(plan, theme, memory)
    cards: set[str] = set()
    total = tasks.pages
    processes = jobs if tasks.weight >= _WORTH_A_PROCESS else 1
    # After an edit few are needed, and by few processes.
    if processes > 1 and not memory.before:
        for one in plan.languages:
            compile_pages(theme, one.site.language)
    shared = partial(_shared, plan, memory)
    for made in done(tasks.all, memory, processes, tasks.long, tasks.first, shared):
        if made.kind == "cards":
            cards.add(made.path.partition(CARDS)[0])
        yield made.file
        if made.path.endswith(".html"):
            # How many letters the A to Z has is known when they come.
            total += made.kind == LETTERS
            step(total)
    yield from (Artifact(path, content) for path, content in plan.files)
    yield Artifact(ROBOTS, robots(plan))
    yield Artifact(HEADERS, headers_file(plan, cards))


def _shared(plan: SitePlan, memory: Memory) -> Iterator[object]:
    """Makes what each process would make for itself, and sum it up, step by step."""
    for one in plan.languages:
        for made in one.views():
            if memory.tool:
                fingerprint(b"", made)
            yield made


def _feeds(plan: SitePlan) -> Iterator[Piece]:
    if plan.site.base_url:
        for one in plan.languages:
            content = feed(one, plan.edition)
            yield Piece("feeds", one.site.folder + FEED, b"", None, partial(bytes, content))
        for path, content in sitemaps(plan):
            yield Piece("feeds", path, b"", None, partial(bytes, content))


class _Tasks:
    """What is to be made: pages with their cards, the search, tables, maps and pictures."""

    def __init__(self, plan: SitePlan, theme: Theme, memory: Memory) -> None:
        self._plan = plan
        self._theme = theme
        # A page has a card only if there are fonts to write it with.
        self._style = card_style(theme) if plan.site.base_url else None
        self._basis_of_cards = memory.basis("card", self._style)
        self._bases = {
            one.site.folder: memory.basis("page", theme.fingerprint, one.site) for one in plan.languages
        }
        self.pages = sum(len(one.planned) + len(one.further) + _FOUND for one in plan.languages)
        self.long = tuple(partial(self._finding, one) for one in plan.languages)
        self.first: tuple[Task, ...] = (*self._tables(), partial(_feeds, plan))
        self.all = tuple(self._all(memory))
        cards = self.pages * _PAGES_A_CARD if self._style else 0
        self.weight = self.pages + cards + len(plan.pictures) * _PAGES_A_PICTURE

    def _tables(self) -> Iterator[Task]:
        """Yields the tasks that go through all records, and look at no view of them."""
        for table in self._plan.tables:
            yield partial(self._table, table)
        for address, rows in self._plan.extracts:
            yield partial(iter, (Piece("tables", address, b"", None, partial(csv_bytes, rows)),))

    def _all(self, memory: Memory) -> Iterator[Task]:
        """Yields the other tasks: the front page, then those that take longest, then all others."""
        plan = self._plan
        for one in plan.languages:
            yield from (partial(self._page, page, one) for page in one.planned[:1])
        basis = memory.basis("picture")
        for picture in plan.pictures:
            yield partial(self._picture, picture, basis)
        for one in plan.languages:
            for page in (*one.planned[1:], *one.further):
                yield partial(self._page, page, one)
        basis = memory.basis("map")
        for locator in plan.locators:
            piece = Piece("maps", locator.address, basis, locator, partial(locator_svg, locator))
            yield partial(iter, (piece,))

    def _page(self, planned: PlannedPage, one: LanguageSite) -> Iterator[Piece]:
        page, folder = planned.make(), one.site.folder
        make = partial(page_html, page, one.site, self._theme)
        yield Piece(page.kind, folder + page.path, self._bases[folder], page, make)
        card = own_card(page)
        if card and self._style:
            make = partial(card_png, card, self._style)
            yield Piece("cards", folder + card.address, self._basis_of_cards, card, make)

    def _finding(self, one: LanguageSite) -> Iterator[Piece]:
        finding = one.finding()
        for path, content in finding.files():
            yield Piece("search", path, b"", None, partial(bytes, content))
        for page in finding.letters():
            for piece in self._page(page, one):
                yield replace(piece, kind=LETTERS)
        for page in finding.firsts():
            yield from self._page(page, one)

    def _table(self, table: Table) -> Iterator[Piece]:
        for path, content in table_files(table, self._plan):
            yield Piece("tables", path, b"", None, partial(bytes, content))

    def _picture(self, one: PlannedPicture, basis: bytes) -> Iterator[Piece]:
        context = (one.picture.fingerprint, one.width, one.form)
        make = partial(encoded, one.picture, one.width, one.form)
        yield Piece("pictures", one.address, basis, context, make)


def page_html(page: Page, site: SiteView, theme: Theme) -> bytes:
    """Returns one page of the site in one language.

    Raises `TemplateFaultError` where a template of the project's own fails.
    """
    prefix = prefix_of(page, site)
    try:
        return one_page(press(theme, prefix, site.language), page, site)
    except Exception:  # noqa: BLE001, S110  # made once more below, by Jinja's own code: it tells the mistake
        pass
    try:
        return one_page(environment(theme, prefix, site.language), page, site)
    except Exception as error:
        fault = template_fault(error, theme, f"on the page {site.folder}{page.path}")
        if fault is None:
            raise
        raise TemplateFaultError(fault) from error
