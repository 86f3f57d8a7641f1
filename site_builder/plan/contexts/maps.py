"""Maps: paths in the words of SVG, and what a reader is told beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.plan.contexts.records import RegionLink


@dataclass(frozen=True, slots=True, kw_only=True)
class MapShape:
    """A region with a page, as a path. `step` is the number of its shade.

    `region` is None where it is no link, for another panel has it; where a region is too small to be seen, a
    dot stands at its `marker`.
    """

    path: str
    step: int
    origins: int
    region: RegionLink | None = None
    marker: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPanel:
    """A map, or its enlarged part, which has a `title`. `width` and `height` are in the drawing's own units.

    `land` is all that has no page, `borders` are those of countries. `frame` is what another panel enlarges:
    the one with the id `enlarged` and that title.
    """

    id: str
    title: str
    width: int
    height: int
    land: str
    shapes: tuple[MapShape, ...]
    borders: tuple[str, ...]
    frame: str = ""
    enlarged: str = ""
    enlarged_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStep:
    """A shade with the numbers it stands for, such as "2–4"."""

    number: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """The regions on a map, shaded by the number of independent origins that speak of them.

    `wholes` are regions drawn by their border alone, around their parts; `unplaced` have no outline.
    """

    panels: tuple[MapPanel, ...]
    steps: tuple[MapStep, ...]
    has_land: bool
    wholes: tuple[RegionLink, ...]
    unplaced: tuple[RegionLink, ...]
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatorView:
    """A picture of where a region lies; `whole` may name what is drawn around it."""

    address: str
    width: int
    height: int
    whole: str = ""
