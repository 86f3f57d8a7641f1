"""Renders a planned site: pages, tables, feed, sitemap and what hosts read."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from site_builder.images import encoded
from site_builder.plan import LanguageSite, SitePlan
from site_builder.plan.addresses import FEED, HEADERS, NOT_FOUND, ROBOTS, SITEMAP
from site_builder.plan.cards import drawn_cards
from site_builder.plan.contexts import Page, SiteView
from site_builder.read.card_style import card_style
from site_builder.read.theme import Theme
from site_builder.render.cards import card_png
from site_builder.render.environment import environment
from site_builder.render.feeds import feed, sitemap
from site_builder.render.hosting import headers_file, robots
from site_builder.render.locators import locator_svg
from site_builder.render.tables import csv_bytes, table_files
from site_builder.render.templates import TemplateFaultError, template_fault

# Below this number of pages a second process costs more than it saves.
_WORTH_A_PROCESS = 400


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of the site: its path relative to the root, with forward slashes, and its bytes."""

    path: str
    content: bytes


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
    yield from _cards(plan, theme)
    if plan.site.base_url:
        for one in plan.languages:
            yield Artifact(one.site.folder + FEED, feed(one, plan.edition))
        yield Artifact(SITEMAP, sitemap(plan))
    yield Artifact(ROBOTS, robots(plan))
    yield Artifact(HEADERS, headers_file(plan))


def _cards(plan: SitePlan, theme: Theme) -> Iterator[Artifact]:
    style = card_style(theme)
    for one in plan.languages:
        for card in drawn_cards(one.pages):
            # A page has a card only if there are fonts to write it with.
            if style is not None:
                yield Artifact(one.site.folder + card.address, card_png(card, style))


def page_html(page: Page, site: SiteView, theme: Theme) -> bytes:
    """Return one page of the site in one language.

    Raises `TemplateFaultError` where a template of the project's own fails.
    """
    env = environment(theme, _prefix(page, site), site.language)
    try:
        template = env.get_template(f"pages/{page.kind}.html")
        return (template.render(site=site, page=page).rstrip() + "\n").encode()
    except Exception as error:
        fault = template_fault(error, theme, f"on the page {site.folder}{page.path}")
        if fault is None:
            raise
        raise TemplateFaultError(fault) from error


def _prefix(page: Page, site: SiteView) -> str:
    """What leads from a page to the root of its language."""
    if page.path == NOT_FOUND:
        # A host shows this page at whatever address is missing, so its links cannot be relative.
        return urlsplit(site.base_url).path if site.base_url else ""
    return "../" * page.path.count("/")


def _numbered(plan: SitePlan) -> tuple[tuple[LanguageSite, Page], ...]:
    return tuple((one, page) for one in plan.languages for page in one.pages)


def _pages(plan: SitePlan, theme: Theme, jobs: int, step: Callable[[], None]) -> Iterator[Artifact]:
    pages = _numbered(plan)
    if jobs > 1 and len(pages) >= _WORTH_A_PROCESS and "fork" in multiprocessing.get_all_start_methods():
        yield from _in_processes(plan, theme, jobs, step)
        return
    for one, page in pages:
        yield Artifact(one.site.folder + page.path, page_html(page, one.site, theme))
        step()


# What forked processes work on: handed down by the fork itself, so that a plan is never pickled.
_work: tuple[tuple[tuple[LanguageSite, Page], ...], Theme] | None = None


def _in_processes(plan: SitePlan, theme: Theme, jobs: int, step: Callable[[], None]) -> Iterator[Artifact]:
    global _work  # noqa: PLW0603  # the one value that a fork hands down; put back below
    pages, paths = _numbered(plan), plan.paths
    _work = (pages, theme)
    try:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            for number, content in pool.imap(_numbered_page, range(len(pages)), chunksize=32):
                yield Artifact(paths[number], content)
                step()
    finally:
        _work = None


def _numbered_page(number: int) -> tuple[int, bytes]:
    if _work is None:  # pragma: no cover  # only a process that was not forked by the function above
        message = "no work was handed down"
        raise RuntimeError(message)
    pages, theme = _work
    one, page = pages[number]
    return number, page_html(page, one.site, theme)
