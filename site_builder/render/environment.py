"""The one place where templates are set up: always escaped, nothing undefined passes, links made relative."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from gettext import NullTranslations
from typing import Any

from jinja2 import Environment, FunctionLoader, TemplateError, nodes
from markupsafe import Markup as Html

from site_builder.catalogues import tags, words_of
from site_builder.plan.contexts import Prose
from site_builder.read.theme import Theme
from site_builder.render.compiling import Compiler, PlainerEnvironment
from site_builder.render.mishaps import Missing
from site_builder.render.prose import NumberedMacros, prose_html
from site_builder.wording import number_words


@lru_cache(maxsize=16)
def environment(theme: Theme, prefix: str, language: str) -> Environment:
    """Return the templates of a theme for pages from which `prefix` leads to the site's root.

    Filters: `url` makes a root-relative address a link; `prose` renders Markdown with its notes or,
    given their numbers, with numbered sources; `number` writes a count in the page's language.
    """
    env = Environment(autoescape=True, loader=FunctionLoader(_named(theme)), **_SETTINGS)
    return _set_up(env, theme, prefix, language)


@lru_cache(maxsize=16)
def press(theme: Theme, prefix: str, language: str) -> PlainerEnvironment:
    """Return the same templates for making many pages: compiled once for all prefixes, and to faster code."""
    env = PlainerEnvironment(autoescape=True, **_SETTINGS)
    _set_up(env, theme, prefix, language)
    env.begin(_compiler(theme, language), prefix)
    return env


def codes(theme: Theme, language: str) -> bytes:
    """Return the code of all templates for a language; `take_codes` may take it, also in another process."""
    compile_pages(theme, language)
    return _compiler(theme, language).packed()


def take_codes(theme: Theme, language: str, content: bytes) -> None:
    """Take what `codes` returned of a theme that reads the same: then no template need be compiled.

    It is carried out, so that it must come from this very machine: from a process of this run, or kept where
    nobody else can write.
    """
    _compiler(theme, language).take(content)


def compile_pages(theme: Theme, language: str) -> None:
    """Compile the templates now, so that processes forked from this one need not do it each for itself."""
    for name in theme.templates:
        # What is wrong with one is told by the page that it is for.
        with suppress(TemplateError, SyntaxError, RecursionError, MemoryError, ValueError):
            _compiler(theme, language).code(name)


@lru_cache(maxsize=16)
def _compiler(theme: Theme, language: str) -> Compiler:
    return Compiler(environment(theme, "", language), theme.templates, _words(theme, language))


@lru_cache(maxsize=1)
def _grammar() -> Environment:
    env = Environment(autoescape=True, **_SETTINGS)
    env.filters.update(dict.fromkeys(_FILTERS, str))
    return env


@lru_cache(maxsize=256)
def parsed(name: str, text: str) -> nodes.Template:
    """Return the tree of a template, which is not to be changed: a preview asks for the same ones again."""
    return _grammar().parse(text, name, name)


_FILTERS = ("url", "number", "prose")
_SETTINGS: dict[str, Any] = {
    "undefined": Missing,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
    "auto_reload": False,
}


def _set_up(env: Environment, theme: Theme, prefix: str, language: str) -> Environment:
    env.install_gettext_translations(_words(theme, language), newstyle=True)  # type: ignore[attr-defined]
    env.filters["url"] = _relative(prefix)
    env.filters["number"] = lambda count: number_words(count, language)
    env.filters["prose"] = _prose_filter(env)
    return env


def _words(theme: Theme, language: str) -> NullTranslations:
    """The theme's words in a language; English where it has none."""
    return words_of(next((theme.catalogues[tag] for tag in tags(language) if tag in theme.catalogues), ()))


def _named(theme: Theme) -> Callable[[str], tuple[str, str, None] | None]:
    """Each template is compiled under its own name, so that a traceback says which one failed."""

    def load(name: str) -> tuple[str, str, None] | None:
        text = theme.templates.get(name)
        return None if text is None else (text, name, None)

    return load


def _relative(prefix: str) -> Callable[[str], str]:
    def url(address: str) -> str:
        return prefix + address

    return url


def _prose_filter(env: Environment) -> Callable[..., Html]:
    def prose(text: Prose, numbers: Mapping[str, int] | None = None) -> Html:
        if numbers is None:
            return prose_html(text, env.get_template("components/prose/template.html").module)
        macros = env.get_template("components/numbered/template.html").module
        return prose_html(text, NumberedMacros(macros, numbers))

    return prose
