"""Lists that are too long for one page: how they are divided, and the pages and links that come of it."""

import os
import re
import runpy
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import parts
from site_builder.build import Options, build, check
from site_builder.dates import Edtf
from site_builder.parts import Part, by_period, day, divided, month, quarter, year
from site_builder.plan import SitePlan
from site_builder.plan.contexts import HomePage, ListPage, MeasurePage, Page, RegionPage
from site_builder.plan.parts import period_name
from site_builder.read.theme import Theme
from site_builder.render import page_html

ROOT = Path(__file__).resolve().parent.parent
CORPUS = runpy.run_path(str(ROOT / "benchmarks/corpus.py"))
# With so few bytes for a page a dossier of 24 articles is a large one.
FEW_BYTES = 6_000

DATES = st.sampled_from(
    ["2020", "2020-05", "2020-05-03", "2020-05-03/2020-05-09", "2020-05-XX", "2020-05-04", "2021-21", "202X",
     "2021-01-31", "2020-06-01~", "[2020-05-03,2020-05-04]", "2020-11", "20XX", "../2019"]
).map(Edtf.parse)  # fmt: skip


def below(part: Part[Edtf]) -> Iterator[Part[Edtf]]:
    """A part and all below it."""
    yield part
    for one in part.parts:
        yield from below(one)


@given(st.lists(DATES, max_size=40), st.integers(1, 5))
def test_every_entry_stands_in_one_light_part(dates: list[Edtf], most: int) -> None:
    """No entry is lost or told twice, whatever the list, and no light part has more than a page may have."""
    whole = divided(dates, most, by_period(lambda date: date))
    light = list(whole.light())
    told = [entry for part in light for entry in part.entries]
    assert sorted(one.text for one in dates) == sorted(one.text for one in told)
    assert all(len(part.entries) <= most for part in light)


@given(st.lists(DATES, max_size=40), st.integers(1, 5))
def test_no_two_parts_of_a_list_have_one_id(dates: list[Edtf], most: int) -> None:
    """Each part has an address of its own, also where parts are divided again or only counted."""
    ids = [part.id for part in below(divided(dates, most, by_period(lambda date: date)))]
    assert sorted(set(ids)) == sorted(ids)


@given(st.lists(DATES, max_size=40), st.integers(1, 5))
def test_every_part_has_a_name(dates: list[Edtf], most: int) -> None:
    """Whatever a part's dates are, it can be named in every language of the tool."""
    for part in below(divided(dates, most, by_period(lambda date: date))):
        ident = re.sub(r"(^all)?--\d+$", "", part.id)
        assert all(period_name(ident, language).whole for language in ("en", "ru") if ident)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2022-10-03", ("2022", "2022-q4", "2022-10", "2022-10-03")),
        ("2022-10", ("2022", "2022-q4", "2022-10", "2022-10-00")),
        ("2022", ("2022", "2022-00", "2022-00", "2022-00-00")),
        ("202X", ("202X", "202X-00", "202X-00", "202X-00-00")),
        ("2022-09-30/2022-10-02", ("2022", "2022-q3", "2022-09", "2022-09-30")),
        ("2022-10-XX", ("2022", "2022-q4", "2022-10", "2022-10-00")),
    ],
)
def test_the_periods_of_a_date(text: str, expected: Sequence[str]) -> None:
    """A date counts in the year, quarter, month and day that it begins in, as far as these are known."""
    date = Edtf.parse(text)
    assert expected == (year(date), quarter(date), month(date), day(date))


def test_a_short_list_is_whole() -> None:
    """A list that a page can hold is one part, which has no name: it stands where it always stood."""
    assert Part("", (1, 2)) == divided([1, 2], 2, [str])


def test_periods_stand_in_the_order_of_time() -> None:
    """Whatever order a list has, its years do not: those after 2021 and of the 2020s stand behind 2021."""
    dates = [Edtf.parse(text) for text in ("2021", "202X", "2019", "2020-03", "2020-01", "2019", "2021")]
    whole = divided(dates, 1, by_period(lambda date: date))
    assert ["2019", "2020", "2021", "202X"] == [part.id for part in whole.parts]
    assert ["2020-01", "2020-03"] == [part.id for part in whole.parts[1].parts]


def test_a_part_keeps_its_id_when_it_is_divided() -> None:
    """As a list grows, every part that had a page still has one, so that no address of a list is lost."""
    dates = [Edtf.parse(f"20{15 + number % 3}-{1 + number % 12:02}") for number in range(60)]
    steps = by_period(lambda date: date)
    before = {part.id for part in below(divided(dates[:40], 15, steps)) if "--" not in part.id}
    after = {part.id for part in below(divided(dates, 6, steps))}
    assert {"", "2015", "2016", "2017"} == before
    assert set() == before - after


# ---------------------------------------------------------------- pages


Pages = tuple[Page, ...]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pages, Theme, Path]:
    """A corpus of 24 articles on pages that may weigh very little: its pages, its theme and its site."""
    project = tmp_path_factory.mktemp("long")
    CORPUS["write"](24, project)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "LIGHT", FEW_BYTES)
        built = build(Options(project=project, output=project / "public", base_url=""))
        assert built.written is not None
        assert built.checked.plan is not None
        assert built.checked.theme is not None
        return built.checked.plan.pages, built.checked.theme, project / "public"


def of_kind(pages: Pages, kind: type[Page]) -> list[Page]:
    """The pages of a kind."""
    return [page for page in pages if isinstance(page, kind)]


def links_of(site: Path) -> dict[str, tuple[set[str], set[str]]]:
    """The ids of each page of a site, and where its links lead within it, as paths with fragments."""
    found = {}
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        targets = set()
        for address in re.findall(r'<a [^>]*href="([^":]*)"', text):
            file, _, fragment = address.partition("#")
            target = os.path.normpath(path.parent / file) if file else path
            targets.add(f"{os.path.relpath(target, site)}#{fragment}")
        found[path.relative_to(site).as_posix()] = (set(re.findall(r'\bid="([^"]*)"', text)), targets)
    del found["404.html"]
    return found


def test_every_link_leads_to_the_part_that_holds_it(planned: tuple[Pages, Theme, Path]) -> None:
    """Each link of a site of many parts names a page, and each fragment something on that page."""
    pages = links_of(planned[2])
    wrong = []
    for path, (_, targets) in pages.items():
        for target in targets:
            file, _, fragment = target.partition("#")
            if file.endswith(".html") and (
                file not in pages or (fragment and fragment not in pages[file][0])
            ):
                wrong.append(f"{path} links to {target}")
    assert [] == wrong


def test_every_record_is_near(planned: tuple[Pages, Theme, Path]) -> None:
    """Without a script each page is four clicks from the front page, and a record's three."""
    pages = links_of(planned[2])
    reached, border = {"index.html"}, {"index.html"}
    for clicks in range(1, 5):
        border = {target.partition("#")[0] for path in border for target in pages[path][1]}
        border = {path for path in border if path.endswith(".html")} - reached
        reached |= border
        if clicks == 3:
            records = {f"articles/a{number:05}.html" for number in range(1, 25)}
            records |= {f"events/e{number:06}.html" for number in range(1, 49)}
            assert set() == records - reached
    assert {"disagreements.html"} == set(pages) - reached


def test_every_kind_of_list_is_divided(planned: tuple[Pages, Theme, Path]) -> None:
    """Whatever can be long has parts: lists, the figures of a measure, the sections of a region."""
    held = {page.holds for page in of_kind(planned[0], ListPage) if isinstance(page, ListPage)}
    assert {"articles", "quotes", "sources", "actors", "figures", "events"} <= held
    assert any(page.parts for page in of_kind(planned[0], MeasurePage) if isinstance(page, MeasurePage))
    assert any(page.more for page in of_kind(planned[0], RegionPage) if isinstance(page, RegionPage))


def test_the_parts_of_a_list_have_all_of_it(planned: tuple[Pages, Theme, Path]) -> None:
    """The articles of all parts are the articles of the dossier, each once, and the counts say so."""
    found = [
        page
        for page in planned[0]
        if isinstance(page, ListPage) and page.path.startswith("articles/issued/") and page.articles
    ]
    told = [line.source.id for page in found for line in page.articles]
    assert [f"a{number:05}" for number in range(1, 25)] == sorted(told)
    assert all((len(page.articles), 24) == (page.entries, page.total) for page in found)


def test_figures_are_at_home_in_the_parts(planned: tuple[Pages, Theme, Path]) -> None:
    """The address of every figure names a page on which it stands under its id."""
    pages = links_of(planned[2])
    table = (planned[2] / "data/figures.csv").read_text(encoding="utf-8").splitlines()
    addresses = [re.search(r"figures/[^,#]*#f\d+", line) for line in table[1:]]
    assert 72 == len(addresses)
    for found in addresses:
        assert found is not None
        path, _, ident = found[0].partition("#")
        assert ident in pages[path][0]


def test_the_front_page_has_the_newest(planned: tuple[Pages, Theme, Path]) -> None:
    """The front page shows twelve articles, newest first, and leads to all of them."""
    (home,) = (page for page in planned[0] if isinstance(page, HomePage))
    dates = [line.source.issued.machine for line in home.articles]
    assert 12 == len(dates)
    assert sorted(dates, reverse=True) == dates
    assert "articles/index.html" == home.more["articles"].address


def test_a_short_dossier_has_no_parts(planned_of: Callable[[Path], tuple[SitePlan, Theme]]) -> None:
    """The first dossier is short: no list of it is divided, no section shortened."""
    plan, _ = planned_of(ROOT)
    for one in plan.languages:
        assert [] == [page.path for page in one.pages if isinstance(page, ListPage) or page.more]


def test_a_page_of_the_heaviest_list_is_light(tmp_path: Path) -> None:
    """With the real bounds, no list of a dossier of 120 articles weighs more than 70 KB."""
    CORPUS["write"](120, tmp_path)
    checked = check(Options(project=tmp_path, output=tmp_path / "public", base_url=""))
    assert checked.plan is not None
    assert checked.theme is not None
    site = checked.plan.site
    lists = [
        page
        for page in checked.plan.pages
        if page.kind in {"articles", "sources", "quotes", "measure", "list", "home"}
    ]
    assert any(page.kind == "list" for page in lists)
    heavy = {page.path: len(page_html(page, site, checked.theme)) for page in lists}
    assert {} == {path: size for path, size in heavy.items() if size > 70_000}
