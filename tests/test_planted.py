"""A mistake is told where the editor shows it, whatever stands before it; a thousand are in torture."""

import random
from pathlib import Path

import pytest

from tests.damage.planted import MISTAKES, faults, planted


def chance(number: int) -> random.Random:
    """Chance that is the same in every run."""
    return random.Random(f"planted {number}")  # noqa: S311


@pytest.mark.parametrize("number", range(2 * len(MISTAKES)))
def test_a_planted_mistake_is_told_where_it_stands(number: int, tmp_path: Path) -> None:
    """Line, column and caret are right behind comments, a byte order mark, tabs, letters of any script."""
    assert [] == faults(planted(number, chance(number)), tmp_path / "project")


def test_every_kind_of_file_has_its_mistakes() -> None:
    """The mistakes stand in lists, front matter, annotations, site.yaml and prose."""
    paths = {planted(number, chance(number)).path for number in range(len(MISTAKES))}
    assert {"site.yaml", "measures.yaml", "disagreements.yaml", "corrections.yaml", "retired.yaml"} < paths
    assert {"actors/planted.yaml", "sources/planted.yaml", "regions/planted.md"} < paths
    assert "articles/gazette-bridge-count/annotations.yaml" in paths
