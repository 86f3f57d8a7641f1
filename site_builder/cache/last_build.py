"""The last build: what it said, and whether everything stands as it left it.

What is noted is sealed with how the inputs stand on the disk, moments and inodes and all. Whoever has the
cache without the very files that it was made from can read nothing in it: neither what the issues quote, nor
how much is kept back and until when. Where the seal does not open, something has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from site_builder.cache.seals import sealed, unsealed
from site_builder.cache.shelf import DamagedError, Shelf
from site_builder.cache.standing import Look, Standing, outputs

_MOMENT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a build, as far as its outcome depends on it.

    `options` says in one text what else was asked; `present` is the moment that decides on embargoes.
    """

    project: Path
    output: Path
    options: str
    present: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a build said. `told` are its issues by format; `content` and `kept_back` are in words.

    Embargoes are as they were from `present` on, until `next_due`.
    """

    told: Mapping[str, str]
    pages: int
    files: int
    bytes: int
    content: str
    kept_back: str
    present: str
    next_due: str


class LastBuild:
    """The last build into one folder, as a project's cache knows it."""

    def __init__(self, shelf: Shelf, question: Question) -> None:
        self.shelf, self.question = shelf, question
        self._look: Look | None = None
        where = hashlib.sha256(str(question.output.absolute()).encode("utf-8", "surrogateescape"))
        self.name = where.hexdigest()[:16]

    @property
    def _noted(self) -> str:
        return f"built-{self.name}"

    def looked(self) -> Look:
        """Looks at the inputs: to be done before any of them is read."""
        self._look = Look(self.question.project, self.question.options)
        return self._look

    def standing(self) -> Standing | None:
        """Returns how the inputs stood at the last look; without one, how they stand now."""
        look = self._look or Look(self.question.project, self.question.options)
        return look.standing(look.since)

    def stood(self, since: int) -> Standing | None:
        """Returns how the inputs stood at the last look, for one who looked first at that moment."""
        return (self._look or self.looked()).standing(since)

    def answer(self) -> Answer | None:
        """Returns what the last build said if this one could say nothing else; raises `DamagedError`."""
        noted = self.shelf.load(self._noted)
        if noted is None:
            return None
        since = int.from_bytes(noted[:_MOMENT])
        standing = self.looked().standing(since)
        opened = unsealed(noted[_MOMENT:], noted[:_MOMENT] + standing.digest) if standing else None
        if opened is None:
            return None
        try:
            published = opened["published"]
            answer = Answer(**opened["answer"])
            begin = datetime.fromisoformat(answer.present)
            end = datetime.fromisoformat(answer.next_due) if answer.next_due else None
            stands = outputs(self.question.output, published["paths"], published["since"])
            is_same = stands is not None and stands.digest.hex() == published["digest"]
        except (KeyError, TypeError, ValueError):
            raise DamagedError from None
        is_due = begin <= self.question.present and (end is None or self.question.present < end)
        return answer if is_same and is_due else None

    def note(self, answer: Answer, standing: Standing, paths: Iterable[str]) -> None:
        """Notes what a build said that began with the inputs so, and published these files."""
        listed = list(paths)
        published = outputs(self.question.output, listed)
        if published is None:
            return
        noted = {
            "answer": asdict(answer),
            "published": {"since": published.since, "digest": published.digest.hex(), "paths": listed},
        }
        moment = standing.since.to_bytes(_MOMENT)
        self.shelf.keep(self._noted, moment + sealed(noted, moment + standing.digest))

    def forget(self) -> None:
        """Forgets the last build."""
        self.shelf.forget(self._noted)
