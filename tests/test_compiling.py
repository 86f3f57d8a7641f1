"""Templates compiled to plainer Python: the pages are those that Jinja makes of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, nodes

from site_builder.build import Options, check
from site_builder.render import site as rendering
from site_builder.render.compiling import Compiler, PlainerEnvironment
from site_builder.render.environment import environment

SITE = Path(__file__).resolve().parent / "sites" / "two-languages"

SETTINGS: dict[str, Any] = {"undefined": StrictUndefined, "extensions": ["jinja2.ext.i18n"]}


class Backwards(NullTranslations):
    """Words of a language in which places stand in another order."""

    def gettext(self, message: str) -> str:
        """Put the last place first."""
        places = re.findall(r"%\(\w+\)s", message)
        return f"{' '.join(reversed(places))}: 100%% {message}" if places else f"<{message}>"

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Say what there is one of, and what there are several of."""
        return f"one: {singular}" if n == 1 else f"several: {plural}"


@dataclass(frozen=True)
class View:
    """What a page shows."""

    text: str = "a < b"
    count: int = 2
    many: tuple[str, ...] = ("x", "y & z")


COMPONENT = """{% macro named(text, mark="!") -%}
<b>{{ text }}{{ mark }}</b>
{%- endmacro %}
{% macro framed(text) -%}
<i>{{ text }}{{ caller() }}</i>
{%- endmacro %}
{% macro shadowing(named) -%}
{{ named }}{% if named is defined %}{{ named.other is defined }}{{ named.other|default("none") }}{% endif %}
{%- endmacro %}
{% macro free() -%}
{{ varargs|join("-") }}
{%- endmacro %}
"""
PAGES = {
    "a macro": "{{ named(page.text) }}{{ named(mark='?', text=page.text) }}",
    "the outcome of a macro in a variable": "{% set one = named(page.text) %}{{ one }}{{ one|length }}",
    "the outcome of a macro as an argument": "{{ named(named('&')) }}",
    "a choice between macros": "{{ named('&') if page.count else named('<') }}",
    "a block for a caller": "{% call framed('&') %}{{ page.text }}{% endcall %}",
    "an argument with the name of a macro": "{{ shadowing('&') }}",
    "any number of arguments": "{{ free('&', 2) }}",
    "a variable with the name of a macro": (
        "{% for named in page.many %}{{ named }}{% endfor %}{{ named('&') }}"
    ),
    "a macro handed on": "{% set other = named %}{{ other('&') }}{{ other('&', mark='<') }}",
    "a message": "{{ _('Words') }}{% set said = _('Words') %}{{ said }}",
    "a message with places": (
        "{% trans a=page.text, b=named('&') %}{{ a }} then {{ b }}, {{ a }}{% endtrans %}"
    ),
    "a message with a percent sign": "{% trans a=page.count %}{{ a }} is 5 % of it{% endtrans %}",
    "a number of things": (
        "{% trans count=page.count %}{{ count }} thing{% pluralize %}{{ count }} things{% endtrans %}"
    ),
    "a number of things with a name": (
        "{% trans count=page.many|length, name=page.text %}{{ name }}: {{ count }} thing"
        "{% pluralize %}{{ name }}: {{ count }} things{% endtrans %}"
    ),
    "addresses": "{{ 'a.html'|url }}{{ page.text|url }}{{ ('b' ~ 'c')|url|upper }}",
    "values that are no texts": "{{ page.count }}{{ 1.5 }}{{ true }}{{ none }}{{ page.many }}",
    "a loop": (
        "{% for one in page.many %}{{ loop.index }}{{ one }}{% if not loop.last %}, {% endif %}{% endfor %}"
    ),
    "a macro within a loop": "{% for one in page.many %}{{ named(one) }}{% endfor %}",
    "a variable of a loop with the name of a macro": (
        "{% for named in page.many %}{% for one in page.many %}{{ named }}{{ one }}{% endfor %}{% endfor %}"
    ),
    "items": "{{ page.many[1] }}{{ {'k': '<'}['k'] }}",
}


def plain(texts: Mapping[str, str]) -> Environment:
    """Jinja as it is."""
    env = Environment(autoescape=True, **SETTINGS, loader=DictLoader(dict(texts)))
    return set_up(env)


def set_up(env: Environment) -> Environment:
    """Give an environment what the templates use."""
    env.install_gettext_translations(Backwards(), newstyle=True)  # type: ignore[attr-defined]
    env.filters["url"] = lambda address: "../" + address
    return env


def plainer(texts: Mapping[str, str]) -> PlainerEnvironment:
    """The same with the compiler's code."""
    env = PlainerEnvironment(autoescape=True, **SETTINGS)
    set_up(env)
    env.begin(Compiler(plain(texts), texts, Backwards()), "../")
    return env


IMPORTS = '{% from "component" import named, framed, shadowing, free %}'


@pytest.mark.parametrize("what", sorted(PAGES))
@pytest.mark.parametrize(
    "place", ["{}", "{{% block content %}}{}{{% endblock %}}", "{{% if true %}}{}{{% endif %}}"]
)
def test_the_output_is_that_of_jinja(what: str, place: str) -> None:
    """Whatever a template does, the compiler's code makes the same text of it."""
    texts = {"component": COMPONENT, "page": IMPORTS + place.format(PAGES[what])}
    expected = plain(texts).get_template("page").render(page=View(), site=View())
    assert expected == plainer(texts).get_template("page").render(page=View(), site=View())


def test_a_macro_is_a_function_within_a_loop_of_a_block() -> None:
    """A macro is called without Jinja's detour, also where Jinja has another variable for it."""
    loop = "{% for one in page.many %}{{ named(one) }}{% endfor %}"
    texts = {"component": COMPONENT, "page": f"{IMPORTS}{{% block content %}}{loop}{{% endblock %}}"}
    code = Compiler(plain(texts), texts, Backwards()).code("page")
    block = next(one for one in code.co_consts if getattr(one, "co_name", "") == "block_content")
    assert ("_func" in block.co_names, "call" in block.co_names) == (True, False)


def test_a_missing_attribute_is_no_text() -> None:
    """An attribute that a view does not have fails, and is not left out."""
    with pytest.raises(AttributeError):
        plainer({"page": "{{ page.titel }}"}).get_template("page").render(page=View())


def test_a_missing_name_is_no_text() -> None:
    """A name that nothing has fails, and is not left out."""
    with pytest.raises(UndefinedError):
        plainer({"page": "{{ titel }}"}).get_template("page").render(page=View())


def test_every_page_is_made_by_the_compilers_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page of the theme that comes with the tool needs Jinja's own code, and each is as that makes it."""
    checked = check(Options(project=SITE, output=SITE / "public"))
    assert checked.plan is not None
    assert checked.theme is not None
    asked: list[object] = []
    theme = checked.theme
    monkeypatch.setattr(rendering, "environment", lambda *of: asked.append(of))
    pages = [(page, one.site) for one in checked.plan.languages for page in one.pages]
    fast = [rendering.page_html(page, site, theme) for page, site in pages]
    assert [] == asked
    monkeypatch.setattr(rendering, "press", environment)
    assert [rendering.page_html(page, site, theme) for page, site in pages] == fast


def test_each_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages at every depth of the tree share the code of a template."""
    made: list[str] = []
    parse = Environment.parse

    def counted(env: Environment, source: str, name: str, filename: str) -> nodes.Template:
        made.append(name)
        return parse(env, source, name, filename)

    monkeypatch.setattr(Environment, "parse", counted)
    compiler = Compiler(plain({}), {"page": PAGES["a message"]}, Backwards())
    for prefix in ("", "../", "../../"):
        env = set_up(PlainerEnvironment(autoescape=True, **SETTINGS))
        assert isinstance(env, PlainerEnvironment)
        env.begin(compiler, prefix)
        env.get_template("page").render(page=View())
    assert ["page"] == made
