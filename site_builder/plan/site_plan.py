"""The plan of a site: what is not in it is not written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.issues import IssueLog, Place
from site_builder.link import Index
from site_builder.link.history import Gone
from site_builder.plan import addresses
from site_builder.plan.addresses import Root
from site_builder.plan.assets import Assets, assets
from site_builder.plan.atlas import Atlas, Locator, atlas
from site_builder.plan.cards import with_cards
from site_builder.plan.contexts import Download, Page, SiteView
from site_builder.plan.finding import Finding
from site_builder.plan.labels import label, meaning
from site_builder.plan.lines import Lines
from site_builder.plan.list_pages import ListPages
from site_builder.plan.long_pages import in_parts
from site_builder.plan.maps import locator_views
from site_builder.plan.naming import record_link, text_in
from site_builder.plan.paper import paper_pages
from site_builder.plan.pictures import PlannedPicture, planned_pictures
from site_builder.plan.record_pages import RecordPages
from site_builder.plan.redirects import redirect_pages
from site_builder.plan.search_index import Files
from site_builder.plan.site import navigation, site_view
from site_builder.plan.tables import Table, figures_by_measure, tables
from site_builder.plan.views import Views, views
from site_builder.read.card_style import CardStyle, card_style
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
class LanguageSite:
    """The site in one language: what its pages share, the pages, the feed's entries, the search's index.

    Addresses and the paths of pages are relative to its own root, `site.folder`.
    """

    site: SiteView
    pages: tuple[Page, ...]
    feed: tuple[FeedEntry, ...]
    index: Files


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """Everything that will be rendered: a site in each language, and once for all the tables and the files.

    The dossier's own language is the first. `extracts` are some rows of a table, by the address of their own.
    """

    languages: tuple[LanguageSite, ...]
    tables: tuple[Table, ...]
    extracts: tuple[tuple[str, Table], ...]
    files: tuple[tuple[str, bytes], ...]
    edition: str
    pictures: tuple[PlannedPicture, ...] = ()
    locators: tuple[Locator, ...] = ()

    @property
    def site(self) -> SiteView:
        """What the pages in the dossier's own language share."""
        return self.languages[0].site

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages in the dossier's own language."""
        return self.languages[0].pages

    @property
    def paths(self) -> tuple[str, ...]:
        """The files of all pages, in the order in which they are rendered."""
        return tuple(one.site.folder + page.path for one in self.languages for page in one.pages)


def plan(index: Index, theme: Theme, base_url: str, issues: IssueLog) -> SitePlan:
    """Return the plan; two pages with one address are an error, a missing base URL a warning."""
    base = base_url and base_url.rstrip("/") + "/"
    if not base:
        repair = "write 'base_url:' in site.yaml, or give --base-url"
        problem = "no base URL: the feed, the sitemap, canonical and social tags are left out"
        issues.warning(Place(SITE_FILE), "no-base-url", problem, repair)
    found = tuple(tables(index))
    served = assets(theme)
    style = card_style(theme) if base and index.site.social_cards else None
    maps = atlas(index)
    languages = tuple(
        _in_language(views(index, root), found, served, base, maps, style)
        for root in addresses.roots(index.site)
    )
    _check_collisions(languages[0].pages, index, issues)
    return SitePlan(
        languages=languages,
        tables=found,
        extracts=tuple(
            (addresses.figures_table(measure), rows) for measure, rows in figures_by_measure(index, found)
        ),
        files=(*served.files, *(file for one in languages for file in one.index)),
        edition=_day(index.site.edition.latest),
        pictures=tuple(planned_pictures(index)),
        locators=tuple(maps.locators.values()),
    )


def _in_language(
    made: Views,
    found: tuple[Table, ...],
    served: Assets,
    base_url: str,
    maps: Atlas,
    style: CardStyle | None,
) -> LanguageSite:
    index, root = made.index, made.root
    lines = Lines(made)
    downloads = tuple(_download(table, root) for table in found)
    lists = ListPages(made, lines, downloads, navigation(index, lines), maps)
    finding = Finding(lines)
    site = site_view(index, lines, served, base_url)
    pages = (*lists.all(), *RecordPages(made, lines, locator_views(maps, made, root)).all())
    # A page is put into parts when all that is made of it whole is made: its card, and what is printed.
    whole = with_cards(
        (
            *pages,
            *finding.all(),
            *paper_pages(pages, made),
            *redirect_pages(index, root.language),
        ),
        site,
        style,
    )
    return LanguageSite(
        site=site, pages=tuple(in_parts(whole, made, lines)), feed=_feed(index, made), index=finding.files
    )


def _check_collisions(pages: Iterable[Page], index: Index, issues: IssueLog) -> None:
    taken: dict[str, Page] = {}
    left = index.history.gone.values()
    for page in pages:
        key = page.path.casefold()
        if key in taken:
            problem = f"two pages have the address {page.path}: '{taken[key].title}' and '{page.title}'"
            place = Place(f"content/pages/{page.path.removesuffix('.html')}.md")
            repair = "give the page of prose another id"
            if "redirect" in {page.kind, taken[key].kind}:
                place = next((one.place for one in left if page.path in _left_at(one)), place)
                repair = (
                    "another page has the address of an id that was given up: remove that, or rename the page"
                )
            issues.error(place, "address-collision", problem, repair)
        taken[key] = page


def _left_at(gone: Gone) -> tuple[str, ...]:
    kind, _, ident = gone.was.partition(":")
    return addresses.former(kind, ident)


def _download(table: Table, root: Root) -> Download:
    return Download(
        kind=table.kind,
        title=label("table", table.kind, root.language),
        rows=len(table.rows),
        csv=root.shared(addresses.table(table.kind, "csv")),
        json=root.shared(addresses.table(table.kind, "json")),
        columns=tuple((name, meaning(says, root.language)) for name, says in table.columns),
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
