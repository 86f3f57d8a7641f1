"""A dossier that was handed over: unpacked from its archive, it opens from the disk."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from site_builder.build import Options, build
from site_builder.new import start_dossier
from tests.browser.visits import visit

pytestmark = pytest.mark.browser


def test_an_unpacked_archive_opens_from_the_disk(tab: Page, tmp_path: Path) -> None:
    """Styles, fonts and links of an unpacked archive work from `file://`, without a complaint."""
    start_dossier(tmp_path / "dossier")
    archive = tmp_path / "for-a-colleague.zip"
    build(Options(project=tmp_path / "dossier", output=tmp_path / "public", archive=archive))
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "unpacked")
    (top,) = (tmp_path / "unpacked").iterdir()
    seen = visit(tab, f"{top.as_uri()}/", "index.html")
    assert () == seen.complaints
    assert 1 <= seen.sheets
    assert {"file"} == {url.partition(":")[0] for url in seen.requests}
    tab.goto(f"{top.as_uri()}/regions/index.html")
    tab.locator("main a[href$='saltreed.html']").first.click()
    expect(tab.locator("h1")).to_have_text("Saltreed")
