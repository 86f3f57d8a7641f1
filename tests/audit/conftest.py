"""The first dossier as a host publishes it, for the judges that `make audit` brings.

`SITE_BUILDER_JUDGES` names the folder into which the packages of `package.json` were installed.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket

import pytest

from benchmarks.corpus import write
from site_builder.build import Options, build
from tests.browser.host import host
from tests.browser.published import NOT_FOUND, Published, read_published
from tests.last_line import pytest_unconfigure  # noqa: F401  # pytest finds it here by its name

# Articles enough that events, figures, sources, and what a region or an actor has, need several pages.
LARGE = 300
PROJECT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """A published site and the address of its home's folder."""

    site: Published
    root: str

    @property
    def pages(self) -> tuple[str, ...]:
        """The paths of the pages that are read: all but the ones that only lead on."""
        return tuple(path for path in self.site.pages if path not in set(self.site.kinds.get("redirect", ())))

    @property
    def spread(self) -> tuple[str, ...]:
        """The heaviest page of each kind in each folder, but for pages that only lead on."""
        found = {
            (kind, Path(path).parts[0]): path
            for kind, paths in self.site.kinds.items()
            for path in reversed(paths)
            if kind != "redirect"
        }
        return tuple(sorted(set(found.values())))

    @property
    def sample(self) -> tuple[str, ...]:
        """The heaviest page of each kind that a host answers with 200."""
        kinds = {kind: paths for kind, paths in self.site.kinds.items() if kind not in {"redirect", ""}}
        return tuple(sorted({paths[0] for paths in kinds.values()} - {NOT_FOUND}))


@contextmanager
def _hosted(project: Path, output: Path) -> Iterator[Hosted]:
    """A dossier, built for the very address that it is served from."""
    with socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    built = build(Options(project=project, output=output, base_url=f"http://127.0.0.1:{port}/"))
    assert built.written is not None, list(built.checked.issues)
    with host(output, port=port) as root:
        yield Hosted(site=read_published(output), root=root)


@pytest.fixture(scope="session")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    """The first dossier."""
    with _hosted(PROJECT, tmp_path_factory.mktemp("audit") / "public") as found:
        yield found


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    """A dossier whose lists are too long for one page."""
    project = tmp_path_factory.mktemp("large")
    write(LARGE, project)
    with _hosted(project, project / "public") as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser that every judge uses."""
    return Path(os.environ["SITE_BUILDER_CHROMIUM"])


@pytest.fixture(scope="session")
def judges() -> Path:
    """The folder in which the judges are installed."""
    return Path(os.environ["SITE_BUILDER_JUDGES"]) / "node_modules"
