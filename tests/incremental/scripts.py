"""Scripts of edits by chance: what authors do to a dossier between two builds, in any order."""

import io
import os
import random
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner
from PIL import Image

from site_builder.cli import main

SOUND = Path(__file__).resolve().parent.parent / "broken_sites" / "base"
DOSSIER = Path(__file__).resolve().parents[2] / "themes" / "dossier" / "templates" / "pages"
BASE_URL = "https://bridges.example/"
REGIONS = ("upper-ost", "lower-ost", "ost")
_WHOLE = "{% extends 'base.html' %}{% block main %}{{ page }}{% endblock %}\n"
_BASE = "<title>{{ site }}</title>{% include 'part.html' %}{% block main %}{% endblock %}\n"


def plain_theme(project: Path) -> None:
    """Lay a theme into the project that shows the whole of every context, and costs little to render."""
    folder = project / "themes/plain/templates"
    (folder / "pages").mkdir(parents=True)
    (folder / "base.html").write_text(_BASE, encoding="utf-8")
    (folder / "part.html").write_text("<p>part</p>\n", encoding="utf-8")
    for page in DOSSIER.glob("*.html"):
        (folder / "pages" / page.name).write_text(_WHOLE, encoding="utf-8")


@dataclass(kw_only=True)
class Desk:
    """A project that somebody edits. `moment` is the present, as months since 2027 began."""

    project: Path
    chance: random.Random
    moment: int = 0
    made: int = 0
    tool: int = 0
    done: list[str] = field(default_factory=list)

    @property
    def content(self) -> Path:
        """The folder of the dossier."""
        return self.project / "content"

    def extras(self) -> list[Path]:
        """The articles that were added."""
        return sorted(self.content.glob("articles/extra-*/index.md"))

    def edit(self) -> None:
        """Do one edit by chance."""
        edit = self.chance.choice(EDITS)
        self.done.append(edit.__name__)
        edit(self)


def _article(desk: Desk, number: int) -> str:
    region = desk.chance.choice(REGIONS)
    return (
        f"---\ntype: article-newspaper\ntitle: Title {number}\ncontainer_title: The Ost Gazette\n"
        f"issued: 2021-03-{number % 28 + 1:02}\nlanguage: en\nsummary: Summary {number}.\n"
        f"curated: 2021-04-02\nregions: [{region}]\n---\n"
        f"Digest {number} on [nine bridges](figure:nine-bridges).\n"
    )


def _annotations(desk: Desk, number: int) -> str:
    region = desk.chance.choice(REGIONS)
    return (
        f"events:\n  - id: event-{number}\n    title: Event {number}\n"
        f"    date: 2021-03-{number % 28 + 1:02}\n"
        f"    regions: [{region}]\n    kind: flood\n    says: It rained.\n"
        f"figures:\n  - id: figure-{number}\n    measure: bridges-standing\n    value: {number + 3}\n"
        f"    as_of: 2021-03\n    basis: count\n    regions: [{region}]\n"
    )


def add(desk: Desk) -> None:
    """A new article, with or without annotations."""
    desk.made += 1
    folder = desk.content / f"articles/extra-{desk.made}"
    folder.mkdir()
    (folder / "index.md").write_text(_article(desk, desk.made), encoding="utf-8")
    if desk.chance.random() < 0.6:
        (folder / "annotations.yaml").write_text(_annotations(desk, desk.made), encoding="utf-8")


def _changed(desk: Desk, change: Callable[[str], str]) -> None:
    if extras := desk.extras():
        file = desk.chance.choice(extras)
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")


def edit_digest(desk: Desk) -> None:
    """More words in a digest."""
    _changed(desk, lambda text: f"{text}\nAnd more {desk.chance.randrange(99)}.\n")


def reword(desk: Desk) -> None:
    """Other words in a digest, and nothing else: such an edit is taken up by itself."""
    word = desk.chance.choice(("bridge", "*ferry*", "old ford", "`mill`", "Émile"))
    _changed(desk, lambda text: f"{text}\nAnd a {word}.\n")


def reword_first(desk: Desk) -> None:
    """Other words in the digest of the article that was there from the first."""
    file = desk.content / "articles/gazette-bridge-count/index.md"
    text = file.read_text(encoding="utf-8")
    new = f"{desk.chance.choice(('Mill', 'river', 'lorry'))} stands.\n"
    file.write_text(f"{text}\n{new}" if new not in text else text.replace(new, "", 1), encoding="utf-8")


def retitle(desk: Desk) -> None:
    """Another title."""
    _changed(desk, lambda text: text.replace("title: Title", f"title: Title {desk.chance.randrange(99)}", 1))


def change_region(desk: Desk) -> None:
    """Another region."""

    def moved(text: str) -> str:
        before, _, after = text.partition("regions: [")
        return f"{before}regions: [{desk.chance.choice(REGIONS)}]{after.partition(']')[2]}"

    _changed(desk, moved)


def draft(desk: Desk) -> None:
    """A draft, or no draft any more."""
    _changed(
        desk,
        lambda text: (
            text.replace("draft: true\n", "")
            if "draft: true" in text
            else text.replace("---\n", "---\ndraft: true\n", 1)
        ),
    )


def embargo(desk: Desk) -> None:
    """An embargo that ends some months from now."""
    month = min(12, desk.moment + desk.chance.randrange(1, 4))
    line = f"publish_after: 2027-{month:02}-01T00:00Z\n"
    _changed(desk, lambda text: text if "publish_after" in text else text.replace("---\n", f"---\n{line}", 1))


def time_passes(desk: Desk) -> None:
    """A month later."""
    desk.moment = min(11, desk.moment + 1)


def delete(desk: Desk) -> None:
    """An article less."""
    if extras := desk.extras():
        shutil.rmtree(desk.chance.choice(extras).parent)


def rename(desk: Desk) -> None:
    """An article under another id."""
    if extras := desk.extras():
        desk.made += 1
        folder = desk.chance.choice(extras).parent
        folder.rename(folder.with_name(f"extra-{desk.made}"))


def touch(desk: Desk) -> None:
    """A new date, and the same text."""
    desk.chance.choice(sorted(desk.content.rglob("*.yaml"))).touch()


def same_size(desk: Desk) -> None:
    """Another text of the same size, with the old date put back."""
    if extras := desk.extras():
        file = desk.chance.choice(extras)
        stamp = file.stat().st_mtime_ns
        text = file.read_text(encoding="utf-8")
        file.write_text(
            text.replace("Digest", "digesT") if "Digest" in text else text.replace("digesT", "Digest"),
            encoding="utf-8",
        )
        os.utime(file, ns=(stamp, stamp))


def template(desk: Desk) -> None:
    """A template that says something else."""
    page = desk.chance.choice(("article", "region", "event", "home"))
    file = desk.project / f"themes/plain/templates/pages/{page}.html"
    file.write_text(
        _WHOLE.replace("{{ page }}", f"{{{{ page }}}} {desk.chance.randrange(99)}"), encoding="utf-8"
    )


def partial(desk: Desk) -> None:
    """A part of every page that says something else."""
    file = desk.project / "themes/plain/templates/part.html"
    file.write_text(f"<p>{desk.chance.randrange(99)}</p>\n", encoding="utf-8")


def config(desk: Desk) -> None:
    """Another title of the dossier, which stands on every page."""
    file = desk.content / "site.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text(f"title: Bridges {desk.chance.randrange(99)}\n" + "".join(lines[1:]), encoding="utf-8")


def region(desk: Desk) -> None:
    """Another summary of a region, or of its name."""
    file = desk.content / f"regions/{desk.chance.choice(REGIONS)}.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("---\n", f"---\nalso_known_as: [N{desk.chance.randrange(99)}]\n", 1)
                    if "also_known_as" not in text else text + "\nMore.\n", encoding="utf-8")  # fmt: skip


def picture(desk: Desk) -> None:
    """A picture in an article, or another one under its name."""
    if not (extras := desk.extras()):
        return
    file = desk.chance.choice(extras)
    colour = tuple(desk.chance.randrange(256) for _ in range(3))
    target = io.BytesIO()
    Image.new("RGB", (8, 6), colour).save(target, "PNG")
    (file.parent / "mill.png").write_bytes(target.getvalue())
    text = file.read_text(encoding="utf-8")
    if "mill.png" not in text:
        said = "images:\n  - file: mill.png\n    credit: Nobody\n    licence: CC0\n"
        file.write_text(
            text.replace("---\n", f"---\n{said}", 1) + "\n![A mill](mill.png)\n", encoding="utf-8"
        )


def new_tool(desk: Desk) -> None:
    """Another version of a library."""
    desk.tool += 1


EDITS: tuple[Callable[[Desk], None], ...] = (
    add, add, edit_digest, reword, reword, reword_first, reword_first, retitle, change_region, draft,
    embargo, time_passes, delete, rename, touch,
    same_size, template, partial, config, region, picture, new_tool,
)  # fmt: skip


def start(folder: Path, chance: random.Random) -> Desk:
    """Lay out a small dossier to edit, with a theme of its own."""
    shutil.copytree(SOUND, folder)
    plain_theme(folder)
    file = folder / "content/site.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "theme: plain\n", encoding="utf-8")
    return Desk(project=folder, chance=chance)


def built(desk: Desk, output: str, *more: str) -> tuple[int, str]:
    """Build the project as it stands into that folder of it; return the exit code and what was said."""
    now = f"2027-{desk.moment + 1:02}-01T00:00Z"
    asked = ["build", "-C", str(desk.project), "-o", str(desk.project / output), "--jobs", "1"]
    done = CliRunner().invoke(main, [*asked, "--base-url", BASE_URL, "--now", now, *more])
    return done.exit_code, done.output


def replace_in(project: Path, path: str, old: str, new: str) -> None:
    """Replace a text, which must be there, in a file of a dossier."""
    file = project / "content" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def tree(folder: Path) -> Mapping[str, tuple[int, bytes]]:
    """Every file and folder of a folder with its mode and its bytes."""
    return {
        path.relative_to(folder).as_posix(): (
            path.lstat().st_mode,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in folder.rglob("*")
    }


def table() -> list[tuple[str, list[str]]]:
    """Edits, each after the one before, with the files that it rewrites: but for the lists of all files."""
    blocks = (Path(__file__).parent / "rewritten.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return [(lines[0], [line.strip() for line in lines[1:]]) for lines in map(str.splitlines, blocks)]


def rewritten(project: Path, edit: str, build: Callable[[], object]) -> list[str]:
    """Do an edit of the table, and return which files a build rewrites; names without sums."""
    if not (project / "public").exists():
        build()
    path, _, words = edit.partition(": ")
    old, _, new = words.replace("\\n", "\n").partition(" → ")
    file, before = project / "content" / path, _stamps(project)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    build()
    changed = {name for name, stamp in _stamps(project).items() if before.get(name) != stamp}
    plain = {re.sub(r"-[0-9a-f]{8,10}(?=\.(js|png)$)", "", name) for name in changed}
    return sorted(plain - {".site-builder.json", "manifest.json"})


def _stamps(project: Path) -> Mapping[str, tuple[int, int]]:
    files = (path for path in (project / "public").rglob("*") if path.is_file())
    found = ((path.relative_to(project / "public").as_posix(), path.stat()) for path in files)
    return {name: (one.st_ino, one.st_mtime_ns) for name, one in found}
