"""Mistakes in templates of a project's own theme: each is told by template and line, and on which page."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.build import Options, check
from site_builder.issues import Issue
from site_builder.render import TemplateFaultError
from site_builder.render.site import page_html
from tests.damage.fuzzing import OURS
from tests.damage.templates import MISTAKES

Lay = Callable[[Mapping[str, str | bytes | None]], Path]


def issues_with(files: Mapping[str, str], page: str, lay: Lay) -> list[Issue]:
    """What is told of a theme with these files: when it is read, or else when the page is made."""
    project = lay({})
    for path, text in {"theme.yaml": "extends: dossier\n", **files}.items():
        target = project / "themes/own" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    with (project / "content/site.yaml").open("a", encoding="utf-8") as site:
        site.write("theme: own\n")
    checked = check(Options(project=project, output=project / "public"))
    if checked.issues.has_errors() or not page:
        return list(checked.issues)
    assert checked.plan is not None
    assert checked.theme is not None
    (asked,) = [one for one in checked.plan.languages[0].pages if one.path == page]
    try:
        page_html(asked, checked.plan.languages[0].site, checked.theme)
    except TemplateFaultError as fault:
        return [fault.issue]
    return []


def test_there_are_enough_mistakes() -> None:
    """The table stays as long as it is."""
    assert len(MISTAKES) >= 60


@pytest.mark.parametrize("name", [*MISTAKES])
def test_a_mistake_in_a_template_is_told(name: str, lay: Lay) -> None:
    """One issue names template and line, and the page where only that one fails, in no words of Python's."""
    mistake = MISTAKES[name]
    (issue,) = issues_with(mistake.files, mistake.page, lay)
    path, _, line = mistake.at.partition(":")
    assert (f"themes/own/{path}", int(line)) == (issue.place.path, issue.place.line)
    assert mistake.says in f"{issue.problem} | {issue.repair}"
    assert bool(mistake.page) == (f"(on the page {mistake.page})" in issue.problem)
    assert issue.repair
    assert not OURS.search(f"{issue.problem} {issue.repair}")
    assert issue.code == ("cycle" if "→" in mistake.says else "bad-template")
