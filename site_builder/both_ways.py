"""A build on the last one beside a build from nothing: the same files, or what differs first."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.render.artifacts import Artifact


class DifferenceError(Exception):
    """A build on the last one that would publish something else than a build from nothing."""


def check_equal(found: Iterable[Artifact], expected: Iterable[Artifact]) -> None:
    """Raises `DifferenceError` unless both are the same files, in whatever order."""
    contents = {artifact.path: artifact.content for artifact in found}
    for artifact in expected:
        content = contents.pop(artifact.path, None)
        if content is None:
            raise DifferenceError(f"{artifact.path} is missing")
        if content != artifact.content:
            raise DifferenceError(_first_difference(artifact, content))
    if contents:
        raise DifferenceError(f"{min(contents)} should not be there")


def _first_difference(expected: Artifact, content: bytes) -> str:
    pairs = enumerate(zip(expected.content, content, strict=False))
    shorter = min(len(expected.content), len(content))
    at = next((number for number, (one, other) in pairs if one != other), shorter)
    line = content.count(b"\n", 0, at) + 1
    return f"{expected.path} differs from byte {at:,} on, in line {line:,}"
