"""A project's own theme: what it extends, what it may change, and how its mistakes are told."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import html

from site_builder.build import Built, Options, build
from site_builder.colours import contrast, given, mixed, told_contrasts
from site_builder.issues import Placed
from site_builder.plan.assets import assets
from site_builder.read.theme import ThemeError, read_theme, theme_files
from site_builder.report import as_text

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
THEMES = TESTS / "themes"

Lay = Callable[[Mapping[str, str | bytes | None]], Path]


@pytest.fixture
def project(lay: Lay) -> Path:
    """The sound dossier, with the themes of the tests beside it."""
    made = lay({})
    shutil.copytree(THEMES, made / "themes")
    return made


def built_with(theme: str, project: Path) -> Built:
    """The dossier, built with one of its themes into a folder of the theme's name."""
    site = project / "content/site.yaml"
    text = re.sub(r"^theme:.*\n", "", site.read_text(encoding="utf-8"), flags=re.MULTILINE)
    site.write_text(f"{text}theme: {theme}\n", encoding="utf-8")
    return build(Options(project=project, output=project / theme))


def words(folder: Path) -> dict[str, str]:
    """The words of every page, by path."""
    return {
        path.relative_to(folder).as_posix(): " ".join(html.parse(path).getroot().text_content().split())
        for path in sorted(folder.rglob("*.html"))
    }


def test_a_theme_of_colours_and_fonts_says_the_same(project: Path) -> None:
    """Three colours and two fonts make another theme, and no page says anything else for it."""
    for theme in ("dossier", "slate"):
        assert [] == list(built_with(theme, project).checked.issues)
    assert words(project / "dossier") == words(project / "slate")
    (styles,) = (project / "slate" / "assets").glob("site-*.css")
    assert "--light-accent:#9a3412" in styles.read_text(encoding="utf-8")
    assert [] == list((project / "slate").rglob("*.woff2"))


def test_a_theme_of_one_component_changes_that_alone(project: Path) -> None:
    """A theme that extends another by one component's template differs in that component alone."""
    for theme in ("dossier", "terse"):
        assert [] == list(built_with(theme, project).checked.issues)
    before, after = words(project / "dossier"), words(project / "terse")
    assert before != after
    assert before == {path: text.replace("‹", "→") for path, text in after.items()}


def test_the_nearest_theme_s_file_counts(project: Path) -> None:
    """Of a chain of themes, each file is that of the first theme that has it."""
    found = theme_files(project, "terse")
    expected = {
        "components/chain/template.html": "themes/terse/components/chain/template.html",
        "styles/given.css": "themes/slate/styles/given.css",
        "templates/base.html": "",
    }
    assert expected == {path: found[path].shown for path in expected}


def test_only_fonts_in_use_are_published(project: Path) -> None:
    """A font of the theme extended is published only where a style still asks for it."""
    assert [] == [name for name in read_theme(project, "slate").files if name.endswith(".woff2")]
    assert "favicon.svg" in read_theme(project, "slate").files
    assert assets(read_theme(project, "slate")).icon


def test_a_template_that_fails_on_a_page_is_told(project: Path) -> None:
    """What no reading finds is told by the build, with file, line and page; what was published stays."""
    assert built_with("terse", project).written is not None
    template = project / "themes/terse/templates/pages/actors.html"
    template.parent.mkdir(parents=True)
    template.write_text(
        '{% extends "base.html" %}\n{% block content %}\n  {{ page.actor.name }}\n{% endblock %}\n'
    )
    before = (project / "terse" / "actors/index.html").read_bytes()
    broken = built_with("terse", project)
    assert broken.written is None
    told = as_text(broken.checked.issues, broken.checked.texts)
    assert "themes/terse/templates/pages/actors.html:3:3: error[bad-template]: " in told
    assert "there is no 'actor' in the view ActorsPage (on the page actors/index.html)" in told
    assert "3 |   {{ page.actor.name }}" in told
    assert before == (project / "terse" / "actors/index.html").read_bytes()


def test_a_theme_without_a_page_s_template_is_told(project: Path) -> None:
    """A theme that extends none and lacks a kind of page is told which one, and which page needs it."""
    folder = project / "themes/alone/templates"
    folder.mkdir(parents=True)
    (folder / "base.html").write_text("<main></main>", encoding="utf-8")
    (issue,) = built_with("alone", project).checked.issues
    assert ("bad-template", "the theme has no template 'pages/home.html'") == (issue.code, issue.problem)


def test_a_theme_s_name_is_never_a_path(project: Path) -> None:
    """A theme is looked for by its name, and in no other folder."""
    (project / "themes/slate/theme.yaml").write_text("extends: ../../themes/terse\n", encoding="utf-8")
    (issue,) = built_with("slate", project).checked.issues
    assert "unknown-theme" == issue.code


def test_an_unknown_theme_is_told_where_it_is_named(tmp_path: Path) -> None:
    """A theme that is not there is told at the word that names it."""
    (project := tmp_path / "p").mkdir()
    with pytest.raises(ThemeError, match="no theme 'none'") as raised:
        read_theme(project, Placed("none"))
    assert "unknown-theme" == raised.value.issue.code


@pytest.mark.parametrize(
    "expected, one, other",
    [(21.0, "#000", "#ffffff"), (1.0, "#abc", "#aabbcc"), (4.48, "#777777", "#fff"), (8.59, "#00f", "#fff")],
)
def test_contrast_is_that_of_wcag(expected: float, one: str, other: str) -> None:
    """Contrasts are those of the definition in WCAG 2.2, in whichever order the two colours are given."""
    assert expected == pytest.approx(contrast(one, other), abs=0.01)
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize(
    "expected, one, other, share",
    [("#636363", "#000", "#fff", 0.5), ("#8c53a2", "#f00", "#00f", 0.5), ("#123456", "#123456", "#fff", 1.0)],
)
def test_mixing_is_that_of_the_browser(expected: str, one: str, other: str, share: float) -> None:
    """A mixture in Oklab has the bytes that Chromium shows for the same `color-mix()`."""
    assert expected == mixed(one, other, share)


def test_the_first_theme_s_colours_are_read_well() -> None:
    """Ink, accent and the quieter text of the theme that comes with the tool have contrast enough."""
    css = (ROOT / "themes/dossier/styles/given.css").read_text(encoding="utf-8")
    assert 6 == len(given(css))
    assert [] == list(told_contrasts(css))


COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab|lch|hwb)\(|:\s*(?:black|white|red|gr[ae]y)\b"
)


def test_colours_stand_in_one_file() -> None:
    """No style but `given.css` names a colour, save the paper's black and white and one shade of shadow."""
    found = [
        f"{path}: {hit[0]}"
        for path, file in theme_files(ROOT, "dossier").items()
        if path.endswith(".css") and path not in {"styles/given.css", "styles/print.css", "styles/tokens.css"}
        for hit in COLOUR.finditer(file.path.read_text(encoding="utf-8"))
    ]
    assert [] == found


def test_fonts_are_named_in_one_file() -> None:
    """No style but `fonts.css` and `given.css` names a family of fonts: the others say `var(--serif)`."""
    found = [
        f"{path}: {hit[0]}"
        for path, file in theme_files(ROOT, "dossier").items()
        if path.endswith(".css") and path not in {"styles/given.css", "styles/fonts.css"}
        for hit in re.finditer(
            r"font-family\s*:\s*(?!var\(|inherit)[^;}]+|\bfont\s*:[^;}]*\b(?:serif|sans-serif|monospace)\s*[;}]",
            file.path.read_text(encoding="utf-8"),
        )
        if "var(" not in hit[0]
    ]
    assert [] == found
