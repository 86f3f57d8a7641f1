"""Follows the files of a project and rebuilds the preview after every save.

One thread watches and builds, one build at a time. A thread is enough: the site it makes is handed to the
server by reference, while a process would have to copy it or put it on the disk; and the server, whose part
is small, gets its turns between. Whatever is saved during a build waits in the watcher, and makes the next
one: so no save is lost, and a thousand saves cost two builds at most.

Two nets catch what is saved. The system tells of changes within milliseconds; and every other second the
files are compared with those that were built, by size, times and number, which catches what the system did
not tell: folders taken away and put back, watches that ran out, disks that tell nothing.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from livereload.watcher import Watcher
from tornado.ioloop import IOLoop
from watchfiles import watch

from site_builder.issues import IssueLog
from site_builder.read.tree import walk
from site_builder.serve.builds import NOTHING, Preview, Rebuilt, rebuild, settled, take_up
from site_builder.serve.edits import Standing

FOLLOWED: Final = ("content", "themes")

_COMPARED_EVERY = 2.0
_POLLED_EVERY = 0.5
# A save is taken up when the disk has been quiet for `_QUIET_MS`, or, if it never is, after `_AT_MOST_MS`.
_QUIET_MS = 20
_AT_MOST_MS = 1_600

Snapshot = Mapping[str, tuple[int, int, int, int]]
Tell = Callable[[str], None]


def snapshot(project: Path) -> Snapshot:
    """Returns the files that a build reads, each with its number on the disk, its size and both its times.

    What cannot be read stands there as well, with noughts: that it is there, or no longer is, counts.
    """
    found: dict[str, tuple[int, int, int, int]] = {}
    issues = IssueLog()
    for folder in FOLLOWED:
        # A folder that cannot be read is told by the build; here it counts as empty.
        with suppress(OSError):
            for entry in walk(project, folder, issues):
                with suppress(FileNotFoundError):
                    found[entry.path] = _mark(entry.file)
    return {issue.place.path: (0, 0, 0, 0) for issue in issues} | found


def changes(project: Path, stop: threading.Event, tell: Tell) -> Iterator[frozenset[str]]:
    """Yields the paths that changed, relative to the project, until `stop` is set.

    Yields an empty set where nothing was told for two seconds, which is the time to compare. Where the
    system refuses to watch, `tell` is told so, and empty sets come twice a second.
    """
    try:
        while not stop.is_set():
            # A folder may vanish before it is watched: it is not there then, as below.
            with suppress(FileNotFoundError):
                yield from _told_by_system(project, stop)
            # The folders are not those that were watched, or there is none.
            stop.wait(_POLLED_EVERY)
            yield frozenset()
    except (OSError, RuntimeError):
        tell("The system refuses to watch the files (too many watches?): they are compared twice a second.")
        while not stop.wait(_POLLED_EVERY):
            yield frozenset()


def _told_by_system(project: Path, stop: threading.Event) -> Iterator[frozenset[str]]:
    """Yields changes as long as the folders are the ones that were there at the start."""
    identities = _identities(project)
    if not identities:
        return
    found = watch(
        *(project / folder for folder in identities),
        watch_filter=None,
        debounce=_AT_MOST_MS,
        step=_QUIET_MS,
        stop_event=stop,
        rust_timeout=round(_COMPARED_EVERY * 1000),
        yield_on_timeout=True,
        raise_interrupt=False,
        ignore_permission_denied=True,
    )
    for told in found:
        yield frozenset(_relative(path, project) for _, path in told)
        if _identities(project) != identities:
            return


def _identities(project: Path) -> Mapping[str, tuple[int, int]]:
    """Which of the followed folders are there, and which folder of the disk each one is."""
    found: dict[str, tuple[int, int]] = {}
    for folder in FOLLOWED:
        with suppress(OSError):
            status = (project / folder).stat()
            found[folder] = (status.st_dev, status.st_ino)
    return found


def _relative(path: str, project: Path) -> str:
    return Path(path).relative_to(project).as_posix() if Path(path).is_relative_to(project) else path


def _saved(project: Path, told: frozenset[str], files: Snapshot) -> Snapshot | None:
    """The marks of the files among those told, or None where one is new, or gone, or not a file."""
    found: dict[str, tuple[int, int, int, int]] = {}
    for path in told:
        try:
            mark = _mark(project / path)
        except FileNotFoundError:
            # What an editor laid beside a file for a moment is nobody's loss.
            if path in files or any(other.startswith(f"{path}/") for other in files):
                return None
            continue
        if path in files:
            found[path] = mark
        elif _is_read(project, path):
            return None
    return found


def _is_read(project: Path, path: str) -> bool:
    """True unless it is a file of the kind that editors leave behind."""
    issues = IssueLog()
    around = path.rpartition("/")[0]
    return (project / path).is_dir() or any(one.path == path for one in walk(project, around, issues))


def _mark(file: Path) -> tuple[int, int, int, int]:
    status = file.stat()
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


@dataclass(slots=True)
class _Known:
    """What the follower knows: what is shown, the files it was made from, the issues last told.

    `standing` is the last sound state, or follows from what was `built`; `saved` are the files that were
    saved since.
    """

    preview: Preview = NOTHING
    files: Snapshot | None = None
    issues: str = ""
    standing: Standing | None = None
    built: Rebuilt | None = None
    saved: frozenset[str] = frozenset()


class Follower(Watcher):
    """A watcher for livereload that rebuilds by itself; livereload asks it only whether to reload.

    `project` is absolute. `preview` may be read from any thread: it is replaced as a whole.
    """

    def __init__(self, project: Path, tell: Tell) -> None:
        super().__init__()
        self.project = project
        self.tell = tell
        self._known = _Known()
        self._stop = threading.Event()
        self._due = threading.Event()
        self._thread: threading.Thread | None = None
        # livereload watches the current folder by itself unless it is told of something.
        self.watch(str(project))

    @property
    def preview(self) -> Preview:
        """What the preview shows now."""
        return self._known.preview

    def build(self) -> None:
        """Builds the project as it stands, shows the outcome, and says so on the terminal."""
        known = self._known
        # Before the build: what is saved meanwhile differs from it, and makes the next one.
        known.files = snapshot(self.project)
        self._show(rebuild(self.project, known.preview))
        known.saved = frozenset()

    def take_up(self, told: frozenset[str]) -> bool:
        """Shows what was saved in files that are known; False, and nothing shown, where all must be built."""
        known = self._known
        saved = known.files is not None and _saved(self.project, told, known.files)
        if not saved or known.standing is None:
            return False
        # Before they are read, as above.
        known.files = {**(known.files or {}), **saved}
        known.saved |= saved.keys()
        rebuilt = take_up(self.project, known.preview, known.standing, known.saved)
        if rebuilt is None:
            return False
        if not rebuilt.preview.told:
            known.saved = frozenset()
        self._show(rebuilt)
        return True

    def settle(self) -> None:
        """Makes ready for the next save, if that is not done."""
        known = self._known
        if known.built:
            known.standing, known.built = settled(known.built), None
            # What stands now stands for long: the collector need not look at it again and again.
            gc.freeze()

    def _show(self, rebuilt: Rebuilt) -> None:
        known = self._known
        known.standing, known.built = rebuilt.standing, rebuilt if rebuilt.checked else None
        is_news, is_other = rebuilt.issues != known.issues, rebuilt.preview.state != known.preview.state
        known.preview, known.issues = rebuilt.preview, rebuilt.issues
        if is_other:
            self._due.set()
        if rebuilt.issues and is_news:
            self.tell(rebuilt.issues)
        self.tell(rebuilt.line)

    def start(self, callback: Callable[[], None]) -> bool:
        """Follows the files from now on; `callback` runs in the server's loop when pages must be reloaded."""
        loop = IOLoop.current()
        self._due.clear()
        self._thread = threading.Thread(
            target=self._follow, args=(loop, callback), name="site-builder-preview", daemon=True
        )
        self._thread.start()
        return True

    def examine(self) -> tuple[str | None, None]:
        """Returns what livereload asks for: a path, which is never a real one, if pages must be reloaded."""
        if self._due.is_set():
            self._due.clear()
            return "*", None
        return None, None

    def stop(self) -> None:
        """Stops following; a build that is under way is left behind."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=1)

    def _follow(self, loop: IOLoop, callback: Callable[[], None]) -> None:
        for told in changes(self.project, self._stop, self.tell):
            # A change that the system tells of counts even where all is as it was: two saves of the same size
            # may fall into one tick of the disk's clock.
            if told and self.take_up(told):
                loop.add_callback(callback)
                continue
            now, were = snapshot(self.project), self._known.files or {}
            changed = frozenset(path for path in {**now, **were} if now.get(path) != were.get(path))
            changed |= told & now.keys()
            if not changed:
                continue
            if not self.take_up(changed):
                self.build()
            loop.add_callback(callback)
            self.settle()
