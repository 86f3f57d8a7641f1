import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from site_builder.build import Options, check
from site_builder.issues import IssueLog
from site_builder.link import Index
from site_builder.plan import SitePlan
from site_builder.read.theme import Theme
from site_builder.render import compiling

TESTS = Path(__file__).resolve().parent
SOUND = TESTS / "broken_sites" / "base"
# The folder of the tests that share one browser.
BROWSER = "browser"

# A busy machine is no fault of the code: no example has a time limit. On CI every run draws the same ones.
settings.register_profile("steady", deadline=None)
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable" if os.environ.get("CI") else "steady")


@pytest.fixture(scope="session", autouse=True)
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for what the account of the tests keeps to itself: none of whoever runs them is touched."""
    folder = tmp_path_factory.mktemp("account")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(folder))
        yield folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites what is expected."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what comes out as what is expected; review it with git diff (never on CI)",
    )


class ByRoom(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Keeps the tests of a file in one process, and all that share the browser too."""

    def _split_scope(self, nodeid: str) -> str:
        return _room(TESTS.parent / nodeid.partition("::")[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByRoom:
    """Deal the tests out to several processes, room by room."""
    return ByRoom(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the tests in an order in which no test meets the event loop of another.

    Playwright keeps an event loop in its thread until it is closed, so in one process the browser's tests
    come last. In several they come first, as they take longest, and those that need a loop of their own
    right after them: then another process takes these.
    """
    parallel = hasattr(config, "workerinput")
    order = (BROWSER, "test_serve.py") if parallel else ()

    def place(item: pytest.Item) -> int:
        name = _room(item.path)
        return order.index(name) if name in order else len(order) + (name == BROWSER)

    items.sort(key=place)


def _room(path: Path) -> str:
    return BROWSER if path.is_relative_to(TESTS / BROWSER) else path.name


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether to rewrite what is expected."""
    wanted = bool(pytestconfig.getoption("--update-golden"))
    if wanted and os.environ.get("CI"):
        pytest.exit("--update-golden is for a person who reads the difference: not on CI", returncode=4)
    return wanted


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by the name of each template that is compiled."""
    names: list[str] = []

    def compiled(source: str, name: str, mode: str) -> object:
        names.append(name)
        return compile(source, name, mode)

    monkeypatch.setattr(compiling, "compile", compiled, raising=False)
    return names


@pytest.fixture
def lay(tmp_path: Path) -> Callable[[Mapping[str, str | bytes | None]], Path]:
    """Lays files over a copy of the sound dossier and returns the project; None takes a file away."""

    def make(files: Mapping[str, str | bytes | None]) -> Path:
        project = tmp_path / "project"
        shutil.copytree(SOUND, project, dirs_exist_ok=True)
        for path, content in files.items():
            target = project / "content" / path
            if content is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return project

    return make


@pytest.fixture
def sound_text() -> Callable[[str], str]:
    """Returns the text of a file of the sound dossier, by its path below `content/`."""

    def text_of(path: str) -> str:
        return (SOUND / "content" / path).read_text(encoding="utf-8")

    return text_of


@pytest.fixture
def index_of() -> Callable[[Path], Index]:
    """Links a project that has no errors."""

    def link(project: Path) -> Index:
        checked = check(Options(project=project, output=project / "public"))
        assert checked.index is not None, list(checked.issues)
        assert not checked.issues.has_errors(), list(checked.issues)
        return checked.index

    return link


@pytest.fixture
def planned_of() -> Callable[[Path], tuple[SitePlan, Theme]]:
    """Plans a project that has no errors."""

    def plan(project: Path) -> tuple[SitePlan, Theme]:
        checked = check(Options(project=project, output=project / "public"))
        assert checked.plan is not None, list(checked.issues)
        assert checked.theme is not None
        return checked.plan, checked.theme

    return plan


@pytest.fixture
def issues_of() -> Callable[[Path], IssueLog]:
    """Checks a project and returns what is wrong with it."""

    def issues(project: Path) -> IssueLog:
        return check(Options(project=project, output=project / "public")).issues

    return issues
