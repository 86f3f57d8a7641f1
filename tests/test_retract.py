"""Taking a record out of a dossier: what goes with it, what stays as it was, and what is said of the rest."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.build import Options, check
from site_builder.cli import main
from site_builder.excision import ExcisionError, without, without_links

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Text = Callable[[str], str]

# 1 June 2021, the day of the dossier's edition.
DAY = "1622548800"
ANOTHER = "- id: mason\n  kind: actor\n  why: It never was.\n  date: 2021-06-01\n"
NOTES = "articles/gazette-bridge-count/annotations.yaml"
DIGEST = "articles/gazette-bridge-count/index.md"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The present of all commands."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)


def run(*args: object, says: str = "") -> Result:
    """Run a command in this process, with what is typed."""
    return CliRunner().invoke(main, [str(arg) for arg in args], input=says)


def retract(project: Path, ident: str, *more: str) -> Result:
    """Retract a record without being asked."""
    return run("retract", ident, "-C", project, "--why", "It was wrong: all of it.", "--yes", *more)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_done_unless_it_is_wanted(lay: Lay) -> None:
    """What will be done is shown, line by line, and asked; whoever says no has changed nothing."""
    project = lay({})
    before = contents(project)
    told = run("retract", "nine-bridges", "-C", project, "--why", "It was wrong.", says="n\n")
    assert 1 == told.exit_code
    assert before == contents(project)
    assert (
        "  disagreement:how-many-bridges: cannot do without figure:nine-bridges, its 'records'\n"
        in told.stdout
    )
    assert "    11 -   - id: nine-bridges\n" in told.stdout
    assert "    17 - The Gazette says that [nine bridges](figure:nine-bridges) stand.\n" in told.stdout
    assert "       + The Gazette says that nine bridges stand.\n" in told.stdout
    assert "  figures/bridges-standing.html#nine-bridges\n" in told.stdout
    assert (
        "speak of it: retract them too, if their words must go:\n  correction:nine-not-eight\n" in told.stdout
    )


def test_a_figure_goes_with_all_that_rests_on_it(lay: Lay, sound_text: Text) -> None:
    """Its lines, its links, and the disagreement that it was a side of go; it is among the retired."""
    project = lay({NOTES: sound_text(NOTES).replace("figures:", "# Counted on foot.\nfigures:")})
    told = retract(project, "figure:nine-bridges")
    assert 0 == told.exit_code, told.output
    notes = (project / "content" / NOTES).read_text(encoding="utf-8")
    start, _, rest = sound_text(NOTES).partition("figures:")
    assert f"{start}# Counted on foot.\n\nquotes:{rest.partition('quotes:')[2]}" == notes
    assert "says that nine bridges stand" in (project / "content" / DIGEST).read_text(encoding="utf-8")
    assert not (project / "content/disagreements.yaml").exists()
    reason = 'why: "It was wrong: all of it."\n  date: 2021-06-01'
    assert (
        f"- id: nine-bridges\n  kind: figure\n  {reason}\n"
        f"- id: how-many-bridges\n  kind: disagreement\n  {reason}\n"
    ) == (project / "content/retired.yaml").read_text(encoding="utf-8")


def test_a_source_goes_with_its_files(lay: Lay) -> None:
    """An article's folder and its kept text go, with the statements in it and the reports of its events."""
    project = lay({"captures/gazette-bridge-count.txt": "Kept."})
    told = retract(project, "gazette-bridge-count")
    assert not (project / "content/articles/gazette-bridge-count").exists()
    assert not (project / "content/captures/gazette-bridge-count.txt").exists()
    assert "event:mill-bridge-closed: lies in source:gazette-bridge-count" in told.stdout
    notice = (project / "content/sources/ferry-notice.yaml").read_text(encoding="utf-8")
    assert "mill-bridge-closed" not in notice
    assert "draws_on: [county-survey]" in notice


def test_what_a_program_cannot_decide_is_told_afterwards(lay: Lay) -> None:
    """A record that has lost its only region stays, and the check that follows says what to mend."""
    told = retract(lay({}), "upper-ost")
    assert 1 == told.exit_code
    assert "error[missing-region]: 'ten-bridges' is about no region" in told.stderr
    assert "mend these, then build" in told.stderr


def test_a_report_without_an_id_is_told_by_its_file(lay: Lay) -> None:
    """What goes and has no id is told in words, and fields of a record that goes are not told twice."""
    told = retract(lay({}), "gazette-bridge-count").stdout
    report = "  a report in content/sources/ferry-notice.yaml: cannot do without event:mill-bridge-closed,"
    assert report in told
    assert "('" not in told
    assert "annotations.yaml ()" not in told


def test_the_end_of_it_is_said(lay: Lay) -> None:
    """The command ends with what it cannot reach, and with the next step."""
    told = retract(lay({}), "nine-bridges").stdout
    for beyond in ("site-builder purge", "git filter-repo", "earlier deploys", "Internet Archive", "PDF"):
        assert beyond in told


def test_a_draft_is_not_named_for_its_being_gone(lay: Lay) -> None:
    """The id of a record that nobody has seen is not entered among the retired."""
    project = lay({"actors/secret-guild.yaml": "type: group\nname: The guild\ndraft: true\n"})
    assert 0 == retract(project, "secret-guild").exit_code
    assert "secret" not in "".join(contents(project))
    assert b"secret" not in b"".join(contents(project).values())


def test_a_released_record_can_be_retracted(lay: Lay) -> None:
    """An id of the ledger is accounted for, and the page at its address says that it was withdrawn."""
    project = lay({"actors/guild.yaml": "type: group\nname: The guild\n"})
    run("release", "-C", project)
    assert 0 == retract(project, "guild").exit_code
    assert 0 == run("build", "-C", project).exit_code
    assert "It was wrong: all of it." in (project / "public/actors/guild.html").read_text(encoding="utf-8")


def test_the_ids_that_it_had_go_with_it(lay: Lay) -> None:
    """A record that was released under another id leaves none of its addresses without a word."""
    text = "type: group\nname: The guild\n"
    project = lay({"actors/guild.yaml": text})
    run("release", "-C", project)
    (project / "content/actors/guild.yaml").unlink()
    project = lay({"actors/masons.yaml": f"{text}former_ids: [guild]\n"})
    assert 0 == run("release", "-C", project).exit_code
    told = retract(project, "masons")
    assert 0 == told.exit_code, told.output
    assert "  actors/masons.html\n  actors/guild.html\n" in told.stdout
    assert 0 == run("build", "-C", project).exit_code
    for page in ("guild", "masons"):
        assert "It was wrong: all of it." in (project / f"public/actors/{page}.html").read_text("utf-8")


def test_a_successor_is_named(lay: Lay) -> None:
    """What stands for the record from now on stands in its entry."""
    project = lay({"actors/guild.yaml": "type: group\nname: The guild\n"})
    assert 0 == retract(project, "guild", "--replaced-by", "actor:ost-county").exit_code
    checked = check(Options(project=project, output=project / "public"))
    assert checked.index is not None
    assert "actor:ost-county" == checked.index.history.gone["actor:guild"].now


@pytest.mark.parametrize(
    "ident,says", [("nine-bridge", "did you mean 'nine-bridges'?"), ("x", "no record has")]
)
def test_what_there_is_not_cannot_be_retracted(ident: str, says: str, lay: Lay) -> None:
    """An id that no record has is wrong use, and the nearest one is named."""
    told = retract(lay({}), ident)
    assert 2 == told.exit_code
    assert says in told.stderr


def test_a_dossier_with_errors_is_mended_first(lay: Lay) -> None:
    """Where it is not clear what refers to what, nothing is taken out."""
    project = lay({"actors/ost-county.yaml": "type: organisation\nname: Ost County\n"})
    before = contents(project)
    assert 2 == retract(project, "nine-bridges").exit_code
    assert before == contents(project)


def test_files_keep_their_modes_and_ends_of_lines(lay: Lay, sound_text: Text) -> None:
    """A file with Windows' ends of lines and a byte order mark keeps both, and its mode."""
    text = "\ufeff" + sound_text(NOTES).replace("\n", "\r\n")
    project = lay({NOTES: text.encode()})
    file = project / "content" / NOTES
    file.chmod(0o640)
    assert 0 == retract(project, "nine-bridges").exit_code
    after = file.read_bytes().decode()
    assert after.startswith("\ufeffevents:\r\n")
    assert after.count("\n") == after.count("\r\n")
    assert "nine-bridges" not in after
    assert 0o640 == file.stat().st_mode & 0o777


@pytest.mark.parametrize(
    "before,after",
    [
        ("# Gone.\n[]\n", "# Gone.\n- id: guild\n"),
        ("# Gone.\n", "# Gone.\n- id: guild\n"),
        (ANOTHER, f"{ANOTHER}- id: guild\n"),
        (ANOTHER.rstrip(), f"{ANOTHER}- id: guild\n"),
    ],
)
def test_the_retired_are_added_to(before: str, after: str, lay: Lay) -> None:
    """The entry comes after those that are there, where there are none after the comments."""
    project = lay({"actors/guild.yaml": "type: group\nname: The guild\n", "retired.yaml": before})
    told = retract(project, "guild")
    assert 0 == told.exit_code, told.output
    assert (project / "content/retired.yaml").read_text(encoding="utf-8").startswith(after)


def test_retired_records_in_a_form_of_their_own_stop_it(lay: Lay) -> None:
    """Where no entry can be added, that is told, and nothing is changed."""
    indented = "\n".join(f"  {line}" for line in ANOTHER.splitlines())
    project = lay({"actors/guild.yaml": "type: group\nname: The guild\n", "retired.yaml": indented})
    before = contents(project)
    told = retract(project, "guild")
    assert 2 == told.exit_code
    assert "begins at the left edge" in told.stderr
    assert before == contents(project)


# ---------------------------------------------------------------- texts


@pytest.mark.parametrize(
    "text,paths,expected",
    [
        ("a: 1\nb: 2\n", [("a",)], "b: 2\n"),
        ("a: [x, y, z]\n", [("a", 1)], "a: [x, z]\n"),
        ("a: [x, y, z] # three\n", [("a", 2)], "a: [x, y] # three\n"),
        ("a: [x, y, z]\n", [("a", 0), ("a", 1)], "a: [z]\n"),
        ("a: [x]\nb: 1\n", [("a", 0)], "b: 1\n"),
        ("a:\n  - x\n  - y\nb: 1\n", [("a", 1)], "a:\n  - x\nb: 1\n"),
        ("a:\n- x\n- y\nb: 1\n", [("a",)], "b: 1\n"),
        (
            "a:\n  - x # why\n  # of y\n  - y\n  # of z\n  - z\n",
            [("a", 1)],
            "a:\n  - x # why\n  # of z\n  - z\n",
        ),
        ("# head\n- id: a\n  b: |\n    x\n\n    y\n\n- id: c\n", [(0,)], "# head\n\n- id: c\n"),
        ("- id: a\n  b: 1\n  c:\n    d: 2\n  e: 3\n", [(0, "c")], "- id: a\n  b: 1\n  e: 3\n"),
        ("a: 'x\n  y'\nb: 1\n", [("a",)], "b: 1\n"),
    ],
)
def test_an_entry_is_taken_out_alone(text: str, paths: list[tuple[int | str, ...]], expected: str) -> None:
    """An entry goes with its lines; order, comments and forms of all others stay."""
    assert expected == without(text, paths)


@pytest.mark.parametrize(
    "text,path",
    [
        ("a: {b: 1, c: 2}\n", ("a", "b")),
        ("a: [x,\n  y]\n", ("a", 1)),
        ("- id: a\n  b: 1\n", (0, "id")),
        ("-\n  id: a\n- id: b\n", (0,)),
    ],
)
def test_a_form_of_its_own_is_left_to_its_author(text: str, path: tuple[int | str, ...]) -> None:
    """Where an entry cannot be taken out with certainty, nothing is."""
    with pytest.raises(ExcisionError):
        without(text, [path])


def test_links_become_words() -> None:
    """The words of a link stay, a record shown in full goes, and other links are as they were."""
    text = "See [*it*](event:a) and [it](event:ab).\n\n[](event:a)\n\nEnd.\n"
    assert "See *it* and [it](event:ab).\n\nEnd.\n" == without_links(text, ["event:a"])
    with pytest.raises(ExcisionError):
        without_links("[a [b]](event:a)", ["event:a"])
