"""Dossiers damaged by chance: bytes flipped, lines moved, signs of YAML and Markdown strewn in.

The same random source gives the same damage.
"""

import random
from collections.abc import Callable, Sequence

# What breaks readers of YAML, of Markdown and of text, in no order.
SIGNS = (
    "*", "&", "!", "%", "@", "`", "|", ">", "-", "?", ":", ",", "[", "]", "{", "}", "#", "'", '"', "\\",
    "---", "...", "<<: *a", "&a ", "*a", "!!python/object:os.system ", "!!binary ", "!!timestamp ",
    "? ", ": ", "- ", "- - - ", "{a: ", "[[[[", "]]]]", "}}", '"\\x', '"\\ud800"', '"\\U0010ffff"',
    "\t", "\n", "\r", "\r\n", "\n\n", "\x00", "\x07", "\x0b", "\x1b[31m", "\x7f", "\x85", "\xa0", "\u2028",
    "\u2029", "\u200b", "\u202e", "\u2066", "\ufeff", "\ufffe", "\U0001f30a", "\u0301", "İ", "ß", "да",
    "NO", "~", "null", "true", "12:30", "010", "1e3", ".inf", "-0", "9" * 400, "2024-02-30", "0000-00-00",
    "](", "](event:", "[](quote:x)", "![", "![x](y.jpg)", "[^1]", "[^1]: ", "<script>", "<!--", "-->", "&#0;",
    "&lt;", "{.withheld}", "{lang=ru}", "{#id}", "$&", "~~~", "```", "***", "___", "| a | b |\n|---|---|\n",
    "# ", "> ", "1. ", "javascript:alert(1)", "http://", "//host", "%00", "%2e%2e", "../", "C:\\", "mailto:",
)  # fmt: skip


def mutated(text: str, chance: random.Random) -> str:
    """The text with one to four wounds."""
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(_WOUNDS)(text, chance)
    return text


def mutated_bytes(content: bytes, chance: random.Random) -> bytes:
    """The bytes with one to four of them lost, changed, repeated, or joined by others."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(content) + 1)
        to = min(len(content), at + chance.randint(1, 8))
        wound = chance.choice((b"", bytes([chance.randrange(256)]), *_BYTES, content[at:to] * 2))
        content = content[:at] + wound + content[to if chance.random() < 0.5 else at :]
    return content


_BYTES = (
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\x80",
    b"\x00", b"\r", b"\r\n", b"\x1b]0;x\x07", "Бурятия".encode("cp1251"), "Бурятия".encode("koi8-r"),
    "yes: no".encode("utf-16"), "\u2028".encode(), "\x85".encode(), b"\xe2\x80",
)  # fmt: skip


def _insert(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(SIGNS) + text[at:]


def _replace(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(SIGNS) + text[at + chance.randint(1, 3) :]


def _remove(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.randint(1, 20) :]


def _of_lines(change: Callable[[list[str], random.Random], None]) -> Callable[[str, random.Random], str]:
    def wound(text: str, chance: random.Random) -> str:
        lines = text.split("\n")
        change(lines, chance)
        return "\n".join(lines)

    return wound


def _repeat_line(lines: list[str], chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))


def _lose_line(lines: list[str], chance: random.Random) -> None:
    del lines[chance.randrange(len(lines))]


def _indent_line(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines[at] = (
        chance.choice((" ", "  ", "\t", "    ")) + lines[at] if chance.random() < 0.6 else lines[at].lstrip()
    )


def _change_value(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    key, colon, _ = lines[at].partition(": ")
    if colon:
        lines[at] = f"{key}: {''.join(chance.choices(SIGNS, k=chance.randint(1, 2)))}"


def _swap_values(lines: list[str], chance: random.Random) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    (first, a, kept), (second, b, taken) = lines[one].partition(": "), lines[other].partition(": ")
    if a and b:
        lines[one], lines[other] = f"{first}: {taken}", f"{second}: {kept}"


_WOUNDS: Sequence[Callable[[str, random.Random], str]] = (
    _insert,
    _replace,
    _remove,
    _of_lines(_repeat_line),
    _of_lines(_lose_line),
    _of_lines(_indent_line),
    _of_lines(_change_value),
    _of_lines(_change_value),
    _of_lines(_swap_values),
)
