"""An edited digest is taken up by itself, and gives what a build of everything gives."""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder import build as building
from site_builder import markup, nodes, taken_up
from site_builder.cache.shelf import CACHE
from site_builder.cli import main
from site_builder.plan import search_edits, search_index
from site_builder.plan.entries import Entry
from site_builder.plan.search_edits import UnfitError, reworded_index
from site_builder.render import Artifact, again, one_page
from site_builder.render import site as rendering
from site_builder.spelling import words
from tests.incremental.scripts import BASE_URL, replace_in, tree

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

ARTICLE = "articles/gazette-bridge-count/index.md"
# What a build of everything reads, and one that takes up a digest does not.
WHOLE = "YAML content/site.yaml"


def build(project: Path, *more: str) -> Result:
    """Build the project, which must succeed."""
    done = CliRunner().invoke(
        main, ["build", "-C", str(project), "--jobs", "1", "--base-url", BASE_URL, *more]
    )
    assert 0 == done.exit_code, done.output
    return done


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by each text that is parsed, and each page that is rendered."""
    done: list[str] = []
    parse_yaml, parse_markdown = nodes.parse, markup.parse
    page_html = rendering.page_html

    def fields(text: str, start: object) -> object:
        done.append(f"YAML {start.path}")  # type: ignore[attr-defined]
        return parse_yaml(text, start)  # type: ignore[arg-type]

    def markdown(text: str, start: object) -> object:
        done.append(f"Markdown {start.path}")  # type: ignore[attr-defined]
        return parse_markdown(text, start)  # type: ignore[arg-type]

    def page(*asked: object) -> bytes:
        done.append(f"page {asked[1].folder}{asked[0].path}")  # type: ignore[attr-defined]
        return page_html(*asked)  # type: ignore[arg-type]

    def remade(*asked: object) -> Artifact:
        done.append(f"page {asked[1].folder}{asked[0].path}")  # type: ignore[attr-defined]
        return one_page.remade(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(taken_up, "remade", remade)
    monkeypatch.setattr(nodes, "parse", fields)
    monkeypatch.setattr(markup, "parse", markdown)
    monkeypatch.setattr(rendering, "page_html", page)
    return done


def check_against_clean(project: Path) -> None:
    """Compare what is published with a build from nothing."""
    shutil.rmtree(project / "clean", ignore_errors=True)
    build(project, "--no-cache", "-o", str(project / "clean"))
    assert tree(project / "clean") == tree(project / "public")


def test_an_edited_digest_is_taken_up_by_itself(lay: Lay, work: list[str]) -> None:
    """After an edit of a digest its file alone is parsed, and the pages alone that show it are made."""
    project = lay({})
    build(project)
    work.clear()
    replace_in(project, ARTICLE, "was closed.", "was *shut* by people.")
    told = build(project)
    assert [
        f"Markdown content/{ARTICLE}",
        "page articles/gazette-bridge-count.html",
        "page print/index.html",
        "page search.html",
    ] == sorted(work)
    assert "changed" in told.stdout
    check_against_clean(project)


def test_edits_that_follow_each_other(lay: Lay, work: list[str]) -> None:
    """What one edit led to is what the next one starts from, also where it is taken back."""
    project = lay({})
    build(project)
    good = tree(project / "public")
    for old, new in (
        ("was closed.", "was shut."),
        ("was shut.", "was shut by people whom nobody knows."),
        ("people whom nobody knows", "Zoltan"),
        ("was shut by Zoltan.", "was closed."),
    ):
        work.clear()
        replace_in(project, ARTICLE, old, new)
        build(project)
        assert WHOLE not in work
    assert good == tree(project / "public")


def test_what_was_told_is_told_again(lay: Lay, work: list[str]) -> None:
    """Warnings of other files are told with an edit as without it."""
    project = lay({"x.txt": "?"})
    first = build(project)
    work.clear()
    replace_in(project, ARTICLE, "was closed.", "was shut.")
    again = build(project)
    assert WHOLE not in work
    assert "stray-file" in again.stderr
    assert first.stderr == again.stderr
    assert (
        first.stdout.partition(", from ")[2].rpartition(",")[0]
        == again.stdout.partition(", from ")[2].rpartition(",")[0]
    )


def test_after_an_edit_nothing_has_changed(lay: Lay, work: list[str]) -> None:
    """The build after the one that took up an edit does nothing."""
    project = lay({})
    build(project)
    replace_in(project, ARTICLE, "was closed.", "was shut.")
    build(project)
    work.clear()
    assert "(nothing had changed)" in build(project).stdout
    assert [] == work


def test_a_digest_that_was_only_touched_makes_nothing(lay: Lay, work: list[str]) -> None:
    """A digest with another date and the same words is read, and nothing is made of it."""
    project = lay({})
    build(project)
    work.clear()
    (project / "content" / ARTICLE).touch()
    assert "(nothing had changed)" in build(project).stdout
    assert [f"Markdown content/{ARTICLE}"] == work


def test_verify_holds_an_edit_against_a_build_from_nothing(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--verify` publishes an edit that was taken up if all is as from nothing, else says what differs."""
    project = lay({})
    build(project)
    replace_in(project, ARTICLE, "was closed.", "was shut.")
    assert "changed" in build(project, "--verify").stdout
    before = tree(project / "public")
    replace_in(project, ARTICLE, "was shut.", "was barred.")
    monkeypatch.setattr(building, "from_nothing", lambda _options: iter([Artifact("index.html", b"?")]))
    done = CliRunner().invoke(
        main, ["build", "-C", str(project), "--jobs", "1", "--base-url", BASE_URL, "--verify"]
    )
    assert 70 == done.exit_code
    assert "index.html differs" in done.stderr
    assert before == tree(project / "public")


def test_an_edit_loads_little(lay: Lay) -> None:
    """What takes up an edited digest loads neither the model nor what reads, validates, links or plans."""
    project = lay({})
    code = f"""
import sys
from site_builder.cli import main
try:
    main(["build", "-C", {str(project)!r}, "--jobs", "1", "--base-url", {BASE_URL!r}])
except SystemExit as done:
    assert not done.code
heavy = {{"pydantic", "babel", "yaml", "PIL", "multiprocessing"}}
ours = ("model", "validate", "nodes", "fields", "build", "read.content", "read.theme", "link.index", "report",
        "plan.views", "plan.site_plan", "render.site", "render.processes", "render.templates")
heavy |= {{f"site_builder.{{name}}" for name in ours}}
print("LOADED", sorted(heavy & set(sys.modules)))
"""
    build(project)
    replace_in(project, ARTICLE, "was closed.", "was shut.")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "changed" in done.stdout
    assert "LOADED []" == done.stdout.splitlines()[-1]


DOUBTS: Mapping[str, Callable[[Path], object]] = {
    "a field": lambda project: replace_in(project, ARTICLE, "---\n", "---\nnote: Mind this.\n"),
    "a link": lambda project: replace_in(project, ARTICLE, "was closed.", "was [closed](region:ost)."),
    "a number": lambda project: replace_in(project, ARTICLE, "was closed.", "was closed for 77 days."),
    "words withheld": lambda project: replace_in(project, ARTICLE, "closed", "[closed]{.withheld}"),
    "a mistake": lambda project: replace_in(project, ARTICLE, "was closed.", "was closed. <b>"),
    "a draft": lambda project: replace_in(project, ARTICLE, "---\n", "---\ndraft: true\n"),
    "another file": lambda project: replace_in(project, "regions/ost.md", "---\n", "---\n# a remark\n"),
    "a harmed page": lambda project: (project / "public/search.html").write_bytes(b"harm"),
    "a page less": lambda project: (project / "public/search.html").unlink(),
    "a harmed list": lambda project: (project / "public/.site-builder.json").write_bytes(b"{}"),
    "a new digest": lambda project: shutil.copytree(
        (project / "content" / ARTICLE).parent, project / "content/articles/copy"
    ),
    "another site": lambda project: build(project, "--no-cache", "--base-url", "https://b.example/"),
}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_in_doubt_everything_is_built(doubt: str, lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more than words may have changed, everything is built, also with an edited digest beside it."""
    project = lay({})
    build(project)
    DOUBTS[doubt](project)
    if doubt not in {"a field", "a link", "a number", "words withheld", "a mistake", "a draft"}:
        replace_in(project, ARTICLE, "was closed.", "was shut.")
    whole: list[building.Options] = []
    monkeypatch.setattr(building, "build", whole.append)
    CliRunner().invoke(main, ["build", "-C", str(project), "--jobs", "1", "--base-url", BASE_URL])
    assert 1 == len(whole)


def kept(project: Path) -> list[Path]:
    """What is kept of digests."""
    return sorted((project / CACHE).glob("digests-*"))


@pytest.mark.parametrize(
    "hidden",
    [
        ("actors/ost-county.yaml", "name:", "withheld: for her safety\nprivate: {name: Ada Qxjzv}\nname:"),
        ("pages/about.md", "---\n", "---\npublish_after: 2099-12-01T09:00Z\n"),
        ("pages/about.md", "---\n", "---\ndraft: true\n"),
    ],
)
def test_nothing_is_kept_where_something_is_kept_back(hidden: tuple[str, str, str], lay: Lay) -> None:
    """As soon as anything is kept back or withheld, the cache holds no text of the dossier any more."""
    project = lay({})
    build(project)
    assert 1 == len(kept(project))
    replace_in(project, *hidden)
    build(project)
    assert [] == kept(project)


def test_a_damaged_state_is_no_harm(lay: Lay, work: list[str]) -> None:
    """Where what is kept of digests is damaged, all is built, and the site is the same."""
    project = lay({})
    build(project)
    (one,) = kept(project)
    one.write_bytes(one.read_bytes()[:-9])
    replace_in(project, ARTICLE, "was closed.", "was shut.")
    work.clear()
    build(project)
    assert WHOLE in work
    check_against_clean(project)


WORDS = (
    *("the", "a", "of", "bridge", "Bridge", "bridges", "river", "cat", "kat", "catt", "Ost", "öst", "łódź"),
    *("мост", "1907", "2,300", "x", *(f"w{number}" for number in range(60))),
)


def entries(chance: random.Random) -> Iterator[Entry]:
    """Records with few words each."""
    for number in range(chance.randrange(1, 150)):
        yield Entry(
            key=f"source:{number}",
            kind="Article",
            name=" ".join(chance.choices(WORDS, k=3)),
            address=f"articles/{number}.html",
            body=("summary", " ".join(chance.choices(WORDS, k=chance.randrange(12)))),
        )


@pytest.mark.parametrize("number", range(60))
def test_the_search_after_an_edit_is_the_search_of_everything(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts reworded by chance: the index made of the old one is the one made of all records."""
    chance = random.Random(f"search {number}")  # noqa: S311  # the same texts in every run
    size = chance.choice([20, 60, 200, 1000])
    for module in (search_edits, search_index):
        monkeypatch.setattr(module, "TERMS_SIZE", size)
    before = list(entries(chance))
    after, records = list(before), dict[int, str]()
    changed: dict[str, dict[int, bool]] = {}
    for which in chance.sample(range(len(before)), min(3, len(before))):
        text = " ".join(chance.choices((*WORDS, "new", "neu", "aaa", "zzz"), k=chance.randrange(1, 12)))
        after[which] = Entry(
            key=before[which].key,
            kind="Article",
            name=before[which].name,
            address=before[which].address,
            body=("summary", text),
        )
        old, new = ({*words(one.body[1])} for one in (before[which], after[which]))
        records[which] = before[which].address
        for word in old ^ new:
            changed.setdefault(word, {})[which] = word in new
    made = search_index.search_index(before, "en")
    files = dict(made.files)
    found = reworded_index(made.head, files.__getitem__, records, changed)
    expected = search_index.search_index(after, "en")
    now = {**{path: one for path, one in files.items() if path not in found.gone}, **dict(found.files)}
    assert expected.head == found.head
    assert dict(expected.files) == now


def test_an_index_of_others_is_not_believed() -> None:
    """An index that has another record under that number, or is none, is not taken up."""
    made = search_index.search_index(list(entries(random.Random(1))), "en")  # noqa: S311
    files = dict(made.files)
    for head, records in ((made.head, {0: "articles/1.html"}), (made.head, {999: "articles/0.html"})):
        with pytest.raises(UnfitError):
            reworded_index(head, files.__getitem__, records, {"new": {0: True}})
    with pytest.raises(UnfitError):
        reworded_index(made.head, lambda _path: b"<html>", {}, {})


def test_a_list_is_made_again() -> None:
    """The list of a site after some files changed, came and went is that of all its files."""
    rows = {"a.html": b"1", 'b/ä"\\.html': b"2", "c.html": b"3"}

    def line(path: str, content: bytes) -> str:
        summed = Artifact(path, content).sha256
        said = json.dumps({"path": path, "size": len(content), "sha256": summed}, ensure_ascii=False)
        return f"  {said}"

    def listed(files: Mapping[str, bytes]) -> bytes:
        lines = ",\n".join(line(path, content) for path, content in sorted(files.items()))
        return ('{\n "format": "x",\n "files": [\n' + lines + "\n ]\n}\n").encode()

    after = {**rows, 'b/ä"\\.html': b"22", "aa.html": b"4"}
    del after["c.html"]
    changed = [Artifact(path, content) for path, content in after.items() if rows.get(path) != content]
    assert listed(after) == again(listed(rows), changed, ["c.html"])
