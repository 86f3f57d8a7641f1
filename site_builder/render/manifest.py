"""The list of a site: every file with its size and sum, so that a copy can be told from the original.

Its form is described in `docs/manifest.schema.json`, and `verify.py` reads it.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from site_builder.plan.addresses import MANIFEST
from site_builder.render.artifacts import Artifact, File, Known

if TYPE_CHECKING:
    from site_builder.plan import SitePlan

FORMAT = "site-builder-manifest"
VERSION = 1
# In the place of the list of a preview: its pages are dressed for one reader, and are never to be published.
PREVIEW = (json.dumps({"format": FORMAT, "version": VERSION, "preview": True}) + "\n").encode()


def with_manifest(
    artifacts: Iterable[File], plan: SitePlan, rehearsal: str = ""
) -> Iterator[File | Artifact]:
    """Yields the files as they come, and after them the list of them all.

    `rehearsal` is the moment that the site was built for, where that is not the present: the list then says
    that it is not for publishing.
    """
    lines = []
    for artifact in artifacts:
        lines.append((artifact.path, _line(artifact)))
        yield artifact
    yield Artifact(MANIFEST, _document(plan, [line for _, line in sorted(lines)], rehearsal))


def again(listed: bytes, files: Iterable[Artifact], gone: Iterable[str]) -> bytes:
    """Returns the list of a site in which these files are new or other, and those are gone."""
    head, _, rest = listed.decode().partition(_OPENING)
    text, _, tail = rest.rpartition(_CLOSING)
    # Few of very many lines: each is looked for by halves, as they stand in the order of their paths.
    lines = text.split(_BETWEEN)
    for path in gone:
        at = bisect_left(lines, path, key=_path_of)
        del lines[at]
    for file in files:
        at = bisect_left(lines, file.path, key=_path_of)
        is_there = at < len(lines) and _path_of(lines[at]) == file.path
        lines[at : at + is_there] = [_line(file)]
    return f"{head}{_OPENING}{_BETWEEN.join(lines)}{_CLOSING}{tail}".encode()


_OPENING, _BETWEEN, _CLOSING = ' "files": [\n  ', ",\n  ", "\n ]\n"


def _line(file: Artifact | Known) -> str:
    path = json.encoder.encode_basestring(file.path)
    return f'{{"path": {path}, "size": {file.size}, "sha256": "{file.sha256}"}}'


def _path_of(line: str) -> str:
    path: str = json.loads(line[len('{"path": ') : line.rindex(', "size": ')])
    return path


def _document(plan: SitePlan, lines: list[str], rehearsal: str) -> bytes:
    """One line a file, so that two lists can be compared line by line."""
    site, release = plan.site, plan.site.release
    head: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "title": site.title,
        "base_url": site.base_url,
        "edition": plan.edition,
        "sequence": release.number if release else 0,
        "is_release": bool(release and not release.is_changed),
    }
    head |= {"rehearsal": rehearsal} if rehearsal else {}
    told = [f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}," for name, value in head.items()]
    return ("\n".join(["{", *told]) + f"\n{_OPENING}{_BETWEEN.join(lines)}{_CLOSING}}}\n").encode()
