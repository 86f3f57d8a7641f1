import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.plan import SitePlan
from site_builder.plan.tables import Table
from site_builder.read.theme import Theme
from site_builder.render.tables import table_files

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Planned = Callable[[Path], tuple[SitePlan, Theme]]

KINDS = ("sources", "regions", "actors", "measures", "events", "reports", "figures", "quotes",
         "disagreements", "corrections")  # fmt: skip

# What a spreadsheet would run, and what a table could trip over.
DANGEROUS = ('=HYPERLINK("http://x")', "+1+1", "-1+1", "@SUM(A1)", "=1", "-", "+", "\u00a0=1")
HARMLESS = ('a "quoted" word', "one, two", "semi;colon", "Мост — «Ост»", "水門", "a=b", "1-2", "🌉")


def quotes(*exact: str) -> str:
    """A source that prints some quotations."""
    items = "".join(
        f"  - id: said-{number}\n    speaker: county-surveyor\n"
        f"    exact: {json.dumps(words, ensure_ascii=False)}\n    lang: en\n"
        for number, words in enumerate(exact)
    )
    return f"type: webpage\ntitle: Notice\nissued: 2021-03-11\nlanguage: en\nquotes:\n{items}"


def files_of(plan: SitePlan, kind: str) -> tuple[Table, list[list[str]], dict[str, object]]:
    """A planned table, its CSV as read, and its JSON as read."""
    table = next(table for table in plan.tables if table.kind == kind)
    files = dict(table_files(table, plan))
    rows = list(csv.reader(io.StringIO(files[f"data/{kind}.csv"].decode(), newline="")))
    document = json.loads(files[f"data/{kind}.json"])
    assert isinstance(document, dict)
    return table, rows, document


def column(rows: list[list[str]], name: str) -> list[str]:
    """The cells of a column, without its name."""
    return [row[rows[0].index(name)] for row in rows[1:]]


def test_every_kind_of_record_has_a_table(lay: Lay, planned_of: Planned) -> None:
    """Each kind that the dossier holds can be downloaded, in a fixed order."""
    assert KINDS == tuple(table.kind for table in planned_of(lay({}))[0].tables)


def test_a_kind_without_records_has_no_table(lay: Lay, planned_of: Planned) -> None:
    """There is no empty table, and no link to one."""
    kinds = [table.kind for table in planned_of(lay({"corrections.yaml": None}))[0].tables]
    assert "corrections" not in kinds


@pytest.mark.parametrize("kind", KINDS)
def test_csv_reads_back(kind: str, lay: Lay, planned_of: Planned) -> None:
    """A CSV reader gets back every column and every cell as planned."""
    table, rows, _ = files_of(planned_of(lay({}))[0], kind)
    assert [name for name, _ in table.columns] == rows[0]
    assert [list(row) for row in table.rows] == rows[1:]


@pytest.mark.parametrize("kind", KINDS)
def test_json_holds_the_same_rows(kind: str, lay: Lay, planned_of: Planned) -> None:
    """The JSON has the rows of the CSV by column, without the empty cells, and says under which terms."""
    table, rows, document = files_of(planned_of(lay({}))[0], kind)
    told = [{name: cell for name, cell in zip(rows[0], row, strict=True) if cell} for row in rows[1:]]
    listed = document["rows"]
    assert isinstance(listed, list)
    assert told == [{name: str(cell) for name, cell in row.items()} for row in listed]
    assert ("Bridges of the Ost", "2021-06-01", "CC BY 4.0") == (
        document["dossier"], document["edition"], document["licence"]
    )  # fmt: skip
    assert [{"name": name, "meaning": meaning} for name, meaning in table.columns] == document["columns"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_names_sources_and_a_date(kind: str, lay: Lay, planned_of: Planned) -> None:
    """Every row has its address and an as-of date, and names its sources where it rests on any."""
    _, rows, _ = files_of(planned_of(lay({}))[0], kind)
    assert all(column(rows, "address"))
    assert all(column(rows, "as_of"))
    if kind in {"sources", "events", "reports", "figures", "quotes", "disagreements"}:
        assert all(column(rows, "sources"))


@pytest.mark.parametrize("kind", KINDS)
def test_columns_have_names_of_their_own_and_meanings(kind: str, lay: Lay, planned_of: Planned) -> None:
    """No column is named twice, and each says what it holds."""
    table, rows, _ = files_of(planned_of(lay({}))[0], kind)
    assert len(rows[0]) == len(set(rows[0]))
    assert all(meaning.endswith(".") for _, meaning in table.columns)


@pytest.mark.parametrize("words", DANGEROUS)
def test_a_cell_is_never_a_formula(words: str, lay: Lay, planned_of: Planned) -> None:
    """What a spreadsheet would calculate begins with an apostrophe in the CSV, and is itself in the JSON."""
    _, rows, document = files_of(planned_of(lay({"sources/ferry-notice.yaml": quotes(words)}))[0], "quotes")
    assert "'" + words.strip() in column(rows, "exact")
    assert words.strip() in {row["exact"] for row in document["rows"]}  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", HARMLESS)
def test_other_texts_stay_letter_for_letter(words: str, lay: Lay, planned_of: Planned) -> None:
    """Quotation marks, commas, other alphabets and signs within a text are read back as they are."""
    _, rows, _ = files_of(planned_of(lay({"sources/ferry-notice.yaml": quotes(words)}))[0], "quotes")
    assert words in column(rows, "exact")


def test_a_text_of_several_lines_is_one_cell(lay: Lay, planned_of: Planned) -> None:
    """Line breaks stay within their cell."""
    _, rows, _ = files_of(planned_of(lay({"sources/ferry-notice.yaml": quotes("one\ntwo")}))[0], "quotes")
    assert "one\ntwo" in column(rows, "exact")


def test_negative_numbers_stay_numbers(lay: Lay, planned_of: Planned) -> None:
    """A number below nought is no formula: it has no apostrophe, and is a number in the JSON."""
    survey = (
        "type: report\ntitle: Survey\nissued: 2021-02\nlanguage: en\nfigures:\n"
        "  - {id: ten-bridges, measure: bridges-standing, value: -10.50, regions: [ost],"
        " as_of: 2021, basis: count}\n"
    )
    _, rows, document = files_of(planned_of(lay({"sources/county-survey.yaml": survey}))[0], "figures")
    assert "-10.50" in column(rows, "value")
    assert -10.5 in [row.get("value") for row in document["rows"]]  # type: ignore[attr-defined]


def test_lines_end_as_the_standard_says(lay: Lay, planned_of: Planned) -> None:
    """CSV is UTF-8 without a mark and ends its lines with CR LF (RFC 4180)."""
    plan, _ = planned_of(lay({}))
    content = dict(table_files(plan.tables[0], plan))["data/sources.csv"]
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert content.startswith(b"id,")
