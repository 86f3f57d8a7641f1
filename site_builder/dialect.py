"""The Markdown that we read: CommonMark without raw HTML, with tables, footnotes and attributes of spans.

The parser tries rule after rule at every line and at every special character, though nearly all of them
begin with a character of their own. Here each is tried only where it can begin; the outcome is the same.
"""

from __future__ import annotations

import marshal
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

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

# What of a line is read; whatever else stands in it parts words.
_READ = frozenset({"text", "code_inline"})
# A packed token that holds nothing but its content: the number of its shape, and that.
_PLAIN = 2
_ALIKE: dict[tuple[object, ...], Token] = {}

Rule = Callable[..., bool]


def every_rule() -> MarkdownIt:
    """Returns a parser of the dialect that tries every rule everywhere."""
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    parser.enable("table")
    # With `html` off these only look and decline.
    parser.disable(["html_block", "html_inline"])
    parser.use(footnote_plugin).use(attrs_plugin, spans=True, allowed=["lang", "class"])
    # Every address becomes a link, so that a refused one is told by an issue instead of left as text.
    parser.validateLink = _is_shown  # type: ignore[method-assign,assignment]  # as the library documents it
    return parser


def parser() -> MarkdownIt:
    """Returns a parser of the dialect."""
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
    _leave_plain_lines(made)
    normal = made.normalizeLink
    made.normalizeLink = lambda url: url if _PLAIN_ADDRESS.fullmatch(url) else normal(url)  # type: ignore[method-assign]
    return made


def _leave_plain_lines(made: MarkdownIt) -> None:
    """Takes a line in which nothing can begin as the text that it is."""
    special = re.compile(f"[{re.escape(''.join(_CHARACTERS.values()))}]")
    parse = made.inline.parse

    def inline(src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:  # noqa: ANN401
        if not src or special.search(src):
            return parse(src, md, env, tokens)
        tokens.append(Token("text", "", 0, content=src))
        return tokens

    made.inline.parse = inline  # type: ignore[method-assign]


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


# Type, tag, nesting, level, markup, info of a token, and whether it is hidden, and a block.
_Shape = tuple[str, str, int, int, str, str, bool, bool]


def packed(tokens: Iterable[Token]) -> bytes:
    """Returns the tokens as bytes, without what only the parser needed: a large dossier keeps millions."""
    shapes: dict[_Shape, int] = {}
    told = tuple([_packed(token, shapes) for token in tokens])
    return zlib.compress(marshal.dumps((tuple(shapes), told)), 1)


def _packed(token: Token, shapes: dict[_Shape, int]) -> Any:  # noqa: ANN401
    """A token as the number of its shape, with what it holds, if it holds anything."""
    kind = token.type
    shape = (kind, token.tag, token.nesting, token.level, token.markup, token.info, token.hidden, token.block)
    number = shapes.setdefault(shape, len(shapes))
    # The content of a line stands in its children.
    content = "" if kind == "inline" else token.content
    if token.children or token.attrs or token.meta:
        children = tuple([_packed(child, shapes) for child in token.children or ()])
        return number, content, dict(token.attrs), dict(token.meta), children
    return (number, content) if content else number


def unpacked(content: bytes) -> tuple[Token, ...]:
    """Returns the tokens of these bytes, which `packed` has made."""
    # They never come from a file of an author.
    shapes, told = marshal.loads(zlib.decompress(content))  # noqa: S302
    # Those that only begin or end something are alike in every text, and kept once.
    alike = [_ALIKE.get(shape) or _ALIKE.setdefault(shape, _token(shape)) for shape in shapes]
    return tuple(_unpacked(one, shapes, alike) for one in told)


def _unpacked(told: Any, shapes: tuple[_Shape, ...], alike: list[Token]) -> Token:  # noqa: ANN401
    if isinstance(told, int):
        return alike[told]
    if len(told) == _PLAIN:
        number, content = told
        return _token(shapes[number], content)
    number, content, attrs, meta, children = told
    within = [_unpacked(child, shapes, alike) for child in children]
    return _token(shapes[number], content, attrs, meta, within)


def _token(
    shape: _Shape,
    content: str = "",
    attrs: dict[str, Any] | None = None,
    meta: dict[str, Any] | None = None,
    children: list[Token] | None = None,
) -> Token:
    # Not as its class makes it, which asks of each in what form its attributes come: a digest has a hundred.
    made = object.__new__(Token)
    made.type, made.tag, made.nesting, made.level, made.markup, made.info, made.hidden, made.block = shape  # type: ignore[assignment]
    made.content, made.children, made.map = content, children or None, None
    made.attrs, made.meta = attrs or {}, meta or {}
    return made


def words_of(content: bytes) -> str:
    """Returns packed tokens as they are read: without marks and addresses."""
    shapes, told = marshal.loads(zlib.decompress(content))  # noqa: S302
    is_read = [shape[0] in _READ for shape in shapes]
    pieces: list[str] = []
    # Asked of every block of every text: the steps of `_lines_of`, with nothing in between.
    for block in told:
        if isinstance(block, tuple) and len(block) > _PLAIN:
            for child in block[-1]:
                number, text = (child, "") if isinstance(child, int) else child[:_PLAIN]
                pieces.append(text if is_read[number] else " ")
        pieces.append(" ")
    return "".join(pieces)


def plain_texts(content: bytes) -> Iterator[str]:
    """Yields the plain texts of packed tokens that stand outside links."""
    for line in _lines_of(content):
        depth = 0
        for kind, text in line:
            depth += (kind == "link_open") - (kind == "link_close")
            if kind == "text" and not depth and text.strip():
                yield text


def _lines_of(content: bytes) -> Iterator[Iterator[tuple[str, str]]]:
    """Yields, for each block of packed tokens, the type and the content of what stands in its line."""
    shapes, told = marshal.loads(zlib.decompress(content))  # noqa: S302
    for block in told:
        yield ((shapes[number][0], text) for number, text in _line(block))


def _line(block: Any) -> Iterator[tuple[int, str]]:  # noqa: ANN401
    for child in block[-1] if isinstance(block, tuple) and len(block) > _PLAIN else ():
        yield (child, "") if isinstance(child, int) else child[:_PLAIN]
