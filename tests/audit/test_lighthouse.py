"""Lighthouse, with its profile of a phone, gives 100 in every category to a page of each kind."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.audit.conftest import PROJECT, Hosted
from tests.browser.conftest import ARGUMENTS

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# A noisy machine can only make a page slower than it is: the best of a few runs is the page's.
RUNS = 5
# Made for paper, of all that there is: no page for a phone, and as heavy as its dossier.
WHOLE_DOSSIER = "print/index.html"
KINDS = tuple(
    sorted(
        {path.stem for path in (PROJECT / "themes/dossier/templates/pages").glob("*.html")}
        - {"redirect", "not-found", "specimen"}
    )
)


def report(judges: Path, chromium: Path, address: str, file: Path) -> Mapping[str, Any]:
    """One report on one page."""
    flags = " ".join(("--headless=new", *ARGUMENTS))
    command: list[str | Path] = [
        judges / ".bin" / "lighthouse",
        address,
        "--quiet",
        "--output=json",
        f"--output-path={file}",
    ]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "CHROME_PATH": str(chromium)})
    told: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told


def shortfalls(told: Mapping[str, Any]) -> dict[str, list[str]]:
    """What costs a page points, by category that has less than 100."""
    audits = told["audits"]
    return {
        name: [
            f"{one['id']} {audits[one['id']].get('displayValue', '')}".strip()
            for one in category["auditRefs"]
            if one["weight"]
            and (audits[one["id"]]["score"] or 0) < 1
            and audits[one["id"]]["score"] is not None
        ]
        for name, category in told["categories"].items()
        if category["score"] is None or round(category["score"] * 100) < 100
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_has_a_hundred(
    kind: str, request: pytest.FixtureRequest, judges: Path, chromium: Path, tmp_path: Path
) -> None:
    """The heaviest page of the kind has 100 in performance, accessibility, best practices and SEO.

    Of the pages for print it is the heaviest of a region.
    """
    # The first dossier has no list so long that it needs several pages.
    hosted: Hosted = request.getfixturevalue("large" if kind == "list" else "hosted")
    path = next(one for one in hosted.site.kinds[kind] if not one.endswith(WHOLE_DOSSIER))
    found: dict[str, list[str]] = {}
    for _ in range(RUNS):
        found = shortfalls(report(judges, chromium, hosted.root + path, tmp_path / "report.json"))
        if not found:
            break
    assert {} == found, path


def test_a_poor_page_would_lose_points(hosted: Hosted, judges: Path, chromium: Path, tmp_path: Path) -> None:
    """A picture without words, put into a copy of a page, costs it its hundred."""
    poor = hosted.site.root / "poor.html"
    text = (hosted.site.root / "method.html").read_text(encoding="utf-8")
    poor.write_text(text.replace("<main", '<img src="favicon.svg"><main', 1), encoding="utf-8")
    try:
        found = shortfalls(report(judges, chromium, hosted.root + "poor.html", tmp_path / "report.json"))
    finally:
        poor.unlink()
    assert "accessibility" in found
