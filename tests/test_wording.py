import subprocess
import sys
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from site_builder.alphabet import sort_key
from site_builder.dates import Edtf
from site_builder.phrases import LANGUAGES
from site_builder.wording import (
    bound_words,
    date_short,
    date_words,
    has_words,
    language_name,
    list_words,
    number_words,
    plural_form,
    range_words,
    share_words,
)

# A tilde in the words stands for the no-break space.
WORDS = (
    ("2022", "2022", "2022"),
    ("0044", "44", "44"),
    ("2022-10", "October 2022", "Oct 2022"),
    ("2022-10-03", "3~October 2022", "3~Oct 2022"),
    ("2022-05-09", "9~May 2022", "9~May 2022"),
    ("2022-10~", "about October 2022", "c.~Oct 2022"),
    ("2022-10-15~", "about 15~October 2022", "c.~15~Oct 2022"),
    ("2021-12?", "perhaps December 2021", "Dec 2021?"),
    ("2021-12%", "perhaps about December 2021", "c.~Dec 2021?"),
    ("2022-10-XX", "a day in October 2022", "a day in Oct 2022"),
    ("2022-10-XX~", "a day in about October 2022", "a day in c.~Oct 2022"),
    ("2022-XX-XX", "a day in 2022", "a day in 2022"),
    ("2022-XX", "a month in 2022", "a month in 2022"),
    ("202X", "the 2020s", "2020s"),
    ("202X?", "perhaps the 2020s", "2020s?"),
    ("200X", "between 2000 and 2009", "2000–2009"),
    ("20XX", "between 2000 and 2099", "2000–2099"),
    ("2022-21", "spring 2022", "spring 2022"),
    ("2022-22", "summer 2022", "summer 2022"),
    ("2022-23", "autumn 2022", "autumn 2022"),
    ("2022-24", "winter 2022–2023", "winter 2022–2023"),
    ("9999-24", "winter 9999", "winter 9999"),
    ("2022-09-22/2022-09-26", "22 to 26~September 2022", "22–26~Sept 2022"),
    ("2022-09-28/2022-10-03", "28~September to 3~October 2022", "28~Sept – 3~Oct 2022"),
    ("2022-02-24/2022-11-09", "24~February to 9~November 2022", "24~Feb – 9~Nov 2022"),
    ("2022-02-24/2023-07-26", "24~February 2022 to 26~July 2023", "24~Feb 2022 – 26~Jul 2023"),
    ("2022-10-03/2022-10-03", "3~October 2022", "3~Oct 2022"),
    ("2022-09/2022-10", "September to October 2022", "Sept–Oct 2022"),
    ("2022-12/2023-01", "December 2022 to January 2023", "Dec 2022 – Jan 2023"),
    ("2021/2022", "2021 to 2022", "2021–2022"),
    ("2021/2022~", "2021 to about 2022", "2021 – c.~2022"),
    ("2021/2022-10", "2021 to October 2022", "2021 – Oct 2022"),
    ("2022-21/2022-23", "spring to autumn 2022", "spring–autumn 2022"),
    ("2022-23/2022-24", "autumn 2022 to winter 2022–2023", "autumn 2022 – winter 2022–2023"),
    ("2022-09-28/2022-10", "28~September 2022 to October 2022", "28~Sept 2022 – Oct 2022"),
    (
        "2022-09-22~/2022-09-26",
        "about 22~September 2022 to 26~September 2022",
        "c.~22~Sept 2022 – 26~Sept 2022",
    ),
    ("2022-10-01/2022-12-XX", "1~October 2022 to a day in December 2022", "1~Oct 2022 – a day in Dec 2022"),
    ("2022-10-03/..", "from 3~October 2022 on", "from 3~Oct 2022"),
    ("../2022-10-03", "until 3~October 2022", "until 3~Oct 2022"),
    ("2022-10-03/", "from 3~October 2022, end unknown", "3~Oct 2022 – ?"),
    ("/2022-10-03", "until 3~October 2022, start unknown", "? – 3~Oct 2022"),
    ("2022-10~/..", "from about October 2022 on", "from c.~Oct 2022"),
    ("[2022-09-21,2022-09-22]", "21 or 22~September 2022", "21 or 22~Sept 2022"),
    ("[2022-09-25,2022-09-21,2022-09-22]", "21, 22 or 25~September 2022", "21, 22 or 25~Sept 2022"),
    ("[2022-09-28,2022-10-03]", "28~September or 3~October 2022", "28~Sept or 3~Oct 2022"),
    (
        "[2022-09-28,2022-10-02,2022-10-03]",
        "28~September, 2~October or 3~October 2022",
        "28~Sept, 2~Oct or 3~Oct 2022",
    ),
    ("[2022-09,2022-10]", "September or October 2022", "Sept or Oct 2022"),
    ("[2021,2022]", "2021 or 2022", "2021 or 2022"),
    (
        "[2022-09-21,2022-09-22?]",
        "21~September 2022 or perhaps 22~September 2022",
        "21~Sept 2022 or 22~Sept 2022?",
    ),
    ("[2022-09-22..2022-09-26]", "between 22 and 26~September 2022", "between 22 and 26~Sept 2022"),
    ("[..2022-10-03]", "3~October 2022 or earlier", "3~Oct 2022 or earlier"),
    ("[2022-10-03..]", "3~October 2022 or later", "3~Oct 2022 or later"),
    (
        "[2022-09-21,2022-09-24..2022-09-26]",
        "21~September 2022 or between 24 and 26~September 2022",
        "21~Sept 2022 or between 24 and 26~Sept 2022",
    ),
)


@pytest.mark.parametrize("text, words, short", WORDS)
def test_dates_in_english(text: str, words: str, short: str) -> None:
    """Every form of date has its words in full and in short, and says what is doubtful."""
    read = Edtf.parse(text)
    assert words.replace("~", "\u00a0") == date_words(read, "en")
    assert short.replace("~", "\u00a0") == date_short(read, "en")


# The same dates as good Russian newspapers print them: the genitive of the months, dashes set off by spaces.
RUSSIAN = (
    ("2022", "2022~год", "2022~г."),
    ("0044", "44~год", "44~г."),
    ("2022-10", "октябрь 2022~года", "окт. 2022"),
    ("2022-10-03", "3~октября 2022~года", "3~окт. 2022"),
    ("2022-05-09", "9~мая 2022~года", "9~мая 2022"),
    ("2022-10~", "около октября 2022~года", "ок.~окт. 2022"),
    ("2022-10-15~", "около 15~октября 2022~года", "ок.~15~окт. 2022"),
    ("2021-12?", "возможно, декабрь 2021~года", "дек. 2021?"),
    ("2021-12%", "возможно, около декабря 2021~года", "ок.~дек. 2021?"),
    ("2022-10-XX", "один из дней октября 2022~года", "один из дней окт. 2022"),
    ("2022-10-XX~", "один из дней примерно октября 2022~года", "один из дней ок.~окт. 2022"),
    ("2022-XX-XX", "один из дней 2022~года", "один из дней 2022~г."),
    ("2022-XX", "один из месяцев 2022~года", "один из месяцев 2022~г."),
    ("202X", "2020-е годы", "2020-е"),
    ("202X?", "возможно, 2020-е годы", "2020-е?"),
    ("200X", "один из 2000–2009~годов", "2000–2009"),
    ("20XX", "один из 2000–2099~годов", "2000–2099"),
    ("2022-21", "весна 2022~года", "весна 2022"),
    ("2022-22", "лето 2022~года", "лето 2022"),
    ("2022-23", "осень 2022~года", "осень 2022"),
    ("2022-24", "зима 2022–2023~годов", "зима 2022–2023"),
    ("9999-24", "зима 9999~года", "зима 9999"),
    ("2022-09-22/2022-09-26", "22–26~сентября 2022~года", "22–26~сент. 2022"),
    ("2022-09-28/2022-10-03", "28~сентября~— 3~октября 2022~года", "28~сент.~— 3~окт. 2022"),
    ("2022-02-24/2022-11-09", "24~февраля~— 9~ноября 2022~года", "24~февр.~— 9~нояб. 2022"),
    ("2022-02-24/2023-07-26", "24~февраля 2022~года~— 26~июля 2023~года", "24~февр. 2022~— 26~июл. 2023"),
    ("2022-10-03/2022-10-03", "3~октября 2022~года", "3~окт. 2022"),
    ("2022-09/2022-10", "сентябрь~— октябрь 2022~года", "сент.~— окт. 2022"),
    ("2022-12/2023-01", "декабрь 2022~года~— январь 2023~года", "дек. 2022~— янв. 2023"),
    ("2021/2022", "2021–2022~годы", "2021–2022"),
    ("2021/2022~", "2021~год~— около 2022~года", "2021~г.~— ок.~2022~г."),
    ("2021/2022-10", "2021~год~— октябрь 2022~года", "2021~г.~— окт. 2022"),
    ("2022-21/2022-23", "весна~— осень 2022~года", "весна~— осень 2022"),
    ("2022-23/2022-24", "осень 2022~года~— зима 2022–2023~годов", "осень 2022~— зима 2022–2023"),
    ("2022-09-28/2022-10", "28~сентября 2022~года~— октябрь 2022~года", "28~сент. 2022~— окт. 2022"),
    (
        "2022-09-22~/2022-09-26",
        "около 22~сентября 2022~года~— 26~сентября 2022~года",
        "ок.~22~сент. 2022~— 26~сент. 2022",
    ),
    (
        "2022-10-01/2022-12-XX",
        "1~октября 2022~года~— один из дней декабря 2022~года",
        "1~окт. 2022~— один из дней дек. 2022",
    ),
    ("2022-10-03/..", "с 3~октября 2022~года", "с 3~окт. 2022"),
    ("../2022-10-03", "до 3~октября 2022~года", "до 3~окт. 2022"),
    ("2022-10-03/", "с 3~октября 2022~года, конец неизвестен", "3~окт. 2022~— ?"),
    ("/2022-10-03", "до 3~октября 2022~года, начало неизвестно", "?~— 3~окт. 2022"),
    ("2022-10~/..", "с примерно октября 2022~года", "с ок.~окт. 2022"),
    ("[2022-09-21,2022-09-22]", "21 или 22~сентября 2022~года", "21 или 22~сент. 2022"),
    ("[2022-09-25,2022-09-21,2022-09-22]", "21, 22 или 25~сентября 2022~года", "21, 22 или 25~сент. 2022"),
    ("[2022-09-28,2022-10-03]", "28~сентября или 3~октября 2022~года", "28~сент. или 3~окт. 2022"),
    (
        "[2022-09-28,2022-10-02,2022-10-03]",
        "28~сентября, 2~октября или 3~октября 2022~года",
        "28~сент., 2~окт. или 3~окт. 2022",
    ),
    ("[2022-09,2022-10]", "сентябрь или октябрь 2022~года", "сент. или окт. 2022"),
    ("[2021,2022]", "2021 или 2022~год", "2021 или 2022~г."),
    (
        "[2022-09-21,2022-09-22?]",
        "21~сентября 2022~года или возможно, 22~сентября 2022~года",
        "21~сент. 2022 или 22~сент. 2022?",
    ),
    ("[2022-09-22..2022-09-26]", "между 22 и 26~сентября 2022~года", "между 22 и 26~сент. 2022"),
    ("[..2022-10-03]", "не позже 3~октября 2022~года", "не позже 3~окт. 2022"),
    ("[2022-10-03..]", "не раньше 3~октября 2022~года", "не раньше 3~окт. 2022"),
    (
        "[2022-09-21,2022-09-24..2022-09-26]",
        "21~сентября 2022~года или между 24 и 26~сентября 2022~года",
        "21~сент. 2022 или между 24 и 26~сент. 2022",
    ),
)


@pytest.mark.parametrize("text, words, short", RUSSIAN)
def test_dates_in_russian(text: str, words: str, short: str) -> None:
    """Every form of date has its words in Russian, in the case that stands there."""
    read = Edtf.parse(text)
    assert words.replace("~", "\u00a0") == date_words(read, "ru")
    assert short.replace("~", "\u00a0") == date_short(read, "ru")


def test_every_form_of_date_is_worded_in_each_language() -> None:
    """The two tables hold the same dates."""
    assert [text for text, _, _ in WORDS] == [text for text, _, _ in RUSSIAN]


@pytest.mark.parametrize(
    "value, words",
    [
        ("222000", "222~000"),
        ("30000", "30~000"),
        ("3000", "3000"),
        ("-1234", "-1234"),
        ("-12345", "-12~345"),
        ("7.80", "7,80"),
        ("12345.5", "12~345,5"),
        ("0.05", "0,05"),
    ],
)
def test_numbers_in_russian(value: str, words: str) -> None:
    """A number has a comma before its decimals, and no-break spaces from five digits on."""
    assert words.replace("~", "\u00a0") == number_words(Decimal(value), "ru")


def test_numbers_with_words_in_russian() -> None:
    """Ranges, shares, bounds and lists are Russian."""
    assert "от 3000 до 5000" == range_words(3000, 5000, "ru")
    assert "3,1 на 100\u00a0000" == share_words([Decimal(31)], Decimal(1_000_000), "ru")
    assert "не менее 275" == bound_words("at_least", "275", "ru")
    assert "не более 275" == bound_words("at_most", "275", "ru")
    assert "более 275" == bound_words("more_than", "275", "ru")
    assert "менее 275" == bound_words("fewer_than", "275", "ru")
    assert "около 275" == bound_words("about", "275", "ru")
    assert "а, б и в" == list_words(["а", "б", "в"], "ru")


@pytest.mark.parametrize(
    "number, plain, bounded",
    [
        (1, "one", "few"),
        (2, "few", "many"),
        (5, "many", "many"),
        (11, "many", "many"),
        (21, "one", "few"),
        (22, "few", "many"),
        (111, "many", "many"),
        (222_000, "many", "many"),
    ],
)
def test_plural_forms_in_russian(number: int, plain: str, bounded: str) -> None:
    """«21 дом», «2 дома», «5 домов»; behind a bound the genitive: «не менее 21 дома», «не менее 2 домов»."""
    assert plain == plural_form(Decimal(number), "ru", bounded=False)
    assert bounded == plural_form(Decimal(number), "ru", bounded=True)


MARKS = ("", "?", "~", "%")
simple = st.builds(
    "{}{}".format,
    st.one_of(
        st.dates().map(str),
        st.dates().map(lambda day: str(day)[:7]),
        st.dates().map(lambda day: str(day)[:4]),
        st.dates().map(lambda day: str(day)[:7] + "-XX"),
        st.dates().map(lambda day: str(day)[:4] + "-XX"),
        st.integers(1, 999).map("{:03}X".format),
        st.integers(1, 99).map("{:02}XX".format),
        st.builds("{:04}-{}".format, st.integers(1, 9999), st.integers(21, 24)),
    ),
    st.sampled_from(MARKS),
)


def _in_order(texts: list[str]) -> list[str]:
    return sorted(texts, key=lambda text: Edtf.parse(text).sort_key)


pairs = st.lists(simple, min_size=2, max_size=2, unique=True).map(_in_order)
texts = st.one_of(
    simple,
    pairs.map("/".join),
    simple.map("{}/..".format),
    simple.map("../{}".format),
    simple.map("{}/".format),
    simple.map("/{}".format),
    pairs.map(lambda pair: f"[{','.join(pair)}]"),
    pairs.map(lambda pair: f"[{'..'.join(pair)}]"),
    simple.map("[..{}]".format),
    simple.map("[{}..]".format),
)


@given(texts)
def test_every_date_has_words(text: str) -> None:
    """Whatever the date, its words name its year, with no placeholder or mark of EDTF left."""
    read = Edtf.parse(text)
    day = read.earliest or read.latest
    assert day is not None
    for words in (style(read, lang) for lang in ("en", "ru") for style in (date_words, date_short)):
        assert not set("{}[]~%_/") & set(words)
        assert words == words.strip()
        if read.earliest or "-24" not in text:
            ten = day.year if read.earliest else day.year - day.year % 10
            assert any(str(year) in words for year in (day.year, ten, ten - ten % 100))


@given(simple, simple)
def test_different_doubts_have_different_words(one: str, other: str) -> None:
    """Two single dates with the same words are the same date: nothing known is left unsaid."""
    for lang in ("en", "ru"):
        assert (one == other) == (date_words(Edtf.parse(one), lang) == date_words(Edtf.parse(other), lang))


@pytest.mark.parametrize(
    "value, words",
    [
        (222000, "222,000"),
        (0, "0"),
        (-1234, "-1,234"),
        (999, "999"),
        (Decimal("7.8"), "7.8"),
        (Decimal("7.80"), "7.80"),
        (Decimal(7), "7"),
        (Decimal("1234.5"), "1,234.5"),
        (Decimal("0.05"), "0.05"),
        (Decimal("1E+3"), "1,000"),
        (10**30, "1,000,000,000,000,000,000,000,000,000,000"),
        (Decimal("12345678901234567890123456789.01"), "12,345,678,901,234,567,890,123,456,789.01"),
    ],
)
def test_numbers(value: Decimal | int, words: str) -> None:
    """A number is grouped, and keeps the decimals that it was written with."""
    assert words == number_words(value, "en")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3))
def test_numbers_keep_their_value(value: Decimal) -> None:
    """Without its commas, the words are the number again, to the last digit."""
    assert format(value, "f").replace("-0.000", "0.000") == number_words(value, "en").replace(
        ",", ""
    ).replace("-0.000", "0.000")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_no_number(value: str) -> None:
    """What is no finite number is refused, not printed."""
    with pytest.raises(ValueError, match="no finite number"):
        number_words(Decimal(value), "en")


def test_ranges() -> None:
    """A range names both ends, and one that is a single number names it once."""
    assert "3,000 to 5,000" == range_words(3000, 5000, "en")
    assert "7.5 to 8.0" == range_words(Decimal("7.5"), Decimal("8.0"), "en")
    assert "5" == range_words(5, 5, "en")


@pytest.mark.parametrize(
    "bound, words",
    [
        ("at_least", "at least 1,300"),
        ("at_most", "at most 1,300"),
        ("more_than", "more than 1,300"),
        ("fewer_than", "fewer than 1,300"),
        ("about", "about 1,300"),
    ],
)
def test_bounds(bound: str, words: str) -> None:
    """Every bound has its words before the number."""
    assert words == bound_words(bound, "1,300", "en")


@pytest.mark.parametrize(
    "value, form", [("1", "one"), ("1.0", "other"), ("0", "other"), ("2", "other"), ("364", "other")]
)
def test_plural_forms(value: str, form: str) -> None:
    """The form of a word behind a number is CLDR's; in English a bound changes nothing in it."""
    assert form == plural_form(Decimal(value), "en", bounded=False)
    assert form == plural_form(Decimal(value), "en", bounded=True)


def test_unknown_bound() -> None:
    """A bound that does not exist is refused with those that do."""
    with pytest.raises(ValueError, match="'over' is no bound of a number, only: at_least, at_most"):
        bound_words("over", "5", "en")


@pytest.mark.parametrize(
    "items, words",
    [
        ((), ""),
        (("a",), "a"),
        (("a", "b"), "a and b"),
        (("a", "b", "c"), "a, b and c"),
        (("{x}", "b"), "{x} and b"),
    ],
)
def test_lists(items: tuple[str, ...], words: str) -> None:
    """A list has commas and one "and", without a comma before it."""
    assert words == list_words(items, "en")


@pytest.mark.parametrize(
    "tag, name",
    [
        ("ru", "Russian"),
        ("bua", "Buriat"),
        ("en-GB", "British English"),
        ("zh-hant", "Traditional Chinese"),
        ("sr-Latn", "Serbian (Latin)"),
        ("zh-Hant-TW", "Chinese (Traditional, Taiwan)"),
        ("qaa", "qaa"),
        ("qaa-Latn", "qaa-Latn"),
    ],
)
def test_language_names(tag: str, name: str) -> None:
    """A tag is named by CLDR, and stands for itself where CLDR has no name."""
    assert name == language_name(tag, "en")


def test_languages_are_looked_up_by_prefix() -> None:
    """A tag with a region or in other letter case finds its language's words."""
    assert "3\u00a0October 2022" == date_words(Edtf.parse("2022-10-03"), "en-GB")
    assert "222,000" == number_words(222000, "EN-ie")


def test_unknown_language() -> None:
    """A language without words is worded in English, and says so when asked."""
    date = Edtf.parse("2022")
    assert (True, True, False) == (has_words("en-GB"), has_words("EN"), has_words("tlh-Latn"))
    assert "2022" == date_words(date, "tlh-Latn") == date_short(date, "tlh-Latn")
    assert ("1,000", "1 to 2") == (number_words(1000, "tlh-Latn"), range_words(1, 2, "tlh-Latn"))
    assert ("about 1", "a and b") == (bound_words("about", "1", "tlh"), list_words(["a", "b"], "tlh"))
    assert "Russian" == language_name("ru", "tlh-Latn")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whole_numbers_are_grouped_as_cldr_has_it(lang: str) -> None:
    """What stands between the thousands of whole numbers is what CLDR has for the language."""
    numbers = (10**9 + 7, 123_456, 10_000, 10**20)
    locale = LANGUAGES[lang].locale
    assert [format_decimal(one, locale=locale) for one in numbers] == [
        number_words(one, lang) for one in numbers
    ]


def test_babel_is_imported_only_when_needed() -> None:
    """Importing the words does not import Babel; wording a date does."""
    code = (
        "import sys; from site_builder import wording; from site_builder.dates import Edtf;"
        "before = 'babel' in sys.modules; wording.date_words(Edtf.parse('2022'), 'en');"
        "print(before, 'babel' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "False True" == run.stdout.strip()


@pytest.mark.parametrize(
    "lang, names",
    [
        ("ru", ["Абакан", "«Европа»", "Ёлка", "Ельня", "Игарка", "Йошкар-Ола", "Кемь", "Apple"]),
        ("ru", ["Єнакієве", "Жёлтое", "Íce", "Joy"]),
        ("en", ["Apple", "Echo", "École", "Zoo", "Абакан"]),
    ],
)
def test_names_in_alphabetical_order(lang: str, names: list[str]) -> None:
    """Ё stands with Е and Й after И; marks do not count; the alphabet of the page's language comes first."""
    assert names == sorted(names, key=lambda name: sort_key(name, lang))
