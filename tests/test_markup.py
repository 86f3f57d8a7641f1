import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.issues import Issue, Place, Severity
from site_builder.markup import RECORD_KINDS, Markup, parse

START = Place("content/pages/a.md", 5)


def issues(text: str) -> tuple[Issue, ...]:
    """What is wrong with a text."""
    return parse(text, START)[1]


def targets(text: str) -> list[tuple[str, str, str, bool]]:
    """The links of a text: target, words, place, and whether it is an embed."""
    return [
        (str(link.target), link.words, str(link.target.place), link.embed)
        for link in parse(text, START)[0].links
    ]


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_a_link_names_a_record_by_kind_and_id(kind: str) -> None:
    """Every kind of record can be linked to; the link knows its words and the place of its target."""
    assert [(f"{kind}:a-b", "words", "content/pages/a.md:5:9", False)] == targets(f"[words]({kind}:a-b)")


@pytest.mark.parametrize(
    "text, line, column",
    [
        ("One.\n\n[a](event:x)", 7, 5),
        ("One\n[a](event:x)", 6, 5),
        ("- one\n- [a](event:x)", 6, 7),
        ("> [a](event:x)", 5, 7),
        ("## [a](event:x)", 5, 8),
        ("Мельница 🌊 [a](event:x)", 5, 16),
        ("[b](event:y) [a](event:x)", 5, 18),
        ("[a\nb](event:x)", 6, 4),
        ("**[a](event:x)**", 5, 7),
        ("| a |\n| --- |\n| [a](event:x) |", 7, 7),
        ("One[^1].\n\n[^1]: See [a](event:x).", 7, 15),
        ("1. one\n\n   [a](event:x)", 7, 8),
        ('[a](event:x "title")', 5, 5),
    ],
)
def test_a_link_knows_its_line_and_column(text: str, line: int, column: int) -> None:
    """In paragraphs, lists, tables, headings and notes a target's place is where it is written."""
    places = {target: place for target, _, place, _ in targets(text)}
    assert f"content/pages/a.md:{line}:{column}" == places["event:x"]


def test_the_same_target_twice_has_two_places() -> None:
    """Two links to one record are told apart."""
    assert ["content/pages/a.md:5:5", "content/pages/a.md:5:18"] == [
        place for _, _, place, _ in targets("[a](event:x) [b](event:x)")
    ]


def test_a_link_remembers_its_words_without_their_marks() -> None:
    """Emphasis and code in a link's words leave their text; a line break is a space."""
    assert "one two three" == targets("[one *two*\n`three`](event:x)")[0][1]


@pytest.mark.parametrize("text", ["[](quote:x)", "One.\n\n[](quote:x)\n\nTwo."])
def test_an_empty_link_alone_is_an_embed(text: str) -> None:
    """An empty link that is its whole paragraph shows the record in full."""
    assert [("quote:x", "", True)] == [(target, words, embed) for target, words, _, embed in targets(text)]


@pytest.mark.parametrize("text", ["[a](quote:x)", "See [](quote:x)", "[](quote:x) [](quote:y)"])
def test_a_link_among_words_is_no_embed(text: str) -> None:
    """A link with words, or beside anything, stays a link."""
    assert not any(embed for _, _, _, embed in targets(text))


ALLOWED = (
    "https://example.org/", "http://example.org/a?b=c#d", "HTTPS://EXAMPLE.ORG/", "mailto:a@example.org",
    "https://пример.рф/", "event:a-b", "page:about",
)  # fmt: skip

REFUSED = ("javascript:alert(1)", "JavaScript:alert(1)", "java&#115;cript:alert(1)", "vbscript:x",
           "data:text/html,x", "data:image/png;base64,AA", "file:///etc/passwd", "ftp://example.org/",
           "tel:+1", "sms:+1", "blob:x", "about:blank", "ws://example.org", "view-source:x",
           "//example.org/", "/regions/a.html", "regions/a.html", "../a.html", "./a.html", "#anchor",
           "?query", "a.html#b", "a", "www.example.org", "example.org", "Event:a", "events:a", "evnt:a",
           "http:/a", "http:a", "https:example.org", "mailto", ":", ":a", "tg://resolve", "magnet:?x",
           "urn:isbn:1", "ht tp://a", "intent:x", "jar:x",
)  # fmt: skip


@pytest.mark.parametrize("target", ALLOWED)
def test_addresses_that_a_link_may_have(target: str) -> None:
    """Records, web addresses and mail addresses may be linked to."""
    assert () == issues(f"[a](<{target}>)")


@pytest.mark.parametrize("target", REFUSED)
def test_addresses_that_a_link_may_not_have(target: str) -> None:
    """Any other scheme, and any path of the author's own, is one error at the target."""
    found = issues(f"[a](<{target}>)")
    assert [("bad-link", Severity.ERROR, 5)] == [(one.code, one.severity, one.place.line) for one in found]
    assert found[0].repair


def test_forty_addresses_are_refused() -> None:
    """The table above stays as long as it is: forty ways to leave the allowed addresses."""
    assert 40 == len(set(REFUSED))


@pytest.mark.parametrize("target", ["", "https://example.org/", "mailto:a@example.org"])
def test_only_a_record_can_be_embedded(target: str) -> None:
    """An empty link alone must name a record: there is nothing else to show in full."""
    assert ["bad-link"] == [one.code for one in issues(f"[]({target})")]


@pytest.mark.parametrize(
    "text, code, severity, column",
    [
        ("# One", "heading-level", "error", 1),
        ("One\n===", "heading-level", "error", 1),
        ("One ![a](b.jpg)", "image", "error", 5),
        ("![a](https://example.org/b.jpg)", "image", "error", 1),
        ("![a](//example.org/b.jpg)", "image", "error", 1),
        ("![a](data:image/png;base64,AA)", "image", "error", 1),
        ("![a](../b.jpg)", "image", "error", 1),
        ("![a](..%2Fb.jpg)", "image", "error", 1),
        ("![a](/b.jpg)", "image", "error", 1),
        ("![a]()", "image", "error", 1),
        ("![](b.jpg)", "image", "error", 1),
        ('![a](b.jpg "c")', "image", "error", 1),
        ("![a *b*](b.jpg)", "image", "error", 1),
        ("![a](b.jpg){lang=ru}", "image", "error", 1),
        ("- ![a](b.jpg) and more", "image", "error", 3),
        ("![a](b.jpg)\n![c](d.jpg)", "image", "error", 1),
        ("One <!-- two -->", "raw-html", "error", 5),
        ("One <b>two</b>", "raw-html", "warning", 5),
        ("<script>alert(1)</script>", "raw-html", "warning", 1),
        ("<div onclick=x>", "raw-html", "warning", 1),
        ("</p>", "raw-html", "warning", 1),
    ],
)
def test_what_the_dialect_does_not_have(text: str, code: str, severity: str, column: int) -> None:
    """First-level headings, images and HTML are told where they stand; what would be lost is an error."""
    first = issues(text)[0]
    assert (code, severity, 5, column) == (first.code, first.severity, first.place.line, first.place.column)


@pytest.mark.parametrize(
    "text",
    [
        "## Two",
        "1 < 2 and 3 > 2",
        "`<b>`",
        "    <b>",
        "```\n<script>\n```",
        "a <3",
        "[Ж]{lang=ru}",
        "a[^1]\n\n[^1]: b",
    ],
)
def test_what_looks_alike_is_no_issue(text: str) -> None:
    """Lesser headings, code, comparisons, marked languages and notes are the author's own."""
    assert () == issues(text)


def test_only_the_language_is_read_between_braces() -> None:
    """Attributes other than `lang` never reach a token, whatever an author writes in braces."""
    markup, _ = parse('[a]{lang=ru onclick="x" style="y" .big #here}', START)
    spans = [child for token in markup.tokens for child in token.children or () if child.type == "span_open"]
    assert [{"lang": "ru"}] == [span.attrs for span in spans]


def test_two_texts_are_equal_if_they_read_the_same() -> None:
    """A parsed text compares, hashes and pickles by its text."""
    one, other = parse("[a](event:x)", START)[0], parse("[a](event:x)", Place("content/b.md", 9))[0]
    again = pickle.loads(pickle.dumps(one))  # noqa: S301  # our own bytes
    assert (one, hash(one), one) == (other, hash(other), again)
    assert isinstance(again, Markup)
    assert list(one.links) == list(again.links)
    assert one != "[a](event:x)"


@pytest.mark.parametrize("text, holds", [("", False), ("\n\n", False), ("a", True), ("[](quote:x)", True)])
def test_a_text_without_words_is_false(text: str, *, holds: bool) -> None:
    """A text counts as there when it holds a block."""
    assert holds == bool(parse(text, START)[0])


PIECES = st.sampled_from(
    ["a", " ", "\n", "\n\n", "[", "]", "(", ")", "](event:x)", "![", "{lang=ru}", "{", "}", "<", ">",
     "<!--", "# ", "## ", "- ", "> ", "1. ", "|", "---", "`", "```\n", "*", "**", "_", "[^1]", "[^1]: ",
     "\\", "&#115;", "Ж", "🌊", "\t", "    ", "\x00", "\u2028", "javascript:", "https://a.b",
     "[](quote:x)", "\r"]
)  # fmt: skip


@given(st.text() | st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    """Arbitrary text is parsed without an error, and every place lies within it."""
    # Lines end with LF before they come here.
    text = text.replace("\r", "\n")
    markup, found = parse(text, START)
    places = [*(link.target.place for link in markup.links), *(issue.place for issue in found)]
    lines = text.split("\n")
    for place in places:
        assert 0 <= place.line - START.line < len(lines)
        assert 1 <= place.column <= len(lines[place.line - START.line]) + 1


@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_is_linked_is_allowed_or_told(text: str) -> None:
    """No link leaves the gate with a scheme that is not allowed unless an error says so."""
    markup, found = parse(text, START)
    hrefs = [
        str(child.attrs["href"])
        for token in markup.tokens
        for child in token.children or ()
        if child.type == "link_open"
    ]
    outside = [
        href
        for href in hrefs
        if href.partition(":")[0] not in RECORD_KINDS
        and not href.lower().startswith(("http://", "https://", "mailto:"))
    ]
    assert len(outside) <= sum(issue.code == "bad-link" for issue in found)


@pytest.mark.parametrize(
    "text, name, alt, place",
    [
        ("![A mill](mill.jpg)", "mill.jpg", "A mill", "5:11"),
        ("One.\n\n![A mill,\nburning](mill.jpg)", "mill.jpg", "A mill, burning", "8:10"),
        ("![A mill](<the mill.jpg>)", "the mill.jpg", "A mill", "5:12"),
        ("![A mill](the%20mill.jpg)", "the mill.jpg", "A mill", "5:11"),
        ("![Мельница](мельница.png)", "мельница.png", "Мельница", "5:13"),
        ("![A mill](e\u0301.png)", "é.png", "A mill", "5:11"),
        ("> ![A mill](mill.jpg)", "mill.jpg", "A mill", "5:13"),
    ],
)
def test_an_image_alone_in_a_paragraph_is_a_picture(text: str, name: str, alt: str, place: str) -> None:
    """It names a file beside the text, in NFC, and says what is to be seen; neither is a mistake."""
    found, told = parse(text, START)
    assert () == told
    assert [(name, f"content/pages/a.md:{place}")] == [(str(one), str(one.place)) for one in found.pictures]
    assert [(name, alt)] == [(one.content, one.meta["alt"]) for one in found.tokens if one.type == "picture"]


def test_a_name_withheld_in_a_description_stops_the_build() -> None:
    """A description is one plain text: what is marked in it would be published, so it is an error."""
    assert "image" in {one.code for one in issues("![The officer [Ivan Petrov]{.withheld}](gate.jpg)")}
