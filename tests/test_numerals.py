"""Numbers in running text, and the check that holds them against records."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.numerals import bound_before, numerals
from site_builder.wording import number_words

ENGLISH = [
    ("222,000", ["222000"]),
    ("222 000", ["222000"]),
    ("222\u00a0000 and 222\u202f000", ["222000", "222000"]),
    ("1,234,567.5 tonnes", ["1234567.5"]),
    ("0.3 million", ["300000"]),
    ("7.8 times", ["7.8"]),
    ("three hundred thousand", ["300000"]),
    ("three hundred and twelve thousand four hundred", ["312400"]),
    ("two million three hundred thousand", ["2300000"]),
    ("twenty-five", ["25"]),
    ("Ninety nine, then one", ["99", "1"]),
    ("a million and a hundred", ["1000000", "100"]),
    ("3,000 to 5,000", ["3000", "5000"]),
    ("3,000–5,000", ["3000", "5000"]),
    ("492,000, 527,000", ["492000", "527000"]),
    ("two three", ["2", "3"]),
    ("In 2022 300 men", ["2022", "300"]),
    ("over 80,000", ["80000"]),
    ("a dozen, hundreds, thousands", []),
    ("Q649, abc12, x_3", []),
    ("", []),
]
RUSSIAN = [
    ("222 000", ["222000"]),
    ("0,3 млн", ["300000"]),
    ("222 тыс. человек", ["222000"]),
    ("триста двадцать пять тысяч", ["325000"]),
    ("более двух миллионов", ["2000000"]),
    ("222\u00a0000 человек", ["222000"]),
    ("300 тысяч, триста тысяч, трёхсот тысяч", ["300000", "300000", "300000"]),
    ("полмиллиона, полтора миллиона, около полутора тысяч", ["500000", "1500000", "1500"]),
    ("тысяча двести, около миллиона, тысячи людей", ["1200"]),
    ("с двенадцатью тысячами, к пятистам, о тридцати пяти", ["12000", "500", "35"]),
    ("двухсот семидесяти пяти", ["275"]),
    ("от трёх до пяти тысяч", ["3", "5000"]),
    ("3000—5000 и 3–5", ["3000", "5000", "3", "5"]),
    ("сотни, несколько тысяч, миллионы", []),
]


@pytest.mark.parametrize("text,expected", ENGLISH)
def test_english_numbers_are_read_as_people_write_them(text: str, expected: list[str]) -> None:
    """Digits with any usual grouping, number words, and both together give the number they mean."""
    assert [Decimal(one) for one in expected] == [found.value for found in numerals(text, "en")]


@pytest.mark.parametrize("text,expected", RUSSIAN)
def test_russian_numbers_are_read_as_people_write_them(text: str, expected: list[str]) -> None:
    """Russian groups by spaces, has a comma before decimals, and words in several cases."""
    assert [Decimal(one) for one in expected] == [found.value for found in numerals(text, "ru")]


def test_a_number_knows_where_it_stands() -> None:
    """The place of a number covers all of its words and nothing else."""
    text = "of some three hundred thousand men"
    (found,) = numerals(text, "en")
    assert "three hundred thousand" == text[found.start : found.end]


def test_a_language_without_number_words_is_read_by_its_digits() -> None:
    """A text in a language that is not known is still searched for digits."""
    assert [Decimal(4000)] == [found.value for found in numerals("4 000 personnes", "fr")]


@given(st.integers(min_value=0, max_value=10**12))
def test_what_is_worded_is_read_back(number: int) -> None:
    """A number written by the site's own wording is read as the same number."""
    assert [Decimal(number)] == [found.value for found in numerals(number_words(number, "en"), "en")]


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    """No text raises, and every number found lies inside it."""
    assert all(0 <= found.start < found.end <= len(text) for found in numerals(text, "en"))


@pytest.mark.parametrize(
    "text, language, side",
    [
        ("at least 9", "en", "lower"),
        ("More  than 9", "en-GB", "lower"),
        ("no more than 9", "en", "upper"),
        ("up to 9", "en", "upper"),
        ("moreover 9", "en", ""),
        ("about 9", "en", ""),
        ("не более 9", "ru", "upper"),
        ("более 9", "ru", "lower"),
        ("mehr als 9", "de", ""),
    ],
)
def test_the_words_before_a_number_bound_it(text: str, language: str, side: str) -> None:
    """What is said of the side on which the truth lies is read; the longer of two phrases counts."""
    assert side == bound_before(text, text.index("9"), language)


def test_a_number_knows_the_word_that_multiplies_it() -> None:
    """The word at a number's end is kept, so that it can be lent to the number before it."""
    assert [1, 10**6, 1] == [found.scale for found in numerals("2.5 to 3 million, or 3,000,000", "en")]
