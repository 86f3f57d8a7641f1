"""What stays on this machine of something that was deleted: nothing, after `purge`."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main

SOUND = Path(__file__).resolve().parent / "broken_sites" / "base"

# Words that stand nowhere else: in a record that was published once, and in one that never was.
PUBLISHED, DRAFTED = "zyxwombat", "quaxxelot"
FILES: Mapping[str, str] = {
    f"actors/{PUBLISHED}.yaml": f"type: group\nname: The {PUBLISHED} guild\n",
    f"actors/{DRAFTED}.yaml": f"type: group\nname: The {DRAFTED} guild\nprivate: {DRAFTED}\ndraft: true\n",
}


def run(*args: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(arg) for arg in args])


def holding(folder: Path, word: str) -> list[str]:
    """The files below a folder that have a word in their name or in their bytes."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if word in path.name or (path.is_file() and word.encode() in path.read_bytes())
    ]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def built(project: Path, site: Path) -> None:
    """Build a dossier with a record and a draft, and again after both were deleted."""
    shutil.copytree(SOUND, project)
    for path, text in FILES.items():
        (project / "content" / path).write_text(text, encoding="utf-8")
    assert 0 == run("build", "-C", project, "-o", site).exit_code
    for path in FILES:
        (project / "content" / path).unlink()
    assert 0 == run("build", "-C", project, "-o", site).exit_code


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with all that two builds leave."""
    project = tmp_path_factory.mktemp("used") / "project"
    built(project, project / "public")
    return project


@pytest.fixture
def project(used: Path, tmp_path: Path) -> Path:
    """The same, for a test of its own."""
    return Path(shutil.copytree(used, tmp_path / "project"))


def test_nothing_deleted_is_left(project: Path) -> None:
    """Neither the cache nor an older generation nor anything else holds a word of what was deleted."""
    assert [] != holding(project, PUBLISHED)
    told = run("purge", "-C", project)
    assert (0, "") == (told.exit_code, told.stderr)
    assert "removed .site-builder\n" in told.stdout
    assert "removed .public.site-builder/older\n" in told.stdout
    assert "Not reached: backups, the history of git" in told.stdout
    assert [] == holding(project, PUBLISHED) + holding(project, DRAFTED)
    assert {"content", "public"} == {path.name for path in project.iterdir()}


def test_sources_and_site_stay(project: Path) -> None:
    """Purging changes no file of the dossier and none of the site; a second time there is nothing to do."""
    before = contents(project / "content"), contents(project / "public")
    run("purge", "-C", project)
    assert before == (contents(project / "content"), contents(project / "public"))
    assert run("purge", "-C", project).stdout.startswith("There was nothing to remove.\n")
    assert "(nothing had changed)" in run("build", "-C", project).stdout


def test_what_is_not_ours_stays(project: Path) -> None:
    """A stranger's file stays where it is: in the cache, in the site before, beside the site."""
    (project / ".site-builder/mine.txt").write_text("Mine.", encoding="utf-8")
    (project / "public/CNAME").write_text("example.org", encoding="utf-8")
    (project / ".public.site-builder/older/late.txt").write_text("Late.", encoding="utf-8")
    (project / ".public-backup").mkdir()
    (project / ".mine.new").write_text("Mine.", encoding="utf-8")
    told = run("purge", "-C", project)
    assert 0 == told.exit_code
    assert "files that site-builder did not make" in told.stderr
    assert [".site-builder/mine.txt"] == [
        f".site-builder/{path}" for path in contents(project / ".site-builder")
    ]
    assert "Late." == (project / "public/late.txt").read_text(encoding="utf-8")
    assert {"CNAME", "late.txt"} <= {path.name for path in (project / "public").iterdir()}
    assert (project / ".public-backup").is_dir()
    assert (project / ".mine.new").is_file()


def test_a_folder_without_our_mark_is_no_cache(tmp_path: Path) -> None:
    """A folder that only has the cache's name is left alone."""
    project = tmp_path
    (project / ".site-builder").mkdir()
    (project / ".site-builder/new-notes").write_text("Mine.", encoding="utf-8")
    run("purge", "-C", project)
    assert "Mine." == (project / ".site-builder/new-notes").read_text(encoding="utf-8")


def test_what_killed_runs_left_goes(project: Path) -> None:
    """Half-written files beside those they were for are removed."""
    for left in ("content/.ledger.yaml.new", "content/pages/.about.md.new", ".public.zip.new"):
        (project / left).write_text(PUBLISHED, encoding="utf-8")
    assert "removed content/pages/.about.md.new\n" in run("purge", "-C", project).stdout
    assert [] == holding(project, PUBLISHED)


def test_another_output_is_purged_with_it(tmp_path: Path) -> None:
    """With -o, what is kept beside that folder goes as well."""
    project, site = tmp_path / "project", tmp_path / "www" / "site"
    built(project, site)
    assert [] != holding(tmp_path, PUBLISHED)
    assert 0 == run("purge", "-C", project, "-o", site).exit_code
    assert [] == holding(tmp_path, PUBLISHED)
