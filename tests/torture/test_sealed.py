"""The first dossier, built where nothing can be reached."""

from pathlib import Path

from tests.test_canaries import ROOT, sealed_build


def test_the_first_dossier_needs_no_network(tmp_path: Path) -> None:
    """Its interpreter refuses every address and every program, and its network leads nowhere."""
    assert sealed_build(ROOT, tmp_path / "public") > 200
