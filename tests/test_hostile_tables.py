"""Tables, data and feeds made of hostile texts: calculated by no spreadsheet, and read back as they were."""

import csv
import io
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import feedparser
import pytest
from lxml import etree
from pydantic_core import PydanticCustomError

from site_builder.plan import SitePlan
from site_builder.plan.addresses import SITEMAP
from site_builder.plan.entries import Entry
from site_builder.plan.search_index import search_index
from site_builder.plan.site_plan import FeedEntry
from site_builder.plan.tables import Table
from site_builder.read.theme import Theme
from site_builder.render.feeds import feed, sitemaps
from site_builder.render.tables import csv_bytes, table_files
from site_builder.values import read_number
from tests.hostile.cells import FORMULAS, live
from tests.hostile.payloads import PAYLOADS

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Planned = Callable[[Path], tuple[SitePlan, Theme]]

COUNT = 2_000
# Every sign that XML cannot hold, or must escape, beside letters of all lengths.
ODD = (0xAD, 0x2028, 0x202E, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x1FFFE, 0x1F30A)
SIGNS = [chr(code) for code in (*range(0xA0), *ODD)]
NUMBERS = ("0", "-1", "1.10", "-0.5", "0.1", "123456789012345", "-99999999999999.9", "3.14159265358979")


def text_of(chance: random.Random) -> str:
    """A text of chance, whole payloads among it, without half characters."""
    pieces = [chance.choice(SIGNS) for _ in range(chance.randrange(40))]
    pieces += [chr(chance.randrange(0x250, 0xD800)) for _ in range(chance.randrange(9))]
    return "".join((*pieces, chance.choice(PAYLOADS)))


def cells(*rows: tuple[str, ...], kind: str = "quotes") -> Table:
    """A table of texts."""
    names = [("value", "A number")] if kind == "figures" else []
    names += [(f"text_{number}", "A text") for number in range(len(rows[0]) - len(names))]
    return Table(kind=kind, columns=tuple(names), count=len(rows), each=lambda: iter(rows))


def read_csv(content: bytes) -> list[list[str]]:
    """The rows as a reader of RFC 4180 has them, without the names of the columns."""
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))[1:]


def test_no_cell_is_a_formula() -> None:
    """Whatever stands before the sign, and in whatever form the sign is written, a cell stays a text."""
    assert 200 <= len(set(FORMULAS))
    assert all(live(formula) for formula in FORMULAS)
    rows = read_csv(csv_bytes(cells(*((formula, f"x{formula}") for formula in FORMULAS))))
    assert len(FORMULAS) == len(rows)
    assert [] == [cell for row in rows for cell in row if live(cell)]


def test_a_guard_is_all_that_is_added() -> None:
    """A guarded cell is its text with apostrophes; addresses, and what is no formula, stay as they are."""
    plain = (
        "a=b", "1-2", "half-way; then", "https://a.example/?a;=1", "https://a.b/\nhttps://c.d/;-1",
        "Мост — «Ост»",
    )  # fmt: skip
    for text in (*FORMULAS, *plain):
        written = read_csv(csv_bytes(cells((text,))))[0][0]
        assert text.replace("'", "") == written.replace("'", "")
        assert text not in plain or text == written


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_are_read_back_exactly(number: str, lay: Lay, planned_of: Planned) -> None:
    """A number is the same in both forms of a table, and no reader of JSON can round it."""
    plan, _ = planned_of(lay({}))
    table = cells((number, "x"), kind="figures")
    files = dict(table_files(table, plan))
    assert number == read_csv(files["data/figures.csv"])[0][0]
    assert Decimal(number) == Decimal(repr(json.loads(files["data/figures.json"])["rows"][0]["value"]))
    assert Decimal(number) == read_number(number)


@pytest.mark.parametrize("number", ["1234567890123456", "0.1234567890123456", "-12345678901234.56"])
def test_a_number_that_would_be_rounded_is_refused(number: str) -> None:
    """A number of more digits than a number of 64 bits can hold is told to its author."""
    with pytest.raises(PydanticCustomError, match="more than 15 digits"):
        read_number(number)


def test_json_is_read_back_equal(lay: Lay, planned_of: Planned) -> None:
    """Two thousand rows of texts by chance come back from the JSON of a table as they were put in."""
    plan, _ = planned_of(lay({}))
    chance = random.Random("json")  # noqa: S311  # the same texts in every run
    table = cells(*((text_of(chance), text_of(chance)) for _ in range(COUNT)))
    document = json.loads(dict(table_files(table, plan))["data/quotes.json"])
    assert [list(row) for row in table.rows] == [list(row.values()) for row in document["rows"]]


def test_the_search_is_data_and_nothing_else() -> None:
    """Each part of the index is one call with one text and one value of JSON, whatever the records say."""
    chance = random.Random("search")  # noqa: S311
    entries = [entry_of(chance, number) for number in range(COUNT // 4)]
    index = search_index(entries, "en")
    named = set()
    for path, content in index.files:
        text = content.decode()
        name, _, data = text.removeprefix("siteSearch(").removesuffix(");\n").partition(",")
        assert text == f"siteSearch({name},{data});\n"
        assert path.startswith(f"assets/{json.loads(name)}-")
        rows = json.loads(data)
        if "-records-" in path:
            named |= {row[1] for row in rows}
    assert {entry.name for entry in entries} == named


def entry_of(chance: random.Random, number: int) -> Entry:
    """A record as the search knows it, all of whose texts are of chance."""
    return Entry(
        key=f"event:{number}",
        kind=text_of(chance),
        name=text_of(chance),
        address=f"events/e-{number}.html",
        others=((text_of(chance), ""),),
        detail=text_of(chance),
        body=(text_of(chance),),
    )


def test_feeds_are_always_well_formed(lay: Lay, planned_of: Planned) -> None:
    """Two thousand titles and summaries by chance, with every control character: the feed can be read."""
    plan, _ = planned_of(lay({}))
    chance = random.Random("feed")  # noqa: S311
    one = plan.languages[0]
    for number in range(COUNT // 100):
        entries = tuple(
            FeedEntry(
                title=title, address=f"articles/a-{at}.html", updated="2021-04-02", summary=text_of(chance)
            )
            for at, title in enumerate(text_of(chance) for _ in range(50))
        )
        site = replace(one.site, title=text_of(chance), description=text_of(chance))
        content = feed(replace(one, site=site, feed=entries), plan.edition)
        found = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        assert [readable(entry.title) for entry in entries] == [
            title.text for title in found.findall("{*}entry/{*}title")
        ]
        if not number:
            assert not feedparser.parse(content).bozo


def readable(text: str) -> str:
    """The text as XML can hold it: line breaks as XML reads them, and no sign that it cannot have."""
    kept = "".join(letter if is_of_xml(letter) else "\ufffd" for letter in text)
    return kept.replace("\r\n", "\n").replace("\r", "\n")


def is_of_xml(letter: str) -> bool:
    """True for the characters of XML 1.0."""
    return (
        letter in "\t\n\r" or " " <= letter <= "\ud7ff" or "\ue000" <= letter <= "\ufffd" or letter > "\uffff"
    )


def test_sitemaps_are_always_well_formed(lay: Lay, planned_of: Planned) -> None:
    """Whatever the address of the site, each page is one whole address of the sitemap."""
    plan, _ = planned_of(lay({}))
    for base in ("https://a.example/", "https://a.example/x&y;z/'(b)'/", "https://мост.example/ост/"):
        languages = tuple(replace(one, site=replace(one.site, base_url=base)) for one in plan.languages)
        found = etree.fromstring(dict(sitemaps(replace(plan, languages=languages)))[SITEMAP])
        places = [place.text for place in found.iter("{*}loc")]
        assert places
        assert all(place.startswith(base) for place in places)
