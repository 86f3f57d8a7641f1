"""Reads a theme from the disk: templates, styles, scripts, and files to be served."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LAYERS = ("reset", "tokens", "base", "layout", "components", "utilities", "print")


class ThemeError(Exception):
    """A theme that cannot be used; the text says what is missing and where it was looked for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Theme:
    """A theme as read. `styles` is one style sheet with its layers in order; `files` are served as they are.

    `templates` maps names such as `pages/region.html` and `components/quote/template.html` to their text;
    `scripts` maps names such as `search` and `vendor/stemmers` to theirs.
    """

    name: str
    templates: Mapping[str, str]
    styles: str
    scripts: Mapping[str, str]
    files: Mapping[str, bytes]
    fingerprint: str


def theme_folders(project: Path, name: str) -> tuple[Path, ...]:
    """The folders where a theme may lie, the project's own first, then the one that came with the tool."""
    package = Path(__file__).resolve().parent.parent
    return (project / "themes" / name, package / "themes" / name, package.parent / "themes" / name)


def read_theme(project: Path, name: str) -> Theme:
    """Return the theme of that name; raises `ThemeError` where there is none or a part is missing."""
    for folder in theme_folders(project, name):
        if (folder / "templates" / "base.html").is_file():
            return _read(folder, name)
    tried = ", ".join(str(folder.parent.name) + "/" + name for folder in theme_folders(project, name)[:1])
    message = (
        f"there is no theme '{name}': looked for {tried} in the project and among the themes of site-builder"
    )
    raise ThemeError(message)


def _read(folder: Path, name: str) -> Theme:
    templates = {
        **_texts(folder / "templates", "**/*.*", ""),
        **_texts(folder / "components", "*/*.html", "components/"),
    }
    styles = _styles(folder)
    scripts = {
        name.removesuffix(".js"): text for name, text in _texts(folder / "scripts", "**/*.js", "").items()
    }
    static = folder / "static"
    files = {
        path.relative_to(static).as_posix(): path.read_bytes()
        for path in sorted(static.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    return Theme(
        name=name,
        templates=templates,
        styles=styles,
        scripts=scripts,
        files=files,
        fingerprint=_fingerprint(
            {**templates, **{f"{name}.js": text for name, text in scripts.items()}}, styles, files
        ),
    )


def _texts(folder: Path, pattern: str, prefix: str) -> dict[str, str]:
    return {
        prefix + path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.glob(pattern))
        if path.is_file()
    }


def _styles(folder: Path) -> str:
    parts = [f"@layer {', '.join(LAYERS)};"]
    for layer in LAYERS:
        if layer == "components":
            paths = sorted(folder.glob("components/*/style.css"))
        else:
            paths = [path for path in (folder / "styles" / f"{layer}.css",) if path.is_file()]
        css = "\n".join(_compact(path.read_text(encoding="utf-8")) for path in paths)
        if css:
            parts.append(f"@layer {layer} {{\n{css}\n}}")
    return "\n".join(parts) + "\n"


_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
# Strings stay as they are; beside braces, semicolons and commas, and behind a colon, no space is needed.
_SPACE = re.compile(r"""("[^"]*"|'[^']*')|\s*([{};,])\s*|(?<=[a-z]):\s+|\s+""")


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
