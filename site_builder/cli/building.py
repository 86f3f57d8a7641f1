"""The commands that check a dossier and publish it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from site_builder.terminal import (
    Progress,
    archive_option,
    archive_path,
    base_url_option,
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


@click.command()
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


@click.command()
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
