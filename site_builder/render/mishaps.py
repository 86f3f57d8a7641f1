"""What went wrong while a template was carried out, in the words of those who write templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import partial
from traceback import walk_tb
from types import TracebackType
from typing import Any

from jinja2 import StrictUndefined, TemplateNotFound, TemplatesNotFound, UndefinedError
from jinja2.utils import missing

from site_builder.issues import did_you_mean

# What a view has more fields than is not worth listing.
_FEW = 12
_KINDS: Mapping[str, str] = {
    "NoneType": "nothing",
    "str": "a text",
    "Markup": "a text",
    "Html": "a text",
    "int": "a number",
    "float": "a number",
    "Decimal": "a number",
    "bool": "a yes or no",
    "tuple": "a list",
    "list": "a list",
    "PlacedList": "a list",
    "dict": "a mapping",
    "mappingproxy": "a mapping",
    "Macro": "a macro",
    "TemplateModule": "that template",
    "Missing": "what is not there",
}


class MissingNameError(UndefinedError):
    """A template asks for what is not there; `repair` says what there is."""

    def __init__(self, repair: str, message: str) -> None:
        super().__init__(message)
        self.repair = repair


class Missing(StrictUndefined):
    """What a name stands for that nothing has: any use of it fails, and says what there is instead."""

    def __init__(self, hint: str | None = None, obj: object = missing, name: object = "", *_: object) -> None:
        known = _known(obj)
        near = did_you_mean(str(name), known)
        listed = f"there is: {', '.join(known)}" if 0 < len(known) <= _FEW else ""
        failing: Any = partial(MissingNameError, near or listed)
        super().__init__(hint, obj, str(name), failing)

    @property
    def _undefined_message(self) -> str:
        asked: Any = self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if asked is missing:
            return f"nothing is called '{self._undefined_name}' here"
        if asked is None:
            return f"'{self._undefined_name}' is asked of what is empty here"
        return f"there is no '{self._undefined_name}' in {_kind(type(asked).__name__)}"


def _known(value: object) -> list[str]:
    if is_dataclass(value):
        return [field.name for field in fields(value)]
    return sorted(map(str, value)) if isinstance(value, Mapping) else []


def _kind(name: str) -> str:
    """What a value is to somebody who writes templates: the views are those that docs/theme.md speaks of."""
    return _KINDS.get(name) or (f"the view {name}" if name[:1].isupper() else "something else")


def told(error: Exception) -> tuple[str, str]:
    """Returns what failed and how to mend it, the latter empty where nobody can say."""
    if isinstance(error, MissingNameError):
        return str(error), error.repair
    if isinstance(error, TemplateNotFound):
        asked = error.templates if isinstance(error, TemplatesNotFound) else [error.name]
        names = " and no ".join(f"'{one}'" for one in asked)
        return f"there is no template {names}", "names are as 'components/quote/template.html'"
    words = " ".join(str(getattr(error, "message", None) or error).split())
    for pattern, phrase in _PHRASES:
        if found := re.search(pattern, words):
            return phrase(*found.groups()), ""
    if isinstance(error, KeyError):
        return f"there is no {words}", "a message needs each of its names: _('%(name)s', name=…)"
    return "this line fails with what the page gives it", ""


def _not_so_many(name: str) -> str:
    return f"'{name}' is given more arguments than it takes"


# Patterns of what Python and Jinja say: compiled when the first mistake is made, as most builds make none.
_PHRASES: Sequence[tuple[str, Callable[..., str]]] = (
    (r'can only concatenate (\w+) \(not "(\w+)"\)', lambda a, b: f"{_both(a, b)} cannot be put together"),
    (
        r"unsupported operand type\(s\) for (\S+)(?: or \w+\(\))?: '(\w+)' and '(\w+)'",
        lambda sign, a, b: f"'{sign}' cannot reckon with {_both(a, b)}",
    ),
    (
        r"'\S+' not supported between instances of '(\w+)' and '(\w+)'",
        lambda a, b: f"{_both(a, b)} have no order",
    ),
    (
        r"^'?(?:cannot unpack non-iterable |argument of type ')?(\w+)'? (?:object )?is not iterable",
        lambda a: f"{_kind(a)} has no items",
    ),
    (r"cannot unpack non-iterable (\w+) object", lambda a: f"{_kind(a)} has no parts"),
    (r"(?:not enough|too many) values to unpack", lambda: "the items have another number of parts"),
    (r"object of type '(\w+)' has no len", lambda a: f"{_kind(a)} has no length"),
    (r"'(\w+)' object is not callable", lambda a: f"{_kind(a)} is no macro and cannot be called"),
    (r"(?:do_)?(\w+)\(\) takes .* given", _not_so_many),
    (r"macro '(\w+)' takes not more than", _not_so_many),
    (
        r"(?:do_|macro ')?(\w+)(?:\(\) got an unexpected|' takes no) keyword argument '(\w+)'",
        lambda name, word: f"'{name}' takes no argument '{word}'",
    ),
    (r"(?:do_)?(\w+)\(\) missing .*: (.*)", lambda name, words: f"'{name}' is not given {words}"),
    (r"bject of type (\w+) is not JSON", lambda a: f"{_kind(a)} cannot be written as JSON"),
    (r"type (\w+) doesn't define", lambda a: f"{_kind(a)} cannot be rounded"),
    (r"'(\w+)' object has no attribute '(\w+)'", lambda a, word: f"{_kind(a)} has no '{word}'"),
    (r"division by zero|modulo by zero", lambda: "a number is divided by 0"),
    (r"ConversionSyntax|invalid literal|could not convert", lambda: "what is given here is no number"),
    (
        r"% ?\w format: |format character|incomplete format|arguments for format",
        lambda: "in a message '%' stands before a name, as in %(count)s, or twice, as in 100%%",
    ),
)


def _both(one: str, other: str) -> str:
    return f"{_kind(one)} and {_kind(other)}"


def circle(error: RecursionError, names: Mapping[str, object]) -> tuple[str, ...]:
    """Returns the templates that take each other for ever, the least first; none for a macro of one.

    `names` are those of all templates.
    """
    way = [*_steps(error.__traceback__, names)]
    if not way or all(is_macro for _, is_macro in way[-len(way) // 2 :]):
        return ()
    path = [name for at, (name, _) in enumerate(way) if not at or way[at - 1][0] != name]
    last = max((at for at, name in enumerate(path[:-1]) if name == path[-1]), default=len(path) - 1)
    found = path[last:-1] or path[-1:]
    least = found.index(min(found))
    return tuple(found[least:] + found[:least])


def _steps(trace: TracebackType | None, names: Mapping[str, object]) -> Iterator[tuple[str, bool]]:
    """Yields the templates that were being carried out, from the first, and if it was a macro of theirs."""
    for frame, _ in walk_tb(trace):
        if frame.f_code.co_filename in names:
            yield frame.f_code.co_filename, frame.f_code.co_name in {"template", "macro"}
