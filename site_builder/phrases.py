"""How each language words dates and numbers: pure data, one row a language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

_NBSP = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """How one language words dates, at one length; the names in braces are filled in.

    A name with `of_` before it is the same date in the genitive, for languages that have one.
    """

    months: str  # CLDR's width: wide or abbreviated
    day_month: str
    with_year: str
    seasons: tuple[str, str, str, str]
    winter: str
    decade: str
    years: str
    some_day: str
    some_month: str
    about: str
    uncertain: str
    # Two ends joined: numbers alone ("22 to 26"), and words with spaces in them.
    close: str
    wide: str
    from_on: str
    until: str
    end_unknown: str
    start_unknown: str
    comma: str
    either: str
    between: str
    or_earlier: str
    or_later: str
    year: str = "{year}"
    # Where these differ from `close` and `between`: years, words without spaces in them, days.
    close_years: str = ""
    close_words: str = ""
    between_days: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that is known of one language."""

    locale: str
    long: Phrases
    short: Phrases
    both: str
    numbers: str
    share: str
    bounds: Mapping[str, str]
    # Which plural form stands behind a number with a bound, where the bound governs another case.
    bounded_forms: Mapping[str, str] = field(default_factory=dict)
    # The same in the genitive, where that differs.
    long_of: Phrases | None = None
    short_of: Phrases | None = None
    # What stands between the thousands of a whole number.
    comma: str = ","
    # Smaller numbers are not grouped: "3000" and "30 000".
    grouped_from: int = 0
    # How much of a month's short name stands at the head of a column.
    letters_of_month: int | None = None


_EN = Phrases(
    months="wide",
    day_month="{day}" + _NBSP + "{month}",
    with_year="{date} {year}",
    seasons=("spring", "summer", "autumn", "winter"),
    winter="winter {year}–{next}",
    decade="the {year}s",
    years="between {first} and {last}",
    some_day="a day in {date}",
    some_month="a month in {date}",
    about="about {date}",
    uncertain="perhaps {date}",
    close="{start} to {end}",
    wide="{start} to {end}",
    from_on="from {start} on",
    until="until {end}",
    end_unknown="from {start}, end unknown",
    start_unknown="until {end}, start unknown",
    comma=", ",
    either="{others} or {last}",
    between="between {start} and {end}",
    or_earlier="{end} or earlier",
    or_later="{start} or later",
)
_EN_SHORT = replace(
    _EN,
    months="abbreviated",
    decade="{year}s",
    years="{first}–{last}",
    about="c." + _NBSP + "{date}",
    uncertain="{date}?",
    close="{start}–{end}",
    wide="{start} – {end}",
    from_on="from {start}",
    end_unknown="{start} – ?",
    start_unknown="? – {end}",
)
_RU = Phrases(
    months="wide",
    day_month="{day}" + _NBSP + "{month}",
    year="{year}" + _NBSP + "год",
    with_year="{date} {year}" + _NBSP + "года",
    seasons=("весна", "лето", "осень", "зима"),
    winter="зима {year}–{next}" + _NBSP + "годов",
    decade="{year}-е годы",
    years="один из {first}–{last}" + _NBSP + "годов",
    some_day="один из дней {of_date}",
    some_month="один из месяцев {of_date}",
    about="около {of_date}",
    uncertain="возможно, {date}",
    close="{start}–{end}",
    close_words="{start}" + _NBSP + "— {end}",
    close_years="{start}–{end}" + _NBSP + "годы",
    wide="{start}" + _NBSP + "— {end}",
    from_on="с {of_start}",
    until="до {of_end}",
    end_unknown="с {of_start}, конец неизвестен",
    start_unknown="до {of_end}, начало неизвестно",
    comma=", ",
    either="{others} или {last}",
    between="не раньше {of_start} и не позже {of_end}",
    between_days="между {of_start} и {of_end}",
    or_earlier="не позже {of_end}",
    or_later="не раньше {of_start}",
)
_RU_OF = replace(
    _RU,
    year="{year}" + _NBSP + "года",
    seasons=("весны", "лета", "осени", "зимы"),
    winter="зимы {year}–{next}" + _NBSP + "годов",
    decade="{year}-х годов",
    years="одного из {first}–{last}" + _NBSP + "годов",
    some_day="одного из дней {of_date}",
    some_month="одного из месяцев {of_date}",
    about="примерно {of_date}",
    close_years="{start}–{end}" + _NBSP + "годов",
)
_RU_SHORT = replace(
    _RU,
    months="abbreviated",
    year="{year}" + _NBSP + "г.",
    with_year="{date} {year}",
    winter="зима {year}–{next}",
    decade="{year}-е",
    years="{first}–{last}",
    about="ок." + _NBSP + "{of_date}",
    uncertain="{date}?",
    close_years="{start}–{end}",
    end_unknown="{start}" + _NBSP + "— ?",
    start_unknown="?" + _NBSP + "— {end}",
)
_RU_SHORT_OF = replace(
    _RU_SHORT,
    seasons=_RU_OF.seasons,
    winter="зимы {year}–{next}",
    decade="{year}-х",
    some_day=_RU_OF.some_day,
    some_month=_RU_OF.some_month,
)

LANGUAGES: Mapping[str, Words] = {
    "en": Words(
        locale="en_GB",
        long=_EN,
        short=_EN_SHORT,
        both="{others} and {last}",
        numbers="{low} to {high}",
        share="{number} per {whole}",
        bounds={
            "at_least": "at least {number}",
            "at_most": "at most {number}",
            "more_than": "more than {number}",
            "fewer_than": "fewer than {number}",
            "about": "about {number}",
        },
    ),
    "ru": Words(
        locale="ru",
        long=_RU,
        short=_RU_SHORT,
        long_of=_RU_OF,
        short_of=_RU_SHORT_OF,
        both="{others} и {last}",
        numbers="от {low} до {high}",
        share="{number} на {whole}",
        bounds={
            "at_least": "не менее {number}",
            "at_most": "не более {number}",
            "more_than": "более {number}",
            "fewer_than": "менее {number}",
            "about": "около {number}",
        },
        # Behind "не менее" and its like stands the genitive: "не менее 21 дома", "не менее 2 домов".
        bounded_forms={"one": "few", "few": "many"},
        comma=_NBSP,
        grouped_from=10_000,
        letters_of_month=3,
    ),
}
