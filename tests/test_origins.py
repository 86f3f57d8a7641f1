from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.issues import IssueLog
from site_builder.link import Index, OriginsOf
from site_builder.link.origins import cycles, origins_of_sources
from site_builder.model import Report, Source

Lay = Callable[[Mapping[str, str | bytes | None]], Path]


def sources(draws_on: Mapping[str, list[str]]) -> list[Source]:
    """Sources that draw on each other as said."""
    fixed = {"type": "report", "title": "T", "issued": "2021", "language": "en"}
    return [
        Source.model_validate({**fixed, "id": name, "draws_on": drawn}) for name, drawn in draws_on.items()
    ]


def origins(draws_on: Mapping[str, list[str]]) -> OriginsOf:
    """The origins of sources that draw on each other without a circle."""
    issues = IssueLog()
    found = origins_of_sources(sources(draws_on), (), issues)
    assert [] == list(issues)
    return found


def report(source: str, taken_from: str | None = None) -> Report:
    """A report of one event."""
    return Report.model_validate({"source": source, "event": "e", "says": "S.", "from": taken_from})


# d retells c, which retells a; e rests on a and b; f on nothing.
NET = {"a": [], "b": [], "c": ["a"], "d": ["c"], "e": ["a", "b"], "f": []}


def test_the_origins_of_a_source_are_the_ends_of_its_chains() -> None:
    """A source that draws on nothing is its own origin; others have those at the ends."""
    expected = {"a": ("a",), "b": ("b",), "c": ("a",), "d": ("a",), "e": ("a", "b"), "f": ("f",)}
    assert expected == origins(NET).of_source


def test_what_rests_on_an_origin() -> None:
    """An origin knows every source that comes down to it, itself among them."""
    assert {"a": ("a", "c", "d", "e"), "b": ("b", "e"), "f": ("f",)} == dict(origins(NET).resting_on)


@pytest.mark.parametrize(
    "source, taken_from, chain",
    [
        ("a", None, ("a",)),
        ("d", None, ("a", "c", "d")),
        ("e", None, ("e",)),
        ("e", "b", ("b", "e")),
        ("e", "d", ("a", "c", "d", "e")),
        ("d", "d", ("d",)),
        ("f", "e", ("e", "f")),
    ],
)
def test_the_chain_of_a_statement(source: str, taken_from: str | None, chain: tuple[str, ...]) -> None:
    """A chain leads from the origin to what was read; it ends where nobody can tell which it was."""
    assert chain == origins(NET).chain(report(source, taken_from))


def test_statements_with_one_origin_are_one_witness() -> None:
    """Three sources that retell one are counted once; a report of one's own counts for itself."""
    found = origins(NET).shared([report("a"), report("c"), report("d"), report("f"), report("c", "c")])
    assert [("a", ("a", "c", "d")), ("f", ("f",)), ("c", ("c",))] == [
        (one.origin, one.sources) for one in found
    ]


def test_witnesses_counts_each_source_once() -> None:
    """A source with several origins stands under the one that it shares, not under both."""
    found = origins(NET).witnesses(["e", "b", "d"])
    assert [("b", ("b",)), ("a", ("d", "e"))] == [(one.origin, one.sources) for one in found]


def test_a_source_named_twice_is_one_source() -> None:
    """Naming a source again adds nothing."""
    assert [("f", ("f",))] == [(one.origin, one.sources) for one in origins(NET).witnesses(["f", "f"])]


@pytest.mark.parametrize(
    "edges, circles",
    [
        ({}, []),
        ({"a": ("b",), "b": ()}, []),
        ({"a": ("a",)}, [("a",)]),
        ({"a": ("b",), "b": ("a",)}, [("a", "b")]),
        ({"b": ("c",), "c": ("a",), "a": ("b",)}, [("a", "b", "c")]),
        ({"a": ("b",), "b": ("a",), "c": ("d",), "d": ("c",)}, [("a", "b"), ("c", "d")]),
        ({"x": ("a",), "a": ("b",), "b": ("a",)}, [("a", "b")]),
    ],
)
def test_circles_are_found(edges: Mapping[str, tuple[str, ...]], circles: list[tuple[str, ...]]) -> None:
    """Each circle is told once, beginning with its least name, in the order of its links."""
    assert circles == sorted(cycles(edges))


def test_a_circle_of_sources_is_an_issue_and_is_cut() -> None:
    """Sources that draw on each other are told, and linking still ends."""
    issues = IssueLog()
    found = origins_of_sources(sources({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}), (), issues)
    assert ["cycle"] == [issue.code for issue in issues]
    assert {"c"} == {origin for ends in found.of_source.values() for origin in ends}


NAMES = "abcdefgh"
ANY_NET = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(NAMES), unique=True, max_size=3) for name in NAMES}
)
SOUND_NET = ANY_NET.map(lambda net: {name: [drawn for drawn in net[name] if drawn < name] for name in net})


@given(SOUND_NET, st.lists(st.sampled_from(NAMES)))
def test_there_are_never_more_origins_than_sources(net: dict[str, list[str]], named: list[str]) -> None:
    """Origins are at most as many as the sources, and every source stands under exactly one."""
    found = origins(net).witnesses(named)
    assert len(found) <= len(set(named))
    assert sorted(set(named)) == sorted(source for one in found for source in one.sources)
    assert len(found) == len({one.origin for one in found})


@given(SOUND_NET, st.lists(st.tuples(st.sampled_from(NAMES), st.none() | st.sampled_from(NAMES))))
def test_every_chain_ends_at_the_source_read(
    net: dict[str, list[str]], said: list[tuple[str, str | None]]
) -> None:
    """A chain has no source twice, ends with the one that was read, and gives one origin."""
    made = origins(net)
    statements = [report(source, taken_from) for source, taken_from in said]
    for statement in statements:
        chain = made.chain(statement)
        assert statement.source == chain[-1]
        assert len(chain) == len(set(chain))
    assert len(made.shared(statements)) <= len(statements)


@given(SOUND_NET)
def test_origins_draw_on_nothing(net: dict[str, list[str]]) -> None:
    """An origin has no source before it, and every source has at least one origin."""
    for name, ends in origins(net).of_source.items():
        assert ends
        assert all(not net[end] for end in ends)
        assert (name,) == ends or net[name]


@given(ANY_NET)
def test_any_net_of_sources_is_linked(net: dict[str, list[str]]) -> None:
    """Whatever draws on whatever, linking ends, and after cutting every circle each source has an origin."""
    issues = IssueLog()
    found = origins_of_sources(sources(net), (), issues)
    assert all(found.of_source.values())
    assert bool(cycles({name: tuple(drawn) for name, drawn in net.items()})) == bool(issues)


def test_every_mapping_of_an_index_is_complete(lay: Lay, index_of: Callable[[Path], Index]) -> None:
    """A record on which nothing rests has an empty tuple in every mapping: no page can stumble over it."""
    index = index_of(lay({}))
    by_source = (index.figures_of_source, index.quotes_of_source, index.events_of_source, index.drawn_on_by,
                 index.taken_from)  # fmt: skip
    for name in index.sources:
        assert all(isinstance(mapping[name], tuple) for mapping in by_source)
        assert isinstance(index.linked_from[f"source:{name}"], tuple)
    for name in index.regions:
        by_region = (index.figures_of_region, index.quotes_of_region, index.sources_of_region, index.parts_of,
                     index.timelines.of_region)  # fmt: skip
        assert all(isinstance(mapping[name], tuple) for mapping in by_region)
    assert () == index.disagreements_of["source:ferry-notice"]
    assert () == index.corrections_of["source:ferry-notice"]


def test_what_a_source_reports_itself_is_not_taken_from_it(
    lay: Lay, index_of: Callable[[Path], Index]
) -> None:
    """`from:` with the source's own id says that it is its own reporting: nothing rests on it for that."""
    notice = (
        "type: webpage\ntitle: Notice\nissued: 2021-03-11\nlanguage: en\ndraws_on: [county-survey]\nevents:\n"
        "  - event: mill-bridge-closed\n    says: Closed.\n    from: {}\n"
    )
    own = index_of(lay({"sources/ferry-notice.yaml": notice.format("ferry-notice")}))
    assert () == own.taken_from["ferry-notice"]
    other = index_of(lay({"sources/ferry-notice.yaml": notice.format("county-survey")}))
    assert ("event:mill-bridge-closed",) == other.taken_from["county-survey"]
