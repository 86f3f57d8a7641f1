"""The command line. Each command imports what it needs when it runs, so that `--help` answers at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from site_builder import __version__
from site_builder.terminal import (
    Progress,
    archive_option,
    archive_path,
    base_url_option,
    fail,
    format_option,
    guarded,
    jobs_option,
    now_option,
    output_option,
    present,
    project_option,
    shown,
    sound_base_url,
    stop,
    strict_option,
    tell,
    told_archive,
    told_kept_back,
)

# As git has it.
DIFFERENT = 1


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


@main.command()
@project_option
@output_option
@archive_option
@base_url_option
@jobs_option
@now_option
@strict_option
@format_option
@guarded
def build(
    project: Path,
    output: Path | None,
    archive: Path | None,
    base_url: str | None,
    jobs: int | None,
    now: str | None,
    *,
    strict: bool,
    form: str,
) -> None:
    """Check the dossier and publish the site.

    The site is written beside the output folder and put in its place in one step; if the dossier has
    errors, what is published stays as it is. Files that site-builder did not make are never touched.

    \b
    Examples:
      site-builder build
      site-builder build -C my-dossier -o /srv/www/dossier --base-url https://example.org/dossier/
      site-builder build --strict --format github      in a workflow
      site-builder build --zip                          and public.zip, to hand over
    """  # noqa: D301  # \b is click's own sign, a backspace
    from site_builder.build import Options, default_jobs  # noqa: PLC0415
    from site_builder.build import build as run  # noqa: PLC0415

    target = output if output is not None else project / "public"
    options = Options(
        project=project,
        output=target,
        base_url=sound_base_url(base_url),
        jobs=jobs or default_jobs(),
        strict=strict,
        step=Progress(),
        now=present(now),
        archive=archive_path(archive, target),
    )
    built = run(options)
    tell(built.checked, form)
    if built.written is None:
        stop(built.checked, f"nothing was published; {shown(target)} is as it was")
    elif form == "text":
        click.echo(_built(built, target) + told_archive(built.archived) + told_kept_back(built.checked))


@main.command()
@project_option
@base_url_option
@now_option
@click.option(
    "--record", is_flag=True, help="Note in the sources what their quotes were compared with, and when."
)
@strict_option
@format_option
@guarded
def check(
    project: Path, base_url: str | None, now: str | None, *, record: bool, strict: bool, form: str
) -> None:
    """Check the dossier without rendering or publishing anything.

    Every mistake of every file is told in one run, with file, line, column and what to write instead.
    What each code means stands in docs/issues.md.

    Quotes are compared word for word with the kept texts of their sources, content/captures/ID.txt, where
    there are any: see docs/quotes.md. Each source whose quotes all stand in its kept text can be given the
    text's SHA-256 sum and the day, in UTC, as its 'capture:'; nothing else in its file changes.
    """
    from site_builder.build import Options  # noqa: PLC0415
    from site_builder.build import check as run  # noqa: PLC0415
    from site_builder.comparing import compare_quotes, counted_quotes, note  # noqa: PLC0415
    from site_builder.report import counted  # noqa: PLC0415

    options = Options(
        project=project,
        output=project / "public",
        base_url=sound_base_url(base_url),
        strict=strict,
        now=present(now),
    )
    checked = run(options)
    comparison = compare_quotes(checked, project, aloud=form == "text", recording=record)
    tell(checked, form)
    for told in note(comparison, project, present(None).date()) if record else ():
        click.echo(told, err=True)
    quotes = counted_quotes(comparison)
    if not checked.is_sound(strict=strict):
        click.echo(quotes, err=True, nl=bool(quotes))
        stop(checked, "the site cannot be published like this")
    elif form == "text":
        lines = (f"Fine, {counted(checked.issues)}: {_content(checked)}{told_kept_back(checked)}", quotes)
        click.echo("\n".join(filter(None, lines)))


@main.command()
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


@main.command()
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


@main.command()
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


@main.command()
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


@main.command()
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


@main.command()
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


def _content(checked: Any) -> str:  # noqa: ANN401
    from site_builder.report import summary  # noqa: PLC0415

    index = checked.index
    articles = len(index.articles)
    counts = {
        "article": articles,
        "other source": len(index.sources) - articles,
        "region": len(index.regions),
        "event": len(index.events),
        "figure": len(index.figures),
        "quote": len(index.quotes),
    }
    return summary(counts) or "an empty dossier"


def _built(built: Any, target: Path) -> str:  # noqa: ANN401
    written, pages = built.written, len(built.checked.plan.paths)
    size = f"{written.bytes / 1_000_000:.1f} MB"
    if written.is_unchanged:
        changes = "nothing had changed"
    else:
        named = (("new", written.added), ("changed", written.changed), ("removed", written.removed))
        changes = ", ".join(f"{len(paths):,} {word}" for word, paths in named if paths)
    return (
        f"Built {shown(target)}: {pages:,} pages, {written.files:,} files ({changes}), {size}, "
        f"from {_content(built.checked)}, in {built.seconds:.1f} s"
    )
