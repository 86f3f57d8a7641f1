"""Builds a dossier for the preview: in memory, whatever state the files are in, and never on the disk."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from site_builder.build import Checked, Options, check
from site_builder.issues import Issue, IssueLog, Place
from site_builder.plan.addresses import MANIFEST
from site_builder.read.theme import Theme, theme_texts
from site_builder.render import PREVIEW, TemplateFaultError, render
from site_builder.report import as_text, counted
from site_builder.serve.asked import AskedSite, lasting, with_theme
from site_builder.serve.edits import Edited, Standing, edited, restyled, standing, sums_of, version_of

_OUR_FAULT = "site-builder's own fault: please report this line; it holds nothing of the dossier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the preview shows.

    `site` maps the paths of the last good site to their bytes, and is empty before the first. `told` and
    `counted` are the issues that keep a newer one from being shown, as text, and their number in words;
    both are empty where the site is up to date. `state` differs wherever anything of these does, `version`
    wherever the site does. `theme` is the one that was rendered with last: as long as it is the same, its
    templates need not be compiled again.
    """

    site: Mapping[str, bytes]
    told: str = ""
    counted: str = ""
    state: str = ""
    version: str = ""
    theme: Theme | None = None


NOTHING = Preview(site={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """A build of the preview: what is shown from now on, and what the terminal says of it.

    `issues` holds errors and warnings with their excerpts; `line` says in one line what came of it.
    What the next save can start from is `standing`, or follows from `checked`, where there is such a thing.
    """

    preview: Preview
    issues: str
    line: str
    standing: Standing | None = None
    checked: Checked | None = None


def settled(rebuilt: Rebuilt) -> Standing | None:
    """Returns what the next save can start from; it takes its time, so show what was built first."""
    if rebuilt.checked is None:
        return rebuilt.standing
    try:
        return standing(rebuilt.checked, datetime.now(UTC))
    except Exception:  # noqa: BLE001  # then the next save builds all again, and tells what is wrong
        return None


def rebuild(project: Path, before: Preview) -> Rebuilt:
    """Builds the project as it stands; whatever goes wrong is told, and what was shown before is kept."""
    start = time.perf_counter()
    checked = Checked(issues=IssueLog(), texts={})
    site: dict[str, bytes] = {}
    theme = before.theme
    issues, texts = checked.issues, checked.texts
    version = before.version
    try:
        checked = check(
            Options(project=project, output=project, base_url="", now=datetime.now(UTC), keeps_raw=True)
        )
        issues, texts = _without_noise(checked.issues), checked.texts
        if checked.plan and checked.theme and not issues.has_errors():
            # One process: a fork beside the server's thread could inherit a lock that nobody opens again.
            theme = _same_or_new(before.theme, checked.theme)
            files = render(checked.plan, theme, 1, lambda _: None)
            site = {artifact.path: artifact.content for artifact in files} | {MANIFEST: PREVIEW}
            checked = replace(checked, theme=theme)
            version = version_of(theme, sums_of(checked.raw), checked.kept_back) if checked.raw else ""
    except Exception as error:  # noqa: BLE001  # a half-saved file may break anything; the preview must live on
        site = {}
        issues.extend([_fault(error, project)])
        texts = {**texts, **theme_texts(project, issues)}
    after = replace(before, site=site or before.site, version=version, theme=theme)
    line = _changed(before.site, site) if site else ""
    rebuilt = _told(after, line, issues, as_text(issues, texts), time.perf_counter() - start)
    return replace(rebuilt, checked=checked if site else None)


def take_up(project: Path, before: Preview, ready: Standing, paths: Collection[str]) -> Rebuilt | None:
    """Builds what changes with a save of these files; None where all must be built again."""
    start = time.perf_counter()
    try:
        found = _taken(project, ready, paths)
    except Exception:  # noqa: BLE001  # whatever it is, building all again will tell it
        return None
    if found is None:
        return None
    after, line = before, ""
    if found.standing and found.index:
        theme, kept = found.standing.theme, lasting(before.site)
        if theme is not ready.theme:
            kept = with_theme(kept, ready.theme, theme)
        site = AskedSite(found.index, theme, ready.maps, kept)
        after = replace(before, site=site, version=found.standing.version, theme=theme)
        line = f"Rebuilt, from {min(paths) if len(paths) == 1 else f'{len(paths):,} files'},"
    text = as_text(found.issues, found.texts)
    rebuilt = _told(after, line, found.issues, text, time.perf_counter() - start)
    return replace(rebuilt, standing=found.standing or ready)


def _taken(project: Path, ready: Standing, paths: Collection[str]) -> Edited | None:
    """What the files led to: those of the theme together, or those of the dossier."""
    if not all(path.startswith("themes/") for path in paths):
        return edited(project, ready, paths, datetime.now(UTC))
    found = restyled(project, ready)
    if found is None:
        return None
    issues = IssueLog()
    issues.extend((*found.told, *found.crossed))
    texts = {**found.raw.texts, **theme_texts(project, issues)}
    return Edited(issues=issues, texts=texts, standing=found, index=found.index)


def _same_or_new(before: Theme | None, now: Theme) -> Theme:
    return before if before and (before.name, before.fingerprint) == (now.name, now.fingerprint) else now


def _without_noise(issues: IssueLog) -> IssueLog:
    """The issues without the warning that there is no base URL: a preview leaves it out on purpose."""
    kept = IssueLog()
    kept.extend(issue for issue in issues if issue.code != "no-base-url")
    return kept


def _told(after: Preview, line: str, issues: IssueLog, text: str, seconds: float) -> Rebuilt:
    """What is shown and said; an empty `line` means that no newer site could be made."""
    if not line:
        kept = "the last good site stays up" if after.site else "there is nothing to show yet"
        told = counted(issues)
        state = f"s{hashlib.sha256(f'{after.version}{text}'.encode('utf-8', 'replace')).hexdigest()[:16]}"
        preview = replace(after, told=text, counted=told, state=state)
        return Rebuilt(preview=preview, issues=text, line=f"Not rebuilt, {told}: {kept}")
    warned = f", {counted(issues)}" if len(issues) else ""
    preview = replace(after, told="", counted="", state=after.version)
    return Rebuilt(preview=preview, issues=text, line=f"{line} in {_time(seconds)}{warned}")


def _time(seconds: float) -> str:
    """A time as one reads it: most saves take a few milliseconds."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{max(1, round(1000 * seconds))} ms"


def _changed(before: Mapping[str, bytes], site: Mapping[str, bytes]) -> str:
    if not before:
        return f"Built {len(site):,} files"
    if isinstance(before, AskedSite):
        return f"Rebuilt, {len(site):,} files,"
    changed = sum(before.get(path) != content for path, content in site.items())
    changed += sum(path not in site for path in before)
    return f"Rebuilt, {changed:,} of {len(site):,} files changed," if changed else "Rebuilt, nothing changed,"


def _fault(error: Exception, project: Path) -> Issue:
    """What stopped a build, as an issue: a template's place, a file that cannot be read, or our own fault."""
    if isinstance(error, TemplateFaultError):
        return error.issue
    if isinstance(error, OSError):
        place = Place(_relative(error.filename, project))
        return Issue(place=place, code="unreadable", problem=f"cannot be read: {error.strerror or 'unknown'}")
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site_builder" in frame.filename][-3:]
    at_lines = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in ours)
    problem = f"{type(error).__name__} at {at_lines}"
    return Issue(place=Place("content"), code="fault", problem=problem, repair=_OUR_FAULT)


def _relative(filename: object, project: Path) -> str:
    """A file's path in the project; of a file elsewhere its name alone, so that no folder's name is shown."""
    path = Path(str(filename or "content"))
    for root in (project, project.resolve()):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.name
