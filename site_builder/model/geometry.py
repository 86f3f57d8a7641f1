"""Outlines of regions, as places on the earth, and how an author wants them drawn."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import field_validator

from site_builder.fields import LocalText, Number, Words, one_of
from site_builder.model.schema import Schema
from site_builder.values import misfit
from site_builder.words import PROJECTIONS

ProjectionName = Annotated[str, one_of(PROJECTIONS)]

_POLE, _TURN = 90, 360

# Longitude and latitude in degrees, in WGS 84.
Position = tuple[float, float]
Ring = tuple[Position, ...]
# The outer ring, then its holes.
Polygon = tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a region. `code` is an ISO 3166 code, or empty where the file gives none.

    The outline of a whole country (`UA`) is drawn as its border, around those of its parts (`UA-43`).
    """

    code: str
    polygons: tuple[Polygon, ...]

    @property
    def country(self) -> str:
        """The first part of the code, which names the country."""
        return self.code.partition("-")[0]

    @property
    def is_whole(self) -> bool:
        """True for the outline of a whole country."""
        return bool(self.code) and "-" not in self.code


class Enlargement(Schema):
    """A part of the map that is drawn a second time, larger."""

    title: LocalText
    """What the part is called."""
    box: tuple[Number, ...]
    """Its western, southern, eastern and northern edge, in degrees."""

    @field_validator("box")
    @classmethod
    def _is_a_box(cls, box: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        match box:
            case (west, south, east, north) if west < east < west + _TURN and -_POLE < south < north < _POLE:
                return box
        problem = "'box' must hold the western, southern, eastern and northern edge, in degrees"
        raise misfit("bad-coordinate", problem, "write it like [22, 44, 41, 53]")


class Geometry(Schema):
    """How the outlines in `geometry.json` are read and drawn."""

    code: Words = "iso"
    """The property of a feature that holds the region's ISO code."""
    projection: ProjectionName = "equal-area"
    """How the earth is laid on the page."""
    parallels: tuple[Number, ...] = ()
    """Two latitudes of true scale; without them, those a sixth of the map's height from its edges."""
    centre: tuple[Number, ...] = ()
    """The longitude and latitude in the middle; without them, those of the outlines."""
    enlarged: Enlargement | None = None
    """A part whose regions are too small to be seen on the whole map."""
    credit: LocalText | None = None
    """Whose outlines they are, and under which licence: it stands below the map."""

    @field_validator("parallels")
    @classmethod
    def _are_latitudes(cls, parallels: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        match parallels:
            case (one, other) if abs(one) < _POLE and abs(other) < _POLE:
                return parallels
        problem = "'parallels' must hold two latitudes between -90 and 90"
        raise misfit("bad-coordinate", problem, "write them like [50, 70]")

    @field_validator("centre")
    @classmethod
    def _is_on_the_earth(cls, centre: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        match centre:
            case (longitude, latitude) if abs(longitude) <= _TURN and abs(latitude) < _POLE:
                return centre
        problem = "'centre' must hold a longitude and a latitude, in degrees"
        raise misfit("bad-coordinate", problem, "write them like [100, 56]")
