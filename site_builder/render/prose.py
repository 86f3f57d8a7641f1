"""Markdown tokens to HTML: links resolved, records shown, notes set beside their line.

What a citation, a footnote and an embedded record look like is the theme's business: the component
`prose` offers the macros `cite`, `footnote`, `embed`, `picture`, `outward` and `withheld`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from inspect import getmembers, isfunction
from typing import TYPE_CHECKING, Any, Protocol

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup as Html

from site_builder.markup import RECORD_KINDS

if TYPE_CHECKING:
    from site_builder.plan.contexts import Cited, PictureView, Prose

# Links to these carry a note with the record itself.
_NOTED = frozenset({"figure", "quote", "event"})
# Of a column that its author set to one side. A style in the page itself is what its policy forbids.
_SIDES = {"text-align:center": "to-centre", "text-align:right": "to-end"}


class ProseMacros(Protocol):
    """What the theme's component `prose` offers; all return HTML."""

    def cite(self, cited: Cited, words: Html, number: int) -> str:
        """A link to a record on some words, with a note of that number; 0 where there is no note."""

    def footnote(self, text: Html, number: int) -> str:
        """A note that the author wrote."""

    def embed(self, cited: Cited) -> str:
        """A record shown in full, as a block."""

    def picture(self, picture: PictureView, alt: str) -> str:
        """A picture with its caption, credit and licence, as a block; `alt` says what is to be seen."""

    def outward(self, address: str, words: Html) -> str:
        """A link that leads out of the site."""

    def withheld(self) -> str:
        """What stands for words that the author withholds."""


@dataclass(frozen=True, slots=True)
class NumberedMacros:
    """The macros of a page whose sources are numbered; in the shape of `ProseMacros`."""

    macros: Any
    numbers: Mapping[str, int]

    def cite(self, cited: Cited, words: Html, number: int) -> str:  # noqa: ARG002  # there are no notes on paper
        """Returns the words with the numbers of the record's sources."""
        return str(self.macros.cite(cited, words, self.numbers))

    def footnote(self, text: Html, number: int) -> str:  # noqa: ARG002  # it stands in its place
        """Returns a note that the author wrote."""
        return str(self.macros.footnote(text, self.numbers))

    def embed(self, cited: Cited) -> str:
        """Returns a record with the numbers of its sources."""
        return str(self.macros.embed(cited, self.numbers))

    def picture(self, picture: PictureView, alt: str) -> str:
        """Returns a picture with its caption."""
        return str(self.macros.picture(picture, alt))

    def outward(self, address: str, words: Html) -> str:
        """Returns a link that leads out of the site, with its address."""
        return str(self.macros.outward(address, words))

    def withheld(self) -> str:
        """Returns what stands for words that the author withholds."""
        return str(self.macros.withheld())


def prose_html(prose: Prose, macros: Any) -> Html:  # noqa: ANN401  # a template's module, of the shape above
    """Returns the HTML of the text."""
    tokens, footnotes = _without_footnotes(prose.markup.tokens)
    renderer = _Renderer(prose, macros, footnotes)
    return Html(renderer.render(tokens, _OPTIONS, {}))  # noqa: S704  # escaped token by token


_OPTIONS = OptionsDict(
    {
        "maxNesting": 20,
        "html": False,
        "linkify": False,
        "typographer": False,
        "quotes": "“”‘’",
        "xhtmlOut": False,
        "breaks": False,
        "langPrefix": "language-",
        "highlight": None,
    }
)


def _without_footnotes(tokens: Sequence[Token]) -> tuple[list[Token], dict[int, list[Token]]]:
    """Splits the text from the footnotes that stand at its end, by number."""
    text: list[Token] = []
    notes: dict[int, list[Token]] = {}
    number: int | None = None
    for token in tokens:
        if token.type == "footnote_open":
            number = int(token.meta["id"])
            notes[number] = []
        elif token.type in {
            "footnote_close",
            "footnote_block_open",
            "footnote_block_close",
            "footnote_anchor",
        }:
            number = None if token.type == "footnote_close" else number
        elif number is not None:
            notes[number].append(token)
        else:
            text.append(token)
    return text, notes


@dataclass
class _Numbers:
    last: int = 0

    def next(self) -> int:
        self.last += 1
        return self.last


@dataclass
class _Open:
    """A link that is open: the target, and where its words begin in the output."""

    target: str
    parts: list[str] = field(default_factory=list)


@lru_cache
def _rules() -> tuple[str, ...]:
    """The kinds of token that have a rule; the library would look for them anew for each text."""
    return tuple(
        name for name, _ in getmembers(_Renderer, isfunction) if not name.startswith(("render", "_"))
    )


# What was written of a token without attributes, by all that it depends on.
_WRITTEN: dict[tuple[str, int, bool, bool, bool, bool], str] = {}


def _cell(token: Token) -> str:
    side = _SIDES.get(str(token.attrs.get("style", "")))
    return f'<{token.tag} class="{side}">' if side else f"<{token.tag}>"


class _Renderer(RendererHTML):
    def __init__(self, prose: Prose, macros: ProseMacros, notes: Mapping[int, list[Token]]) -> None:
        self.cited = prose.cited
        self.pictures = prose.pictures
        self.macros = macros
        self.notes = notes
        self.numbers = _Numbers()
        self.in_table = False
        self.rules = {name: getattr(self, name) for name in _rules()}

    def renderToken(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:  # noqa: N802, ANN401
        """Returns what begins or ends something; of most there are many, and a few ways to write them."""
        token = tokens[idx]
        if token.attrs:
            return super().renderToken(tokens, idx, options, env)
        before = tokens[idx - 1].hidden if idx else False
        after = tokens[idx + 1] if idx + 1 < len(tokens) else token
        ends = after.type == "inline" or after.hidden or (after.nesting == -1 and after.tag == token.tag)
        key = (token.tag, token.nesting, token.block, token.hidden, before, ends)
        if key not in _WRITTEN:
            _WRITTEN[key] = super().renderToken(tokens, idx, options, env)
        return _WRITTEN[key]

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: Any) -> str:  # noqa: N802, ANN401
        """Returns the HTML of a line of text; what stands in a link is given to the theme as a whole."""
        levels: list[_Open] = [_Open("")]
        for index, token in enumerate(tokens):
            if token.type == "text":
                # Half of all tokens, and what the library does with them by and by.
                levels[-1].parts.append(escapeHtml(token.content))
            elif token.type == "link_open":
                levels.append(_Open(str(token.attrs["href"])))
            elif token.type == "link_close":
                done = levels.pop()
                levels[-1].parts.append(self._link(done.target, Html("".join(done.parts))))  # noqa: S704
            else:
                levels[-1].parts.append(self._inline(tokens, index, options, env))
        return "".join(levels[0].parts)

    def _inline(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any) -> str:  # noqa: ANN401
        token = tokens[index]
        rule = self.rules.get(token.type)
        return rule(tokens, index, options, env) if rule else self.renderToken(tokens, index, options, env)

    def _link(self, target: str, words: Html) -> str:
        kind = target.partition(":")[0]
        if kind not in RECORD_KINDS:
            return self.macros.outward(target, words)
        number = self.numbers.next() if kind in _NOTED and not self.in_table else 0
        return self.macros.cite(self.cited[target], words, number)

    def table_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any) -> str:  # noqa: ANN401
        """Begins a table: its rows say themselves what a note would, and have no margin."""
        self.in_table = True
        return self.renderToken(tokens, index, options, env)

    def table_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any) -> str:  # noqa: ANN401
        """Ends a table."""
        self.in_table = False
        return self.renderToken(tokens, index, options, env)

    def th_open(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        """Begins a heading of a column, on the side that the column is set to."""
        return _cell(tokens[index])

    def td_open(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        """Begins a cell, on the side that its column is set to."""
        return _cell(tokens[index])

    def footnote_ref(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any) -> str:  # noqa: ANN401
        """Returns the author's note, set where the text refers to it."""
        inline = [token for token in self.notes[int(tokens[index].meta["id"])] if token.type == "inline"]
        text = " ".join(self.renderInline(token.children or [], options, env) for token in inline)
        return self.macros.footnote(Html(text), self.numbers.next())  # noqa: S704

    def withheld(self, *_: object) -> str:
        """Returns what stands for withheld words; the words themselves are not in the tokens."""
        return self.macros.withheld()

    def embed(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        """Returns the record shown in full."""
        return self.macros.embed(self.cited[tokens[index].content])

    def picture(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        """Returns the picture with what is said of it."""
        token = tokens[index]
        return self.macros.picture(self.pictures[token.content], str(token.meta["alt"]))
