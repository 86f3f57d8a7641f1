"""The Markdown that we read: CommonMark without raw HTML, with tables, footnotes and attributes of spans.

The parser tries rule after rule at every line and at every special character, though nearly all of them
begin with a character of their own. Here each is tried only where it can begin; the outcome is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

# What a rule begins with. One that is not named here is tried at every character that begins no other.
_LINES = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "footnote_def": "[",
    "reference": "[",
    "heading": "#",
}
_CHARACTERS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "emphasis": "*_",
    "link": "[",
    "span": "[",
    "image": "!",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "autolink": "<",
    "entity": "&",
    "attr": "{",
}
# These take what nothing else takes, up to the next special character.
_REST = frozenset({"text"})
# An address that has nothing in it to be put into another form.
_PLAIN_ADDRESS = re.compile("[a-z]+:[a-z][a-z0-9-]*")

# What most tokens have; nobody may put anything into it.
_NOTHING = cast("dict[str, Any]", MappingProxyType({}))
_ALIKE: dict[tuple[object, ...], Token] = {}

Rule = Callable[..., bool]


def every_rule() -> MarkdownIt:
    """Return a parser of the dialect that tries every rule everywhere."""
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    parser.enable("table")
    # With `html` off these only look and decline.
    parser.disable(["html_block", "html_inline"])
    parser.use(footnote_plugin).use(attrs_plugin, spans=True, allowed=["lang", "class"])
    # Every address becomes a link, so that a refused one is told by an issue instead of left as text.
    parser.validateLink = _is_shown  # type: ignore[method-assign,assignment]  # as the library documents it
    return parser


def parser() -> MarkdownIt:
    """Return a parser of the dialect."""
    made = every_rule()
    lines, characters = made.block.ruler, made.inline.ruler
    line_rules, other_lines = _by_first(lines, _LINES)
    rules, others = _by_first(characters, _CHARACTERS)

    def line(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # as the library has it
        at = state.bMarks[first] + state.tShift[first]
        for rule in line_rules.get(state.src[at : at + 1], other_lines):
            if rule(state, first, end, silent):
                return True
        return False

    def character(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # as the library has it
        # Not with `any`, which would cost more than what it asks.
        for rule in rules.get(state.src[state.pos], others):  # noqa: SIM110
            if rule(state, silent):
                return True
        return False

    # The others stay: they are asked which of them ends a paragraph.
    lines.before("table", "line", line)
    characters.push("character", character)
    characters.enableOnly("character")
    normal = made.normalizeLink
    made.normalizeLink = lambda url: url if _PLAIN_ADDRESS.fullmatch(url) else normal(url)  # type: ignore[method-assign]
    return made


def _by_first(ruler: Ruler[Any], begins: Mapping[str, str]) -> tuple[dict[str, list[Rule]], list[Rule]]:
    """The rules to be tried at each character that begins one, in their order, and at any other."""
    named = list(zip(ruler.get_active_rules(), ruler.getRules(), strict=True))
    others = [rule for name, rule in named if name not in begins]
    found = {
        first: [rule for name, rule in named if first in begins.get(name, "" if name in _REST else first)]
        for first in set("".join(begins.values()))
    }
    return found, others


def _is_shown(_url: str) -> bool:
    return True


def light(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the tokens without what only the parser needed: a large dossier keeps millions of them.

    Those that only begin or end something are alike in every text, and kept once.
    """
    found = []
    for token in tokens:
        if token.type == "inline":
            # Its children hold it.
            token.content = ""
        if token.children:
            token.children = list(light(tuple(token.children)))
        token.map = None
        token.attrs = token.attrs or _NOTHING
        token.meta = token.meta or _NOTHING
        if token.content or token.children or token.attrs or token.meta:
            found.append(token)
        else:
            key = (token.type, token.tag, token.nesting, token.level, token.markup, token.info, token.hidden)
            found.append(_ALIKE.setdefault((*key, token.block), token))
    return tuple(found)
