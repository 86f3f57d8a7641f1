"""Scripts of edits, and damage to the cache: hundreds, where the fast tests have dozens."""

import random
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cache import standing, tool
from site_builder.cache.shelf import CACHE
from site_builder.cli import main
from tests.incremental import scripts
from tests.incremental.scripts import Desk, built, tree
from tests.torture.conftest import Rounds


def install(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the installed libraries be those of a desk."""
    for module in (standing, tool):
        monkeypatch.setattr(module, "libraries", lambda: [f"library-{desk.tool}.dist-info"])


def build(project: Path) -> None:
    """Build a project as it stands."""
    done = CliRunner().invoke(main, ["build", "-C", str(project), "--jobs", "1"])
    assert 0 == done.exit_code, done.output


def check_against_clean(desk: Desk, output: str) -> None:
    """Build on the last build and from nothing, and compare."""
    code, said = built(desk, "public")
    clean = built(desk, output, "--no-cache")
    assert (0, 0) == (code, clean[0]), (desk.done, said)
    assert tree(desk.project / output) == tree(desk.project / "public"), desk.done


def test_after_any_edits_the_site_is_that_of_a_clean_build(
    rounds: Rounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten to thirty edits by chance, a build after each few: names, modes and bytes are a clean build's."""
    for number, chance in rounds:
        desk = scripts.start(tmp_path / f"project-{number}", chance)
        install(desk, monkeypatch)
        for _ in range(chance.randrange(10, 31)):
            desk.edit()
            if chance.random() < 0.3:
                assert 0 == built(desk, "public")[0], desk.done
        check_against_clean(desk, "clean")
        shutil.rmtree(desk.project)


def harm(file: Path, others: list[Path], chance: random.Random) -> None:
    """Turn a bit, cut an end off, swap with another file, or put back what was there before."""
    content = file.read_bytes()
    at = chance.randrange(max(1, len(content)))
    turned = content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
    other = content.replace(b"cache 1", b"cache 0", 1)
    file.write_bytes(
        chance.choice([turned, turned, content[:at], chance.choice(others).read_bytes(), other, b""])
    )


def test_a_damaged_cache_does_no_harm(
    rounds: Rounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five times a round: whatever is done to the cache, the next build gives what one from nothing gives."""
    for number, chance in rounds:
        desk = scripts.start(tmp_path / f"project-{number}", chance)
        install(desk, monkeypatch)
        assert 0 == built(desk, "public")[0]
        for _ in range(5):
            if chance.random() < 0.5:
                desk.edit()
            files = sorted(path for path in (desk.project / CACHE).iterdir() if path.is_file())
            hurt = [path for path in files if path.stat().st_size]
            harm(chance.choice(hurt), files, chance)
            check_against_clean(desk, "clean")
        shutil.rmtree(desk.project)


def test_each_edit_rewrites_what_shows_it(rounds: Rounds, tmp_path: Path) -> None:
    """Edit by edit, exactly those files are rewritten that say something else: the whole table."""
    for number, _chance in rounds:
        project = tmp_path / f"project-{number}"
        shutil.copytree(scripts.SOUND, project)
        for edit, expected in scripts.table():
            found = scripts.rewritten(project, edit, lambda project=project: build(project))  # type: ignore[misc]
            assert (edit, expected) == (edit, found)
