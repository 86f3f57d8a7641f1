"""Two hundred secrets, planted wherever a dossier keeps something back, and looked for in all there is."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.new import start_dossier
from tests.hostile.secrets import COUNT, STEM, canaries, forms, readings
from tests.test_twin_builds import BASE_URL, KINDS, SITE, lay_over

ROOT = Path(__file__).resolve().parent.parent
Lay = Callable[[Mapping[str, str | bytes | None]], Path]


def groups() -> tuple[tuple[str, ...], ...]:
    """The kinds of places, in groups of those that no file has in common."""
    made: list[tuple[set[str], list[str]]] = []
    for kind in canaries():
        files = set(KINDS[kind]("x"))
        for taken, kinds in made:
            if not taken & files:
                taken.update(files)
                kinds.append(kind)
                break
        else:
            made.append((files, [kind]))
    return tuple(tuple(kinds) for _, kinds in made)


def test_there_are_two_hundred_in_twelve_kinds_of_places() -> None:
    """Every kind of place gets some of them, and no word twice."""
    planted = canaries()
    assert COUNT == len({word for words in planted.values() for word in words})
    assert 12 <= len(planted)
    assert all(planted.values())


@pytest.mark.parametrize("group", groups(), ids="+".join)
def test_no_canary_leaves_its_place(
    group: tuple[str, ...], lay: Lay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pages, archive, cache, temporary files, names and messages there is none, in whatever form."""
    project = lay({})
    for kind in group:
        lay_over(project, KINDS[kind](" ".join(canaries()[kind])))
    said = [run(project, monkeypatch, "--zip")]
    lay_over(project, {"pages/about.md": "---\ntitle: About\nno_field: 1\n---\n"})
    said += [run(project, monkeypatch, "--format", form) for form in ("json", "text")]
    made = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file() and not path.is_relative_to(project / "content")
    }
    assert {"project/public/index.html", "project/public.zip"} <= made.keys()
    assert not found_in((*said, *made.values(), *map(str.encode, made)))


def found_in(contents: Iterable[bytes]) -> set[bytes]:
    """What of the canaries stands in the contents: all begin with the same letters, and end alike."""
    whole = b"\0".join(reading for content in contents for reading in readings(content))
    return {form for form in forms(STEM) if form in whole} | set(re.findall(rb"(?i)[0-9]{3}qx", whole))


def run(project: Path, monkeypatch: pytest.MonkeyPatch, *asked: str) -> bytes:
    """All that a build says; whatever it keeps for itself lies beside the project, too."""
    temp = project.parent / "temp"
    temp.mkdir(exist_ok=True)
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(temp))
    done = CliRunner().invoke(main, ["build", "-C", str(project), "--base-url", BASE_URL, *asked])
    assert done.exit_code in {0, 1}, done.output
    return done.output.encode()


def test_a_canary_that_is_published_would_be_found(
    lay: Lay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same search finds a word in a page, in the archive and in the index, if nothing keeps it back."""
    word = canaries()["draft_title"][0]
    project = lay({"site.yaml": SITE.replace("title: Bridges of the Ost", f"title: {word}")})
    run(project, monkeypatch, "--zip")
    for path in ("project/public/index.html", "project/public/feed.xml", "project/public.zip"):
        assert {STEM.encode(), word[-5:].encode()} <= found_in([(tmp_path / path).read_bytes()]), path


# Opens no socket and starts no process while the first dossier is built; writes only what it is asked to.
SEALED = """
import sys
from pathlib import Path
project, output = sys.argv[1:]

def watch(event, arguments):
    # A pipe between two processes of ours is no network.
    if event in {"socket." + name for name in ("connect", "bind", "sendto", "getaddrinfo", "gethostbyname")}:
        raise RuntimeError(f"{event} {arguments}")
    if event in {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "pty.spawn"}:
        raise RuntimeError(f"{event} {arguments}")

sys.addaudithook(watch)
from site_builder.build import Options, build
options = Options(project=Path(project), output=Path(output), base_url="https://bridges.example/", jobs=2)
built = build(options)
assert built.written, list(built.checked.issues)
print(built.written.files)
"""


def test_a_build_opens_no_socket(tmp_path: Path) -> None:
    """A dossier is built by an interpreter that refuses every address and every other program."""
    start_dossier(tmp_path)
    assert sealed_build(tmp_path, tmp_path / "public") > 20


def sealed_build(project: Path, output: Path) -> int:
    """How many files a build makes that can reach nobody."""
    command = [*cut_off(), sys.executable, "-c", SEALED, str(project), str(output)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (0, "") == (done.returncode, done.stderr)
    return int(done.stdout)


def cut_off() -> list[str]:
    """What runs a command in a network that nothing leads out of; nothing where that is forbidden."""
    command = ["unshare", "--user", "--net", "--map-root-user"]
    try:
        done = subprocess.run([*command, "true"], capture_output=True, check=False)
    except OSError:
        return []
    return command if done.returncode == 0 else []


IMPORTED = """
import sys
told = []

def watch(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork")):
        told.append((event, arguments))
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        told.append((event, arguments[0]))
    if event in {"os.mkdir", "os.rename", "os.remove", "tempfile.mkstemp", "tempfile.mkdtemp"}:
        told.append((event, arguments))

sys.addaudithook(watch)
import site_builder
import site_builder.build
import site_builder.cli
print(told)
"""


def test_importing_does_nothing() -> None:
    """Loading the tool opens no socket, starts no process and writes no file."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", IMPORTED], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert ("[]\n", "") == (done.stdout, done.stderr)
