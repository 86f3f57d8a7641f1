"""The same dossier gives the same bytes: whoever builds it, wherever, whenever, with how many processes."""

import getpass
import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

SITES = Path(__file__).resolve().parent / "sites"

# Renders in as many processes as it is told to, however few the pages.
PROGRAM = """
import sys
from site_builder.render import site
assert hasattr(site, "_WORTH_A_PROCESS")
site._WORTH_A_PROCESS = site._WORTH_A_PROCESS_OF_CARDS = 0
from site_builder.cli import main
main(sys.argv[1:])
"""


def built(case: str, folder: Path, jobs: int, umask: int, **environment: str) -> Path:
    """Build a golden dossier in a folder of its own, in a process of its own; return the site."""
    shutil.copytree(SITES / case / "content", folder / "content")
    command = [sys.executable, "-c", PROGRAM, "build", "-C", str(folder), "--jobs", str(jobs)]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False, umask=umask
    )
    assert 0 == done.returncode, done.stderr
    return folder / "public"


def sums(site: Path) -> dict[str, str]:
    """The sum of every file of a site, by path."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module", params=["disagreement", "cyrillic"])
def twice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One dossier built twice, with everything different that may differ between machines."""
    home = tmp_path_factory.mktemp("one-machine")
    other = tmp_path_factory.mktemp("another") / "a folder" / "with Ж in it"
    first = built(
        request.param, home / "p", 1, 0o022, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C", SOURCE_DATE_EPOCH="0"
    )
    second = built(
        request.param, other, 2, 0o027, PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8"
    )
    return first, second


def test_two_builds_are_the_same_bytes(twice: tuple[Path, Path]) -> None:
    """Folder, hash seed, time zone, locale, umask and number of processes leave no trace in any file."""
    first, second = twice
    assert len(sums(first)) > 20
    assert sums(first) == sums(second)


def test_a_site_says_nothing_of_the_machine(twice: tuple[Path, Path]) -> None:
    """No file holds the project's path, the home folder, or the name of the machine or its user."""
    names = [os.fsencode(Path.home()), os.uname().nodename.encode()]
    user = getpass.getuser().encode()
    for site in twice:
        for path in site.rglob("*"):
            if not path.is_file():
                continue
            content = path.read_bytes()
            found = [name for name in (os.fsencode(site.parent), *names) if len(name) > 4 and name in content]
            assert [] == found, path
            assert b"/" + user + b"/" not in content, path


def test_a_site_says_nothing_of_the_time(twice: tuple[Path, Path]) -> None:
    """No file holds the day of the build: the dates are the dossier's own."""
    today = datetime.now(UTC).date()
    for site in twice:
        for path in site.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                assert today.isoformat().encode() not in content, path
                assert f"{today:%d %b %Y}".encode() not in content, path
