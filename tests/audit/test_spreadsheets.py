"""Tables of hostile texts in LibreOffice, told to calculate whatever it can; left out where there is none."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from site_builder.render.tables import csv_bytes
from tests.hostile.cells import FORMULAS
from tests.test_hostile_tables import cells

ROWS = tuple((formula, f"x{formula}") for formula in FORMULAS)
# The signs that divide cells, by their codes: what the file is, and what a reader may take it for.
DIVIDED = {"comma": "44", "semicolon": "59", "tab": "9", "all": "44/59/9"}


@pytest.fixture(scope="module")
def office() -> str:
    """The program."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is not here: on Debian, apt-get install libreoffice-calc")
    return found


def calculated(office: str, folder: Path, content: bytes, divided: str) -> tuple[int, int]:
    """How many rows and how many formulas LibreOffice finds in a table."""
    (folder / "table.csv").write_bytes(content)
    # In UTF-8, with quoted cells as they are, special numbers known, and formulas calculated.
    how = f"CSV:{divided},34,76,1,,0,false,true,false,false,false,0,true"
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "fods", f"--infilter={how}", "--outdir", str(folder / "out")]
    subprocess.run([*command, str(folder / "table.csv")], check=True, capture_output=True, timeout=300)
    found = (folder / "out/table.fods").read_text(encoding="utf-8")
    return found.count("<table:table-row"), found.count("table:formula=")


@pytest.mark.parametrize("divided", DIVIDED.values(), ids=DIVIDED)
def test_no_cell_of_a_table_is_calculated(divided: str, office: str, tmp_path: Path) -> None:
    """However a reader divides the lines, none of the hostile texts is a formula."""
    rows, formulas = calculated(office, tmp_path, csv_bytes(cells(*ROWS)), divided)
    assert rows > len(ROWS)
    assert 0 == formulas


@pytest.mark.parametrize("divided", DIVIDED.values(), ids=DIVIDED)
def test_unguarded_they_are(divided: str, office: str, tmp_path: Path) -> None:
    """The same texts as Python's own writer puts them down are formulas to it, so it would find them."""
    target = io.StringIO()
    csv.writer(target).writerows((("text_0", "text_1"), *ROWS))
    rows, formulas = calculated(office, tmp_path, target.getvalue().encode(), divided)
    assert rows > len(ROWS)
    assert formulas >= 4
