"""Subresource Integrity (W3C): pages that say which bytes their scripts and style sheets must have.

It is for sites that are served. Chromium loads no file that has such a sum from a disk, because it must not
tell one page on a disk what is in another file; so a site has sums only where they were asked for, and an
archive to hand over never has.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping

from site_builder.plan.assets import FOLDER
from site_builder.render.artifacts import Artifact

_TAG = re.compile(r"""<(?:script|link)\b(?:[^>"']|"[^"]*"|'[^']*')*>""")
_ADDRESS = re.compile(rf"""\s(?:src|href)=["'][^"']*\b({FOLDER}/[^"']+\.(?:js|css))["']""")


def with_integrity(artifacts: Iterable[Artifact]) -> tuple[Artifact, ...]:
    """Returns the files, with the sum of each script and style sheet in the tags of pages that load it."""
    files = tuple(artifacts)
    sums = {file.path: _sum(file.content) for file in files if file.path.endswith((".js", ".css"))}
    return tuple(_summed(file, sums) if file.path.endswith(".html") else file for file in files)


def _sum(content: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def _summed(page: Artifact, sums: Mapping[str, str]) -> Artifact:
    def summed(tag: re.Match[str]) -> str:
        found = _ADDRESS.search(tag[0])
        known = found and sums.get(found[1])
        return f'{tag[0][:-1]} integrity="{known}">' if known else tag[0]

    return Artifact(page.path, _TAG.sub(summed, page.content.decode()).encode())
