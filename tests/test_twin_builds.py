"""Twins: dossiers that differ in nothing but what is kept back give sites that differ in nothing at all."""

import json
import random
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from site_builder.build import Checked, Options, check
from site_builder.issues import Place
from site_builder.markup import parse
from site_builder.read.theme import Theme, read_theme
from site_builder.render import Artifact, Memory, render, render_again
from site_builder.report import as_json, as_sarif
from site_builder.validate.translations import text_sum
from site_builder.write import write

PAIRS = 25
NOW = datetime(2026, 10, 3, 12, 0, tzinfo=UTC)
BASE_URL = "https://bridges.example/"
# What a secret is made of: letters of one byte or more, and all that means something in YAML or Markdown.
LETTERS = "abcdefghijklmnopqrstuvwxyzАБВГДежзийклмнопрстуфхцчшщъыьэюяЁёÄßçŁ漢字🌊"
MARKS = "'\" «»„“:,;!?-_&%@#()*/\\`~$^+=.0123456789"

Files = Mapping[str, str | None]
Lay = Callable[[Mapping[str, str | bytes | None]], Path]


def words(chance: random.Random, length: int) -> str:
    """A secret of about that length that begins and ends with a letter."""
    inner = "".join(chance.choice(LETTERS * 3 + MARKS) for _ in range(length))
    return f"{chance.choice(LETTERS)}{inner}{chance.choice(LETTERS)}q{chance.randrange(10**6)}z"


def ident(chance: random.Random, length: int) -> str:
    """A secret that can be an id."""
    letters = "".join(chance.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(length % 60))
    return f"s{letters}q{chance.randrange(10**6)}z"


def article(title: str = "A title", body: str = "Nothing.", extra: str = "draft: true") -> str:
    """An article's file."""
    return (
        f"---\ntype: article-newspaper\ntitle: {quoted(title)}\nissued: 2021-03-15\n"
        f"language: en\nsummary: It says something.\ncurated: 2021-04-02\nregions: [lower-ost]\n{extra}\n"
        f"---\n{body}\n"
    )


def quoted(text: str) -> str:
    """The text as a YAML scalar."""
    return json.dumps(text, ensure_ascii=False)


def lines(text: str) -> str:
    """The text without what would end a line of prose or open a tag of its own."""
    return "".join(letter for letter in text if letter not in "<>[]{}\\`*_&#")


HIDDEN = "articles/hidden-article/index.md"


def draft_body(secret: str) -> Files:
    """The digest of a draft."""
    return {HIDDEN: article(body=f"## {lines(secret)}\n\n{lines(secret)} [bridges](figure:ten-bridges)")}


def draft_title(secret: str) -> Files:
    """The title of a draft."""
    return {HIDDEN: article(title=secret)}


def draft_folder(secret: str) -> Files:
    """The name of a draft's folder, and the ids in it."""
    return {
        f"articles/{secret}/index.md": article(),
        f"articles/{secret}/annotations.yaml": (
            f"events:\n  - {{id: e-{secret}, title: Fire, date: 2021-03-15, regions: [ost], kind: flood,"
            " says: Fire.}\n"
        ),
    }


def embargoed_source(secret: str) -> Files:
    """A source that is not due yet, with an event, a figure and a quote."""
    said = quoted(secret)
    return {
        "sources/later.yaml": (
            f"type: report\ntitle: {said}\nissued: 2021-05\nlanguage: en\n"
            "publish_after: 2026-12-01T09:00+01:00\n"
            f"events:\n  - {{id: later-event, title: {said}, date: 2021-05-02, regions: [ost], kind: flood,"
            f" says: {said}}}\n"
            f"figures:\n  - {{id: later-figure, measure: bridges-standing, value: {len(secret)},"
            f" as_of: 2021-05, basis: claim, regions: [ost], note: {said}}}\n"
            f"quotes:\n  - {{id: later-quote, speaker: county-surveyor, exact: {said}, lang: en}}\n"
        )
    }


def withheld_words(secret: str) -> Files:
    """Words withheld in a digest, in a heading, a list, a table and a note, alone and beside open ones."""
    mark = f"[{lines(secret)}]{{.withheld}}"
    body = (
        f"{mark} said so, and {mark} did not.\n\n## On {mark}\n\n- {mark}\n\n| who | what |\n|---|---|\n"
        f"| {mark} | it |\n\nOn [the word of {mark}](quote:surveyor-no-lorry).[^1]\n\n[^1]: By {mark}.\n"
    )
    return {HIDDEN: article(body=body, extra="")}


def private_of_article(secret: str) -> Files:
    """A private field in the front matter of an article that is published."""
    extra = f"private: {quoted(secret)}"
    return {HIDDEN: article(extra=extra)}


def private_of_statement(secret: str) -> Files:
    """A private field of a figure, with fields of its own."""
    return {
        "sources/other.yaml": (
            "type: report\ntitle: Other\nissued: 2021-05\nlanguage: en\nfigures:\n"
            "  - id: other-figure\n    measure: bridges-standing\n    value: 8\n    as_of: 2021-05\n"
            f"    basis: claim\n    regions: [ost]\n    private:\n      who: {quoted(secret)}\n"
            f"      {quoted(secret)}: [{quoted(secret)}]\n"
        )
    }


def comment(secret: str) -> Files:
    """Comments in YAML, in a file of its own and in front matter."""
    return {
        "actors/ferryman.yaml": f"# {secret}\ntype: person # {secret}\nname: The ferryman\n",
        HIDDEN: article(extra=f"# {secret}"),
    }


def draft_event(secret: str) -> Files:
    """A draft event that a source defines and another, which is published, reports."""
    said = quoted(secret)
    return {
        "sources/first.yaml": (
            "type: report\ntitle: First\nissued: 2021-05\nlanguage: en\nevents:\n"
            f"  - {{id: secret-event, title: {said}, date: 2021-05-02, regions: [ost], kind: flood,"
            f" says: {said}, draft: true}}\n"
        ),
        "sources/second.yaml": (
            "type: report\ntitle: Second\nissued: 2021-06\nlanguage: en\nevents:\n"
            f"  - {{event: secret-event, says: {said}, disputes: {said}}}\n"
        ),
    }


def draft_figure(secret: str) -> Files:
    """A draft figure in a source that is published."""
    return {
        "sources/other.yaml": (
            "type: report\ntitle: Other\nissued: 2021-05\nlanguage: en\nfigures:\n"
            f"  - {{id: other-figure, measure: bridges-standing, value: {len(secret)}, as_of: 2021-05,"
            f" basis: claim, regions: [ost], wording: {quoted(secret)}, draft: true}}\n"
        )
    }


def draft_actor(secret: str) -> Files:
    """A draft actor that nobody but a draft quote names."""
    return {
        "actors/witness.yaml": f"type: person\nname: {quoted(secret)}\nrole: {quoted(secret)}\ndraft: true\n",
        "sources/other.yaml": (
            "type: report\ntitle: Other\nissued: 2021-05\nlanguage: en\nquotes:\n"
            f"  - {{id: other-quote, speaker: witness, exact: {quoted(secret)}, lang: en, draft: true}}\n"
        ),
    }


def draft_page(secret: str) -> Files:
    """A draft page of prose."""
    return {"pages/plans.md": f"---\ntitle: {quoted(secret)}\ndraft: true\n---\n{lines(secret)}\n"}


SITE = (Path(__file__).parent / "broken_sites/base/content/site.yaml").read_text(encoding="utf-8")


def translation(secret: str, extra: str) -> Files:
    """A site in two languages with an article's text in the second one."""
    text = f"---\ntranslator: {quoted(secret)}\nmethod: human\n{extra}\n---\n{lines(secret)}\n"
    return {
        "site.yaml": SITE.replace("language: en\n", "language: en\ntranslated_into: [ru]\n"),
        HIDDEN.replace(".md", ".ru.md"): text,
    }


def draft_translation(secret: str) -> Files:
    """A draft translation of an article that is published."""
    return {HIDDEN: article(extra=""), **translation(secret, "draft: true\noriginal: 0123456789ab")}


def translation_of_a_draft(secret: str) -> Files:
    """A translation of a draft."""
    return {
        HIDDEN: article(),
        **translation(secret, f"original: {text_sum(parse('Nothing.', Place(''))[0])}"),
    }


def private_of_site(secret: str) -> Files:
    """A private field of site.yaml."""
    return {"site.yaml": f"{SITE}private:\n  - {quoted(secret)}\n"}


def captured(secret: str) -> Files:
    """The kept text of a source."""
    return {"captures/ferry-notice.txt": secret + "\n"}


def withheld_name(secret: str) -> Files:
    """The private name of an actor whose name is withheld."""
    return {
        "actors/warden.yaml": (
            "type: person\nname: A warden\nwithheld: she could lose her post\n"
            f"private: {{name: {quoted(secret)}}}\n"
        )
    }


def how_many(secret: str) -> Files:
    """How many drafts there are, and when the embargoed ones are due."""
    count = len(secret) % 5
    return {
        **{f"sources/draft-{number}.yaml": None for number in range(5)},
        **{
            f"sources/draft-{number}.yaml": (
                "type: report\ntitle: Draft\nissued: 2021-05\nlanguage: en\n"
                f"publish_after: 2027-0{count + 1}-01T00:00Z\n"
            )
            for number in range(count)
        },
    }


KINDS: Mapping[str, Callable[[str], Files]] = {
    make.__name__: make
    for make in (
        draft_body,
        draft_title,
        draft_folder,
        embargoed_source,
        withheld_words,
        private_of_article,
        private_of_statement,
        comment,
        draft_event,
        draft_figure,
        draft_actor,
        draft_page,
        draft_translation,
        translation_of_a_draft,
        private_of_site,
        captured,
        withheld_name,
        how_many,
    )
}


@cache
def theme() -> Theme:
    """The theme that every twin is rendered with, so that its templates are compiled once."""
    return read_theme(Path(__file__).resolve().parent.parent, "dossier")


def lay_over(project: Path, files: Files) -> None:
    """Write the files into the project; None takes one away, if it is there."""
    for path, text in files.items():
        target = project / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            target.unlink(missing_ok=True)
        else:
            target.write_text(text, encoding="utf-8")


def checked(project: Path) -> Checked:
    """The project, checked and found sound."""
    found = check(Options(project=project, output=project / "public", base_url=BASE_URL, now=NOW))
    assert found.plan is not None, list(found.issues)
    return found


def rendered(project: Path) -> tuple[Artifact, ...]:
    """The project's site."""
    plan = checked(project).plan
    assert plan is not None
    return tuple(render(plan, theme(), 1, lambda _: None))


def secrets_of(kind: str) -> list[str]:
    """As many secrets as there are pairs, and one more: the first short, the others of all lengths."""
    chance = random.Random(kind)  # noqa: S311  # the same secrets in every run
    make = ident if kind == "draft_folder" else words
    return [make(chance, length) for length in (0, *(chance.randrange(1, 300) for _ in range(PAIRS)))]


@pytest.mark.parametrize("kind", KINDS)
def test_twins_are_identical(kind: str, lay: Lay) -> None:
    """Two sites that differ in one secret have the same files, with the same bytes, in the same order."""
    project = lay({})
    secrets = secrets_of(kind)
    first: tuple[Artifact, ...] = ()
    for number, secret in enumerate(secrets):
        files = KINDS[kind](secret)
        lay_over(project, files)
        site = rendered(project)
        first = first or site
        assert [file.path for file in first] == [file.path for file in site]
        assert [] == [file.path for file, twin in zip(first, site, strict=True) if file != twin], number
        if kind == "draft_folder":
            lay_over(project, dict.fromkeys(files))
            (project / "content/articles" / secret).rmdir()
    assert PAIRS == len(secrets) - 1
    assert len({len(secret) for secret in secrets}) > PAIRS // 2


@pytest.mark.parametrize("kind", KINDS)
def test_twins_are_written_alike(kind: str, lay: Lay, tmp_path: Path) -> None:
    """Two published folders that differ in one secret are equal in names and bytes, hidden files included."""
    trees = []
    for number, secret in enumerate(secrets_of(kind)[:2]):
        project = lay({})
        lay_over(project, KINDS[kind](secret))
        write(iter(rendered(project)), tmp_path / f"site-{number}", project)
        trees.append(tree(tmp_path / f"site-{number}"))
        project.rename(tmp_path / f"project-{number}")
    assert ".site-builder.json" in trees[0]
    assert trees[0] == trees[1]


@pytest.mark.parametrize("kind", KINDS)
def test_twins_are_remembered_alike(kind: str, lay: Lay) -> None:
    """What a build remembers of its files for the next one is the same for twins."""
    remembered = []
    for secret in secrets_of(kind)[:2]:
        project = lay({})
        lay_over(project, KINDS[kind](secret))
        plan, memory = checked(project).plan, Memory(tool=b"the same")
        assert plan is not None
        assert all(render_again(plan, theme(), 1, lambda _: None, memory))
        remembered.append(memory.now)
        shutil.rmtree(project)
    assert remembered[0] == remembered[1]
    assert {len(one.fingerprint) for one in remembered[0].values()} == {20}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "how_many"])
def test_no_byte_of_a_secret_is_published(kind: str, lay: Lay) -> None:
    """What is kept back stands in no file and in no name of one, and in no report made for programs."""
    mark = "qxj7zv0kw"
    project = lay({})
    lay_over(project, KINDS[kind](mark))
    found = checked(project)
    for file in rendered(project):
        assert mark not in file.path
        assert mark.encode() not in file.content, file.path
    assert mark not in as_json(found.issues, found.texts)
    assert mark not in as_sarif(found.issues, found.texts)


def test_the_twins_can_differ(lay: Lay) -> None:
    """The same secret without what keeps it back changes the site, so that the comparison can fail."""
    project = lay({})
    sites = []
    for title in ("One", "Another"):
        lay_over(project, {HIDDEN: article(title=title, extra="")})
        sites.append(rendered(project))
    assert sites[0] != sites[1]


def test_what_falls_due_is_published(lay: Lay) -> None:
    """At its moment an embargoed source is on the site, with what lies in it."""
    project = lay({})
    lay_over(project, embargoed_source("Qxj"))
    due = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    found = check(Options(project=project, output=project / "public", base_url=BASE_URL, now=due))
    assert found.index is not None
    assert {"later-event", "later-figure", "later-quote"} <= {
        *found.index.events,
        *found.index.figures,
        *found.index.quotes,
    }
