"""What an author reads for each mistake. `pytest tests/test_broken_sites.py --update-golden` rewrites it."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder import nodes
from site_builder.build import Options, check
from site_builder.comparing import compare_quotes
from site_builder.issues import Issue, IssueLog
from site_builder.markup import RECORD_KINDS
from site_builder.read import tree
from site_builder.report import as_text

BROKEN = Path(__file__).resolve().parent / "broken_sites"
SOURCE = Path(__file__).resolve().parent.parent / "site_builder"
CASES = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir() and folder.name != "base")
# Cases that no folder can hold: a link, an oversized file, a file that may not be read.
MADE_HERE = {"outside", "too-large", "unreadable"}
HEAD = re.compile(r"^((?:content|themes)[^:]*):(\d+):(\d+): (?:error|warning)\[([a-z0-9-]+)\]: ")

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Issues = Callable[[Path], IssueLog]


def laid(case: str, project: Path) -> Path:
    """Lay a case over the sound dossier."""
    shutil.copytree(BROKEN / "base", project)
    for part in ("content", "themes"):
        if (BROKEN / case / part).is_dir():
            shutil.copytree(BROKEN / case / part, project / part, dirs_exist_ok=True)
    without = BROKEN / case / "without.txt"
    for path in without.read_text(encoding="utf-8").split() if without.exists() else ():
        (project / path).unlink()
    for folder in sorted((path for path in project.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    return project


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_with_place_and_repair(case: str, tmp_path: Path, *, update_golden: bool) -> None:
    """Each broken dossier is told word for word as its `issues.txt` says."""
    project = laid(case, tmp_path / "project")
    checked = check(Options(project=project, output=tmp_path / "public"))
    compare_quotes(checked, project, aloud=True)
    told = as_text(checked.issues, checked.texts)
    expected = BROKEN / case / "issues.txt"
    if update_golden:
        expected.write_text(told, encoding="utf-8")
    assert expected.read_text(encoding="utf-8") == told
    assert told


def test_the_sound_dossier_has_no_issue(tmp_path: Path, issues_of: Issues) -> None:
    """The dossier that every case breaks in one place is sound itself, without a warning."""
    assert [] == list(issues_of(laid("base", tmp_path / "project")))


@pytest.mark.parametrize("case", [case for case in CASES if case != "twenty-mistakes"])
def test_a_case_is_about_what_its_name_says(case: str) -> None:
    """A case's first word or words are the code that it shows, so that a code's cases are found by name."""
    codes = {found[4] for line in _lines(case) if (found := HEAD.match(line))}
    assert any(case == code or case.startswith(code + "-") for code in codes) or case == "other-kind"


def _lines(case: str) -> list[str]:
    return (BROKEN / case / "issues.txt").read_text(encoding="utf-8").splitlines()


def codes_in_source() -> set[str]:
    """Every code that a build or check can tell, taken from the program's own text."""
    # What the preview adds of its own is no mistake in a dossier, and has tests of its own.
    paths = [path for path in sorted(SOURCE.rglob("*.py")) if "serve" not in path.parts]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    calls = r"(?:misfit|_error|issues\.error|issues\.warning|self\.issues\.error|self\.issues\.warning)"
    first = re.findall(
        calls + r'\(\s*(?:[\w.]+(?:\([^()]*(?:\([^()]*\))?[^()]*\))?,\s*)?"([a-z0-9-]+)"', text
    )
    named = re.findall(r'code="([a-z0-9-]+)"', text)
    patterns = re.findall(r'"(bad-[a-z0-9]+)"', text)
    kinds = {"event-kind", *RECORD_KINDS}
    return {*first, *named, *patterns} | {f"unknown-{kind}" for kind in kinds}


def test_every_code_has_a_case() -> None:
    """Each issue code of the source is shown by a broken dossier, and none is shown that is not there."""
    shown = {found[4] for case in CASES for line in _lines(case) if (found := HEAD.match(line))}
    assert codes_in_source() == shown | MADE_HERE


def test_the_source_is_read_for_its_codes() -> None:
    """The codes that the tests take from the source hold those that are known to be there."""
    assert codes_in_source() >= {
        "missing-field",
        "bad-date",
        "cycle",
        "encoding",
        "image",
        "outside",
        "too-large",
    }


def test_twenty_mistakes_are_told_in_one_run_in_order() -> None:
    """Mistakes of every floor before the link are told together, sorted by file, line and column."""
    found = [HEAD.match(line) for line in _lines("twenty-mistakes")]
    places = [(head[1], int(head[2]), int(head[3])) for head in found if head]
    assert len(places) >= 20
    assert sorted(places) == places
    assert len({path for path, _, _ in places}) >= 7


def only(issues: IssueLog) -> Issue:
    """The one issue that there is."""
    listed = list(issues)
    assert 1 == len(listed), listed
    return listed[0]


def test_a_link_out_of_the_project_is_refused(tmp_path: Path, lay: Lay, issues_of: Issues) -> None:
    """A symbolic link to a file outside the project is told and its text never read."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("type: group\nname: Secret\n", encoding="utf-8")
    project = lay({})
    (project / "content/actors/secret.yaml").symlink_to(secret)
    found = only(issues_of(project))
    assert ("content/actors/secret.yaml:1:1", "outside") == (str(found.place), found.code)


def test_a_link_to_a_folder_is_refused(lay: Lay, issues_of: Issues) -> None:
    """A symbolic link to a folder is refused even inside the project, so that a circle of folders ends."""
    project = lay({})
    (project / "content/regions/again").symlink_to(project / "content", target_is_directory=True)
    found = only(issues_of(project))
    assert ("content/regions/again:1:1", "outside") == (str(found.place), found.code)


def test_a_link_within_the_project_is_read(lay: Lay, issues_of: Issues) -> None:
    """A symbolic link to a file of the same project is read like the file."""
    project = lay({})
    (project / "shared.yaml").write_text("type: group\nname: The guild\n", encoding="utf-8")
    (project / "content/actors/guild.yaml").symlink_to(project / "shared.yaml")
    assert [] == list(issues_of(project))


def test_an_oversized_file_is_refused(lay: Lay, issues_of: Issues) -> None:
    """A file above the limit is refused by name before anything parses it."""
    project = lay({"actors/big.yaml": b"#" * (tree.MAX_BYTES + 1)})
    found = only(issues_of(project))
    assert ("content/actors/big.yaml:1:1", "too-large") == (str(found.place), found.code)


def test_an_oversized_text_is_refused(monkeypatch: pytest.MonkeyPatch, lay: Lay, issues_of: Issues) -> None:
    """The gate to YAML has a limit of its own, whoever calls it."""
    monkeypatch.setattr(nodes, "MAX_CHARACTERS", 200)
    project = lay({"actors/big.yaml": "#" * 201})
    assert ("content/actors/big.yaml:1:1", "too-large") in {
        (str(issue.place), issue.code) for issue in issues_of(project)
    }


def test_an_unreadable_file_is_told(monkeypatch: pytest.MonkeyPatch, lay: Lay, issues_of: Issues) -> None:
    """A file that the system does not give out is an issue at that file, not a traceback."""
    opened = Path.open

    def refusing(path: Path, mode: str, buffering: int) -> object:
        if path.name == "ost-county.yaml":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, mode, buffering)

    monkeypatch.setattr(Path, "open", refusing)
    found = only(issues_of(lay({})))
    assert ("content/actors/ost-county.yaml:1:1", "unreadable") == (str(found.place), found.code)
