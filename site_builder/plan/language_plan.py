"""The plan of a site in one language: which pages there are, and how each is made."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder.link import Index
from site_builder.plan import addresses
from site_builder.plan.addresses import Root
from site_builder.plan.assets import Assets
from site_builder.plan.atlas import Atlas
from site_builder.plan.cards import Dressed
from site_builder.plan.contexts import Download
from site_builder.plan.finding import Finding
from site_builder.plan.labels import label, meaning
from site_builder.plan.lines import Lines
from site_builder.plan.list_pages import ListPages
from site_builder.plan.long_lists import LongLists
from site_builder.plan.long_records import LongRecords
from site_builder.plan.maps import locator_views
from site_builder.plan.paper import PaperPages
from site_builder.plan.planned import Owner, PlannedPage, PlannedPages
from site_builder.plan.record_pages import RecordPages
from site_builder.plan.redirects import redirect_pages
from site_builder.plan.site import navigation, site_view
from site_builder.plan.tables import Table, tables
from site_builder.plan.views import views
from site_builder.read.card_style import CardStyle


class LanguagePlan:
    """Plans every page in one language; a page is made when somebody asks for it, from the index alone."""

    def __init__(
        self,
        index: Index,
        root: Root,
        served: Assets,
        maps: Atlas,
        base_url: str,
        style: CardStyle | None = None,
    ) -> None:
        self.index = index
        self.root = root
        self.made = views(index, root)
        self.lines = Lines(self.made)
        self.site = site_view(index, self.lines, served, base_url)
        self.dressed = Dressed(self.site, style)
        self.records = RecordPages(self.made, self.lines, locator_views(maps, self.made, root))
        sections = navigation(index, self.lines)
        self.lists = ListPages(self.made, self.lines, self._downloads, sections, maps)
        self.pages = PlannedPages(self._owners())
        self.further = PlannedPages(self._further())

    def finding(self) -> Finding:
        """Returns the pages by which records are found, with the files of the search."""
        return Finding(self.lines, self.dressed)

    def at(self, path: str) -> PlannedPage | None:
        """Returns the page at a path below the root of the language, or None."""
        if path == addresses.SEARCH or addresses.A_TO_Z in {path, f"{path.partition('/')[0]}.html"}:
            return next((one for one in self.finding().planned() if one.path == path), None)
        return self.pages.at(path) or self.further.at(path)

    def _owners(self) -> Iterator[Owner]:
        """The lists, then the records, kind by kind."""
        records = LongRecords(self.records, self.dressed)
        yield from LongLists(self.lists, self.dressed).owners()
        method = partial(records.linked, addresses.METHOD, "method", "page:method", self.lists.method)
        yield addresses.METHOD, method
        yield self._alone(PlannedPage(addresses.DATA, "data", lambda: self.dressed(self.lists.data())))
        if not self.root.folder:
            yield self._alone(PlannedPage(addresses.NOT_FOUND, "not-found", self.lists.not_found))
        yield from records.owners()

    def _further(self) -> Iterator[Owner]:
        """What is printed, and what stands at addresses that records have left."""
        yield from PaperPages(self.records, self.dressed).owners()
        for page in redirect_pages(self.index, self.root.language):
            yield self._alone(page)

    def _alone(self, page: PlannedPage) -> Owner:
        return page.path, lambda: (page,)

    def _downloads(self) -> tuple[Download, ...]:
        return tuple(_download(table, self.root) for table in tables(self.index))


def _download(table: Table, root: Root) -> Download:
    return Download(
        kind=table.kind,
        title=label("table", table.kind, root.language),
        rows=table.count,
        csv=root.shared(addresses.table(table.kind, "csv")),
        json=root.shared(addresses.table(table.kind, "json")),
        columns=tuple((name, meaning(says, root.language)) for name, says in table.columns),
    )
