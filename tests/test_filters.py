"""What a timeline can be narrowed to, and the pages that stand for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.plan import SitePlan, timeline
from site_builder.plan.contexts import FilterGroup, TimelinePage
from site_builder.read.theme import Theme

ROOT = Path(__file__).resolve().parent.parent
BRIDGE = ROOT / "tests/sites/disagreement"
Planned = Callable[[Path], tuple[SitePlan, Theme]]


def timelines(planned_of: Planned, project: Path) -> dict[str, TimelinePage]:
    """The pages of a project's timeline, by path."""
    return {page.path: page for page in planned_of(project)[0].pages if isinstance(page, TimelinePage)}


def group(page: TimelinePage, name: str) -> FilterGroup:
    """One filter of a page."""
    return next(one for one in page.filters if one.id == name)


def test_a_choice_says_how_many_events_it_leaves(planned_of: Planned) -> None:
    """The number beside each choice is that of the events which carry its id."""
    index = timelines(planned_of, ROOT)["timeline/index.html"]
    for one in index.filters:
        for choice in one.choices:
            carried = [dict(found).get(one.id, "").split() for found in index.facets.values()]
            assert choice.events == sum(choice.id in ids for ids in carried) > 0


def test_every_event_has_a_kind_and_is_disputed_or_not(planned_of: Planned) -> None:
    """The choices of a filter that every event answers once add up to all events."""
    index = timelines(planned_of, ROOT)["timeline/index.html"]
    for name in ("kind", "differs"):
        assert index.total == sum(choice.events for choice in group(index, name).choices)


def test_a_choice_s_page_has_its_events_in_order(planned_of: Planned) -> None:
    """The page of a kind has the timeline's events of that kind, in the timeline's order, and no others."""
    pages = timelines(planned_of, ROOT)
    index = pages["timeline/index.html"]
    for name in ("kind", "differs"):
        for choice in group(index, name).choices:
            wanted = [one.id for one in index.events if (name, choice.id) in index.facets[one.id]]
            assert wanted == [one.id for one in pages[choice.address].events]


def test_kinds_keep_the_author_s_order_and_names_the_alphabet_s(planned_of: Planned) -> None:
    """Kinds stand as in `site.yaml`, without those of no event; regions by name."""
    index = timelines(planned_of, BRIDGE)["timeline/index.html"]
    assert ["opening", "collapse"] == [choice.id for choice in group(index, "kind").choices]
    assert ["Hill country", "Ruhl (Part of the town lies below the dam.)"] == [
        choice.text for choice in group(index, "region").choices
    ]


def test_a_filter_that_divides_nothing_is_left_out(planned_of: Planned) -> None:
    """Where every event has the same region, kind or source, there is nothing to choose."""
    index = timelines(planned_of, ROOT / "tests/sites/doubtful-dates")["timeline/index.html"]
    assert ["kind"] == [one.id for one in index.filters]


def test_one_event_has_no_filters(planned_of: Planned) -> None:
    """A timeline of one event has no filter, no page of a kind, no script and no style for them."""
    pages = timelines(planned_of, ROOT / "tests/sites/minimal")
    assert {"timeline/index.html", "timeline/1819-11.html"} == set(pages)
    assert ((), (), ("strip",)) == (
        pages["timeline/index.html"].filters,
        pages["timeline/index.html"].scripts,
        pages["timeline/index.html"].sheets,
    )


def test_no_kind_can_be_named_like_a_period(planned_of: Planned) -> None:
    """Pages of kinds stand in a folder of their own, so no id of an author meets an address of ours."""
    pages = timelines(planned_of, BRIDGE)
    ours = [path for path in pages if path.count("/") == 1]
    assert ["1901-05", "1931", "disputed", "index", "undisputed"] == sorted(Path(one).stem for one in ours)


def test_a_long_timeline_leads_to_pages(planned_of: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the events do not stand on the index, it has the choices as links, and no script."""
    monkeypatch.setattr(timeline, "WHOLE_TIMELINE", 1)
    pages = timelines(planned_of, BRIDGE)
    index = pages["timeline/index.html"]
    assert index.filters
    assert ((), (), {}) == (index.events, index.scripts, index.facets)
    assert not pages["timeline/kind/collapse.html"].lines


def test_sources_of_one_name_are_told_apart(planned_of: Planned) -> None:
    """No two sources of a filter read the same."""
    names = [
        choice.text for choice in group(timelines(planned_of, ROOT)["timeline/index.html"], "source").choices
    ]
    assert sorted(set(names)) == sorted(names)
