"""The gate to YAML: text to a tree of texts, lists and mappings that know their places.

Only a strict part of YAML is read. Every scalar arrives as text, exactly as written (`NO`, `12:30` and
`010` stay what they are); what it means is for the field to say. Duplicate keys, anchors, aliases, tags,
merge keys, a second document, and files too deep or too large are refused with their place. The tree is
built from the stream of events, in one pass: the C library's own trees crash on deep input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from site_builder.characters import named
from site_builder.issues import Issue, Place, Placed

MAX_DEPTH = 32
MAX_CHARACTERS = 8 * 1024 * 1024
# What somebody wrote has a hundredth of that; the ledger of 100,000 records fits in.
MAX_VALUES = 250_000

# No character begins more than a few values.
_SURELY_FEW = MAX_VALUES // 8

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_QUOTED = frozenset({"'", '"'})
# Asked of every event of every file: names of the module's own are found sooner than those of another.
_SCALAR, _LIST, _END_OF_LIST = yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.SequenceEndEvent
_END_OF_MAPPING = yaml.MappingEndEvent

# The event that a node begins with; which fields it has depends on its kind.
_Begun = Any


class PlacedList(list[Any]):
    """A list that knows where it begins."""

    __slots__ = ("place",)

    def __init__(self, items: list[Any], place: Place) -> None:
        super().__init__(items)
        self.place = place


class PlacedDict(dict[str, Any]):
    """A mapping that knows where it begins; its keys are `Placed`."""

    __slots__ = ("place",)

    def __init__(self, items: dict[str, Any], place: Place) -> None:
        super().__init__(items)
        self.place = place

    def key_place(self, key: str) -> Place:
        """The place of the key, or of the mapping if it has no such key."""
        for found in self:
            if found == key and isinstance(found, Placed):
                return found.place
        return self.place


Node = Placed | PlacedList | PlacedDict


class YamlError(Exception):
    """A file that is not the YAML we read; carries the issue."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.problem)
        self.issue = issue


def parse(text: str, start: Place) -> Node:
    """Returns the tree of the text; `start` is the place of the text's first line in its file.

    An empty text gives an empty mapping. Raises `YamlError` at the first thing that is not read.
    """
    if len(text) > MAX_CHARACTERS:
        raise _error(start, "too-large", f"the file has more than {MAX_CHARACTERS:,} characters", "split it")
    if found := _UNREADABLE.search(text):
        raise _unreadable(text, found.start(), start)
    loader = Loader(text)
    try:
        # Event by event: the library's own loop over them asks twice for each.
        events = iter(loader.get_event, None)
        return _document(_counted(events, start) if len(text) > _SURELY_FEW else events, start)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, start, text) from None
    finally:
        loader.dispose()


def plain_values(text: str) -> Any:  # noqa: ANN401  # whatever the text holds
    """Returns YAML as any program reads it, numbers and truths among its texts, without places."""
    loader = Loader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def node_within(node: object, path: tuple[int | str, ...]) -> object:
    """What the path of keys and indexes leads to, as near as the tree goes."""
    for step in path:
        if isinstance(node, PlacedDict):
            node = node.get(str(step), node)
        elif isinstance(node, PlacedList) and isinstance(step, int):
            node = node[step] if step < len(node) else node
    return node


def place_within(node: object, path: tuple[int | str, ...]) -> Place | None:
    """The place of what the path of keys and indexes leads to, as near as the tree goes."""
    return getattr(node_within(node, path), "place", None)


def _counted(events: Iterator[yaml.Event], start: Place) -> Iterator[yaml.Event]:
    """Hands on the events until they are too many."""
    for number, event in enumerate(events):
        if number > MAX_VALUES:
            problem = f"the file has more than {MAX_VALUES:,} keys and values"
            raise _error(_event_place(event, event, start), "too-large", problem, "split it")
        yield event


def _document(events: Iterator[yaml.Event], start: Place) -> Node:
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            root = _node(event, events, start, 1)
        elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
            repair = "remove the line '---', or use two files"
            raise _error(
                _event_place(event, event, start), "yaml-form", "a second document in one file", repair
            )
    return PlacedDict({}, start) if root is None else root


def _node(event: _Begun, events: Iterator[yaml.Event], start: Place, depth: int) -> Node:
    """Builds the node that begins with the event, from the events that follow it."""
    if event.anchor or event.tag or depth > MAX_DEPTH:
        _refuse(event, depth, start)
    if type(event) is _SCALAR:
        return Placed(event.value, _place(event.start_mark, event.end_mark, start), event.style in _QUOTED)
    if type(event) is _LIST:
        return _list(event, events, start, depth + 1)
    return _mapping(event, events, start, depth + 1)


def _list(event: yaml.Event, events: Iterator[yaml.Event], start: Place, depth: int) -> PlacedList:
    items: list[Any] = []
    while type(item := next(events)) is not _END_OF_LIST:
        items.append(_node(item, events, start, depth))
    return PlacedList(items, _event_place(event, item, start))


def _mapping(event: yaml.Event, events: Iterator[yaml.Event], start: Place, depth: int) -> PlacedDict:
    items: dict[str, Any] = {}
    while type(item := next(events)) is not _END_OF_MAPPING:
        key: Any = _node(item, events, start, depth)
        if type(key) is not Placed or key in items or key == "<<":
            _check_key(item, key, items)
        # The parser sends a value after each key, an empty one if need be.
        items[key] = _node(next(events), events, start, depth)
    return PlacedDict(items, _event_place(event, item, start))


def _refuse(event: _Begun, depth: int, start: Place) -> None:
    """Raises `YamlError` for a node that has what we do not read."""
    if problem := _refusal(event, depth):
        what, repair = problem
        raise _error(_event_place(event, event, start), "yaml-form", what, repair)


def _refusal(event: _Begun, depth: int) -> tuple[str, str] | None:
    if depth > MAX_DEPTH and isinstance(event, yaml.CollectionStartEvent):
        return f"more than {MAX_DEPTH} levels of nesting", "flatten it"
    if isinstance(event, yaml.AliasEvent):
        return (
            f"the alias '*{event.anchor}'",
            "write the value out; a text that begins with * needs quotation marks",
        )
    if event.anchor:
        return f"the anchor '&{event.anchor}'", "remove it; a text that begins with & needs quotation marks"
    if event.tag and not (isinstance(event, yaml.ScalarEvent) and any(event.implicit)):
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        return f"the tag '{tag}'", "remove it; a text that begins with ! needs quotation marks"
    return None


def _check_key(event: _Begun, key: Node, before: Mapping[str, Any]) -> None:
    """Raises `YamlError` for a key that is none, or stands there before."""
    if not isinstance(key, Placed):
        raise _error(key.place, "yaml-form", "a list or mapping as a key", "put the text in quotation marks")
    if key == "<<" and not event.style:
        raise _error(key.place, "yaml-form", "the merge key '<<'", "write the fields out")
    if key in before:
        first = next(found for found in before if found == key)
        line = first.place.line if isinstance(first, Placed) else 0
        problem = f"the key '{key}' stands here a second time; the first is on line {line}"
        raise _error(key.place, "duplicate-key", problem, "remove one of the two")


def _event_place(first: yaml.Event, last: yaml.Event, start: Place) -> Place:
    begin, end = first.start_mark, last.end_mark
    return _place(begin, end, start) if begin and end else start


def _place(begin: Any, end: Any, start: Place) -> Place:  # noqa: ANN401  # marks of one library or the other
    line, column = begin.line, begin.column
    length = end.column - column if end.line == line else 1
    return Place(start.path, start.line + line, column + (1 if line else start.column), length or 1)


def _error(place: Place, code: str, problem: str, repair: str) -> YamlError:
    return YamlError(Issue(place=place, code=code, problem=problem, repair=repair))


def _syntax_error(error: yaml.MarkedYAMLError, start: Place, text: str) -> YamlError:
    # What is never closed is told where it opens, and what is no key where it stands, not where reading
    # ended; and nothing is told behind the last line.
    last = text.rstrip().count("\n")
    problem = error.problem or ""
    is_before = "could not find expected ':'" in problem or _line(error.problem_mark) > last
    mark = (is_before and error.context_mark) or error.problem_mark or error.context_mark
    place = _place(mark, mark, start) if mark and _line(mark) <= last else _end(text, start)
    problem = " ".join(part for part in (error.context, error.problem) if part)
    return _error(place, "yaml-syntax", problem or "this is not YAML", _syntax_repair(problem))


def _line(mark: yaml.Mark | None) -> int:
    return mark.line if mark else 0


def _end(text: str, start: Place) -> Place:
    """The end of the last line that holds anything."""
    lines = text.rstrip().split("\n")
    column = len(lines[-1]) + (start.column if len(lines) == 1 else 1)
    return Place(start.path, start.line + len(lines) - 1, column, 1)


_REPAIRS = {
    "found character '\\t'": "indent with spaces, not with a tab",
    "found a tab character": "indent with spaces, not with a tab",
    "mapping values are not allowed": "put a text with ': ' in quotation marks, or check the indentation",
    "could not find expected ':'": "a key needs ': ' behind it; put a text with a colon in quotation marks",
    "found unexpected end of stream": "a quotation mark or a bracket is not closed",
    "expected <block end>": "check the indentation: lines of one mapping begin in the same column",
    "expected '-' indicator": "check the indentation: lines of one record begin in the same column",
    "expected ',' or": "a bracket is not closed, or a comma is missing",
    "cannot start any token": "put the text in quotation marks: it begins with a character of YAML's own",
    "expected alphabetic or numeric": "put the text in quotation marks: *, & and ! have a meaning here",
}


def _syntax_repair(problem: str) -> str:
    found = (repair for sign, repair in _REPAIRS.items() if sign in problem)
    return next(found, "check quotation marks, brackets and indentation near this place")


# What YAML forbids, what it takes for the end of a line where an editor shows none, and what no field may
# hold because it cannot be seen or turns the direction of writing: only here is its column known.
_UNREADABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def _unreadable(text: str, position: int, start: Place) -> YamlError:
    line = text.count("\n", 0, position)
    column = position - (text.rfind("\n", 0, position) + 1)
    place = Place(start.path, start.line + line, column + 1, 1)
    problem = f"the text holds the unprintable character {named(text[position])}"
    return _error(place, "unprintable", problem, "remove the character")
