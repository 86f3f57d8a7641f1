"""The pages of the dossier's timeline: its index, its periods, and the events of one kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from site_builder.dates import Edtf
from site_builder.model import Event
from site_builder.parts import Step, by_period, day, divided, most
from site_builder.plan import addresses
from site_builder.plan.cards import Dressed
from site_builder.plan.contexts import (
    EventView,
    FilterChoice,
    FilterGroup,
    ListPage,
    PeriodCount,
    StripView,
    TimelinePage,
)
from site_builder.plan.filters import differs, facets, filter_groups
from site_builder.plan.labels import label
from site_builder.plan.lines import Lines
from site_builder.plan.naming import date_view, text_in
from site_builder.plan.parts import LongList, first_page, period_name
from site_builder.plan.planned import PlannedPage
from site_builder.plan.strips import strip, strips
from site_builder.plan.views import Views

# A timeline up to this length stands whole on its index; a longer one only on the pages of its periods.
WHOLE_TIMELINE = most("event in a line to choose")

# The filters whose choices have pages of their own; records have theirs anyway.
_PERIODS: Sequence[Step[Event]] = by_period(lambda event: event.date)
_SELECTIONS = frozenset({"differs", "kind"})


def timeline_pages(made: Views, lines: Lines, dressed: Dressed) -> Iterator[PlannedPage]:
    """Plans the timeline's index, then its periods, then the events of each kind."""
    periods, filters = _periods(made, lines), filter_groups(made)
    yield PlannedPage(addresses.TIMELINE, "timeline", lambda: dressed(_index(made, periods, filters)))
    yield from _of_periods(made, lines, periods, dressed)
    by_choice = _events_of_choices(made)
    for group in filters:
        if group.id in _SELECTIONS:
            for choice in group.choices:
                found = by_choice[group.id, choice.id]
                selection = partial(_selection, made, lines, filters, choice, len(found))
                yield from _in_parts(choice.address, selection, found, _PERIODS, made, dressed)


def _events_of_choices(made: Views) -> Mapping[tuple[str, str], tuple[Event, ...]]:
    """The events of each choice that has a page of its own, by the filter and the choice."""
    found: dict[tuple[str, str], list[Event]] = {}
    for event in made.index.timelines.events:
        found.setdefault(("kind", event.kind), []).append(event)
        code = "yes" if differs(event.id, made.index) else "no"
        found.setdefault(("differs", code), []).append(event)
    return {choice: tuple(events) for choice, events in found.items()}


def strip_of_periods(made: Views) -> StripView | None:
    """Returns the strip of all events that leads to the pages of periods."""
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
        facets={event.id: facets(event.id, made.index) for event in events} if filters else {},
        events=events,
        total=len(timelines.events),
        lines=len(events) > most("event"),
    )


def _of_periods(
    made: Views, lines: Lines, periods: tuple[PeriodCount, ...], dressed: Dressed
) -> Iterator[PlannedPage]:
    strip_of = lru_cache(maxsize=1)(lambda: _strips_of_periods(made))
    beside = (None, *periods, None)
    for earlier, period, later in zip(beside, beside[1:], beside[2:], strict=False):
        if period is None:
            continue
        found = made.index.timelines.of_period[period.id]

        def page(
            period: PeriodCount = period,
            earlier: PeriodCount | None = earlier,
            later: PeriodCount | None = later,
            count: int = len(found),
        ) -> TimelinePage:
            return TimelinePage(
                kind="timeline",
                path=period.address,
                section="timeline",
                title=lines.period_link(period.id).text,
                description=text_in(made.index.site.description, made.language),
                crumbs=(lines.section_link("timeline"),),
                sheets=("strip",),
                period=period.id,
                periods=periods,
                strip=strip_of()(period.id),
                events=(),
                total=len(made.index.timelines.events),
                found=count,
                lines=count > most("event"),
                earlier=lines.period_link(earlier.id) if earlier else None,
                later=lines.period_link(later.id) if later else None,
            )

        yield from _in_parts(period.address, page, found, (lambda event: day(event.date),), made, dressed)


def _selection(
    made: Views, lines: Lines, filters: tuple[FilterGroup, ...], choice: FilterChoice, count: int
) -> TimelinePage:
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
        events=(),
        total=len(made.index.timelines.events),
        found=count,
        lines=count > most("event"),
    )


def _in_parts(
    path: str,
    page: Callable[[], TimelinePage],
    events: tuple[Event, ...],
    steps: Sequence[Step[Event]],
    made: Views,
    dressed: Dressed,
) -> Iterator[PlannedPage]:
    """Plans a page that is given without its events; too many even in a line each, they are on its parts."""

    def views_of(found: tuple[Event, ...]) -> tuple[EventView, ...]:
        return tuple(made.events[event.id] for event in found)

    whole = divided(events, most("event in a line"), steps)
    if not whole.parts:
        yield PlannedPage(path, "timeline", lambda: dressed(replace(page(), events=views_of(events))))
        return

    def head() -> ListPage:
        return dressed(replace(first_page(page(), "events", len(events)), sheets=("parts",), lines=True))

    in_parts: LongList[Event] = LongList(
        path=path,
        head=head,
        whole=whole,
        named=lambda ident, _: period_name(ident, made.language),
        shown=lambda found: {"events": views_of(found)},
    )

    def first() -> TimelinePage:
        found = page()
        return dressed(replace(found, parts=in_parts.ways(), sheets=(*found.sheets, "parts")))

    yield PlannedPage(path, "timeline", first)
    yield from in_parts.planned_parts()


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
