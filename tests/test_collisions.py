"""Names of which one is taken for another: on some disk, on some host, by some reader. All in one table.

What is told is told by `check`, before anything is written.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from site_builder.issues import Issue, IssueLog
from tests.damage.fuzzing import SOUND

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Issues = Callable[[Path], IssueLog]

ACTOR = "type: group\nname: A\n"
SOURCE = "type: report\ntitle: A\nissued: 2021-02\nlanguage: en\n"
REGION = "---\nname: A\ntype: town\nsummary: A.\nunknown: [A.]\n---\n"
PAGE = "---\ntitle: A\n---\n"
SITE = (SOUND / "content/site.yaml").read_text(encoding="utf-8")
MEASURES = (SOUND / "content/measures.yaml").read_text(encoding="utf-8")

# A name, and the one that it is or may be taken for. On a disk that folds letters, in the forms of Unicode,
# in another alphabet, on Windows: none of the first can be a name at all, so that the two never meet.
TAKEN_FOR = (
    ("Ost-county", "ost-county"), ("OST-COUNTY", "ost-county"), ("ost-County", "ost-county"),
    ("ost_county", "ost-county"), ("ost county", "ost-county"), ("ost.county", "ost-county"),
    ("ost--county", "ost-county"), ("-ost-county", "ost-county"), ("ost-county-", "ost-county"),
    ("ost-county.", "ost-county"), ("ost-county ", "ost-county"), (" ost-county", "ost-county"),
    ("caf\u00e9", "cafe"), ("cafe\u0301", "cafe"), ("\u00e9lan", "elan"), ("e\u0301lan", "elan"),
    ("\u212bngstr", "angstr"), ("\u00c5ngstr", "angstr"), ("\ufb01re", "fire"), ("x\u00b2", "x2"),
    ("\u2460", "1"), ("\uff4fst", "ost"), ("o\ufe0fst", "ost"), ("o\u200bst", "ost"),
    ("o\u00adst", "ost"), ("\u017ft", "st"), ("stra\u00dfe", "strasse"), ("STRA\u1e9eE", "strasse"),
    ("\u0130zmir", "izmir"), ("\u0131zmir", "izmir"), ("\u0451lka", "elka"), ("\u0401lka", "elka"),
    ("\u0439od", "iod"), ("\u043est", "ost"), ("o\u0455t", "ost"), ("\u0430\u0441\u0442", "act"),
    ("\u03bfst", "ost"), ("c\u0430fe", "cafe"), ("pa\u0443ments", "payments"), ("con", "con"),
    ("CON", "con"), ("prn", "prn"), ("aux", "aux"), ("nul", "nul"), ("com1", "com1"), ("com9", "com9"),
    ("lpt1", "lpt1"), ("lpt9", "lpt9"), ("COM\u00b9", "com1"), ("index", "index"),
)  # fmt: skip


def only(path: str, issues: IssueLog) -> list[Issue]:
    """The errors at a file."""
    return [issue for issue in issues if issue.place.path == path and issue.severity == "error"]


def test_a_name_that_is_taken_for_another_is_none(lay: Lay, issues_of: Issues) -> None:
    """Each file is told by its name, with what to write; nothing is ever written under it."""
    told = issues_of(lay({f"actors/{name}.yaml": ACTOR for name, _ in TAKEN_FOR}))
    for name, _ in TAKEN_FOR:
        (issue,) = only(f"content/actors/{name}.yaml", told)
        assert "bad-id" == issue.code
        assert unicodedata.normalize("NFC", name).strip() in issue.problem
        assert issue.repair.startswith("write ")


def test_letters_that_look_latin_are_named(lay: Lay, issues_of: Issues) -> None:
    """A name that looks right is told with the letter that is not, and written in Latin letters."""
    (issue,) = only("content/actors/\u043est.yaml", issues_of(lay({"actors/\u043est.yaml": ACTOR})))
    assert "its '\u043e' is U+043E, no Latin letter" in issue.problem
    assert "write 'ost'" == issue.repair


def page(ident: str, before: str = "") -> Mapping[str, str]:
    """A page of prose."""
    return {f"pages/{ident}.md": f"---\ntitle: A\n{before}---\n"}


def retired(ident: str, kind: str) -> str:
    """An entry of a record that is gone."""
    return f"- {{id: {ident}, kind: {kind}, why: A, date: 2021}}\n"


# Files, the place of the issue, and what else it names: the other file, or the other page.
TAKEN: Mapping[str, tuple[Mapping[str, str], str, str]] = {
    "a source and an article": (
        {"sources/gazette-bridge-count.yaml": SOURCE},
        "sources/gazette-bridge-count.yaml",
        "index.md:1",
    ),
    "a region and an actor": ({"actors/ost.yaml": ACTOR}, "actors/ost.yaml", "content/regions/ost.md:1"),
    "a page and a region": ({"pages/ost.md": PAGE}, "pages/ost.md", "content/regions/ost.md:1"),
    "a source and an actor": (
        {"sources/ost-county.yaml": SOURCE},
        "actors/ost-county.yaml",
        "content/sources/ost-county.yaml:1",
    ),
    "two events": (
        {
            "sources/a.yaml": SOURCE
            + "events:\n  - {id: mill-bridge-closed, title: A, date: 2021, kind: flood,"
            " regions: [ost], says: A}\n"
        },
        "sources/a.yaml",
        "annotations.yaml:2",
    ),
    "two figures": (
        {
            "sources/a.yaml": SOURCE + "figures:\n  - {id: ten-bridges, measure: bridges-standing, value: 1,"
            " as_of: 2021, basis: count, regions: [ost]}\n"
        },
        "sources/county-survey.yaml",
        "sources/a.yaml:6",
    ),
    "a figure and a region": (
        {
            "sources/a.yaml": SOURCE + "figures:\n  - {id: ost, measure: bridges-standing, value: 1,"
            " as_of: 2021, basis: count, regions: [ost]}\n"
        },
        "regions/ost.md",
        "content/sources/a.yaml:6",
    ),
    "two measures": (
        {"measures.yaml": MEASURES + "\n- {id: water-level, title: A, definition: A, counting: state}\n"},
        "measures.yaml",
        "content/measures.yaml:7",
    ),
    "a measure and an actor": (
        {"measures.yaml": MEASURES + "\n- {id: ost-county, title: A, definition: A, counting: state}\n"},
        "measures.yaml",
        "content/actors/ost-county.yaml:1",
    ),
    "a retired region and one that is there": (
        {"retired.yaml": retired("ost", "region")},
        "regions/ost.md",
        "content/retired.yaml:1",
    ),
    "two retired": (
        {"retired.yaml": retired("gone", "event") + retired("gone", "region")},
        "retired.yaml",
        "content/retired.yaml:1",
    ),
    "a former id and one that is there": (
        page("one", "former_ids: [ost]\n"),
        "regions/ost.md",
        "content/pages/one.md:3",
    ),
    "two of one former id": (
        {**page("one", "former_ids: [gone]\n"), **page("two", "former_ids: [gone]\n")},
        "pages/two.md",
        "content/pages/one.md:3",
    ),
    "a former id and a retired one": (
        {**page("one", "former_ids: [gone]\n"), "retired.yaml": retired("gone", "page")},
        "retired.yaml",
        "content/pages/one.md:3",
    ),
    "a former id that is its own": (page("one", "former_ids: [one]\n"), "pages/one.md", "pages/one.md:3"),
    "a kind of event twice": (
        {"site.yaml": SITE.replace("  flood: Flood\n", "  flood: Flood\n  flood: A\n")},
        "site.yaml",
        "on line 11",
    ),
    "a page and the language's folder": (
        {**page("ru"), "site.yaml": SITE + "translated_into: [ru]\n"},
        "pages/ru.md",
        "ru/index.html and ru.html",
    ),
    "a former page and a list": (
        page("one", "former_ids: [sources]\n"),
        "pages/one.md",
        "sources/index.html and sources.html",
    ),
    "a retired page and a list": (
        {"retired.yaml": retired("method", "page")},
        "retired.yaml",
        "one address, method.html",
    ),
    **{
        f"a page and the list {name}": (page(name), f"pages/{name}.md", f"{name}/index.html")
        for name in (
            "articles",
            "regions",
            "timeline",
            "figures",
            "quotes",
            "sources",
            "actors",
            "data",
            "print",
        )
    },
    **{
        f"a page and the page {name}": (page(name), f"pages/{name}.md", f"one address, {name}.html")
        for name in ("disagreements", "corrections", "coverage", "search", "a-z", "404")
    },
}


@pytest.mark.parametrize("name", [*TAKEN])
def test_two_of_one_name_are_told_with_both(name: str, lay: Lay, issues_of: Issues) -> None:
    """The error stands at the one and names the other, by file or by page."""
    files, path, other = TAKEN[name]
    told = [issue for issue in only(f"content/{path}", issues_of(lay({**files}))) if other in issue.problem]
    assert 1 == len(told)
    assert told[0].code in {"duplicate-id", "duplicate-key", "address-collision"}
    assert told[0].repair


def test_there_are_eighty_collisions() -> None:
    """The two tables stay as long as they are."""
    assert len(set(TAKEN_FOR)) + len(TAKEN) >= 80


# ---------------------------------------------------------------- directions and alphabets

TURNS = ("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069")
MARKS = ("\u200e", "\u200f", "\u061c")


def turned() -> Iterator[tuple[str, Mapping[str, str], str]]:
    """Every sign that turns the direction of writing, where it must not stand."""
    for sign in TURNS:
        what = f"U+{ord(sign):04X}"
        yield f"{what} in a name", {"actors/a.yaml": f"type: group\nname: A{sign}B\n"}, "actors/a.yaml:2:8"
        yield f"{what} in a title", {"sources/a.yaml": SOURCE.replace("A", f"A{sign}")}, "sources/a.yaml:2:9"
        yield f"{what} alone in prose", {"pages/a.md": f"{PAGE}A {sign} B.\n"}, "pages/a.md:4:3"
        yield f"{what} in code", {"pages/a.md": f"{PAGE}A `x{sign}y`.\n"}, "pages/a.md:4:5"
    for sign in (*TURNS, *MARKS):
        yield (
            f"U+{ord(sign):04X} in an address",
            {"pages/a.md": f"{PAGE}[A](https://a.example/{sign}x)\n"},
            "pages/a.md:4:",
        )
    for sign in MARKS:
        yield f"U+{ord(sign):04X} in an id", {f"actors/a{sign}b.yaml": ACTOR}, f"actors/a{sign}b.yaml:1:1"


@pytest.mark.parametrize("name, files, place", [*turned()], ids=[name for name, _, _ in turned()])
def test_what_turns_the_direction_is_an_error(
    name: str, files: Mapping[str, str], place: str, lay: Lay, issues_of: Issues
) -> None:
    """In names, titles, ids, addresses and code, and unbalanced in prose, it is told where it stands."""
    assert name
    told = [str(issue.place) for issue in issues_of(lay({**files})) if issue.severity == "error"]
    assert any(one.startswith(f"content/{place}") for one in told)


BALANCED = (
    "\u2067\u05e9\u05dc\u05d5\u05dd\u2069",
    "\u2066abc\u2069",
    "\u2068\u0633\u0644\u0627\u0645\u2069",
    "\u202b\u05e9\u202c",
)


@pytest.mark.parametrize("words", BALANCED, ids=ascii)
def test_words_of_the_other_direction_may_be_isolated(words: str, lay: Lay, issues_of: Issues) -> None:
    """In prose a direction may be begun where it ends in the same line."""
    assert [] == list(issues_of(lay({"pages/a.md": f"{PAGE}A {words} B.\n"})))


HOSTS = (
    "p\u0430yments",
    "\u0440aypal",
    "g\u03bfogle",
    "xn--pyments-3nf",
    "b\u0430nk.a",
    "\u0430b\u0441d",
    "a\u0562c",
)


def test_a_host_of_several_alphabets_is_an_error(lay: Lay, issues_of: Issues) -> None:
    """In prose and in fields, a name that passes for another leads nowhere."""
    prose = "".join(f"[A](https://{host}.example/)\n" for host in HOSTS)
    fields = {
        f"sources/b{at}.yaml": f"{SOURCE}url: https://{host}.example/\n" for at, host in enumerate(HOSTS)
    }
    told = issues_of(lay({"pages/a.md": PAGE + prose, **fields}))
    assert ["bad-link"] * len(HOSTS) + ["bad-url"] * len(HOSTS) == [issue.code for issue in told]


ALIKE = (("rn-paper", "m-paper"), ("paper-1", "paper-l"), ("t0wn", "town"), ("vv-daily", "w-daily"))


@pytest.mark.parametrize("one, other", ALIKE)
def test_sources_that_look_alike_are_told_with_both(
    one: str, other: str, lay: Lay, issues_of: Issues
) -> None:
    """Two ids that most fonts show alike are a warning that names both."""
    told = [*issues_of(lay({f"sources/{one}.yaml": SOURCE, f"sources/{other}.yaml": SOURCE}))]
    assert ["look-alike"] == [issue.code for issue in told]
    assert {True} == {f"'{name}'" in told[0].problem for name in (one, other)}


def test_there_are_sixty_directions_and_alphabets() -> None:
    """The tables stay as long as they are."""
    assert len([*turned()]) + len(BALANCED) + len(HOSTS) + len(ALIKE) >= 60
