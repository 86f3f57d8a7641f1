"""The parser of Markdown: a rule that is only tried where it can begin makes the same tokens."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it.token import Token

from site_builder import dialect

ROOT = Path(__file__).resolve().parent.parent
EVERY_RULE = dialect.every_rule()
PARSER = dialect.parser()

# What lines and marks consist of: enough of each for every rule to begin, to end, and to break off.
PIECES = st.sampled_from(
    [
        *"\n\n\n   \t**_`~~#>+-=|:![](){}<>&\\^1290ab.é",
        *("\n\n", "    ", "```", "***", "- ", "1. ", "## ", "> ", "\n---\n"),
        *("[^1]", "[^1]: ", "^[a]", "[a](region:b)", "[a](<b c> 'd')", "![a](b.jpg)", "[a]: /b", "[a]"),
        *("{.withheld}", "{lang=ru}", "&amp;", "&#35;", "<https://a.example>", "<b>"),
        *("| a | b |", "|---|:-:|"),
    ]
)


def shape(tokens: list[Token] | None) -> list[object]:
    """All that is in tokens."""
    return [(token.as_dict(children=False), shape(token.children)) for token in tokens or ()]


@given(st.lists(PIECES, max_size=40).map("".join))
@example("a\n- b\n  > c\n    d\n\n1. e\n   ***\n")
@example("| a | b |\n|---|---|\n| *c* | `d` |\n")
@example("a[^1] and ^[b *c*]\n\n[^1]: d\n\n    e\n")
def test_the_tokens_are_those_of_every_rule(text: str) -> None:
    """Whatever a text consists of, the tokens are those that trying every rule everywhere makes."""
    assert shape(EVERY_RULE.parse(text)) == shape(PARSER.parse(text))


@pytest.mark.parametrize("path", sorted((ROOT / "content").rglob("*.md")), ids=lambda path: path.stem)
def test_digests_are_read_as_by_every_rule(path: Path) -> None:
    """The texts of the first dossier have the tokens that trying every rule everywhere makes."""
    text = path.read_text(encoding="utf-8")
    assert shape(EVERY_RULE.parse(text)) == shape(PARSER.parse(text))


@given(st.from_regex("[a-z]{1,12}:[a-z][a-z0-9-]{0,12}", fullmatch=True))
@example("http:a")
@example("mailto:xn--a")
@example("javascript:a")
def test_a_plain_address_has_one_form(address: str) -> None:
    """An address of a record, or one that looks like it, is in the form that the library gives it."""
    assert EVERY_RULE.normalizeLink(address) == PARSER.normalizeLink(address)
