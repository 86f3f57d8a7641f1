"""The frame of the long tests: seed, shares of the time, rounds to be seen again, and a plain last line."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

LONG = """
import time

def test_that_breaks(rounds):
    for number, chance in rounds:
        drawn = chance.random()
        assert drawn < 0.95, f"{number} drew {drawn}"

def test_that_holds(rounds):
    rounds.remark("what is not here")
    for number, chance in rounds:
        time.sleep(0.01)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two long tests, one of which fails sooner or later."""
    shutil.copy(ROOT / "tests/torture/conftest.py", tmp_path)
    (tmp_path / "test_long.py").write_text(LONG, encoding="utf-8")
    return tmp_path


def torture(folder: Path, *more: str, **environment: str) -> tuple[int, str]:
    """Run the long tests of a folder for two seconds."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", str(folder), *more]
    told = {"SEED": "7", "MINUTES": "0.02", "ROUND": "", **environment}
    done = subprocess.run(
        command, env={**os.environ, **told}, cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def test_a_failure_is_told_so_that_it_can_be_seen_again(folder: Path) -> None:
    """The command that a failure names runs that round alone, and fails with the same values."""
    code, told = torture(folder)
    assert 1 == code
    (again,) = set(re.findall(r"make torture SEED=7 ROUND=(\d+) ARGS=\"-k 'test_that_breaks'\"", told))
    (drawn,) = set(re.findall(rf"^E +AssertionError: ({again} drew 0\.\d+)$", told, re.MULTILINE))
    code, told = torture(folder, "-k", "test_that_breaks", ROUND=again, MINUTES="5")
    assert 1 == code
    assert f"AssertionError: {drawn}" in told
    assert torture(folder, "-k", "test_that_breaks", ROUND=again, SEED="8")[1] != told


def test_the_last_line_is_plain(folder: Path) -> None:
    """The last line says how many tests passed and failed; before it stands how many rounds each has made."""
    _, told = torture(folder)
    assert "1 passed, 1 failed" == told.splitlines()[-1]
    found = dict(re.findall(r"^ +([0-9,]+)  (test_\w+)$", told, re.MULTILINE))
    assert {"test_that_breaks", "test_that_holds"} == set(found.values())
    assert "left out: what is not here" in told


def test_the_time_is_shared(folder: Path) -> None:
    """What one test leaves over goes to those after it, and all is done soon after the minutes are over."""
    code, told = torture(folder, "-k", "test_that_holds")
    assert (0, "1 passed, 0 failed") == (code, told.splitlines()[-1])
    rounds = re.findall(r"^ +([0-9,]+)  test_that_holds$", told, re.MULTILINE)
    # 1.2 seconds, in rounds of ten milliseconds and more.
    assert 1 < int(rounds[0]) <= 120


def test_the_seed_is_told_first() -> None:
    """The command says its seed before it sets anything up; without one it draws one."""
    asked = ["make", "--no-print-directory", "-n", "torture"]
    told = subprocess.run([*asked, "SEED=7"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    steps = [told.index(step) for step in ("SEED=", 'echo "SEED=$SEED', "scripts/set-up.sh dev", "-m pytest")]
    assert sorted(steps) == steps
