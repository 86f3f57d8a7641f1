"""The order of the program: six floors, and where a run stops."""

from __future__ import annotations

import hashlib
import sys
import time
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from site_builder.beforehand import compile_templates, parsing
from site_builder.both_ways import check_equal
from site_builder.cache.codes import basis, keep_codes, take_kept
from site_builder.cache.digests import Digests
from site_builder.cache.pages import remember, remembered
from site_builder.cache.ready import make_ready, take_ready
from site_builder.cache.shelf import CACHE, DamagedError
from site_builder.cache.tool import tool_sum
from site_builder.digests import Fronts, digests_of, fronts, is_all_shown, watch
from site_builder.garbage import uncollected
from site_builder.headroom import with_memory_for
from site_builder.issues import IssueLog
from site_builder.link import Index, link
from site_builder.model import Dossier, Site
from site_builder.options import Options
from site_builder.plan import SitePlan, plan
from site_builder.plan.addresses import MANIFEST, SIGNATURE
from site_builder.plan.views import are_kept
from site_builder.read import RawContent, TextsOfFiles, read
from site_builder.read.theme import Theme, ThemeError, read_theme, theme_texts
from site_builder.render import (
    Artifact,
    File,
    Known,
    Memory,
    Remembered,
    TemplateFaultError,
    folder_name,
    render,
    render_again,
    template_issues,
    with_integrity,
    with_manifest,
)
from site_builder.render.archive import archive
from site_builder.timings import Timings
from site_builder.validate import (
    NOTHING_KEPT_BACK,
    KeptBack,
    check_withheld,
    kept_back,
    published,
    validate,
    withheld_names,
)
from site_builder.write import Publication, Written, check_archive, following_archive, publication

__all__ = ["Archived", "Built", "Checked", "Options", "build", "check", "from_nothing", "whole"]

# Before every moment that an author can write: a run that knows no time of day keeps every embargo.
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A dossier as far as it could be taken; what issues stopped the run before is None.

    `kept_back` says what the filter dropped, `unfiltered` is the dossier before it, and `raw` all that was
    read, if that was asked for: these are for the author's own machine alone. `fronts` is there where the
    next build may take up digests by themselves.
    """

    issues: IssueLog
    texts: Mapping[str, str]
    dossier: Dossier | None = None
    index: Index | None = None
    plan: SitePlan | None = None
    theme: Theme | None = None
    kept_back: KeptBack = NOTHING_KEPT_BACK
    unfiltered: Dossier | None = None
    raw: RawContent | None = None
    fronts: Fronts | None = None

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
    """The outcome of a build; `written` is None where nothing was published, `archived` where no file was.

    `pages` counts the pages of the site; `digests` is what the next build can take up edited digests by.
    """

    checked: Checked
    written: Written | None
    seconds: float
    pages: int = 0
    archived: Archived | None = None
    digests: Digests | None = None


@uncollected()
def check(options: Options) -> Checked:
    """Reads, validates, links and plans a dossier, and returns it with every issue found."""
    issues, floor = IssueLog(), options.timings.floor
    with floor("read"), parsing(options.project, options.jobs, options.ahead) as ahead:
        raw = read(options.project, issues, ahead)
    texts = raw.texts if options.keeps_raw else TextsOfFiles(options.project, raw.texts)
    kept, withheld = raw if options.keeps_raw else None, withheld_names(raw)
    above = fronts(raw, withheld) if options.last else None
    # Whoever validates has the only one, and gives up node after node: they are most of what is in memory.
    only = [raw]
    del raw
    with floor("validate"):
        whole = validate(only.pop(), issues)
        if whole is None:
            return Checked(issues=issues, texts=texts)
        now = options.now or _BEFORE_ALL
        hidden = kept_back(whole, now)
        dossier = published(whole, now, issues)
        check_withheld(dossier, withheld, issues)
    found = Checked(issues=issues, texts=texts, kept_back=hidden, unfiltered=whole)
    if issues.has_errors():
        return found
    with floor("link"):
        index = link(dossier, issues)
    if issues.has_errors():
        return replace(found, index=index)
    with floor("theme"):
        theme = _theme(options, dossier.site, issues)
        texts = ChainMap(dict(theme_texts(options.project, issues)), texts)  # type: ignore[arg-type]  # nobody writes to it
    found = replace(found, texts=texts, index=index)
    if theme is None:
        return found
    base_url = options.base_url if options.base_url is not None else dossier.site.base_url or ""
    with floor("plan"):
        planned = plan(index, theme, base_url, issues)
    above = above if is_all_shown(hidden) else None
    return replace(found, dossier=dossier, plan=planned, theme=theme, raw=kept, fronts=above)


def _with_texts_told(checked: Checked) -> Checked:
    """Keeps the texts that issues show lines of: whoever builds a large dossier has no room for all."""
    named = {issue.place.path for issue in checked.issues}
    return replace(checked, texts={path: checked.texts[path] for path in named if path in checked.texts})


def _theme(options: Options, site: Site, issues: IssueLog) -> Theme | None:
    try:
        theme = read_theme(options.project, site.theme)
    except ThemeError as error:
        issues.extend([error.issue])
        return None
    issues.extend(theme.issues)
    # What was found sound is so as long as it reads the same.
    if not (options.last and take_kept(options.last.shelf, theme, tool_sum())):
        issues.extend(template_issues(theme))
        take_ready(theme, map(str, site.languages))
    return theme


@uncollected()
def build(options: Options) -> Built:
    """Checks a dossier and publishes it; an unsound one changes nothing. Raises `OutputError`."""
    start = time.perf_counter()
    written, archived, digests, counter = None, None, None, _Counter(options.step)
    if options.archive:
        check_archive(options.archive, options.output, options.project)
    with publication(options.output, options.project, wait=options.wait, tell=options.tell) as place:
        checked = _with_texts_told(check(options))
        if checked.plan and checked.theme and checked.is_sound(strict=options.strict):
            try:
                memory = _memory(options, place, checked)
                written, archived = _publish(checked.plan, checked.theme, options, place, counter, memory)
                facts = (checked.index, checked.fronts, checked.issues)
                made = written.listed, basis(checked.theme, memory.tool)
                digests = digests_of(*facts, checked.plan, memory, made)
            except TemplateFaultError as fault:
                checked.issues.extend([fault.issue])
                texts = {**checked.texts, **theme_texts(options.project, [fault.issue])}
                checked = replace(checked, texts=texts)
    return Built(
        checked=checked,
        written=written,
        seconds=time.perf_counter() - start,
        pages=counter.pages,
        archived=archived,
        digests=digests,
    )


def _publish(
    planned: SitePlan,
    theme: Theme,
    options: Options,
    place: Publication,
    counter: _Counter,
    memory: Memory,
) -> tuple[Written, Archived | None]:
    if options.ahead:
        with options.timings.floor("render"):
            compile_templates(options.ahead, theme, [one.site.language for one in planned.languages])
    with options.timings.floor("write"):
        packed = b""
        rendered = render_again(planned, theme, with_memory_for(options.jobs), counter, memory)
        files = options.timings.on_floor("render", rendered)
        if options.archive or options.verify or options.integrity:
            every = tuple(whole(file, options.output) for file in files)
            if options.verify:
                check_equal(every, from_nothing(options))
            if options.archive:
                packed = archive(_vouched(every, planned, options), folder_name(planned))
            files = iter(with_integrity(every) if options.integrity else every)
        site = _vouched(files, planned, options)
        with _following(packed, options.archive) as put_archive:
            written = place.publish(site, planned.site.title)
            if options.last:
                remember(options.last, memory.now)
                keep_codes(options.last.shelf, theme, tool_sum(), planned.spoken)
                # As Python does with code of its own, and where it may.
                make_ready(theme, () if sys.dont_write_bytecode else planned.spoken)
            put_archive()
        return written, _archived(packed, options.archive) if options.archive else None


class _Counter:
    """Counts the pages that are made, and tells how far that is."""

    def __init__(self, step: Callable[[int, int], None]) -> None:
        self.step = step
        self.pages = 0

    def __call__(self, total: int) -> None:
        self.pages += 1
        self.step(self.pages, total)


def _memory(options: Options, place: Publication, checked: Checked) -> Memory:
    """What is remembered of the files that stand in the output as they were made; damage is told."""
    has_room = with_memory_for(2) > 1
    # To sum up views that are made again for each page takes longer than to make the pages.
    if options.last is None or not (has_room or (checked.index and are_kept(checked.index))):
        return Memory(timings=options.timings)
    before: Mapping[str, Remembered] = {}
    standing = {path: one.sha256 for path, one in place.standing.items()}
    try:
        before = remembered(options.last, standing)
    except DamagedError:
        options.tell(f"what lies in {CACHE}/ cannot be used; this build begins afresh")
    memory = Memory(tool=tool_sum(), before=before, has_room=has_room, timings=options.timings)
    # What edited digests are taken up with is as much as all digests: it is kept where there is room for it.
    if checked.index and checked.fronts and not options.integrity and has_room:
        watch(memory, checked.index, options.last)
    return memory


def whole(file: Artifact | Known, output: Path) -> Artifact:
    """Returns a file with its bytes; those of one that is known stand in the output."""
    return file if isinstance(file, Artifact) else Artifact(file.path, (output / file.path).read_bytes())


def from_nothing(options: Options) -> Iterator[Artifact]:
    """Yields the files of a build that takes nothing from the last one."""
    anew = check(replace(options, last=None, ahead=None, timings=Timings()))
    if anew.plan and anew.theme:
        yield from render(anew.plan, anew.theme, with_memory_for(options.jobs), lambda _: None)


def _vouched(files: Iterable[File], planned: SitePlan, options: Options) -> Iterator[File | Artifact]:
    """The files, their list, and the signature that the output has, if it holds for this very list."""
    output = options.output
    moment = options.now.astimezone(UTC).isoformat() if options.is_rehearsal and options.now else ""
    for file in with_manifest(files, planned, moment):
        yield file
        if isinstance(file, Artifact) and file.path == MANIFEST:
            with suppress(OSError):
                if (output / MANIFEST).read_bytes() == file.content:
                    yield Artifact(SIGNATURE, (output / SIGNATURE).read_bytes())


@contextmanager
def _following(packed: bytes, archive: Path | None) -> Iterator[Callable[[], None]]:
    """Yields what puts the archive in its place, if there is to be one."""
    if archive is None:
        yield lambda: None
        return
    with following_archive(packed, archive) as put:
        yield put


def _archived(packed: bytes, path: Path) -> Archived:
    return Archived(path=path, bytes=len(packed), sha256=hashlib.sha256(packed).hexdigest())
