"""Mistakes in a dossier, as values: where each stands, what is wrong, how to repair it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple, Self


class Severity(StrEnum):
    """How much an issue weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Place(NamedTuple):
    """A stretch of one line of one file, as the author's editor shows it.

    A named tuple, for every text of a dossier has one: it is made in a quarter of the time of a dataclass.

    `path` is relative to the project with forward slashes; `line` and `column` count from 1, columns in
    characters; `length` is the number of characters concerned, 0 where the whole file is.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


NOWHERE = Place("")


class Placed(str):
    """A text that knows where it is written. It compares and hashes as the text alone.

    `quoted` is true where the author put it in quotation marks, and so meant a text and nothing else.
    A large dossier has no room for a place beside each of its texts: they are made for whoever asks.
    """

    __slots__ = ("_column", "_length", "_line", "_path", "quoted")
    _path: str
    _line: int
    _column: int
    _length: int
    quoted: bool

    def __new__(cls, text: str, place: Place = NOWHERE, quoted: bool = False) -> Self:  # noqa: FBT001, FBT002
        """Returns the text with its place."""
        self = str.__new__(cls, text)
        self._path, self._line, self._column, self._length = place
        self.quoted = quoted
        return self

    @property
    def place(self) -> Place:
        """Where the text is written."""
        return Place(self._path, self._line, self._column, self._length)

    def __reduce__(self) -> tuple[object, ...]:
        return (_placed, (str(self), self.place, self.quoted))


def _placed(text: str, place: Place, quoted: bool) -> Placed:  # noqa: FBT001  # called by pickle alone
    return Placed(text, place, quoted=quoted)


class PlacedNumber(Decimal):
    """A number that knows where it is written, until it is pickled.

    It compares, hashes and reckons as the number alone.
    """

    __slots__ = ("place",)
    place: Place

    def __new__(cls, text: str, place: Place = NOWHERE) -> Self:
        """Returns the number with its place."""
        self = super().__new__(cls, text)
        self.place = place
        return self


def place_of(value: object) -> Place:
    """Returns the place of a text or number that came from a file, or `NOWHERE` for any other."""
    return value.place if isinstance(value, (Placed, PlacedNumber)) else NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One mistake.

    `code` is a word listed in `docs/issues.md`; `problem` says what is wrong, in lower case, with no full
    stop at its end; `repair` says what to write instead, and may be empty only where the problem says it.
    """

    place: Place
    code: str
    problem: str
    repair: str = ""
    severity: Severity = Severity.ERROR

    @property
    def order(self) -> tuple[Place, str, str]:
        """The key that sorts issues by file, line and column."""
        return (self.place, self.code, self.problem)


@dataclass(slots=True)
class IssueLog:
    """The issues of one run: it only grows, and reads in the order of files and lines."""

    _issues: list[Issue] = field(default_factory=list)

    def error(self, place: Place, code: str, problem: str, repair: str = "") -> None:
        """Adds an error."""
        self._issues.append(Issue(place=place, code=code, problem=problem, repair=repair))

    def warning(self, place: Place, code: str, problem: str, repair: str = "") -> None:
        """Adds a warning."""
        self._issues.append(
            Issue(place=place, code=code, problem=problem, repair=repair, severity=Severity.WARNING)
        )

    def extend(self, issues: Iterable[Issue]) -> None:
        """Adds issues found elsewhere."""
        self._issues.extend(issues)

    def __iter__(self) -> Iterator[Issue]:
        return iter(sorted(set(self._issues), key=lambda issue: issue.order))

    def __len__(self) -> int:
        return len(set(self._issues))

    def has_errors(self) -> bool:
        """True if any issue is an error."""
        return any(issue.severity is Severity.ERROR for issue in self._issues)


def nearest(word: str, known: Iterable[str]) -> str:
    """Returns the known word most like `word`, or an empty text when none is near."""
    matches = get_close_matches(word.casefold(), sorted(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Returns a repair that proposes the nearest known word, or an empty text when none is near."""
    found = nearest(word, known)
    return f"did you mean '{found}'?" if found else ""
