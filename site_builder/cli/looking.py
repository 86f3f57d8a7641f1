"""The commands that show what there is: a preview, a record, a theme."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.terminal import (
    guarded,
    present,
    project_option,
    stop,
    tell,
)


@click.command()
@project_option
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@guarded
def serve(project: Path, port: int, *, open_browser: bool) -> None:
    """Build, serve on this machine alone, and reload the browser after every save.

    A save with a mistake in it keeps the last good site up and shows the issues, in the page and here.
    The server listens on 127.0.0.1 and answers nobody else. Nothing of the project's public/ is touched.
    """
    from site_builder.serve import serve as run  # noqa: PLC0415

    run(project, port=port, open_browser=open_browser)


@click.command()
@click.argument("ident", metavar="ID")
@project_option
@guarded
def show(ident: str, project: Path) -> None:
    """Show a record: where it is written, what it rests on, and what rests on it.

    \b
    ID is a record's id, or kind:id:
      site-builder show my-event
      site-builder show figure:bridges-2021
    """  # noqa: D301  # \b is click's own sign, a backspace
    from site_builder.build import Options  # noqa: PLC0415
    from site_builder.build import check as run  # noqa: PLC0415
    from site_builder.show import describe, describe_hidden, find  # noqa: PLC0415

    checked = run(Options(project=project, output=project / "public", now=present(None)))
    if checked.index is None or checked.issues.has_errors():
        tell(checked, "text")
        stop(checked, "mend these first: a record is shown with all that it is linked to")
    else:
        if kept := describe_hidden(ident, checked.kept_back):
            click.echo(kept)
            return
        reference, repair = find(ident, checked.index)
        if not reference:
            raise click.UsageError(f"no record has the id '{ident}'. {repair}".strip())
        click.echo(describe(reference, checked.index))


@click.command()
@project_option
@click.option("--theme", default="dossier", show_default=True, help="The theme's name.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    show_default="public-specimen, in the project",
    help="The folder to draw it into.",
)
@guarded
def specimen(project: Path, theme: str, output: Path | None) -> None:
    """Draw a theme on one page: every component in every state.

    For whoever makes a theme, or reviews one; its colours, sizes of type and kinds of page stand there too.
    The theme is looked for in the project's themes/ first.
    """
    from site_builder.terminal import tell_theme  # noqa: PLC0415

    tell_theme(project, theme, output if output is not None else project / "public-specimen")
