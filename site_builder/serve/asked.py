"""A site whose pages are made when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import PurePosixPath

from site_builder.issues import IssueLog
from site_builder.link import Index
from site_builder.plan import AskedPages, Atlas, PlannedPage, SitePlan, plan
from site_builder.plan.assets import assets
from site_builder.plan.contexts import SiteView
from site_builder.read.theme import Theme
from site_builder.render import page_html, render

# These are made of records; whatever else is no page has a name that changes with its content, or stays.
_OF_RECORDS = ("data/", "assets/search-")


def lasting(site: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Returns the files of a site that the change of a record leaves as they are."""
    if isinstance(site, AskedSite):
        return site.kept
    return {path: content for path, content in site.items() if not _is_of_records(path)}


def with_theme(kept: Mapping[str, bytes], before: Theme, after: Theme) -> Mapping[str, bytes]:
    """Returns files that last with those of a theme replaced by those of another."""
    gone = dict(assets(before).files)
    return {path: content for path, content in kept.items() if path not in gone} | dict(assets(after).files)


def _is_of_records(path: str) -> bool:
    return path.endswith(".html") or path.startswith(_OF_RECORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """The whole plan, by what it holds: how to make each page, and all other files."""

    pages: Mapping[str, Callable[[], bytes]]
    files: Mapping[str, bytes]


class AskedSite(Mapping[str, bytes]):
    """The files of a site by path. A record's page is planned by itself; for a list the whole site is.

    `kept` holds the files that last. For one thread alone.
    """

    def __init__(self, index: Index, theme: Theme, maps: Atlas, kept: Mapping[str, bytes]) -> None:
        self._index = index
        self._theme = theme
        self._maps = maps
        self.kept = kept
        self._made: dict[str, bytes] = {}

    def __getitem__(self, path: str) -> bytes:
        if path not in self._made:
            self._made[path] = self._make(path)
        return self._made[path]

    def __contains__(self, path: object) -> bool:
        try:
            return isinstance(path, str) and bool(self[path] is not None)
        except KeyError:
            return False

    def __iter__(self) -> Iterator[str]:
        yield from self.kept
        yield from self._whole.pages
        yield from (path for path in self._whole.files if path not in self.kept)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return True

    def _make(self, path: str) -> bytes:
        if path in self.kept:
            return self.kept[path]
        # A name without an ending is a folder's: it is asked for before its index.
        if not PurePosixPath(path).suffix:
            raise KeyError(path)
        if found := self._asked.page(path):
            return page_html(*found, self._theme)
        if path in self._whole.pages:
            return self._whole.pages[path]()
        return self._whole.files[path]

    @cached_property
    def _asked(self) -> AskedPages:
        # Not before a page is asked for: who saves is told at once, and tabs may show other pages.
        return AskedPages(self._index, self._theme, self._maps)

    @cached_property
    def _whole(self) -> _Parts:
        planned = plan(self._index, self._theme, "", IssueLog())
        return _Parts(pages=dict(_pages(planned, self._theme)), files=dict(_files(planned, self._theme)))


def _pages(planned: SitePlan, theme: Theme) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for one in planned.languages:
        for page in one.all_planned():
            yield one.site.folder + page.path, partial(_html, page, one.site, theme)


def _html(page: PlannedPage, site: SiteView, theme: Theme) -> bytes:
    return page_html(page.make(), site, theme)


def _files(planned: SitePlan, theme: Theme) -> Iterator[tuple[str, bytes]]:
    without_pages = tuple(replace(one, planned=(), further=()) for one in planned.languages)
    for artifact in render(replace(planned, languages=without_pages), theme, 1, lambda _: None):
        if not artifact.path.endswith(".html"):
            yield artifact.path, artifact.content
