"""Holds what a tool says of the locked packages against the locks: not one may be missing.

A tool that looked at nothing has found nothing, and says so in the words of one that looked at everything.
Run by `make advisories` and `make sbom`:

    python scripts/supply_chain.py audit AUDIT.json LOCK...     the JSON of pip-audit
    python scripts/supply_chain.py sbom SBOM.json LOCK          the JSON of CycloneDX
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

Locked = Mapping[tuple[str, str], frozenset[str]]


def normal(name: str) -> str:
    """The name of a package as the index compares names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(text: str) -> Locked:
    """Returns the packages of a lock: name and version, with the sums of their files.

    Raises `ValueError` for anything that is no pinned package with sums.
    """
    found: dict[tuple[str, str], frozenset[str]] = {}
    lines = (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    for entry in re.split(r"\n(?=\S)", "\n".join(lines)):
        pinned, sums = _PINNED.match(entry), frozenset(_HASH.findall(entry))
        if not pinned or not sums:
            raise ValueError(f"not pinned with a sum: {entry.splitlines()[0]}")
        found[normal(pinned[1]), pinned[2]] = sums
    return found


def audit_faults(text: str, locks: Locked) -> Iterator[str]:
    """Yields what is wrong with an audit: a hole, or a package that was not looked at."""
    entries = json.loads(text)["dependencies"]
    audited = {(normal(entry["name"]), entry["version"]) for entry in entries if "vulns" in entry}
    for entry in entries:
        if "vulns" not in entry:
            yield f"{entry['name']} was skipped: {entry.get('skip_reason', 'no reason given')}"
        for hole in entry.get("vulns", ()):
            fixed = ", ".join(hole.get("fix_versions", ())) or "no version"
            yield f"{entry['name']} {entry['version']} has {hole['id']}; mended in {fixed}"
    yield from (
        f"{name} {version} is locked and was not looked at" for name, version in locks.keys() - audited
    )
    yield from (
        f"{name} {version} was looked at and is not locked" for name, version in audited - locks.keys()
    )


def sbom_faults(text: str, locks: Locked) -> Iterator[str]:
    """Yields what is wrong with a list of packages: one too few, too many, or with other sums."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for part in json.loads(text)["components"]:
        links = part.get("externalReferences", ())
        sums = {one["content"] for link in links for one in link.get("hashes", ()) if one["alg"] == "SHA-256"}
        found[normal(part["name"]), part["version"]] = frozenset(sums)
    yield from (f"{name} {version} is locked and not listed" for name, version in locks.keys() - found.keys())
    yield from (f"{name} {version} is listed and not locked" for name, version in found.keys() - locks.keys())
    for package in found.keys() & locks.keys():
        if found[package] != locks[package]:
            yield f"{' '.join(package)} is listed with other sums than it is locked with"


def main(arguments: list[str]) -> int:
    """Tells the faults, and returns 1 if there is one."""
    kind, told, *files = arguments
    locks = {key: sums for name in files for key, sums in locked(Path(name).read_text("utf-8")).items()}
    judge, done = {"audit": (audit_faults, "looked at"), "sbom": (sbom_faults, "listed")}[kind]
    faults = sorted(judge(Path(told).read_text("utf-8"), locks))
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{len(locks)} packages are locked: " + (f"{len(faults)} faults" if faults else f"all {done}"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
