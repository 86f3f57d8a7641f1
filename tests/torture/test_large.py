"""Dossiers larger than anybody writes: they build, and their pages stay such as a reader can open."""

from pathlib import Path

import pytest

from site_builder.build import Options, build
from tests.torture.conftest import costly

pytestmark = costly

SITE = (
    "title: Large\ndescription: Invented.\nlanguage: en\nedition: 2021-06-01\neditors:\n  - name: A\n"
    "licence: CC BY 4.0\nbase_url: https://large.example/\nevent_kinds: {flood: Flood}\n"
)
REGION = "---\nname: Region {}\ntype: town\nsummary: A.\nunknown: [A.]\n---\n"
SOURCE = "type: report\ntitle: Source {}\nissued: 2021-02\nlanguage: en\nevents:\n"
ARTICLE = (
    "---\ntype: article-newspaper\ntitle: Long\nissued: 2021-03-14\nlanguage: en\nsummary: A.\n"
    "curated: 2021-04-02\nregions: [r0]\n---\n"
)
EVENTS = 5000
OF_A_SOURCE = 50
# The sheet and the scripts weigh as much on each page; an article is as long as its author made it.
MOST_BYTES = 250_000


def event(number: int) -> str:
    """An event of some day of some region."""
    day = f"{1990 + number % 30}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return (
        f"  - {{id: e{number}, title: Flood number {number}, date: {day}, kind: flood,"
        f" regions: [r{number % 40}], says: The river rose for the {number}th time.}}\n"
    )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of five thousand events and an article of a million letters."""
    project = tmp_path_factory.mktemp("large")
    files = {"site.yaml": SITE}
    for number in range(EVENTS // OF_A_SOURCE):
        some = range(number * OF_A_SOURCE, (number + 1) * OF_A_SOURCE)
        files[f"sources/s{number}.yaml"] = SOURCE.format(number) + "".join(map(event, some))
    files |= {f"regions/r{number}.md": REGION.format(number) for number in range(40)}
    paragraph = (
        "The mill stood by the [river](event:e7) for years, and *nobody* counted the floods of it.\n\n"
    )
    files["articles/long/index.md"] = ARTICLE + (paragraph * 12_000)[:999_000].rpartition("\n\n")[0] + "\n"
    for path, text in files.items():
        (project / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (project / "content" / path).write_text(text, encoding="utf-8")
    built = build(Options(project=project, output=project / "public"))
    assert built.written is not None, list(built.checked.issues)[:5]
    return project / "public"


def test_every_event_has_its_page(large: Path) -> None:
    """None of five thousand is dropped."""
    assert EVENTS == len(list((large / "events").glob("e*.html")))


def test_pages_stay_light(large: Path) -> None:
    """No page but the long article is too much for a reader to open: what is long is divided."""
    heavy = {
        path.relative_to(large).as_posix(): path.stat().st_size
        for path in large.rglob("*.html")
        if path.stat().st_size > MOST_BYTES
    }
    assert {"articles/long.html"} == set(heavy)


def test_the_long_article_is_whole(large: Path) -> None:
    """Its last paragraph stands on its page, and the page is not much more than its text."""
    page = (large / "articles/long.html").read_text(encoding="utf-8")
    assert page.count("nobody") >= 10_000
    assert len(page) < 20_000_000
