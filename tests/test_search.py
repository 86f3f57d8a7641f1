"""The index of the search, and the A to Z: everything is in them, and nothing weighs much."""

import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from site_builder.build import Options, check
from site_builder.link import Index
from site_builder.plan import SitePlan
from site_builder.plan.addresses import roots
from site_builder.plan.cards import Dressed
from site_builder.plan.contexts import AToZPage, DateView, LetterGroup, RegionLink, SearchPage
from site_builder.plan.entries import Entries, Entry
from site_builder.plan.finding import NAMES_OF_A_PAGE, Finding
from site_builder.plan.lines import Lines
from site_builder.plan.search_index import PLACES, TERMS_SIZE, SearchIndex, search_index
from site_builder.plan.views import views
from site_builder.spelling import spelling, words

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "themes/dossier/scripts/vendor"
Data = Any


@pytest.fixture(scope="module")
def first() -> tuple[Index, SitePlan]:
    """The dossier beside the tool, planned."""
    checked = check(Options(project=ROOT, output=ROOT / "public"))
    assert checked.index is not None
    assert checked.plan is not None
    return checked.index, checked.plan


@pytest.fixture(scope="module")
def entries(first: tuple[Index, SitePlan]) -> tuple[Entry, ...]:
    """Its entries."""
    return Entries(views(first[0], roots(first[0].site)[0])).all()


def data(content: bytes) -> tuple[str, Data]:
    """The name and the data of a part of an index."""
    found = re.fullmatch(r'siteSearch\("([a-z0-9-]+)",(.*)\);\n', content.decode(), re.DOTALL)
    assert found
    return found[1], json.loads(found[2])


class Opened:
    """An index read back as the script reads it: part by part, from the head on."""

    def __init__(self, index: SearchIndex) -> None:
        self.files = {address.rsplit("/", 1)[-1]: content for address, content in index.files}
        self.head = self.part(index.head.rsplit("/", 1)[-1])

    def part(self, file: str) -> Data:
        name, found = data(self.files[file])
        assert re.fullmatch(rf"{name}-[0-9a-f]{{10}}\.js", file)
        return found

    def rows_for(self, word: str) -> list[list[Any]]:
        """The rows of the parts that hold a word."""
        key, parts = spelling(word), self.head["terms"]
        return [
            row
            for number, (start, file) in enumerate(parts)
            if start <= key and (number + 1 == len(parts) or parts[number + 1][0] >= key)
            for row in self.part(file)
        ]

    def found(self, word: str) -> dict[int, int]:
        """The numbers of the records that have a word, each with the best place."""
        places = {}
        for row in self.rows_for(word):
            total = 0
            for step in row[1:]:
                total += step
                if row[0] == word:
                    places[total // PLACES] = total % PLACES
        return places


def opened(entries: tuple[Entry, ...]) -> Opened:
    """The index of entries, read back."""
    return Opened(search_index(entries, "en"))


def read_by_hand(entries: tuple[Entry, ...]) -> Mapping[str, dict[int, int]]:
    """The same found the slow way: every word of every text, with the best place."""
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for number, entry in enumerate(entries):
        names = [entry.name, *(name for name, _ in entry.others)]
        beside = [entry.kind, entry.detail, *(region.text for region in entry.regions)]
        beside += [entry.date.words, entry.date.machine] if entry.date else []
        alone = [name for name in names if len(words(name)) == 1]
        for place, texts in enumerate((alone, names, beside, entry.body)):
            for text in texts:
                for word in words(text):
                    found[word][number] = min(place, found[word].get(number, place))
    return found


def made_up(count: int, seed: int = 7) -> tuple[Entry, ...]:
    """Entries of a dossier that never was, with words as frequent as in a language."""
    chance = random.Random(seed)  # noqa: S311  # no secret: the same words every time
    syllables = ["ba", "ko", "ri", "ten", "sul", "mar", "vo", "li", "den", "gra", "шо", "ва", "лен", "три"]
    known = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(6000)]
    weights = [1 / rank for rank in range(1, len(known) + 1)]
    regions = [
        RegionLink(id=f"r{number}", text=known[-number].title(), address=f"regions/r{number}.html")
        for number in range(1, 61)
    ]

    def text(length: int) -> str:
        return " ".join(chance.choices(known, weights, k=length))

    return tuple(
        Entry(
            key=f"event:e{number}",
            kind="Event",
            name=text(6),
            address=f"events/event-number-{number}.html",
            date=DateView(
                words=f"{number % 28 + 1} October 2022", short="", machine=f"2022-10-{number % 28 + 1:02}"
            ),
            regions=(chance.choice(regions),),
            detail=text(2),
            body=(text(60),),
        )
        for number in range(count)
    )


def test_every_word_leads_to_every_record_that_has_it(entries: tuple[Entry, ...]) -> None:
    """Of each word of the first dossier the index finds the same records as a search through all texts."""
    index = opened(entries)
    assert len(read_by_hand(entries)) > 1000
    wrong = [word for word, places in read_by_hand(entries).items() if places != index.found(word)]
    assert [] == wrong


def test_an_index_of_many_parts_finds_the_same() -> None:
    """Where words are spread over parts, each stands in one that its spelling leads to."""
    made = made_up(1200)
    index = opened(made)
    assert 5 < len(index.head["terms"])
    by_hand = read_by_hand(made)
    chosen = sorted(by_hand)[::20]
    assert [] == [word for word in chosen if by_hand[word] != index.found(word)]


def test_every_record_has_its_line(entries: tuple[Entry, ...]) -> None:
    """The parts of records hold each record's line at its number: kind, name, address."""
    index = opened(entries)
    rows = [row for file in index.head["records"] for row in index.part(file)]
    expected = [(entry.kind, entry.name, entry.address) for entry in entries]
    assert expected == [(index.head["kinds"][row[0]], row[1], row[3]) for row in rows]
    part = index.head["part"]
    assert all(len(index.part(file)) == part for file in index.head["records"][:-1])


def test_every_published_record_is_indexed(first: tuple[Index, SitePlan], entries: tuple[Entry, ...]) -> None:
    """Every record that the site names by an id of its own can be searched for, but for corrections."""
    index, _ = first
    expected = {
        *(f"region:{name}" for name in index.regions),
        *(f"actor:{name}" for name in index.actors),
        *(f"measure:{name}" for name in index.measures),
        *(f"event:{name}" for name in index.events),
        *(f"source:{name}" for name in index.sources),
        *(f"figure:{name}" for name in index.figures),
        *(f"quote:{name}" for name in index.quotes),
        *(f"disagreement:{name}" for name in index.disagreements),
        *(f"page:{name}" for name in index.pages),
    }
    assert expected == {entry.key for entry in entries}
    assert len(expected) == len(entries)


def test_who_finds_a_region_finds_what_is_about_it(entries: tuple[Entry, ...]) -> None:
    """The head leads from each region to the events, figures, quotes and sources that name it."""
    index = opened(entries)
    numbers = {entry.key: number for number, entry in enumerate(entries)}
    for ident, number in numbers.items():
        if ident.startswith("region:"):
            total, found = 0, set()
            for step in index.head["subjects"].get(str(number), ()):
                total += step
                found.add(total)
            assert {at for at, entry in enumerate(entries) if ident in entry.subjects} == found


@pytest.mark.parametrize("count", [1, 500, 2000])
def test_an_index_is_light(count: int) -> None:
    """An index weighs at most 300 KB for 500 records; its head and each of its parts are light."""
    files = search_index(made_up(count), "en").files
    assert sum(len(content) for _, content in files) <= 300_000 * max(1, count / 500)
    assert max(len(content) for _, content in files) <= 2 * TERMS_SIZE


def test_the_index_of_the_first_dossier_is_light(entries: tuple[Entry, ...]) -> None:
    """The first dossier's index keeps to 300 KB for 500 records."""
    files = search_index(entries, "en").files
    assert sum(len(content) for _, content in files) <= 300_000 * len(entries) / 500


def test_no_record_makes_an_empty_index() -> None:
    """A dossier without a record has an index that finds nothing."""
    index = opened(())
    assert (0, [], []) == (index.head["count"], index.head["terms"], index.head["records"])


def test_equal_records_make_an_equal_index() -> None:
    """The same records in the same order give the same files."""
    assert search_index(made_up(50), "en") == search_index(made_up(50), "en")


def test_a_text_cannot_leave_its_part(entries: tuple[Entry, ...]) -> None:
    """Names that look like code stay texts: a part is one call with one value of JSON."""
    evil = '");alert(1);//</script><img src=x onerror=alert(1)>\u2028'
    changed = (replace(entries[0], name=evil, body=(evil,)), *entries[1:])
    index = opened(changed)
    rows = index.part(index.head["records"][0])
    assert evil == rows[0][1]


# ---------------------------------------------------------------- the A to Z


def finding(first: tuple[Index, SitePlan]) -> Finding:
    """The pages of the first dossier by which records are found."""
    lines = Lines(views(first[0], roots(first[0].site)[0]))
    return Finding(lines, Dressed(first[1].site, None))


def a_to_z(made: Finding) -> list[AToZPage]:
    """The pages of the A to Z, in order."""
    pages = [planned.make() for planned in made.planned()]
    return [page for page in pages if isinstance(page, AToZPage)]


def groups(made: Finding) -> list[LetterGroup]:
    """Every group of the A to Z, in order."""
    return [group for page in a_to_z(made) for group in page.groups]


def test_every_record_stands_in_the_a_to_z(first: tuple[Index, SitePlan], entries: tuple[Entry, ...]) -> None:
    """Those who have no script find every record by its name, on a page that the letters lead to."""
    listed = {line.address for group in groups(finding(first)) for line in group.entries}
    assert {entry.address for entry in entries} == listed


def test_letters_lead_to_the_groups(first: tuple[Index, SitePlan]) -> None:
    """Each letter leads to its group: Latin ones first, then those of other alphabets, then digits."""
    made = finding(first)
    pages = a_to_z(made)
    where = {f"{page.path}#{group.anchor}" for page in pages for group in page.groups}
    letters = [link for alphabet in made.search().letters for link in alphabet]
    assert where == {link.address for link in letters}
    latin, cyrillic = made.search().letters[:2]
    assert all(link.text[0].isascii() for link in latin)
    assert all("А" <= link.text[0] <= "Я" for link in cyrillic)
    assert [link.text for link in latin] == sorted(link.text for link in latin)


def test_other_names_of_a_region_stand_under_their_letters(first: tuple[Index, SitePlan]) -> None:
    """A region's name in another language has a line of its own that says whose it is."""
    index, _ = first
    lines = {(line.text, line.address): line for group in groups(finding(first)) for line in group.entries}
    named = [region for region in index.regions.values() if region.names]
    assert named
    for region in named:
        for name in region.names.values():
            line = lines[str(name), f"regions/{region.id}.html"]
            assert region.name.in_language("en") == line.main
            assert name == region.names[line.lang]


def test_a_small_dossier_has_one_page(
    planned_of: Callable[[Path], tuple[SitePlan, object]], lay: Callable[..., Path]
) -> None:
    """Up to a number of names the A to Z is one page, whole."""
    plan, _ = planned_of(lay({}))
    (page,) = (page for page in plan.pages if isinstance(page, AToZPage))
    (search,) = (page for page in plan.pages if isinstance(page, SearchPage))
    assert search.total == page.total
    assert 0 < sum(len(group.entries) for group in page.groups) <= NAMES_OF_A_PAGE


def test_a_large_dossier_has_a_page_for_each_letter(first: tuple[Index, SitePlan]) -> None:
    """Beyond it the A to Z leads to pages of letters, none with more names than a page may have."""
    index_page, *letters = a_to_z(finding(first))
    assert () == index_page.groups
    assert letters
    assert all(1 == len(page.groups) for page in letters)
    assert all(0 < len(page.groups[0].entries) <= NAMES_OF_A_PAGE for page in letters)


# ---------------------------------------------------------------- what is not ours


def test_the_stemmers_are_those_of_their_makers() -> None:
    """The files that others wrote are unchanged: their sums stand beside their licence."""
    licence = (ROOT / "themes/dossier/static/licences/LICENCE-stemmers.txt").read_text(encoding="utf-8")
    told = {name: digest for digest, name in re.findall(r"^ +([0-9a-f]{64})  (\S+)$", licence, re.MULTILINE)}
    assert told == {path.name: sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}
