"""Publishing, by chance: killed, read, strewn with other people's files, many at once, on disks too small."""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.build import Options, build, check
from site_builder.write import room, write
from tests.faulty_disk import KINDS
from tests.publishers import Publisher, publisher
from tests.test_broken_sites import CASES, laid
from tests.test_disk_failures import after_every_failure, umask
from tests.test_foreign_files import artifacts, check_kept, found_files, some_site
from tests.test_kills import begun, check_turns, killed_at_a_random_moment, read_while_publishing
from tests.torture.conftest import Rounds
from tests.trees import tree_hash

BASE = Path(__file__).resolve().parent.parent / "broken_sites" / "base"


@pytest.fixture(scope="module")
def forge() -> Iterator[Publisher]:
    """A process to publish from."""
    with publisher() as started:
        yield started


def test_a_publication_is_what_was_asked_for(rounds: Rounds, tmp_path: Path) -> None:
    """Five sites a round: whatever stood there, the folder holds the files of the last and no others."""
    for number, chance in rounds:
        output = tmp_path / f"project-{number}" / "public"
        output.parent.mkdir()
        for _ in range(5):
            files = some_site(chance)
            write(artifacts(files), output, output.parent)
            assert {*files, ".site-builder.json"} == found_files(output)
            assert files == {path: (output / path).read_bytes() for path in files}
        shutil.rmtree(output.parent)


def test_kills_leave_the_old_site_or_the_new_one(rounds: Rounds, forge: Publisher, tmp_path: Path) -> None:
    """SIGKILL at a random moment of a publication, in each round."""
    for number, chance in rounds:
        output, _ = begun(tmp_path / f"project-{number}", 2)
        killed_at_a_random_moment(forge, output, chance, 2 + number)
        shutil.rmtree(output.parent)


def test_kills_of_whole_builds_leave_the_old_site_or_the_new_one(rounds: Rounds, tmp_path: Path) -> None:
    """The same with the command itself, in one process or two; nothing is running afterwards."""
    project = tmp_path / "project"
    shutil.copytree(BASE, project)
    output = project / "public"
    page = project / "content/pages/about.md"
    command = [sys.executable, "-m", "site_builder", "build", "-C", str(project), "--jobs", "2"]
    start = time.monotonic()
    subprocess.run(command, capture_output=True, check=True)
    seconds = time.monotonic() - start
    for number, chance in rounds:
        old = tree_hash(output)
        text = page.read_text(encoding="utf-8") if page.exists() else "---\ntitle: About\n---\n"
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"{text}\n\nRound {number}.\n", encoding="utf-8")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, 1.1 * seconds))
        process.kill()
        assert process.wait() in {0, -signal.SIGKILL}
        found = tree_hash(output)
        assert 0 == subprocess.run(command, capture_output=True, check=False).returncode
        assert found in {old, tree_hash(output)}
        assert {"lock", "note", "older"} >= {item.name for item in room(output).iterdir()}


def test_four_readers_meet_whole_files_alone(rounds: Rounds, forge: Publisher, tmp_path: Path) -> None:
    """In 40 publications a round under four readers no file is torn, and none is missing."""
    output, _ = begun(tmp_path / "project", 1)
    for _ in rounds:
        reads, torn, missing = read_while_publishing(forge, output, 40, 4)
        assert reads > 0
        assert (0, 0) == (torn, missing)


def test_files_of_others_stay(rounds: Rounds, tmp_path: Path) -> None:
    """Twenty files of others in a folder keep bytes, mode and inode."""
    (tmp_path / "content").mkdir()
    for _, chance in rounds:
        check_kept(tmp_path / "public", chance, 20)
        shutil.rmtree(tmp_path / "public")


def test_builders_take_turns(rounds: Rounds, forge: Publisher, tmp_path: Path) -> None:
    """Eight at once: all come through, or those that do not wait are told."""
    output, _ = begun(tmp_path / "project", 0)
    for _ in rounds:
        check_turns(forge, output, 8)


@pytest.mark.parametrize("kind", KINDS)
def test_whichever_call_fails_the_site_is_whole(kind: str, rounds: Rounds, tmp_path: Path) -> None:
    """Every call of each kind fails, once and from then on, whatever has been published before."""
    for number, chance in rounds:
        with umask(chance.choice((0o077, 0o022, 0))):
            after_every_failure(
                tmp_path / f"{number}", chance.randrange(5), kind, sticky=chance.random() < 0.5
            )


def test_broken_dossiers_change_nothing(rounds: Rounds, tmp_path: Path) -> None:
    """Every dossier with a mistake, built over a good site, leaves its tree as it is."""
    output = tmp_path / "site"
    assert build(Options(project=laid("base", tmp_path / "good"), output=output)).written
    before = tree_hash(output)
    broken = 0
    for number, chance in rounds:
        for case in chance.sample(CASES, 10):
            project = laid(case, tmp_path / f"{number}-{case}")
            # A few are about what `check` alone finds.
            if not check(Options(project=project, output=output)).is_sound(strict=True):
                broken += 1
                assert build(Options(project=project, output=output, strict=True)).written is None, case
                assert before == tree_hash(output), case
            shutil.rmtree(project)
    assert broken > 0


def test_a_disk_too_small_keeps_the_last_good_site(rounds: Rounds, tmp_path: Path) -> None:
    """On a real disk of one of thirty sizes a run ends with exit code 3, or with the whole site."""
    disk = tmp_path / "disk"
    disk.mkdir()
    codes: Counter[int] = Counter()
    for _, chance in rounds:
        size = chance.randrange(256, 256 + 30 * 64, 64)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(disk)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("no disk can be mounted here")
        try:
            codes[on_a_small_disk(disk, chance)] += 1
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    assert {0, 3} >= set(codes)


# Publishes so many files of that size, as a command would.
PUBLISH = """
import sys
from pathlib import Path
from site_builder.render import Artifact
from site_builder.terminal import guarded
from site_builder.write import write
output, size, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
files = [Artifact(f"{number}.html", b"x" * size) for number in range(count)]
guarded(lambda: write(files, output, output.parent))()
"""


def on_a_small_disk(disk: Path, chance: random.Random) -> int:
    """Fill a disk with a small site and then a large one; return the exit code of the second."""
    (disk / "project/content").mkdir(parents=True)
    output = disk / "project/public"

    def publish(size: int, count: int) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-c", PUBLISH, str(output), str(size), str(count)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert 0 == publish(500, 5).returncode
    old = tree_hash(output)
    size = chance.randrange(4000, 9000)
    done = publish(size, 100)
    assert done.returncode in {0, 3}
    assert {size if not done.returncode else 500} == {path.stat().st_size for path in output.glob("*.html")}
    if done.returncode:
        assert old == tree_hash(output)
        assert "No space left on device" in done.stderr
        assert str(output.parent) in done.stderr
        assert "Traceback" not in done.stderr
    return done.returncode
