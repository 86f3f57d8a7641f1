"""Which Python the Makefile's set-up takes, on machines made of stand-ins."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements/run.txt", "requirements/build.txt", "requirements/release.txt")
TOOLS = ("cat", "cmp", "cp", "dirname", "id", "ln", "ls", "mkdir", "mktemp", "rm", "sh")

# It answers as the Python that it stands for would, and makes an environment in which everything succeeds.
STAND_IN = """#!/bin/sh
case $1 in
  -c) exec {real} -S -c '
import sys, sysconfig
sys.executable, sys.base_prefix, options, version = sys.argv[2:6]
sys.version, sys.version_info = version, tuple(map(int, version.split(".")))
sysconfig.get_config_var = lambda name: options
if {lacks_ssl}:
    sys.modules["ssl"] = None
exec(sys.argv[1])' "$2" "$0" {prefix} "{options}" {version} ;;
  -m) {makes} && mkdir -p "$3/bin" && ln -s {does_all} "$3/bin/python" ;;
esac
"""


class Told(NamedTuple):
    """What a script ended with and said."""

    code: int
    out: str
    err: str


class Machine:
    """A copy of the scripts beside two folders of programs, in which no Python is but stand-ins."""

    def __init__(self, place: Path) -> None:
        """Lay out the folders; the second of PATH holds the system's own tools, and no Python."""
        self.project = place / "project"
        self.folders = (place / "first", place / "second")
        for folder in (self.project / "requirements", *self.folders):
            folder.mkdir(parents=True)
        shutil.copytree(ROOT / "scripts", self.project / "scripts")
        for name in ("pyproject.toml", *LOCKS):
            (self.project / name).touch()
        for name in TOOLS:
            (self.folders[1] / name).symlink_to(str(shutil.which(name)))
        self.does_all = place / "does-all"
        self.does_all.write_text("#!/bin/sh\n", encoding="utf-8")
        self.does_all.chmod(0o755)

    def python(
        self,
        name: str = "python3",
        version: str = "3.12.1",
        *,
        folder: int | Path = 0,
        optimised: bool = False,
        prefix: str = "/opt/python",
        lacks_ssl: bool = False,
        lacks_venv: bool = False,
    ) -> str:
        """Put a stand-in into a folder of PATH, by its number, or elsewhere, and return its path."""
        path = (self.folders[folder] if isinstance(folder, int) else folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        told = STAND_IN.format(
            real=sys.executable,
            prefix=prefix,
            options="'--enable-optimizations' '--with-lto'" if optimised else "'--enable-shared'",
            version=version,
            lacks_ssl=lacks_ssl,
            makes="false" if lacks_venv else "true",
            does_all=self.does_all,
        )
        path.write_text(told, encoding="utf-8")
        path.chmod(0o755)
        return str(path)

    def run(self, script: str, *arguments: str, **environment: str) -> Told:
        """Run a script as the Makefile does."""
        path = ":".join(map(str, self.folders))
        done = subprocess.run(
            [self.folders[1] / "sh", f"scripts/{script}", *arguments],
            cwd=self.project,
            env={"PATH": path, "TMPDIR": tempfile.gettempdir(), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return Told(done.returncode, done.stdout, done.stderr)

    def found(self, *arguments: str, **environment: str) -> str:
        """The line of the Python that is to be taken."""
        return self.run("find-python.sh", *arguments, **environment).out.strip()

    def set_up(self, **environment: str) -> Told:
        """Make the environment, if it is not there."""
        return self.run("set-up.sh", "run", **environment)

    def base(self) -> str:
        """The Python that the environment was made with."""
        return (self.project / ".venv/installed/base").read_text(encoding="utf-8").strip()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine without a Python."""
    return Machine(tmp_path)


# ---------------------------------------------------------------- which is found


def test_one_that_was_built_for_speed_comes_first(machine: Machine) -> None:
    """A Python built with a profile is taken before one that was not, wherever on PATH it lies."""
    machine.python()
    quick = machine.python("python3.11", "3.11.9", folder=1, optimised=True)
    assert f"optimised 3.11.9 {quick}" == machine.found()


def test_a_distribution_s_own_counts_as_built_for_speed(machine: Machine) -> None:
    """A Python that lies in /usr is a distribution's, whatever it says of its options."""
    machine.python()
    own = machine.python(folder=1, prefix="/usr")
    assert f"optimised 3.12.1 {own}" == machine.found()


def test_among_equals_the_plain_name_and_the_first_folder_come_first(machine: Machine) -> None:
    """Of several built alike, those called python3 come first, in the order of PATH; then the newest."""
    later = machine.python("python3.13", "3.13.1"), machine.python("python3.12", folder=1)
    earlier = machine.python(folder=0), machine.python(folder=1)
    found = [machine.found(str(number)).split(" ")[2] for number in range(1, 5)]
    assert [*earlier, *later] == found


def test_python_that_is_named_is_the_only_one_asked(machine: Machine, tmp_path: Path) -> None:
    """PYTHON wins over every other, and no second one stands behind it."""
    machine.python(optimised=True)
    named = machine.python(folder=tmp_path / "a place")
    assert f"plain 3.12.1 {named}" == machine.found(PYTHON=named)
    assert 3 == machine.run("find-python.sh", "2", PYTHON=named).code


@pytest.mark.parametrize("variable", ["VIRTUAL_ENV", "CONDA_PREFIX"])
def test_that_of_an_active_environment_comes_first(machine: Machine, variable: str, tmp_path: Path) -> None:
    """Whoever has activated an environment gets its Python, built for speed or not."""
    machine.python(optimised=True)
    chosen = machine.python(folder=tmp_path / "chosen/bin")
    assert f"plain 3.12.1 {chosen}" == machine.found(**{variable: str(tmp_path / "chosen")})


def test_the_environment_is_not_made_with_itself(machine: Machine) -> None:
    """That of .venv, which is removed before it is made anew, is not taken, even if active or on PATH."""
    machine.folders = (machine.project / ".venv/bin", *machine.folders[1:])
    machine.python(optimised=True)
    other = machine.python(folder=1)
    assert f"plain 3.12.1 {other}" == machine.found(VIRTUAL_ENV=str(machine.project / ".venv"))


@pytest.mark.parametrize("lacking", [{"version": "3.15.0"}, {"lacks_ssl": True}])
def test_one_that_packages_may_not_install_for_is_not_preferred(
    machine: Machine, lacking: dict[str, str | bool]
) -> None:
    """A Python newer than the locks, or without ssl, does not come before others for its speed."""
    usual = machine.python()
    machine.python(folder=1, optimised=True, **lacking)  # type: ignore[arg-type]
    assert f"plain 3.12.1 {usual}" == machine.found()


def test_one_that_is_too_old_or_does_not_run_is_passed_over(machine: Machine) -> None:
    """Neither an old Python is taken, nor a version manager's stand-in for one that is not installed."""
    machine.python(version="3.10.9", optimised=True)
    (machine.folders[0] / "python3.13").symlink_to(str(shutil.which("false")))
    usual = machine.python("python3.12")
    assert f"plain 3.12.1 {usual}" == machine.found()


def test_two_names_of_one_python_are_one(machine: Machine) -> None:
    """A Python that PATH leads to twice is tried once."""
    Path(machine.python("python3.12")).with_name("python3").symlink_to("python3.12")
    assert "" == machine.found("2")


def test_where_there_is_none_the_remedy_is_told(machine: Machine) -> None:
    """Without any Python that will do, it is said what to install, and how to name one."""
    told = machine.set_up()
    assert (3, "") == told[:2]
    assert "sudo apt-get install python3 python3-venv" in told.err
    assert "make site PYTHON=" in told.err


# ---------------------------------------------------------------- what it is made with


def test_it_is_told_what_the_environment_is_made_with(machine: Machine) -> None:
    """The line says which version it is and where it lies; nothing more is said of one built for speed."""
    path = machine.python(optimised=True)
    told = machine.set_up()
    assert f"site-builder: making .venv with Python 3.12.1 ({path})" == told.out.splitlines()[0]
    assert "speed" not in told.out


def test_that_it_will_be_slower_is_told_once(machine: Machine) -> None:
    """Where no Python was built for speed, its cost is told when the environment is made, not later."""
    machine.python()
    assert "builds take a fifth to a third longer" in machine.set_up().out
    assert Told(0, "", "") == machine.set_up()


def test_what_is_sound_stays(machine: Machine) -> None:
    """An environment is not made anew because a quicker Python was installed."""
    usual = machine.python(folder=1)
    machine.set_up()
    machine.python(optimised=True)
    assert Told(0, "", "") == machine.set_up()
    assert usual == machine.base()


def test_where_one_makes_no_environment_the_next_is_tried(machine: Machine) -> None:
    """If a Python lacks venv and apt does not bring it, the next is taken, and it is said why."""
    first = machine.python(optimised=True, lacks_venv=True)
    second = machine.python(folder=1)
    told = machine.set_up()
    assert (0, second) == (told.code, machine.base())
    assert f"'{first} -m venv' fails. On Debian or Ubuntu: sudo apt-get install python3-venv" in told.out
    assert f"making .venv with Python 3.12.1 ({second})" in told.out


def test_where_none_makes_an_environment_the_remedy_is_told(machine: Machine) -> None:
    """If every Python lacks venv, the set-up fails, and names the package that the last one lacks."""
    machine.python(optimised=True, lacks_venv=True)
    last = machine.python("python3.11", "3.11.9", lacks_venv=True)
    told = machine.set_up()
    assert 3 == told.code
    remedy = f"'{last} -m venv' fails. On Debian or Ubuntu: sudo apt-get install python3-venv python3.11-venv"
    assert f"site-builder: {remedy}" == told.err.splitlines()[-1]


def test_the_tools_of_a_release_try_the_next_one_too(machine: Machine) -> None:
    """What looks through the locks is installed with the next Python if the first lacks venv."""
    machine.python(optimised=True, lacks_venv=True)
    machine.python(folder=1)
    assert 0 == machine.run("release-tools.sh").code
    assert (machine.project / ".venv-release/release.txt").is_file()
