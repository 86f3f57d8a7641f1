"""What `site-builder new` promises: a dossier that builds and teaches, where nothing was before."""

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder import disk
from site_builder.build import Options, build, check
from site_builder.cli import main
from site_builder.codebook import json_schemas
from site_builder.issues import Severity
from site_builder.markup import RECORD_KINDS
from site_builder.new import STARTER, start_dossier
from site_builder.words import NATURES
from site_builder.write import OutputError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A dossier that has just been started."""
    start_dossier(tmp_path / "dossier")
    return tmp_path / "dossier"


def test_it_says_what_it_wrote(tmp_path: Path) -> None:
    """The paths returned are all the files of the folder, in order."""
    paths = start_dossier(tmp_path / "a" / "b")
    on_disk = sorted(
        p.relative_to(tmp_path / "a" / "b") for p in (tmp_path / "a" / "b").rglob("*") if p.is_file()
    )
    assert on_disk == list(paths)


def test_it_takes_an_empty_folder(tmp_path: Path) -> None:
    """A folder made by hand is as good as none."""
    assert Path(".gitignore") in start_dossier(tmp_path)


def test_it_refuses_a_folder_that_holds_anything(tmp_path: Path) -> None:
    """What somebody wrote is never mixed with the starter, nor written over: not even a hidden file."""
    (tmp_path / ".note").write_text("mine")
    with pytest.raises(OutputError, match="is not empty"):
        start_dossier(tmp_path)
    assert [".note"] == [path.name for path in tmp_path.iterdir()]


def test_it_refuses_a_file(tmp_path: Path) -> None:
    """A file of that name stays what it is."""
    (tmp_path / "dossier").write_text("mine")
    with pytest.raises(OutputError, match="not a folder"):
        start_dossier(tmp_path / "dossier")
    assert "mine" == (tmp_path / "dossier").read_text()


def test_the_command_exits_with_2_where_it_refuses(tmp_path: Path) -> None:
    """Wrong use has its own exit code, and the message says what to do instead."""
    (tmp_path / "note").write_text("mine")
    result = CliRunner().invoke(main, ["new", str(tmp_path)])
    assert 2 == result.exit_code
    assert "name a new folder" in result.output


def test_a_disk_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure half-way the folder is as empty as before, so that the command can be repeated."""
    genuine = disk.new_file

    def failing(path: str, content: bytes, *, mode: int | None) -> os.stat_result:
        if path.endswith("site.yaml"):
            raise OSError(28, "No space left on device")
        return genuine(path, content, mode=mode)

    monkeypatch.setattr(disk, "new_file", failing)
    with pytest.raises(OSError, match="No space"):
        start_dossier(tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_it_has_no_issue_but_the_missing_address(project: Path) -> None:
    """A new dossier is sound; that it has no address yet is the only thing to tell."""
    checked = check(Options(project=project, output=project / "public"))
    assert [("no-base-url", Severity.WARNING)] == [(issue.code, issue.severity) for issue in checked.issues]


def test_it_builds(project: Path) -> None:
    """A new dossier becomes a site at once."""
    built = build(Options(project=project, output=project / "public", base_url="https://example.org/"))
    assert 0 == len(built.checked.issues)
    assert (project / "public" / "index.html").is_file()


def test_it_shows_everything_once(project: Path) -> None:
    """Ranges, levels, doubtful dates, other tellings, translations, shared origins: each has an example."""
    index = check(Options(project=project, output=project / "public")).index
    assert index is not None
    figures = index.figures.values()
    shown = {
        "range": any(figure.low is not None for figure in figures),
        "bound": any(figure.bound for figure in figures),
        "level": any(figure.level for figure in figures),
        "wording": any(figure.wording for figure in figures),
        "conflict": 2 in Counter((f.measure, f.regions, f.as_of) for f in figures).values(),
        "doubtful date": any(event.date.text.endswith("XX") for event in index.events.values()),
        "one of two days": any(event.date.text.startswith("[") for event in index.events.values()),
        "told differently": any(
            any(report.disputes for report in reports)
            for reports in index.reports_of.values()
            if len(reports) > 1
        ),
        "translated variant": any(q.variant_of and q.translated_from for q in index.quotes.values()),
        "one origin": any(len(sources) > 2 for sources in index.origins.resting_on.values()),
        "correction": bool(index.corrections),
        "archives": any(source.archives for source in index.sources.values()),
    }
    assert [] == [what for what, is_there in shown.items() if not is_there]
    assert set(NATURES) == {item.nature for item in index.disagreements.values()}
    assert {"home", "about", "method"} == set(index.pages)


def test_its_prose_links_and_embeds(project: Path) -> None:
    """The digests show a number that leads to its figure, and records in full."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((project / "content").rglob("*.md")))
    kinds = set(re.findall(r"\]\((\w+):[a-z0-9-]+\)", text))
    assert {"source", "region", "event", "figure", "actor", "measure", "disagreement", "page"} <= kinds
    assert kinds <= set(RECORD_KINDS)
    assert {"event", "quote"} == set(re.findall(r"^\[\]\((\w+):", text, re.MULTILINE))
    assert re.search(r"\[[0-9,]+\]\(figure:", text)


def test_every_yaml_file_names_its_schema(project: Path) -> None:
    """The first line of each file leads an editor to the schema that the file must meet."""
    for path in sorted((project / "content").rglob("*.yaml")):
        found = re.fullmatch(
            r"# yaml-language-server: \$schema=(\S+)", path.read_text(encoding="utf-8").split("\n")[0]
        )
        assert found, path
        schema = (path.parent / found[1]).resolve()
        kind = schema.stem
        assert schema.parent == project.resolve() / "schemas"
        assert kind in {path.stem, path.parent.name.removesuffix("s")}
        assert json_schemas()[kind] == json.loads(schema.read_text(encoding="utf-8"))


def test_git_leaves_out_what_is_made_and_what_is_private(project: Path) -> None:
    """The published folder and the kept texts of sources never reach a repository."""
    lines = (project / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/public/", "/content/captures/"} <= set(lines)


def test_the_starter_teaches() -> None:
    """Every YAML file explains at least one thing in a comment, bar those that repeat another's fields."""
    plain = [
        path.name
        for path in sorted((STARTER / "content").rglob("*.yaml"))
        if path.read_text(encoding="utf-8").count("#") < 2
    ]
    assert ["residents-association.yaml"] == plain


def test_a_folder_that_cannot_be_made_is_the_machines_failure(tmp_path: Path) -> None:
    """What the disk refuses exits with 3 and a sentence, not with a stack trace."""
    (tmp_path / "note").write_text("mine")
    result = CliRunner().invoke(main, ["new", str(tmp_path / "note" / "dossier")])
    assert 3 == result.exit_code
    assert result.output.startswith("error: Not a directory")
