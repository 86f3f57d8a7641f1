"""What the first dossier found stands where a reader finds it, and says what its sources say."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

import pytest
from lxml.html import HtmlElement

from tests.browser.published import HOME, Published, Reference, plain_links
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser

BLOCKS = "self::article or self::section or self::table or self::li or self::tr or self::div"
# What a table or a list of regions is headed by: its caption, or the heading before it.
GROUP = "ancestor::table/caption | preceding::*[self::h2 or self::h3]"
SALAVAT = (
    "Tabloid|Russians in remote provinces planning",
    "army recruitment office",
    "Euromaidan Press",
    "office of the Communist Party",
    "contradiction",
)
CALLED_UP = (
    ("222,000", "Vladimir Putin", "14 Oct(?:ober)? 2022"),
    ("300,000", "Defence Ministry of Russia", "28 Oct(?:ober)? 2022"),
    ("492,000", "Mediazona", "(?:c\\.|about) 15 Oct(?:ober)? 2022"),
    ("527,000", "Mediazona", "(?:c\\.|about) Dec(?:ember)? 2022"),
)
TOTALS = "|".join(number for number, _, _ in CALLED_UP)
RESISTANCE = ("Verstka", "Euromaidan Press", "Wprost", "4 (?:articles|sources)", "1 origin")
# Regions of Ukraine that a Russian decree names, with what each page must say of them.
STATUSES = {
    "crimea": "Ukraine; annexed by Russia in 2014",
    "sevastopol": "Ukraine; annexed by Russia in 2014",
    "donetsk": "Ukraine; occupied by Russia",
    "kherson": "Ukraine; occupied by Russia",
    "luhansk": "Ukraine; occupied by Russia",
    "zaporizhzhia": "Ukraine; occupied by Russia",
}


def words(element: HtmlElement) -> str:
    """The text of an element that is there for eyes, with single spaces."""
    hidden = "ancestor::*[@popover or @hidden or contains(@class, 'unseen')]"
    return " ".join("".join(element.xpath(f".//text()[not({hidden})]")).split())


def holds(text: str, patterns: Iterable[str]) -> bool:
    """True if a text has them all."""
    return all(re.search(pattern, text) for pattern in patterns)


def within_one_click(site: Published) -> Iterator[str]:
    """Yield the home page, and every page that its plain links lead to."""
    yield HOME
    links = plain_links(HOME, site.pages[HOME])
    near = {one.target for one in links if one.target in site.pages} - {HOME}
    # The whole dossier on paper holds everything, and finds nothing for anybody.
    yield from sorted(near - set(site.kinds["print"]))


def smallest(element: HtmlElement, patterns: Iterable[str]) -> HtmlElement | None:
    """The smallest block within an element that holds them all."""
    wanted = tuple(patterns)
    blocks = [one for one in element.xpath(f".//*[{BLOCKS}]") if holds(words(one), wanted)]
    return min(blocks, key=lambda one: len(words(one)), default=None)


def found_near_home(site: Published, patterns: Iterable[str]) -> dict[str, HtmlElement]:
    """The pages near the home page that hold them all in one record's place, with that place."""
    wanted = tuple(patterns)
    found = {path: smallest(site.pages[path].xpath("//main")[0], wanted) for path in within_one_click(site)}
    return {path: block for path, block in found.items() if block is not None and len(words(block)) < 2500}


def test_both_versions_of_the_fire_in_salavat_are_near_home(site: Published) -> None:
    """Within one click both reports of what burned in Salavat stand in one place, each with its source."""
    found = found_near_home(site, SALAVAT)
    assert HOME in found
    assert "disagreements.html" in found
    for block in found.values():
        assert holds(words(block), ["1 origin", "3 October 2022"])


def test_the_four_totals_are_near_home(site: Published) -> None:
    """Within one click the four totals stand in one place, each with who says so and as of when."""
    found = found_near_home(site, [pattern for one in CALLED_UP for pattern in one])
    assert HOME in found
    for block in found.values():
        for number, claimant, as_of in CALLED_UP:
            entry = smallest(block, [number, claimant, as_of])
            assert entry is not None
            # What replaced a number may be named in its entry, after it.
            assert number == next(iter(re.findall(TOTALS, words(entry))))


def test_one_witness_is_counted_as_one_near_home(site: Published) -> None:
    """Within one click four articles on the Bashkir resistance are shown with their one origin, Verstka."""
    found = found_near_home(site, RESISTANCE)
    assert HOME in found
    for block in found.values():
        assert block.xpath(".//a[contains(@href, 'articles/verstka-2022-10-not-our-war.html')]")


@pytest.mark.parametrize("patterns", [SALAVAT, tuple(one for row in CALLED_UP for one in row), RESISTANCE])
def test_a_finding_is_seen_on_the_home_page(patterns: tuple[str, ...], tour: Mapping[str, Visit]) -> None:
    """What a finding consists of is visible on the home page without a press."""
    seen = " ".join(tour[HOME].text.split())
    assert [] == [one for one in patterns if not re.search(one, seen, re.IGNORECASE)]


def region_links(path: str, site: Published, ident: str) -> list[HtmlElement]:
    """The links of a page's text that lead to a region's page; those of a map stand beside its table."""
    target = f"regions/{ident}.html"
    links = site.pages[path].xpath("//main//a[@href][not(ancestor::*[local-name()='svg'])]")
    return [one for one in links if Reference(file=path, written=one.get("href")).target == target]


def status_beside(link: HtmlElement) -> str:
    """What stands in brackets at the end of a link or after it; in an entry of an index, what it says."""
    after = "".join(link.xpath("following::text()[position() <= 4]")).strip()
    if words(link).endswith(")"):
        after = f"({words(link).rpartition('(')[2]}"
    said = "".join(link.xpath("ancestor::li[contains(@class, 'find')][1]//text()")).partition(", ")[2].strip()
    return after.partition("(")[2].partition(")")[0] if after.startswith("(") else said


@pytest.mark.parametrize("ident", sorted(STATUSES))
def test_an_occupied_region_is_said_to_be_ukraines(ident: str, site: Published) -> None:
    """Wherever a list links the region its status stands beside, and its own page says it at the head."""
    listed = [
        (path, status_beside(link))
        for path in site.pages
        for link in region_links(path, site, ident)
        # A sentence that links a name says in its own words whose it is, and leads to the page that says it.
        if "cite" not in (link.get("class") or "").split()
        # The page for paper has it at its head, above the link to the page that is for the screen.
        and path != f"print/{ident}.html"
    ]
    assert 3 < len(listed)
    assert [] == [path for path, status in listed if status != STATUSES[ident]]
    head = site.pages[f"regions/{ident}.html"].xpath("//main//header[.//h1]")[0]
    assert STATUSES[ident] in words(head)
    assert STATUSES[ident] in words(site.pages[f"print/{ident}.html"].xpath("//main//header[.//h1]")[0])


def test_occupied_regions_stand_under_ukraine(site: Published) -> None:
    """The index of regions and their own pages put them in Ukraine, and nothing puts them in Russia."""
    for ident in STATUSES:
        (link,) = region_links("regions/index.html", site, ident)
        assert ["Ukraine"] == [words(one) for one in link.xpath(f"({GROUP})[last()]")]
        above = [words(one) for one in site.pages[f"regions/{ident}.html"].xpath("//main//header[.//h1]//a")]
        assert "Ukraine" in above
        assert "Russia" not in above
    parts = site.pages["regions/russia.html"].xpath("//section[@aria-labelledby='Parts']//a/@href")
    assert 20 < len(parts)
    assert set() == {one.removesuffix(".html").rpartition("/")[2] for one in parts} & set(STATUSES)


def test_tables_put_occupied_regions_in_ukraine(site: Published) -> None:
    """The table of regions that others download gives them Ukraine's codes and no place in Russia."""
    rows = json.loads((site.root / "data" / "regions.json").read_text(encoding="utf-8"))["rows"]
    found = {row["id"]: row for row in rows if row["id"] in STATUSES}
    assert set(STATUSES) == set(found)
    assert {"ukraine"} == {row["part_of"] for row in found.values()}
    assert all(row["iso"].startswith("UA-") for row in found.values())
    assert STATUSES == {ident: row["status"] for ident, row in found.items()}
