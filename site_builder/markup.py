"""The gate to Markdown: text to tokens, with every link and every doubtful thing at its line and column.

The dialect is CommonMark without raw HTML, plus tables, footnotes and `[words]{lang=ru}`. A link names a
record by kind and id (`[the fire](event:mill-fire)`) or leads out of the site; an empty one alone in a
paragraph is an *embed*: the record shown in full. An image alone in a paragraph is a *picture*: a file that
lies beside the text (`![The mill after the fire](mill.jpg)`).
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from site_builder import dialect
from site_builder.images import file_named, misnaming
from site_builder.issues import Issue, Place, Placed, Severity
from site_builder.outward import is_mail, misaddressing
from site_builder.redaction import CLASS, looks_marked, redacted
from site_builder.whereabouts import Lines, Whereabouts

RECORD_KINDS = (
    "source",
    "region",
    "event",
    "figure",
    "quote",
    "actor",
    "measure",
    "disagreement",
    "correction",
    "page",
)

# What the words that describe a picture may consist of.
_DESCRIBING = frozenset({"text", "softbreak", "text_special"})
_SHOWN_AS_WRITTEN = frozenset({"text", "code_inline", "code_block", "fence"})
# The blocks that are looked at although nothing stands in them.
_LOOKED_AT = _SHOWN_AS_WRITTEN | {"embed", "picture", "heading_open"}
# Without one of these a text holds neither attributes nor a tag.
_DOUBTFUL = re.compile("[{<]")
_TAG = re.compile(r"<!--|</?[a-zA-Z][^\s<>]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLink:
    """A link of the text to a record: its target as `kind:id` with its place, and the words it stands on."""

    target: Placed
    words: str
    embed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A parsed text. Two are equal when their texts are; only the renderer looks at the tokens.

    `written` is the text as UTF-8, `packed` are the tokens as bytes, `spoken` where their passages stand: a
    large dossier has no room for all as values. `pictures` are the names of the files that it shows, each
    with its place. Words that the author withholds are in none of the fields: a token `withheld` stands for
    them.
    """

    written: bytes
    packed: bytes = field(repr=False)
    links: tuple[RecordLink, ...]
    spoken: bytes = field(repr=False)
    pictures: tuple[Placed, ...] = ()

    @property
    def text(self) -> str:
        """The text as its author wrote it."""
        return self.written.decode()

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens, made for whoever asks."""
        return dialect.unpacked(self.packed) if self.packed else ()

    @property
    def passages(self) -> Iterator[Placed]:
        """The stretches of plain text outside links, each with its place."""
        if self.packed:
            path, places = marshal.loads(self.spoken)  # noqa: S302  # made below, never an author's
            for text, place in zip(dialect.plain_texts(self.packed), places, strict=True):
                yield Placed(text, Place(path, *place))

    @property
    def words(self) -> str:
        """The text as it is read: without marks, addresses, and what is withheld."""
        return dialect.words_of(self.packed) if self.packed else ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Markup) and self.written == other.written

    def __hash__(self) -> int:
        return hash(self.written)

    def __bool__(self) -> bool:
        return bool(self.packed)


def parse(text: str, start: Place) -> tuple[Markup, tuple[Issue, ...]]:
    """Returns the parsed text and its issues; `start` is the place of the text's first line in its file."""
    tokens = tuple(_parser().parse(text))
    shown, count = redacted(text)
    known = Lines(text.split("\n"), start)
    links: list[RecordLink] = []
    spoken: list[tuple[int, int, int]] = []
    pictures: list[Placed] = []
    issues: list[Issue] = []
    for block in tokens:
        # Most tokens only begin or end a block: they hold nothing to be looked at.
        if block.children or block.meta or block.type in _LOOKED_AT:
            found = _Block(block, known)
            if found.is_more_than_words():
                links.extend(found.links())
                pictures.extend(found.pictures())
                issues.extend(found.issues())
            spoken.extend(found.passages())
    if not _is_redacted(tokens, shown, count):
        problem = "it cannot be told which words are to be withheld"
        repair = "write [words]{.withheld} with plain words between the brackets, and not in code"
        issues.append(Issue(place=start, code="bad-attribute", problem=problem, repair=repair))
    return Markup(
        written=shown.encode(),
        packed=dialect.packed(tokens) if tokens else b"",
        links=tuple(links),
        spoken=marshal.dumps((start.path, tuple(spoken))),
        pictures=tuple(pictures),
    ), tuple(issues)


def _is_redacted(tokens: Sequence[Token], shown: str, count: int) -> bool:
    """True if the redacted text reads like the whole one, and all is withheld that was taken out."""
    withheld = sum(child.type == CLASS for token in tokens for child in token.children or ())
    return withheld == count and (not count or _shapes(_parser().parse(shown)) == _shapes(tokens))


def _shapes(tokens: Iterable[Token]) -> list[tuple[object, ...]]:
    """What of tokens can be seen in the output."""
    return [
        (token.type, token.tag, token.content, token.attrs, *_shapes(token.children or ()))
        for token in tokens
    ]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = dialect.parser()
    parser.core.ruler.push("withhold", _withhold)
    parser.core.ruler.push("embed", _mark_embeds)
    return parser


def _withhold(state: StateCore) -> None:
    """Replaces withheld words by one token, wherever in a block they stand; no other token keeps a class."""
    for block in state.tokens:
        kept: list[Token] = []
        depth = 0
        for token in block.children or []:
            if depth:
                depth += token.nesting
                kept[-1].meta["has_note"] |= token.type == "footnote_ref"
            elif token.type == "span_open" and token.attrs == {"class": CLASS}:
                depth = 1
                kept.append(Token(CLASS, "", 0, meta={**token.meta, "has_note": False}))
            else:
                if "class" in token.attrs:
                    token.meta["insecure_attrs"] = {"class": token.attrs.pop("class")}
                kept.append(token)
        if block.type == "inline":
            # The source of the line, which nothing renders: it may hold what a note in it withholds.
            block.children, block.content = kept, ""


def _mark_embeds(state: StateCore) -> None:
    """Replaces each paragraph that is nothing but an empty link or an image: by an `embed`, a `picture`."""
    result: list[Token] = []
    for token in state.tokens:
        shown = _shown_alone(result[-2:]) if token.type == "paragraph_close" else None
        if shown is not None:
            del result[-2:]
        result.append(shown or token)
    state.tokens = result


def _shown_alone(last: list[Token]) -> Token | None:
    """Returns what stands for a paragraph, or None where it is one of running text."""
    if [token.type for token in last] != ["paragraph_open", "inline"]:
        return None
    lines, children = last[0].map, last[1].children or []
    if [child.type for child in children] == ["link_open", "link_close"]:
        return Token("embed", "", 0, content=str(children[0].attrs["href"]), map=lines, block=True)
    if [child.type for child in children] != ["image"] or _image_problem(children[0]):
        return None
    address = str(children[0].attrs["src"])
    meta = {"alt": _described(children[0]), "address": address}
    return Token("picture", "", 0, content=file_named(address), map=lines, meta=meta, block=True)


def _described(image: Token) -> str:
    """The words between the brackets of an image."""
    return " ".join("".join(child.content or " " for child in image.children or ()).split())


def _image_problem(image: Token) -> tuple[str, str] | None:
    """Returns what is wrong with an image and the repair; None if it could be shown by itself."""
    if set(image.attrs) != {"src", "alt"} or image.meta.get("insecure_attrs"):
        repair = "put credit, licence and caption into 'images:' in the front matter"
        return "only a name and a description can stand here", repair
    if not {child.type for child in image.children or ()} <= _DESCRIBING:
        return "the description is more than plain words", "write it without links, marks and emphasis"
    return misnaming(str(image.attrs["src"]), _described(image))


class _Block:
    """One block token with the lines that it stands on; finds the column of what is inside."""

    def __init__(self, token: Token, text: Lines) -> None:
        self.token = token
        self.at = Whereabouts(text, *(token.map or (0, 0)))

    def is_more_than_words(self) -> bool:
        """True if there may be links, pictures or issues in it: in most blocks there are none."""
        return self.token.type != "inline" or any(
            child.type in {"link_open", "image"} or child.meta or _DOUBTFUL.search(child.content)
            for child in (self.token, *(self.token.children or ()))
        )

    def links(self) -> Iterator[RecordLink]:
        """Yields the links to records."""
        for target, words, embed in self._targets():
            kind, _, _ = target.partition(":")
            if kind in RECORD_KINDS:
                place = self.at.target(target)
                yield RecordLink(target=Placed(target, place), words=words, embed=embed)

    def passages(self) -> Iterator[tuple[int, int, int]]:
        """Yields the line, column and length of each plain text outside links."""
        self.at.rewind()
        depth = 0
        for child in self.token.children or ():
            depth += (child.type == "link_open") - (child.type == "link_close")
            if child.type == "text" and child.content.strip():
                place = self.at.place(child.content, len(child.content))
                if not depth:
                    yield place[1:]

    def pictures(self) -> Iterator[Placed]:
        """Yields the names of the files that the text shows, also where it does so in a wrong way."""
        self.at.rewind()
        shown = [self.token.meta["address"]] if self.token.type == "picture" else []
        shown += [child.attrs["src"] for child in self.token.children or () if child.type == "image"]
        for address in map(str, shown):
            if not misnaming(address, "words"):
                yield Placed(file_named(address), self.at.target(address))

    def issues(self) -> Iterator[Issue]:
        """Yields what the dialect does not have: foreign addresses, HTML, first-level headings, and so on."""
        self.at.rewind()
        for target, _, embed in self._targets():
            if fault := _link_fault(target, embed=embed):
                problem, repair = fault
                place = self.at.target(target)
                yield Issue(place=place, code="bad-link", problem=problem, repair=repair)
        if self.token.type == "heading_open" and self.token.tag == "h1":
            repair = "begin headings with ##: the page's title comes from the front matter"
            place, problem = self.at.place("#", 1), "a first-level heading"
            yield Issue(place=place, code="heading-level", problem=problem, repair=repair)
        for child in (self.token, *(self.token.children or [])):
            if child.meta or child.type == "image" or _DOUBTFUL.search(child.content):
                yield from self._child_issues(child)

    def _attribute_issues(self, child: Token) -> Iterator[Issue]:
        """Yields attributes that the dialect does not have: they may be meant to withhold something."""
        problem = ""
        if child.meta.get("insecure_attrs"):
            problem = "these words cannot have such attributes"
        elif child.meta.get("has_note"):
            problem = "a note stands within withheld words"
        elif child.type in _SHOWN_AS_WRITTEN and looks_marked(child.content):
            problem = "this looks like attributes, and would be printed on the page"
        if problem:
            repair = "write [words]{.withheld} or [words]{lang=ru}, and nothing else between braces"
            yield Issue(place=self.at.place("{", 1), code="bad-attribute", problem=problem, repair=repair)

    def _child_issues(self, child: Token) -> Iterator[Issue]:
        yield from self._attribute_issues(child)
        if child.type == "image":
            crowded = "a picture stands within a line", "give it a paragraph of its own"
            problem, repair = _image_problem(child) or crowded
            yield Issue(place=self.at.place("![", 2), code="image", problem=problem, repair=repair)
        if child.type != "text":
            return
        for found in _TAG.finditer(child.content):
            place = self.at.place(found[0], len(found[0]))
            if found[0] == "<!--":
                problem = "a comment in the text would be printed on the page"
                yield Issue(place=place, code="raw-html", problem=problem, repair="remove it")
            else:
                problem = f"'{found[0]}' looks like HTML, which is shown as it stands"
                repair = "use Markdown, or write it as code between backticks"
                yield Issue(
                    place=place, code="raw-html", problem=problem, repair=repair, severity=Severity.WARNING
                )

    def _targets(self) -> Iterator[tuple[str, str, bool]]:
        if self.token.type == "embed":
            yield self.token.content, "", True
        children = self.token.children or []
        for number, child in enumerate(children):
            if child.type == "link_open":
                yield str(child.attrs.get("href", "")), _words(children, number + 1), False


def _words(tokens: Sequence[Token], first: int) -> str:
    words = []
    # By number: a slice for each link of a long line would take the square of its length.
    for number in range(first, len(tokens)):
        token = tokens[number]
        if token.type == "link_close":
            break
        words.append(" " if token.type in {"softbreak", "hardbreak"} else token.content)
    return "".join(words)


def _link_fault(target: str, *, embed: bool) -> tuple[str, str] | None:
    """Returns what is wrong with the target of a link and the repair; None where nothing is."""
    kind, colon, _ = target.partition(":")
    if (colon and kind in RECORD_KINDS) or (not embed and is_mail(target)):
        return None
    if not embed and kind.lower() in {"http", "https"}:
        return misaddressing(target)
    kinds = ", ".join(RECORD_KINDS)
    repair = f"link a record by kind and id (kinds: {kinds}), or write a whole https address"
    return f"'{unquote(target)}' is no address a link may have", repair
