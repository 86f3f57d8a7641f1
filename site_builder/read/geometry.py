"""Reads the outlines of regions: a file of GeoJSON (RFC 7946), seen as JSON and no more."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NoReturn

from site_builder.issues import IssueLog, Place

GEOMETRY_FILE = "content/geometry.json"
# Outlines in more detail than that would make the map heavier than a page may be.
_MOST_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RawGeometry:
    """The file as JSON values; `text` is for finding the line of what is wrong in it."""

    value: object
    text: str


def parse_geometry(text: str, issues: IssueLog) -> RawGeometry | None:
    """Returns the file's JSON, or None after an issue."""
    whole = Place(GEOMETRY_FILE)
    if len(text.encode()) > _MOST_BYTES:
        repair = (
            "simplify the outlines, with mapshaper for example: some 100 KB are enough for a map of this size"
        )
        problem = f"the outlines take more than {_MOST_BYTES:,} bytes"
        issues.error(whole, "too-large", problem, repair)
        return None
    try:
        return RawGeometry(json.loads(text, parse_constant=_refuse), text)
    except json.JSONDecodeError as error:
        place = Place(GEOMETRY_FILE, error.lineno, error.colno, 1)
        issues.error(place, "json-syntax", f"this is no JSON: {_lower(error.msg)}", "export the file again")
    except RecursionError:
        issues.error(
            whole, "json-syntax", "the file is nested too deep to be read", "export it again as GeoJSON"
        )
    except ValueError as error:
        issues.error(whole, "json-syntax", f"this is no JSON: {error}", "export the file again")
    return None


def _refuse(word: str) -> NoReturn:
    message = f"{word} is no number"
    raise ValueError(message)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
