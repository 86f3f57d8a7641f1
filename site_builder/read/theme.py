"""Reads a theme from the disk: templates, styles, scripts, and files to be served.

A theme may extend another one: then it is that theme, but for the files that it has itself.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder import nodes
from site_builder.catalogues import CatalogueError, words_of
from site_builder.colours import told_contrasts
from site_builder.issues import Issue, IssueLog, Place, Placed, did_you_mean, place_of
from site_builder.read.tree import MAX_BYTES, OutsideError, content_of

LAYERS = ("reset", "tokens", "base", "layout", "components", "utilities", "print")
# The files of `styles/` in the order in which they are joined: what a theme gives, then what is made of it.
STYLES = ("reset", "fonts", "given", "tokens", "base", "layout", "utilities", "print")
GIVEN = "styles/given.css"
DECLARATION = "theme.yaml"
LANGUAGES = "languages"
PARTS = ("templates", "components", "styles", "sheets", "scripts", "static")
FIRST = "dossier"
_SITE = Place("content/site.yaml")
_FOLDER = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_FONTS = (".woff2", ".woff", ".ttf", ".otf")


class ThemeError(Exception):
    """A theme that cannot be used; the issue says what is missing and where it was looked for."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.problem)
        self.issue = issue


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Theme:
    """A theme as read. `styles` is one style sheet with its layers in order; `files` are served as they are.

    `templates` maps names such as `pages/region.html` and `components/quote/template.html` to their text;
    `sheets` are further style sheets by name, for the pages that name them.
    `scripts` maps names such as `search` and `vendor/stemmers` to theirs. `paths` maps the templates
    that lie in the project to their path in it; `catalogues` maps languages to texts in gettext's PO format,
    those of a theme extended first. `is_shipped` if the whole theme came with the tool; `issues`
    are what its author should know.
    """

    name: str
    templates: Mapping[str, str]
    styles: str
    sheets: Mapping[str, str]
    scripts: Mapping[str, str]
    files: Mapping[str, bytes]
    fingerprint: str
    paths: Mapping[str, str]
    catalogues: Mapping[str, tuple[str, ...]]
    is_shipped: bool
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folder:
    """A theme's own folder; `shown` is its path in the project, or empty outside of it.

    Its files lie in `root`, which is free of links: in the project, or in the folder itself.
    """

    path: Path
    shown: str
    is_shipped: bool
    root: str

    def file(self, path: Path) -> ThemeFile:
        """Returns one of its files."""
        inside = path.relative_to(self.path).as_posix()
        shown = f"{self.shown}/{inside}" if self.shown else ""
        return ThemeFile(path, shown, self.is_shipped, self.root)


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """A file of a theme; `shown` is its path in the project, or empty outside of it."""

    path: Path
    shown: str
    is_shipped: bool
    root: str

    @property
    def place(self) -> Place:
        """The file as an issue names it."""
        return Place(self.shown or self.path.name)


def theme_folders(project: Path, name: str) -> tuple[Path, ...]:
    """The folders where a theme may lie, the project's own first, then the one that came with the tool."""
    return (project / "themes" / name, *_shipped(name))


def _shipped(name: str) -> tuple[Path, Path]:
    package = Path(__file__).resolve().parent.parent
    return (package / "themes" / name, package.parent / "themes" / name)


def read_theme(project: Path, name: str) -> Theme:
    """Returns the theme of that name; raises `ThemeError` where there is none or a part is missing."""
    files = theme_files(project, name)
    texts = {path: _text(file) for path, file in files.items() if _is_text(path)}
    templates = {path.removeprefix("templates/"): text for path, text in texts.items() if _is_template(path)}
    styles = _styles(texts)
    static = _static(files, styles)
    scripts = {path: text for path, text in texts.items() if path.startswith("scripts/")}
    sheets = {path: _compact(text) for path, text in texts.items() if path.startswith("sheets/")}
    catalogues = _catalogues(project, name)
    said = {f"{language}.po": "".join(found) for language, found in catalogues.items()}
    return Theme(
        name=name,
        templates=templates,
        styles=styles,
        sheets={path.removeprefix("sheets/").removesuffix(".css"): css for path, css in sheets.items()},
        scripts={path.removeprefix("scripts/").removesuffix(".js"): text for path, text in scripts.items()},
        files=static,
        fingerprint=_fingerprint({**templates, **scripts, **sheets, **said}, styles, static),
        paths={path.removeprefix("templates/"): file.shown for path, file in files.items() if file.shown},
        catalogues=catalogues,
        is_shipped=all(file.is_shipped for file in files.values()),
        issues=tuple(_remarks(files, texts)),
    )


def theme_files(project: Path, name: str) -> Mapping[str, ThemeFile]:
    """Returns the files of a theme and of those that it extends, by their path in the theme's folder.

    Where both a theme and the one that it extends have a file, its own counts. Raises `ThemeError`.
    """
    found: dict[str, ThemeFile] = {}
    for folder in reversed(_lineage(project, name)):
        for path in (path for part in PARTS for path in (folder.path / part).rglob("*")):
            inside = path.relative_to(folder.path).as_posix()
            if path.is_file() and "/." not in inside:
                found[inside] = folder.file(path)
    if "templates/base.html" not in found:
        problem = f"the theme '{name}' has no templates/base.html"
        raise _error(Place(f"themes/{name}/{DECLARATION}"), "unknown-theme", problem, _extend(FIRST))
    return dict(sorted(found.items()))


def _catalogues(project: Path, name: str) -> Mapping[str, tuple[str, ...]]:
    """The words of a theme and of those that it extends, by language; its own come last, and count."""
    found: dict[str, tuple[str, ...]] = {}
    for folder in reversed(_lineage(project, name)):
        for path in sorted((folder.path / LANGUAGES).glob("*.po")):
            text = _text(folder.file(path))
            if folder.shown:
                _check_catalogue(text, folder.file(path).place)
            found[path.stem] = (*found.get(path.stem, ()), text)
    return found


def _check_catalogue(text: str, place: Place) -> None:
    try:
        words_of((text,))
    except CatalogueError as error:
        repair = "a catalogue is a file in gettext's PO format: docs/issues.md shows it"
        place = Place(place.path, error.line)
        raise _error(place, "bad-catalogue", f"this is no catalogue: {error}", repair) from None


def _extend(name: str) -> str:
    return f"write 'extends: {name}' into its {DECLARATION}"


def _lineage(project: Path, name: str) -> list[_Folder]:
    """The folders of a theme and of those that it extends, itself first."""
    found: dict[str, _Folder] = {}
    wanted: Placed | None = name if isinstance(name, Placed) else Placed(name, _SITE)
    while wanted:
        if wanted in found:
            problem = f"the theme '{name}' extends itself, by way of {' and '.join([*found, wanted])}"
            raise _error(place_of(wanted), "cycle", problem, "let the last of them extend none, or another")
        folder = _folder(project, wanted)
        if folder is None:
            raise _unknown(project, wanted)
        found[wanted] = folder
        wanted = _parent(folder)
    return list(found.values())


def _folder(project: Path, name: str) -> _Folder | None:
    if not _FOLDER.fullmatch(name):
        return None
    shipped = {path.resolve() for path in _shipped(name)}
    for path in theme_folders(project, name):
        if (path / DECLARATION).is_file() or (path / "templates" / "base.html").is_file():
            is_own = path.parent.parent == project
            return _Folder(
                path=path,
                shown=f"themes/{name}" if is_own else "",
                is_shipped=path.resolve() in shipped,
                root=os.path.realpath(project if is_own else path),
            )
    return None


def _unknown(project: Path, name: Placed) -> ThemeError:
    looked = f"looked for themes/{name} in the project and among the themes of site-builder"
    problem = f"there is no theme '{name}': {looked}"
    own = [path.name for path in sorted((project / "themes").glob("*")) if path.is_dir()]
    repair = did_you_mean(name, {*own, FIRST} - {name})
    if not repair and place_of(name).path == _SITE.path:
        repair = f"write 'theme: {FIRST}', or put the theme's folder there"
    return _error(place_of(name), "unknown-theme", problem, repair or f"write 'extends: {FIRST}'")


def _parent(folder: _Folder) -> Placed | None:
    """What a theme says that it extends."""
    path = folder.path / DECLARATION
    start = Place(f"{folder.shown or folder.path.name}/{DECLARATION}")
    if not path.is_file():
        return None
    try:
        node = nodes.parse(_text(folder.file(path)), start)
    except nodes.YamlError as error:
        raise ThemeError(error.issue) from None
    if not isinstance(node, nodes.PlacedDict):
        raise _error(start, "wrong-type", "a mapping belongs here", _extend(FIRST))
    for key in node:
        if key != "extends":
            problem = f"a theme has no field '{key}'"
            repair = did_you_mean(key, ["extends"]) or "colours and fonts stand in styles/given.css"
            raise _error(node.key_place(key), "unknown-field", problem, repair)
    parent = node.get("extends")
    if parent is not None and not isinstance(parent, Placed):
        raise _error(parent.place, "wrong-type", "the name of one theme belongs here", f"extends: {FIRST}")
    return parent


def theme_texts(project: Path, issues: Iterable[Issue]) -> Mapping[str, str]:
    """Returns the texts of a project's theme files that issues are about, by path, for their excerpts."""
    paths = {issue.place.path for issue in issues if issue.place.path.startswith("themes/")}
    return {
        path: (project / path).read_text(encoding="utf-8", errors="replace")
        for path in sorted(paths)
        if (project / path).is_file()
    }


def _error(place: Place, code: str, problem: str, repair: str) -> ThemeError:
    return ThemeError(Issue(place=place, code=code, problem=problem, repair=repair))


def _is_text(path: str) -> bool:
    """True for templates of pages and components, for styles and for scripts."""
    if path.startswith("components/"):
        return path.count("/") == 2 and path.endswith((".html", "/style.css"))  # noqa: PLR2004  # components/<name>/file
    ends = {"templates/": "", "styles/": ".css", "sheets/": ".css", "scripts/": ".js"}
    return any(path.startswith(part) and path.endswith(end) for part, end in ends.items())


def _text(file: ThemeFile) -> str:
    try:
        return _content(file).decode().replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise _error(file.place, "encoding", "this is not UTF-8", "save the file as UTF-8") from None


def _content(file: ThemeFile) -> bytes:
    try:
        content = content_of(file.path, file.root, MAX_BYTES)
    except OutsideError:
        problem, repair = "a link that leads out of the project", "copy the file into the theme"
        raise _error(file.place, "outside", problem, repair) from None
    if content is None:
        problem = f"the file has more than {MAX_BYTES:,} bytes"
        raise _error(file.place, "too-large", problem, "make it smaller")
    return content


def _styles(texts: Mapping[str, str]) -> str:
    layers: dict[str, list[str]] = {layer: [] for layer in LAYERS}
    for name in STYLES:
        if css := texts.get(f"styles/{name}.css"):
            layers[name if name in layers else "tokens"].append(css)
    layers["components"] = [text for path, text in texts.items() if _is_component_style(path)]
    parts = [f"@layer {', '.join(LAYERS)};"]
    for layer, found in layers.items():
        if css := "\n".join(_compact(text) for text in found):
            parts.append(f"@layer {layer} {{\n{css}\n}}")
    return "\n".join(parts) + "\n"


def _is_template(path: str) -> bool:
    return path.startswith("templates/") or path.endswith(".html")


def _is_component_style(path: str) -> bool:
    return path.startswith("components/") and path.endswith("/style.css")


def _static(files: Mapping[str, ThemeFile], styles: str) -> dict[str, bytes]:
    """What is served as it is; a font of the theme extended that no style asks for any more is left out."""
    named = {path.removeprefix("static/"): file for path, file in files.items() if path.startswith("static/")}
    return {
        path: _content(file)
        for path, file in named.items()
        if file.shown or not path.endswith(_FONTS) or path in styles
    }


def _remarks(files: Mapping[str, ThemeFile], texts: Mapping[str, str]) -> IssueLog:
    issues = IssueLog()
    for path, file in files.items():
        name = path.removeprefix("styles/").removesuffix(".css")
        if file.shown and path.startswith("styles/") and name not in STYLES:
            repair = f"give it one of the names {', '.join(STYLES)}, or put it into a component's style.css"
            issues.warning(Place(file.shown), "stray-file", "no style sheet of this name is read", repair)
    given = files.get(GIVEN)
    if given and given.shown and not given.is_shipped:
        for colour, problem, repair in told_contrasts(texts[GIVEN]):
            place = Place(given.shown, colour.line, colour.column, len(colour.hex))
            issues.warning(place, "low-contrast", problem, repair)
    return issues


_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
# Strings stay as they are; beside braces, semicolons, commas and `>`, and behind a colon, no space is needed.
_SPACE = re.compile(r"""("[^"]*"|'[^']*')|\s*([{};,>])\s*|(?<=[a-z]):\s+|\s+""")


def _compact(css: str) -> str:
    """The style sheet without what a reader need not load: comments and most white space."""
    return _SPACE.sub(
        lambda found: found[1] or found[2] or (":" if found[0][0] == ":" else " "), _REMARK.sub("", css)
    ).strip()


def _fingerprint(texts: Mapping[str, str], styles: str, files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256(styles.encode())
    for name, text in texts.items():
        digest.update(f"{name}\0{text}\0".encode())
    for name, content in files.items():
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()
