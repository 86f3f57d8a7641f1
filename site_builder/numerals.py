"""Numbers as people write them in running text: "222,000", "0.3 million", "three hundred thousand".

Each language is one row: how digits are grouped, and its words for numbers. A tag is looked up by its
first part; a language without a row is read by its digits alone, grouped by spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_SPACES = " \u00a0\u202f\u2009"
_TEENS = 20
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: its value, and where it begins and ends.

    `scale` is the word at its end that multiplies it: a million in "3 million", 1 in "3,000,000".
    """

    value: Decimal
    start: int
    end: int
    scale: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    """How a language writes numbers.

    `ones` are added, `scales` multiply what stands before them, `joiners` may stand between; one of the
    `articles` before a scale counts as one ("a million").
    """

    group: str
    point: str
    ones: Mapping[str, int]
    scales: Mapping[str, int]
    joiners: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()


_EN_BELOW_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_EN_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_EN_ONES = {
    **{word: value for value, word in enumerate(_EN_BELOW_TWENTY)},
    **{word: 10 * value for value, word in enumerate(_EN_TENS, 2)},
}

_RU_ONES = {
    form: value
    for value, forms in {
        1: "один одна одну одного",
        2: "два две двух",
        3: "три трёх трех",
        4: "четыре четырёх четырех",
        5: "пять пяти",
        6: "шесть шести",
        7: "семь семи",
        8: "восемь восьми",
        9: "девять девяти",
        10: "десять десяти",
        11: "одиннадцать",
        12: "двенадцать",
        13: "тринадцать",
        14: "четырнадцать",
        15: "пятнадцать",
        16: "шестнадцать",
        17: "семнадцать",
        18: "восемнадцать",
        19: "девятнадцать",
        20: "двадцать двадцати",
        30: "тридцать тридцати",
        40: "сорок сорока",
        50: "пятьдесят пятидесяти",
        60: "шестьдесят шестидесяти",
        70: "семьдесят семидесяти",
        80: "восемьдесят восьмидесяти",
        90: "девяносто девяноста",
        100: "сто ста",
        200: "двести двухсот",
        300: "триста трёхсот трехсот",
        400: "четыреста четырёхсот четырехсот",
        500: "пятьсот пятисот",
        600: "шестьсот шестисот",
        700: "семьсот семисот",
        800: "восемьсот восьмисот",
        900: "девятьсот девятисот",
    }.items()
    for form in forms.split()
}

_LANGUAGES = {
    "en": _Language(
        group="," + _SPACES,
        point=".",
        ones=_EN_ONES,
        scales={
            "hundred": 100,
            "thousand": 1000,
            "million": 10**6,
            "millions": 10**6,
            "billion": 10**9,
            "billions": 10**9,
        },
        joiners=frozenset({"and"}),
        articles=frozenset({"a", "an"}),
    ),
    "ru": _Language(
        group=_SPACES,
        point=",",
        ones=_RU_ONES,
        scales={
            **dict.fromkeys(("тыс", "тысяча", "тысячи", "тысяч", "тысячу"), 1000),
            **dict.fromkeys(("млн", "миллион", "миллиона", "миллионов"), 10**6),
            **dict.fromkeys(("млрд", "миллиард", "миллиарда", "миллиардов"), 10**9),
        },
    ),
}
# What is said before a number of which side of it the truth lies on.
_BOUNDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "lower": ("at least", "no fewer than", "no less than", "not less than", "more than", "over"),
        "upper": ("at most", "up to", "no more than", "not more than", "fewer than", "less than", "under"),
    },
    "ru": {
        "lower": ("не менее", "не меньше", "более", "больше", "свыше", "минимум"),
        "upper": ("не более", "не больше", "менее", "меньше", "максимум"),
    },
}
_ANY = _Language(group=_SPACES, point=".", ones={}, scales={})


def numerals(text: str, language: str) -> tuple[Numeral, ...]:
    """Return the numbers of a text in that language, in order."""
    row = _LANGUAGES.get(language.partition("-")[0], _ANY)
    return tuple(_read(text, row))


def bound_before(text: str, start: int, language: str) -> str:
    """Return "lower" or "upper" if the words right before a number bound it so, else an empty text."""
    before = " ".join(text[:start].casefold().split())
    row = _BOUNDS.get(language.partition("-")[0], {})
    # "no more than" ends with "more than", and says the contrary: the longest counts.
    said = [(len(words), side) for side, every in row.items() for words in every if _ends_with(before, words)]
    return max(said)[1] if said else ""


def _ends_with(text: str, words: str) -> bool:
    return text == words or text.endswith(f" {words}")


@dataclass(frozen=True, slots=True)
class _Word:
    """A piece of text that belongs to a number: digits, a number word, a scale or a joiner."""

    kind: str
    value: Decimal
    start: int
    end: int


def _read(text: str, row: _Language) -> Iterator[Numeral]:
    run: list[_Word] = []
    for word in _words(text, row):
        if run and not _continues(run, word, text):
            yield from _numeral(run)
            run = []
        if word.kind != "joiner" or run:
            run.append(word)
    yield from _numeral(run)


@lru_cache(maxsize=8)
def _pattern(group: str, point: str) -> re.Pattern[str]:
    grouped = rf"\d{{1,3}}(?P<mark>[{re.escape(group)}])\d{{3}}(?:(?P=mark)\d{{3}})*(?!\d)"
    decimals = rf"(?:{re.escape(point)}\d+)?"
    return re.compile(rf"(?P<digits>(?:{grouped}|\d+){decimals})(?!\w)|(?P<word>[^\W\d_]+)")


def _words(text: str, row: _Language) -> Iterator[_Word]:
    for found in _pattern(row.group, row.point).finditer(text):
        start, end = found.span()
        if found["digits"]:
            if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
                continue
            bare = re.sub(rf"[{re.escape(row.group)}]", "", found["digits"]).replace(row.point, ".")
            yield _Word("digits", Decimal(bare), start, end)
            continue
        word = found["word"].casefold()
        if word in row.ones:
            yield _Word("one", Decimal(row.ones[word]), start, end)
        elif word in row.scales:
            yield _Word("scale", Decimal(row.scales[word]), start, end)
        elif word in row.joiners:
            yield _Word("joiner", Decimal(0), start, end)
        elif word in row.articles:
            yield _Word("article", Decimal(1), start, end)


def _continues(run: list[_Word], word: _Word, text: str) -> bool:
    between = text[run[-1].end : word.start]
    if between.strip(_SPACES + "-"):
        return False
    if word.kind in {"digits", "article"}:
        return False
    if run[-1].kind == "article":
        return word.kind == "scale"
    if word.kind == "one":
        return run[-1].kind != "digits" and _may_follow(run[-1], word)
    return word.kind == "scale" or run[-1].kind == "scale"


def _may_follow(last: _Word, word: _Word) -> bool:
    """Whether a number word adds to the one before it: "twenty" "five" do, "two" "three" do not."""
    if last.kind == "one":
        return last.value >= _TEENS and word.value < (_HUNDRED if last.value >= _HUNDRED else 10)
    return True


def _numeral(run: list[_Word]) -> Iterator[Numeral]:
    while run and run[-1].kind == "joiner":
        run = run[:-1]
    if not run or run[0].kind == "scale" or run[-1].kind == "article":
        return
    total, current = Decimal(0), Decimal(0)
    for word in run:
        if word.kind in {"digits", "one", "article"}:
            current += word.value
        elif word.kind == "scale" and word.value == _HUNDRED:
            current = (current or 1) * word.value
        elif word.kind == "scale":
            total, current = total + (current or 1) * word.value, Decimal(0)
    scale = run[-1].value if run[-1].kind == "scale" else Decimal(1)
    yield Numeral(total + current, run[0].start, run[-1].end, scale)
