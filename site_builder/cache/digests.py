"""What is kept of the pages that show digests, so that an edited one need not be looked for in all others.

It holds what is published, and nothing else: it is kept only where nothing is kept back. What the last build
said is sealed with how all other files stood, so that it opens only where digests alone have changed.
"""

from __future__ import annotations

import marshal
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from site_builder.cache.last_build import Answer, LastBuild
from site_builder.cache.seals import sealed, unsealed
from site_builder.cache.shelf import DamagedError
from site_builder.cache.standing import Standing
from site_builder.render.memory import Shown

_MOMENT, _LENGTH = 8, 8


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest as it was built: what stood above it, as `read_digest` says, and a sum of its text.

    `number` is that of its article in the search, `page` the path of its page in each language.
    """

    front: bytes
    line: int
    text: bytes
    number: int
    page: str


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The site in one language: its folder, and what its pages share, packed."""

    folder: str
    shared: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """What is known of the digests of a site, by their paths, and of the pages that show them, by theirs.

    `numbers_in` is the language in which numbers are looked for, empty where they are not; `title` is
    the site's; `templates` is the sum of what their code is made of, `listed` that of the list of what was
    published.
    """

    title: str
    templates: bytes
    numbers_in: str
    listed: str
    languages: tuple[InLanguage, ...]
    digests: Mapping[str, Digest]
    pages: Mapping[str, Shown]


@dataclass(frozen=True, slots=True)
class Reworded:
    """The state in which digests alone have changed since the last build: which, and what that build said."""

    answer: Answer
    digests: Digests
    changed: tuple[str, ...]


def keep(last: LastBuild, digests: Digests | None, answer: Answer, standing: Standing) -> None:
    """Keeps what a build that began with the inputs so knows of its digests; None where it must not be."""
    if digests is None:
        last.shelf.forget(_name(last))
        return
    moment = standing.since.to_bytes(_MOMENT)
    said = sealed(asdict(answer), moment + standing.frame)
    noted: Any = (
        dict(standing.digests),
        (digests.title, digests.templates, digests.numbers_in, digests.listed),
        [(one.folder, one.shared) for one in digests.languages],
        {
            path: (one.front, one.line, one.text, one.number, one.page)
            for path, one in digests.digests.items()
        },
        _listed(digests.pages),
    )
    content = (moment, len(said).to_bytes(_LENGTH), said, marshal.dumps(noted))
    last.shelf.keep(_name(last), b"".join(content))


def _listed(pages: Mapping[str, Shown]) -> Mapping[str, tuple[tuple[str, ...], bytes, bytes]]:
    return {path: (one.texts, one.context, one.fingerprint) for path, one in pages.items()}


def reworded(last: LastBuild) -> Reworded | None:
    """Returns what the last build knew, if nothing but digests has changed since; raises `DamagedError`."""
    content = last.shelf.load(_name(last))
    if content is None:
        return None
    moment, end = content[:_MOMENT], _MOMENT + _LENGTH
    said = content[end : end + int.from_bytes(content[_MOMENT:end])]
    standing = last.stood(int.from_bytes(moment))
    opened = unsealed(said, moment + standing.frame) if standing else None
    if opened is None or standing is None:
        return None
    answer = _answer(opened)
    digests, stood = _unpacked(memoryview(content)[end + len(said) :])
    is_due = datetime.fromisoformat(answer.present) <= last.question.present
    if answer.next_due or not is_due or stood.keys() != standing.digests.keys():
        return None
    return Reworded(answer, digests, _differing(stood, standing.digests))


def shown(last: LastBuild) -> Mapping[str, Shown]:
    """Returns what is kept of pages, by path, whatever else has changed; nothing where it is damaged."""
    try:
        content = last.shelf.load(_name(last))
    except DamagedError:
        return {}
    if content is None:
        return {}
    end = _MOMENT + _LENGTH
    return _unpacked(memoryview(content)[end + int.from_bytes(content[_MOMENT:end]) :])[0].pages


def _differing(stood: Mapping[str, bytes], stand: Mapping[str, bytes]) -> tuple[str, ...]:
    return tuple(path for path, row in stand.items() if stood[path] != row)


def _answer(opened: Mapping[str, str]) -> Answer:
    try:
        return Answer(**opened)  # type: ignore[arg-type]
    except TypeError:
        raise DamagedError from None


def _unpacked(content: memoryview) -> tuple[Digests, Mapping[str, bytes]]:
    # What was written here, by this version of Python, and is whole: the shelf has made sure of it.
    stood, (title, templates, numbers_in, listed), languages, digests, pages = marshal.loads(content)  # noqa: S302
    return Digests(
        title=title,
        templates=templates,
        numbers_in=numbers_in,
        listed=listed,
        languages=tuple(InLanguage(*one) for one in languages),
        digests={path: Digest(*one) for path, one in digests.items()},
        pages={path: Shown(*one) for path, one in pages.items()},
    ), stood


def showing(pages: Mapping[str, Shown], texts: Collection[str]) -> Mapping[str, Shown]:
    """Returns the pages that show any of these texts."""
    return {path: one for path, one in pages.items() if not set(texts).isdisjoint(one.texts)}


def _name(last: LastBuild) -> str:
    return f"digests-{last.name}"
