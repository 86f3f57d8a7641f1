"""Every component of the theme, drawn from its own examples."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html
from pydantic import TypeAdapter

from site_builder.plan import contexts
from site_builder.read.theme import read_theme
from site_builder.render.environment import environment

ROOT = Path(__file__).resolve().parent.parent
COMPONENTS = ROOT / "themes" / "dossier" / "components"


def examples() -> list[tuple[str, dict[str, Any]]]:
    """Every example of every component, with the component's name."""
    return [
        (path.parent.name, example)
        for path in sorted(COMPONENTS.glob("*/examples.yaml"))
        for example in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def view(value: object) -> object:
    """The value with each mapping whose one key names a view of the contexts made that view."""
    if isinstance(value, list):
        return tuple(view(item) for item in value)
    if not isinstance(value, dict):
        return value
    made = {key: view(item) for key, item in value.items()}
    name = str(next(iter(made), ""))
    if len(made) == 1 and hasattr(contexts, name):
        return TypeAdapter(getattr(contexts, name)).validate_python(made[name])
    return made


@pytest.mark.parametrize(
    "component,example", [pytest.param(*one, id=f"{one[0]}: {one[1]['name']}") for one in examples()]
)
def test_an_example_is_drawn(component: str, example: dict[str, Any]) -> None:
    """Each example says why it is there, fits the views, and is drawn: as nothing only where it says so."""
    assert example["why"]
    templates = environment(read_theme(ROOT, "dossier"), "../", "en")
    module: Any = templates.get_template(f"components/{component}/template.html").module
    drawn = getattr(module, example["macro"])(
        **{key: view(item) for key, item in example["arguments"].items()}
    )
    text = html.fragment_fromstring(str(drawn), create_parent="div").text_content().strip()
    assert bool(text) != (example.get("draws") == "nothing")


def test_every_component_has_examples() -> None:
    """A component without an example would be drawn by nothing but chance."""
    assert {path.name for path in COMPONENTS.iterdir()} == {name for name, _ in examples()}
