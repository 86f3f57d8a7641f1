"""The pages of the dossier's timeline: its index, its periods, and the events of one kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from site_builder.dates import Edtf
from site_builder.model import Event
from site_builder.parts import Step, by_period, day, divided, most
from site_builder.plan import addresses
from site_builder.plan.contexts import FilterChoice, FilterGroup, Page, PeriodCount, StripView, TimelinePage
from site_builder.plan.filters import facets, filter_groups
from site_builder.plan.labels import label
from site_builder.plan.lines import Lines
from site_builder.plan.naming import date_view, text_in
from site_builder.plan.parts import LongList, first_page, period_name
from site_builder.plan.strips import strip, strips
from site_builder.plan.views import Views

# A timeline up to this length stands whole on its index; a longer one only on the pages of its periods.
WHOLE_TIMELINE = most("event in a line to choose")

# The filters whose choices have pages of their own; records have theirs anyway.
_SELECTIONS = frozenset({"differs", "kind"})


def timeline_pages(made: Views, lines: Lines) -> Iterator[Page]:
    """Yield the timeline's index, then its periods, then the events of each kind."""
    periods, filters = _periods(made, lines), filter_groups(made)
    yield _index(made, periods, filters)
    yield from _of_periods(made, lines, periods)
    for group in filters:
        if group.id in _SELECTIONS:
            for choice in group.choices:
                yield from _selection(made, lines, filters, group, choice)


def strip_of_periods(made: Views) -> StripView | None:
    """Return the strip of all events that leads to the pages of periods."""
    return _strips_of_periods(made)("")


def _strips_of_periods(made: Views) -> Callable[[str], StripView | None]:
    of_period = made.index.timelines.of_period
    return strips(of_period, made.language, lambda first: addresses.period(first.date.period))


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
        lines=len(events) > most("event"),
    )


def _of_periods(made: Views, lines: Lines, periods: tuple[PeriodCount, ...]) -> Iterator[Page]:
    strip_of = _strips_of_periods(made)
    links = [None, *(lines.period_link(period.id) for period in periods), None]
    for period, earlier, link, later in zip(periods, links, links[1:], links[2:], strict=False):
        found = made.index.timelines.of_period[period.id]
        page = TimelinePage(
            kind="timeline",
            path=period.address,
            section="timeline",
            title=link.text if link else period.label,
            description=text_in(made.index.site.description, made.language),
            crumbs=(lines.section_link("timeline"),),
            sheets=("strip",),
            period=period.id,
            periods=periods,
            strip=strip_of(period.id),
            events=tuple(made.events[event.id] for event in found),
            total=len(made.index.timelines.events),
            found=len(found),
            lines=len(found) > most("event"),
            earlier=earlier,
            later=later,
        )
        yield from _in_parts(page, found, made, (lambda event: day(event.date),))


def _selection(
    made: Views, lines: Lines, filters: tuple[FilterGroup, ...], group: FilterGroup, choice: FilterChoice
) -> Iterator[Page]:
    wanted = (group.id, choice.id)
    found = tuple(event for event in made.index.timelines.events if wanted in facets(made.events[event.id]))
    page = TimelinePage(
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
        events=tuple(made.events[event.id] for event in found),
        total=len(made.index.timelines.events),
        found=len(found),
        lines=len(found) > most("event"),
    )
    yield from _in_parts(page, found, made, by_period(lambda event: event.date))


def _in_parts(
    page: TimelinePage, events: tuple[Event, ...], made: Views, steps: Sequence[Step[Event]]
) -> Iterator[Page]:
    """Yield the page or, where its events are too many for it even in a line each, the ways to its parts."""
    whole = divided(events, most("event in a line"), steps)
    if not whole.parts:
        yield page
        return
    first, *parts = LongList(
        head=replace(first_page(page, "events", len(events)), sheets=("parts",), lines=True),
        whole=whole,
        named=lambda ident, _: period_name(ident, made.language),
        shown=lambda found: {"events": tuple(made.events[event.id] for event in found)},
    ).pages()
    yield replace(page, parts=first.parts, events=(), sheets=(*page.sheets, "parts"))
    yield from parts


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
