"""The commands about sites that are published already."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.terminal import (
    fail,
    guarded,
)

# As git has it.
DIFFERENT = 1


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How the changes are told: to people or to programs.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if there is a difference.")
@guarded
def diff(old: Path, new: Path, *, form: str, exit_code: bool) -> None:
    """Tell what changed between two published sites, in words.

    OLD and NEW are folders that 'build' has published into. Records are told as added, changed, renamed,
    retired or removed; of each changed field, what it said and what it says now. Texts of pages are not
    compared: only what stands in the tables of data/.

    \b
    The exit code is 0, with or without a difference; with --exit-code it is 1 if there is one.

    \b
    Example:
      site-builder diff public-before public
    """  # noqa: D301  # \b is click's own sign, a backspace
    from site_builder.diff import FORMATS, NoSiteError, difference, read_published  # noqa: PLC0415

    try:
        before, after = read_published(old), read_published(new)
    except NoSiteError as error:
        fail(str(error), error.repair, click.UsageError.exit_code)
    else:
        changes = difference(before, after)
        click.echo(FORMATS[form](before, after, changes))
        if changes and exit_code:
            raise SystemExit(DIFFERENT)
