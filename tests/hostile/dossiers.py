"""Dossiers that say a hostile text in every place where an author, or a source, may say anything."""

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pydantic_core import PydanticCustomError

from site_builder.build import Options, build
from site_builder.issues import Place, Severity
from site_builder.markup import parse
from site_builder.values import read_url, read_words

SAFE = "Nothing of the kind"

# What the author of a dossier, or a source, may write, by the word for it; the twelve are:
PLACES = (
    "title", "body", "quote", "caption", "source name", "address", "region", "unit", "actor", "search",
    "feed", "event",
)  # fmt: skip

SITE = """\
title: {title}
description: {title}
language: en
edition: 2021-06-01
editors: [{{name: {title}, role: {title}}}]
contact: {title}
licence: {title}
event_kinds: {{flood: {title}}}
social_cards: false
"""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A dossier's files by path, and how many texts it says in which place; the others were refused."""

    files: Mapping[str, str | bytes]
    said: Mapping[str, int]


def quoted(text: str) -> str:
    """The text as a YAML scalar, with every sign that YAML itself would refuse as an escape."""
    return json.dumps(text)


def words_allowed(text: str) -> bool:
    """True if a field of plain text may hold the text."""
    return _is_read(read_words, text)


def address_allowed(text: str) -> bool:
    """True if a field may hold the text as an address."""
    return _is_read(read_url, text)


def _is_read(read: Callable[[object], object], text: str) -> bool:
    try:
        read(text)
    except PydanticCustomError:
        return False
    return True


def prose_allowed(text: str) -> bool:
    """True if a digest may hold the text as a paragraph."""
    markup, issues = parse(f"Before.\n\n{text}\n\nAfter.", Place("x"))
    is_sound = not any(issue.severity is Severity.ERROR for issue in issues)
    return is_sound and words_allowed(f"x{text}x") and {"photo.png"} >= set(markup.pictures)


def hostile(payloads: Sequence[str]) -> Hostile:
    """Return a dossier in which each of the payloads stands in each of the places that would have it."""
    first = next(filter(words_allowed, payloads), SAFE)
    files: dict[str, str | bytes] = {"site.yaml": SITE.format(title=quoted(first))}
    said = dict.fromkeys(PLACES, 0)
    measures: list[str] = []
    for number, payload in enumerate(payloads):
        words = payload if words_allowed(payload) else SAFE
        address = next(filter(address_allowed, _addresses(payload)), "")
        prose = payload if prose_allowed(payload) else SAFE
        files |= _article(number, quoted(words), prose, address)
        files |= _subjects(number, quoted(words))
        measures.append(
            f"- {{id: m-{number}, title: {quoted(words)}, definition: {quoted(words)},"
            f" unit: {quoted(words)}, note: {quoted(words)}, counting: state}}\n"
        )
        for place in PLACES:
            said[place] += {"body": prose == payload, "address": bool(address)}.get(place, words == payload)
    return Hostile({**files, "measures.yaml": "".join(measures)}, said)


def published(payloads: Sequence[str], project: Path) -> Path:
    """The folder of the site of a dossier that says the payloads, which is laid into the project."""
    for path, content in hostile(payloads).files.items():
        target = project / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    built = build(Options(project=project, output=project / "public"))
    assert built.written is not None, list(built.checked.issues)
    return project / "public"


def _addresses(payload: str) -> tuple[str, ...]:
    """Addresses that hold the payload, the plainest first; the last one holds it as browsers write it."""
    written = quote(payload.encode("utf-8", "replace"), safe="'();:@&=!*,/?$~")
    return payload, f"https://a.example/?q={payload}", f"https://a.example/{written}"


def _article(number: int, words: str, prose: str, address: str) -> Mapping[str, str | bytes]:
    folder = f"articles/a-{number}"
    alt = json.loads(words).replace("\n", " ")
    picture = f"![{alt}](photo.png)"
    shown = picture if alt and prose_allowed(f"{prose}\n\n{picture}") else "![A bridge](photo.png)"
    url = f"url: {quoted(address)}\narchives: [{{url: {quoted(address)}, captured: 2021-03-16}}]\n"
    front = (
        f"type: article-newspaper\ntitle: {words}\ntitle_translated: {words}\ncontainer_title: {words}\n"
        f"author: [{{literal: {words}}}]\nissued: 2021-03-15\nlanguage: de\nsummary: {words}\n"
        f"curated: 2021-04-02\nread_as: {words}\nnote: {words}\nregions: [r-{number}]\n"
        f"{url if address else ''}"
        f"images: [{{file: photo.png, credit: {words}, licence: {words}, caption: {words}}}]\n"
    )
    where = f"regions: [r-{number}]"
    return {
        f"{folder}/index.md": f"---\n{front}---\nBefore.\n\n{prose}\n\n{shown}\n\n[](quote:q-{number})\n",
        f"{folder}/photo.png": PICTURE,
        f"{folder}/annotations.yaml": (
            f"events:\n  - {{id: e-{number}, title: {words}, date: 2021-03-10, {where}, kind: flood,"
            f" place: {words}, says: {words}, disputes: {words}, actors: [p-{number}]}}\n"
            f"figures:\n  - {{id: f-{number}, measure: m-{number}, value: {number}, as_of: 2021-03-14,"
            f" {where}, claimed_by: p-{number}, basis: count, wording: {words}, population: {words},"
            f" method: {words}, note: {words}, locator: {words}}}\n"
            f"quotes:\n  - {{id: q-{number}, speaker: p-{number}, exact: {words}, lang: ru, {where},"
            f" translations: [{{lang: en, text: {words}, method: human, translator: {words}}}]}}\n"
        ),
    }


def _subjects(number: int, words: str) -> Mapping[str, str]:
    return {
        f"actors/p-{number}.yaml": (
            f"type: person\nname: {words}\nnames: {{ru: {words}}}\nrole: {words}\nsummary: {words}\n"
        ),
        f"regions/r-{number}.md": (
            f"---\nname: {words}\nnames: {{ru: {words}}}\nalso_known_as: [{words}]\ntype: {words}\n"
            f"status: {words}\ncapital: {words}\nsummary: {words}\nunknown: [{words}]\n---\nText.\n"
        ),
        **({"corrections.yaml": _correction(words)} if not number else {}),
    }


def _correction(words: str) -> str:
    return (
        f"- {{id: c-0, date: 2021-05-02, record: figure:f-0, field: {words}, was: {words}, now: {words},"
        f" why: {words}, trigger: own-error}}\n"
    )


def _png() -> bytes:
    """A picture of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        summed = kind + data
        return len(data).to_bytes(4) + summed + zlib.crc32(summed).to_bytes(4)

    header = chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


PICTURE = _png()
