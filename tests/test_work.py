"""How much work a build does, by counting it: seconds depend on the machine, counts do not."""

import hashlib
import runpy
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from site_builder import markup, nodes
from site_builder.build import Options, build, check
from site_builder.issues import IssueLog, Place
from site_builder.read import read
from site_builder.render import site as rendering

ROOT = Path(__file__).resolve().parent.parent
SITE = Path(__file__).resolve().parent / "sites" / "two-languages"

ARTICLE = """---
type: article-newspaper
title: The mill burned
container_title: The Courier
issued: 2024-03-01
accessed: 2024-03-02
language: en
summary: A mill burned.
curated: 2024-03-02
---
It burned at night.[^1]

[^1]: So the paper says.
"""

Lay = Callable[[Mapping[str, str | bytes | None]], Path]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Counter[str]:
    """What one build of a small dossier did: each text parsed and each page rendered, with how often."""
    done: Counter[str] = Counter()
    parse_yaml, parse_markdown, page_html = nodes.parse, markup.parse, rendering.page_html

    def fields(text: str, start: Place) -> nodes.Node:
        done[f"YAML {start.path}"] += 1
        return parse_yaml(text, start)

    def markdown(text: str, start: Place) -> object:
        done[f"Markdown {start.path}"] += 1
        return parse_markdown(text, start)

    def page(*asked: object) -> bytes:
        done[f"page {asked[1].folder}{asked[0].path}"] += 1  # type: ignore[attr-defined]
        return page_html(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(nodes, "parse", fields)
    monkeypatch.setattr(markup, "parse", markdown)
    monkeypatch.setattr(rendering, "page_html", page)
    built = build(Options(project=SITE, output=tmp_path / "public"))
    assert built.checked.plan is not None
    done.update({f"planned {path}": 1 for path in built.checked.plan.paths})
    return done


def names(counts: Counter[str], kind: str) -> list[str]:
    """What was counted of a kind, as often as it was done."""
    return sorted(one.partition(" ")[2] for one in counts.elements() if one.startswith(f"{kind} "))


def test_every_file_is_parsed_once(counted: Counter[str]) -> None:
    """A build parses the fields of each file of a dossier once."""
    files = (path for path in (SITE / "content").rglob("*") if path.suffix in {".yaml", ".md"})
    assert sorted(path.relative_to(SITE).as_posix() for path in files) == names(counted, "YAML")


def test_every_body_is_parsed_once(counted: Counter[str]) -> None:
    """A build parses the text of each Markdown file once."""
    in_files = [name for name in names(counted, "Markdown") if name.endswith(".md")]
    files = (SITE / "content").rglob("*.md")
    assert sorted(path.relative_to(SITE).as_posix() for path in files) == in_files


def test_every_page_is_rendered_once(counted: Counter[str]) -> None:
    """A build renders each planned page once, and no other."""
    assert names(counted, "planned") == names(counted, "page")


def test_yaml_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser of the YAML library is asked once for a text."""
    walked: list[str] = []

    class Loader(nodes.Loader):  # type: ignore[misc, valid-type]  # the library's fastest
        def __init__(self, text: str) -> None:
            walked.append(text)
            super().__init__(text)

    monkeypatch.setattr(nodes, "Loader", Loader)
    nodes.parse("a: [1, 2]\n", Place("a.yaml"))
    assert ["a: [1, 2]\n"] == walked


def calls(project: Path) -> int:
    """How many functions of Python are entered while the dossier is read; generators at each step."""
    count = 0

    def see(_frame: FrameType, event: str, _value: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        read(project, IssueLog())
    finally:
        sys.setprofile(before)
    return count


def test_reading_grows_with_the_articles(lay: Lay) -> None:
    """Four times the articles take about four times the work of reading, not sixteen times."""
    read(lay({}), IssueLog())  # so that what is set up once is set up
    none = calls(lay({}))
    some = calls(lay({f"articles/burned-{number}/index.md": ARTICLE for number in range(20)})) - none
    many = calls(lay({f"articles/burned-{number}/index.md": ARTICLE for number in range(80)})) - none
    assert 4.1 * some >= many


@pytest.fixture(scope="session")
def corpus() -> Mapping[str, Any]:
    """What the module that makes dossiers for measuring holds."""
    return runpy.run_path(str(ROOT / "benchmarks/corpus.py"))


def test_the_corpus_is_the_same_everywhere(corpus: Mapping[str, Any]) -> None:
    """Whoever measures with so many articles measures with the same bytes."""
    said = repr(list(corpus["dossier"](10))).encode()
    assert (
        "ad34e3d97e7558220ef30ca5a2ca08f1481a58bbb155fc8633c65e264ad81bcb" == hashlib.sha256(said).hexdigest()
    )


def test_the_corpus_is_a_sound_dossier(corpus: Mapping[str, Any], tmp_path: Path) -> None:
    """A dossier for measuring can be published; its dates are thrown, so that some are told as unlikely."""
    corpus["write"](10, tmp_path)
    assert {"date-order"} == {one.code for one in check(Options(project=tmp_path, output=tmp_path)).issues}
