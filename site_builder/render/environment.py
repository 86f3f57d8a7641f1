"""The one place where templates are set up: always escaped, nothing undefined passes, links made relative."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from gettext import NullTranslations
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FunctionLoader, TemplateError, nodes
from markupsafe import Markup as Html

from site_builder.catalogues import compiled, tags, words_in, words_of
from site_builder.render.compiling import Code, Compiler, PlainerEnvironment
from site_builder.render.mishaps import Missing
from site_builder.render.prose import NumberedMacros, prose_html

if TYPE_CHECKING:
    from site_builder.plan.contexts import Prose
    from site_builder.read.theme import Theme


@lru_cache(maxsize=16)
def environment(theme: Theme, prefix: str, language: str) -> Environment:
    """Returns the templates of a theme for pages from which `prefix` leads to the site's root.

    Filters: `url` makes a root-relative address a link; `prose` renders Markdown with its notes or,
    given their numbers, with numbered sources; `number` writes a count in the page's language.
    """
    env = Environment(autoescape=True, loader=FunctionLoader(_named(theme)), **_SETTINGS)
    _set_up(env, _words(theme, language), prefix, language)
    return env


@lru_cache(maxsize=16)
def press(theme: Theme, prefix: str, language: str) -> PlainerEnvironment:
    """Returns the same templates for making many pages: compiled once for all prefixes, to faster code."""
    return _pressing(_compiler(theme, language), prefix, language)


def _pressing(templates: Code, prefix: str, language: str) -> PlainerEnvironment:
    env = PlainerEnvironment(autoescape=True, **_SETTINGS)
    _set_up(env, templates.words, prefix, language)
    env.begin(templates, prefix)
    return env


def codes(theme: Theme, language: str) -> bytes:
    """Returns the code of all templates for a language; `take_codes` may take it, also in another process."""
    compile_pages(theme, language)
    return marshal.dumps((_compiler(theme, language).codes, compiled(_catalogues(theme, language))))


class KeptTemplates:
    """Templates as `codes` returned them, for pages in a language that are made again without the theme."""

    def __init__(self, content: bytes, language: str) -> None:
        codes, catalogues = marshal.loads(content)  # noqa: S302  # the caller knows where it comes from
        self._code = Code(codes, words_in(catalogues))
        self._language = language
        self._presses: dict[str, PlainerEnvironment] = {}

    def press(self, prefix: str) -> PlainerEnvironment:
        """Returns the templates for pages from which `prefix` leads to the site's root."""
        if prefix not in self._presses:
            self._presses[prefix] = _pressing(self._code, prefix, self._language)
        return self._presses[prefix]


def code(theme: Theme, language: str, name: str) -> bytes:
    """Returns the code of one template, in the same form; empty where something is wrong with it."""
    is_sound = compile_template(theme, language, name)
    return marshal.dumps(({name: _compiler(theme, language).code(name)},)) if is_sound else b""


def take_codes(theme: Theme, language: str, content: bytes) -> None:
    """Takes what `codes` returned of a theme that reads the same: then no template need be compiled.

    It is carried out, so that it must come from this very machine: from a process of this run, or kept where
    nobody else can write.
    """
    _compiler(theme, language).codes |= marshal.loads(content)[0]  # noqa: S302  # the caller knows its origin


def share_codes(theme: Theme, before: Theme, languages: Iterable[str]) -> None:
    """Lets a theme have the code of another one whose templates and words read the same."""
    for language in languages:
        _compiler(theme, language).codes |= _compiler(before, language).codes


def compile_pages(theme: Theme, language: str) -> None:
    """Compiles the templates now, so that processes forked from this one need not do it each for itself."""
    for name in theme.templates:
        compile_template(theme, language, name)


def compile_template(theme: Theme, language: str, name: str) -> bool:
    """Compiles one template now, if it was not before; False where something is wrong with it."""
    # What that is is told by the page that it is for.
    with suppress(TemplateError, SyntaxError, RecursionError, MemoryError, ValueError):
        _compiler(theme, language).code(name)
        return True
    return False


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
    """Returns the tree of a template, which is not to be changed: a preview asks for the same ones again."""
    return _grammar().parse(text, name, name)


_FEW = range(1000)
_FILTERS = ("url", "number", "prose")
_SETTINGS: dict[str, Any] = {
    "undefined": Missing,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
    "auto_reload": False,
}


def _set_up(env: Environment, words: NullTranslations, prefix: str, language: str) -> None:
    env.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    env.filters["url"] = _relative(prefix)
    env.filters["number"] = partial(_number, language)
    env.filters["prose"] = _prose_filter(env)


def _words(theme: Theme, language: str) -> NullTranslations:
    """The theme's words in a language; English where it has none."""
    return words_of(_catalogues(theme, language))


def _catalogues(theme: Theme, language: str) -> tuple[str, ...]:
    return next((theme.catalogues[tag] for tag in tags(language) if tag in theme.catalogues), ())


def _named(theme: Theme) -> Callable[[str], tuple[str, str, None] | None]:
    """Each template is compiled under its own name, so that a traceback says which one failed."""

    def load(name: str) -> tuple[str, str, None] | None:
        text = theme.templates.get(name)
        return None if text is None else (text, name, None)

    return load


def _number(language: str, count: int) -> str:
    # So few are written alike in all languages: for most pages, what knows these need not be loaded.
    if type(count) is int and count in _FEW:
        return str(count)
    from site_builder.wording import number_words  # noqa: PLC0415

    return number_words(count, language)


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
