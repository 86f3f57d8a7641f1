"""The command line. Each command imports what it needs when it runs, so that `--help` answers at once."""

from __future__ import annotations

import sys
from typing import Any

import click

from site_builder import __version__
from site_builder.cli.building import build, check
from site_builder.cli.looking import serve, show, specimen
from site_builder.cli.sites import diff, purge, sign, verify
from site_builder.cli.sources import new, release, retract
from site_builder.terminal import ENDS_AFTERWARDS


class _Program(click.Group):
    """The commands; called as a function they are the program itself, which ends with the command."""

    def __call__(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401  # as click has it
        """Runs as the program: commands may leave to the system what a process would tidy up at its end."""
        return self.main(*args, obj=ENDS_AFTERWARDS, **options)


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="site-builder")
def main() -> None:
    """Turn a folder of articles and annotations into a research microsite.

    \b
    A first site, in three commands:
      site-builder new my-dossier
      site-builder serve -C my-dossier        then open http://127.0.0.1:8000
      site-builder build -C my-dossier        makes my-dossier/public, ready for any static host

    Every number, quotation and event keeps its source, its chain and its date with its doubt. What is
    wrong in the files is told with file, line and repair; nothing is published until it is mended.

    \b
    Exit codes: 0 fine · 1 the dossier has errors · 2 wrong use · 3 disk or permissions · 70 our own fault
    """  # noqa: D301  # \b is click's own sign, a backspace
    for stream in (sys.stdout, sys.stderr):
        # A file name that is not UTF-8 must not end the program when it is printed.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


for _command in (build, check, diff, new, purge, release, retract, serve, show, sign, specimen, verify):
    main.add_command(_command)
