"""Renders a planned site: pages, tables, feed, sitemap and what hosts read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
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
from site_builder.render.memory import Known, Memory
from site_builder.render.processes import Artifact, Task, done
from site_builder.render.tables import csv_bytes, table_files
from site_builder.render.templates import TemplateFaultError, template_fault

# Below this number of pages a second process costs more than it saves.
_WORTH_A_PROCESS = 400
# Of cards much less: one takes as long as ten pages; and of pictures.
_WORTH_A_PROCESS_OF_CARDS = 64
_WORTH_A_PROCESS_OF_PICTURES = 8


def render(plan: SitePlan, theme: Theme, jobs: int, step: Callable[[], None]) -> Iterator[Artifact]:
    """Yield every file of the site; calls `step` after each page. The bytes do not depend on `jobs`."""
    for made in render_again(plan, theme, jobs, step, Memory()):
        # Who remembers nothing knows no file.
        if isinstance(made, Artifact):
            yield made


def render_again(
    plan: SitePlan, theme: Theme, jobs: int, step: Callable[[], None], memory: Memory
) -> Iterator[Artifact | Known]:
    """Yield every file of the site: its bytes, or that it is as it was, where that is remembered."""
    yield from _pages(plan, theme, jobs, step, memory)
    yield from _counted("tables", _tables(plan), memory)
    locators = [
        Task("maps", one.address, memory.basis("map"), one, partial(locator_svg, one))
        for one in plan.locators
    ]
    yield from done(locators, memory, 1, 1)
    yield from (Artifact(path, content) for path, content in plan.files)
    yield from _pictures(plan, jobs, memory)
    yield from _cards(plan, theme, jobs, memory)
    yield from _counted("feeds", _feeds(plan), memory)
    yield Artifact(ROBOTS, robots(plan))
    yield Artifact(HEADERS, headers_file(plan))


def _counted(kind: str, made: Iterator[Artifact], memory: Memory) -> Iterator[Artifact]:
    start = time.perf_counter()
    for artifact in made:
        memory.timings.count(kind, time.perf_counter() - start, len(artifact.content))
        yield artifact
        start = time.perf_counter()


def _tables(plan: SitePlan) -> Iterator[Artifact]:
    for table in plan.tables:
        for path, content in table_files(table, plan):
            yield Artifact(path, content)
    for path, rows in plan.extracts:
        yield Artifact(path, csv_bytes(rows))


def _feeds(plan: SitePlan) -> Iterator[Artifact]:
    if plan.site.base_url:
        for one in plan.languages:
            yield Artifact(one.site.folder + FEED, feed(one, plan.edition))
        yield Artifact(SITEMAP, sitemap(plan))


def _pictures(plan: SitePlan, jobs: int, memory: Memory) -> Iterator[Artifact | Known]:
    basis = memory.basis("picture")
    tasks = [
        Task(
            kind="pictures",
            path=one.address,
            basis=basis,
            context=(one.picture.fingerprint, one.width, one.form),
            make=partial(encoded, one.picture, one.width, one.form),
        )
        for one in plan.pictures
    ]
    return done(tasks, memory, jobs, _WORTH_A_PROCESS_OF_PICTURES)


def _cards(plan: SitePlan, theme: Theme, jobs: int, memory: Memory) -> Iterator[Artifact | Known]:
    style = card_style(theme)
    # A page has a card only if there are fonts to write it with.
    if style is None:
        return iter(())
    basis = memory.basis("card", style)
    tasks = [
        Task("cards", one.site.folder + card.address, basis, card, partial(card_png, card, style))
        for one in plan.languages
        for card in drawn_cards(one.pages)
    ]
    return done(tasks, memory, jobs, _WORTH_A_PROCESS_OF_CARDS)


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


def _pages(
    plan: SitePlan, theme: Theme, jobs: int, step: Callable[[], None], memory: Memory
) -> Iterator[Artifact | Known]:
    tasks = []
    for one in plan.languages:
        basis = memory.basis("page", theme.fingerprint, one.site)
        tasks += [
            Task(
                kind=page.kind,
                path=one.site.folder + page.path,
                basis=basis,
                context=page,
                make=partial(page_html, page, one.site, theme),
            )
            for page in one.pages
        ]
    for made in done(tasks, memory, jobs, _WORTH_A_PROCESS):
        yield made
        step()
