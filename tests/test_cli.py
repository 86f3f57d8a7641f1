import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder import __version__, disk
from site_builder import build as building
from site_builder.cli import main

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

BROKEN = {"actors/ost-county.yaml": "type: organisation\nname: Ost County\n"}
COMMANDS = sorted(main.commands)


def run(*args: object) -> Result:
    """Run a command in this process; its output is as in a pipe."""
    return CliRunner().invoke(main, [str(arg) for arg in args])


def piped(*args: object, first: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command as a program of its own; `first` is called in its process before it begins."""
    command = [sys.executable, "-B", "-m", "site_builder", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=first)


@pytest.mark.parametrize(
    "command", [[], *([name] for name in COMMANDS)], ids=lambda names: " ".join(names) or "none"
)
def test_every_command_explains_itself(command: list[str]) -> None:
    """`--help` and `-h` of every command say how it is used, and every option has a sentence."""
    told = run(*command, "--help")
    assert (0, "") == (told.exit_code, told.stderr)
    assert told.stdout.startswith("Usage:")
    assert told.stdout == run(*command, "-h").stdout
    options = re.findall(r"^  (-[^ ].*?)(?:  +(\S.*))?$", told.stdout, re.MULTILINE)
    bare = [option for option, sentence in options if not sentence]
    assert [] == [option for option in bare if f"  {option}\n   " not in told.stdout]
    assert max(len(line) for line in told.stdout.splitlines()) <= 115


def test_the_commands_are_these() -> None:
    """A command that is added or renamed is a change that people must be told of."""
    assert [
        "build",
        "check",
        "diff",
        "new",
        "purge",
        "release",
        "retract",
        "serve",
        "show",
        "sign",
        "specimen",
        "verify",
    ] == COMMANDS


def test_the_help_names_the_exit_codes() -> None:
    """The first help page says what every exit code means."""
    told = run("--help").stdout
    assert "0 fine" in told
    assert "1 the dossier has errors" in told
    assert "2 wrong use" in told
    assert "3 disk or permissions" in told
    assert "70 our own fault" in told


def test_the_version_is_told() -> None:
    """`--version` prints name and version."""
    assert f"site-builder, version {__version__}\n" == run("--version").stdout


def test_a_build_says_what_it_made_on_one_line(lay: Lay) -> None:
    """In a pipe, a sound build prints one closing line on stdout and nothing on stderr."""
    project = lay({})
    told = piped("build", "-C", project)
    assert (0, "") == (told.returncode, told.stderr)
    assert 1 == told.stdout.count("\n")
    assert re.fullmatch(
        r"Built .*public/: \d+ pages, \d+ files \(\d+ new\), \d+\.\d MB, "
        r"from 1 article, 2 other sources, 3 regions, "
        r"1 event, 3 figures and 1 quote, in \d+\.\d s\n",
        told.stdout,
    ), told.stdout
    assert (project / "public/index.html").is_file()


def test_a_second_build_says_that_nothing_changed(lay: Lay) -> None:
    """Building the same dossier again says so."""
    project = lay({})
    run("build", "-C", project)
    assert "(nothing had changed)" in run("build", "-C", project).stdout


def test_a_build_says_what_changed(lay: Lay) -> None:
    """A build tells how many files are new, changed and removed: as many as there are."""
    project = lay({})
    run("build", "-C", project)
    before = {path.relative_to(project) for path in (project / "public").rglob("*") if path.is_file()}
    lay({"corrections.yaml": None, "pages/people.md": "---\ntitle: People\n---\nWe counted.\n"})
    told = run("build", "-C", project).stdout
    after = {path.relative_to(project) for path in (project / "public").rglob("*") if path.is_file()}
    assert 0 < len(after - before) < len(before - after)
    assert re.search(rf"\({len(after - before)} new, \d+ changed, {len(before - after)} removed\)", told)


def test_the_output_may_be_elsewhere(lay: Lay, tmp_path: Path) -> None:
    """`-o` names the folder to publish into; the project gets none."""
    project = lay({})
    assert 0 == run("build", "-C", project, "-o", tmp_path / "site").exit_code
    assert (tmp_path / "site/index.html").is_file()
    assert not (project / "public").exists()


def test_a_base_url_wins_over_the_site_file(lay: Lay) -> None:
    """`--base-url` stands in the feed instead of the one of site.yaml."""
    project = lay({})
    assert 0 == run("build", "-C", project, "--base-url", "https://other.example/x").exit_code
    feed = (project / "public/feed.xml").read_text(encoding="utf-8")
    assert "https://other.example/x/" in feed
    assert "bridges.example" not in feed


@pytest.mark.parametrize("command", ["build", "check"])
def test_errors_are_told_on_stderr(command: str, lay: Lay) -> None:
    """With errors the exit code is 1, stdout is empty, and stderr has each issue and a closing line."""
    told = run(command, "-C", lay(BROKEN))
    assert (1, "") == (told.exit_code, told.stdout)
    assert told.stderr.startswith("content/actors/ost-county.yaml:1:7: error[bad-choice]: ")
    assert told.stderr.splitlines()[-1].startswith("1 error: ")
    assert "Traceback" not in told.stderr


def test_a_warning_alone_is_no_error(lay: Lay) -> None:
    """A warning is told, and the site is published."""
    project = lay({"notes.txt": "x"})
    told = run("build", "-C", project)
    assert 0 == told.exit_code
    assert "warning[stray-file]" in told.stderr
    assert (project / "public/index.html").is_file()


@pytest.mark.parametrize("command", ["build", "check"])
def test_strict_makes_a_warning_an_error(command: str, lay: Lay) -> None:
    """With `--strict` a warning gives exit code 1 and publishes nothing."""
    project = lay({"notes.txt": "x"})
    told = run(command, "-C", project, "--strict")
    assert 1 == told.exit_code
    assert told.stderr.splitlines()[-1].startswith("1 warning: ")
    assert not (project / "public").exists()


def test_a_check_writes_nothing(lay: Lay) -> None:
    """`check` says that all is fine, and leaves the project as it is."""
    project = lay({})
    before = sorted(project.rglob("*"))
    told = run("check", "-C", project)
    assert 0 == told.exit_code
    assert (
        "Fine, no issues: 1 article, 2 other sources, 3 regions, 1 event, 3 figures and 1 quote\n"
        "1 quote: 1 without a kept copy\n" == told.stdout
    )
    assert before == sorted(project.rglob("*"))


@pytest.mark.parametrize("form", ["json", "sarif"])
@pytest.mark.parametrize("files, code", [(BROKEN, 1), ({}, 0)])
def test_programs_get_nothing_but_their_format(
    form: str, files: dict[str, str | bytes | None], code: int, lay: Lay
) -> None:
    """With a format for programs, stdout is one document, whether or not there are issues."""
    for command in ("check", "build"):
        told = run(command, "-C", lay(files), "--format", form)
        assert code == told.exit_code
        assert json.loads(told.stdout) is not None


def test_github_gets_workflow_commands(lay: Lay) -> None:
    """With `--format github` every issue is a workflow command on stdout."""
    told = run("check", "-C", lay(BROKEN), "--format", "github")
    assert 1 == told.exit_code
    assert told.stdout.startswith(
        "::error file=content/actors/ost-county.yaml,line=1,col=7,title=bad-choice::"
    )


@pytest.mark.parametrize(
    "args",
    [
        ["biuld"],
        ["build", "--unknown"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "two"],
        ["build", "--format", "xml"],
        ["build", "--base-url", "example.org"],
        ["check", "--base-url", "ftp://example.org"],
        ["serve", "--port", "0"],
        ["serve", "--port", "65536"],
        ["show"],
        ["new"],
        ["check", "surplus"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_told(args: list[str], lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not understood ends with 2, a sentence on stderr, and nothing on stdout."""
    monkeypatch.chdir(lay({}))
    told = run(*args)
    assert (2, "") == (told.exit_code, told.stdout)
    assert told.stderr.splitlines()[-1].startswith("Error: ")


@pytest.mark.parametrize("output", [".", "content", "content/x", "..", "docs"])
def test_a_wrong_output_is_wrong_use(output: str, lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    """An output folder that must not be written to ends with 2, and says what to do instead."""
    project = lay({})
    (project / "docs").mkdir()
    (project / "docs/thesis.txt").write_text("years of work", encoding="utf-8")
    monkeypatch.chdir(project)
    told = run("build", "-o", output)
    assert (2, "") == (told.exit_code, told.stdout)
    assert told.stderr.startswith("error: ")
    assert "-o" in told.stderr


def test_a_folder_without_a_dossier_is_told(tmp_path: Path) -> None:
    """Where there is no content/, the first issue says how to name or to start a dossier."""
    told = run("build", "-C", tmp_path)
    assert 1 == told.exit_code
    assert "there is no folder content/" in told.stderr
    assert "site-builder new" in told.stderr
    assert [] == list(tmp_path.iterdir())


def test_a_full_disk_is_the_machine_s_failure(lay: Lay) -> None:
    """When a file cannot be written the exit code is 3, the sentence the system's, nothing published."""
    project = lay({})

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    told = piped("build", "-C", project, first=small_files_only)
    assert (3, "") == (told.returncode, told.stdout)
    assert told.stderr.startswith("error: File too large")
    assert "nothing was published" in told.stderr
    assert "Traceback" not in told.stderr
    assert ["content"] == [path.name for path in project.iterdir()]


def test_a_forbidden_folder_is_the_machine_s_failure(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be written to gives exit code 3 and its name."""

    def refusing(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/srv/www")

    monkeypatch.setattr(disk, "make_folder", refusing)
    told = run("build", "-C", lay({}))
    assert (3, "") == (told.exit_code, told.stdout)
    assert told.stderr.startswith("error: Permission denied (/srv/www)\n")


@pytest.mark.parametrize("args", [["build"], ["check"], ["show", "nine-bridges"]], ids=" ".join)
def test_our_own_fault_is_told_as_such(args: list[str], lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours ends with 70: it says where in our code, and nothing of the dossier; no traceback."""

    def failing(*_: object) -> None:
        message = "a secret name from the dossier"
        raise ValueError(message)

    monkeypatch.setattr(building, "link", failing)
    project = lay({})
    told = run(*args, "-C", project)
    assert (70, "") == (told.exit_code, told.stdout)
    assert re.match(
        rf"site-builder {re.escape(__version__)} has a fault of its own: ValueError at ", told.stderr
    )
    assert "build.py:" in told.stderr
    assert "secret" not in told.stderr
    assert str(project) not in told.stderr
    assert "Traceback" not in told.stderr


def test_a_record_is_shown(lay: Lay) -> None:
    """`show` says where a record is written, its address, what it rests on and what rests on it."""
    told = run("show", "mill-bridge-closed", "-C", lay({}))
    assert 0 == told.exit_code
    assert (
        "event:mill-bridge-closed\n"
        "  Mill Bridge is closed\n"
        "  written at   content/articles/gazette-bridge-count/annotations.yaml:2:9\n"
        "  address      events/mill-bridge-closed.html\n"
        "  rests on: 2\n"
        "    source:county-survey → source:gazette-bridge-count\n"
        "    source:county-survey → source:ferry-notice\n"
        "  what rests on it: 3\n"
        "    quote:surveyor-no-lorry is about it\n"
        "    source:gazette-bridge-count links to it\n"
        "    region:upper-ost links to it\n"
    ) == told.stdout


@pytest.mark.parametrize(
    "ident",
    ["gazette-bridge-count", "county-survey", "ferry-notice", "upper-ost", "ost", "county-surveyor",
     "ost-county", "bridges-standing", "water-level", "nine-bridges", "water-high", "surveyor-no-lorry",
     "how-many-bridges", "nine-not-eight", "about", "figure:nine-bridges"],
)  # fmt: skip
def test_every_kind_of_record_can_be_shown(ident: str, lay: Lay) -> None:
    """`show` knows records of every kind, by id or by kind and id, also those on which nothing rests."""
    told = run("show", ident, "-C", lay({}))
    assert 0 == told.exit_code, told.stderr
    assert told.stdout.splitlines()[0].endswith(ident)
    assert "what rests on it: " in told.stdout


def test_a_record_that_is_not_there_is_wrong_use(lay: Lay) -> None:
    """`show` of an unknown id ends with 2 and proposes the nearest one."""
    told = run("show", "nine-bridge", "-C", lay({}))
    assert (2, "") == (told.exit_code, told.stdout)
    assert "did you mean 'nine-bridges'?" in told.stderr


def test_a_record_of_an_unsound_dossier_is_not_shown(lay: Lay) -> None:
    """`show` first wants the dossier mended."""
    told = run("show", "nine-bridges", "-C", lay(BROKEN))
    assert (1, "") == (told.exit_code, told.stdout)
    assert "error[bad-choice]" in told.stderr


def test_paths_are_told_as_the_author_knows_them(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the current folder the closing line has a relative path, elsewhere the one that was given."""
    project = lay({})
    monkeypatch.chdir(project)
    assert run("build").stdout.startswith("Built public/: ")
    monkeypatch.chdir(project.parent)
    assert run("build", "-C", "project").stdout.startswith("Built project/public/: ")


def test_any_file_name_can_be_told(lay: Lay) -> None:
    """A file whose name is not UTF-8 is told, not stumbled over."""
    project = lay({})
    os.close(os.open(os.fsencode(project / "content") + b"/notes-\xff.txt", os.O_CREAT | os.O_WRONLY))
    for form in ("text", "json", "github", "sarif"):
        told = piped("check", "-C", project, "--format", form)
        assert 0 == told.returncode, told.stderr
        assert "stray-file" in told.stdout + told.stderr


def test_a_reader_that_goes_away_is_no_fault(lay: Lay) -> None:
    """Output into a program that has stopped reading gives no traceback."""
    shell = shutil.which("sh")
    assert shell
    command = f'"{sys.executable}" -m site_builder check -C "{lay({})}" | true'
    told = subprocess.run([shell, "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in told.stderr


def test_a_started_dossier_builds(tmp_path: Path) -> None:
    """`new` starts a dossier that checks without a single issue but the missing base URL, and builds."""
    started = run("new", tmp_path / "demo")
    assert 0 == started.exit_code, started.stderr
    assert "Started a dossier in " in started.stdout
    told = run("build", "-C", tmp_path / "demo")
    assert 0 == told.exit_code, told.stderr
    assert {"no-base-url"} >= set(re.findall(r"\[([a-z-]+)\]:", told.stderr))
    assert (tmp_path / "demo/public/index.html").is_file()


def test_a_dossier_is_never_started_over_another(lay: Lay) -> None:
    """`new` refuses a folder that holds anything, and changes nothing in it."""
    project = lay({})
    before = sorted(project.rglob("*"))
    assert 2 == run("new", project).exit_code
    assert before == sorted(project.rglob("*"))


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_program_does_not_give_up_what_it_has_made(
    command: str, lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command keeps what it has made if the process ends with it, and within another program does not."""
    kept: list[object] = []
    monkeypatch.setattr("site_builder.terminal.never_give_up", kept.append)
    project = str(lay({}))
    run(command, "-C", project, "--base-url", "")
    assert [] == kept
    main([command, "-C", project, "--base-url", "https://example.org/"], standalone_mode=False)
    assert {"build": ["Built"], "check": ["Checked"]}[command] == [type(one).__name__ for one in kept]


def test_what_is_never_given_up_is_there_to_the_end() -> None:
    """Not even the end of the process gives it up."""
    code = """
from site_builder.garbage import never_give_up
class Value:
    def __del__(self): print("given up")
never_give_up(Value())
"""
    done = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, text=True, check=False)
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
