"""Measures our builds beside other generators that make the same pages.

usage: python -m benchmarks [--sizes "1000 10000"] [--peers "hugo"] [--rounds 3] [--work DIR] [--results FILE]

For each size: the corpus is built by ours and by each peer, in turn, round by round; cold (nothing built
before, no cache), again with nothing changed, and again after a paragraph was added to one article. Times are
of whole processes, by the clock. One more cold build of each is weighed. Before anything is measured, each
peer's site must consist of the pages that ours has, each with as many records. Ends with a line for each size
and peer.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import corpus
from benchmarks.layouts import Model, ids, lay_out, model
from benchmarks.measuring import STEPS, Cost, FailedError, Measured, ratio_line, run
from benchmarks.pages import by_kind, differences, unshown
from benchmarks.peers import OURS, PEERS, Tool, ours
from benchmarks.results import Table, as_markdown

ROOT = Path(__file__).parents[1]

_LIMIT = 1_800.0
_IN_MEMORY = Path("/dev/shm")  # noqa: S108  # builds are measured where no disk is waited for
_ROOM = 4_000_000_000
_CARDS = "social_cards: false\n"
_SHOWN = 8


@dataclass(slots=True)
class _Running:
    """A tool at work on a project."""

    tool: Tool
    project: Path
    tools: Path
    costs: dict[str, list[Cost]] = field(default_factory=lambda: {step: [] for step in STEPS})

    @property
    def site(self) -> Path:
        return self.project / self.tool.out

    def build(self, *, weigh: bool = False) -> Cost:
        more = {"PYTHONPATH": str(ROOT)} if self.tool.name == OURS else self.tool.more
        return run(self.tool.arguments(self.tools, self.project), self.project, more, _LIMIT, weigh=weigh)

    def round(self, number: int, articles: Sequence[str]) -> str:
        """Build cold, again, and after an edit; return what the costs are, in words."""
        article = articles[number % len(articles)]
        mark = f"Paragraph {number} was added."
        self.tool.clear(self.project)
        self.costs["cold"].append(self.build())
        self.costs["noop"].append(self.build())
        with (self.project / self.tool.article.format(article=article)).open("a", encoding="utf-8") as file:
            file.write(f"\n{mark}\n")
        self.costs["edit"].append(self.build())
        if mark not in (self.site / f"articles/{article}.html").read_text(encoding="utf-8"):
            message = f"{self.tool.name} does not show what was added to {article}"
            raise FailedError(message)
        last = {step: found[-1] for step, found in self.costs.items()}
        return f"{self.tool.name}: " + ", ".join(
            f"{step} {cost.wall:.2f} s ({cost.cpu:.2f} of processors)" for step, cost in last.items()
        )

    def weigh(self) -> int:
        self.tool.clear(self.project)
        return self.build(weigh=True).memory

    def measured(self, pages: Mapping[str, int]) -> Measured:
        memory = self.weigh()
        files = [path for path in self.site.rglob("*") if path.is_file()]
        return Measured(
            steps=self.costs,
            memory=memory,
            pages=pages,
            files=len(files),
            bytes=sum(path.stat().st_size for path in files),
            remark=self.tool.remark,
        )


def main() -> int:
    """Measure, say what came of it, and write the table."""
    asked = _asked()
    tables: list[Table] = []
    lines: list[str] = []
    try:
        with _work(asked.work) as work:
            for size in map(int, asked.sizes.split()):
                table, ratios = _at(size, asked.peers.split(), asked.rounds, work)
                tables.append(table)
                lines += ratios
    except FailedError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    Path(asked.results).write_text(as_markdown(tables), encoding="utf-8")
    sys.stdout.write("\n".join(("", *lines)) + "\n")
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sizes", default="1000", help="numbers of articles")
    parser.add_argument("--peers", default="hugo", help=f"of {', '.join(PEERS)}")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", default="", help="where to install and to build; it is kept")
    parser.add_argument("--results", default=str(ROOT / "benchmarks/RESULTS.md"))
    asked = parser.parse_args()
    if unknown := set(asked.peers.split()) - set(PEERS):
        parser.error(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    return asked


@contextmanager
def _work(named: str) -> Iterator[Path]:
    """A folder to work in: the named one, else a new one, in memory if there is room, which is taken away."""
    if named:
        Path(named).mkdir(parents=True, exist_ok=True)
        yield Path(named).resolve()
        return
    has_room = _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _ROOM
    with tempfile.TemporaryDirectory(prefix="benchmarks-", dir=_IN_MEMORY if has_room else None) as folder:
        yield Path(folder)


def _at(size: int, names: Sequence[str], rounds: int, work: Path) -> tuple[Table, Sequence[str]]:
    """Measure at one size."""
    projects = work / str(size)
    shutil.rmtree(projects, ignore_errors=True)
    own = _Running(ours(), projects / OURS, work / "tools")
    corpus.write(size, own.project)
    _switch_off_cards(own.project)
    _say(f"{size:,} articles: building ours")
    own.build()
    made = model(own.project, own.site)
    _agree(f"our site of {size:,} articles", unshown(made.pages, ids(own.project)))
    running = [own, *(_laid(PEERS[name], made, projects, work / "tools") for name in names)]
    articles = sorted(path.name for path in (own.project / "content/articles").iterdir())
    for number in range(rounds):
        # In turn, so that a slow spell of the machine meets all of them.
        for one in running:
            _say(f"{size:,} articles, round {number + 1}: {one.round(number, articles)}")
    pages = by_kind(made.pages)
    found = {one.tool.name: one.measured(pages) for one in running}
    table = Table(articles=size, measured=found, cards=_cost_of_cards(own), rounds=rounds)
    return table, [ratio_line(name, size, found[OURS], found[name]) for name in names]


def _laid(tool: Tool, made: Model, projects: Path, tools: Path) -> _Running:
    """Install a peer, lay the corpus out for it, build once, and compare its pages with ours."""
    tool.install(tools)
    running = _Running(tool, projects / tool.name, tools)
    lay_out(tool.name, made, running.project)
    _say(f"building with {tool.name}")
    running.build()
    _agree(f"the site that {tool.name} made", differences(made.pages, running.site))
    return running


def _agree(what: str, wrong: Sequence[str]) -> None:
    if wrong:
        listed = "\n".join(f"  {one}" for one in wrong[:_SHOWN])
        message = f"{what} is not what is to be compared, in {len(wrong)} places:\n{listed}"
        raise FailedError(message)


def _switch_off_cards(project: Path) -> None:
    """No peer can draw cards: what they cost is a measure of its own."""
    with (project / "content/site.yaml").open("a", encoding="utf-8") as file:
        file.write(_CARDS)


def _cost_of_cards(own: _Running) -> Cost:
    """What a cold build costs with a card drawn for each page that has one."""
    settings = own.project / "content/site.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(_CARDS, ""), encoding="utf-8")
    own.tool.clear(own.project)
    cost = own.build()
    settings.write_text(text, encoding="utf-8")
    return cost


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
