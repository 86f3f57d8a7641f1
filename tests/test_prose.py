"""What an author writes as prose, as it stands in a page."""

from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import html

from site_builder.build import Options, build

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
TABLE = """---
title: About
---

| Left | Middle | Right | Plain |
|:-----|:------:|------:|-------|
| a    |   b    |     c | d     |
"""


def test_columns_keep_their_side_without_a_style_in_the_page(lay: Lay) -> None:
    """A column set to the middle or to the end has a class for it: a page's policy forbids styles in it."""
    project = lay({"pages/about.md": TABLE})
    built = build(Options(project=project, output=project / "public"))
    assert built.written, list(built.checked.issues)
    page = html.document_fromstring((project / "public/about.html").read_text(encoding="utf-8"))
    cells = page.xpath("//main//table//*[self::th or self::td]")
    assert [None, "to-centre", "to-end", None] * 2 == [cell.get("class") for cell in cells]
    assert [] == page.xpath("//*[@style]")
