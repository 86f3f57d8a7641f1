"""Damage by chance, for as long as one lets it: no traceback, no silence, and no place that is not there."""

import random
import time
from pathlib import Path

import pytest

from site_builder import markup
from site_builder.issues import Place
from tests.damage import fuzzing
from tests.damage.markdown import FAMILIES
from tests.damage.mutations import SIGNS, mutated
from tests.damage.planted import faults, planted
from tests.torture.conftest import Rounds

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("raw", [False, True], ids=["texts", "bytes"])
def test_a_damaged_dossier_is_told_or_built(raw: bool, rounds: Rounds, tmp_path: Path) -> None:
    """Each issue is in words and within its file, and what is sound is built as a safe site."""
    for _, chance in rounds:
        project = fuzzing.damaged(chance, tmp_path / "project", raw=raw, files=chance.randint(1, 3))
        assert [] == fuzzing.faults(project, built=chance.random() < 0.2)


def text_of(chance: random.Random) -> str:
    """A text in Markdown: signs by chance, or a page of the first dossier with wounds."""
    if chance.random() < 0.5:
        return "".join(chance.choices((*SIGNS, " ", "a", "words ", "\n", "\n\n"), k=chance.randint(1, 200)))
    pages = sorted((ROOT / "content").rglob("*.md"))
    text = chance.choice(pages).read_text(encoding="utf-8").partition("\n---\n")[2]
    at = chance.randrange(len(text) + 1)
    return mutated(mutated(text[at : at + 3000], chance), chance)


def test_any_text_is_parsed(rounds: Rounds) -> None:
    """Whatever is written in Markdown is parsed within two seconds, and every issue lies within it."""
    for _, chance in rounds:
        text = text_of(chance).replace("\r\n", "\n").replace("\r", "\n")
        start = time.process_time()
        _, told = markup.parse(text, Place("content/pages/a.md"))
        assert time.process_time() - start < 2
        lines = text.split("\n")
        for issue in told:
            assert issue.place.line <= len(lines), issue
            assert issue.place.column <= len(lines[issue.place.line - 1]) + 1, issue


SIZES = (1_000, 10_000, 50_000)


def test_no_text_takes_long(rounds: Rounds) -> None:
    """A family of texts a round, in each size: read within seconds, or longer than a text may be."""
    for number, chance in rounds:
        turn, at = divmod(number - 1, len(FAMILIES))
        name = [*FAMILIES][at]
        size = SIZES[turn] if turn < len(SIZES) else chance.randrange(100_000)
        text = FAMILIES[name](size)
        start = time.process_time()
        if len(text) <= 1_000_000:
            markup.parse(text, Place("content/pages/a.md"))
        # Others use the processor as well while this runs.
        assert time.process_time() - start < 10, (name, size)


def test_a_planted_mistake_is_told_where_it_stands(rounds: Rounds, tmp_path: Path) -> None:
    """A single mistake in any kind of file is told at its line and column, with the caret under it."""
    for number, chance in rounds:
        assert [] == faults(planted(number, chance), tmp_path / "project")
