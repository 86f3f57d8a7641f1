"""Measures our builds beside other generators that make the same pages.

usage: python -m benchmarks [--sizes "1000 10000"] [--peers "hugo eleventy"|all|none] [--rounds 3]
                            [--work DIR] [--results FILE]

For each size: the corpus is built by ours and by each peer, in turn, round by round; cold (nothing built
before, no cache), again with nothing changed, and again after a paragraph was added to one article. Times are
of whole processes, by the clock. One more cold build of each is weighed. Before anything is measured, each
peer's site must consist of the pages that ours has, each with as many records. Ends with a line for each size
and peer. Without peers, cold builds of ours alone are measured, and how they grow with the size.
"""

from __future__ import annotations

import argparse
import compileall
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import corpus
from benchmarks.growth import grown, tell
from benchmarks.layouts import Model, ids, lay_out, model
from benchmarks.measuring import STEPS, Cost, FailedError, ratio_line
from benchmarks.pages import by_kind, differences, unshown
from benchmarks.peers import OURS, PEERS, Tool, ours
from benchmarks.progress import Progress
from benchmarks.results import Table, as_markdown
from benchmarks.running import ROOT, Running
from site_builder.cache.ready import make_all_ready

_IN_MEMORY = Path("/dev/shm")  # noqa: S108  # builds are measured where no disk is waited for
_ROOM = 4_000_000_000
_CARDS = "social_cards: false\n"
_SHOWN = 8
_NONE = "none"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, says what came of it, and writes the table."""
    asked = _asked(arguments)
    tables: list[Table] = []
    # As pip does it with what it installs; in a checkout, Python may be forbidden to.
    compileall.compile_dir(ROOT / "site_builder", quiet=2)
    make_all_ready()
    try:
        with _work(asked.work) as work:
            if not asked.peers:
                tell(grown(ours(), asked.sizes, asked.rounds, work, _switch_off_cards))
                return 0
            for size in asked.sizes:
                tables.append(_at(size, asked.peers, asked.rounds, work))
                results = Path(asked.results)
                before = results.read_text(encoding="utf-8") if results.exists() else ""
                results.write_text(as_markdown(tables, before), encoding="utf-8")
    except FailedError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    sys.stdout.write("\n".join(("", *(line for table in tables for line in _ratios(table)))) + "\n")
    failed = [
        f"error: {name} at {table.articles}: {why}" for table in tables for name, why in table.failed.items()
    ]
    sys.stderr.write("".join(f"{line}\n" for line in failed))
    return 1 if failed else 0


def _ratios(table: Table) -> Iterator[str]:
    own = table.measured[OURS]
    for name, one in table.measured.items():
        if name != OURS:
            yield ratio_line(name, table.articles, own, one)


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sizes", default="1000", type=_sizes, help="numbers of articles")
    parser.add_argument("--peers", default="hugo", type=_peers, help=f"all, none, or of {', '.join(PEERS)}")
    parser.add_argument("--rounds", type=_number, default=3)
    parser.add_argument("--work", default="", help="where to install and to build; it is kept")
    parser.add_argument("--results", default=str(ROOT / "benchmarks/RESULTS.md"))
    return parser.parse_args(arguments)


def _words(text: str) -> Sequence[str]:
    """The words of a list, with commas or without, each once."""
    return tuple(dict.fromkeys(text.replace(",", " ").split()))


def _peers(text: str) -> Sequence[str]:
    """The peers of a list, in its order; `all` stands for the whole table, `none` for none of it."""
    if _words(text) == (_NONE,):
        return ()
    names = [one for word in _words(text) for one in (PEERS if word == "all" else [word])]
    if unknown := [name for name in names if name not in PEERS]:
        message = f"no such peer: {', '.join(unknown)}; there are {', '.join(PEERS)}, and all or none"
        raise argparse.ArgumentTypeError(message)
    return tuple(dict.fromkeys(names))


def _sizes(text: str) -> Sequence[int]:
    return tuple(map(_number, _words(text)))


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = f"a number from 1 on is wanted, not {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


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


def _at(size: int, names: Sequence[str], rounds: int, work: Path) -> Table:
    """Measures at one size."""
    projects = work / str(size)
    shutil.rmtree(projects, ignore_errors=True)
    own = Running(ours(), projects / OURS, work / "tools")
    corpus.write(size, own.project)
    _switch_off_cards(own.project)
    progress = Progress(f"{size:,} articles")
    progress.say("building ours")
    first = own.build()
    made = model(own.project, own.site)
    _agree(f"our site of {size:,} articles", unshown(made.pages, ids(own.project)))
    # A round builds three times; then it is built for what is stale, for the memory, and ours with cards.
    progress.expect(OURS, first, rounds * 3 + 3)
    running, failed = {OURS: own}, {}
    articles = sorted(path.name for path in (own.project / "content/articles").iterdir())
    for name in names:
        with _noting(name, failed, progress):
            running[name] = _laid(PEERS[name], made, projects, work / "tools", progress, rounds)
    for number in range(rounds):
        # In turn, so that a slow spell of the machine meets all of them.
        for name, one in running.items():
            if name not in failed:
                with _noting(name, failed, progress):
                    costs = one.round(number, articles)
                    progress.done(name, costs, f"round {number + 1} of {rounds}: {name}: {_in_words(costs)}")
    pages = by_kind(made.pages)
    found = {}
    for name, one in running.items():
        if name not in failed:
            with _noting(name, failed, progress):
                found[name] = one.measured(pages, articles)
                progress.drop(name)
                memory = f"{found[name].memory / 1e6:,.0f} MB of memory"
                progress.say(f"{name}: {memory}; {progress.left()} left at this size")
    return Table(articles=size, measured=found, cards=_cost_of_cards(own), rounds=rounds, failed=failed)


def _in_words(costs: Sequence[Cost]) -> str:
    return ", ".join(
        f"{step} {cost.wall:.2f} s ({cost.cpu:.2f} of processors)"
        for step, cost in zip(STEPS, costs, strict=True)
    )


@contextmanager
def _noting(name: str, failed: dict[str, str], progress: Progress) -> Iterator[None]:
    """A peer that fails is left out: the others go on. Ours is what all are compared with."""
    try:
        yield
    except FailedError as error:
        if name == OURS:
            raise
        failed[name] = str(error)
        progress.drop(name)
        progress.say(f"{name} is left out: {error}")


def _laid(tool: Tool, made: Model, projects: Path, tools: Path, progress: Progress, rounds: int) -> Running:
    """Installs a peer, lays the corpus out for it, builds once, and compares its pages with ours."""
    progress.say(f"installing {tool.name}, and building with it")
    tool.install(tools)
    running = Running(tool, projects / tool.name, tools)
    lay_out(tool.name, made, running.project)
    tool.link(tools, running.project)
    progress.expect(tool.name, running.build(), rounds * 3 + 2)
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


def _cost_of_cards(own: Running) -> Cost:
    """What a cold build costs with a card drawn for each page that has one."""
    settings = own.project / "content/site.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(_CARDS, ""), encoding="utf-8")
    own.tool.clear(own.project)
    cost = own.build()
    settings.write_text(text, encoding="utf-8")
    return cost


if __name__ == "__main__":
    sys.exit(main())
