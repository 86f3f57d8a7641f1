"""The commands that check a dossier and publish it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from site_builder.cache.last_build import Answer, LastBuild, Question
from site_builder.cache.shelf import CACHE, DamagedError, Shelf
from site_builder.cache.standing import Standing
from site_builder.cli.outcomes import (
    content_of,
    told_built,
    told_rehearsal,
    told_taken_up,
    told_unchanged,
    told_unsigned,
)
from site_builder.cli.timing import tell_with
from site_builder.garbage import uncollected
from site_builder.terminal import (
    OUR_FAULT,
    Progress,
    archive_option,
    archive_path,
    base_url_option,
    cache_option,
    fail,
    fail_of_machine,
    format_option,
    guarded,
    integrity_option,
    jobs_option,
    leave_to_the_system,
    mention,
    no_wait_option,
    now_option,
    output_option,
    present,
    project_option,
    shown,
    sound_base_url,
    stop,
    strict_option,
    tell,
    timings_option,
    told_archive,
    told_kept_back,
    verify_option,
)
from site_builder.timings import Timings


@click.command()
@project_option
@output_option
@archive_option
@base_url_option
@integrity_option
@jobs_option
@now_option
@no_wait_option
@strict_option
@cache_option
@verify_option
@timings_option
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
    integrity: bool,
    no_wait: bool,
    strict: bool,
    no_cache: bool,
    verify: bool,
    timings: bool,
    form: str,
) -> None:
    """Check the dossier and publish the site.

    The site is written beside the output folder and put in its place in one step; if the dossier has
    errors, or the disk is full, what is published stays as it is. Files of others in it are kept.
    Where nothing has changed since the last build, nothing is done; what that one noted for this lies in
    the project's .site-builder/, which may be deleted at any time.

    \b
    Examples:
      site-builder build
      site-builder build -C my-dossier -o /srv/www/dossier --base-url https://example.org/dossier/
      site-builder build --strict --format github      in a workflow
      site-builder build --zip                          and public.zip, to hand over
      site-builder build --integrity                    for a host, not for a disk
    """  # noqa: D301  # \b is click's own sign, a backspace
    clock = Timings()
    target = output if output is not None else project / "public"
    base, moment = sound_base_url(base_url), present(now)
    # The list of a rehearsal names its moment.
    options = f"{base} {strict} {integrity} {moment.isoformat() if now else ''}"
    last = None if no_cache else _last_build(project, target, moment, options)
    if last and not archive and not verify and (answer := _known(last, clock)):
        tell_with(answer.told[form], form, clock if timings else None)
        _say(told_unchanged(answer, target, clock.floors["look"]) + told_rehearsal(now and moment), form)
        return
    asked: dict[str, Any] = {"project": project, "output": target, "base_url": base, "now": moment}
    asked |= {"archive": archive_path(archive, target), "integrity": integrity, "strict": strict}
    asked |= {"jobs": jobs, "wait": not no_wait, "verify": verify, "timings": clock, "last": last}
    _build_anew({**asked, "is_rehearsal": bool(now)}, form, clock if timings else None)


@uncollected()
def _build_anew(asked: Mapping[str, Any], form: str, clock: Timings | None) -> None:
    from site_builder.both_ways import DifferenceError  # noqa: PLC0415
    from site_builder.options import Options  # noqa: PLC0415

    jobs = asked["jobs"] or _default_jobs()
    last: LastBuild | None = asked["last"]
    # Where the last build has left something, little may have to be done.
    is_first = not (last and last.shelf.is_ours())
    options = Options(**{**asked, "jobs": jobs, "step": Progress(), "tell": mention})
    try:
        if is_first or not _taken_up(options, form, clock):
            _build(options, form, clock, is_first=is_first)
    except DifferenceError as error:
        problem = f"a build on the last one differs from one from nothing: {error}"
        fail(problem, "nothing was published; please report this, and build with --no-cache", OUR_FAULT)


def _default_jobs() -> int:
    """The number of processes that a machine has room for."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _build(options: Any, form: str, clock: Timings | None, *, is_first: bool) -> None:  # noqa: ANN401
    from site_builder.beforehand import begin  # noqa: PLC0415

    # The texts of a first build are parsed by another process while this one loads its modules.
    with begin(options.project, options.jobs if is_first else 1) as ahead:
        # Before anything is read here: what that process has read is compared with it.
        standing = options.last.standing() if options.last else None
        _build_all(replace(options, ahead=ahead) if is_first else options, standing, form, clock)


def _build_all(
    options: Any,  # noqa: ANN401
    standing: Standing | None,
    form: str,
    clock: Timings | None,
) -> None:
    from site_builder.build import build as run  # noqa: PLC0415
    from site_builder.cache.digests import keep  # noqa: PLC0415
    from site_builder.report import FORMATS  # noqa: PLC0415

    built = run(options)
    leave_to_the_system(built)
    with _told_truly(built, options.output):
        tell_with(FORMATS[form](built.checked.issues, built.checked.texts), form, clock)
        if built.written is None:
            stop(built.checked, f"nothing was published; {shown(options.output)} is as it was")
            return
        further = told_archive(built.archived) + told_unsigned(built.written, options.output)
        further += told_kept_back(built.checked) + told_rehearsal(options.is_rehearsal and options.now)
        _say(told_built(built, options.output) + further, form)
        if options.last and standing:
            answer = _answer(built, options.now)
            options.last.note(answer, standing, built.written.paths)
            keep(options.last, built.digests, answer, standing)


def _taken_up(options: Any, form: str, clock: Timings | None) -> bool:  # noqa: ANN401
    """Takes up edited digests by themselves, if nothing else has changed, and says what came of it."""
    from site_builder.taken_up import take_up  # noqa: PLC0415

    taken = take_up(options)
    if taken is None:
        return False
    tell_with(taken.answer.told[form], form, clock)
    further = told_unsigned(taken.written, options.output)
    further += told_rehearsal(options.is_rehearsal and options.now)
    _say(told_taken_up(taken, options.output) + further, form)
    return True


@contextmanager
def _told_truly(built: Any, output: Path) -> Iterator[None]:  # noqa: ANN401
    """Says that the site is published, if it is, where the machine fails after that."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if built.written is None:
            raise
        fail_of_machine(error, f"{shown(output)} is published; what was to be said of it is not")


def _last_build(project: Path, target: Path, moment: datetime, options: str) -> LastBuild:
    question = Question(project=project, output=target, options=options, present=moment)
    return LastBuild(Shelf(project / CACHE), question)


def _known(last: LastBuild, clock: Timings) -> Answer | None:
    """What the last build said, if it holds; a damaged cache is told in a line, and no reason to stop."""
    try:
        with clock.floor("look"):
            return last.answer()
    except DamagedError:
        mention(f"what lies in {CACHE}/ cannot be used; this build begins afresh")
        return None


def _answer(built: Any, moment: datetime) -> Answer:  # noqa: ANN401
    from site_builder.report import FORMATS  # noqa: PLC0415

    checked = built.checked
    due = checked.kept_back.next_due
    return Answer(
        told={form: words(checked.issues, checked.texts) for form, words in FORMATS.items()},
        pages=built.pages,
        files=built.written.files,
        bytes=built.written.bytes,
        content=content_of(checked),
        kept_back=told_kept_back(checked),
        present=moment.isoformat(),
        next_due=due.isoformat() if due else "",
    )


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
    leave_to_the_system(checked)
    comparison = compare_quotes(checked, project, aloud=form == "text", recording=record)
    tell(checked, form)
    for told in note(comparison, project, present(None).date()) if record else ():
        click.echo(told, err=True)
    quotes = counted_quotes(comparison)
    if not checked.is_sound(strict=strict):
        click.echo(quotes, err=True, nl=bool(quotes))
        stop(checked, "the site cannot be published like this")
    elif form == "text":
        lines = (f"Fine, {counted(checked.issues)}: {content_of(checked)}{told_kept_back(checked)}", quotes)
        click.echo("\n".join(filter(None, lines)))


def _say(told: str, form: str) -> None:
    """Prints what only people read."""
    if form == "text":
        click.echo(told)
