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
    `articles` before a scale counts as one ("a million"); a scale of `lone` needs nothing before it.
    """

    group: str
    point: str
    ones: Mapping[str, int] | Mapping[str, Decimal]
    scales: Mapping[str, int]
    joiners: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    lone: frozenset[str] = frozenset()


_EN_BELOW_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_EN_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_EN_ONES = {
    **{word: value for value, word in enumerate(_EN_BELOW_TWENTY)},
    **{word: 10 * value for value, word in enumerate(_EN_TENS, 2)},
}

_RU_ONES: Mapping[str, Decimal] = {
    form: Decimal(value)
    for value, forms in {
        "1": "один одна одну одно одного одной одному одним одном",
        "1.5": "полтора полторы полутора",
        "2": "два две двух двум двумя",
        "3": "три трёх трех трём трем тремя",
        "4": "четыре четырёх четырех четырём четырем четырьмя",
        "5": "пять пяти пятью",
        "6": "шесть шести шестью",
        "7": "семь семи семью",
        "8": "восемь восьми восемью восьмью",
        "9": "девять девяти девятью",
        "10": "десять десяти десятью",
        "11": "одиннадцать одиннадцати одиннадцатью",
        "12": "двенадцать двенадцати двенадцатью",
        "13": "тринадцать тринадцати тринадцатью",
        "14": "четырнадцать четырнадцати четырнадцатью",
        "15": "пятнадцать пятнадцати пятнадцатью",
        "16": "шестнадцать шестнадцати шестнадцатью",
        "17": "семнадцать семнадцати семнадцатью",
        "18": "восемнадцать восемнадцати восемнадцатью",
        "19": "девятнадцать девятнадцати девятнадцатью",
        "20": "двадцать двадцати двадцатью",
        "30": "тридцать тридцати тридцатью",
        "40": "сорок сорока",
        "50": "пятьдесят пятидесяти пятьюдесятью",
        "60": "шестьдесят шестидесяти шестьюдесятью",
        "70": "семьдесят семидесяти семьюдесятью",
        "80": "восемьдесят восьмидесяти восемьюдесятью",
        "90": "девяносто девяноста",
        "100": "сто ста",
        "150": "полтораста полутораста",
        "200": "двести двухсот двумстам двумястами двухстах",
        "300": "триста трёхсот трехсот трёмстам тремстам тремястами трёхстах трехстах",
        "400": "четыреста четырёхсот четырехсот четырёмстам четыремстам четырьмястами четырёхстах",
        "500": "пятьсот пятисот пятистам пятьюстами пятистах полтысячи",
        "600": "шестьсот шестисот шестистам шестьюстами шестистах",
        "700": "семьсот семисот семистам семьюстами семистах",
        "800": "восемьсот восьмисот восьмистам восемьюстами восьмистах",
        "900": "девятьсот девятисот девятистам девятьюстами девятистах",
        "500000": "полмиллиона полумиллиона",
    }.items()
    for form in forms.split()
}
_RU_SCALES = {
    form: value
    for value, forms in {
        10**3: "тыс тысяча тысячи тысяч тысячу тысячей тысячью тысячам тысячами тысячах",
        10**6: "млн миллион миллиона миллионов миллиону миллионом миллионам миллионами миллионах",
        10**9: "млрд миллиард миллиарда миллиардов миллиарду миллиардом миллиардам миллиардами миллиардах",
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
        scales=_RU_SCALES,
        # Not so «тысячи» and «миллионы»: these are as many as one likes.
        lone=frozenset({"тысяча", "тысячу", "миллион", "миллиард"}),
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
    """Returns the numbers of a text in that language, in order."""
    row = _LANGUAGES.get(language.partition("-")[0], _ANY)
    return tuple(_read(text, row))


def bound_before(text: str, start: int, language: str) -> str:
    """Returns "lower" or "upper" if the words right before a number bound it so, else an empty text."""
    before = " ".join(text[:start].casefold().split())
    row = _BOUNDS.get(language.partition("-")[0], {})
    # "no more than" ends with "more than", and says the contrary: the longest counts.
    said = [(len(words), side) for side, every in row.items() for words in every if _ends_with(before, words)]
    return max(said)[1] if said else ""


def _ends_with(text: str, words: str) -> bool:
    return text == words or text.endswith(f" {words}")


@dataclass(frozen=True, slots=True)
class _Word:
    """A piece of text that belongs to a number: digits, a number word, a scale or a joiner.

    `lone` says of a scale that it may stand without a number before it.
    """

    kind: str
    value: Decimal
    start: int
    end: int
    lone: bool = False


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
            yield _Word("scale", Decimal(row.scales[word]), start, end, word in row.lone)
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
    if not run or (run[0].kind == "scale" and not run[0].lone) or run[-1].kind == "article":
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
