"""How each language words dates and numbers: pure data, one row a language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

_NBSP = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """How one language words dates, at one length; the names in braces are filled in."""

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
}
