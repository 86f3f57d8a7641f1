"""Which pages are too long, and what they become: the one place where a planned page is put into parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.plan.contexts import ActorPage, HomePage, MeasurePage, Page, RegionPage, SourcePage
from site_builder.plan.lines import Lines
from site_builder.plan.long_lists import LongLists
from site_builder.plan.long_records import LongRecords
from site_builder.plan.views import Views


def in_parts(pages: Iterable[Page], made: Views, lines: Lines) -> Iterator[Page]:
    """Yield the pages; after one that is too long, and shortened, stand the pages of its parts."""
    lists, records = LongLists(made), LongRecords(lines)
    for whole in pages:
        page, links = records.links(whole)
        if isinstance(page, HomePage):
            yield lists.home(page)
        elif isinstance(page, RegionPage | ActorPage | SourcePage | MeasurePage):
            yield from records.pages(page)
        else:
            yield from lists.pages(page)
        yield from links
