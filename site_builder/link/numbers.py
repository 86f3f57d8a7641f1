"""Numbers in prose held against the records they are bound to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from site_builder.issues import Issue, IssueLog, Severity
from site_builder.link.free_numbers import free_numbers
from site_builder.markup import Markup
from site_builder.model import Article, Dossier, Figure, Page, Region, Site
from site_builder.numerals import Numeral, bound_before, numerals
from site_builder.wording import number_words

_DRIFT = "correct the text, or the record, or link the figure that is meant"
# Between the ends of one range stands little: " to ", "–", " and ".
_SHORT = 5
_OPPOSITE = {"at_least": "upper", "more_than": "upper", "at_most": "lower", "fewer_than": "lower"}


def check_numbers(dossier: Dossier, issues: IssueLog) -> None:
    """Adds an error for each number linked to a figure that the figure does not state.

    In digests, a number that stands free and that no figure cited there states is a warning, or an error,
    or nothing, as the site says in `bare_numbers`. A text in another language is held to the same, with the
    numerals of that language.
    """
    figures = {str(figure.id): figure for figure in dossier.figures}
    others: tuple[Region | Page, ...] = (*dossier.regions, *dossier.pages)
    for other in others:
        for body, language in _texts(other, dossier.site):
            _check_bound(body, figures, language, issues)
    for article in dossier.articles:
        for body, language in _texts(article, dossier.site):
            _check_bound(body, figures, language, issues)
            if dossier.site.bare_numbers != "off":
                _check_bare(body, language, figures, dossier.site, issues)


def _texts(record: Article | Region | Page, site: Site) -> Iterator[tuple[Markup, str]]:
    yield record.body, site.language
    yield from ((text.body, text.language) for text in record.translations)


def stated(figure: Figure) -> tuple[Decimal, ...]:
    """The numbers that a figure states: its value, or both ends of its range; none for a level."""
    return tuple(number for number in (figure.value, figure.low, figure.high) if number is not None)


def _told_by(figure: Figure, language: str, site: Site) -> Iterator[Decimal]:
    """Yields the numbers that a figure states, and those in the words that say what it counts.

    Its wording is in the source's language, which may be any of the site's.
    """
    yield from stated(figure)
    words = (figure.population, figure.method, figure.note)
    told = [(text.in_language(language), language) for text in words if text]
    told += [(figure.wording or "", one) for one in site.languages]
    for text, one in told:
        yield from (number.value for number in numerals(text, one))


def _check_bound(body: Markup, figures: Mapping[str, Figure], language: str, issues: IssueLog) -> None:
    for link in body.links:
        kind, _, ident = link.target.partition(":")
        if kind != "figure":
            continue
        figure = figures[ident]
        own = stated(figure)
        found = numerals(link.words, language)
        told = " to ".join(number_words(number, language) for number in own)
        for number, scale in zip(found, _scales(found, link.words), strict=True):
            said = link.words[number.start : number.end]
            if own and not {number.value, number.value * scale} & set(own):
                problem = f"the text says {said}, the figure '{ident}' says {told}"
                issues.error(link.target.place, "number-drift", problem, _DRIFT)
            elif figure.bound and _OPPOSITE.get(figure.bound) == bound_before(
                link.words, number.start, language
            ):
                problem = f"the text turns the bound round: the figure '{ident}' has 'bound: {figure.bound}'"
                issues.error(link.target.place, "number-drift", problem, _DRIFT)


def _scales(found: tuple[Numeral, ...], text: str) -> Iterator[Decimal]:
    """For each number the scale that the next one may lend it: "2.5 to 3 million", "2–3 million"."""
    for number, after in zip(found, (*found[1:], None), strict=False):
        lends = after and number.scale == 1 and len(text[number.end : after.start]) <= _SHORT
        yield after.scale if after and lends else Decimal(1)


def _check_bare(
    body: Markup, language: str, figures: Mapping[str, Figure], site: Site, issues: IssueLog
) -> None:
    cited = {
        number
        for link in body.links
        if link.target.startswith("figure:")
        for number in _told_by(figures[link.target.partition(":")[2]], language, site)
    }
    severity = Severity(site.bare_numbers)
    for passage in body.passages:
        for found in free_numbers(passage, language):
            if found.value not in cited:
                said = passage[found.start : found.end]
                begin, length = passage.place.column + found.start, found.end - found.start
                place = passage.place._replace(column=begin, length=length)
                repair = f"link it to its figure, as in [{said}](figure:…), or say it in words"
                problem = f"no figure cited in this digest states {said}"
                bare = Issue(
                    place=place, code="bare-number", problem=problem, repair=repair, severity=severity
                )
                issues.extend([bare])
