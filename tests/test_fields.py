from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError

from site_builder import fields, values
from site_builder.dates import Edtf
from site_builder.issues import Place, Placed, place_of
from site_builder.values import Text

HERE = Place("content/a.yaml", 3, 7, 4)
RESERVED = {
    "index",
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
}


def code_of(read: Callable[[object], object], value: object) -> str:
    """The issue code with which a value is refused."""
    with pytest.raises(PydanticCustomError) as caught:
        read(value)
    context = caught.value.context or {}
    assert context["problem"]
    assert context["repair"]
    return caught.value.type


@pytest.mark.parametrize(
    "written, read",
    [
        ("words", "words"),
        ("  words \n", "words"),
        ("e\u0301", "é"),
        ("two\nlines", "two\nlines"),
        ("a\tb", "a\tb"),
    ],
)
def test_words_are_trimmed_and_normal(written: str, read: str) -> None:
    """A text loses the spaces around it, is brought to NFC, and keeps its place."""
    found = values.read_words(Placed(written, HERE))
    assert (read, HERE) == (found, place_of(found))


@pytest.mark.parametrize(
    "value, code",
    [
        ("", "empty-value"),
        (" \u00a0\n", "empty-value"),
        ([], "wrong-type"),
        ({}, "wrong-type"),
        (1, "wrong-type"),
        (None, "wrong-type"),
        ("a\x00b", "unprintable"),
        ("a\x1bb", "unprintable"),
        ("a\u202eb", "unprintable"),
        ("a\u2066b", "unprintable"),
        ("a\u2028b", "unprintable"),
        ("a\x9bb", "unprintable"),
        ("a\ufeffb", "unprintable"),
    ],
)
def test_texts_that_are_refused(value: object, code: str) -> None:
    """Nothing, something other than a text, and characters that steer terminals or directions are refused."""
    assert code == code_of(values.read_words, value)


@pytest.mark.parametrize("ident", ["a", "a-b", "2022", "a1-2b", "x" * 80, "com10", "index-1"])
def test_ids_that_are_read(ident: str) -> None:
    """An id is lower-case ASCII letters, digits and single hyphens between them, at most 80."""
    assert ident == values.read_id(ident)


@pytest.mark.parametrize(
    "ident",
    ["A", "a_b", "a--b", "-a", "a-", "a b", "é", "ж", "a.b", "a/b", "..", "x" * 81, "а", *sorted(RESERVED)],
)  # fmt: skip
def test_ids_that_are_refused(ident: str) -> None:
    """Whatever is no id, is no file name everywhere, or looks like an id in another alphabet is refused."""
    assert "bad-id" == code_of(values.read_id, ident)


@given(st.text(max_size=120))
def test_a_suggested_id_is_an_id(text: str) -> None:
    """What is proposed instead of a bad id is one itself, or nothing."""
    proposed = values.suggested_id(text)
    if proposed and proposed not in RESERVED:
        assert proposed == values.read_id(proposed)


@pytest.mark.parametrize(
    "written, number",
    [("0", "0"), ("9", "9"), ("-3", "-3"), ("1.50", "1.50"), ("222000", "222000"), ("0.1", "0.1"),
     ("123456789012345", "123456789012345")],
)  # fmt: skip
def test_numbers_keep_their_digits(written: str, number: str) -> None:
    """A number is exactly what its digits say: no float, no lost decimals."""
    assert number == str(values.read_number(written))
    assert Decimal(number) == values.read_number(written)


@pytest.mark.parametrize(
    "written, repair",
    [
        ("9,000", "write 9000"),
        ("9 000", "write 9000"),
        ("9\u00a0000", "write 9000"),
        ("9\u202f000", "write 9000"),
        ("9_000", "write 9000"),
        ("9'000", "write 9000"),
        ("+9", "write 9"),
        ("09", "write 9"),
        ("nine", "write digits, with a point before decimals"),
        ("9.", "write digits, with a point before decimals"),
        (".5", "write digits, with a point before decimals"),
        ("1e3", "write digits, with a point before decimals"),
        ("0x1F", "write digits, with a point before decimals"),
        ("١٢", "write digits, with a point before decimals"),
        (".inf", "write digits, with a point before decimals"),
        ("9000 people", "write digits, with a point before decimals"),
    ],
)
def test_numbers_that_are_refused(written: str, repair: str) -> None:
    """A number with separators, signs or words is refused, with the number to write where it is certain."""
    with pytest.raises(PydanticCustomError) as caught:
        values.read_number(written)
    assert ("bad-number", repair) == (caught.value.type, (caught.value.context or {})["repair"])


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "http://example.org:8080/a?b=c#d", "https://пример.рф/путь", "https://[::1]/",
     "https://example.org/a%20b", "https://example.org/@name"],
)  # fmt: skip
def test_urls_that_are_read(url: str) -> None:
    """A web address is http or https with a host."""
    assert url == values.read_url(url)


@pytest.mark.parametrize(
    "url",
    ["example.org", "//example.org", "https://", "https:example.org", "ftp://example.org",
     "javascript:alert(1)", "https://exa mple.org", "https://example.org/<b>", 'https://example.org/"',
     "https://a@example.org", "https://a:b@example.org", "https://[::1", "data:text/html,x",
     "https://example.org/\\a", "/path"],
)  # fmt: skip
def test_urls_that_are_refused(url: str) -> None:
    """Anything but a whole web address without a user name is refused."""
    assert "bad-url" == code_of(values.read_url, url)


@pytest.mark.parametrize("tag", ["en", "ru", "tyv", "ru-Latn", "pt-BR", "zh-Hant-TW", "es-419"])
def test_languages_that_are_read(tag: str) -> None:
    """A language is a BCP 47 tag of language, script and region."""
    assert tag == values.read_language(tag)


@pytest.mark.parametrize("tag", ["EN", "english", "e", "en_GB", "en-gb", "en-", "en GB", "х", "abcd"])
def test_languages_that_are_refused(tag: str) -> None:
    """Names of languages and tags in other letter cases are refused."""
    assert "bad-language" == code_of(values.read_language, tag)


@pytest.mark.parametrize(
    "value, code", [("3.10.2022", "bad-date"), (["2022-01"], "bad-date"), ("", "empty-value")]
)
def test_dates_that_are_refused(value: object, code: str) -> None:
    """What is no EDTF date is refused under the code of dates; a list says how a set is written."""
    assert code == code_of(values.read_date, value)


def test_a_date_is_read() -> None:
    """A date field holds an EDTF date."""
    assert Edtf.parse("2022-10~") == values.read_date("2022-10~")


@pytest.mark.parametrize("reference", ["event:a-b", "source:a", "whatever:a"])
def test_references_that_are_read(reference: str) -> None:
    """A reference is a kind, a colon and an id; which kinds there are is for validation to say."""
    assert reference == values.read_record_reference(reference)


@pytest.mark.parametrize(
    "reference", ["a-b", "event:", ":a", "event:A", "event: a", "1:a", "event:a:b", "e v:a"]
)
def test_references_that_are_refused(reference: str) -> None:
    """A reference without kind or id is refused."""
    assert "bad-reference" == code_of(values.read_record_reference, reference)


@pytest.mark.parametrize(
    "value, language, text",
    [
        ("one", "en", "one"),
        ("one", "ru", "one"),
        ({"en": "one", "ru": "один"}, "ru", "один"),
        ({"en": "one", "ru": "один"}, "en", "one"),
        ({"en": "one", "ru": "один"}, "de", "one"),
        ({"ru": "один"}, "en", "один"),
    ],
)
def test_a_text_answers_in_a_language(value: object, language: str, text: str) -> None:
    """A text gives the language asked for, else the dossier's own, else the first that is written."""
    assert text == values.read_text(value).in_language(language)


@pytest.mark.parametrize(
    "value, code",
    [
        ({}, "empty-value"),
        ({"English": "one"}, "bad-language"),
        ({"en": ""}, "empty-value"),
        (["a"], "wrong-type"),
    ],
)
def test_texts_by_language_that_are_refused(value: object, code: str) -> None:
    """A mapping of texts needs language tags and words."""
    assert code == code_of(values.read_text, value)


def test_a_text_knows_where_it_is_written() -> None:
    """A text by language has the place of its first language."""
    assert HERE == Text((("en", Placed("one", HERE)),)).place


@pytest.mark.parametrize(
    "word, repair", [("counted", "did you mean 'count'?"), ("zzz", "allowed: official, count")]
)
def test_a_closed_list_names_its_words(word: str, repair: str) -> None:
    """A word that is not in the list is answered with the nearest one, or with all."""
    reader = fields.one_of({"official": "by an authority", "count": "case by case"})
    with pytest.raises(PydanticCustomError) as caught:
        reader.read(word)
    assert (caught.value.context or {})["repair"].startswith(repair)
    assert "count" == reader.read("count")


@pytest.mark.parametrize(
    "kind, good, bad",
    [
        (fields.IsoCode, "RU-TY", "ru-ty"),
        (fields.IsoCode, "UA", "UKR"),
        (fields.IsoCode, "GB-ENG", "GB-ENGL"),
        (fields.WikidataId, "Q649", "649"),
        (fields.WikidataId, "Q1", "Q01"),
        (fields.Sha256, "0" * 64, "0" * 63),
        (fields.Sha256, "a" * 64, "A" * 64),
    ],
)
def test_codes_have_a_form(kind: object, good: str, bad: str) -> None:
    """Codes of other registers are read in their own form only."""
    adapter: TypeAdapter[str] = TypeAdapter(kind)  # type: ignore[arg-type]
    assert good == adapter.validate_python(good)
    with pytest.raises(ValueError, match="is not"):
        adapter.validate_python(bad)


@given(
    st.text()
    | st.lists(st.text(), max_size=2)
    | st.dictionaries(st.text(), st.text(), max_size=2)
    | st.integers()
)
def test_any_value_is_read_or_refused(value: object) -> None:
    """Arbitrary values are read, or refused with a code of ours, and never end in any other error."""
    readers = (values.read_words, values.read_id, values.read_text, values.read_language, values.read_date,
               values.read_number, values.read_url, values.read_record_reference)  # fmt: skip
    for read in readers:
        try:
            read(value)
        except PydanticCustomError as error:
            assert (error.context or {})["problem"]  # noqa: PT017
