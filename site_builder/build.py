"""The order of the program: six floors, and where a run stops."""

from __future__ import annotations

import gc
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from site_builder.issues import IssueLog
from site_builder.link import Index, link
from site_builder.model import Dossier
from site_builder.plan import SitePlan, plan
from site_builder.plan.addresses import MANIFEST, SIGNATURE
from site_builder.read import read
from site_builder.read.theme import Theme, ThemeError, read_theme, theme_texts
from site_builder.render import (
    Artifact,
    TemplateFaultError,
    archive,
    folder_name,
    render,
    template_issues,
    with_integrity,
    with_manifest,
)
from site_builder.validate import (
    NOTHING_KEPT_BACK,
    KeptBack,
    check_withheld,
    kept_back,
    published,
    validate,
    withheld_names,
)
from site_builder.write import Publication, Written, check_archive, publication, write_archive

# Before every moment that an author can write: a run that knows no time of day keeps every embargo.
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


def no_step(done: int, total: int) -> None:
    """Tell nobody how far the work is."""


def no_word(_: str) -> None:
    """Tell nobody what a run waits for, or what it had to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run is asked for.

    `project` holds `content/`; `base_url` wins over the one of `site.yaml` where it is not None; `jobs` is
    the number of processes to render with; `step` is told how many of the pages are done. What is due after
    `now`, a moment with its time zone, is kept back; without one every embargo holds. `archive` is the ZIP
    file that the site is put into as well, if any. With `integrity` the pages that are published, which
    then must be served, say which bytes their scripts and style sheets must have. Where another run
    publishes into the same output, this one waits with `wait`; `tell` is told of it.
    """

    project: Path
    output: Path
    base_url: str | None = None
    jobs: int = 1
    strict: bool = False
    step: Callable[[int, int], None] = no_step
    now: datetime | None = None
    archive: Path | None = None
    wait: bool = True
    tell: Callable[[str], None] = no_word
    integrity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A dossier as far as it could be taken; what issues stopped the run before is None.

    `kept_back` says what the filter dropped, and `unfiltered` is the dossier before it: both are for the
    author's terminal alone.
    """

    issues: IssueLog
    texts: Mapping[str, str]
    dossier: Dossier | None = None
    index: Index | None = None
    plan: SitePlan | None = None
    theme: Theme | None = None
    kept_back: KeptBack = NOTHING_KEPT_BACK
    unfiltered: Dossier | None = None

    def is_sound(self, *, strict: bool) -> bool:
        """True if nothing forbids publishing; `strict` counts warnings as errors."""
        return not (self.issues.has_errors() or (strict and len(self.issues)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """The file to hand over: its size, and its sum, by which whoever gets it can tell that it is whole."""

    path: Path
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The outcome of a build; `written` is None where nothing was published, `archived` where no file was."""

    checked: Checked
    written: Written | None
    seconds: float
    archived: Archived | None = None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave out the search for cycles: what a run makes lives to its end, and is millions of values."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_uncollected()
def check(options: Options) -> Checked:
    """Read, validate, link and plan a dossier, and return it with every issue found."""
    issues = IssueLog()
    raw = read(options.project, issues)
    whole = validate(raw, issues)
    if whole is None:
        return Checked(issues=issues, texts=raw.texts)
    now = options.now or _BEFORE_ALL
    hidden = kept_back(whole, now)
    dossier = published(whole, now, issues)
    check_withheld(dossier, withheld_names(raw), issues)
    if issues.has_errors():
        return Checked(issues=issues, texts=raw.texts, kept_back=hidden, unfiltered=whole)
    index = link(dossier, issues)
    if issues.has_errors():
        return Checked(issues=issues, texts=raw.texts, index=index, kept_back=hidden, unfiltered=whole)
    theme = _theme(options.project, dossier.site.theme, issues)
    texts = {**raw.texts, **theme_texts(options.project, issues)}
    if theme is None:
        return Checked(issues=issues, texts=texts, index=index, kept_back=hidden, unfiltered=whole)
    base_url = options.base_url if options.base_url is not None else dossier.site.base_url or ""
    planned = plan(index, theme, base_url, issues)
    return Checked(
        issues=issues,
        texts=texts,
        dossier=dossier,
        index=index,
        plan=planned,
        theme=theme,
        kept_back=hidden,
        unfiltered=whole,
    )


def _theme(project: Path, name: str, issues: IssueLog) -> Theme | None:
    try:
        theme = read_theme(project, name)
    except ThemeError as error:
        issues.extend([error.issue])
        return None
    issues.extend((*theme.issues, *template_issues(theme)))
    return theme


@_uncollected()
def build(options: Options) -> Built:
    """Check a dossier and publish it; an unsound one changes nothing. Raises `OutputError`."""
    start = time.perf_counter()
    written, archived = None, None
    if options.archive:
        check_archive(options.archive, options.output, options.project)
    with publication(options.output, options.project, wait=options.wait, tell=options.tell) as place:
        checked = check(options)
        if checked.plan and checked.theme and checked.is_sound(strict=options.strict):
            try:
                written, archived = _publish(checked.plan, checked.theme, options, place)
            except TemplateFaultError as fault:
                checked.issues.extend([fault.issue])
                texts = {**checked.texts, **theme_texts(options.project, [fault.issue])}
                checked = replace(checked, texts=texts)
    return Built(checked=checked, written=written, seconds=time.perf_counter() - start, archived=archived)


def _publish(
    planned: SitePlan, theme: Theme, options: Options, place: Publication
) -> tuple[Written, Archived | None]:
    total = len(planned.paths)
    done = iter(range(1, total + 1))
    rendered = render(planned, theme, options.jobs, lambda: options.step(next(done), total))
    if not options.archive and not options.integrity:
        return place.publish(_vouched(rendered, planned, options.output), planned.site.title), None
    kept = tuple(rendered)
    top = folder_name(planned)
    packed = archive(_vouched(kept, planned, options.output), top) if options.archive else b""
    served = with_integrity(kept) if options.integrity else kept
    written = place.publish(_vouched(served, planned, options.output), planned.site.title)
    return written, _archive(packed, options.archive) if options.archive else None


def _vouched(artifacts: Iterable[Artifact], planned: SitePlan, output: Path) -> Iterator[Artifact]:
    """The files, their list, and the signature that the output has, if it holds for this very list."""
    for artifact in with_manifest(artifacts, planned):
        yield artifact
        if artifact.path == MANIFEST:
            with suppress(OSError):
                if (output / MANIFEST).read_bytes() == artifact.content:
                    yield Artifact(SIGNATURE, (output / SIGNATURE).read_bytes())


def _archive(packed: bytes, path: Path) -> Archived:
    write_archive(packed, path)
    return Archived(path=path, bytes=len(packed), sha256=hashlib.sha256(packed).hexdigest())


def default_jobs() -> int:
    """The number of processes that a machine has room for."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
