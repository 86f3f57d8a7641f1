"""Renders a planned site: pages, tables, feed, sitemap and what hosts read."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlsplit

from jinja2 import Environment

from site_builder.images import encoded
from site_builder.plan import SitePlan
from site_builder.plan.addresses import FEED, HEADERS, NOT_FOUND, ROBOTS, SITEMAP
from site_builder.plan.cards import drawn_cards
from site_builder.plan.contexts import Page, SiteView
from site_builder.read.card_style import card_style
from site_builder.read.theme import Theme
from site_builder.render.cards import card_png
from site_builder.render.environment import environment, press
from site_builder.render.feeds import feed, sitemap
from site_builder.render.hosting import headers_file, robots
from site_builder.render.locators import locator_svg
from site_builder.render.tables import csv_bytes, table_files
from site_builder.render.templates import TemplateFaultError, template_fault

# Below this number of pages a second process costs more than it saves.
_WORTH_A_PROCESS = 400
# Of cards much less: one takes as long as ten pages.
_WORTH_A_PROCESS_OF_CARDS = 64

T = TypeVar("T")


@dataclass(frozen=True)
class Artifact:
    """A file of the site: its path relative to the root, with forward slashes, and its bytes."""

    path: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 sum of its bytes, in hexadecimal; it is reckoned once."""
        return hashlib.sha256(self.content).hexdigest()


def render(plan: SitePlan, theme: Theme, jobs: int, step: Callable[[], None]) -> Iterator[Artifact]:
    """Yield every file of the site; calls `step` after each page. The bytes do not depend on `jobs`."""
    yield from _pages(plan, theme, jobs, step)
    for table in plan.tables:
        for path, content in table_files(table, plan):
            yield Artifact(path, content)
    for path, rows in plan.extracts:
        yield Artifact(path, csv_bytes(rows))
    for locator in plan.locators:
        yield Artifact(locator.address, locator_svg(locator))
    for path, content in plan.files:
        yield Artifact(path, content)
    for made in plan.pictures:
        yield Artifact(made.address, encoded(made.picture, made.width, made.form))
    yield from _cards(plan, theme, jobs)
    if plan.site.base_url:
        for one in plan.languages:
            yield Artifact(one.site.folder + FEED, feed(one, plan.edition))
        yield Artifact(SITEMAP, sitemap(plan))
    yield Artifact(ROBOTS, robots(plan))
    yield Artifact(HEADERS, headers_file(plan))


def _cards(plan: SitePlan, theme: Theme, jobs: int) -> Iterator[Artifact]:
    style = card_style(theme)
    # A page has a card only if there are fonts to write it with.
    if style is None:
        return
    drawn = [(one, card) for one in plan.languages for card in drawn_cards(one.pages)]
    contents = _each(drawn, lambda found: card_png(found[1], style), jobs, _WORTH_A_PROCESS_OF_CARDS)
    for (one, card), content in zip(drawn, contents, strict=True):
        yield Artifact(one.site.folder + card.address, content)


def page_html(page: Page, site: SiteView, theme: Theme) -> bytes:
    """Return one page of the site in one language.

    Raises `TemplateFaultError` where a template of the project's own fails.
    """
    prefix = _prefix(page, site)
    try:
        return _bytes(press(theme, prefix, site.language), page, site)
    except Exception:  # noqa: BLE001, S110  # made once more below, by Jinja's own code: it tells the mistake
        pass
    try:
        return _bytes(environment(theme, prefix, site.language), page, site)
    except Exception as error:
        fault = template_fault(error, theme, f"on the page {site.folder}{page.path}")
        if fault is None:
            raise
        raise TemplateFaultError(fault) from error


def _bytes(env: Environment, page: Page, site: SiteView) -> bytes:
    html = env.get_template(f"pages/{page.kind}.html").render(site=site, page=page)
    return (html.rstrip() + "\n").encode()


def _prefix(page: Page, site: SiteView) -> str:
    """What leads from a page to the root of its language."""
    if page.path == NOT_FOUND:
        # A host shows this page at whatever address is missing, so its links cannot be relative.
        return urlsplit(site.base_url).path if site.base_url else ""
    return "../" * page.path.count("/")


def _pages(plan: SitePlan, theme: Theme, jobs: int, step: Callable[[], None]) -> Iterator[Artifact]:
    pages = [(one, page) for one in plan.languages for page in one.pages]
    contents = _each(pages, lambda found: page_html(found[1], found[0].site, theme), jobs, _WORTH_A_PROCESS)
    for (one, page), content in zip(pages, contents, strict=True):
        yield Artifact(one.site.folder + page.path, content)
        step()


def _each(items: Sequence[T], made: Callable[[T], bytes], jobs: int, worth: int) -> Iterator[bytes]:
    """Yield what is made of each item, in their order; in several processes if at least `worth` are there."""
    if jobs > 1 and len(items) >= worth and "fork" in multiprocessing.get_all_start_methods():
        return _in_processes(items, made, jobs)
    return map(made, items)


# What forked processes work on: handed down by the fork itself, so that a plan is never pickled.
_work: tuple[Sequence[Any], Callable[[Any], bytes]] | None = None


def _in_processes(items: Sequence[T], made: Callable[[T], bytes], jobs: int) -> Iterator[bytes]:
    global _work  # noqa: PLW0603  # the one value that a fork hands down; put back below
    _work = (items, made)
    try:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            yield from pool.imap(_numbered, range(len(items)), chunksize=32)
    finally:
        _work = None


def _numbered(number: int) -> bytes:
    if _work is None:  # pragma: no cover  # only a process that was not forked by the function above
        message = "no work was handed down"
        raise RuntimeError(message)
    items, made = _work
    return made(items[number])
