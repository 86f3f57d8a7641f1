"""The last build: what it said, and whether everything stands as it left it.

What is noted is sealed with how the inputs stand on the disk, moments and inodes and all. Whoever has the
cache without the very files that it was made from can read nothing in it: neither what the issues quote, nor
how much is kept back and until when. Where the seal does not open, something has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from site_builder.cache.shelf import DamagedError, Shelf
from site_builder.cache.standing import Standing, inputs, now, outputs

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
        where = hashlib.sha256(str(question.output.absolute()).encode("utf-8", "surrogateescape"))
        self.name = where.hexdigest()[:16]

    @property
    def _noted(self) -> str:
        return f"built-{self.name}"

    def standing(self) -> Standing | None:
        """Return how the inputs stand now: to be asked before any of them is read."""
        return self._inputs(now())

    def answer(self) -> Answer | None:
        """Return what the last build said if this one could say nothing else; raises `DamagedError`."""
        noted = self.shelf.load(self._noted)
        if noted is None:
            return None
        since = int.from_bytes(noted[:_MOMENT])
        standing = self._inputs(since)
        opened = _open(noted[_MOMENT:], standing) if standing else None
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
        """Note what a build said that began with the inputs so, and published these files."""
        listed = list(paths)
        published = outputs(self.question.output, listed, now())
        if published is None:
            return
        noted = {
            "answer": asdict(answer),
            "published": {"since": published.since, "digest": published.digest.hex(), "paths": listed},
        }
        moment = standing.since.to_bytes(_MOMENT)
        self.shelf.keep(self._noted, moment + _sealed(noted, standing))

    def forget(self) -> None:
        """Forget the last build."""
        self.shelf.forget(self._noted)

    def _inputs(self, since: int) -> Standing | None:
        return inputs(self.question.project, self.question.options, since)


def _sealed(noted: Mapping[str, object], standing: Standing) -> bytes:
    text = json.dumps(noted).encode()
    return _keys(standing)[0] + _crossed(text, standing)


def _open(sealed: bytes, standing: Standing) -> dict[str, Any] | None:
    """What was sealed; None where the inputs stand otherwise than they did."""
    lock = _keys(standing)[0]
    if not sealed.startswith(lock):
        return None
    try:
        opened = json.loads(_crossed(sealed[len(lock) :], standing))
    except ValueError:
        raise DamagedError from None
    return opened if isinstance(opened, dict) else None


def _crossed(content: bytes, standing: Standing) -> bytes:
    """The content with a stream of bytes laid over it, which taken off again gives the content."""
    stream = hashlib.shake_256(_keys(standing)[1]).digest(len(content))
    return (int.from_bytes(content) ^ int.from_bytes(stream)).to_bytes(len(content))


def _keys(standing: Standing) -> tuple[bytes, bytes]:
    """A sum that tells whether a seal will open, and the key that opens it; neither gives the other."""
    said = standing.since.to_bytes(_MOMENT) + standing.digest
    return hashlib.sha256(b"lock" + said).digest(), hashlib.sha256(b"key" + said).digest()
