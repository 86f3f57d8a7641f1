"""Tables to CSV (RFC 4180) and JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring

from site_builder.plan import SitePlan
from site_builder.plan.addresses import table
from site_builder.plan.tables import Row, Table, is_number

# A spreadsheet reads what begins with one of these signs, or their full-width forms, as a formula: at the
# start of a cell, whatever cannot be seen before it, and by some settings after a line, tab or semicolon.
_UNSEEN = r"\s\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff"
_FORMULA = re.compile(rf"(\A|[\n\r\t;])(?=[{_UNSEEN}]*[=+\-@\t\r＝＋－＠])")
_ANEW = re.compile("[\n\r\t;]")
# An address holds no space, and would no longer lead anywhere.
_ADDRESS = re.compile(r"https?://\S+(?:\s+https?://\S+)*")


def table_files(records: Table, plan: SitePlan) -> Iterator[tuple[str, bytes]]:
    """Yields the addresses and bytes of a table's two files."""
    # Each row is put together once for both.
    rows = list(records.each())
    yield table(records.kind, "csv"), _csv(records, rows)
    yield table(records.kind, "json"), _json(records, rows, plan)


def csv_bytes(records: Table) -> bytes:
    """Returns a table as CSV."""
    return _csv(records, records.each())


def _csv(records: Table, rows: Iterable[Row]) -> bytes:
    names = [name for name, _ in records.columns]
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(names)
    numbers = [is_number(records.kind, name) for name in names]
    for row in rows:
        writer.writerow(
            [
                cell if number or not cell else _guarded(cell)
                for number, cell in zip(numbers, row, strict=True)
            ]
        )
    return target.getvalue().encode()


def _guarded(cell: str) -> str:
    # Nearly every cell begins with a letter or a digit, and nothing in it begins anew: there is no need to
    # look at each of its characters.
    if (cell[0].isalnum() and not _ANEW.search(cell)) or _ADDRESS.fullmatch(cell):
        return cell
    return _FORMULA.sub(r"\1'", cell)


def _json(records: Table, rows: Iterable[Row], plan: SitePlan) -> bytes:
    """A table as JSON, row by row: the library takes very long to indent a large one, and all its memory."""
    head = {
        "dossier": plan.site.title,
        "edition": plan.edition,
        **_release(plan),
        "licence": plan.site.licence,
        "kind": records.kind,
        "columns": [{"name": name, "meaning": meaning} for name, meaning in records.columns],
    }
    begin = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    names = [(f"   {_told(name)}: ", is_number(records.kind, name)) for name, _ in records.columns]
    told = ",\n".join([_row(names, row) for row in rows])
    return f'{begin},\n "rows": [\n{told}\n ]\n}}\n'.encode()


_told = json.JSONEncoder(ensure_ascii=False).encode


def _row(names: list[tuple[str, bool]], row: Row) -> str:
    cells = [
        begin + (_told(_number(cell)) if number else encode_basestring(cell))
        for (begin, number), cell in zip(names, row, strict=True)
        if cell
    ]
    return "  {\n" + ",\n".join(cells) + "\n  }"


def _release(plan: SitePlan) -> dict[str, object]:
    last = plan.site.release
    if last is None:
        return {}
    return {"release": {"number": last.number, "date": last.date.machine, "changed_since": last.is_changed}}


def _number(cell: str) -> int | float:
    return float(cell) if "." in cell else int(cell)
