"""Floor 6: publishes a site whole or not at all, and deletes nothing that is not ours."""

from collections.abc import Iterable
from pathlib import Path

from site_builder.render.artifacts import Artifact, Known
from site_builder.rooms import room
from site_builder.write.archive import following_archive, write_archive
from site_builder.write.publication import Publication, Written, publication
from site_builder.write.purging import purge_room
from site_builder.write.recovery import mend
from site_builder.write.targets import (
    OWNERSHIP,
    ArchiveError,
    BusyError,
    OutputError,
    check_archive,
    check_output,
)

__all__ = [
    "OWNERSHIP",
    "ArchiveError",
    "BusyError",
    "Known",
    "OutputError",
    "Publication",
    "Written",
    "check_archive",
    "check_output",
    "following_archive",
    "mend",
    "publication",
    "purge_room",
    "room",
    "write",
    "write_archive",
]


def write(artifacts: Iterable[Artifact | Known], output: Path, project: Path, site: str = "") -> Written:
    """Publishes files into a folder, as `publication` and `Publication.publish` have it."""
    with publication(output, project) as published:
        return published.publish(artifacts, site)
