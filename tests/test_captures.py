"""Kept texts: what quotes are compared with, who may read them, and what is noted of it in the dossier."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from site_builder.build import Options, build, check
from site_builder.cli import main
from site_builder.comparing import compare_quotes, counted_quotes
from site_builder.issues import IssueLog, Place
from site_builder.link.comparison import Comparison
from site_builder.plan import SitePlan
from site_builder.quotations import State, quote_sum
from site_builder.read.captures import read_captures
from site_builder.read.theme import Theme
from site_builder.record import RecordError, noted

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Planned = Callable[[Path], tuple[SitePlan, Theme]]

ARTICLE = "articles/gazette-bridge-count"
INDEX = f"content/{ARTICLE}/index.md"
CAPTURE = "captures/gazette-bridge-count.txt"
WORDS = "No lorry has crossed it since March."
DRIVER = "The driver's name was Zacharias Quill."
KEPT = f"Mill Bridge stays shut.\n\n“No lorry has\n crossed it since March.”\n{DRIVER}\n"
# Ten ways in which a quotation goes wrong, each a letter, a digit or a word.
ALTERED = (
    "No lorry has crossed it since May.",
    "No lorry had crossed it since March.",
    "A lorry has crossed it since March.",
    "No lorries have crossed it since March.",
    "No lorry has crossed it since March 3.",
    "No lorry has crossed since March.",
    "no lorry has crossed it since March.",
    "No lorry has crossed it since March!",
    "No lorry has ever crossed it since March.",
    "o lorry has crossed it since March.",
)


def run(*words: str | Path, day: int = 1_616_000_000) -> Result:
    """Run a command on a day of 2021."""
    environment = {"SOURCE_DATE_EPOCH": str(day)}
    return CliRunner().invoke(main, [str(word) for word in words], env=environment)


def compared(project: Path) -> Comparison:
    """The quotes of a project beside its kept texts."""
    return compare_quotes(check(Options(project=project, output=project / "public")), project, aloud=True)


def quoting(sound_text: Callable[[str], str], exact: str) -> str:
    """The annotations of the article with other words in its quote."""
    return sound_text(f"{ARTICLE}/annotations.yaml").replace(WORDS, exact)


@pytest.mark.parametrize(
    "kept, state",
    [
        (KEPT, State.EXACT),
        (None, State.UNCHECKED),
        ("Mill Bridge stays shut.", State.ORPHANED),
        (KEPT + KEPT, State.AMBIGUOUS),
    ],
)
def test_a_quote_has_a_state(kept: str | None, state: State, lay: Lay) -> None:
    """A quote is exact, orphaned or ambiguous, and unchecked where there is no kept text."""
    comparison = compared(lay({} if kept is None else {CAPTURE: kept}))
    assert [state] == [anchor.state for _, anchor in comparison.anchors]
    assert 1 == comparison.count(state)


@pytest.mark.parametrize("exact", ALTERED)
def test_an_altered_quote_is_caught(exact: str, lay: Lay, sound_text: Callable[[str], str]) -> None:
    """A quotation that differs in a letter, a word or a sign stops the check; the right words are shown."""
    project = lay({CAPTURE: KEPT, f"{ARTICLE}/annotations.yaml": quoting(sound_text, f'"{exact}"')})
    told = run("check", "-C", project)
    assert 1 == told.exit_code
    assert "error[quote-orphaned]" in told.stderr
    assert "“No lorry has crossed it since March.”" in told.stderr


def test_the_closing_line_counts_quotes(lay: Lay) -> None:
    """`check` says how many quotes were found word for word."""
    told = run("check", "-C", lay({CAPTURE: KEPT}))
    assert "1 quote: 1 found word for word" == told.stdout.splitlines()[-1]


def test_a_dossier_without_quotes_counts_none() -> None:
    """Where there is nothing to compare nothing is said of it."""
    assert "" == counted_quotes(Comparison())


def test_nothing_of_a_kept_text_is_told_but_to_a_person(lay: Lay, sound_text: Callable[[str], str]) -> None:
    """Issues for programs, which end in logs that others read, hold no word of a kept text."""
    altered = quoting(sound_text, f"{WORDS[:-1]} 3. The driver's name.")
    project = lay({CAPTURE: KEPT, f"{ARTICLE}/annotations.yaml": altered})
    assert "Zacharias" in run("check", "-C", project).stderr
    for form in ("json", "github", "sarif"):
        told = run("check", "-C", project, "--format", form)
        assert "quote-orphaned" in told.stdout
        assert "Zacharias" not in told.output


def test_drafts_are_compared_as_well(lay: Lay, sound_text: Callable[[str], str]) -> None:
    """What is not published yet is held to the same words, so that it is right on its day."""
    draft = sound_text(f"{ARTICLE}/annotations.yaml").replace(
        "    exact: No lorry", "    draft: true\n    exact: A lorry"
    )
    index = sound_text(f"{ARTICLE}/index.md").replace("[](quote:surveyor-no-lorry)", "Shut.")
    project = lay({CAPTURE: KEPT, f"{ARTICLE}/annotations.yaml": draft, f"{ARTICLE}/index.md": index})
    assert [State.ORPHANED] == [anchor.state for _, anchor in compared(project).anchors]


def test_a_kept_text_may_have_a_mark_and_other_line_ends(lay: Lay) -> None:
    """The sum is of the bytes; the text is read like every other file of the dossier."""
    content = b"\xef\xbb\xbf" + KEPT.replace("\n", "\r\n").encode()
    project = lay({CAPTURE: content})
    found = read_captures(project, ["gazette-bridge-count"], IssueLog())
    assert KEPT == found["gazette-bridge-count"].text
    assert hashlib.sha256(content).hexdigest() == found["gazette-bridge-count"].sha256


@pytest.mark.parametrize(
    "path, content, code",
    [
        ("captures/gazette-bridge-count.txt", b"caf\xe9", "encoding"),
        ("captures/gazette-bridge-count.md", b"text", "stray-capture"),
        ("captures/nobody.txt", b"text", "stray-capture"),
        ("captures/old/gazette-bridge-count.txt", b"text", "stray-capture"),
    ],
)
def test_a_kept_text_that_cannot_be_used_is_told(path: str, content: bytes, code: str, lay: Lay) -> None:
    """A kept text is never passed over in silence."""
    issues = IssueLog()
    assert {} == read_captures(lay({path: content}), ["gazette-bridge-count"], issues)
    assert [(code, f"content/{path}")] == [(issue.code, issue.place.path) for issue in issues]


def test_a_link_out_of_the_project_is_not_followed(lay: Lay, tmp_path: Path) -> None:
    """A kept text is read from within the project alone."""
    (tmp_path / "elsewhere.txt").write_text(KEPT, encoding="utf-8")
    project = lay({"captures/other.txt": ""})
    (project / "content" / CAPTURE).symlink_to(tmp_path / "elsewhere.txt")
    issues = IssueLog()
    assert {"other"} == set(read_captures(project, ["gazette-bridge-count", "other"], issues))
    assert "outside" in {issue.code for issue in issues}


def test_the_kept_text_of_an_unsound_source_is_no_stray(lay: Lay) -> None:
    """Where a source could not be read for a mistake of its own, its kept text is not blamed as well."""
    issues = IssueLog()
    issues.error(Place("content/sources/other.yaml"), "bad-choice", "the source has a mistake")
    assert {} == read_captures(lay({"captures/other.txt": "Kept."}), [], issues)
    assert ["bad-choice"] == [issue.code for issue in issues]


def test_a_changed_text_is_a_warning_until_it_is_noted(lay: Lay) -> None:
    """A kept text with another sum than the source records is told, and no longer after `--record`."""
    project = lay({CAPTURE: KEPT})
    run("check", "-C", project, "--record")
    (project / "content" / CAPTURE).write_text(KEPT + "More.\n", encoding="utf-8")
    assert "warning[capture-changed]" in run("check", "-C", project).stderr
    assert "capture-changed" not in run("check", "-C", project, "--record").stderr
    assert "capture-changed" not in run("check", "-C", project).stderr


def test_recording_adds_lines_and_changes_none(lay: Lay) -> None:
    """`--record` writes sum, day and quotes below the other fields, and every other line stays as it was."""
    project = lay({CAPTURE: KEPT})
    before = (project / INDEX).read_bytes().decode()
    told = run("check", "-C", project, "--record")
    assert f"{INDEX}: noted that 1 quote stands in the kept text\n" in told.stderr
    head, body = before.split("\n---\n", 1)
    sha256 = hashlib.sha256(KEPT.encode()).hexdigest()
    entry = f"capture:\n  sha256: {sha256}\n  compared: 2021-03-17\n  quotes: [{quote_sum(WORDS, '', '')}]"
    assert f"{head}\n{entry}\n---\n{body}" == (project / INDEX).read_bytes().decode()


def test_recording_twice_changes_nothing(lay: Lay) -> None:
    """A second run on the same day writes nothing; one on another day writes the day."""
    project = lay({CAPTURE: KEPT})
    run("check", "-C", project, "--record")
    first = (project / INDEX).read_bytes()
    number = (project / INDEX).stat().st_ino
    assert "noted" not in run("check", "-C", project, "--record").output
    assert number == (project / INDEX).stat().st_ino
    run("check", "-C", project, "--record", day=1_616_100_000)
    assert first.replace(b"2021-03-17", b"2021-03-18") == (project / INDEX).read_bytes()


@pytest.mark.parametrize("kept", [None, "Nothing of it.\n", KEPT + KEPT])
def test_only_what_was_found_is_recorded(kept: str | None, lay: Lay) -> None:
    """Without a kept text, or with a quote that is not exact in it, `--record` writes nothing."""
    project = lay({} if kept is None else {CAPTURE: kept})
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    run("check", "-C", project, "--record")
    assert before == {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}


def test_a_check_alone_records_nothing(lay: Lay) -> None:
    """Without `--record` a check changes no file."""
    project = lay({CAPTURE: KEPT})
    before = (project / INDEX).read_bytes()
    run("check", "-C", project)
    assert before == (project / INDEX).read_bytes()


SUM = "a" * 64
FIELDS = {"sha256": SUM, "compared": "2021-03-17"}
BLOCK = f"capture:\n  sha256: {SUM}\n  compared: 2021-03-17\n  quotes: [0123456789ab]\n"


@pytest.mark.parametrize(
    "path, before, after",
    [
        ("s.yaml", "type: post\n", "type: post\n" + BLOCK),
        ("s.yaml", "type: post", "type: post\n" + BLOCK),
        ("s.yaml", "\ufefftype: post\r\n", "\ufefftype: post\r\n" + BLOCK.replace("\n", "\r\n")),
        ("s.yaml", "quotes:\n  - id: a\n", "quotes:\n  - id: a\n\n" + BLOCK),
        ("s.yaml", "type: post # why\n# end\n", "type: post # why\n# end\n" + BLOCK),
        ("s.yaml", "  type: post\n", "  type: post\n  " + BLOCK.replace("\n", "\n  ")[:-2]),
        ("a/index.md", "---\ntype: post\n---\n---\nText.\n", f"---\ntype: post\n{BLOCK}---\n---\nText.\n"),
        (
            "s.yaml",
            "capture: {sha256: 'b', compared: 2020} # kept\ntype: post\n",
            f"capture: {{quotes: [0123456789ab], sha256: {SUM}, compared: 2021-03-17}} # kept\ntype: post\n",
        ),
        (
            "s.yaml",
            "capture:\n  # which\n  sha256: b   # one\n  compared: 2020 # two\n\ntype: post\n",
            (
                "capture:\n  # which\n  quotes: [0123456789ab]\n"
                f"  sha256: {SUM}   # one\n  compared: 2021-03-17 # two\n\ntype: post\n"
            ),
        ),
        ("s.yaml", BLOCK.replace("0123", "4567") + "type: post\n", BLOCK + "type: post\n"),
    ],
)
def test_a_file_keeps_every_other_byte(path: str, before: str, after: str) -> None:
    """Comments, order, line ends, marks and indentation stay; a second time nothing changes."""
    assert after == noted(before, path, FIELDS, ("0123456789ab",))
    assert after == noted(after, path, FIELDS, ("0123456789ab",))


@pytest.mark.parametrize(
    "before",
    [
        "{type: post}\n",
        "type: post\n...\n",
        "capture:\n  sha256: b\n  quotes:\n    - c\n    - d\ntype: post\n",
        "# no\n",
    ],
)
def test_a_file_of_another_form_is_left_alone(before: str) -> None:
    """Where the entry cannot be written without touching anything else, nothing is, and it is said."""
    with pytest.raises(RecordError):
        noted(before, "s.yaml", FIELDS, ("0123456789ab",))


def quote_of(planned: tuple[SitePlan, Theme]) -> Any:  # noqa: ANN401  # a page's own fields
    """The one quote of the sound dossier, as its page shows it."""
    pages = {page.path: page for page in planned[0].pages}
    page: Any = pages[f"{ARTICLE}.html"]
    return page.quotes[0]


def test_a_page_says_when_a_quote_was_compared(lay: Lay, planned_of: Planned) -> None:
    """After `--record` the page says so without the kept text; after a change of the quote no longer."""
    project = lay({CAPTURE: KEPT})
    assert quote_of(planned_of(project)).compared is None
    run("check", "-C", project, "--record")
    (project / "content" / CAPTURE).unlink()
    assert "17 March 2021" == quote_of(planned_of(project)).compared.words.replace("\u00a0", " ")
    build(Options(project=project, output=project / "public"))
    page = (project / "public" / f"{ARTICLE}.html").read_text(encoding="utf-8")
    assert "Compared with a kept copy on <time" in page
    annotations = project / "content" / ARTICLE / "annotations.yaml"
    annotations.write_text(
        annotations.read_text(encoding="utf-8").replace("No lorry", "A lorry"), encoding="utf-8"
    )
    assert quote_of(planned_of(project)).compared is None


def test_a_link_leads_to_the_words(lay: Lay, planned_of: Planned) -> None:
    """The way out to a quote's source leads to the passage."""
    passage = quote_of(planned_of(lay({}))).passage
    encoded = "No%20lorry%20has%20crossed%20it%20since%20March."
    assert f"https://gazette.example/nine-bridges#:~:text={encoded}" == passage


def test_an_original_stands_before_its_translations(lay: Lay, sound_text: Callable[[str], str]) -> None:
    """The words as printed come first, then each translation with its language, its maker and its method."""
    text = sound_text(f"{ARTICLE}/annotations.yaml").replace(
        "    lang: en\n",
        "    lang: en\n    translations:\n"
        "      - {lang: de, text: Kein Laster, method: machine-checked, checked_by: Ruth Hale}\n"
        "      - {lang: fr, text: Aucun camion, method: human, translator: Jo Vale}\n",
    )
    project = lay({f"{ARTICLE}/annotations.yaml": text})
    assert build(Options(project=project, output=project / "public")).written
    page = (project / "public" / f"{ARTICLE}.html").read_text(encoding="utf-8")
    figure = page[page.index('id="surveyor-no-lorry"') :]
    told = [
        WORDS,
        '<p lang="de">Kein Laster</p>',
        "In German, translated by a machine; checked by Ruth Hale.",
        '<p lang="fr">Aucun camion</p>',
        "In French, translated by a person: Jo Vale.",
    ]
    places = [figure.index(words) for words in told]
    assert sorted(places) == places


def test_an_archived_copy_stands_before_the_live_page(lay: Lay, sound_text: Callable[[str], str]) -> None:
    """Each way out says whether it is archived or live, and where the other is, as Robust Links has it."""
    archives = (
        "archives:\n  - {url: 'https://archive.example/1', captured: 2021-03-15}\n"
        "  - {url: 'https://archive.example/2', captured: 2021-03-16, service: An archive}\n"
    )
    index = sound_text(f"{ARTICLE}/index.md").replace("language: en\n", "language: en\n" + archives)
    project = lay({f"{ARTICLE}/index.md": index})
    assert build(Options(project=project, output=project / "public")).written
    page = (project / "public" / f"{ARTICLE}.html").read_text(encoding="utf-8")
    attributes = (
        ' data-originalurl="https://gazette.example/nine-bridges"'
        ' data-versionurl="https://archive.example/2" data-versiondate="2021-03-16">'
    )
    archived = 'href="https://archive.example/2"' + attributes + "archived"
    live = 'href="https://gazette.example/nine-bridges"' + attributes + "live original"
    passage = "March."
    assert 0 < page.index(archived) < page.index(live)
    assert f'{passage}"{attributes}live, at these words' in page
    assert 'data-versionurl="https://archive.example/1" data-versiondate="2021-03-15">archived<' in page


WATCHED = """
import sys
from pathlib import Path
opened = []
def hear(event, args):
    if event in {"open", "os.scandir", "os.listdir", "os.open"} and "content/captures" in str(args[0]):
        opened.append((event, str(args[0])))
sys.addaudithook(hear)
from site_builder.build import Options, build, check
from site_builder.comparing import compare_quotes
project = Path(sys.argv[1])
options = Options(project=project, output=project / "public")
written = build(options).written
during = list(opened)
compare_quotes(check(options), project, aloud=True)
import json
print(json.dumps([written is not None, during, [event for event, _ in opened]]))
"""


def test_a_build_never_opens_the_kept_texts(lay: Lay) -> None:
    """Neither the folder nor a file in it is opened by a build; the ear that says so hears `check` do it."""
    project = lay({CAPTURE: KEPT})
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(project)], capture_output=True, text=True, check=True
    )
    written, during, after = json.loads(done.stdout)
    assert written
    assert [] == during
    assert {"open", "os.scandir"} <= set(after)


def test_a_site_holds_nothing_of_a_kept_text(lay: Lay) -> None:
    """No file of a published site holds a word that stands in a kept text alone."""
    project = lay({CAPTURE: KEPT})
    run("check", "-C", project, "--record")
    assert build(Options(project=project, output=project / "public")).written
    files = [path for path in (project / "public").rglob("*") if path.is_file()]
    assert len(files) > 20
    assert [] == [path for path in files if b"Zacharias" in path.read_bytes()]
