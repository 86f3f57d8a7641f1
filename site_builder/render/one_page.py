"""One page by its template; and again of kept code, after an edit of which all that differs is known."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from site_builder.plan.addresses import NOT_FOUND
from site_builder.render.artifacts import Artifact
from site_builder.render.environment import KeptTemplates

if TYPE_CHECKING:
    from jinja2 import Environment

    from site_builder.plan.contexts import Page, SiteView
    from site_builder.timings import Timings


class CannotRemakeError(Exception):
    """A page that kept code does not make: it is for a whole build to say why."""


def one_page(env: Environment, page: Page, site: SiteView) -> bytes:
    """Returns the bytes of a page. Raises whatever its template raises."""
    html = env.get_template(f"pages/{page.kind}.html").render(site=site, page=page)
    return (html.rstrip() + "\n").encode()


def prefix_of(page: Page, site: SiteView) -> str:
    """Returns what leads from a page to the root of its language."""
    if page.path == NOT_FOUND:
        # A host shows this page at whatever address is missing, so its links cannot be relative.
        return urlsplit(site.base_url).path if site.base_url else ""
    return "../" * page.path.count("/")


def remade(page: Page, site: SiteView, templates: KeptTemplates, timings: Timings) -> Artifact:
    """Returns a page made of kept code as a file of the site, and counts it. Raises `CannotRemakeError`."""
    start = time.perf_counter()
    try:
        content = one_page(templates.press(prefix_of(page, site)), page, site)
    except Exception as error:
        raise CannotRemakeError from error
    made = Artifact(site.folder + page.path, content)
    timings.count(page.kind, time.perf_counter() - start, made.size)
    return made
