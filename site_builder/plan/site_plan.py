"""The plan of a site: what is not in it is not written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.issues import IssueLog, Place
from site_builder.link import Index
from site_builder.plan import addresses
from site_builder.plan.assets import assets
from site_builder.plan.contexts import Download, Page, SiteView
from site_builder.plan.labels import label
from site_builder.plan.lines import Lines
from site_builder.plan.list_pages import ListPages
from site_builder.plan.naming import record_link, text_in
from site_builder.plan.record_pages import RecordPages
from site_builder.plan.redirects import redirect_pages
from site_builder.plan.site import navigation, site_view
from site_builder.plan.tables import Table, tables
from site_builder.plan.views import Views, views
from site_builder.read.theme import Theme

SITE_FILE = "content/site.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of the feed; `updated` is a day, as YYYY-MM-DD."""

    title: str
    address: str
    updated: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """Everything that will be rendered: pages, tables, the feed's entries, and files as they are."""

    site: SiteView
    pages: tuple[Page, ...]
    tables: tuple[Table, ...]
    feed: tuple[FeedEntry, ...]
    files: tuple[tuple[str, bytes], ...]
    edition: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The addresses of the pages."""
        return tuple(page.path for page in self.pages)


def plan(index: Index, theme: Theme, base_url: str, issues: IssueLog) -> SitePlan:
    """Return the plan; two pages with one address are an error, a missing base URL a warning."""
    base = base_url and base_url.rstrip("/") + "/"
    if not base:
        repair = "write 'base_url:' in site.yaml, or give --base-url"
        problem = "no base URL: the feed, the sitemap, canonical and social tags are left out"
        issues.warning(Place(SITE_FILE), "no-base-url", problem, repair)
    made = views(index)
    lines = Lines(made)
    found = tuple(tables(index))
    downloads = tuple(_download(table, index) for table in found)
    lists = ListPages(made, lines, downloads, navigation(index, lines))
    pages = (*lists.all(), *RecordPages(made, lines).all(), *redirect_pages(index))
    _check_collisions(pages, issues)
    served = assets(theme)
    return SitePlan(
        site=site_view(index, lines, served, base),
        pages=pages,
        tables=found,
        feed=_feed(index, made),
        files=served.files,
        edition=_day(index.site.edition.latest),
    )


def _check_collisions(pages: Iterable[Page], issues: IssueLog) -> None:
    taken: dict[str, Page] = {}
    for page in pages:
        key = page.path.casefold()
        if key in taken:
            problem = f"two pages have the address {page.path}: '{taken[key].title}' and '{page.title}'"
            prose, old = Place(f"content/pages/{page.path.removesuffix('.html')}.md"), "redirect"
            place = Place("content/retired.yaml") if old in {page.kind, taken[key].kind} else prose
            issues.error(place, "address-collision", problem, "give the page of prose another id")
        taken[key] = page


def _download(table: Table, index: Index) -> Download:
    return Download(
        kind=table.kind,
        title=label("table", table.kind, index.site.language),
        rows=len(table.rows),
        csv=addresses.table(table.kind, "csv"),
        json=addresses.table(table.kind, "json"),
        columns=table.columns,
    )


def _feed(index: Index, made: Views) -> tuple[FeedEntry, ...]:
    articles = [
        FeedEntry(
            title=article.title,
            address=made.sources[article.id].address,
            updated=_day(article.curated.latest),
            summary=text_in(article.summary, made.language),
        )
        for article in index.articles
    ]
    corrections = [
        FeedEntry(
            title=record_link(item.record, index, made.language).text,
            address=addresses.record(f"correction:{item.id}", index),
            updated=_day(item.date.latest),
            summary=text_in(item.why, made.language),
        )
        for item in index.corrections
    ]
    return tuple(
        sorted((*articles, *corrections), key=lambda entry: (entry.updated, entry.address), reverse=True)
    )


def _day(date: object) -> str:
    return str(date) if date else "1970-01-01"
