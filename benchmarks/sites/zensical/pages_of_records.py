"""Zensical makes no pages from data: this extension of Python-Markdown is what a site would have to write.

A line `records:PATH` in a page's Markdown asks for what the page at that path shows. An extension can't see
the other pages, so the front matter of the articles is read here once more.
"""

import re
from pathlib import Path

import yaml
from atlas import Atlas, long, short
from jinja2 import Environment, FileSystemLoader
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

HERE = Path(__file__).parent
ASKED = re.compile(r"<p>records:(\S+)</p>\n?")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _atlas() -> Atlas:
    atlas = Atlas(HERE / "data", HERE / "templates")
    for file in sorted((HERE / "docs/articles").glob("a*.md")):
        front = file.read_text(encoding="utf-8").split("---\n", 2)[1]
        atlas.know(file.stem, yaml.load(front, LOADER), str)  # noqa: S506  # it is the safe one
    return atlas


ATLAS = _atlas()
TEMPLATES = Environment(loader=FileSystemLoader(ATLAS.templates), auto_reload=False)  # noqa: S701  # as others
TEMPLATES.globals["atlas"] = ATLAS
TEMPLATES.filters.update(long=long, short=short)


class PagesOfRecords(Postprocessor):
    """Puts the records around, or in the place of, a page's own text."""

    def run(self, text):
        """Returns the page."""
        asked = ASKED.search(text)
        page = asked and ATLAS.by_path.get(asked[1])
        if not page:
            return text
        is_article = page["kind"] == "article"
        return TEMPLATES.get_template("digest.html" if is_article else f"{page['layout']}.html").render(
            heading=page["title"],
            path=page["path"],
            kind=page["kind"],
            record=page["record"],
            digest=ASKED.sub("", text, count=1),
        )


class Records(Extension):
    """Adds the processor."""

    def extendMarkdown(self, md):  # noqa: N802  # the name is Markdown's
        """Adds it."""
        md.postprocessors.register(PagesOfRecords(md), "records", 0)


def makeExtension(**settings):  # noqa: N802  # the name is Markdown's
    """Returns the extension."""
    return Records(**settings)
