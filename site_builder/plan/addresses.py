"""The address of every record: the only module that knows what one looks like.

One record, one file named by its id, for ever. A dossier in several languages is one site for each, with the
same paths: the dossier's own language stands at the root, each other one in a folder named by its tag. An
address is relative to the root of its language, so a page never says which language it leads to.
An address is told by very many pages, and is one text for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.link import Index
    from site_builder.model import Site, Source


HOME = "index.html"
ARTICLES = "articles/index.html"
REGIONS = "regions/index.html"
TIMELINE = "timeline/index.html"
MEASURES = "figures/index.html"
QUOTES = "quotes/index.html"
SOURCES = "sources/index.html"
ACTORS = "actors/index.html"
DISAGREEMENTS = "disagreements.html"
CORRECTIONS = "corrections.html"
COVERAGE = "coverage.html"
METHOD = "method.html"
DATA = "data/index.html"
SEARCH = "search.html"
A_TO_Z = "a-z.html"
NOT_FOUND = "404.html"
PAPER = "print/index.html"
FEED = "feed.xml"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
HEADERS = "_headers"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.sig"
PICTURES = "images"
CARDS = "cards"

# Where the parts of a list lie that stands in the folder of the records that it lists.
_FOLDERS = {ARTICLES: "articles/issued", SOURCES: "sources/letter", ACTORS: "actors/letter", QUOTES: "quotes"}


@dataclass(frozen=True, slots=True)
class Root:
    """Where the site in one language stands; `folder` is empty for the dossier's own language, else `ru/`."""

    language: str
    folder: str

    def shared(self, address: str) -> str:
        """The address, seen from here, of a file that there is once for all languages: a style, a table."""
        return "../" * self.folder.count("/") + address

    def to(self, other: Root) -> str:
        """What leads from here to another language's root; empty if that is this one."""
        return "" if self == other else self.shared(other.folder)


def part_of_sitemap(number: int) -> str:
    """Returns where a part of the addresses of all pages lies, counted from one."""
    return f"sitemap-{number}.xml"


def roots(site: Site) -> tuple[Root, ...]:
    """Where the site stands in each of its languages, the dossier's own first."""
    return (
        Root(str(site.language), ""),
        *(Root(str(language), f"{language}/") for language in site.translated_into),
    )


def source(record: Source) -> str:
    """A source's page; a curated one's is its article."""
    folder = "articles" if record.is_curated else "sources"
    return intern(f"{folder}/{record.id}.html")


def region(ident: str) -> str:
    """A region's page."""
    return intern(f"regions/{ident}.html")


def paper(ident: str) -> str:
    """A region's page for print."""
    return f"print/{ident}.html"


def locator(ident: str) -> str:
    """The small map that shows where a region lies."""
    return f"regions/{ident}.svg"


def event(ident: str) -> str:
    """An event's page."""
    return intern(f"events/{ident}.html")


def measure(ident: str) -> str:
    """The page with every figure of a measure."""
    return intern(f"figures/{ident}.html")


def part(of: str, ident: str) -> str:
    """A part of the list at an address; the list itself where it has none.

    It lies in a folder of its own, where nothing that an author names can lie.
    """
    return intern(f"{_FOLDERS.get(of) or of.removesuffix('.html')}/{ident}.html") if ident else of


def section(of: str, name: str) -> str:
    """What stands on a page of its own because the page at an address became too long."""
    return f"{of.removesuffix('.html')}/{name}.html"


def _at(ident: str, page: str, reference: str, index: Index) -> str:
    """A record's place on a page, or on that part of it that holds the record."""
    return intern(f"{part(page, index.parts.get(reference, ''))}#{ident}")


def quote(ident: str, record: Source) -> str:
    """A quote's place on the page of its source."""
    return intern(f"{source(record)}#{ident}")


def actor(ident: str) -> str:
    """An actor's page."""
    return intern(f"actors/{ident}.html")


def period(ident: str) -> str:
    """A month of the timeline; a year, decade or century for dates no finer."""
    return f"timeline/{ident.lower()}.html"


def period_of_whole(ident: str) -> str:
    """The same stretch on the index of a timeline that stands there whole."""
    return f"{TIMELINE}#In-{ident}"


def timeline_of_kind(ident: str) -> str:
    """The events of one kind; in a folder of their own, where no kind can be named like a period."""
    return f"timeline/kind/{ident}.html"


def timeline_of_differing(code: str) -> str:
    """The events whose reports differ (`yes`), or those of which no difference is on record (`no`)."""
    return f"timeline/{'disputed' if code == 'yes' else 'undisputed'}.html"


def page(ident: str) -> str:
    """A page of prose; the page `home` stands on the front page."""
    return HOME if ident == "home" else f"{ident}.html"


def letter(ident: str) -> str:
    """The names that begin with one letter, in a dossier with too many for one page."""
    return f"a-z/{ident}.html"


def table(kind: str, suffix: str) -> str:
    """A table of records to download."""
    return f"data/{kind}.{suffix}"


def picture(article: str, fingerprint: str, width: int, form: str) -> str:
    """A picture of an article at a width; nothing in it comes from the name of the author's file."""
    return f"{PICTURES}/{article}/{fingerprint}-{width}.{form}"


def figures_table(measure_id: str) -> str:
    """A measure's figures to download: rows of the table of all figures."""
    return f"data/figures-{measure_id}.csv"


def card(path: str, digest: str) -> str:
    """The card of the page at a path; `digest` is one of what it says."""
    return f"{CARDS}/{path.removesuffix('.html')}-{digest}.png"


def retired(ident: str) -> str:
    """The place where the site tells that a record was retired."""
    return f"{CORRECTIONS}#{ident}"


def former(kind: str, ident: str) -> tuple[str, ...]:
    """The pages that a record of that kind and id may have had; none where its home was a place on another.

    A source may have been curated or not; what stood on the front page stands there still.
    """
    if kind == "source":
        return f"articles/{ident}.html", f"sources/{ident}.html"
    found = _BY_KIND[kind](ident) if kind in _BY_KIND else HOME
    return () if found == HOME else (found,)


def record(reference: str, index: Index) -> str:
    """The address of the record that `kind:id` names."""
    kind, _, ident = reference.partition(":")
    if reference in index.history.gone:
        return retired(ident)
    if kind == "source":
        return source(index.sources[ident])
    if kind == "quote":
        return quote(ident, index.sources[index.quotes[ident].source])
    if kind == "figure":
        return _at(ident, measure(index.figures[ident].measure), reference, index)
    if kind in {"disagreement", "correction"}:
        return _at(ident, DISAGREEMENTS if kind == "disagreement" else CORRECTIONS, reference, index)
    return _BY_KIND[kind](ident)


_BY_KIND = {"region": region, "event": event, "measure": measure, "actor": actor, "page": page}
