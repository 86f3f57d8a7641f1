"""A tool at work on its project: builds, edits, and whether the edits show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measuring import STEPS, Cost, FailedError, Measured, run
from benchmarks.peers import OURS, Tool

ROOT = Path(__file__).parents[1]

_LIMIT = 1_800.0
# Words that every tool writes as they are: there is no sign in them that one might write otherwise.
_SAYS = re.compile(r"^    says: ([A-Za-z .]+)$", re.MULTILINE)
_REWORDED = "Told once more in other words."
_TEXTS = frozenset({".html", ".xml", ".csv", ".json", ".js"})


@dataclass(slots=True)
class Running:
    """A tool at work on a project."""

    tool: Tool
    project: Path
    tools: Path
    costs: dict[str, list[Cost]] = field(default_factory=lambda: {step: [] for step in STEPS})

    @property
    def site(self) -> Path:
        """The folder that it builds."""
        return self.project / self.tool.out

    def build(self, *, weigh: bool = False) -> Cost:
        """Builds once, and returns what that cost."""
        more = {"PYTHONPATH": str(ROOT)} if self.tool.name == OURS else self.tool.more
        return run(self.tool.arguments(self.tools, self.project), self.project, more, _LIMIT, weigh=weigh)

    def round(self, number: int, articles: Sequence[str]) -> Sequence[Cost]:
        """Builds cold, again, and after an edit; returns what each of the three cost."""
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
        return [found[-1] for found in self.costs.values()]

    def stale(self, articles: Sequence[str]) -> tuple[int, int]:
        """Rewords one event's report after the last round, and builds again.

        Returns:
            How many files still say what they said before, and how many said it.
        """
        files = (self.project / self.tool.records.format(article=article) for article in articles)
        file = next(one for one in files if one.exists() and _SAYS.search(one.read_text(encoding="utf-8")))
        text = file.read_text(encoding="utf-8")
        found = _SAYS.search(text)
        said = found[1] if found else ""
        shown = list(self._with(said))
        file.write_text(text.replace(said, _REWORDED, 1), encoding="utf-8")
        self.build()
        file.write_text(text, encoding="utf-8")
        return len(set(shown) & set(self._with(said))), len(shown)

    def _with(self, words: str) -> Iterator[Path]:
        """The files of the site that hold these words."""
        sought = words.encode()
        for path in sorted(self.site.rglob("*")):
            if path.suffix in _TEXTS and sought in path.read_bytes():
                yield path

    def weigh(self) -> int:
        """Returns the memory that a cold build takes at its peak."""
        self.tool.clear(self.project)
        return self.build(weigh=True).memory

    def measured(self, pages: Mapping[str, int], articles: Sequence[str]) -> Measured:
        """Returns the costs of all rounds, and what else is to be known of the tool."""
        stale, shown = self.stale(articles)
        memory = self.weigh()
        files = [path for path in self.site.rglob("*") if path.is_file()]
        return Measured(
            steps=self.costs,
            memory=memory,
            pages=pages,
            files=len(files),
            bytes=sum(path.stat().st_size for path in files),
            stale=stale,
            shown=shown,
            remark=self.tool.remark,
        )
