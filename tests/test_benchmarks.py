"""The logic of the measurement: what is compared, and what is said of it. No peer is installed for these."""

from __future__ import annotations

import io
import json
import platform
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks import results
from benchmarks.__main__ import _asked, _noting
from benchmarks.growth import Size, grown, growth_line
from benchmarks.layouts import LAYOUTS, Model, ids, lay_out, model
from benchmarks.measuring import Cost, FailedError, Measured, ratio_line, run
from benchmarks.pages import Listed, by_kind, differences, kind_of, listed, shown, unshown
from benchmarks.peers import PEERS, Tool, ours, run_installer
from benchmarks.progress import Progress
from benchmarks.results import Table, as_markdown
from benchmarks.running import Running

IDS: Mapping[str, frozenset[str]] = {
    "events": frozenset({"e000001", "e000002"}),
    "figures": frozenset({"f000001"}),
    "quotes": frozenset({"q000001"}),
    "articles": frozenset({"a00001"}),
    "regions": frozenset({"maro"}),
    "actors": frozenset({"speaker-001"}),
    "measures": frozenset({"beds"}),
}


def _page(path: str, rows: int) -> Listed:
    records = {"events": tuple(f"e{number}" for number in range(rows))} if rows else {}
    return Listed(path=path, kind="timeline", title="", records=records)


def _write(site: Path, path: str, main: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(f"<h1>Heading</h1><main>{main}</main>", encoding="utf-8")


def _measured(seconds: tuple[float, ...], memory: int) -> Measured:
    steps = {
        step: [Cost(wall=one * times, cpu=one) for one in seconds]
        for times, step in enumerate(("cold", "noop", "edit"), 1)
    }
    return Measured(steps=steps, memory=memory, pages={}, files=0, bytes=0)


def test_the_ratio_line() -> None:
    """The line has our medians as parts of the peer's, step by step, and then the memory."""
    slow, fast = _measured((9.0, 2.0, 4.0), 500), _measured((1.0, 2.0, 99.0), 1_000)
    assert "ratio to hugo at 1000: cold 2.00 noop 2.00 edit 2.00 memory 0.50" == ratio_line(
        "hugo", 1000, slow, fast
    )


@pytest.mark.parametrize(
    "path, kind",
    [
        ("index.html", "home"),
        ("about.html", "about"),
        ("articles/index.html", "articles"),
        ("articles/a00001.html", "article"),
        ("figures/beds.html", "measure"),
        ("timeline/2015-01.html", "timeline"),
        ("timeline/kind/flood.html", "timeline-part"),
        ("print/maro.html", "print"),
    ],
)
def test_kinds_of_pages(path: str, kind: str) -> None:
    """A page is of its record's kind, or of that of the folder it lies in."""
    assert kind == kind_of(path, IDS)


def test_a_page_shows_what_it_is_about(tmp_path: Path) -> None:
    """A page's records are those that it is about, once each, and in their order."""
    again = '<a href="../events/e000001.html">'
    row = f'{again}</a><a href="../articles/a00001.html"></a><a href="../regions/maro.html"></a>'
    _write(tmp_path, "timeline/2015.html", f'<a href="../events/e000002.html"></a>{row}{row}')
    assert [{"events": ("e000002", "e000001")}] == [page.records for page in listed(tmp_path, IDS)]


def test_statements_are_known_by_their_anchors(tmp_path: Path) -> None:
    """A figure or a quote is known by its anchor, on whatever page it stands."""
    _write(tmp_path, "a-z/f.html", '<a href="../figures/beds.html#f000001"></a><a href="../x.html#q000001">')
    assert {"figures": ("f000001",), "quotes": ("q000001",)} == listed(tmp_path, IDS)[0].records


def test_the_same_pages_differ_in_nothing(tmp_path: Path) -> None:
    """A peer's site with the same pages and as many rows on each is the same site."""
    _write(tmp_path, "timeline/a.html", '<li class="row event" id="e0"></li><li class=row id=e1></li>')
    assert () == differences([_page("timeline/a.html", 2)], tmp_path)


def test_a_row_without_an_id_is_known_by_its_link(tmp_path: Path) -> None:
    """A row is one of the record that it links to first, wherever else it leads."""
    row = '<li class="row"><a href="https://news.example/a1">live</a> <a href="/articles/a1.html">Title</a>'
    _write(tmp_path, "sources/a.html", f'{row} <a href="/regions/maro.html">Maro</a></li>')
    assert {"articles": ("a1",)} == shown((tmp_path / "sources/a.html").read_text())


def test_other_records_are_told(tmp_path: Path) -> None:
    """A page with as many records as ours, but others, is told."""
    _write(tmp_path, "timeline/a.html", '<li class="row" id="e0"></li><li class="row" id="e7"></li>')
    wanted = [_page("timeline/a.html", 2)]
    assert ("timeline/a.html shows other events, or in another order",) == differences(wanted, tmp_path)


def test_another_order_is_told(tmp_path: Path) -> None:
    """A page with our records in another order is told."""
    _write(tmp_path, "timeline/a.html", '<li class="row" id="e1"></li><li class="row" id="e0"></li>')
    wanted = [_page("timeline/a.html", 2)]
    assert ("timeline/a.html shows other events, or in another order",) == differences(wanted, tmp_path)


def test_a_missing_page_is_told(tmp_path: Path) -> None:
    """A page that a peer does not make is told."""
    assert ("there is no timeline/a.html",) == differences([_page("timeline/a.html", 0)], tmp_path)


def test_a_page_too_many_is_told(tmp_path: Path) -> None:
    """A page that only the peer makes is told."""
    _write(tmp_path, "tags/a.html", "")
    assert ("tags/a.html is one page too many",) == differences([], tmp_path)


def test_a_missing_row_is_told(tmp_path: Path) -> None:
    """A page that shows fewer records than ours is told."""
    _write(tmp_path, "timeline/a.html", '<li class="row" id="e0"></li>')
    wanted = [_page("timeline/a.html", 2)]
    assert ("timeline/a.html shows 1 records, not 2",) == differences(wanted, tmp_path)


def test_records_in_no_list_are_told() -> None:
    """What stands on none of our own lists is told: then there would be too little to compare with."""
    page = Listed(path="timeline/a.html", kind="timeline", title="", records={"events": ("e000001",)})
    assert "1 of 2 events stand in no list" in unshown([page], IDS)


def test_a_real_site_as_a_model(sample: Model) -> None:
    """Of a real site of ours every page is listed, by its kind."""
    assert {"article": 4, "event": 8, "region": 83} == {
        kind: count for kind, count in by_kind(sample.pages).items() if kind in {"article", "event", "region"}
    }


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_is_told_of_every_page(peer: str, sample: Model, tmp_path: Path) -> None:
    """Each peer is told of every page of ours, with the records that it shows, in their order."""
    lay_out(peer, sample, tmp_path / peer)
    told = {page["path"]: page["records"] for page in json.loads(_only(tmp_path, "pages.json").read_bytes())}
    assert {
        page.path: {kind: list(those) for kind, those in page.records.items()} for page in sample.pages
    } == told


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_is_given_every_record(peer: str, sample: Model, tmp_path: Path) -> None:
    """Each peer finds every record in the author's own words, and every article in a file to be edited."""
    lay_out(peer, sample, tmp_path / peer)
    tool, known = PEERS[peer], ids(sample.corpus)
    annotated = sorted(path.parent.name for path in sample.corpus.glob("content/articles/*/annotations.yaml"))
    given = [(tmp_path / peer / tool.records.format(article=one)).read_text() for one in annotated]
    articles = [tmp_path / peer / tool.article.format(article=one) for one in known["articles"]]
    stated = known["events"] | known["figures"] | known["quotes"]
    lacking = {one for one in stated if not any(f"- id: {one}\n" in text for text in given)}
    assert [] == [*lacking, *(path for path in articles if not path.is_file())]


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_is_given_the_whole_text_of_an_article(peer: str, sample: Model, tmp_path: Path) -> None:
    """Each peer's article holds every paragraph that its author wrote without a link to a record."""
    lay_out(peer, sample, tmp_path / peer)
    wrote = (sample.corpus / "content/articles/a00001/index.md").read_text().split("---\n", 2)[2]
    given = (tmp_path / peer / PEERS[peer].article.format(article="a00001")).read_text()
    assert [] == [one for one in wrote.strip().split("\n\n") if "](" not in one and one not in given]


def test_rows_in_python_are_those_of_our_site(sample: Model, tmp_path: Path) -> None:
    """What the peers in Python share writes a row for each record of each page."""
    lay_out("mkdocs", sample, tmp_path / "mkdocs")
    code = (
        "import json, sys, yaml; from pathlib import Path; from atlas import Atlas\n"
        "atlas = Atlas(Path('data'), Path('theme'))\n"
        "for file in Path('docs/articles').glob('a*.md'):\n"
        "    front = yaml.safe_load(file.read_text().split('---\\n', 2)[1])\n"
        "    atlas.know(file.stem, front, str)\n"
        "print(json.dumps({path: atlas.rows(path).count('<li class=\"row') for path in atlas.by_path}))\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "mkdocs", capture_output=True, check=True
    )
    assert {page.path: page.rows for page in sample.pages} == json.loads(said.stdout)


def _only(folder: Path, name: str) -> Path:
    (found,) = folder.rglob(name)
    return found


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """What stands in our site of a corpus of four articles."""
    from benchmarks.corpus import write  # noqa: PLC0415
    from site_builder.build import Options, build  # noqa: PLC0415

    project = tmp_path_factory.mktemp("corpus") / "project"
    write(4, project)
    build(Options(project=project, output=project / "public", base_url=""))
    return model(project, project / "public")


def test_a_cold_build_finds_only_the_dossier(tmp_path: Path) -> None:
    """Before a cold build of ours everything but the author's files is taken away."""
    for path in ("content/site.yaml", "public/index.html", ".cache/state"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).touch()
    ours().clear(tmp_path)
    assert ["content"] == [path.name for path in tmp_path.iterdir()]


def test_a_process_is_measured_with_its_children(tmp_path: Path) -> None:
    """The memory of a command is that of its children too."""
    child = "import time; held = bytearray(60_000_000); time.sleep(.5)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    (tmp_path / "project").mkdir()
    cost = run([sys.executable, "-c", parent], tmp_path / "project", {}, 60, weigh=True)
    assert 60_000_000 < cost.memory


def test_a_failure_is_no_measure(tmp_path: Path) -> None:
    """A command that fails raises, with the end of what it said."""
    (tmp_path / "project").mkdir()
    with pytest.raises(FailedError, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path / "project", {}, 60)


def test_every_peer_has_its_templates() -> None:
    """Each peer of the table has a folder of templates."""
    folder = Path(__file__).parents[1] / "benchmarks/sites"
    assert sorted(PEERS) == sorted(LAYOUTS) == sorted(path.name for path in folder.iterdir())


def test_every_version_is_pinned() -> None:
    """Each package that a peer is installed from has an exact version."""
    wheels = [one for tool in PEERS.values() for one in tool.python]
    modules = [one for tool in PEERS.values() for one in tool.node]
    assert [] == [one for one in wheels if "==" not in one] + [one for one in modules if "@" not in one[1:]]


def test_all_peers_can_be_asked_for() -> None:
    """`all` stands for every peer, and each is measured once."""
    assert ("hugo", *(name for name in PEERS if name != "hugo")) == _asked(["--peers", "hugo all"]).peers


def test_no_peer_can_be_asked_for() -> None:
    """`none` stands for no peer: then ours is measured by itself."""
    assert () == _asked(["--peers", "none"]).peers


def test_growth_is_told_for_each_page_and_article() -> None:
    """Twice the pages in thrice the time is half as much again for each; memory goes by the articles."""
    small = Size(articles=1_000, pages=5_000, wall=10.0, cpu=20.0, memory=200_000_000)
    large = Size(articles=2_000, pages=10_000, wall=30.0, cpu=40.0, memory=200_000_000)
    told = "growth from 1000 to 2000: time a page 1.50, processors a page 1.00, memory an article 0.50"
    assert told == growth_line(small, large)
    assert (
        "1,000 articles, 5,000 pages: 10.0 s by the clock (2.00 ms a page), 20.0 s of processors "
        "(4.00 ms a page), 200 MB (200 kB an article)" == small.line
    )


def test_each_size_is_built_and_cleared_away(tmp_path: Path) -> None:
    """Every size is built from nothing, weighed and counted, and leaves no file behind."""
    code = "import pathlib; out = pathlib.Path('out'); out.mkdir(); (out / 'a.html').write_text('')"
    tool = Tool(
        name="one page",
        version="1",
        command=[sys.executable, "-c", code],
        out="out",
        kept=["out"],
        article="",
        records="",
    )
    settled: list[str] = []
    found = list(grown(tool, [1, 2], 1, tmp_path, lambda project: settled.append(project.name)))
    assert [(1, 1), (2, 1)] == [(one.articles, one.pages) for one in found]
    assert ["growth-1", "growth-2"] == settled
    assert [] == [path.name for path in tmp_path.iterdir() if path.is_dir()]


def test_peers_keep_the_order_they_are_asked_in() -> None:
    """Peers are taken as they are named, with commas or without."""
    assert ("nikola", "hugo") == _asked(["--peers", "nikola,hugo"]).peers


@pytest.mark.parametrize(
    "option, value, told",
    [
        ("--peers", "hugo elventy", "no such peer: elventy; there are hugo, eleventy, astro, "),
        ("--sizes", "100 many", "a number from 1 on is wanted, not 'many'"),
        ("--rounds", "0", "a number from 1 on is wanted, not '0'"),
    ],
)
def test_a_wrong_choice_is_told(
    option: str, value: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name or a number that is none is told before anything is installed, with what there is."""
    with pytest.raises(SystemExit):
        _asked([option, value])
    assert told in capsys.readouterr().err


def test_what_is_left_is_told() -> None:
    """A run says how long the builds to come will take, each as long as its tool's last were."""
    said = io.StringIO()
    progress = Progress("100 articles", said)
    progress.expect("hugo", Cost(wall=10, cpu=9), 12)
    progress.expect("nikola", Cost(wall=40, cpu=9), 12)
    progress.drop("nikola")
    progress.done("hugo", [Cost(wall=30, cpu=9), Cost(wall=6, cpu=9)], "round 1")
    assert "100 articles: round 1; about 3 min left at this size\n" == said.getvalue()


def _fail(why: str) -> None:
    raise FailedError(why)


def test_a_peer_that_fails_is_left_out() -> None:
    """A peer that fails is noted, with its reason, and nothing more is expected of it."""
    failed: dict[str, str] = {}
    said = io.StringIO()
    progress = Progress("100 articles", said)
    progress.expect("hugo", Cost(wall=1_000, cpu=9), 12)
    with _noting("hugo", failed, progress):
        _fail("no such page")
    assert ({"hugo": "no such page"}, "about 0 s") == (failed, progress.left())
    assert "100 articles: hugo is left out: no such page\n" == said.getvalue()


def test_without_ours_there_is_nothing_to_compare() -> None:
    """Where our own tool fails, the run ends."""
    with pytest.raises(FailedError), _noting("site-builder", {}, Progress("100 articles", io.StringIO())):
        _fail("no such page")


def test_an_installation_that_fails_is_told() -> None:
    """What is not to be had from a registry is a failure of that peer, with what the installer said."""
    with pytest.raises(FailedError, match="there is no such wheel"):
        run_installer([sys.executable, "-c", "raise SystemExit('there is no such wheel')"])


@pytest.mark.parametrize("follows, stale", [(True, (0, 1)), (False, (1, 1))])
def test_stale_files_are_counted(follows: bool, stale: tuple[int, int], tmp_path: Path) -> None:
    """A file that still says what an event's record no longer says is stale."""
    project = tmp_path / "project"
    (project / "out").mkdir(parents=True)
    (project / "a1.yaml").write_text("events:\n  - id: e1\n    says: It opened.\n")
    copies = "import pathlib; out = pathlib.Path('out/a.html')\n"
    copies += f"if {follows} or not out.exists(): out.write_bytes(pathlib.Path('a1.yaml').read_bytes())"
    tool = Tool(
        name="copy",
        version="1",
        command=[sys.executable, "-c", copies],
        out="out",
        kept=[],
        article="",
        records="{article}.yaml",
    )
    running = Running(tool, project, tmp_path)
    running.build()
    assert stale == running.stale(["a0", "a1"])


def test_stale_files_stand_under_the_table() -> None:
    """The page of results says which tools leave files stale, and which leave none."""
    fresh = Measured(steps=_measured((1.0,), 1).steps, memory=1, pages={}, files=0, bytes=0, shown=9)
    stale = Measured(steps=fresh.steps, memory=1, pages={}, files=0, bytes=0, stale=2, shown=9)
    found = {"site-builder": fresh, "zensical": stale}
    page = as_markdown([Table(articles=100, measured=found, cards=Cost(wall=1, cpu=1), rounds=1)])
    assert (
        "After an event was told in other words, no file of these was stale: site-builder.\n\n"
        "After the same, zensical left 2 of 9 files stale.\n"
    ) in page


def test_what_several_do_not_make_is_told_once() -> None:
    """The page of results says in one sentence what several peers don't make."""
    one = Measured(steps=_measured((1.0,), 1).steps, memory=1, pages={}, files=0, bytes=0, remark="a feed")
    found = {"site-builder": _measured((1.0,), 1), "hugo": one, "astro": one}
    page = as_markdown([Table(articles=9, measured=found, cards=Cost(wall=1, cpu=1), rounds=1)])
    assert 1 == page.count("What is not made by hugo, astro: a feed.")


def test_who_was_left_out_is_told() -> None:
    """The page of results says which peer was left out, and why."""
    found = {"site-builder": _measured((1.0,), 1)}
    failed = {"nikola": "ended with 1:\n no such file"}
    page = as_markdown(
        [Table(articles=9, measured=found, cards=Cost(wall=1, cpu=1), rounds=1, failed=failed)]
    )
    assert "nikola 8.3.3 was left out: ended with 1: no such file" in page


def _told(articles: int, wall: float, before: str = "") -> str:
    found = {"site-builder": _measured((wall,), 1)}
    table = Table(articles=articles, measured=found, cards=Cost(wall=1, cpu=1), rounds=1)
    return as_markdown([table], before)


def test_what_was_measured_before_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run writes the sizes that it measured, in order, and leaves what was said of others as it was."""
    monkeypatch.setattr(results, "_circumstances", lambda: "Today, here.")
    large, small = _told(1000, 1.0), _told(100, 2.0)
    both = _told(100, 2.0, _told(1000, 1.0, _told(100, 3.0)))
    assert small + "\n## " + large.partition("\n## ")[2] == both


@pytest.mark.parametrize(
    "prefix, options, told",
    [
        ("/opt/python", "'--enable-optimizations' '--with-lto'", "optimised"),
        ("/opt/python", "'--enable-shared'", "not optimised"),
        ("/opt/python", None, "not optimised"),
        ("/usr", "'--enable-shared'", "optimised"),
    ],
)
def test_how_python_was_built_is_told(
    prefix: str, options: str | None, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of results says whether the Python that measured was built for speed, as Debian's is."""
    monkeypatch.setattr("sys.base_prefix", prefix)
    monkeypatch.setattr("sysconfig.get_config_var", lambda _: options)
    assert f"Python {platform.python_version()}, {told}." in _told(100, 1.0)
