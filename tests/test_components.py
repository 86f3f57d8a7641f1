"""Every component of the theme, drawn from its own examples."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from site_builder.cli import main
from site_builder.read.theme import read_theme
from site_builder.specimen import Example, drawn, examples

ROOT = Path(__file__).resolve().parent.parent
COMPONENTS = ROOT / "themes" / "dossier" / "components"
THEME = read_theme(ROOT, "dossier")
EXAMPLES = tuple(examples(ROOT, "dossier"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.component}: {one.name}")
def test_an_example_is_drawn(example: Example) -> None:
    """Each example says why it is there, fits the views, and is drawn: as nothing only where it says so."""
    assert example.why
    found = html.fragment_fromstring(str(drawn(example, THEME)), create_parent="div")
    assert bool(found.text_content().strip()) != example.draws_nothing


def test_every_component_has_examples() -> None:
    """A component without an example would be drawn by nothing but chance."""
    assert {path.name for path in COMPONENTS.iterdir()} == {one.component for one in EXAMPLES}


def specimen(project: Path, theme: str) -> tuple[int, str]:
    """The command's exit code and all that it says; drawn into the project's `public-specimen`."""
    result = CliRunner().invoke(main, ["specimen", "-C", str(project), "--theme", theme])
    return result.exit_code, result.output


def test_the_specimen_shows_every_example(tmp_path: Path) -> None:
    """The page has every component and every example with its reason, and leads to a page of each kind."""
    code, told = specimen(tmp_path, "dossier")
    assert 0 == code
    assert f"in {len(EXAMPLES)} examples" in told
    public = tmp_path / "public-specimen"
    page = html.document_fromstring((public / "specimen.html").read_text(encoding="utf-8"))
    expected = [(one.name, one.macro, " ".join(one.why.split())) for one in EXAMPLES]
    heads = page.find_class("specimen__head")
    assert expected == [tuple(" ".join(part.text_content().split()) for part in head) for head in heads]
    kinds = page.xpath("//h2[@id='Kinds']/..//li/a/@href")
    assert len(kinds) > 20
    assert [] == [href for href in kinds if not (public / href).is_file()]


def test_a_theme_is_drawn_with_its_own_components(tmp_path: Path) -> None:
    """The examples of the theme extended are drawn with the components of the one that extends it."""
    shutil.copytree(ROOT / "tests" / "themes", tmp_path / "themes")
    assert 0 == specimen(tmp_path, "terse")[0]
    text = (tmp_path / "public-specimen/specimen.html").read_text(encoding="utf-8")
    assert "<i>‹</i>" in text
    assert "<i>→</i>" not in text


def test_what_a_theme_cannot_draw_is_told(tmp_path: Path) -> None:
    """A component that fails on an example is told with its place, and nothing is written."""
    shutil.copytree(ROOT / "tests" / "themes", tmp_path / "themes")
    component = tmp_path / "themes/slate/components/edition"
    component.mkdir(parents=True)
    text = "{% macro edition(date, release) %}\n{{ date.day }}\n{% endmacro %}\n"
    (component / "template.html").write_text(text, encoding="utf-8")
    code, told = specimen(tmp_path, "slate")
    assert 1 == code
    assert "themes/slate/components/edition/template.html:2:1: error[bad-template]" in told
    assert not (tmp_path / "public-specimen").exists()
