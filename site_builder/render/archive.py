"""A whole site as one file to hand over: unpacked anywhere, it opens from the disk."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable

from site_builder.plan import SitePlan
from site_builder.render.artifacts import Artifact

# The first moment that the format knows: a file of the site has no time of its own.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_FILE_MODE = 0o100644
_LEVEL = 9
# Packed already; packing them again costs time and gains nothing.
_PACKED = (".woff2", ".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")
_LONGEST_NAME = 60


def archive(artifacts: Iterable[Artifact], top: str) -> bytes:
    """Returns a ZIP file of the site within one folder; the same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", allowZip64=False) as made:
        for artifact in sorted(artifacts, key=lambda one: one.path):
            entry = zipfile.ZipInfo(f"{top}/{artifact.path}", _NO_TIME)
            entry.create_system = _UNIX
            entry.external_attr = _FILE_MODE << 16
            packed = artifact.path.endswith(_PACKED)
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            made.writestr(entry, artifact.content, compresslevel=_LEVEL)
    return target.getvalue()


def folder_name(plan: SitePlan) -> str:
    """Returns the name of the folder in the archive: the dossier's title and edition, in plain letters."""
    letters = unicodedata.normalize("NFKD", plan.site.title).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", letters.lower())[:_LONGEST_NAME].strip("-")
    return f"{name or 'dossier'}-{plan.edition}"
