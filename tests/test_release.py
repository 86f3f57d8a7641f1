"""The ledger: which ids were published, since which release, and what a lost one is answered with."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder import release as releasing
from site_builder.build import Options, build, check
from site_builder.cli import main
from site_builder.issues import IssueLog
from site_builder.link.contents import content_sum

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Text = Callable[[str], str]
Issues = Callable[[Path], IssueLog]

LEDGER = "content/ledger.yaml"
# 1 June 2021, noon, UTC.
FIRST, SECOND = "1622548800", "1622635200"
RETIRED = "- id: {}\n  kind: {}\n  why: It never was.\n  date: 2021-06-01\n"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets what the commands take for the present."""

    def set_day(epoch: str) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    set_day(FIRST)
    return set_day


def run(*args: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(arg) for arg in args])


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_first_release_enters_every_id(lay: Lay) -> None:
    """The ledger has each record once under its kind, and the command says how many there are."""
    project = lay({})
    told = run("release", "-C", project)
    assert (0, "") == (told.exit_code, told.stderr)
    assert "Release 1 of 1 June 2021: 18 records. Commit content/ledger.yaml, then build.\n" == told.stdout
    checked = check(Options(project=project, output=project / "public"))
    assert checked.dossier is not None
    ledger = checked.dossier.ledger
    assert ledger is not None
    entered = {(kind, ident) for kind, idents in ledger.published.items() for ident in idents}
    records = {
        ("article" if record.id == "gazette-bridge-count" else kind, record.id)
        for kind, found in checked.dossier.records().items()
        for record in found
    }
    assert records == entered
    assert {1} == {number for idents in ledger.published.values() for number in idents.values()}


def test_a_release_writes_one_file_and_nothing_else(lay: Lay) -> None:
    """Of all that a project holds, the ledger alone is new; nothing is left beside it."""
    project = lay({})
    before = contents(project)
    run("release", "-C", project)
    after = contents(project)
    assert {LEDGER} == after.keys() - before.keys()
    assert before == {path: after[path] for path in before}
    assert 0o644 == (project / LEDGER).stat().st_mode & 0o777


def test_what_has_not_changed_is_not_released_twice(lay: Lay, day: Callable[[str], None]) -> None:
    """A second release of the same dossier writes nothing and says so."""
    project = lay({})
    run("release", "-C", project)
    before = contents(project)
    day(SECOND)
    told = run("release", "-C", project)
    assert 0 == told.exit_code
    assert (
        "Nothing has changed since release 1 of 1 June 2021: content/ledger.yaml is as it was\n"
        == told.stdout
    )
    assert before == contents(project)


def test_what_changes_no_word_is_no_change(lay: Lay, day: Callable[[str], None], sound_text: Text) -> None:
    """Comments, a draft and the order of fields are not content: they make no new release."""
    project = lay({})
    run("release", "-C", project)
    day(SECOND)
    lines = sound_text("actors/ost-county.yaml").splitlines()
    lay(
        {
            "actors/ost-county.yaml": "\n".join(["# A comment", *reversed(lines), "private: a remark", ""]),
            "actors/unfinished.yaml": "type: group\nname: The guild\ndraft: true\n",
        }
    )
    assert "Nothing has changed" in run("release", "-C", project).stdout


def test_a_second_release_tells_what_is_new_and_what_left(lay: Lay, day: Callable[[str], None]) -> None:
    """New, renamed and retired records are counted; an old id keeps the release that it first appeared in."""
    project = lay({"actors/guild.yaml": "type: group\nname: The guild\n"})
    run("release", "-C", project)
    day(SECOND)
    lay(
        {
            "actors/guild.yaml": None,
            "actors/bridge-guild.yaml": "type: group\nname: The guild\nformer_ids: [guild]\n",
            "actors/smith.yaml": "type: person\nname: The smith\n",
            "corrections.yaml": None,
            "retired.yaml": RETIRED.format("nine-not-eight", "correction"),
        }
    )
    before = (project / LEDGER).read_text(encoding="utf-8")
    told = run("release", "-C", project)
    assert "Release 2 of 2 June 2021: 19 records (2 new, 2 renamed or retired)." in told.stdout
    after = (project / LEDGER).read_text(encoding="utf-8")
    assert [] == [line for line in before.splitlines() if line not in after.splitlines()]
    fresh = [line for line in after.splitlines() if line not in before.splitlines()]
    assert {
        "    bridge-guild: 2",
        "    smith: 2",
        "  - number: 2",
        "    date: 2021-06-02",
    } == {line for line in fresh if "content:" not in line}
    assert "(none new, none gone)" in run_changed(project, day)


def run_changed(project: Path, day: Callable[[str], None]) -> str:
    """Release after a change of words alone."""
    day("1622721600")
    about = project / "content/pages/about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\nMore words.\n", encoding="utf-8")
    return run("release", "-C", project).stdout


def test_a_lost_id_is_an_error_until_it_is_accounted_for(lay: Lay, issues_of: Issues) -> None:
    """An id of the ledger that is gone stops check, build and release; retiring it is one way out."""
    project = lay({"actors/guild.yaml": "type: group\nname: The guild\n"})
    run("release", "-C", project)
    ledger = (project / LEDGER).read_bytes()
    lay({"actors/guild.yaml": None})
    (lost,) = issues_of(project)
    line = (project / LEDGER).read_text(encoding="utf-8").splitlines()[lost.place.line - 1]
    assert ("lost-id", LEDGER, "    guild: 1") == (lost.code, lost.place.path, line)
    told = run("release", "-C", project)
    assert (1, "") == (told.exit_code, told.stdout)
    assert "nothing was released" in told.stderr
    assert ledger == (project / LEDGER).read_bytes()
    assert build(Options(project=project, output=project / "public")).written is None
    lay({"retired.yaml": RETIRED.format("guild", "actor")})
    assert [] == list(issues_of(project))


def test_a_published_record_that_is_kept_back_again_is_lost(lay: Lay, issues_of: Issues) -> None:
    """Making a published record a draft breaks its address, and is told like any other loss."""
    project = lay({"actors/guild.yaml": "type: group\nname: The guild\n"})
    run("release", "-C", project)
    lay({"actors/guild.yaml": "type: group\nname: The guild\ndraft: true\n"})
    assert ["lost-id"] == [issue.code for issue in issues_of(project)]


def test_a_draft_is_not_entered(lay: Lay) -> None:
    """What is kept back was not published: its id does not stand in the ledger."""
    project = lay({"actors/secret-guild.yaml": "type: group\nname: The guild\ndraft: true\n"})
    run("release", "-C", project)
    assert b"secret-guild" not in (project / LEDGER).read_bytes()


def test_with_errors_nothing_is_written(lay: Lay) -> None:
    """A dossier that cannot be published cannot be released."""
    project = lay({"actors/ost-county.yaml": "type: organisation\nname: Ost County\n"})
    told = run("release", "-C", project)
    assert 1 == told.exit_code
    assert "error[bad-choice]" in told.stderr
    assert not (project / LEDGER).exists()


def test_a_failing_disk_leaves_the_old_ledger(
    lay: Lay, day: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the new ledger cannot be put in place, the old one is whole and nothing lies beside it."""
    project = lay({})
    run("release", "-C", project)
    day(SECOND)
    lay({"actors/guild.yaml": "type: group\nname: The guild\n"})
    before = contents(project)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert 3 == run("release", "-C", project).exit_code
    assert before == contents(project)


def test_an_empty_dossier_can_be_released(tmp_path: Path, sound_text: Text) -> None:
    """A dossier without any record has a ledger that can be read back."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text(sound_text("site.yaml"), encoding="utf-8")
    assert "Release 1 of 1 June 2021: 0 records." in run("release", "-C", tmp_path).stdout
    assert "Nothing has changed" in run("release", "-C", tmp_path).stdout


def test_a_site_says_which_release_it_is(lay: Lay) -> None:
    """Footers and downloads have the release's number; once anything changes, they say that it did."""
    project = lay({})
    run("release", "-C", project)
    build(Options(project=project, output=project / "public"))
    home = (project / "public/index.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    table = json.loads((project / "public/data/figures.json").read_bytes())
    assert "edition of 1 June 2021, release 1, https://bridges.example/" in home
    assert {"number": 1, "date": "2021-06-01", "changed_since": False} == table["release"]
    lay({"actors/guild.yaml": "type: group\nname: The guild\n"})
    build(Options(project=project, output=project / "public"))
    home = (project / "public/index.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "edition of 1 June 2021, changed since release 1 of 1 June 2021" in home
    assert json.loads((project / "public/data/figures.json").read_bytes())["release"]["changed_since"]


def test_a_build_writes_nothing_into_the_sources(lay: Lay) -> None:
    """Checking and building read the ledger and leave it alone."""
    project = lay({})
    run("release", "-C", project)
    lay({"actors/guild.yaml": "type: group\nname: The guild\n"})
    before = contents(project / "content")
    assert 0 == run("build", "-C", project).exit_code
    assert 0 == run("check", "-C", project).exit_code
    assert before == contents(project / "content")


def test_a_ledger_is_the_same_whoever_writes_it(lay: Lay) -> None:
    """The text of a ledger that was read is the text that was written."""
    project = lay({})
    run("release", "-C", project)
    checked = check(Options(project=project, output=project / "public"))
    assert checked.dossier is not None
    assert checked.dossier.ledger is not None
    assert (project / LEDGER).read_text(encoding="utf-8") == releasing.ledger_text(checked.dossier.ledger)
    assert checked.dossier.ledger.releases[-1].content == content_sum(checked.dossier)
