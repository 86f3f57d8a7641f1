"""One dossier, built under everything that may differ between machines: one tree, and one archive."""

import hashlib
import os
import pwd
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.torture.conftest import Rounds
from tests.trees import tree_hash

SITES = Path(__file__).resolve().parent.parent / "sites"
ROOT = Path(__file__).resolve().parent.parent.parent
FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)

# Renders in as many processes as it is told to, and finds files in an order of its own.
PROGRAM = """
import os, random, sys
from site_builder.render import site
site._WORTH_A_PROCESS = site._WORTH_A_PROCESS_OF_CARDS = 0
seed = os.environ.get("SHUFFLE")
if seed:
    real_scan, real_list = os.scandir, os.listdir
    class Shuffled(list):
        def __enter__(self): return iter(self)
        def __exit__(self, *_): return None
        def close(self): return None
    def shuffled(items):
        items = sorted(items, key=lambda item: getattr(item, "name", item))
        random.Random(seed).shuffle(items)
        return items
    os.scandir = lambda path=".": Shuffled(shuffled(real_scan(path)))
    os.listdir = lambda path=".": shuffled(real_list(path))
from site_builder.cli import main
main(sys.argv[1:])
"""


@dataclass(frozen=True, kw_only=True)
class Variation:
    """What is other than usual in a build."""

    folder: str = "project"
    umask: int = 0o022
    jobs: int = 1
    user: str = ""
    git: bool = False
    python: str = sys.executable
    environment: Mapping[str, str] = field(default_factory=dict)


def pythons() -> list[str]:
    """Further interpreters with the tool's libraries, as SITE_BUILDER_PYTHONS names them, with colons."""
    return [path for path in os.environ.get("SITE_BUILDER_PYTHONS", "").split(":") if path]


def variations() -> dict[str, Variation]:
    """Twenty, each with one or two things that differ from the usual build, another user's first."""
    later = (
        {"LD_PRELOAD": str(FAKETIME), "FAKETIME": "+3650d"}
        if FAKETIME
        else {"SOURCE_DATE_EPOCH": "2000000000"}
    )
    found = {
        "user": Variation(user="nobody", environment={"USER": "nobody", "LOGNAME": "nobody"}),
        "path": Variation(folder="with a space/and Ж/deep/er"),
        "home": Variation(environment={"HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"}),
        "no umask": Variation(umask=0),
        "narrow umask": Variation(umask=0o077),
        "Kamchatka": Variation(environment={"TZ": "Asia/Kamchatka"}),
        "Kiritimati": Variation(environment={"TZ": "Pacific/Kiritimati"}),
        "Niue": Variation(environment={"TZ": "Pacific/Niue"}),
        "Russian": Variation(environment={"LC_ALL": "ru_RU.UTF-8", "LANG": "ru_RU.UTF-8", "LANGUAGE": "ru"}),
        "Turkish": Variation(environment={"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
        "no locale": Variation(environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        "hashes": Variation(environment={"PYTHONHASHSEED": "1"}),
        "other hashes": Variation(environment={"PYTHONHASHSEED": "4294967295"}),
        "order of files": Variation(environment={"SHUFFLE": "1"}),
        "another order of files": Variation(environment={"SHUFFLE": "2"}),
        "ten years on": Variation(environment=later),
        "eight processes": Variation(jobs=8),
        "a usual one": Variation(),
        "in a repository": Variation(git=True, jobs=2),
        "optimised": Variation(environment={"PYTHONOPTIMIZE": "1", "PYTHONDONTWRITEBYTECODE": "1"}),
    }
    return found | {f"Python {path}": Variation(python=path) for path in pythons()}


def built(case: str, folder: Path, how: Variation) -> tuple[str, str]:
    """Build a golden dossier so; return the sums of its tree and its archive."""
    project = folder / how.folder
    shutil.copytree(SITES / case / "content", project / "content")
    if how.git:
        somebody = ("-c", "user.name=x", "-c", "user.email=x@x")
        for words in (("init", "-q"), ("add", "-A"), (*somebody, "commit", "-qmx")):
            subprocess.run(["git", *words], cwd=project, check=True, capture_output=True)
    if how.user:
        account = pwd.getpwnam(how.user)
        for path in (project, *project.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)
        for path in (folder, *folder.parents)[:6]:
            if os.access(path, os.W_OK) and path.stat().st_uid == os.getuid() and path != Path("/"):
                path.chmod(path.stat().st_mode | 0o055)
    command = [how.python, "-c", PROGRAM, "build", "-C", str(project), "--jobs", str(how.jobs), "--no-cache"]
    command += ["--zip", "--base-url", "https://example.org/dossier/"]
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT), **how.environment},
        capture_output=True,
        check=False,
        umask=how.umask,
        user=how.user or None,
    )
    assert 0 == done.returncode, done.stderr.decode(errors="replace")
    archive = hashlib.sha256((project / "public.zip").read_bytes()).hexdigest()
    return tree_hash(project / "public"), archive


def may_build(user: str) -> bool:
    """Whether another user can be, and can run this Python."""
    try:
        done = subprocess.run([sys.executable, "-c", ""], user=user, check=False)
    except (PermissionError, KeyError):
        return False
    return not done.returncode


@pytest.mark.parametrize("case", ["disagreement", "cyrillic"])
def test_every_variation_gives_one_tree(case: str, rounds: Rounds, tmp_path: Path) -> None:
    """Paths, users, modes, zones, locales, hashes, orders, years, processes, Pythons: one outcome.

    A round is one of these, and after the last of them mixes.
    """
    usual = built(case, tmp_path / "usual", Variation())
    known = tuple(variations().items())
    assert len(known) >= 16
    for number, chance in rounds:
        name, how = known[number - 1] if number <= len(known) else ("mixed", mixed(chance))
        if how.user and not may_build(how.user):
            rounds.remark(f"{name}, as {how.user} may not run {sys.executable}")
            continue
        assert usual == built(case, tmp_path / f"round {number}", how), name
        shutil.rmtree(tmp_path / f"round {number}")


def mixed(chance: random.Random) -> Variation:
    """Several things that differ at once."""
    known = variations()
    return Variation(
        folder=f"{chance.random()}/Ж",
        umask=chance.choice((0, 0o077, 0o027)),
        jobs=chance.choice((1, 2, 8)),
        environment={
            key: value
            for name in chance.sample(list(known), 5)
            for key, value in known[name].environment.items()
        },
    )
