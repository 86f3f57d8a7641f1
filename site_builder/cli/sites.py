"""The commands about sites that are published already."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.terminal import (
    fail,
    guarded,
    mention,
    output_option,
    project_option,
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


@click.command()
@click.argument("place", metavar="DIR|ZIP", type=click.Path(path_type=Path))
@click.option(
    "--signed-by",
    "signers",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="FILE",
    help="Whose signature is good, in the format of allowed_signers; there must be one.",
)
@click.option(
    "--at-least",
    type=click.IntRange(min=0),
    default=0,
    metavar="NUMBER",
    help="The number of the release that it must be, or a later one.",
)
@guarded
def verify(place: Path, signers: Path | None, at_least: int) -> None:
    """Tell whether a copy of a site is what its list says, and who signed the list.

    Every file that is changed, missing, extra or renamed is told. A list that fits its files says only that
    they belong together: that they are the editors' says a signature, and a key that came another way.

    \b
    The exit code is 0 if all is well, and 1 if anything is not.

    \b
    Examples:
      site-builder verify public.zip
      site-builder verify public --signed-by allowed_signers --at-least 3
    """  # noqa: D301  # \b is click's own sign, a backspace
    from site_builder.verify import CannotVerifyError, told  # noqa: PLC0415
    from site_builder.verify import verify as run  # noqa: PLC0415

    try:
        verdict = run(place, signers, at_least)
    except CannotVerifyError as error:
        raise click.UsageError(str(error)) from None
    click.echo(told(verdict, str(place)))
    if not verdict.is_whole:
        raise SystemExit(DIFFERENT)


@click.command()
@click.argument("place", metavar="DIR|ZIP", type=click.Path(path_type=Path))
@click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="A private key of OpenSSH, or the public one of a key that ssh-agent holds.",
)
@guarded
def sign(place: Path, key: Path) -> None:
    """Sign the list of a published site, so that a copy of it can be told from a forgery.

    The site is compared with its list first. The signature, manifest.json.sig, is published with it; a
    later build keeps it as long as no file changes, and takes it away with the first that does.

    \b
    Example:
      site-builder release && site-builder build && site-builder sign public --key ~/.ssh/dossier
    """  # noqa: D301  # \b is click's own sign, a backspace
    from site_builder.sign import NotSignedError  # noqa: PLC0415
    from site_builder.sign import sign as run  # noqa: PLC0415

    try:
        signed = run(place, key)
    except NotSignedError as error:
        fail(str(error), error.repair, DIFFERENT)
    else:
        state = "is signed" if signed.is_new else "was signed like this already"
        click.echo(
            f"{place} {state}: {len(signed.manifest.files):,} files, release {signed.manifest.sequence}"
        )
        if not signed.manifest.is_release:
            note = "the site has no number of its own, by which an older copy of it could be told"
            click.echo(f"note: {note}\n  run 'site-builder release' and 'build' before you sign", err=True)


@click.command()
@project_option
@output_option
@guarded
def purge(project: Path, output: Path | None) -> None:
    """Remove what builds keep on this machine beside the sources and the site.

    That is the cache, .site-builder/, the site from before the last one, which is kept for readers in the
    midst of it, and what runs that were killed left behind. Nothing else is touched.

    Run it after you have taken out something that nobody should find: a draft, a name, a record. Build
    first, so that the site itself is without it.
    """
    from site_builder.purge import purge as run  # noqa: PLC0415

    target = output if output is not None else project / "public"
    outputs = tuple(dict.fromkeys((target, project / "public", project / "public-specimen")))
    removed = run(project, outputs, mention)
    for name in removed:
        click.echo(f"removed {name}")
    if not removed:
        click.echo("There was nothing to remove.")
    left = "backups, the history of git, and what was deployed before: see docs/visibility.md"
    click.echo(f"Not reached: {left}")
