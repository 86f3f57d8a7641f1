"""The command line. Each command imports what it needs when it runs, so that `--help` answers at once."""

from __future__ import annotations

import functools
import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from site_builder import __version__

DOSSIER_HAS_ERRORS = 1
MACHINE_FAILED = 3
OUR_FAULT = 70

_FORMATS = ("text", "json", "github", "sarif")


class _Progress:
    """A bar on a terminal for whatever takes longer than a second; nothing in a pipe."""

    def __init__(self) -> None:
        self.start = time.monotonic()
        self.bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        if self.bar is None and sys.stderr.isatty() and time.monotonic() - self.start > 1:
            self.bar = click.progressbar(length=total, label="pages", file=sys.stderr)
            self.bar.update(done - 1)
        if self.bar is not None:
            self.bar.update(1)
            if done == total:
                self.bar.render_finish()


def _guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Turn what goes wrong outside the dossier into a sentence and an exit code."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> None:  # noqa: ANN401
        # Imported here with the rest of what a command needs.
        from site_builder.write import OutputError  # noqa: PLC0415

        try:
            command(*args, **options)
        except OutputError as error:
            _fail(str(error), error.repair, click.UsageError.exit_code)
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            _fail(
                f"{error.strerror or error}{where}",
                "nothing was published; check space and permissions",
                MACHINE_FAILED,
            )
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001  # whatever is left is our own mistake, and must be told as such
            _fail_with_our_fault(error)

    return run


def _fail(problem: str, repair: str, code: int) -> None:
    click.echo(f"error: {problem}\n  {repair}", err=True)
    raise SystemExit(code)


def _fail_with_our_fault(error: Exception) -> None:
    """Tell where in our code it went wrong, and nothing of the dossier."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site_builder" in frame.filename]
    at = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in ours[-3:])
    click.echo(f"site-builder {__version__} has a fault of its own: {type(error).__name__} at {at}", err=True)
    click.echo("  Nothing was published. Please report this line; it holds nothing of the dossier.", err=True)
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
base_url_option = click.option(
    "--base-url",
    metavar="URL",
    default=None,
    help="Where the site will stand, such as https://example.org/dossier/. Wins over site.yaml.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    show_default="one per core",
    help="How many processes to render with.",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="How issues are told: to people, to programs, on GitHub, to SARIF readers.",
)
strict_option = click.option("--strict", is_flag=True, help="Count warnings as errors.")


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
@base_url_option
@jobs_option
@strict_option
@format_option
@_guarded
def build(
    project: Path, output: Path | None, base_url: str | None, jobs: int | None, *, strict: bool, form: str
) -> None:
    """Check the dossier and publish the site.

    The site is written beside the output folder and put in its place in one step; if the dossier has
    errors, what is published stays as it is. Files that site-builder did not make are never touched.

    \b
    Examples:
      site-builder build
      site-builder build -C my-dossier -o /srv/www/dossier --base-url https://example.org/dossier/
      site-builder build --strict --format github      in a workflow
    """  # noqa: D301  # \b is click's own sign, a backspace
    from site_builder.build import Options, default_jobs  # noqa: PLC0415
    from site_builder.build import build as run  # noqa: PLC0415

    target = output if output is not None else project / "public"
    options = Options(
        project=project,
        output=target,
        base_url=_sound_base_url(base_url),
        jobs=jobs or default_jobs(),
        strict=strict,
        step=_Progress(),
    )
    built = run(options)
    _tell(built.checked, form)
    if built.written is None:
        _stop(built.checked, f"nothing was published; {_shown(target)} is as it was")
    elif form == "text":
        click.echo(_built(built, target))


@main.command()
@project_option
@base_url_option
@strict_option
@format_option
@_guarded
def check(project: Path, base_url: str | None, *, strict: bool, form: str) -> None:
    """Check the dossier without rendering or writing anything.

    Every mistake of every file is told in one run, with file, line, column and what to write instead.
    What each code means stands in docs/issues.md.
    """
    from site_builder.build import Options  # noqa: PLC0415
    from site_builder.build import check as run  # noqa: PLC0415
    from site_builder.report import counted  # noqa: PLC0415

    options = Options(
        project=project, output=project / "public", base_url=_sound_base_url(base_url), strict=strict
    )
    checked = run(options)
    _tell(checked, form)
    if not checked.is_sound(strict=strict):
        _stop(checked, "the site cannot be published like this")
    elif form == "text":
        click.echo(f"Fine, {counted(checked.issues)}: {_content(checked)}")


@main.command()
@project_option
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@_guarded
def serve(project: Path, port: int, *, open_browser: bool) -> None:
    """Build, serve on this machine alone, and reload the browser after every save.

    A save with a mistake in it keeps the last good site up and shows the issues, in the page and here.
    The server listens on 127.0.0.1 and answers nobody else. Nothing of the project's public/ is touched.
    """
    from site_builder.serve import serve as run  # noqa: PLC0415

    run(project, port=port, open_browser=open_browser)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@_guarded
def new(folder: Path) -> None:
    """Start a dossier in DIR: a small one that builds, with an example of everything."""
    from site_builder.new import start_dossier  # noqa: PLC0415

    files = start_dossier(folder)
    click.echo(f"Started a dossier in {_shown(folder)}: {len(files)} files. Next:")
    click.echo(
        f"  site-builder serve -C {folder}    then open http://127.0.0.1:8000 and edit {folder}/content"
    )


@main.command()
@click.argument("ident", metavar="ID")
@project_option
@_guarded
def show(ident: str, project: Path) -> None:
    """Show a record: where it is written, what it rests on, and what rests on it.

    \b
    ID is a record's id, or kind:id:
      site-builder show my-event
      site-builder show figure:bridges-2021
    """  # noqa: D301  # \b is click's own sign, a backspace
    from site_builder.build import Options  # noqa: PLC0415
    from site_builder.build import check as run  # noqa: PLC0415
    from site_builder.show import describe, find  # noqa: PLC0415

    checked = run(Options(project=project, output=project / "public"))
    if checked.index is None or checked.issues.has_errors():
        _tell(checked, "text")
        _stop(checked, "mend these first: a record is shown with all that it is linked to")
    else:
        reference, repair = find(ident, checked.index)
        if not reference:
            raise click.UsageError(f"no record has the id '{ident}'. {repair}".strip())
        click.echo(describe(reference, checked.index))


def _sound_base_url(base_url: str | None) -> str | None:
    if base_url and not base_url.startswith(("http://", "https://")):
        message = f"'{base_url}' is not a web address: write it whole, as in https://example.org/dossier/"
        raise click.BadParameter(message, param_hint="--base-url")
    return base_url


def _tell(checked: Any, form: str) -> None:  # noqa: ANN401  # a Checked, whose module is not loaded for --help
    from site_builder.report import FORMATS  # noqa: PLC0415

    told = FORMATS[form](checked.issues, checked.texts)
    if told:
        click.echo(told, err=form == "text")


def _stop(checked: Any, consequence: str) -> None:  # noqa: ANN401
    from site_builder.report import counted  # noqa: PLC0415

    click.echo(f"{counted(checked.issues)}: {consequence}", err=True)
    raise SystemExit(DOSSIER_HAS_ERRORS)


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
    written, pages = built.written, len(built.checked.plan.pages)
    size = f"{written.bytes / 1_000_000:.1f} MB"
    if written.is_unchanged:
        changes = "nothing had changed"
    else:
        named = (("new", written.added), ("changed", written.changed), ("removed", written.removed))
        changes = ", ".join(f"{len(paths):,} {word}" for word, paths in named if paths)
    return (
        f"Built {_shown(target)}: {pages:,} pages, {written.files:,} files ({changes}), {size}, "
        f"from {_content(built.checked)}, in {built.seconds:.1f} s"
    )


def _shown(path: Path) -> str:
    """The path as the author knows it: relative to where they stand, if it lies below."""
    relative = os.path.relpath(path)
    return f"{path if relative.startswith('..') else relative}/"
