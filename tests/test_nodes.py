import gc
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder import nodes
from site_builder.issues import Issue, Place, Placed
from site_builder.nodes import MAX_DEPTH, PlacedDict, PlacedList, YamlError, parse, place_within

START = Place("content/a.yaml")

# What other readers of YAML take for truth values, dates, numbers of base 60, 8, 2 or 16, or for nothing.
SCALARS = ("NO", "no", "yes", "on", "off", "y", "n", "true", "False", "~", "null", "Null", "12:30",
           "12:30:45", "010", "0o10", "0x1F", "0b11", "1_000", "1,000", "1e3", ".inf", "-.inf", ".nan",
           "+1", "-1", "1.0", "1.10", "007", "2022-09", "2022-09-21", "2022-10-03T10:00:00Z",
           "2022-10-03/..", "2022-10~", "2021-12?", "2022-10-XX", "=", "<<", "да", "e\u0301", "🌊", "a#b",
           "http://example.org/a?b=c", "C:\\path", "50%", "a:b",
)  # fmt: skip


@pytest.mark.parametrize("scalar", SCALARS)
def test_a_scalar_stays_as_written(scalar: str) -> None:
    """Every plain scalar arrives as the text that was written, whatever YAML would make of it."""
    node = parse(f"key: {scalar}\nlist: [{scalar.replace(',', '')}]\n", START)
    assert {"key": scalar, "list": [scalar.replace(",", "")]} == node


@pytest.mark.parametrize("key", ["NO", "12:30", "010", "2022", "~", "true", "да"])
def test_a_key_stays_as_written(key: str) -> None:
    """Keys are texts as well: a country code NO is no truth value."""
    assert {key: "1"} == parse(f"{key}: 1\n", START)


@pytest.mark.parametrize(
    "written, read",
    [
        ("a:", {"a": ""}),
        ("a: ''", {"a": ""}),
        ('a: "\\u0416\\n"', {"a": "Ж\n"}),
        ("a: 'it''s'", {"a": "it's"}),
        ("a: >-\n  one\n  two", {"a": "one two"}),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("- a\n- [b, {c: d}]", ["a", ["b", {"c": "d"}]]),
        ("# a comment", {}),
        ("", {}),
        ("---\na: b\n", {"a": "b"}),
        ("a: b # a comment", {"a": "b"}),
        ("'<<': b", {"<<": "b"}),
        ("a: '*b'", {"a": "*b"}),
        ("plain", "plain"),
    ],
)
def test_the_forms_that_are_read(written: str, read: object) -> None:
    """Block and flow forms, quoted and folded texts, comments and an empty file are read."""
    assert read == parse(written, START)


def test_everything_knows_its_place() -> None:
    """Keys, values, lists and mappings know line and column, and the length of what stands on one line."""
    node = parse("a: one\nb:\n  - two\n  - {c: 'three'}\n", START)
    assert isinstance(node, PlacedDict)
    assert Place("content/a.yaml", 1, 4, 3) == node["a"].place
    assert Place("content/a.yaml", 2, 1, 1) == node.key_place("b")
    assert Place("content/a.yaml", 3, 5, 3) == node["b"][0].place
    assert Place("content/a.yaml", 4, 5, 12) == node["b"][1].place
    assert Place("content/a.yaml", 4, 9, 7) == place_within(node, ("b", 1, "c"))
    assert isinstance(node["b"], PlacedList)


def test_a_text_keeps_no_place_beside_it() -> None:
    """A text makes its place for whoever asks: a large dossier has no room for one beside each text."""
    text = Placed("words", Place("a.yaml", 7, 3, 5))
    assert Place("a.yaml", 7, 3, 5) == text.place
    assert not [one for one in gc.get_referents(text) if isinstance(one, Place)]


def test_a_missing_key_has_the_place_of_its_mapping() -> None:
    """Asked for a key that is not there, a mapping answers with its own place."""
    node = parse("a:\n  b: c\n", START)
    assert isinstance(node, PlacedDict)
    assert node["a"].place == node["a"].key_place("d")
    assert node["a"].place == place_within(node, ("a", "d"))


def test_places_count_from_where_the_text_begins() -> None:
    """Front matter begins on the second line of its file: its places are the file's."""
    node = parse("a: one\nb: two\n", Place("content/a.md", 2))
    assert isinstance(node, PlacedDict)
    assert ("content/a.md:2:4", "content/a.md:3:4") == (str(node["a"].place), str(node["b"].place))


def test_columns_are_counted_in_characters() -> None:
    """Letters of two, three and four bytes are one column each, as an editor counts them."""
    node = parse("key: [Ж, 水, 🌊, end]\n", START)
    assert isinstance(node, PlacedDict)
    assert [7, 10, 13, 16] == [item.place.column for item in node["key"]]


REFUSED = (
    ("a: 1\na: 2\n", "duplicate-key", 2, 1),
    ("a: {b: 1, b: 2}\n", "duplicate-key", 1, 11),
    ("a: &x 1\n", "yaml-form", 1, 4),
    ("a: &x 1\nb: *x\n", "yaml-form", 1, 4),
    ("b: *x\n", "yaml-form", 1, 4),
    ("&x a: 1\n", "yaml-form", 1, 1),
    ("a: !!str 1\n", "yaml-form", 1, 4),
    ("a: !!python/object/apply:os.system [ls]\n", "yaml-form", 1, 4),
    ("a: !own {b: c}\n", "yaml-form", 1, 4),
    ("a: !own\n  b: c\n", "yaml-form", 1, 4),
    ("<<: {a: 1}\n", "yaml-form", 1, 1),
    ("a: 1\n---\nb: 2\n", "yaml-form", 2, 1),
    ("? [a, b]\n: c\n", "yaml-form", 1, 3),
    ("{a: b}: c\n", "yaml-form", 1, 1),
    ("a: \tb: c\n", "yaml-syntax", 1, 6),
    ("a: 'b\n", "yaml-syntax", 1, 4),
    ("a: b: c\n", "yaml-syntax", 1, 5),
    ("a: @b\n", "yaml-syntax", 1, 4),
    ("a: `b`\n", "yaml-syntax", 1, 4),
    ("a: [b\n", "yaml-syntax", 1, 4),
    ("a: %b\n", "yaml-syntax", 1, 4),
    ("a: x\x07\n", "unprintable", 1, 5),
    ("a: ok\nb: \x00\n", "unprintable", 2, 4),
    ("a: \ufffe\n", "unprintable", 1, 4),
    ("a: \ud800\n", "unprintable", 1, 4),
    ("a: x\x85b: y\n", "unprintable", 1, 5),
    ("a: x\u2028b: y\n", "unprintable", 1, 5),
)


@pytest.mark.parametrize("text, code, line, column", REFUSED)
def test_what_is_not_read_is_refused_with_its_place(text: str, code: str, line: int, column: int) -> None:
    """Everything outside the strict part of YAML is one issue, at its line and column, with a repair."""
    with pytest.raises(YamlError) as caught:
        parse(text, START)
    issue = caught.value.issue
    assert (code, line, column) == (issue.code, issue.place.line, issue.place.column)
    assert issue.repair


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth_is_limited_before_anything_is_built(opening: str) -> None:
    """Ten thousand levels of nesting are refused, not followed until the process falls over."""
    with pytest.raises(YamlError) as caught:
        parse("a: " * (opening == "[") + opening * 10_000, START)
    assert caught.value.issue.code in {"yaml-form", "yaml-syntax"}


@pytest.mark.parametrize("levels, is_read", [(MAX_DEPTH, True), (MAX_DEPTH + 1, False)])
def test_the_limit_of_depth_is_exact(levels: int, *, is_read: bool) -> None:
    """Lists nest as deep as the limit says, and not one level deeper."""
    text = "[" * levels + "]" * levels
    if is_read:
        assert parse(text, START) == parse(text, START)
    else:
        with pytest.raises(YamlError, match=f"more than {MAX_DEPTH} levels"):
            parse(text, START)


def test_size_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text above the limit is refused before it is parsed; one at the limit is read."""
    monkeypatch.setattr(nodes, "MAX_CHARACTERS", 10)
    assert "a" * 10 == parse("a" * 10, START)
    with pytest.raises(YamlError) as caught:
        parse("a" * 11, START)
    assert "too-large" == caught.value.issue.code


def test_an_alias_bomb_is_refused() -> None:
    """Nine lists that each hold the one before nine times are refused at the first anchor."""
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    with pytest.raises(YamlError) as caught:
        parse("\n".join(lines), START)
    assert ("yaml-form", 1) == (caught.value.issue.code, caught.value.issue.place.line)


PIECES = st.sampled_from(
    ["a", "b: ", "- ", "\n", "  ", "\t", "[", "]", "{", "}", ",", ":", "'", '"', "#", "&a ", "*a", "!",
     "!!str ", "|", ">", "---", "...", "%", "@", "`", "?", "<<: ", "\\", "\x00", "\ufeff", "\u2028", "Ж",
     "🌊", "\ud800", "\x85", "~", "12:30", "%YAML 1.1\n", "%TAG ! a\n"]
)  # fmt: skip


def outcome(text: str) -> nodes.Node | Issue:
    """What parsing a text gives: its tree, or the issue that it is refused with."""
    try:
        return parse(text, START)
    except YamlError as error:
        return error.issue


def is_sound(found: nodes.Node | Issue, text: str) -> bool:
    """Whether an outcome is a tree, or an issue that lies within the text or at its end."""
    if not isinstance(found, Issue):
        return isinstance(found, Placed | PlacedList | PlacedDict)
    lines = text.count("\n") + text.count("\r") + 1
    codes = {"yaml-form", "yaml-syntax", "unprintable", "duplicate-key"}
    return found.code in codes and 1 <= found.place.line <= lines + 1


@given(st.text())
@example("\ud800")
@example("a: \ud800")
@example("\x00")
def test_any_text_is_read_or_refused(text: str) -> None:
    """Arbitrary text gives a tree or a `YamlError`, and never any other error."""
    assert is_sound(outcome(text), text)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_pile_of_yaml_signs_is_read_or_refused(text: str) -> None:
    """Signs of YAML in any order give a tree or a `YamlError`, and never any other error."""
    assert is_sound(outcome(text), text)


def test_the_first_mistake_is_told() -> None:
    """Of two mistakes in a text the one is told that stands first."""
    with pytest.raises(nodes.YamlError) as error:
        nodes.parse("a: 1\na: 2\nb: [", START)
    assert "duplicate-key" == error.value.issue.code


# What ends a line or turns the direction unseen is refused by its place, and by no field read.
_UNSEEN = "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff"
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters=_UNSEEN), max_size=8
)
KEYS = st.text("abc", min_size=1)


@given(
    st.recursive(WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4))
)
def test_what_json_writes_is_read(value: object) -> None:
    """YAML's flow form holds JSON: lists, mappings and texts that can be seen are read back equal."""
    assert value == parse(json.dumps(value, ensure_ascii=False), START)


def test_no_home_for_yaml_but_the_gate() -> None:
    """The unsafe loaders of PyYAML are named nowhere in the tool."""
    package = Path(nodes.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in package.rglob("*.py")]
    assert [] == [
        text for text in texts if "UnsafeLoader" in text or "FullLoader" in text or "yaml.load(" in text
    ]
