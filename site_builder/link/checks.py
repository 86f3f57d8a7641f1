"""Rules of a dossier that need more than one record to be seen broken."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.characters import skeleton
from site_builder.issues import IssueLog, did_you_mean, place_of
from site_builder.link.chronology import check_chronology
from site_builder.link.numbers import check_numbers
from site_builder.link.origins import cycles
from site_builder.model import Dossier, Figure, Measure, Statement, StatementRecord
from site_builder.values import choice_repair
from site_builder.wording import has_words


def check(dossier: Dossier, issues: IssueLog) -> None:
    """Adds an issue for each broken rule."""
    measures = {measure.id: measure for measure in dossier.measures}
    for figure in dossier.figures:
        _check_level(figure, measures[figure.measure], issues)
    _check_successions(dossier, issues)
    _check_denominators(dossier, issues)
    _check_places(dossier, issues)
    _check_parts(dossier, issues)
    _check_variants(dossier, issues)
    _check_chains(dossier, issues)
    check_chronology(dossier, issues)
    _check_language(dossier, issues)
    _check_look_alikes(dossier, issues)
    _check_outlines(dossier, issues)
    check_numbers(dossier, issues)


def _check_level(figure: Figure, measure: Measure, issues: IssueLog) -> None:
    levels = [str(level.id) for level in measure.levels]
    if figure.level is None and levels:
        repair = f"write 'level:', one of {', '.join(levels)}"
        number = figure.value if figure.value is not None else figure.low
        problem = f"the measure '{measure.id}' has levels, not numbers"
        issues.error(place_of(number), "bad-level", problem, repair)
    elif figure.level is not None and not levels:
        repair = "write 'value:', or give the measure 'levels'"
        issues.error(place_of(figure.level), "bad-level", f"the measure '{measure.id}' has no levels", repair)
    elif figure.level is not None and figure.level not in levels:
        problem = f"the measure '{measure.id}' has no level '{figure.level}'"
        issues.error(place_of(figure.level), "bad-level", problem, choice_repair(figure.level, levels))


def _check_successions(dossier: Dossier, issues: IssueLog) -> None:
    figures = {str(figure.id): figure for figure in dossier.figures}
    for figure in dossier.figures:
        earlier = figures.get(figure.supersedes or "")
        if earlier and earlier.measure != figure.measure:
            problem = f"'{figure.id}' and '{earlier.id}' are figures of different measures"
            place = place_of(figure.supersedes or "")
            issues.error(place, "bad-succession", problem, "a figure supersedes one of its own measure")
    earlier_one = {name: figure.supersedes for name, figure in figures.items()}
    _check_circles(earlier_one, "figures supersede each other", "remove one of the 'supersedes'", issues)


def _check_variants(dossier: Dossier, issues: IssueLog) -> None:
    printed_before = {str(quote.id): quote.variant_of for quote in dossier.quotes}
    repair = "the first printing is the variant of none: remove its 'variant_of'"
    _check_circles(printed_before, "quotes are variants of each other in a circle", repair, issues)


def _check_chains(dossier: Dossier, issues: IssueLog) -> None:
    sources = {str(source.id): source for source in dossier.sources}
    statements: tuple[Statement, ...] = (*dossier.events, *dossier.reports, *dossier.figures, *dossier.quotes)
    for statement in statements:
        taken, source = statement.from_, sources[statement.source]
        if taken and taken != source.id and taken not in source.draws_on:
            problem = f"this is taken from '{taken}', and '{source.id}' does not draw on that"
            repair = f"add '{taken}' to the 'draws_on' of '{source.id}', or name one that stands there"
            issues.error(place_of(taken), "undrawn-source", problem, repair)


def _check_denominators(dossier: Dossier, issues: IssueLog) -> None:
    figures = {str(figure.id): figure for figure in dossier.figures}
    for figure in dossier.figures:
        whole = figures.get(figure.denominator or "")
        if whole is None:
            continue
        place = place_of(figure.denominator or "")
        if not whole.value or figure.level is not None:
            repair = "a rate is a number, or a range, over a number above zero"
            issues.error(
                place, "bad-denominator", f"there is no rate of '{figure.id}' to '{whole.id}'", repair
            )
        elif set(whole.regions) != set(figure.regions):
            problem = f"'{figure.id}' and '{whole.id}' are about different regions"
            issues.error(place, "bad-denominator", problem, "name a figure of the same region")
    larger = {name: figure.denominator for name, figure in figures.items()}
    repair = "the largest is part of none: remove its 'denominator'"
    _check_circles(larger, "figures are parts of each other in a circle", repair, issues)


def _check_places(dossier: Dossier, issues: IssueLog) -> None:
    if dossier.site.place:
        return
    records: tuple[StatementRecord, ...] = (*dossier.figures, *dossier.events)
    for record in records:
        if not record.regions:
            repair = "add 'regions: […]', or name the place of the whole dossier in site.yaml as 'place:'"
            issues.error(record.place, "missing-region", f"'{record.id}' is about no region", repair)


def _check_parts(dossier: Dossier, issues: IssueLog) -> None:
    for what, records in (("region", dossier.regions), ("actor", dossier.actors)):
        whole: Mapping[str, str | None] = {str(record.id): record.part_of for record in records}
        _check_circles(whole, f"this {what} is part of itself", "remove one of the 'part_of'", issues)


def _check_circles(leads_to: Mapping[str, str | None], problem: str, repair: str, issues: IssueLog) -> None:
    """Adds an error for each circle in which records lead from one to the next and back to the first."""
    edges = {name: (str(other),) if other else () for name, other in leads_to.items()}
    for cycle in cycles(edges):
        told = " → ".join((*cycle, cycle[0]))
        issues.error(place_of(leads_to[cycle[0]] or ""), "cycle", f"{problem}: {told}", repair)


def _check_language(dossier: Dossier, issues: IssueLog) -> None:
    for language in dossier.site.languages:
        if not has_words(language):
            problem = (
                f"there are no words for the language '{language}': dates, numbers and headings are English"
            )
            repair = "the texts of the dossier stay as they are"
            issues.warning(place_of(language), "no-words", problem, repair)


def _check_look_alikes(dossier: Dossier, issues: IssueLog) -> None:
    """Warns of ids of sources that most fonts show alike: one of two is taken for the other."""
    seen: dict[str, str] = {}
    for source in dossier.sources:
        first = seen.setdefault(skeleton(source.id), source.id)
        if first != source.id:
            problem = f"'{source.id}' looks like '{first}', the source at {place_of(first)}"
            repair = "rename the one that is not published yet, or leave it so if both are meant"
            issues.warning(source.place, "look-alike", problem, repair)


def _check_outlines(dossier: Dossier, issues: IssueLog) -> None:
    known = {outline.code for outline in dossier.outlines}
    for region in dossier.regions if known else ():
        if region.iso and region.iso not in known:
            problem = f"geometry.json has no outline for {region.iso}: '{region.id}' is not on the map"
            repair = (
                did_you_mean(region.iso, known)
                or "add the outline, or leave it so: the page names the region"
            )
            issues.warning(place_of(region.iso), "no-outline", problem, repair)
