"""Hostile texts in every place where an author or a source may say anything: they stay texts."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.build import Options, check
from site_builder.render import Artifact, render
from tests.hostile.dossiers import PLACES, hostile
from tests.hostile.pages import forbidden
from tests.hostile.payloads import COUNT, PAYLOADS

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

# All of them take ten seconds: `make torture` tries them all, and mixes of them.
TRIED = PAYLOADS[::3]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Artifact, ...]:
    """A site that says each of the texts in each of the places."""
    return site_saying(TRIED, tmp_path_factory.mktemp("hostile"))


def site_saying(payloads: tuple[str, ...], project: Path) -> tuple[Artifact, ...]:
    """The rendered site of a dossier that says the texts."""
    for path, content in hostile(payloads).files.items():
        target = project / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = check(Options(project=project, output=project / "public", base_url="https://bridges.example/"))
    assert found.plan is not None, list(found.issues)
    assert found.theme is not None
    return tuple(render(found.plan, found.theme, 1, lambda _: None))


def test_the_corpus_is_what_it_says() -> None:
    """There are four hundred different texts, and nearly all of them reach each of the twelve places."""
    assert COUNT == len(set(PAYLOADS))
    assert 12 == len(PLACES)
    said = hostile(PAYLOADS).said
    assert {place: count for place, count in said.items() if count < 0.9 * COUNT} == {}


def test_no_text_becomes_a_part_of_a_page(site: tuple[Artifact, ...]) -> None:
    """As a parser of HTML reads the pages, no text has made an element, a handler or an address."""
    pages = [file for file in site if file.path.endswith(".html")]
    assert len(pages) > 5 * len(TRIED)
    found = {
        (file.path, told)
        for file in pages
        for told in forbidden(file.content, ours=("form", "input") if file.path == "search.html" else ())
    }
    assert set() == found


def test_the_judge_can_object() -> None:
    """The same judge finds each kind of thing where a page does hold it."""
    page = (
        b"<html><body onload=x()><!-- a --><iframe></iframe><p style='a'>"
        b"<a href=' JaVa\tscript:x()'>y</a><script>x()</script>"
    )
    assert {
        "<body onload>",
        "<iframe>",
        "<p style>",
        "<a href=' JaVa\\tscript:x()'>",
        "<script>",
        "no element: <!-- a -->",
    } == set(forbidden(page))
