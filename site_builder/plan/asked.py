"""Single pages, made when somebody asks for them: the same as in the whole plan, without its rest."""

from __future__ import annotations

from site_builder.link import Index
from site_builder.plan import addresses
from site_builder.plan.assets import assets
from site_builder.plan.atlas import Atlas
from site_builder.plan.contexts import Page, SiteView
from site_builder.plan.language_plan import LanguagePlan
from site_builder.read.theme import Theme


class AskedPages:
    """Makes pages of an index by their paths. `maps` is the atlas of its outlines."""

    def __init__(self, index: Index, theme: Theme, maps: Atlas, base_url: str = "") -> None:
        served = assets(theme)
        self._in_language = {
            root.folder: LanguagePlan(index, root, served, maps, base_url)
            for root in addresses.roots(index.site)
        }

    def page(self, path: str) -> tuple[Page, SiteView] | None:
        """Returns a page by its path, with what all pages share; None if there is no such page."""
        folder = next((one for one in self._in_language if one and path.startswith(one)), "")
        language = self._in_language[folder]
        found = language.at(path.removeprefix(folder))
        return (found.make(), language.site) if found else None
