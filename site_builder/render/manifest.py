"""The list of a site: every file with its size and sum, so that a copy can be told from the original.

Its form is described in `docs/manifest.schema.json`, and `verify.py` reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from site_builder.plan import SitePlan
from site_builder.plan.addresses import MANIFEST
from site_builder.render.processes import Artifact, File

FORMAT = "site-builder-manifest"
VERSION = 1
# In the place of the list of a preview: its pages are dressed for one reader, and are never to be published.
PREVIEW = (json.dumps({"format": FORMAT, "version": VERSION, "preview": True}) + "\n").encode()


def with_manifest(
    artifacts: Iterable[File], plan: SitePlan, rehearsal: str = ""
) -> Iterator[File | Artifact]:
    """Yield the files as they come, and after them the list of them all.

    `rehearsal` is the moment that the site was built for, where that is not the present: the list then says
    that it is not for publishing.
    """
    lines = []
    for artifact in artifacts:
        entry = {"path": artifact.path, "size": artifact.size, "sha256": artifact.sha256}
        lines.append((artifact.path, json.dumps(entry, ensure_ascii=False)))
        yield artifact
    yield Artifact(MANIFEST, _document(plan, [line for _, line in sorted(lines)], rehearsal))


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
    files = ",\n".join(f"  {line}" for line in lines)
    return ("\n".join(["{", *told, ' "files": [', files, " ]", "}"]) + "\n").encode()
