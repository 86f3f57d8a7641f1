"""What every command of the terminal shares: its options, how it tells issues, and how it fails."""

from __future__ import annotations

import functools
import os
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from site_builder import __version__
from site_builder.garbage import never_give_up
from site_builder.rooms import is_unfinished

DOSSIER_HAS_ERRORS = 1
MACHINE_FAILED = 3
OUR_FAULT = 70

# Said by whoever runs a command as a program of its own.
ENDS_AFTERWARDS = object()

_FORMATS = ("text", "json", "github", "sarif")


class Progress:
    """A bar on a terminal for whatever takes longer than a second; nothing in a pipe."""

    def __init__(self) -> None:
        self.start = time.monotonic()
        self.bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        """Shows how far the work is."""
        if self.bar is None and sys.stderr.isatty() and time.monotonic() - self.start > 1:
            self.bar = click.progressbar(length=total, label="pages", file=sys.stderr)
            self.bar.update(done - 1)
        if self.bar is not None:
            self.bar.length = total
            self.bar.update(1)
            if done == total:
                self.bar.render_finish()


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Turns what goes wrong outside the dossier into a sentence and an exit code."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> None:  # noqa: ANN401
        try:
            if "project" in options:
                _mend(options.get("output") or options["project"] / "public")
            command(*args, **options)
        except BrokenPipeError:
            # Whoever reads what is told has enough of it: click ends without a word.
            raise
        except OSError as error:
            fail_of_machine(error, "nothing was published; check space and permissions")
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001  # whatever is left is our own mistake, and must be told as such
            _fail_with_refusal(error)
            _fail_with_our_fault(error)

    return run


def _mend(output: Path) -> None:
    """Puts in order what a killed publication has left, first of all: what is others' is where it was."""
    if not is_unfinished(output):
        return
    from site_builder.write import OutputError, mend  # noqa: PLC0415

    try:
        mend(output, mention)
    except (OSError, OutputError) as error:
        # Only who publishes there has to stop for it, and does.
        mention(str(error))


def _fail_with_refusal(error: Exception) -> None:
    """Tells of an output that is not written to; returns where it was none of that."""
    # Imported here, as a build that finds nothing changed has no need of what writes.
    from site_builder.write import ArchiveError, BusyError, OutputError  # noqa: PLC0415

    if isinstance(error, OutputError):
        is_machines = isinstance(error, BusyError | ArchiveError)
        code = MACHINE_FAILED if is_machines else click.UsageError.exit_code
        fail(str(error), error.repair, code)


def leave_to_the_system(made: object) -> None:
    """Lets a program that ends with this command not give up what the command has made."""
    context = click.get_current_context(silent=True)
    if context and context.obj is ENDS_AFTERWARDS:
        never_give_up(made)


def mention(told: str) -> None:
    """Says in a line what a run waits for, or what it had to mend."""
    click.echo(f"note: {told}", err=True)


def fail(problem: str, repair: str, code: int) -> None:
    """Tells a problem and its repair, and ends with that exit code."""
    click.echo(f"error: {problem}\n  {repair}", err=True)
    raise SystemExit(code)


def fail_of_machine(error: OSError, consequence: str) -> None:
    """Tells what the system refused and where, and what follows from it, and ends."""
    where = f" ({error.filename})" if error.filename else ""
    fail(f"{error.strerror or error}{where}", consequence, MACHINE_FAILED)


def _fail_with_our_fault(error: Exception) -> None:
    """Tells where in our code it went wrong, and nothing of the dossier."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site_builder" in frame.filename]
    at = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in ours[-3:])
    click.echo(f"site-builder {__version__} has a fault of its own: {type(error).__name__} at {at}", err=True)
    whole = "The site is whole, as it was or new."
    click.echo(f"  {whole} Please report the line above; it holds nothing of the dossier.", err=True)
    raise SystemExit(OUR_FAULT)


project_option = click.option(
    "-C",
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    show_default="this folder",
    help="The folder that holds content/.",
)
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    show_default="public, in the project",
    help="The folder to publish into.",
)
archive_option = click.option(
    "--zip",
    "archive",
    type=click.Path(path_type=Path),
    is_flag=False,
    flag_value=Path(),
    default=None,
    metavar="[FILE]",
    help="Also pack the site into one file to hand over; without a name, beside the output.",
)
base_url_option = click.option(
    "--base-url",
    metavar="URL",
    default=None,
    help="Where the site will stand, such as https://example.org/dossier/. Wins over site.yaml.",
)
integrity_option = click.option(
    "--integrity",
    is_flag=True,
    help="Let pages say which bytes their scripts and styles must have: for a site that is served.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    show_default="one per core",
    help="How many processes to render with, as far as there is memory for them.",
)
no_wait_option = click.option(
    "--no-wait",
    is_flag=True,
    help="Stop, with exit code 3, where another run is publishing into the same folder.",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="How issues are told: to people, to programs, on GitHub, to SARIF readers.",
)
now_option = click.option(
    "--now",
    metavar="INSTANT",
    default=None,
    show_default="the clock",
    help="Take this for the present, to rehearse an embargo: 2026-12-01T09:00+01:00.",
)
strict_option = click.option("--strict", is_flag=True, help="Count warnings as errors.")


def sound_base_url(base_url: str | None) -> str | None:
    """Returns the base URL as given; refuses what is not a whole web address."""
    from site_builder.outward import misaddressing  # noqa: PLC0415

    if base_url and misaddressing(base_url, onion=True):
        message = f"'{base_url}' is not a web address: write it whole, as in https://example.org/dossier/"
        raise click.BadParameter(message, param_hint="--base-url")
    return base_url


def present(now: str | None) -> datetime:
    """Returns what a run takes for the present: the moment given, else SOURCE_DATE_EPOCH, else the clock."""
    if now is not None:
        from site_builder.values import read_instant  # noqa: PLC0415

        try:
            return read_instant(now)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--now") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is '{epoch}', which is no number of seconds since 1970"
        raise click.UsageError(message) from None


def archive_path(archive: Path | None, output: Path) -> Path | None:
    """Returns where the ZIP file goes: where it was asked to, or beside the output under its name."""
    return output.with_name(f"{output.name}.zip") if archive == Path() else archive


def told_archive(archived: Any) -> str:  # noqa: ANN401  # an Archived, whose module is not loaded for --help
    """Returns a further line on the archive, with the sum that whoever gets it can compare."""
    if archived is None:
        return ""
    path = shown(archived.path).rstrip("/")
    return f"\nPacked {path}: {archived.bytes / 1_000_000:.1f} MB, sha256 {archived.sha256}"


def told_kept_back(checked: Any) -> str:  # noqa: ANN401
    """Returns a second line on what is kept back, for the terminal alone; empty where nothing is."""
    from site_builder.report import kept_back  # noqa: PLC0415

    hidden = checked.kept_back
    told = kept_back(hidden.drafts, hidden.embargoed, hidden.next_due)
    return f"\n{told}" if told else ""


cache_option = click.option(
    "--no-cache", is_flag=True, help="Take nothing from the last build, and note nothing for the next."
)

verify_option = click.option(
    "--verify",
    is_flag=True,
    help="Build from nothing as well, and publish only if both builds give the same bytes.",
)

timings_option = click.option(
    "--timings",
    is_flag=True,
    help="Tell where the time went; with --format json, issues and timings are one object.",
)


def tell(checked: Any, form: str) -> None:  # noqa: ANN401  # a Checked, whose module is not loaded for --help
    """Prints the issues in the form asked for: texts for people on stderr, all else on stdout."""
    from site_builder.report import FORMATS  # noqa: PLC0415

    tell_again(FORMATS[form](checked.issues, checked.texts), form)


def tell_again(told: str, form: str) -> None:
    """Prints issues that have been put into words."""
    if told:
        click.echo(told, err=form == "text")


def stop(checked: Any, consequence: str) -> None:  # noqa: ANN401
    """Tells how many issues there are and what follows from them, and ends."""
    from site_builder.report import counted  # noqa: PLC0415

    click.echo(f"{counted(checked.issues)}: {consequence}", err=True)
    raise SystemExit(DOSSIER_HAS_ERRORS)


def shown(path: Path) -> str:
    """Returns the path as the author knows it: relative to where they stand, if it lies below."""
    relative = os.path.relpath(path)
    return f"{path if relative.startswith('..') else relative}/"


def tell_theme(project: Path, name: str, output: Path) -> None:
    """Draws a theme, and tells its issues and where to look."""
    from site_builder.issues import IssueLog  # noqa: PLC0415
    from site_builder.read.theme import ThemeError, theme_texts  # noqa: PLC0415
    from site_builder.report import as_text, counted  # noqa: PLC0415
    from site_builder.specimen import PAGE, show_theme  # noqa: PLC0415

    issues, examples, is_written = IssueLog(), 0, False
    try:
        made = show_theme(project, name, output)
        issues, examples, is_written = made.issues, made.examples, made.written is not None
    except ThemeError as error:
        issues.extend([error.issue])
    click.echo(as_text(issues, theme_texts(project, issues)), err=True, nl=False)
    if not is_written:
        click.echo(f"{counted(issues)}: nothing was drawn", err=True)
        raise SystemExit(DOSSIER_HAS_ERRORS)
    click.echo(f"Drew the theme {name} in {examples} examples: open {shown(output)}{PAGE}")
