"""Single pages, planned when somebody asks for them: the same as in the whole plan, without its rest."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from pathlib import PurePosixPath

from site_builder.link import Index
from site_builder.plan import addresses
from site_builder.plan.addresses import Root
from site_builder.plan.assets import Assets, assets
from site_builder.plan.atlas import Atlas
from site_builder.plan.contexts import Page, SiteView
from site_builder.plan.lines import Lines
from site_builder.plan.maps import locator_views
from site_builder.plan.record_pages import RecordPages
from site_builder.plan.site import site_view
from site_builder.plan.views import views_on_demand
from site_builder.read.theme import Theme

# What an author writes for these stands on pages of lists.
_LISTS = frozenset({"home", "method"})


class AskedPages:
    """Plans pages of single records of an index, without a base URL. `maps` is the atlas of its outlines."""

    def __init__(self, index: Index, theme: Theme, maps: Atlas) -> None:
        served = assets(theme)
        self._in_language = {
            root.folder: _Language(index, root, served, maps) for root in addresses.roots(index.site)
        }

    def page(self, path: str) -> tuple[Page, SiteView] | None:
        """Return a record's page by its path, with what all pages share; None if there is no such page."""
        folder = next((one for one in self._in_language if one and path.startswith(one)), "")
        return self._in_language[folder].page(path.removeprefix(folder))


class _Language:
    """The site in one language."""

    def __init__(self, index: Index, root: Root, served: Assets, maps: Atlas) -> None:
        self._index = index
        self._made = views_on_demand(index, root)
        lines = Lines(self._made)
        self._pages = RecordPages(self._made, lines, locator_views(maps, self._made, root))
        self._site = site_view(index, lines, served, "")

    def page(self, path: str) -> tuple[Page, SiteView] | None:
        """Return the page at a path below the root of the language."""
        found = self._of_record(str(PurePosixPath(path).parent), PurePosixPath(path).stem)
        return (found, self._site) if found and found.path == path else None

    def _of_record(self, folder: str, ident: str) -> Page | None:
        index, pages, made = self._index, self._pages, self._made
        of_folder: Mapping[str, tuple[Container[str], Callable[[], Page]]] = {
            "articles": (index.sources, lambda: pages.source(index.sources[ident])),
            "sources": (index.sources, lambda: pages.source(index.sources[ident])),
            "regions": (index.regions, lambda: pages.region(index.regions[ident])),
            "events": (index.events, lambda: pages.event(made.events[ident])),
            "figures": (index.measures, lambda: pages.measure(index.measures[ident])),
            "actors": (index.actors, lambda: pages.actor(index.actors[ident])),
            ".": (index.pages.keys() - _LISTS, lambda: pages.prose(index.pages[ident])),
        }
        known, make = of_folder.get(folder, ((), None))
        return make() if make and ident in known else None
