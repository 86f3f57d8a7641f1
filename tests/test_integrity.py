"""Subresource Integrity: where it is asked for, every script and style sheet has the sum of its bytes."""

import base64
import hashlib
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from site_builder.cli import main
from site_builder.new import start_dossier
from site_builder.render import Artifact, with_integrity

LOADED = "//script[@src] | //link[@rel='stylesheet']"
BASE_URL = "https://example.org/merrow/"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose site was built with sums, and packed as well."""
    project = tmp_path_factory.mktemp("project")
    start_dossier(project)
    asked = ["build", "-C", str(project), "--base-url", BASE_URL, "--integrity", "--zip"]
    assert 0 == CliRunner().invoke(main, asked).exit_code
    return project


def sum_of(content: bytes) -> str:
    """The sum of the bytes, as the attribute has it."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def test_every_sum_is_that_of_the_bytes(project: Path) -> None:
    """Each script and style sheet of each page, the one for missing addresses too, is named with its sum."""
    public = project / "public"
    count = 0
    for path in public.rglob("*.html"):
        for tag in html.document_fromstring(path.read_bytes()).xpath(LOADED):
            address = tag.get("src") or tag.get("href")
            file = public / "assets" / address.rpartition("/")[2]
            assert sum_of(file.read_bytes()) == tag.get("integrity"), (path.name, address)
            count += 1
    assert count > len(list(public.rglob("*.html")))


def test_an_archive_opens_from_a_disk(project: Path) -> None:
    """The archive of the same build has no sums, which a disk does not allow; else it is the site."""
    public = project / "public"
    with zipfile.ZipFile(project / "public.zip") as archive:
        for name in archive.namelist():
            packed, served = archive.read(name), public / name.partition("/")[2]
            assert b"integrity=" not in packed
            # The list of files has the sums of the pages, and these differ.
            assert name.endswith((".html", "manifest.json")) or packed == served.read_bytes()


def test_without_the_option_there_are_no_sums(tmp_path: Path) -> None:
    """A site that may be opened from a disk has none, with a base URL or without one."""
    start_dossier(tmp_path)
    assert 0 == CliRunner().invoke(main, ["build", "-C", str(tmp_path), "--base-url", BASE_URL]).exit_code
    assert not [path for path in (tmp_path / "public").rglob("*.html") if b"integrity=" in path.read_bytes()]


def test_sums_come_and_go_with_the_option(tmp_path: Path) -> None:
    """What an earlier build left, in the output or in the cache, has no say in whether there are sums."""
    start_dossier(tmp_path)
    page = tmp_path / "public" / "index.html"
    for options, expected in (
        (["--integrity"], True),
        ([], False),
        (["--integrity", "--zip"], True),
        ([], False),
    ):
        assert 0 == CliRunner().invoke(main, ["build", "-C", str(tmp_path), *options]).exit_code
        assert expected == (b"integrity=" in page.read_bytes())
    with zipfile.ZipFile(tmp_path / "public.zip") as archive:
        assert not [name for name in archive.namelist() if b"integrity=" in archive.read(name)]


@pytest.mark.parametrize(
    "tag",
    [
        '<script defer src="../assets/a-1.js"></script>',
        "<script src='assets/a-1.js' defer></script>",
        '<script data-x="a>b" src="/x/assets/a-1.js"></script>',
    ],
)
def test_a_theme_may_write_its_tags_in_its_own_way(tag: str) -> None:
    """Quotation marks, order and what leads to the folder make no difference."""
    content = b"let a = 1;\n"
    page, _ = with_integrity([Artifact("p/x.html", tag.encode()), Artifact("assets/a-1.js", content)])
    assert f' integrity="{sum_of(content)}"></script>' in page.content.decode()


@pytest.mark.parametrize(
    "page",
    [
        '<script src="assets/b.js"></script>',
        '<link rel="icon" href="assets/x.svg">',
        '&lt;script src="assets/a-1.js">',
    ],
)
def test_nothing_else_is_touched(page: str) -> None:
    """What is no file of the site, no script or style sheet, or no tag stays as it is."""
    files = [Artifact("x.html", page.encode()), Artifact("assets/a-1.js", b""), Artifact("assets/x.svg", b"")]
    assert tuple(files) == with_integrity(files)
