"""`site-builder diff`: what changed between two published sites, told so that a reader can check it."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.build import Options, build
from site_builder.cli import main

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Text = Callable[[str], str]


def run(*args: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def publish(lay: Lay, tmp_path: Path) -> Callable[[str, Mapping[str, str | bytes | None]], Path]:
    """Publishes the sound dossier with some files laid over it, under a name."""

    def make(name: str, files: Mapping[str, str | bytes | None]) -> Path:
        shutil.rmtree(tmp_path / "project", ignore_errors=True)
        project = lay(files)
        built = build(Options(project=project, output=tmp_path / name))
        assert built.written, list(built.checked.issues)
        return tmp_path / name

    return make


Publish = Callable[[str, Mapping[str, str | bytes | None]], Path]
ANNOTATIONS = "articles/gazette-bridge-count/annotations.yaml"


def test_the_same_site_has_no_difference(publish: Publish) -> None:
    """Two builds of one dossier: one sentence, exit code 0, also where a difference would be 1."""
    old, new = publish("old", {}), publish("new", {})
    told = run("diff", old, new, "--exit-code")
    assert (0, "") == (told.exit_code, told.stderr)
    assert "From the edition of 1 June 2021 to the edition of 1 June 2021: no difference\n" == told.stdout


def test_fields_are_told_with_what_they_said(publish: Publish, sound_text: Text) -> None:
    """Numbers and dates are in words, sources and actors by their names, the field by its own."""
    changed = (
        sound_text(ANNOTATIONS)
        .replace("value: 9\n", "value: 9400\n    from: county-survey\n")
        .replace("as_of: 2021-03-14", "as_of: 2021-03~")
        .replace("claimed_by: county-surveyor", "claimed_by: ost-county")
    )
    index = sound_text("articles/gazette-bridge-count/index.md").replace("nine bridges]", "9,400 bridges]")
    old = publish("old", {})
    new = publish("new", {ANNOTATIONS: changed, "articles/gazette-bridge-count/index.md": index})
    told = run("diff", old, new)
    assert 0 == told.exit_code
    lines = told.stdout.splitlines()
    assert "From the edition of 1 June 2021 to the edition of 1 June 2021: 1 changed" == lines[0]
    assert ["", "Figures", "  changed: Bridges standing, 9,400 [nine-bridges]"] == lines[1:4]
    assert {
        "    number: was “9”, is now “9,400”",
        "    as-of date: was “14 March 2021”, is now “about March 2021”",
        "    who says so: was “The county surveyor”, is now “Ost County”",
        "    taken from: was nothing, is now “Survey of bridges”",
    } == set(lines[4:])


def test_records_that_came_and_went_are_told(publish: Publish) -> None:
    """Added, renamed, retired and removed records are told apart, each with its title and its id."""
    guild, smith = "type: group\nname: The guild\n", "type: person\nname: The smith\n"
    old = publish(
        "old",
        {
            "actors/guild.yaml": guild,
            "actors/smith.yaml": smith,
            "actors/miller.yaml": "type: person\nname: The miller\n",
            "actors/baker.yaml": "type: person\nname: The baker\n",
        },
    )
    entry = "- id: {}\n  kind: actor\n  why: {}\n  date: 2021-05-30\n"
    retired = entry.format("smith", "The smith is the guild.") + "  replaced_by: actor:bridge-guild\n"
    new = publish(
        "new",
        {
            "actors/bridge-guild.yaml": guild + "former_ids: [guild]\n",
            "actors/carter.yaml": "type: person\nname: The carter\n",
            "retired.yaml": retired + entry.format("miller", "Nobody knew him."),
        },
    )
    told = run("diff", old, new).stdout
    assert "1 added, 1 renamed, 2 retired and 1 removed" in told.splitlines()[0]
    wanted = [
        "Actors",
        "  added: The carter [carter]",
        "  renamed: The guild [guild] is now [bridge-guild]",
        "    address: was “actors/guild.html”, is now “actors/bridge-guild.html”",
        "  retired: The miller [miller]: withdrawn. Nobody knew him.",
        "  retired: The smith [smith]: replaced by actor:bridge-guild. The smith is the guild.",
        "  removed: The baker [baker]",
    ]
    assert wanted == told.splitlines()[2:]


def test_a_new_edition_alone_is_no_change_of_records(publish: Publish, sound_text: Text) -> None:
    """What every row repeats of the edition is told once, at the head."""
    site = sound_text("site.yaml").replace("edition: 2021-06-01", "edition: 2021-07-01")
    told = run("diff", publish("old", {}), publish("new", {"site.yaml": site}))
    assert "From the edition of 1 June 2021 to the edition of 1 July 2021: no difference\n" == told.stdout


def test_programs_get_the_same(publish: Publish) -> None:
    """`--format json` has each change as an object."""
    new = publish("new", {"actors/guild.yaml": "type: group\nname: The guild\n"})
    told = json.loads(run("diff", publish("old", {}), new, "--format", "json").stdout)
    assert ("the edition of 1 June 2021", 1) == (told["old"], len(told["changes"]))
    assert {
        "kind": "actors",
        "id": "guild",
        "title": "The guild",
        "change": "added",
        "now": "",
        "why": "",
        "fields": [],
    } == told["changes"][0]


def test_a_difference_may_be_an_exit_code(publish: Publish) -> None:
    """With `--exit-code` a difference is 1, as git has it; without, 0."""
    old, new = publish("old", {}), publish("new", {"corrections.yaml": None})
    assert 0 == run("diff", old, new).exit_code
    assert 1 == run("diff", old, new, "--exit-code").exit_code
    assert "removed: Bridges standing, 9, number [nine-not-eight]" in run("diff", old, new).stdout


def test_a_folder_that_is_no_site_is_refused(publish: Publish, tmp_path: Path) -> None:
    """Wrong use: exit code 2, which folder it is, and what to name instead."""
    told = run("diff", publish("old", {}), tmp_path / "project/content")
    assert (2, "") == (told.exit_code, told.stdout)
    assert "content is no published site" in told.stderr
    assert "such as public" in told.stderr


@pytest.mark.parametrize("text", ["{", "[]", '{"kind": "figures"}', '{"kind": "figures", "rows": [1]}'])
def test_a_table_that_is_none_is_refused(text: str, publish: Publish) -> None:
    """A damaged table is named; it is no difference."""
    old, new = publish("old", {}), publish("new", {})
    (new / "data/figures.json").write_text(text, encoding="utf-8")
    told = run("diff", old, new)
    assert 2 == told.exit_code
    assert "figures.json is no table of a dossier" in told.stderr


def test_what_a_site_says_cannot_steer_the_terminal(publish: Publish) -> None:
    """Signs that a terminal would obey are told by their numbers."""
    old, new = publish("old", {}), publish("new", {})
    table = json.loads((new / "data/actors.json").read_bytes())
    table["rows"].append({"id": "evil", "name": "\x1b[2Jgone"})
    (new / "data/actors.json").write_text(json.dumps(table), encoding="utf-8")
    told = run("diff", old, new).stdout
    assert "\x1b" not in told
    assert "<U+001B>[2Jgone" in told


def test_reports_are_told_by_event_and_teller(publish: Publish, sound_text: Text) -> None:
    """A report has no id of its own: it is named by what is told and who tells it."""
    source = sound_text("sources/ferry-notice.yaml")
    now = source.replace("The bridge is closed from the eleventh on.", "It was barred.")
    told = run("diff", publish("old", {}), publish("new", {"sources/ferry-notice.yaml": now})).stdout
    assert "Reports of events" in told
    assert (
        "changed: Mill Bridge is closed, as told by “Notice to passengers” [mill-bridge-closed, ferry-notice]"
        in told
    )
    assert "account: was “The bridge is closed from the eleventh on.”, is now “It was barred.”" in told
