"""A record that was published and withdrawn: where it stood, and what is left when all is done as told."""

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main
from tests.hostile.dossiers import PICTURE
from tests.hostile.secrets import readings

SOUND = Path(__file__).resolve().parent / "broken_sites" / "base"
IDENT = "zqx-article"

# Every id and every word of what goes begins with the same letters, which stand nowhere else.
FILES: Mapping[str, str | bytes] = {
    f"articles/{IDENT}/index.md": (
        "---\ntype: article-newspaper\ntitle: Zqx title\nauthor: [{literal: Zqx author}]\n"
        "container_title: Zqx paper\nissued: 2021-03-15\naccessed: 2021-03-20\nlanguage: en\n"
        "url: https://zqx-host.example/zqx\n"
        "archives: [{url: 'https://archive.example/zqx', captured: 2021-03-16}]\n"
        "summary: Zqx summary.\ncurated: 2021-04-02\nnote: Zqx note\nread_as: Zqx reading\n"
        "former_ids: [zqx-former]\nregions: [upper-ost]\nprivate: {who: zqx private}\n# zqx comment\n"
        "images: [{file: zqx-photo.png, credit: Zqx credit, licence: Zqx licence, caption: Zqx caption}]\n"
        "---\nZqx digest by [Zqx held]{.withheld}.\n\n![Zqx alt](zqx-photo.png)\n\n[](quote:zqx-quote)\n"
    ),
    f"articles/{IDENT}/zqx-photo.png": PICTURE,
    f"articles/{IDENT}/annotations.yaml": (
        "events:\n  - {id: zqx-event, title: Zqx event, date: 2021-03-10, regions: [upper-ost], kind: flood,"
        " place: Zqx place, says: Zqx report}\n"
        "figures:\n  - {id: zqx-figure, measure: bridges-standing, value: 7, regions: [upper-ost],"
        " as_of: 2021-03-14, basis: count, wording: zqx wording, note: Zqx figure note}\n"
        "quotes:\n  - {id: zqx-quote, speaker: county-surveyor, exact: Zqx was said., lang: de,"
        " regions: [upper-ost], translations: [{lang: en, text: Zqx was translated., method: human}]}\n"
    ),
    f"captures/{IDENT}.txt": "Zqx was said. Zqx kept.",
    "sources/echo.yaml": (
        "type: webpage\ntitle: An echo\nissued: 2021-03-12\nlanguage: en\ndraws_on: [zqx-article]\n"
    ),
    "disagreements.yaml": (
        "- id: zqx-against\n  title: Zqx against the survey\n  nature: contradiction\n"
        "  records: [figure:zqx-figure, figure:ten-bridges]\n  says: Zqx says less.\n"
    ),
    "corrections.yaml": (
        "- {id: zqx-corrected, date: 2021-05-02, record: figure:zqx-figure, field: value, was: zqx six,"
        " now: zqx seven, why: Zqx miscounted., trigger: own-error}\n"
    ),
    "pages/about.md": (
        "---\ntitle: About\n---\nSee [this source](source:zqx-article), [its event](event:zqx-event)\n"
        "and [seven](figure:zqx-figure).\n\n[](quote:zqx-quote)\n"
    ),
}

# Where a builder's disk and a site have a record: a pattern of paths, each of which must hold it at first.
PLACES = (
    "content/articles/zqx-article/index.md", "content/articles/zqx-article/annotations.yaml",
    "content/articles/zqx-article/zqx-photo.png", "content/captures/*.txt", "content/sources/echo.yaml",
    "content/disagreements.yaml", "content/corrections.yaml", "content/pages/about.md", "content/ledger.yaml",
    "content/pages/.about.md.new", "public/articles/zqx-article.html", "public/articles/zqx-former.html",
    "public/articles/index.html", "public/events/zqx-event.html", "public/figures/bridges-standing.html",
    "public/disagreements.html", "public/corrections.html", "public/about.html",
    "public/quotes/index.html", "public/regions/upper-ost.html", "public/actors/county-surveyor.html",
    "public/timeline/2021-03.html", "public/sources/index.html", "public/sources/echo.html",
    "public/data/sources.csv", "public/data/events.json", "public/data/figures.csv",
    "public/data/quotes.json", "public/feed.xml", "public/sitemap.xml", "public/assets/*.js",
    "public/manifest.json", "public/.site-builder.json", "public.zip", ".public.zip.new",
    ".public.site-builder/older/articles/zqx-article.html",
    ".public.site-builder/older/assets/*.js", ".public.site-builder/note", ".site-builder/pages-*",
    "public/cards/articles/*.png", "public/cards/events/*.png", "public/print/index.html", "public/a-z.html",
    "public/index.html", "public/timeline/kind/flood.html",
)  # fmt: skip


def run(*args: object) -> Result:
    """Run a command in this process, which must end well."""
    done = CliRunner().invoke(main, [str(arg) for arg in args])
    assert 0 == done.exit_code, done.output
    return done


def holding(folder: Path) -> dict[str, set[str]]:
    """Each file below a folder that has something of the record in its name or its bytes, with what."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            readable = b"\0".join(readings(path.read_bytes())) + path.name.encode()
            if words := {one.decode().lower() for one in re.findall(rb"(?i)zqx[\w-]*", readable)}:
                found[path.relative_to(folder).as_posix()] = words
    return found


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project whose record was published twice, into two folders and an archive, and once half written."""
    folder = tmp_path_factory.mktemp("used")
    project = folder / "project"
    shutil.copytree(SOUND, project)
    for path, content in FILES.items():
        target = project / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "temp").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1622548800")
        patch.setattr(tempfile, "tempdir", str(folder / "temp"))
        run("release", "-C", project)
        for words in ("One.", "Two."):
            method = project / "content/pages/method.md"
            method.write_text(f"---\ntitle: Method\n---\n{words}\n", encoding="utf-8")
            run("build", "-C", project, "--zip")
        run("build", "-C", project, "-o", folder / "elsewhere")
        for left in ("content/pages/.about.md.new", ".public.zip.new"):
            (project / left).write_text("zqx half written", encoding="utf-8")
        yield project


def test_a_record_stands_in_many_places(used: Path) -> None:
    """Before anything is done it is found in each of more than thirty kinds of places."""
    found = {used.parent / path for path in holding(used.parent)}
    assert len(PLACES) >= 30
    assert [] == [place for place in PLACES if not found & {*used.glob(place)}]
    assert used.parent / "elsewhere/articles/zqx-article.html" in found


def test_nothing_but_its_id_is_left(used: Path, tmp_path: Path) -> None:
    """Retracted, built anew and purged, it has left its id where it is said to, and no word anywhere."""
    folder = Path(shutil.copytree(used.parent, tmp_path / "copy", copy_function=shutil.copy2))
    project = folder / "project"
    why = ("--why", "It was wrong.", "--yes")
    told = run("retract", IDENT, "-C", project, *why).stdout
    assert "retract them too, if their words must go:\n  correction:zqx-corrected\n" in told
    assert "  its id           stays" in told
    assert "annotations.yaml (" not in told
    run("retract", "zqx-corrected", "-C", project, *why)
    run("build", "-C", project)
    assert "note: public.zip holds another site than public/" in run("purge", "-C", project).stderr
    run("build", "-C", project, "--zip")
    run("build", "-C", project, "-o", folder / "elsewhere")
    assert "" == run("purge", "-C", project).stderr
    run("purge", "-C", project, "-o", folder / "elsewhere")
    left = holding(folder)
    ids = {
        "zqx-article",
        "zqx-former",
        "zqx-event",
        "zqx-figure",
        "zqx-quote",
        "zqx-against",
        "zqx-corrected",
    }
    assert ids == {word for words in left.values() for word in words}
    sites = {path.partition("/")[2] for path in left if path.startswith(("project/public/", "elsewhere/"))}
    assert {
        ".site-builder.json", "manifest.json", "corrections.html", "data/retired.csv", "data/retired.json",
        "articles/zqx-article.html", "articles/zqx-former.html", "sources/zqx-article.html",
        "sources/zqx-former.html", "events/zqx-event.html",
    } == {path.removeprefix("public/") for path in sites}  # fmt: skip
    assert {"content/retired.yaml", "content/ledger.yaml", "public.zip"} == {
        path.removeprefix("project/")
        for path in left
        if path.startswith("project/") and not path.startswith("project/public/")
    }
