"""Takes entries out of a YAML text and leaves all the rest as it was: order, comments, how lines end.

What is taken out is whole entries, by their path of keys and indexes. The result is read again and compared:
a text in which that cannot be done is left alone, for its author to change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

from site_builder import nodes
from site_builder.issues import Place

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_COMMENT = re.compile(r"\s*#")

Path = tuple[int | str, ...]


class ExcisionError(Exception):
    """A text that only a person can change; the message says where."""


def lines_of(text: str) -> list[str]:
    """Returns the lines of a text with their ends."""
    return _LINE.findall(text)


def without(text: str, paths: Iterable[Path]) -> str:
    """Returns the YAML text without the entries at these paths.

    A list that loses its last item goes with its key. Raises `ExcisionError`.
    """
    tree = nodes.parse(text.replace("\r\n", "\n"), Place(""))
    taken = _outermost(_with_emptied(tree, set(paths)))
    if () in taken:
        return ""
    lines = lines_of(text)
    gone: set[int] = set()
    spans: list[tuple[int, int, int]] = []
    for path in taken:
        container = nodes.node_within(tree, path[:-1])
        place = container.place if isinstance(container, nodes.PlacedList | nodes.PlacedDict) else Place("")
        if lines[place.line - 1][place.column - 1 : place.column] in {"[", "{"}:
            spans.append(_span(container, path[-1], lines))
        else:
            gone.update(_rows(container, path[-1], lines))
    for line, begin, end in sorted(spans, reverse=True):
        lines[line] = lines[line][:begin] + lines[line][end:]
    new = "".join(line for number, line in enumerate(lines) if number not in gone)
    _check(tree, taken, new)
    return new


def _with_emptied(tree: object, paths: set[Path]) -> set[Path]:
    """The paths, and those of the lists that would be empty without them."""
    for around in sorted({path[:-1] for path in paths if path}, key=len, reverse=True):
        items = nodes.node_within(tree, around)
        if isinstance(items, nodes.PlacedList):
            inside = {(*around, number) for number in range(len(items))}
            if inside <= paths:
                return _with_emptied(tree, (paths - inside) | {around})
    return paths


def _outermost(paths: set[Path]) -> list[Path]:
    return sorted(
        (one for one in paths if not any(one[:length] in paths for length in range(len(one)))),
        key=lambda path: [str(step).zfill(9) for step in path],
    )


def _span(container: object, step: int | str, lines: list[str]) -> tuple[int, int, int]:
    """The stretch of one line that an item of `[a, b]` takes, with its comma."""
    if not isinstance(container, nodes.PlacedList) or not isinstance(step, int):
        raise ExcisionError("it stands between braces")
    items = [item.place for item in container]
    here = items[step]
    if {place.line for place in items} != {here.line} or len(items) == 1:
        raise ExcisionError("its list goes over several lines")
    begin, end = here.column - 1, here.column - 1 + here.length
    if step + 1 < len(items):
        end = items[step + 1].column - 1
    else:
        before = items[step - 1]
        begin = before.column - 1 + before.length
    text = lines[here.line - 1][begin:end]
    if "#" in text:
        raise ExcisionError("a comment stands in its list")
    return here.line - 1, begin, end


def _rows(container: object, step: int | str, lines: list[str]) -> range:
    """The lines that an entry of a block takes, with the comment right above an item."""
    if isinstance(container, nodes.PlacedList) and isinstance(step, int):
        item = container[step]
        row = item.place.line - 1
        prefix = lines[row][: item.place.column - 1].rstrip()
        if not prefix.endswith("-") or prefix.strip() != "-":
            raise ExcisionError("its dash stands elsewhere")
        column = len(prefix) - 1
        end = _end(lines, row, column, is_list=False)
        while step and row and _COMMENT.match(lines[row - 1]) and _indent(lines[row - 1]) == column:
            row -= 1
        return range(row, end)
    if not isinstance(container, nodes.PlacedDict):
        raise ExcisionError("its place cannot be found")
    place = container.key_place(str(step))
    row, column = place.line - 1, place.column - 1
    if lines[row][:column].strip():
        raise ExcisionError("it stands beside a dash")
    return range(row, _end(lines, row, column, is_list=isinstance(container[str(step)], nodes.PlacedList)))


def _end(lines: list[str], row: int, column: int, *, is_list: bool) -> int:
    """The first line that is no longer the entry's: empty lines and comments before others' are others'."""
    end = row + 1
    for number in range(row + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        is_inside = _indent(line) > column or (is_list and _indent(line) == column and line[column] == "-")
        if not is_inside and _COMMENT.match(line):
            continue
        if not is_inside:
            break
        end = number + 1
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _check(tree: object, taken: list[Path], new: str) -> None:
    """Sees that the text says what it said, but for what was taken out."""
    expected: Any = _plain(tree)
    for path in reversed(taken):
        around = expected
        for step in path[:-1]:
            around = around[step]
        del around[path[-1]]
    try:
        after = _plain(nodes.parse(new.replace("\r\n", "\n"), Place("")))
    except nodes.YamlError:
        after = None
    if after != expected:
        raise ExcisionError("its form allows no change by a program")


def _plain(node: object) -> Any:  # noqa: ANN401
    """The tree without places, to be changed."""
    if isinstance(node, nodes.PlacedList):
        return [_plain(item) for item in node]
    if isinstance(node, nodes.PlacedDict):
        return {str(key): _plain(value) for key, value in node.items()}
    return str(node)


def without_links(text: str, targets: Iterable[str]) -> str:
    """Returns a text in Markdown in which these records are no longer linked: the words of a link stay.

    A link without words, which shows the record, goes with the empty line below it. Raises `ExcisionError`
    where one is left.
    """
    for target in targets:
        name = re.escape(target)
        text = re.sub(rf"(?m)^\[\]\({name}\)[ \t]*(?:\r?\n){{1,2}}", "", text)
        text = re.sub(rf"(?<!!)\[([^\[\]]*)\]\({name}\)", r"\1", text)
        if re.search(rf"\(\s*{name}\s*\)", text):
            raise ExcisionError(f"a link to {target} is written in a form of its own")
    return text


def changed_lines(old: str, new: str) -> Iterator[tuple[int, str, str]]:
    """Yields each line of a text that is not in the new one, by its number, with what stands for it there."""
    before, after = lines_of(old), lines_of(new)
    for kind, i, k, j, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            instead = after[j:m] + [""] * (k - i)
            yield from ((n + 1, before[n].rstrip(), instead[n - i].rstrip()) for n in range(i, k))
