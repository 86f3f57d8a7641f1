"""Words as the search compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.spelling import folded, spelling, words


@pytest.mark.parametrize(
    "text, found",
    [
        ("Call-up, again", ("call", "up", "again")),
        ("Russia\u2019s plan", ("russias", "plan")),
        ("Подъём Ёлки", ("подъем", "елки")),
        ("Алтай, Ала\u0438\u0306", ("алтай", "алай")),
        ("Ҡәҙерле", ("ҡәҙерле",)),
        ("Café Åland", ("cafe", "aland")),
        ("222,000 and 222\u202f000", ("222000", "and", "222000")),
        ("in 2022 300", ("in", "2022", "300")),
        ("1,5 or 12.50", ("1", "5", "or", "12", "50")),
        ("<b>&amp;</b> _x_", ("b", "amp", "b", "x")),
        ("…", ()),
    ],
)
def test_the_words_of_a_text(text: str, found: tuple[str, ...]) -> None:
    """Words are parted by all that is neither letter nor digit; case, accents and apostrophes are nothing."""
    assert found == words(text)


@pytest.mark.parametrize(
    "names",
    [
        ("Buryatia", "Buriatia", "Buryatiya", "Burjatia", "Burjatija"),
        ("Khakassia", "Khakasiya", "Hakassia"),
        ("Yekaterinburg", "Ekaterinburg", "Jekaterinburg"),
        ("Tuva", "Touva"),
        ("Zabaykalsky", "Zabaikalskii", "Sabajkalskij"),
        ("mobilisation", "mobilization"),
    ],
)
def test_spellings_of_one_name_are_one(names: tuple[str, ...]) -> None:
    """Every usual way to write a name in Latin letters comes to the same."""
    assert 1 == len({spelling(folded(name)) for name in names})


@pytest.mark.parametrize(
    "pair", [("Buryatia", "Bashkiria"), ("Omsk", "Tomsk"), ("Altai", "Adygea"), ("22", "2")]
)
def test_other_names_stay_apart(pair: tuple[str, str]) -> None:
    """Names that are not the same do not become so; numbers are left as they are."""
    assert 2 == len({spelling(folded(name)) for name in pair})


@given(st.text())
def test_words_are_words_of_themselves(text: str) -> None:
    """A word that was found in a text is found as it is in any other."""
    for word in words(text):
        assert (word,) == words(word)
