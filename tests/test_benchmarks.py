"""The logic of the measurement: what is compared, and what is said of it. No peer is installed for these."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.layouts import lay_out, model
from benchmarks.measuring import Cost, FailedError, Measured, ratio_line, run
from benchmarks.pages import Listed, by_kind, differences, kind_of, listed, unshown
from benchmarks.peers import PEERS, ours

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
    _write(tmp_path, "timeline/a.html", '<li class="row event"></li><li class=row></li>')
    assert () == differences([_page("timeline/a.html", 2)], tmp_path)


def test_a_missing_page_is_told(tmp_path: Path) -> None:
    """A page that a peer does not make is told."""
    assert ("there is no timeline/a.html",) == differences([_page("timeline/a.html", 0)], tmp_path)


def test_a_page_too_many_is_told(tmp_path: Path) -> None:
    """A page that only the peer makes is told."""
    _write(tmp_path, "tags/a.html", "")
    assert ("tags/a.html is one page too many",) == differences([], tmp_path)


def test_a_missing_row_is_told(tmp_path: Path) -> None:
    """A page that shows fewer records than ours is told."""
    _write(tmp_path, "timeline/a.html", '<li class="row"></li>')
    wanted = [_page("timeline/a.html", 2)]
    assert ("timeline/a.html shows 1 records, not 2",) == differences(wanted, tmp_path)


def test_records_in_no_list_are_told() -> None:
    """What stands on none of our own lists is told: then there would be too little to compare with."""
    page = Listed(path="timeline/a.html", kind="timeline", title="", records={"events": ("e000001",)})
    assert "1 of 2 events stand in no list" in unshown([page], IDS)


def test_a_real_site_as_a_model(sample_model: Path, tmp_path: Path) -> None:
    """Of a real site of ours every page is listed, and a peer is told of each."""
    made = model(sample_model, sample_model / "public")
    lay_out("hugo", made, tmp_path / "hugo")
    told = (tmp_path / "hugo/data/pages.json").read_text(encoding="utf-8")
    assert {"article": 4, "event": 8, "region": 83} == {
        kind: count for kind, count in by_kind(made.pages).items() if kind in {"article", "event", "region"}
    }
    assert all(f'"{page.path}"' in told for page in made.pages)


@pytest.fixture(scope="module")
def sample_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of four articles, with its site."""
    from benchmarks.corpus import write  # noqa: PLC0415
    from site_builder.build import Options, build  # noqa: PLC0415

    project = tmp_path_factory.mktemp("corpus") / "project"
    write(4, project)
    build(Options(project=project, output=project / "public", base_url=""))
    return project


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
    assert sorted(PEERS) == sorted(path.name for path in folder.iterdir())
