"""Draws one macro of a component by itself, for looking at a theme and for its tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from site_builder.issues import Issue, Place
from site_builder.read.theme import Theme
from site_builder.render.environment import environment
from site_builder.render.templates import TemplateFaultError, template_fault


def draw(theme: Theme, component: str, macro: str, arguments: Mapping[str, object]) -> str:
    """Returns the HTML of a component's macro, seen from the site's root; it is safe to be shown as it is.

    Raises `TemplateFaultError` where the component has no such macro, or fails.
    """
    name = f"components/{component}/template.html"
    try:
        return _called(theme, name, macro, arguments)
    except TemplateFaultError:
        raise
    except Exception as error:
        fault = template_fault(error, theme, f"in an example of the component {component}")
        if fault is None:
            raise
        raise TemplateFaultError(fault) from error


def _called(theme: Theme, name: str, macro: str, arguments: Mapping[str, object]) -> str:
    env = environment(theme, "", "en")
    module: Any = env.get_template(name).module
    if not hasattr(module, macro):
        raise TemplateFaultError(_missing(theme, name, macro))
    try:
        html: str = getattr(module, macro)(**arguments)
    except Exception:  # noqa: BLE001  # raised again, with the lines of the template
        env.handle_exception()
    return html


def _missing(theme: Theme, name: str, macro: str) -> Issue:
    problem = f"there is no macro '{macro}', of which there is an example"
    repair = "write it, or take the example away"
    return Issue(
        place=Place(theme.paths.get(name, name)), code="bad-template", problem=problem, repair=repair
    )
