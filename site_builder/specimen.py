"""A theme to look at: every component in every state that its examples name, with colours, type and pages.

The examples are the theme's own, those of the theme that it extends among them, drawn with its components.
Around them stands the small dossier that `site-builder new` starts with, so that each kind of page can be
looked at as well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from site_builder import nodes
from site_builder.build import Options, check
from site_builder.colours import contrast, given
from site_builder.issues import Issue, IssueLog, Place
from site_builder.markup import Markup
from site_builder.plan import SitePlan, contexts, plan
from site_builder.plan.contexts import Link, Specimen, SpecimenPage, Swatch
from site_builder.read.theme import Theme, read_theme, theme_files
from site_builder.render import (
    Artifact,
    TemplateFaultError,
    draw,
    page_html,
    render,
    template_issues,
    with_manifest,
)
from site_builder.write import Written, check_output, write

PAGE = "specimen.html"
_STARTER = Path(__file__).resolve().parent / "starter"
_EXAMPLES = "examples.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A component in one state, as its `examples.yaml` says; `file` is where that lies in the theme."""

    component: str
    file: str
    name: str
    why: str
    macro: str
    arguments: Mapping[str, Any]
    draws_nothing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What came of it: the issues of the theme, and what was written where there was no error."""

    issues: IssueLog
    written: Written | None
    examples: int


def examples(project: Path, theme: str) -> Iterator[Example]:
    """Yields every example of a theme's components, by component. Raises `ThemeError`."""
    for inside, file in theme_files(project, theme).items():
        part, _, rest = inside.partition("/")
        if part == "components" and rest.count("/") == 1 and rest.endswith(f"/{_EXAMPLES}"):
            for one in nodes.plain_values(file.path.read_text(encoding="utf-8")):
                yield Example(
                    component=rest.partition("/")[0],
                    file=file.shown or inside,
                    name=one["name"],
                    why=one["why"],
                    macro=one["macro"],
                    arguments=one.get("arguments") or {},
                    draws_nothing=one.get("draws") == "nothing",
                )


def drawn(example: Example, theme: Theme) -> str:
    """Returns the HTML of an example. Raises `ValidationError` where its arguments fit no view."""
    arguments = {name: _view(value) for name, value in example.arguments.items()}
    return draw(theme, example.component, example.macro, arguments)


def _view(value: object) -> object:
    """The value, with each mapping whose one key names a view of the contexts made that view."""
    if isinstance(value, list):
        return tuple(_view(item) for item in value)
    if not isinstance(value, dict):
        return value
    made = {key: _view(item) for key, item in value.items()}
    name = str(next(iter(made), ""))
    if len(made) == 1 and name in contexts.__all__:
        return TypeAdapter(_views()[name]).validate_python(made[name])
    return made


@cache
def _views() -> Mapping[str, type]:
    """Every view by its name. Those in a field are looked for in the module of the view, and put there."""
    views: Mapping[str, Any] = {name: getattr(contexts, name) for name in contexts.__all__}
    for view in views.values():
        vars(sys.modules[view.__module__]).update(views, Markup=Markup)
    return views


def show_theme(project: Path, name: str, output: Path) -> Shown:
    """Draws a theme into a folder. Raises `ThemeError` and `OutputError`."""
    check_output(output, project)
    theme = read_theme(project, name)
    issues = IssueLog()
    issues.extend((*theme.issues, *template_issues(theme)))
    listed = tuple(examples(project, name))
    specimens = {} if issues.has_errors() else _specimens(listed, theme, issues)
    index = check(Options(project=_STARTER, output=output)).index
    if issues.has_errors() or index is None:
        return Shown(issues=issues, written=None, examples=len(listed))
    planned = plan(index, theme, "", IssueLog())
    page = _page(theme, planned, specimens)
    try:
        files = (
            *render(planned, theme, 1, lambda _: None),
            Artifact(PAGE, page_html(page, planned.site, theme)),
        )
    except TemplateFaultError as fault:
        issues.extend([fault.issue])
        return Shown(issues=issues, written=None, examples=len(listed))
    return Shown(
        issues=issues,
        written=write(with_manifest(files, planned), output, project, f"the theme {theme}"),
        examples=len(listed),
    )


def _specimens(
    listed: tuple[Example, ...], theme: Theme, issues: IssueLog
) -> Mapping[str, tuple[Specimen, ...]]:
    found: dict[str, tuple[Specimen, ...]] = {}
    for one in listed:
        try:
            html = drawn(one, theme)
        except (TemplateFaultError, ValidationError, KeyError) as error:
            issues.extend([_failed(one, error)])
            continue
        shown = Specimen(name=one.name, why=one.why, macro=one.macro, html=html, within=_within(html))
        found[one.component] = (*found.get(one.component, ()), shown)
    return found


def _failed(example: Example, error: Exception) -> Issue:
    if isinstance(error, TemplateFaultError):
        return error.issue
    problem = f"the example '{example.name}' cannot be drawn: {' '.join(str(error).split())}"
    repair = "its arguments must fit the macro, and its views those of site_builder/plan/contexts"
    return Issue(place=Place(example.file), code="bad-template", problem=problem, repair=repair)


def _within(html: str) -> str:
    start = html.lstrip()
    return "ul" if start.startswith("<li") else "dl" if start.startswith("<dt") else ""


def _page(theme: Theme, planned: SitePlan, specimens: Mapping[str, tuple[Specimen, ...]]) -> SpecimenPage:
    kinds: dict[str, Link] = {}
    for page in planned.languages[0].all_planned():
        kinds.setdefault(page.kind, Link(text=page.kind, address=page.path))
    return SpecimenPage(
        kind="specimen",
        path=PAGE,
        section="",
        title=f"The theme {theme.name}",
        description="",
        sheets=("specimen", "paper", "chart", "coverage", "finding", "map", "method", "strip"),
        theme=theme.name,
        swatches=tuple(_swatches(theme)),
        kinds=tuple(kinds[name] for name in sorted(kinds)),
        components=tuple(sorted(specimens.items())),
    )


def _swatches(theme: Theme) -> Iterator[Swatch]:
    colours = {key: one.hex for key, one in given(theme.styles).items()}
    for name in ("ink", "accent", "paper"):
        light, dark = colours.get(("light", name), ""), colours.get(("dark", name), "")
        yield Swatch(
            name=name,
            light=light,
            dark=dark,
            light_contrast=_contrast(light, colours.get(("light", "paper"), "")),
            dark_contrast=_contrast(dark, colours.get(("dark", "paper"), "")),
        )


def _contrast(colour: str, paper: str) -> str:
    return f"{contrast(colour, paper):.1f}" if colour and paper and colour != paper else ""
