"""Every record by its kind and id, read once a build and asked by every page; and the rows of records.

None of the generators that are written in Python joins data by itself, so a site has to bring this, or
the like. The articles are the generator's own: it hands them in with `know`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, ClassVar

import yaml
from jinja2 import Environment, FileSystemLoader

Record = Mapping[str, Any]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MONTHS = "January February March April May June July August September October November December".split()
_STATEMENTS = ("events", "figures", "quotes")
_FAMILIES = frozenset({"timeline", "timeline-part", "a-z"})
_COLUMNS = {
    "articles": "id,title,container_title,issued,accessed,url,language,regions,summary,curated,address",
    "events": "id,source,regions,says,title,date,kind,address",
    "figures": "id,source,regions,measure,value,low,high,as_of,basis,address",
    "quotes": "id,source,regions,speaker,exact,lang,address",
    "measures": "id,title,definition,unit,counting",
    "regions": "id,name,type,summary",
    "actors": "id,name,type",
}
_ADDRESSES = {
    "articles": "articles/{id}.html",
    "events": "events/{id}.html",
    "figures": "figures/{measure}.html#{id}",
    "quotes": "articles/{source}.html#{id}",
}
_FACTS = tuple(name for name in _COLUMNS["articles"].split(",") if name not in {"id", "url", "address"})


@cache
def long(day: str) -> str:
    """Returns a day in words."""
    return f"{int(day[8:])} {_MONTHS[int(day[5:7]) - 1]} {day[:4]}"


@cache
def short(day: str) -> str:
    """Returns a day in words, with three letters of its month."""
    return f"{int(day[8:])} {_MONTHS[int(day[5:7]) - 1][:3]} {day[:4]}"


def plain(html: str) -> str:
    """Returns the words of some HTML."""
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


class Atlas:
    """The records below a folder of data, and their rows, from the templates below another."""

    def __init__(self, data: Path, templates: Path) -> None:
        self.data = data
        self.templates = templates
        self.known: dict[str, dict[str, Record]] = {"articles": {}}
        self.plain: dict[str, Any] = {}
        self.pages: list[Record] = self._told("pages")
        self.by_path = {page["path"]: page for page in self.pages}
        self.assets: Record = self._told("assets")
        self._rows: dict[tuple[str, str, bool], str] = {}
        self._siblings: dict[str, str] = {}
        self._read_records()

    def _told(self, name: str) -> Any:
        return json.loads((self.data / f"{name}.json").read_bytes())

    def _read_records(self) -> None:
        for kind in _STATEMENTS:
            self.known[kind] = {}
        for file in sorted((self.data / "annotations").iterdir()):
            stated = _read(file)
            for kind in _STATEMENTS:
                for one in stated.get(kind, ()):
                    self.known[kind][one["id"]] = {**one, "source": file.stem}
        for kind in ("regions", "actors"):
            self.known[kind] = {file.stem: _read(file) for file in sorted((self.data / kind).iterdir())}
        self.known["measures"] = {one["id"]: one for one in _read(self.data / "measures.yaml")}

    def know(self, ident: str, article: Record, html: Any) -> None:
        """Takes an article in: what is known of it, and a function that returns its digest as HTML."""
        self.known["articles"][ident] = {
            "id": ident,
            "original": article["original"],
            **{name: _plain_value(article[name]) for name in _FACTS},
        }
        self.plain[ident] = html

    def of(self, kind: str, ident: str) -> Record:
        """Returns a record."""
        return self.known[kind][ident]

    @cached_property
    def _written(self) -> Any:
        made = Environment(loader=FileSystemLoader(self.templates), autoescape=True, auto_reload=False)
        made.filters.update(long=long, short=short)
        return made.get_template("rows.html", globals={"atlas": self}).module

    def rows(self, path: str) -> str:
        """Returns what the page at a path shows: a section for each kind of record."""
        page = self.by_path[path]
        return "".join(
            f'<section class="section" aria-labelledby="{kind}"><h2 id="{kind}">{kind.title()}</h2>\n'
            f"<ul>{''.join([self._row(kind, one, page['brief']) for one in idents])}</ul></section>\n"
            for kind, idents in page["records"].items()
        )

    def _row(self, kind: str, ident: str, brief: bool) -> str:  # noqa: FBT001  # it is part of the key
        key = (kind, ident, brief)
        if key not in self._rows:
            self._rows[key] = str(getattr(self._written, kind)(ident, self.known[kind][ident], brief))
        return self._rows[key]

    def region_links(self, idents: list[str]) -> str:
        """Returns links to regions."""
        return str(self._written.regions_of(idents, " "))

    def siblings(self, family: str) -> str:
        """Returns links to the other pages of a page's family, where it has one."""
        if family not in self._siblings:
            links = self._written.siblings([page for page in self.pages if page["kind"] == family])
            self._siblings[family] = str(links) if family in _FAMILIES else ""
        return self._siblings[family]

    def told_by(self, path: str) -> list[str]:
        """Returns the articles whose whole texts stand in a file that is no page."""
        return self._articles_of.get(path, [])

    @cached_property
    def _articles_of(self) -> dict[str, list[str]]:
        return {
            f"assets/{part['name']}.js": [ident for kind, ident in part["records"] if kind == "articles"]
            for part in self._told("search")
        }

    def others(self) -> Iterator[tuple[str, Callable[[], str]]]:
        """Yields every file that is no page: its path, and a function that returns its text."""
        for table in self._told("tables"):
            for form in table["formats"]:
                write = partial(self._table, table["of"], table["measure"], form)
                yield f"data/{table['name']}.{form}", write
        for part in self._told("search"):
            yield f"assets/{part['name']}.js", partial(self._searched, part["name"], part["records"])

    def _table(self, kind: str, measure: str, form: str) -> str:
        entries = list(self._entries(kind, measure))
        return _as_csv(kind, entries) if form == "csv" else _as_json(entries, indent=1)

    def _searched(self, name: str, records: list[tuple[str, str]]) -> str:
        return f'siteSearch("{name}",{_as_json([{"r": self._found(*one)} for one in records])});\n'

    def _entries(self, kind: str, measure: str) -> Iterator[Record]:
        for ident, one in sorted(self.known[kind].items()):
            if not measure or one["measure"] == measure:
                entry = {"id": ident, **one, "url": one.get("original", "")}
                yield {**entry, "address": _ADDRESSES.get(kind, "").format_map(entry)}

    def _found(self, kind: str, ident: str) -> list[Any]:
        one = self.known[kind][ident]
        if kind == "articles":
            words = plain(self.plain[ident]())
            return [kind, one["title"], one["issued"], ident, one["summary"], words]
        if kind == "events":
            return [kind, one["title"], one["date"], ident, one["says"]]
        if kind == "figures":
            value = one.get("value", one.get("low"))
            return [kind, one["measure"], one["as_of"], ident, value, one.get("high")]
        if kind == "quotes":
            return [kind, one["exact"], one["speaker"], ident]
        return [kind, one.get("name") or one.get("title"), "", ident]

    def newest(self) -> list[Record]:
        """Returns the articles of the feed."""
        articles = sorted(self.known["articles"].items(), reverse=True)
        return [one for _, one in articles[: self.assets["feed"]]]


def _plain_value(value: Any) -> Any:
    return value if isinstance(value, list) else str(value)


def _read(file: Path) -> Any:
    # Days stay what the author wrote: texts.
    return yaml.load(file.read_bytes(), _Loader)  # noqa: S506  # it is the safe one


class _Loader(_LOADER):  # type: ignore[valid-type, misc]
    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in those if tag != "tag:yaml.org,2002:timestamp"]
        for first, those in _LOADER.yaml_implicit_resolvers.items()
    }


def _as_json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _as_csv(kind: str, entries: list[Record]) -> str:
    columns = _COLUMNS[kind].split(",")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for entry in entries:
        writer.writerow([_cell(entry.get(name, "")) for name in columns])
    return text.getvalue()


def _cell(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)
