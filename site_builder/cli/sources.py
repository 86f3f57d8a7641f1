"""The commands that write into the sources."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.terminal import (
    guarded,
    present,
    project_option,
    shown,
    stop,
    strict_option,
    tell,
)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@guarded
def new(folder: Path) -> None:
    """Start a dossier in DIR: a small one that builds, with an example of everything."""
    from site_builder.new import start_dossier  # noqa: PLC0415

    files = start_dossier(folder)
    click.echo(f"Started a dossier in {shown(folder)}: {len(files)} files. Next:")
    click.echo(
        f"  site-builder serve -C {folder}    then open http://127.0.0.1:8000 and edit {folder}/content"
    )


@click.command()
@project_option
@strict_option
@guarded
def release(project: Path, *, strict: bool) -> None:
    """Number this edition, and enter its ids into content/ledger.yaml.

    Run it before publishing, and commit the ledger. From then on an id that stands there and is gone
    from the site is an error, unless its record was renamed or retired. Where nothing has changed since
    the last release, nothing is written.

    \b
    The day is that of the clock, in UTC; SOURCE_DATE_EPOCH, in seconds since 1970, wins over it.
    """  # noqa: D301  # \b is click's own sign, a backspace
    from site_builder.build import Options  # noqa: PLC0415
    from site_builder.release import release as run  # noqa: PLC0415
    from site_builder.release import told  # noqa: PLC0415

    moment = present(None)
    released = run(
        Options(project=project, output=project / "public", strict=strict, now=moment), moment.date()
    )
    tell(released.checked, "text")
    if released.ledger is None:
        stop(released.checked, "nothing was released")
    click.echo(told(released))


@click.command()
@click.argument("ident", metavar="ID")
@project_option
@click.option("--why", metavar="TEXT", default="", help="Why it is gone: this is published at its address.")
@click.option(
    "--replaced-by", metavar="KIND:ID", default="", help="The record that stands for it from now on."
)
@click.option("--yes", is_flag=True, help="Do it without asking.")
@guarded
def retract(ident: str, project: Path, why: str, replaced_by: str, *, yes: bool) -> None:
    """Take a record out of the dossier, with all that cannot stand without it.

    What will be done is shown first: records, files and lines. References to it are taken out, links in
    texts become plain words, and everything else stays as it was written. What readers have seen is
    entered into content/retired.yaml, so that its address says that it was withdrawn.

    \b
    ID is a record's id, or kind:id:
      site-builder retract figure:bridges-2021 --why "The source has withdrawn it."
    """  # noqa: D301  # \b is click's own sign, a backspace
    from site_builder.retract import BEYOND, Entry, NotRetractedError, carry_out, planned, told  # noqa: PLC0415

    why = why or click.prompt("Why is it gone? This is published at its address")
    try:
        plan = planned(project, ident, Entry(why=why, day=present(None).date(), replaced_by=replaced_by))
    except NotRetractedError as error:
        raise click.UsageError(f"{error}. {error.repair}".strip()) from None
    click.echo(told(plan))
    if not yes:
        click.confirm("\nDo this?", abort=True)
    checked = carry_out(project, plan)
    tell(checked, "text")
    click.echo(f"\nTaken out. Commit it.\n\n{BEYOND}")
    if checked.issues.has_errors():
        stop(checked, "mend these, then build")
