"""The plan of a site: what is not in it is not written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from heapq import nlargest

from site_builder.issues import IssueLog, Place
from site_builder.link import Index
from site_builder.link.history import Gone
from site_builder.model import Article, Correction
from site_builder.plan import addresses
from site_builder.plan.assets import assets
from site_builder.plan.atlas import Locator, atlas
from site_builder.plan.contexts import Page, SiteView
from site_builder.plan.finding import Finding
from site_builder.plan.language_plan import LanguagePlan
from site_builder.plan.naming import record_link, text_in
from site_builder.plan.pictures import PlannedPicture, planned_pictures
from site_builder.plan.planned import PlannedPage
from site_builder.plan.tables import Table, figures_by_measure, tables
from site_builder.plan.views import shared_views
from site_builder.read.card_style import card_style
from site_builder.read.theme import Theme

SITE_FILE = "content/site.yaml"
ENTRIES_OF_FEED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of the feed; `updated` is a day, as YYYY-MM-DD."""

    title: str
    address: str
    updated: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageSite:
    """The site in one language: what its pages share, its pages, the feed's entries.

    `views` makes the views that many pages show, some at a time, where all are kept at once: whoever has
    pages made in several processes has them made once. `planned` are the pages of lists and records,
    `further` those for print and those at addresses that records have left. The pages by which records are
    found, and the search's index, come of `finding`, and take long to be found out. Addresses and the paths
    of pages are relative to its own root, `site.folder`.
    """

    site: SiteView
    views: Callable[[], Iterator[tuple[object, ...]]]
    planned: tuple[PlannedPage, ...]
    finding: Callable[[], Finding]
    further: tuple[PlannedPage, ...]
    feed: tuple[FeedEntry, ...]

    def all_planned(self) -> Iterator[PlannedPage]:
        """Yields every page, in order; it takes as long as the search's index."""
        yield from self.planned
        yield from self.finding().planned()
        yield from self.further

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page, made."""
        return tuple(one.make() for one in self.all_planned())


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
    def spoken(self) -> frozenset[str]:
        """The languages that pages are written in."""
        return frozenset(one.site.language for one in self.languages)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages in the dossier's own language, made."""
        return self.languages[0].pages

    @property
    def paths(self) -> tuple[str, ...]:
        """The files of all pages."""
        return tuple(one.site.folder + page.path for one in self.languages for page in one.all_planned())


def plan(index: Index, theme: Theme, base_url: str, issues: IssueLog) -> SitePlan:
    """Returns the plan; two pages with one address are an error, a missing base URL a warning."""
    base = base_url and base_url.rstrip("/") + "/"
    if not base:
        repair = "write 'base_url:' in site.yaml, or give --base-url"
        problem = "no base URL: the feed, the sitemap, canonical and social tags are left out"
        issues.warning(Place(SITE_FILE), "no-base-url", problem, repair)
    served = assets(theme)
    style = card_style(theme) if base and index.site.social_cards else None
    maps = atlas(index)
    languages = tuple(
        _in_language(LanguagePlan(index, root, served, maps, base, style))
        for root in addresses.roots(index.site)
    )
    _check_collisions(languages, index, issues)
    return SitePlan(
        languages=languages,
        tables=tuple(tables(index)),
        extracts=tuple((addresses.figures_table(name), rows) for name, rows in figures_by_measure(index)),
        files=served.files,
        edition=_day(index.site.edition.latest),
        pictures=tuple(planned_pictures(index)),
        locators=tuple(maps.locators.values()),
    )


def _in_language(made: LanguagePlan) -> LanguageSite:
    return LanguageSite(
        site=made.site,
        views=partial(shared_views, made.made),
        planned=tuple(made.pages),
        finding=made.finding,
        further=tuple(made.further),
        feed=_feed(made.index, made.root.language),
    )


def _check_collisions(languages: tuple[LanguageSite, ...], index: Index, issues: IssueLog) -> None:
    taken: dict[str, PlannedPage] = {}
    left = index.history.gone.values()
    made = languages[0]
    # A further language has a folder of its own. Letters of the A to Z lie where nothing else does.
    fronts = (replace(one.planned[0], path=one.site.folder + addresses.HOME) for one in languages[1:])
    for page in (*fronts, *made.planned, *made.finding().firsts(), *made.further):
        # A host that hides the endings has one address for `data.html` and `data/index.html`.
        key = page.path.casefold().removesuffix(".html").removesuffix("/index")
        if key in taken:
            other = taken[key]
            paths = " and ".join(dict.fromkeys((other.path, page.path)))
            problem = f"two pages have one address, {paths}: '{other.make().title}' and '{page.make().title}'"
            place = Place(f"content/pages/{key}.md")
            repair = "give the page of prose another id"
            if "redirect" in {page.kind, other.kind}:
                ways = {page.path, other.path}
                place = next((one.place for one in left if ways & {*_left_at(one)}), place)
                repair = (
                    "another page has the address of an id that was given up: remove that, or rename the page"
                )
            issues.error(place, "address-collision", problem, repair)
        taken[key] = page


def _left_at(gone: Gone) -> tuple[str, ...]:
    kind, _, ident = gone.was.partition(":")
    return addresses.former(kind, ident)


def _feed(index: Index, language: str) -> tuple[FeedEntry, ...]:
    """The newest entries first."""
    dated: list[tuple[str, str, Article | Correction]] = [
        (_day(one.curated.latest), addresses.source(one), one) for one in index.articles
    ]
    dated += [
        (_day(one.date.latest), addresses.record(f"correction:{one.id}", index), one)
        for one in index.corrections
    ]
    newest = nlargest(ENTRIES_OF_FEED, dated, key=lambda found: found[:2])
    return tuple(
        FeedEntry(
            title=_title(item, index, language),
            address=address,
            updated=updated,
            summary=text_in(item.summary if isinstance(item, Article) else item.why, language),
        )
        for updated, address, item in newest
    )


def _title(item: Article | Correction, index: Index, language: str) -> str:
    if isinstance(item, Article):
        return item.title
    return record_link(item.record, index, language).text


def _day(date: object) -> str:
    return str(date) if date else "1970-01-01"
