"""The filter that keeps records back, and what it does where an author's word is not quite the right one."""

import pickle
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.build import Checked, Options, build, check
from site_builder.cli import main
from site_builder.issues import Place
from site_builder.markup import Markup, parse
from site_builder.redaction import private_lines
from site_builder.report import FORMATS, kept_back

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Text = Callable[[str], str]

NOW = datetime(2026, 10, 3, 12, 0, tzinfo=UTC)
ARTICLE = "articles/gazette-bridge-count/index.md"
ANNOTATIONS = "articles/gazette-bridge-count/annotations.yaml"
SURVEY = "sources/county-survey.yaml"
FERRY = "sources/ferry-notice.yaml"


def checked(project: Path, now: datetime | None = NOW) -> Checked:
    """The project at that moment."""
    return check(Options(project=project, output=project / "public", now=now))


def told(found: Checked) -> list[tuple[str, str]]:
    """Place and code of every issue."""
    return [(str(issue.place).removeprefix("content/"), issue.code) for issue in found.issues]


def with_front(text: str, line: str) -> str:
    """A Markdown file's text with one more line of front matter."""
    return text.replace("---\n", f"---\n{line}\n", 1)


# What is kept back, and what goes with it.


def test_a_draft_is_in_no_part_of_the_index(lay: Lay) -> None:
    """A draft that nobody names is nowhere, and the build is fine."""
    found = checked(lay({"pages/plans.md": "---\ntitle: Plans\ndraft: true\n---\nSecret.\n"}))
    assert [] == told(found)
    assert found.index is not None
    assert {"about"} == set(found.index.pages)
    assert {"page:plans": "it is a draft"} == found.kept_back.reasons


def test_draft_false_is_published(lay: Lay) -> None:
    """`draft: false` keeps nothing back."""
    found = checked(lay({"pages/plans.md": "---\ntitle: Plans\ndraft: false\n---\nOpen.\n"}))
    assert found.index is not None
    assert {"about", "plans"} == set(found.index.pages)


SOURCE = """\
type: report
title: Draft
issued: 2021-05
language: en
draft: true
events:
  - {id: new-event, title: Fire, date: 2021-05-01, regions: [ost], kind: flood, says: Fire.}
  - {event: mill-bridge-closed, says: It was never closed.}
figures:
  - {id: new-figure, measure: bridges-standing, value: 3, as_of: 2021-05, regions: [ost], basis: claim}
quotes:
  - {id: new-quote, speaker: county-surveyor, exact: No., lang: en, event: new-event}
"""


def test_a_source_takes_its_statements_with_it(lay: Lay) -> None:
    """Figures, quotes, reports and events of a draft source are kept back, each for that reason."""
    found = checked(lay({"sources/new.yaml": SOURCE}))
    assert [] == told(found)
    assert found.index is not None
    assert "new" not in found.index.sources
    assert {"mill-bridge-closed"} == set(found.index.events)
    assert ["gazette-bridge-count", "ferry-notice"] == [
        report.source for report in found.index.reports_of["mill-bridge-closed"]
    ]
    because = "it belongs to source:new, and it is a draft"
    assert {
        "source:new": "it is a draft",
        "event:new-event": because,
        "figure:new-figure": because,
        "quote:new-quote": because,
    } == found.kept_back.reasons


def test_an_event_takes_the_reports_of_other_sources_with_it(lay: Lay, sound_text: Text) -> None:
    """A report of a hidden event goes with it, though its own source is published."""
    extra = "  - {event: new-event, says: No fire.}\n"
    project = lay({"sources/new.yaml": SOURCE, FERRY: sound_text(FERRY) + extra})
    found = checked(project)
    assert [] == told(found)
    assert found.index is not None
    assert ["mill-bridge-closed"] == [event.id for event in found.index.events_of_source["ferry-notice"]]


def test_a_draft_report_goes_alone(lay: Lay, sound_text: Text) -> None:
    """A report can be kept back by itself; its event and source stay."""
    project = lay({FERRY: sound_text(FERRY).replace("    says:", "    draft: true\n    says:")})
    found = checked(project)
    assert found.index is not None
    assert ["gazette-bridge-count"] == [
        report.source for report in found.index.reports_of["mill-bridge-closed"]
    ]
    assert (1, 0) == (found.kept_back.drafts, len(found.kept_back.reasons))


def embargoed(moment: str) -> str:
    """A source that is due then."""
    return SOURCE.replace("draft: true", f"publish_after: {moment}")


@pytest.mark.parametrize(
    "moment, is_published",
    [
        ("2026-10-03T12:00:00Z", True),
        ("2026-10-03T12:00:01Z", False),
        ("2026-10-03T15:00+03:00", True),
        ("2026-10-03T15:01+03:00", False),
        ("2026-10-03T11:59Z", True),
        ("2026-10-04T01:00+14:00", True),
        ("2026-10-03T11:30-01:00", False),
    ],
)
def test_an_embargo_ends_at_its_moment(lay: Lay, moment: str, *, is_published: bool) -> None:
    """What is due now or earlier is published, in whatever zone that is written."""
    found = checked(lay({"sources/new.yaml": embargoed(moment)}))
    assert found.index is not None
    assert is_published == ("new" in found.index.sources)


def test_without_a_clock_every_embargo_holds(lay: Lay) -> None:
    """A run that was given no moment publishes nothing that ever had an embargo."""
    found = checked(lay({"sources/new.yaml": embargoed("2001-01-01T00:00Z")}), now=None)
    assert found.index is not None
    assert "new" not in found.index.sources


def test_a_draft_stays_a_draft_when_its_embargo_ends(lay: Lay) -> None:
    """With both words, both must let it go."""
    project = lay({"sources/new.yaml": SOURCE + "publish_after: 2001-01-01T00:00Z\n"})
    found = checked(project)
    assert "it is a draft" == found.kept_back.reasons["source:new"]
    assert None is found.kept_back.next_due


# What still names it.


def hidden(text: str) -> str:
    """A YAML file's text, kept back."""
    return text.rstrip() + "\ndraft: true\n"


@pytest.mark.parametrize(
    "path, places",
    [
        (
            "actors/county-surveyor.yaml",
            [f"{ANNOTATIONS}:8:14", f"{ANNOTATIONS}:16:17", f"{ANNOTATIONS}:21:14"],
        ),
        ("actors/ost-county.yaml", ["actors/county-surveyor.yaml:3:10"]),
        (SURVEY, [f"{ARTICLE}:12:12", "disagreements.yaml:4:34", f"{FERRY}:5:12"]),
    ],
)
def test_a_reference_to_what_is_hidden_is_an_error(
    lay: Lay, sound_text: Text, path: str, places: list[str]
) -> None:
    """Each field that names a hidden record is told at its place, and nothing is published."""
    project = lay({path: hidden(sound_text(path))})
    found = told(checked(project))
    assert sorted(places) == sorted(place for place, code in found if code == "refers-to-hidden")
    assert {code for _, code in found} <= {"refers-to-hidden", "named-by-hidden"}
    assert None is build(Options(project=project, output=project / "public", now=NOW)).written
    assert not (project / "public").exists()


def test_a_hidden_region_is_refused_wherever_it_is_named(lay: Lay, sound_text: Text) -> None:
    """`part_of`, `regions` and site.yaml's `place` count like any reference."""
    project = lay(
        {
            "regions/upper-ost.md": with_front(sound_text("regions/upper-ost.md"), "draft: true"),
            "site.yaml": sound_text("site.yaml") + "place: upper-ost\n",
        }
    )
    places = [place for place, code in told(checked(project)) if code == "refers-to-hidden"]
    assert ["site.yaml:12:8"] == [place for place in places if place.startswith("site.yaml")]
    assert {ANNOTATIONS, ARTICLE, "site.yaml", SURVEY} == {place.split(":")[0] for place in places}


def test_a_link_to_what_is_hidden_is_an_error(lay: Lay, sound_text: Text) -> None:
    """A link in prose counts, in a paragraph and as a record shown in full."""
    text = sound_text("pages/about.md") + "\nSee [plans](page:plans).\n\n[](page:plans)\n"
    project = lay({"pages/plans.md": "---\ntitle: Plans\ndraft: true\n---\n", "pages/about.md": text})
    assert [("pages/about.md:6:13", "refers-to-hidden"), ("pages/about.md:8:4", "refers-to-hidden")] == told(
        checked(project)
    )


def test_the_navigation_may_not_name_a_hidden_page(lay: Lay, sound_text: Text) -> None:
    """The masthead counts as well."""
    project = lay(
        {
            "pages/plans.md": "---\ntitle: Plans\ndraft: true\n---\n",
            "site.yaml": sound_text("site.yaml") + "navigation: [regions, plans]\n",
        }
    )
    assert [("site.yaml:12:23", "refers-to-hidden")] == told(checked(project))


@pytest.mark.parametrize("field", ["from: hidden-one", "note: x\n    from: hidden-one"])
def test_where_a_statement_comes_from_counts(lay: Lay, sound_text: Text, field: str) -> None:
    """A figure that names a hidden source in `from` is an error."""
    source = "type: report\ntitle: Hidden\nissued: 2021-01\nlanguage: en\ndraft: true\n"
    text = sound_text(ANNOTATIONS).replace("    value: 9\n", f"    value: 9\n    {field}\n")
    found = told(checked(lay({"sources/hidden-one.yaml": source, ANNOTATIONS: text})))
    assert ["refers-to-hidden"] == [code for _, code in found]


@pytest.mark.parametrize("field", ["supersedes", "denominator"])
def test_a_figure_may_not_rest_on_a_hidden_one(lay: Lay, sound_text: Text, field: str) -> None:
    """What a figure replaces, or is a share of, must be published too."""
    text = sound_text(ANNOTATIONS).replace("    value: 9\n", f"    value: 9\n    {field}: new-figure\n")
    found = told(checked(lay({"sources/new.yaml": SOURCE, ANNOTATIONS: text})))
    assert ["refers-to-hidden"] == [code for _, code in found]


def test_a_quote_may_not_be_a_variant_of_a_hidden_one(lay: Lay, sound_text: Text) -> None:
    """A quote's family is published as a whole or without its links."""
    text = sound_text(ANNOTATIONS).replace("    lang: en\n", "    lang: en\n    variant_of: new-quote\n")
    found = told(checked(lay({"sources/new.yaml": SOURCE, ANNOTATIONS: text})))
    assert ["refers-to-hidden"] == [code for _, code in found]


def test_hidden_records_may_name_each_other_and_anything(lay: Lay) -> None:
    """What is kept back may name what is published and what is kept back."""
    project = lay(
        {
            "sources/new.yaml": SOURCE,
            "pages/plans.md": "---\ntitle: Plans\ndraft: true\n---\n[a](event:new-event) [b](page:about)\n",
        }
    )
    assert [] == told(checked(project))


def test_an_id_of_a_hidden_record_is_taken(lay: Lay) -> None:
    """A second record with a draft's id is an error: otherwise the draft could never be published."""
    project = lay(
        {
            "sources/new.yaml": SOURCE,
            "actors/new-figure.yaml": "type: person\nname: Nobody\n",
        }
    )
    assert "duplicate-id" in {code for _, code in told(checked(project))}


def test_who_is_named_by_hidden_records_alone_is_told(lay: Lay) -> None:
    """An actor's own page would give the draft away, so that the author is warned."""
    project = lay(
        {
            "actors/witness.yaml": "type: person\nname: A witness\n",
            "sources/new.yaml": SOURCE.replace("county-surveyor", "witness"),
        }
    )
    assert [("actors/witness.yaml:1:1", "named-by-hidden")] == told(checked(project))


# Words that are not quite the right ones.

NOT_A_FLAG = (
    'draft: "false"', "draft: 'true'", 'draft: "true"', "draft: yes", "draft: no", "draft: on",
    "draft: off", "draft: True", "draft: TRUE", "draft: False", "draft: FALSE", "draft: tRue",
    "draft: 0", "draft: 1", "draft: ~", "draft: null", "draft:", "draft: ''", "draft: y", "draft: n",
    "draft: t", "draft: ja", "draft: да", "draft: maybe", "draft: true false", "draft: [true]",
    "draft: {a: true}", "draft: [true, false]", "draft: !!bool true", "draft: &a true",
    "draft: true,", "draft: true;", "draft: 'yes'", "draft: -", "draft: |\n  yes",
)  # fmt: skip
NOT_THE_FIELD = (
    "Draft: true", "DRAFT: true", "darft: true", "drafts: true", "draf: true", "is_draft: true",
    "draft : yes", "dra ft: true", "draft_: true", "-draft: true", "черновик: true",
    "visibility: hidden", "hidden: true", "published: false", "publish: false", "status: draft",
    "public: false", "unlisted: true", "withheld: true", "privat: x", "Private: x", "secret: x",
    "publish-after: 2999-01-01T00:00Z", "publish_on: 2999-01-01T00:00Z",
    "Publish_after: 2999-01-01T00:00Z", "embargo: 2999-01-01T00:00Z", "draft=true", "draft",
    "draft:true",
)  # fmt: skip
NOT_AN_INSTANT = (
    "2999-01-01T00:00", "2999-01-01", "2999-01-01 00:00", "2999", "2999-01", "2999-02-30T00:00Z",
    "2999-13-01T00:00Z", "2999-01-01T25:00Z", "2999-01-01T00:00+25:00", "2999-01~", "2999-01-XX",
    "2999-01-01/..", "tomorrow", "next week", "never", "1. Januar 2999", "''", "", "~", "0",
    "32503680000", "true", "[2999-01-01T00:00Z]", "2999-01-01T00:00 Europe/Kyiv",
    "2999-01-01T00:00CET", "01/02/2999 00:00Z", "Z",
)  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [*NOT_A_FLAG, *NOT_THE_FIELD, *(f"publish_after: {text}" for text in NOT_AN_INSTANT)],
)
@pytest.mark.parametrize("where", ["an article", "a statement", "an actor"])
def test_a_slip_publishes_nothing(lay: Lay, sound_text: Text, line: str, where: str) -> None:
    """Whatever is not exactly right is an error, and the site stays as it is."""
    if where == "an article":
        project = lay({ARTICLE: with_front(sound_text(ARTICLE), line)})
    elif where == "an actor":
        project = lay({"actors/new.yaml": f"type: person\nname: Somebody\n{line}\n"})
    else:
        inner = line.replace("\n", "\n    ")
        text = sound_text(SURVEY).replace("    value: 10\n", f"    value: 10\n    {inner}\n")
        project = lay({SURVEY: text})
    built = build(Options(project=project, output=project / "public", now=NOW))
    assert (where, line) in ALLOWED or built.checked.issues.has_errors()
    assert (where, line) in ALLOWED or built.written is None


# An actor's name may be withheld for a reason, and "true" is one as far as a machine can tell.
ALLOWED = {("an actor", "withheld: true")}


def test_the_table_of_slips_is_long() -> None:
    """More than sixty different slips are tried, each on three kinds of record."""
    assert 90 <= len({*NOT_A_FLAG, *NOT_THE_FIELD, *NOT_AN_INSTANT})


def test_site_yaml_cannot_be_hidden(lay: Lay, sound_text: Text) -> None:
    """`draft` in site.yaml is no field."""
    found = told(checked(lay({"site.yaml": sound_text("site.yaml") + "draft: true\n"})))
    assert [("site.yaml:12:1", "unknown-field")] == found


# Words withheld in prose.


def everything(markup: Markup) -> str:
    """All that a parsed text holds, as far down as it goes."""
    return repr(markup) + repr(pickle.loads(pickle.dumps(markup)))  # noqa: S301  # our own


@pytest.mark.parametrize(
    "text",
    [
        "[Qxj]{.withheld}",
        "Said [Qxj Vzk]{.withheld}, and [Qxj]{.withheld} again.",
        "## On [Qxj]{.withheld}",
        "> - **a [Qxj *Qxj* `Qxj`]{.withheld}**",
        "[Qxj [Qxj](actor:qxj) Qxj]{.withheld}",
        "[see [Qxj]{.withheld}](quote:a)",
        "[a [Qxj]{.withheld} Qxj]{.withheld}",
        "[Qxj \\] Qxj]{.withheld}",
        "[Qxj \\[ Qxj]{.withheld}",
        "[Qxj\nQxj]{.withheld}",
        "[x]{lang=ru} [Qxj]{.withheld}",
        "a[^1]\n\n[^1]: by [Qxj]{.withheld}",
        "a^[by [Qxj]{.withheld}]",
        "| a |\n|---|\n| [Qxj]{.withheld} |",
        '[«Qxj» "Qxj" Ж]{.withheld}',
    ],
)
def test_withheld_words_leave_the_text_at_once(text: str) -> None:
    """Nothing that a later floor gets holds the words, nor a link or a passage from among them."""
    markup, issues = parse(text, Place("a.md"))
    assert () == issues
    assert "qxj" not in everything(markup).lower()
    assert "name withheld" in markup.text


@pytest.mark.parametrize(
    "text",
    [
        "[Qxj]{.witheld}", "[Qxj]{.Withheld}", "[Qxj]{withheld}", "[Qxj] {.withheld}", "[Qxj]{.withheld",
        "{.withheld} Qxj", "**Qxj**{.withheld}", "*Qxj*{.withheld}", "`Qxj`{.withheld}",
        "[Qxj](actor:a){.withheld}", "Qxj{.withheld}", "![Qxj](a){.withheld}", "## Qxj {.withheld}",
        "{.withheld}\nQxj", "[Qxj]{.withheld .b}", "[Qxj]{.hidden}", "[Qxj]{.withheld lang=ru}",
        "[Qxj]{class=withheld}", "[Qxj]{.withheld %Qxj%}", "[Qxj]{ .withheld }", "[Qxj]{#a}",
        "`[Qxj]{.withheld}`", "```\n[Qxj]{.withheld}\n```", "    [Qxj]{.withheld}",
        "[Qxj\n\nQxj]{.withheld}", "\\[Qxj]{.withheld}", "[Qxj\\]{.withheld}",
        "[Qxj]{.withheld}\n\n[Qxj]: https://a.example", "[Qxj]{style=x}", "[Qxj `]` Qxj]{.withheld}",
        "[Qxj^[Qxj]]{.withheld}", "(Qxj){.withheld}", "[Qxj]\n{.withheld}", "[Qxj]{.withhold}",
    ],
)  # fmt: skip
def test_words_that_may_be_meant_to_be_withheld_are_an_error(text: str) -> None:
    """Whatever looks like the mark and is not exactly it is told: nothing is then published."""
    _, issues = parse(text, Place("a.md"))
    assert "bad-attribute" in {issue.code for issue in issues}


@pytest.mark.parametrize(
    "text", ["[Qxj]{.withheld}", "by Qxj{.withheld}", "[Qxj]{withheld}", "[Qxj]{.wiheld}"]
)
def test_the_mark_is_refused_in_a_field(lay: Lay, sound_text: Text, text: str) -> None:
    """A field is plain text, where the mark would be published with the words."""
    body = sound_text(SURVEY).replace("type: report\n", f"type: report\nnote: '{text}'\n")
    assert [(f"{SURVEY}:2:7", "bad-attribute")] == told(checked(lay({SURVEY: body})))


def test_withheld_words_are_said_to_be_withheld(lay: Lay, sound_text: Text) -> None:
    """On the page the words are replaced by the statement that a name is withheld."""
    project = lay({ARTICLE: sound_text(ARTICLE) + "\nSaid [Ivan Petrov]{.withheld}.\n"})
    built = build(Options(project=project, output=project / "public", now=NOW))
    assert built.written is not None
    page = (project / "public/articles/gazette-bridge-count.html").read_text(encoding="utf-8")
    assert '<p>Said <span class="withheld">[name withheld]</span>.</p>' in page
    assert "Petrov" not in page


def test_the_reason_stands_beside_a_withheld_speaker(lay: Lay, sound_text: Text) -> None:
    """Why a name is withheld stands on the actor's page and beside each of its quotes."""
    path = "actors/county-surveyor.yaml"
    project = lay({path: sound_text(path) + "withheld: she could lose her post\n"})
    assert build(Options(project=project, output=project / "public", now=NOW)).written is not None
    reason = "ame withheld: she could lose her post"
    for page in ("articles/gazette-bridge-count", "actors/county-surveyor", "actors/index", "quotes/index"):
        assert reason in (project / f"public/{page}.html").read_text(encoding="utf-8"), page


@pytest.mark.parametrize("field", ["wikidata: Q42", "names: {ru: Имя}"])
def test_a_withheld_name_is_not_given_away_elsewhere(lay: Lay, field: str) -> None:
    """Fields that say who it is are refused beside `withheld`."""
    text = f"type: person\nname: A warden\nwithheld: she could lose her post\n{field}\n"
    found = told(checked(lay({"actors/warden.yaml": text})))
    assert ["withheld-name"] == [code for _, code in found]


# What the author's terminal says.


@pytest.mark.parametrize(
    "counts, line",
    [
        ((0, 0, None), ""),
        ((1, 0, None), "1 draft kept back"),
        (
            (2, 1, datetime(2026, 12, 1, 9, tzinfo=UTC)),
            "2 drafts and 1 embargoed record kept back; the next is due 2026-12-01 09:00 UTC",
        ),
        (
            (0, 12, datetime.fromisoformat("2026-12-01T01:00+03:00")),
            "12 embargoed records kept back; the next is due 2026-11-30 22:00 UTC",
        ),
    ],
)
def test_what_is_kept_back_is_counted(counts: tuple[int, int, datetime | None], line: str) -> None:
    """The closing line has the counts and the next moment, in UTC."""
    assert line == kept_back(*counts)


def test_an_embargo_can_be_rehearsed(lay: Lay) -> None:
    """`--now` decides what is due, for `build` and `check`."""
    project = lay({"sources/new.yaml": embargoed("2999-01-01T09:00+01:00")})
    before = CliRunner().invoke(main, ["check", "-C", str(project)])
    after = CliRunner().invoke(main, ["check", "-C", str(project), "--now", "2999-01-01T08:00Z"])
    told_before = "1 embargoed record kept back; the next is due 2999-01-01 08:00 UTC"
    assert (0, 0) == (before.exit_code, after.exit_code), before.output + after.output
    assert told_before in before.output.splitlines()
    assert "kept back" not in after.output


def test_source_date_epoch_is_the_present(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reproducible build takes its present from the environment."""
    project = lay({"sources/new.yaml": embargoed("2020-01-01T00:00Z")})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert "kept back" in CliRunner().invoke(main, ["check", "-C", str(project)]).output
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    assert 2 == CliRunner().invoke(main, ["check", "-C", str(project)]).exit_code


@pytest.mark.parametrize("now", ["tomorrow", "2026-01-01", "2026-01-01T00:00"])
def test_now_needs_a_zone(lay: Lay, now: str) -> None:
    """A moment that is not one is wrong use, not the clock."""
    assert 2 == CliRunner().invoke(main, ["build", "-C", str(lay({})), "--now", now]).exit_code


def test_show_says_that_a_record_is_kept_back(lay: Lay) -> None:
    """A hidden record is found, with the reason and nothing else."""
    project = lay({"sources/new.yaml": SOURCE})
    result = CliRunner().invoke(main, ["show", "new-figure", "-C", str(project)])
    assert "figure:new-figure\n  kept back: it belongs to source:new, and it is a draft\n" == result.output


# Private fields.


def test_a_private_field_holds_anything_and_leaves_nothing(lay: Lay) -> None:
    """Whatever shape a private field has, the record is sound and the field is None."""
    for value in ("x", "[a, {b: c}]", "{a: [b]}", "", "~", "'{.withheld}'", '"draft: true"'):
        found = checked(lay({"actors/new.yaml": f"type: person\nname: Somebody\nprivate: {value}\n"}))
        assert [] == told(found), value
        assert found.index is not None
        assert None is found.index.actors["new"].private


@pytest.mark.parametrize(
    "text",
    [
        "private:\n  qxj: 1\n  qxj: 2\n",
        "private: *qxj\n",
        "private: !qxj x\n",
        "private: &qxj x\n",
        'private: "\\qxj"\n',
        "private:\n  - qxj: [qxj\nname2: x\n",
        "private:\n  qxj: 'a\n",
        "private: {qxj: a: b}\n",
    ],
)
@pytest.mark.parametrize("form", FORMATS)
def test_no_message_holds_a_private_value(lay: Lay, text: str, form: str) -> None:
    """A mistake in a private field is told with its place, and without a word of the field."""
    project = lay({"actors/new.yaml": f"type: person\nname: Somebody\n{text}"})
    found = checked(project)
    assert found.issues.has_errors()
    assert "qxj" not in FORMATS[form](found.issues, found.texts)


@pytest.mark.parametrize(
    "text, lines",
    [
        ("a: 1\nprivate: x\nb: 2", {2}),
        ("private:\n  a: 1\n\n  b: 2\nc: 3", {1, 2, 3, 4}),
        ("private:\n- a\n- b\nc: 3", {1, 2, 3}),
        ("- id: a\n  private:\n    b: 1\n  c: 2\n- id: d", {2, 3}),
        ("- private: x\n  c: 2", {1}),
        ("a: {b: 1, private: x,\n  c: 2}\nd: 3", {1, 2}),
        ("private: |\n  a\n\n  b\n# c\nd: 1", {1, 2, 3, 4, 5}),
        ("'private': x\ny: 1", {1}),
        ("privately: x\ny: 1", set()),
    ],
)
def test_the_lines_of_a_private_field_are_known(text: str, lines: set[int]) -> None:
    """The lines from the key to the end of its value are private, whatever YAML's form."""
    assert lines == set(private_lines(text))


def test_an_excerpt_of_a_private_line_is_masked(lay: Lay, sound_text: Text) -> None:
    """A mistake on a line that also holds a private value is shown without the line."""
    text = sound_text(ANNOTATIONS) + "    note: {a: b, private: qxj}\n"
    found = checked(lay({ANNOTATIONS: text}))
    told_text = FORMATS["text"](found.issues, found.texts)
    assert "| (private)" in told_text
    assert "qxj" not in told_text


def test_embargo_moments_are_exact(lay: Lay) -> None:
    """A moment with fractions of a second holds to the last of them."""
    moment = NOW + timedelta(microseconds=1)
    found = checked(lay({"sources/new.yaml": embargoed(moment.isoformat())}))
    assert moment == found.kept_back.next_due
