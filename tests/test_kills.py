"""A publication that is killed, or read meanwhile, or not alone."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.render import Artifact
from site_builder.write import BusyError, publication, room, write
from site_builder.write.locks import locked
from tests.publishers import AT_EXCHANGE, Publisher, content, publisher, readers
from tests.trees import tree_hash

NAMES = ["index.html", "a/a.html", "a/b.html", "b/same.html", "c.css"]


def site(generation: int, number: int = 0) -> Mapping[str, str]:
    """A site of that generation; some of its files are the same in all, one comes and goes."""
    files = {name: content(name, 0 if "same" in name else generation, 400) for name in NAMES}
    more = {f"more/{index}.html": content("more", generation, 3000) for index in range(number)}
    return {**files, **more, f"gone/{generation % 2}.html": "gone"}


def publish(output: Path, files: Mapping[str, str]) -> str:
    """Publish here and now; return the tree's sum."""
    write([Artifact(path, text.encode()) for path, text in files.items()], output, output.parent)
    return tree_hash(output)


@pytest.fixture(scope="module")
def forge() -> Iterator[Publisher]:
    """A process to publish from."""
    with publisher() as started:
        yield started


def begun(folder: Path, generations: int) -> tuple[Path, str]:
    """A folder that has been published into so many times, with files of others; and its tree's sum."""
    (folder / "content").mkdir(parents=True)
    output = folder / "public"
    for generation in range(generations):
        publish(output, site(generation))
        (output / ".git").mkdir(exist_ok=True)
        (output / ".git/HEAD").write_text("ref", encoding="ascii")
        (output / "a/CNAME").write_text("example.org", encoding="ascii")
    return output, tree_hash(output)


@pytest.mark.parametrize("generations", [0, 1, 3])
def test_a_publication_killed_at_any_call_leaves_the_old_site_or_the_new_one(
    generations: int, forge: Publisher, tmp_path: Path
) -> None:
    """SIGKILL at each call to the disk in turn: the tree is old or new, and the next run needs no help."""
    files = site(generations)
    for at in range(1, 300):
        output, old = begun(tmp_path / f"{at}", generations)
        forge.start(output, files, at=at)
        code, _ = forge.end()
        assert code in {0, -signal.SIGKILL}
        killed = tree_hash(output)
        new = publish(output, files)
        assert killed in {old, new}, at
        assert {"lock", "note", "older"} >= {item.name for item in room(output).iterdir()}
        assert "ref" == (output / ".git/HEAD").read_text() if generations else True
        shutil.rmtree(output.parent)
        if code == 0:
            break
    assert at > 20


def killed_at_a_random_moment(forge: Publisher, output: Path, chance: random.Random, generation: int) -> int:
    """Kill a publication at a moment of 0 to 1.1 of what one takes; return how it ended.

    A folder of others goes from one site to the other in a step of its own. Killed in that very moment it is
    back after the next publication; so it is left out of the comparison, and looked for then.
    """
    files = site(generation, 60)
    forge.start(output, site(generation - 1, 60))
    _, whole = forge.end()
    old = tree_hash(output, without=".git")
    pid = forge.start(output, files)
    time.sleep(chance.uniform(0, 1.1 * whole))
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    code, _ = forge.end()
    found = tree_hash(output, without=".git")
    publish(output, files)
    assert found in {old, tree_hash(output, without=".git")}
    assert {"lock", "note", "older"} == {item.name for item in room(output).iterdir()}
    assert "ref" == (output / ".git/HEAD").read_text(encoding="ascii")
    return code


def test_a_publication_killed_at_any_moment_leaves_the_old_site_or_the_new_one(
    forge: Publisher, tmp_path: Path
) -> None:
    """The same at twenty random moments, also within a call."""
    output, _ = begun(tmp_path / "project", 2)
    chance = random.Random(7)  # noqa: S311
    codes = [killed_at_a_random_moment(forge, output, chance, 2 + round_) for round_ in range(20)]
    assert -signal.SIGKILL in codes


def read_while_publishing(
    forge: Publisher, output: Path, publications: int, number: int
) -> tuple[int, int, int]:
    """Publish so many times under so many readers; return what these read, and what of it was wrong."""
    with readers(output, NAMES, number) as seen:
        for generation in range(publications):
            forge.start(output, site(generation))
            assert 0 == forge.end()[0]
    return sum(one.reads for one in seen), sum(one.torn for one in seen), sum(one.missing for one in seen)


def test_a_folder_of_others_that_was_under_way_is_put_back(forge: Publisher, tmp_path: Path) -> None:
    """Killed between the step of others' folders and that of the site, a publication loses none of them."""
    output, old = begun(tmp_path / "project", 2)
    forge.start(output, site(2), at=AT_EXCHANGE)
    assert -signal.SIGKILL == forge.end()[0]
    assert (room(output) / "next/.git/HEAD").is_file()
    with publication(output, output.parent):
        assert old == tree_hash(output)


@pytest.mark.parametrize("command", ["check", "show nothing", "release", "build"])
def test_any_command_puts_back_what_was_under_way(command: str, forge: Publisher, tmp_path: Path) -> None:
    """The next command on the project, whatever it is and however it ends, gives others' folders back."""
    output, old = begun(tmp_path / "project", 2)
    forge.start(output, site(2), at=AT_EXCHANGE)
    assert -signal.SIGKILL == forge.end()[0]
    assert not (output / ".git").exists()
    told = CliRunner().invoke(main, [*command.split(), "-C", str(output.parent)])
    assert old == tree_hash(output)
    assert f"note: {output}/.git was left behind when the site was replaced: it is put back\n" in told.stderr
    assert {"lock", "note", "older"} == {item.name for item in room(output).iterdir()}


def test_what_another_run_is_at_work_on_is_left_to_it(forge: Publisher, tmp_path: Path) -> None:
    """While somebody publishes, a command about the project changes nothing there and does not wait."""
    output, _ = begun(tmp_path / "project", 2)
    forge.start(output, site(2), at=AT_EXCHANGE)
    forge.end()
    with locked(room(output), wait=False, tell=print):
        command = [sys.executable, "-m", "site_builder", "check", "-C", str(output.parent)]
        # A process of its own: to the one that holds the lock it is free.
        subprocess.run(command, check=False, capture_output=True)
        assert (room(output) / "next/.git/HEAD").is_file()
        assert not (output / ".git").exists()


def test_readers_meet_whole_files_alone(forge: Publisher, tmp_path: Path) -> None:
    """Whoever reads while a site is replaced 40 times finds each file there, and whole."""
    output, _ = begun(tmp_path / "project", 1)
    reads, torn, missing = read_while_publishing(forge, output, 40, 2)
    assert reads > 200
    assert (0, 0) == (torn, missing)


def test_a_reader_in_the_midst_keeps_the_site_that_it_began_with(tmp_path: Path) -> None:
    """Whoever holds the folder open while it is replaced reads on in the site from before, to its end."""
    output, _ = begun(tmp_path / "project", 2)
    handle = os.open(output, os.O_RDONLY)
    publish(output, site(2))
    texts = []
    for name in NAMES:
        with open(os.open(name, os.O_RDONLY, dir_fd=handle), encoding="ascii") as file:  # noqa: PTH123
            texts.append(file.read())
    os.close(handle)
    assert [site(1)[name] for name in NAMES] == texts


def test_builders_take_turns(forge: Publisher, tmp_path: Path) -> None:
    """Of eight that publish into one folder at once all come through, and the site is whole."""
    output, _ = begun(tmp_path / "project", 0)
    check_turns(forge, output, 8)


def check_turns(forge: Publisher, output: Path, number: int) -> None:
    """Publish so many sites at once; first all wait, and then nobody does."""
    sites = [site(generation, 20) for generation in range(number)]
    assert [0] * number == forge.together(output, sites)
    found = tree_hash(output)
    wholes = {publish(output, files) for files in sites}
    assert found in wholes
    codes = forge.together(output, sites, wait=False)
    assert {0} <= set(codes) <= {0, 3}
    assert tree_hash(output) in wholes


def test_a_killed_holder_holds_nothing(forge: Publisher, tmp_path: Path) -> None:
    """Whoever waits for a publication that is killed goes on at once; nobody has to remove a file."""
    output, _ = begun(tmp_path / "project", 2)
    for at in range(2, 6):
        forge.start(output, site(at), at=at)
        assert -signal.SIGKILL == forge.end()[0]
        start = time.monotonic()
        with publication(output, output.parent, wait=False):
            assert time.monotonic() - start < 1


def test_who_does_not_wait_is_told_who_holds_the_folder(forge: Publisher, tmp_path: Path) -> None:
    """Without waiting a second run ends with exit code 3, and its message names the process."""
    output, _ = begun(tmp_path / "project", 1)
    told: list[str] = []
    with publication(output, output.parent):
        forge.start(output, site(2), wait=False)
        assert 3 == forge.end()[0]
        assert f"{os.getpid()}" == (room(output) / "lock").read_text().strip()
    with publication(output, output.parent, wait=False, tell=told.append):
        pass
    assert [] == told
    assert issubclass(BusyError, Exception)
