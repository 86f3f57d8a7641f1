"""The pages of the dossier's timeline: its index, its periods, and the events of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.dates import Edtf
from site_builder.plan import addresses
from site_builder.plan.contexts import FilterChoice, FilterGroup, PeriodCount, StripView, TimelinePage
from site_builder.plan.filters import facets, filter_groups
from site_builder.plan.labels import label
from site_builder.plan.lines import Lines
from site_builder.plan.naming import date_view, text_in
from site_builder.plan.strips import strip
from site_builder.plan.views import Views

# A timeline up to this length stands whole on its index; a longer one only on the pages of its periods.
WHOLE_TIMELINE = 200

# The filters whose choices have pages of their own; records have theirs anyway.
_SELECTIONS = frozenset({"differs", "kind"})


def timeline_pages(made: Views, lines: Lines) -> Iterator[TimelinePage]:
    """Yield the timeline's index, then its periods, then the events of each kind."""
    periods, filters = _periods(made, lines), filter_groups(made)
    yield _index(made, periods, filters)
    yield from _of_periods(made, lines, periods)
    for group in filters:
        if group.id in _SELECTIONS:
            for choice in group.choices:
                yield _selection(made, lines, filters, group, choice)


def strip_of_periods(made: Views, current: str = "") -> StripView | None:
    """Return the strip of all events that leads to the pages of periods."""
    of_period = made.index.timelines.of_period
    return strip(of_period, made.language, lambda first: addresses.period(first.date.period), current)


def _index(made: Views, periods: tuple[PeriodCount, ...], filters: tuple[FilterGroup, ...]) -> TimelinePage:
    timelines = made.index.timelines
    whole = len(timelines.events) <= WHOLE_TIMELINE
    events = tuple(made.events[event.id] for event in timelines.events) if whole else ()
    return TimelinePage(
        kind="timeline",
        path=addresses.TIMELINE,
        section="timeline",
        title=label("section", "timeline", made.language),
        description=text_in(made.index.site.description, made.language),
        sheets=("strip", "timeline") if filters else ("strip",),
        scripts=("timeline",) if filters and whole else (),
        periods=periods,
        strip=strip(
            timelines.of_period, made.language, lambda first: addresses.period_of_whole(first.date.period)
        )
        if whole
        else strip_of_periods(made),
        filters=filters,
        facets={event.id: facets(event) for event in events} if filters else {},
        events=events,
        total=len(timelines.events),
    )


def _of_periods(made: Views, lines: Lines, periods: tuple[PeriodCount, ...]) -> Iterator[TimelinePage]:
    links = [None, *(lines.period_link(period.id) for period in periods), None]
    for period, earlier, link, later in zip(periods, links, links[1:], links[2:], strict=False):
        yield TimelinePage(
            kind="timeline",
            path=period.address,
            section="timeline",
            title=link.text if link else period.label,
            description=text_in(made.index.site.description, made.language),
            crumbs=(lines.section_link("timeline"),),
            sheets=("strip",),
            period=period.id,
            periods=periods,
            strip=strip_of_periods(made, period.id),
            events=tuple(made.events[event.id] for event in made.index.timelines.of_period[period.id]),
            total=len(made.index.timelines.events),
            earlier=earlier,
            later=later,
        )


def _selection(
    made: Views, lines: Lines, filters: tuple[FilterGroup, ...], group: FilterGroup, choice: FilterChoice
) -> TimelinePage:
    ordered = (made.events[event.id] for event in made.index.timelines.events)
    events = tuple(event for event in ordered if (group.id, choice.id) in facets(event))
    return TimelinePage(
        kind="timeline",
        path=choice.address,
        section="timeline",
        title=choice.text,
        description=text_in(made.index.site.description, made.language),
        crumbs=(lines.section_link("timeline"),),
        sheets=("timeline",),
        is_selection=True,
        periods=(),
        filters=filters,
        events=events,
        total=len(made.index.timelines.events),
        lines=len(events) > WHOLE_TIMELINE,
    )


def _periods(made: Views, lines: Lines) -> tuple[PeriodCount, ...]:
    return tuple(
        PeriodCount(
            id=period,
            label=lines.period_link(period).text,
            year=date_view(Edtf.parse(period[:4]), made.language).short,
            address=addresses.period(period),
            events=len(events),
        )
        for period, events in made.index.timelines.of_period.items()
    )
