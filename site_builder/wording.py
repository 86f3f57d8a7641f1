"""Words for dates and numbers in the reader's language, a BCP 47 tag; the only home of Babel.

A language is one row of `LANGUAGES`: its phrases, and the CLDR locale of its months and numbers.
A tag is looked up as RFC 4647 says: `en-GB` finds `en`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - `date` is the EDTF date here
from decimal import Decimal, localcontext
from functools import lru_cache

from site_builder.dates import Edtf, Limit, Precision
from site_builder.phrases import LANGUAGES, Phrases, Words

_NBSP = "\u00a0"
_SCALES = (100, 1_000, 100_000, 1_000_000)
# ISO 15924: four letters; no other subtag that CLDR names has as many.
_SCRIPT_LENGTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cldr:
    """What CLDR knows of one locale."""

    # By width: the names used beside a day, and those that stand alone (other cases in some languages).
    months: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    integers: str
    names: Mapping[str, Mapping[str, str]]
    number: Callable[[Decimal, str], str]
    plural: Callable[[Decimal], str]


@lru_cache
def _cldr(locale: str) -> _Cldr:
    # Babel costs 70 ms to import: whoever words nothing, as `--help` does, must not pay for it.
    from babel import Locale  # noqa: PLC0415
    from babel.numbers import format_decimal  # noqa: PLC0415

    found = Locale.parse(locale)
    forms = {
        width: tuple(
            tuple(found.months[context][width][number] for number in range(1, 13))
            for context in ("format", "stand-alone")
        )
        for width in ("wide", "abbreviated")
    }
    return _Cldr(
        months={width: (beside, alone) for width, (beside, alone) in forms.items()},
        integers=found.decimal_formats[None].pattern.partition(".")[0],
        names={"language": found.languages, "script": found.scripts, "territory": found.territories},
        number=lambda value, pattern: format_decimal(value, format=pattern, locale=found),
        plural=found.plural_form,
    )


@lru_cache
def _language(lang: str) -> Words:
    tag = lang.lower()
    while tag not in LANGUAGES and "-" in tag:
        tag = tag.rpartition("-")[0]
    return LANGUAGES.get(tag, LANGUAGES["en"])


@lru_cache
def _month_names(lang: str) -> frozenset[str]:
    months = _cldr(_language(lang).locale).months
    return frozenset(
        name.casefold().rstrip(".") for forms in months.values() for names in forms for name in names
    )


def is_month(word: str, lang: str) -> bool:
    """True if the word names a month in that language, in full or in short."""
    return word.casefold() in _month_names(lang)


def month_name(month: int, lang: str) -> str:
    """Returns a month, 1 to 12, in short, as it stands alone at the head of a column: "Sept", "сен"."""
    language = _language(lang)
    name = _cldr(language.locale).months["abbreviated"][1][month - 1]
    return name[: language.letters_of_month].rstrip(".")


def has_words(lang: str) -> bool:
    """True if dates and numbers are worded in that language; in any other they are worded in English."""
    return lang.lower().partition("-")[0] in LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """Phrases with the names of the months, at one length; `of` is the same in the genitive."""

    say: Phrases
    beside_day: tuple[str, ...]
    alone: tuple[str, ...]
    genitive: _Style | None = None

    @property
    def of(self) -> _Style:
        return self.genitive or self


@lru_cache
def _style(lang: str, *, short: bool) -> _Style:
    language = _language(lang)
    say = language.short if short else language.long
    genitive = language.short_of if short else language.long_of
    beside_day, alone = _cldr(language.locale).months[say.months]
    of = _Style(say=genitive, beside_day=beside_day, alone=beside_day) if genitive else None
    return _Style(say=say, beside_day=beside_day, alone=alone, genitive=of)


def date_words(date: Edtf, lang: str) -> str:
    """Returns a date in full for running text: "3 October 2022", "about October 2022", "from 2022 on".

    It says all that is known and nothing else; a no-break space joins day and month.
    """
    return _words(date, _style(lang, short=False))


def date_short(date: Edtf, lang: str) -> str:
    """Returns a date for tables and margins, else as `date_words`: "3 Oct 2022", "Dec 2021?"."""
    return _words(date, _style(lang, short=True))


def _words(date: Edtf, style: _Style) -> str:
    if date.precision is Precision.SET:
        return _set(date, style)
    if date.precision in (Precision.INTERVAL, Precision.SPAN):
        return _ends(date, style)
    words = _doubted(date, style)
    if date.unit is date.precision or date.unit not in (Precision.DAY, Precision.MONTH):
        return words
    phrase = style.say.some_day if date.unit is Precision.DAY else style.say.some_month
    return phrase.format(date=words, of_date=_doubted(date, style.of))


def _doubted(date: Edtf, style: _Style) -> str:
    words = _plain(date, style)
    if date.approximate:
        words = style.say.about.format(date=words, of_date=_plain(date, style.of))
    return style.say.uncertain.format(date=words) if date.uncertain else words


def _plain(date: Edtf, style: _Style) -> str:
    first, last = _bounds(date)
    year = str(first.year)
    match date.precision:
        case Precision.YEAR:
            return style.say.year.format(year=year)
        case Precision.SEASON if last.year > first.year:
            return style.say.winter.format(year=year, next=last.year)
        case Precision.DECADE | Precision.CENTURY:
            # "The 1900s" may be ten years or a hundred.
            if first.year % 100:
                return style.say.decade.format(year=year)
            return style.say.years.format(first=year, last=last.year)
        case _:
            return style.say.with_year.format(date=_without_year(date, style), year=year)


def _without_year(date: Edtf, style: _Style) -> str:
    first, _ = _bounds(date)
    if date.precision is Precision.SEASON:
        return style.say.seasons[first.month // 3 - 1]
    if date.precision is Precision.MONTH:
        return style.alone[first.month - 1]
    return style.say.day_month.format(day=first.day, month=style.beside_day[first.month - 1])


def _bounds(date: Edtf) -> tuple[Day, Day]:
    if date.earliest is None or date.latest is None:
        raise TypeError(f"{date.text} has an open end, so it is no single date")
    return date.earliest, date.latest


def _ends(date: Edtf, style: _Style) -> str:
    start, end = date.parts
    say, span = style.say, date.precision is Precision.SPAN
    if not isinstance(start, Edtf) or not isinstance(end, Edtf):
        return _one_end(start, end, style, span=span)
    if start == end:
        return _words(end, style)
    first, last = _sharing((start, end), style)
    of_first, of_last = _sharing((start, end), style.of)
    if span:
        phrase = say.between_days if start.precision is end.precision is Precision.DAY else ""
        return (phrase or say.between).format(start=first, end=last, of_start=of_first, of_end=of_last)
    if start.precision is not end.precision or not _is_plain(end) or any(map(str.isspace, first)):
        return say.wide.format(start=first, end=last)
    if end.precision is Precision.YEAR and say.close_years:
        return say.close_years.format(start=first, end=_bounds(end)[0].year)
    return (say.close if first.isdigit() else say.close_words or say.close).format(start=first, end=last)


def _one_end(start: Edtf | Limit, end: Edtf | Limit, style: _Style, *, span: bool) -> str:
    say = style.say
    if isinstance(start, Edtf):
        phrase = say.or_later if span else say.from_on if end is Limit.OPEN else say.end_unknown
        return phrase.format(start=_words(start, style), of_start=_words(start, style.of))
    phrase = say.or_earlier if span else say.until if start is Limit.OPEN else say.start_unknown
    if not isinstance(end, Edtf):
        return phrase.format(end="", of_end="")
    return phrase.format(end=_words(end, style), of_end=_words(end, style.of))


def _set(date: Edtf, style: _Style) -> str:
    dates = tuple(part for part in date.parts if isinstance(part, Edtf))
    return _joined(_sharing(dates, style), style.say.comma, style.say.either)


def _is_plain(date: Edtf) -> bool:
    return not (date.approximate or date.uncertain or date.parts) and date.unit is date.precision


_SHAREABLE = frozenset({Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR})


def _sharing(dates: Sequence[Edtf], style: _Style) -> list[str]:
    """Words dates that stand in a row; what all of them share is said once, with the last."""
    kinds = {date.precision for date in dates}
    shareable = len(kinds) == 1 and kinds <= _SHAREABLE
    words = [_words(date, style) for date in dates]
    if not shareable or not all(map(_is_plain, dates)):
        return words
    bounds = [_bounds(date) for date in dates]
    if kinds == {Precision.YEAR}:
        return [*(str(first.year) for first, _ in bounds[:-1]), words[-1]]
    # A winter has two years, so it shares neither.
    if len({day.year for pair in bounds for day in pair}) > 1:
        return words
    if kinds == {Precision.DAY} and len({first.month for first, _ in bounds}) == 1:
        return [*(str(first.day) for first, _ in bounds[:-1]), words[-1]]
    return [*(_without_year(date, style) for date in dates[:-1]), words[-1]]


def _joined(words: Sequence[str], comma: str, last_two: str) -> str:
    if len(words) <= 1:
        return "".join(words)
    return last_two.format(others=comma.join(words[:-1]), last=words[-1])


def number_words(value: Decimal | int, lang: str) -> str:
    """Returns a number grouped as the language does, with the decimals that it was written with: "222,000".

    Raises ValueError for what is no finite number.
    """
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"{value} is no finite number")
    # As text, for 7.8 and 7.80 are equal and would share a place in the cache.
    language, digits = _language(lang), format(number, "f")
    is_grouped = abs(number) >= language.grouped_from
    if digits.isdecimal():
        # Nearly all are whole, and the library takes ten times as long.
        return f"{Decimal(digits):,}".replace(",", language.comma) if is_grouped else digits
    return _number(digits, language.locale, is_grouped=is_grouped)


@lru_cache(maxsize=4096)
def _number(digits: str, locale: str, *, is_grouped: bool) -> str:
    cldr = _cldr(locale)
    _, point, decimals = digits.partition(".")
    # Python rounds to 28 digits unless told otherwise.
    with localcontext(prec=len(digits) + 1):
        pattern = cldr.integers if is_grouped else "0"
        return cldr.number(Decimal(digits), pattern + point + "0" * len(decimals))


def range_words(low: Decimal | int, high: Decimal | int, lang: str) -> str:
    """Returns a range of numbers: "3,000 to 5,000"; two equal ends are one number."""
    words = number_words(low, lang), number_words(high, lang)
    return words[0] if low == high else _language(lang).numbers.format(low=words[0], high=words[1])


def bound_words(bound: str, number_text: str, lang: str) -> str:
    """Returns a worded number with its bound before it: "at least 5", "fewer than 50".

    `bound` is at_least, at_most, more_than, fewer_than or about; raises ValueError for any other.
    """
    bounds = _language(lang).bounds
    if bound not in bounds:
        raise ValueError(f"'{bound}' is no bound of a number, only: {', '.join(bounds)}")
    return bounds[bound].format(number=number_text)


def plural_form(value: Decimal, lang: str, *, bounded: bool) -> str:
    """Returns the form of a word behind a number, by CLDR's categories: "one", "few", "many", "other".

    `bounded` says that a bound stands before the number: in some languages it governs another form.
    """
    language = _language(lang)
    form = _cldr(language.locale).plural(value)
    return language.bounded_forms.get(form, form) if bounded else form


def share_words(parts: Sequence[Decimal], whole: Decimal, lang: str) -> str:
    """Returns one number, or both ends of a range, as a share: "3.1 to 5.1 per 1,000", to two digits.

    The whole is the least of 100, 1,000, 100,000 and 1,000,000 that leaves the share at one or more.
    """
    scale = next((one for one in _SCALES if min(parts) * one >= whole), _SCALES[-1])
    shares = [_two_digits(part * scale / whole) for part in parts]
    number = range_words(shares[0], shares[-1], lang)
    return _language(lang).share.format(number=number, whole=number_words(scale, lang))


def _two_digits(number: Decimal) -> Decimal:
    if not number:
        return Decimal(0)
    rounded = number.quantize(Decimal(1).scaleb(max(number.adjusted() - 1, -9)))
    return rounded if rounded.as_tuple().exponent < 0 else Decimal(int(rounded))  # type: ignore[operator]


def list_words(items: Sequence[str], lang: str) -> str:
    """Returns items joined as a sentence does: "a, b and c"; no items are an empty text."""
    language = _language(lang)
    return _joined(items, language.long.comma, language.both)


@lru_cache(maxsize=256)
def language_name(tag: str, lang: str) -> str:
    """Returns the name of a language: "Russian", "Serbian (Latin)"; its tag where CLDR has none."""
    names = _cldr(_language(lang).locale).names
    primary, *subtags = tag.split("-")
    subtags = [part.title() if len(part) == _SCRIPT_LENGTH else part.upper() for part in subtags]
    whole = "_".join((primary.lower(), *subtags))
    if whole in names["language"]:
        return names["language"][whole]
    if primary.lower() not in names["language"]:
        return tag
    details = [names["script"].get(part) or names["territory"].get(part) or part for part in subtags]
    return f"{names['language'][primary.lower()]} ({', '.join(details)})"


@lru_cache(maxsize=64)
def own_name(tag: str) -> str:
    """Returns a language's own name, as in a heading: "English", "Русский"; its tag where CLDR has none."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        name = Locale.parse(tag, sep="-").get_display_name()
    except UnknownLocaleError:
        return tag
    return name[:1].upper() + name[1:] if name else tag
