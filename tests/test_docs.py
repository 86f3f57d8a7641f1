"""The documentation, held to the code: what it says to type works, and what it lists is what there is."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from site_builder.build import Options, build
from site_builder.cli import main
from site_builder.markup import RECORD_KINDS
from site_builder.new import start_dossier

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
DOCUMENTS = (
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(DOCS.glob("*.md")),
    ROOT / "site_builder" / "starter" / "README.md",
)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^`(content/[^`]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _blocks(path: Path, language: str) -> list[str]:
    return [code for name, code in _FENCE.findall(_text(path)) if name == language]


def _prose(path: Path) -> str:
    return re.sub(r"`[^`\n]+`", "", _FENCE.sub("", _text(path)))


by_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


# ---------------------------------------------------------------- what to type


def _with_files_of(document: Path, project: Path) -> None:
    """Lay the files that a document spells out over a dossier that has just been started."""
    start_dossier(project)
    for name, content in _FILE.findall(_text(document)):
        target = project / name
        assert not target.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")


def test_the_first_page_of_the_readme_builds(tmp_path: Path) -> None:
    """The README's two files, laid over a new dossier, add an article, an event, a figure and a quote."""
    start_dossier(tmp_path / "before")
    _with_files_of(ROOT / "README.md", tmp_path / "after")
    before = build(Options(project=tmp_path / "before", output=tmp_path / "before" / "public"))
    after = build(Options(project=tmp_path / "after", output=tmp_path / "after" / "public"))
    assert ["no-base-url"] == [issue.code for issue in after.checked.issues]
    old, new = before.checked.index, after.checked.index
    assert old is not None
    assert new is not None
    assert {"harbour-gazette-2019-02-21"} == new.sources.keys() - old.sources.keys()
    assert {"pumps-2019-02-19"} == new.events.keys() - old.events.keys()
    assert {"houses-flooded-gazette"} == new.figures.keys() - old.figures.keys()
    assert {"mayor-pumps"} == new.quotes.keys() - old.quotes.keys()
    page = _text(tmp_path / "after" / "public" / "articles" / "harbour-gazette-2019-02-21.html")
    assert "We have pumps now. We had none when we needed them." in page
    assert "about 19\u00a0February 2019" in _text(
        tmp_path / "after" / "public" / "events" / "pumps-2019-02-19.html"
    )


def test_the_mistake_of_the_readme_is_told(tmp_path: Path) -> None:
    """The misspelling that the README proposes gets the answer that it promises."""
    _with_files_of(ROOT / "README.md", tmp_path)
    annotations = tmp_path / "content/articles/harbour-gazette-2019-02-21/annotations.yaml"
    annotations.write_text(
        _text(annotations).replace("regions: [oldweir]", "regions: [oldwier]"), encoding="utf-8"
    )
    result = CliRunner().invoke(main, ["check", "-C", str(tmp_path)])
    assert 1 == result.exit_code
    assert "did you mean 'oldweir'?" in result.output


def test_the_steps_of_the_tutorial_build(tmp_path: Path) -> None:
    """The tutorial's source, its second telling of an event, its disagreement and its prose go together."""
    tutorial = DOCS / "tutorial.md"
    _with_files_of(tutorial, tmp_path)
    source = tmp_path / "content/sources/harbour-master-2019-03-log.yaml"
    telling, disagreement = _blocks(tutorial, "yaml")[1:]
    (prose,) = _blocks(tutorial, "markdown")
    for path, addition in (
        (source, telling),
        (tmp_path / "content/disagreements.yaml", disagreement),
        (tmp_path / "content/regions/saltreed.md", prose),
    ):
        path.write_text(f"{_text(path)}\n{addition}", encoding="utf-8")
    built = build(Options(project=tmp_path, output=tmp_path / "public"))
    assert ["no-base-url"] == [issue.code for issue in built.checked.issues]
    assert built.checked.index is not None
    assert 2 == len(built.checked.index.reports_of["saltreed-quay-2019-02-16"])
    assert "people on boats" in _text(tmp_path / "public" / "figures" / "people-evacuated.html")


@by_document
def test_commands_in_documents_exist(path: Path) -> None:
    """Every `site-builder` command line in a document has a command and options that there are."""
    for block in _blocks(path, "sh"):
        for line in re.findall(r"^(?:\.venv/bin/)?site-builder (.*)$", block, re.MULTILINE):
            name, *words = line.split("#")[0].split()
            options = {option for parameter in main.commands[name].params for option in parameter.opts}
            assert set() == {word for word in words if word.startswith("-")} - options


@by_document
def test_make_targets_in_documents_exist(path: Path) -> None:
    """Every `make` command in a document has its target in the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", _text(ROOT / "Makefile"), re.MULTILINE))
    named = {
        name for block in _blocks(path, "sh") for name in re.findall(r"^make ([a-z]+)", block, re.MULTILINE)
    }
    named |= set(re.findall(r"`make ([a-z]+)", _text(path)))
    assert set() == named - targets


@by_document
def test_yaml_in_documents_is_yaml(path: Path) -> None:
    """Every block marked as YAML can be read as such."""
    for block in _blocks(path, "yaml"):
        assert yaml.safe_load(block) is not None


# ---------------------------------------------------------------- commands


def _commands() -> Iterator[tuple[str, list[str]]]:
    yield "site-builder", []
    for name in main.commands:
        yield f"site-builder {name}", [name]


@pytest.mark.parametrize("heading,arguments", list(_commands()))
def test_help_is_documented_as_it_is(heading: str, arguments: list[str]) -> None:
    """docs/cli.md prints what `--help` prints, for each command, with every option."""
    found = re.search(
        rf"^## {heading}\n\n```text\n(.*?)\n```$", _text(DOCS / "cli.md"), re.MULTILINE | re.DOTALL
    )
    assert found
    result = CliRunner().invoke(main, [*arguments, "--help"], prog_name="site-builder", terminal_width=100)
    assert result.output.rstrip() == found[1]


def test_no_other_command_is_documented() -> None:
    """docs/cli.md has a section for each command, and for none that there is not."""
    headings = re.findall(r"^## (site-builder.*)$", _text(DOCS / "cli.md"), re.MULTILINE)
    assert sorted(heading for heading, _ in _commands()) == sorted(headings)


def test_every_option_has_a_help() -> None:
    """Nobody has to guess what an option does."""
    options = [p for command in main.commands.values() for p in command.params if isinstance(p, click.Option)]
    assert [] == [option.name for option in options if not option.help]


# ---------------------------------------------------------------- issues


# The functions that make an issue or hand its code on, with the position of the code among their arguments.
_RAISING = {
    "error": 1,
    "warning": 1,
    "misfit": 0,
    "_error": 1,
    "matched": 2,
    "_matching": 1,
}


def _code_expressions() -> Iterator[tuple[str, ast.expr]]:
    """Every expression in the source that becomes an issue's code, with the name of its module."""
    for path in sorted((ROOT / "site_builder").rglob("*.py")):
        for call in ast.walk(ast.parse(_text(path))):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            position = _RAISING.get(name)
            if position is not None and len(call.args) > position:
                yield path.name, call.args[position]
            yield from ((path.name, keyword.value) for keyword in call.keywords if keyword.arg == "code")


def _codes() -> set[str]:
    """Every code that the source can give to an issue."""
    constants = {
        expression.value
        for _, expression in _code_expressions()
        if isinstance(expression, ast.Constant) and isinstance(expression.value, str)
    }
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in constants)
    # references.py makes these from the kind of what is looked up.
    unknown = {f"unknown-{kind.replace(' ', '-')}" for kind in (*RECORD_KINDS, "event kind")}
    return constants | unknown


def test_the_example_of_an_issue_is_a_real_one(tmp_path: Path) -> None:
    """docs/issues.md begins with what `check` prints for a misspelt region."""
    start_dossier(tmp_path)
    annotations = tmp_path / "content/articles/merrow-courier-2019-02-15/annotations.yaml"
    annotations.write_text(_text(annotations).replace("[oldweir]", "[oldwier]", 1), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "-C", str(tmp_path)])
    assert _blocks(DOCS / "issues.md", "text")[0] in result.output


def _documented() -> set[str]:
    return set(re.findall(r"^### (\S+)$", _text(DOCS / "issues.md"), re.MULTILINE))


def test_codes_come_from_known_places() -> None:
    """A code is written where an issue is made; the few that are passed on are those counted here."""
    passed_on = {
        (module, ast.unparse(expression))
        for module, expression in _code_expressions()
        if not isinstance(expression, ast.Constant)
    }
    expected = {
        ("fields.py", "code"),
        ("values.py", "code"),
        ("issues.py", "code"),
        ("nodes.py", "code"),
        ("records.py", "kind"),
        ("references.py", "code"),
        ("theme.py", "code"),
    }
    assert expected == passed_on


def test_every_code_is_documented() -> None:
    """docs/issues.md has a paragraph for each code that an author can meet, and for no other."""
    assert sorted(_codes()) == sorted(_documented())


def test_every_code_says_how_bad_it_is_and_what_to_do() -> None:
    """A paragraph says whether the issue stops a build, and has at least two sentences more."""
    text = _FENCE.sub("", _text(DOCS / "issues.md"))
    for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        severity, *sentences = [line for line in section.split("\n## ")[0].splitlines()[1:] if line]
        assert re.match(r"\*(Error|Warning)[.*]", severity), section
        assert 2 <= len(sentences), section


def test_the_severity_is_the_documented_one() -> None:
    """Codes that are only ever warnings are called warnings, and no others."""
    found: dict[str, set[str]] = {"warning": set(), "error": set()}
    for path in sorted((ROOT / "site_builder").rglob("*.py")):
        for call in ast.walk(ast.parse(_text(path))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and len(call.args) > 1:
                code = call.args[1]
                if isinstance(code, ast.Constant) and call.func.attr in found:
                    found[call.func.attr].add(str(code.value))
    told = set(re.findall(r"^### (\S+)\n\n\*Warning\.\*", _text(DOCS / "issues.md"), re.MULTILINE))
    assert sorted(found["warning"] - found["error"]) == sorted(told)


# ---------------------------------------------------------------- the map of the code


def test_every_module_is_on_the_map() -> None:
    """docs/architecture.md names each module of the package, and none that has gone."""
    package = ROOT / "site_builder"
    there = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if path.name != "__init__.py" and "starter" not in path.parts
    }
    named = set(re.findall(r"`((?:\w+/)*\w+\.py)`", _text(DOCS / "architecture.md")))
    assert sorted(there) == sorted(name for name in named if not name.startswith("tests/"))


# ---------------------------------------------------------------- links and manners


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", _text(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@by_document
def test_links_lead_somewhere(path: Path) -> None:
    """A relative link in a document names a file that there is, and a heading that it has."""
    for target in re.findall(r"\]\(([^)\s]+)\)", _prose(path)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), target
        assert not anchor or anchor in _anchors(file), target


@by_document
def test_documents_name_no_machine(path: Path) -> None:
    """No document holds a path or an address of the machine that it was written on."""
    found = re.findall(r"(?<![\w.])/(?:home|root|Users|work|tmp|mnt)/\S*|file://\S*|[A-Z]:\\\S*", _text(path))
    assert [] == found
    assert str(ROOT) not in _text(path)


@by_document
def test_a_sentence_has_a_line(path: Path) -> None:
    """Documents break lines where sentences end, so that a changed sentence is a changed line."""
    lines = [line for line in _prose(path).splitlines() if not line.startswith(("|", "-", "#", "["))]
    crowded = [line for line in lines if len(re.findall(r"[a-z)][.?!] [A-Z]", line)) > 1]
    assert [] == crowded


def test_the_changelog_keeps_its_form() -> None:
    """The newest section is the unreleased one; changes stand under the headings of Keep a Changelog."""
    text = _text(ROOT / "CHANGELOG.md")
    assert "Unreleased" == next(iter(re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)))
    allowed = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= allowed


def test_the_screenshot_is_a_real_one() -> None:
    """The README's picture is a PNG of 1280 by 800 that a slow connection can carry."""
    content = (DOCS / "images" / "measure.png").read_bytes()
    assert b"\x89PNG" == content[:4]
    assert (1280, 800) == (int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))
    assert len(content) < 200_000


def test_the_generated_document_is_made_by_the_command_it_names(tmp_path: Path) -> None:
    """What docs/architecture.md says to run makes docs/content-model.md, from a copy of the package alone."""
    shutil.copytree(
        ROOT / "site_builder", tmp_path / "site_builder", ignore=shutil.ignore_patterns("__pycache__")
    )
    command = [sys.executable, "-m", "site_builder.codebook"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert "python -m site_builder.codebook" in _text(DOCS / "architecture.md")
    assert done.stdout.decode() == _text(DOCS / "content-model.md")
