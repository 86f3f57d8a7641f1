"""The corpus in each peer's own layout, laid on its templates in `sites/` and what several share in `parts/`.

A peer reads what it reads natively: Markdown with front matter, and data in YAML, file by file as the
author wrote it. Which pages there are, and which records each shows, it is told in JSON; so it neither sorts
nor groups.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pages import Listed, listed

SITES = Path(__file__).parent / "sites"
PARTS = Path(__file__).parent / "parts"

_ID = re.compile(r"^ *- id: ([a-z0-9-]+)$", re.MULTILINE)
_LINK = re.compile(r"\]\((source|region):([a-z0-9-]+)\)")
_REGIONS = re.compile(r"^(regions: )\[(.*)\]$", re.MULTILINE)
_FOLDERS = {"source": "articles", "region": "regions"}
_ADDRESS = re.compile(r'"((?:articles|events|regions|actors|figures)/[a-z0-9-]+\.html(?:#[a-z0-9-]+)?)"')
_OF_TABLE = {"sources": "articles", "reports": "events"}
_LAYOUTS = frozenset({"event", "region", "actor", "measure"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Our own site of a corpus: what the peers are to make.

    `search` names the records in each part of the index, as pairs of kind and id; `tables` the files to
    download; `feed` is the number of entries.
    """

    corpus: Path
    site: Path
    pages: tuple[Listed, ...]
    search: Mapping[str, Sequence[tuple[str, str]]]
    tables: Mapping[str, Sequence[str]]
    feed: int


def ids(corpus: Path) -> Mapping[str, frozenset[str]]:
    """Returns the ids that a corpus holds, by kind of record."""
    content = corpus / "content"
    stated: list[str] = []
    for file in content.glob("articles/*/annotations.yaml"):
        stated += _ID.findall(file.read_text(encoding="utf-8"))
    return {
        "events": frozenset(one for one in stated if one[0] == "e"),
        "figures": frozenset(one for one in stated if one[0] == "f"),
        "quotes": frozenset(one for one in stated if one[0] == "q"),
        "articles": frozenset(path.name for path in (content / "articles").iterdir()),
        "regions": frozenset(path.stem for path in (content / "regions").iterdir()),
        "actors": frozenset(path.stem for path in (content / "actors").iterdir()),
        "measures": frozenset(_ID.findall((content / "measures.yaml").read_text(encoding="utf-8"))),
    }


def model(corpus: Path, site: Path) -> Model:
    """Returns what stands in our own site of a corpus."""
    known = ids(corpus)
    tables: dict[str, list[str]] = {}
    for file in sorted((site / "data").rglob("*.*")):
        if file.suffix in {".csv", ".json"}:
            tables.setdefault(file.stem, []).append(file.suffix[1:])
    feed = site / "feed.xml"
    return Model(
        corpus=corpus,
        site=site,
        pages=listed(site, known),
        search={file.stem: _found(file, known) for file in sorted(site.glob("assets/search-*-records-*.js"))},
        tables=tables,
        feed=feed.read_text(encoding="utf-8").count("<entry>") if feed.exists() else 0,
    )


def _found(file: Path, known: Mapping[str, frozenset[str]]) -> Sequence[tuple[str, str]]:
    """The records in one part of the search's index, by their addresses."""
    found: list[tuple[str, str]] = []
    for address in _ADDRESS.findall(file.read_text(encoding="utf-8")):
        path, _, anchor = address.partition("#")
        folder, name = path.removesuffix(".html").split("/")
        ident = anchor or name
        kinds = [kind for kind, those in known.items() if ident in those]
        found += [(kind, ident) for kind in kinds if anchor or folder in {kind, "figures"}]
    return found


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _split(text: str) -> tuple[str, str]:
    _, front, body = text.split("---\n", 2)
    return front, body.lstrip("\n")


def _with_addresses(body: str) -> str:
    """A digest whose links to records are links to pages."""
    return _LINK.sub(lambda found: f"](/{_FOLDERS[found[1]]}/{found[2]}.html)", body)


def _layout(page: Listed) -> str:
    return page.kind if page.kind in _LAYOUTS else "list"


def _told(made: Model) -> Mapping[str, str]:
    """What every peer is told, as JSON files."""
    pages = [
        {
            "path": page.path,
            "kind": page.kind,
            "layout": _layout(page),
            "title": page.title,
            "record": page.record,
            "brief": page.is_brief,
            "records": page.records,
        }
        for page in made.pages
    ]
    tables = [_table(name, formats) for name, formats in made.tables.items()]
    search = [{"name": name, "records": records} for name, records in made.search.items()]
    style = next(file.name for file in sorted(made.site.glob("assets/site-*.css")))
    return {
        "pages.json": _as_json(pages),
        "tables.json": _as_json(tables),
        "search.json": _as_json(search),
        "assets.json": _as_json({"style": style, "feed": made.feed}),
    }


def _table(name: str, formats: Sequence[str]) -> Mapping[str, object]:
    kind, _, measure = name.partition("-")
    return {"name": name, "of": _OF_TABLE.get(kind, kind), "measure": measure, "formats": formats}


def _copy_assets(made: Model, folder: Path) -> None:
    """Fonts, styles and scripts of our site, as files to be copied: neither side makes them."""
    for file in sorted((made.site / "assets").iterdir()):
        if not file.name.startswith("search-"):
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, folder)


def _copy_records(made: Model, folder: Path) -> None:
    """The records, in the author's own YAML, a file for each that the author wrote."""
    content = made.corpus / "content"
    for file in content.glob("articles/*/annotations.yaml"):
        _put(folder / f"annotations/{file.parent.name}.yaml", file.read_text(encoding="utf-8"))
    for file in content.glob("regions/*.md"):
        _put(folder / f"regions/{file.stem}.yaml", _split(file.read_text(encoding="utf-8"))[0])
    for file in content.glob("actors/*.yaml"):
        _put(folder / f"actors/{file.name}", file.read_text(encoding="utf-8"))
    _put(folder / "measures.yaml", (content / "measures.yaml").read_text(encoding="utf-8"))


def _articles(made: Model, folder: Path) -> Sequence[Path]:
    """Writes the articles, and returns their files."""
    for file in made.corpus.glob("content/articles/*/index.md"):
        front, body = _split(file.read_text(encoding="utf-8"))
        # These two words are taken in front matter: by an address of the page's own, and by its kind.
        front = front.replace("\nurl: ", "\noriginal: ").replace("type: ", "source_type: ", 1)
        _put(
            folder / f"{file.parent.name}.md",
            f"---\nid: {file.parent.name}\n{front}---\n\n{_with_addresses(body)}",
        )
    return sorted(folder.iterdir())


def _records(made: Model, folder: Path) -> None:
    _copy_records(made, folder)
    for name, text in _told(made).items():
        _put(folder / name, text)


def _static(made: Model, folder: Path) -> None:
    _copy_assets(made, folder / "assets")
    for name in ("_headers", "robots.txt"):
        if (made.site / name).exists():
            shutil.copy(made.site / name, folder)


def _hugo(made: Model, folder: Path) -> None:
    _articles(made, folder / "content/articles")
    _records(made, folder / "data")
    _static(made, folder / "static")


def _eleventy(made: Model, folder: Path) -> None:
    _articles(made, folder / "src/articles")
    _records(made, folder / "data")
    _static(made, folder / "static")
    shutil.copytree(PARTS / "javascript", folder / "lib")


def _astro(made: Model, folder: Path) -> None:
    _articles(made, folder / "content/articles")
    _records(made, folder / "data")
    _static(made, folder / "static")
    shutil.copytree(PARTS / "javascript", folder / "src/lib", dirs_exist_ok=True)


def _pelican(made: Model, folder: Path) -> None:
    # What stands before the text is no YAML for it: a list is a text with commas.
    for file in _articles(made, folder / "content/articles"):
        text = file.read_text(encoding="utf-8")
        text = _REGIONS.sub(r"\1\2", text, 1).replace("\nissued: ", "\ndate: 2025-01-01\nissued: ", 1)
        file.write_text(text, encoding="utf-8")
    _records(made, folder / "data")
    _static(made, folder / "content/static")
    _share(folder / "plugins", folder / "theme/templates")


def _mkdocs(made: Model, folder: Path) -> None:
    _articles(made, folder / "docs/articles")
    _records(made, folder / "data")
    _static(made, folder / "docs")
    _share(folder, folder / "theme")


def _nikola(made: Model, folder: Path) -> None:
    for file in _articles(made, folder / "posts"):
        front, body = _split(file.read_text(encoding="utf-8"))
        said = "".join(f".. {line}\n" for line in _REGIONS.sub(r"\1\2", front, 1).splitlines())
        _put(file, f".. slug: {file.stem}\n.. date: 2025-01-01 00:00:00 UTC\n{said}\n{body}")
    _records(made, folder / "records")
    _static(made, folder / "files")
    _share(folder, folder / "themes/atlas/templates")


def _zensical(made: Model, folder: Path) -> None:
    own = folder / "templates/base.html"
    text = own.read_text(encoding="utf-8")
    _share(folder, folder / "templates")
    _put(own, text)
    for file in _articles(made, folder / "docs/articles"):
        front, body = _split(file.read_text(encoding="utf-8"))
        _put(file, f"---\n{front}---\n\nrecords:articles/{file.stem}.html\n\n{body}")
    # It makes a page of each file of Markdown, and of nothing else.
    for page in made.pages:
        if page.kind != "article":
            front = f"---\ntitle: {_as_json(page.title)}\n---\n\n"
            _put(folder / "docs" / page.path.replace(".html", ".md"), f"{front}records:{page.path}\n")
    _records(made, folder / "data")
    _static(made, folder / "docs")
    style = next(file.name for file in sorted(made.site.glob("assets/site-*.css")))
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"extra:\n  style: {style}\n")


def _share(modules: Path, templates: Path) -> None:
    """Brings what the generators that are written in Python share."""
    shutil.copytree(PARTS / "python", modules, dirs_exist_ok=True)
    shutil.copytree(PARTS / "jinja", templates, dirs_exist_ok=True)


LAYOUTS: Mapping[str, Callable[[Model, Path], None]] = {
    "hugo": _hugo,
    "eleventy": _eleventy,
    "astro": _astro,
    "pelican": _pelican,
    "mkdocs": _mkdocs,
    "nikola": _nikola,
    "zensical": _zensical,
}


def lay_out(peer: str, made: Model, folder: Path) -> None:
    """Makes a peer's project of a corpus, in a folder that is not there yet."""
    shutil.copytree(SITES / peer, folder)
    LAYOUTS[peer](made, folder)
