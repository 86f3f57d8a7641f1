"""The map of the regions in a reader's language, and the pictures of where each one lies."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.alphabet import sort_key
from site_builder.plan.addresses import Root
from site_builder.plan.atlas import Atlas, Panel
from site_builder.plan.contexts import (
    LocatorView,
    MapPanel,
    MapShape,
    MapStep,
    MapView,
    RegionLine,
)
from site_builder.plan.naming import text_in
from site_builder.plan.steps import step_words
from site_builder.plan.views import Views

# In units of a drawing: the size below which a region is given a dot.
_TINY = 37


def map_view(atlas: Atlas, regions: Mapping[str, RegionLine], made: Views) -> MapView | None:
    """Returns the map of the regions, whose lines are given by id, or None where there are no outlines."""
    if not atlas.panels:
        return None
    asked = made.index.site.geometry
    by_name = sorted(regions.values(), key=lambda one: sort_key(one.region.text, made.language))
    placed = atlas.borders | atlas.panels[0].regions.keys()
    title = text_in(asked.enlarged.title, made.language) if asked and asked.enlarged else ""
    return MapView(
        panels=tuple(
            _panel(panel, number, title, by_name, atlas) for number, panel in enumerate(atlas.panels, 1)
        ),
        steps=tuple(MapStep(number=number, words=words) for number, words in enumerate(step_words())),
        has_land=atlas.unpaged,
        wholes=tuple(one.region for one in by_name if one.iso in atlas.borders),
        unplaced=tuple(one.region for one in by_name if one.iso not in placed),
        credit=text_in(asked.credit, made.language) if asked else "",
    )


def _panel(panel: Panel, number: int, title: str, regions: list[RegionLine], atlas: Atlas) -> MapPanel:
    return MapPanel(
        id=f"Map-{number}",
        title=title if number > 1 else "",
        width=panel.width,
        height=panel.height,
        land=panel.land,
        shapes=tuple(
            _shape(panel, one, is_link=(one.iso in atlas.enlarged) == (number > 1))
            for one in regions
            if one.iso in panel.regions
        ),
        borders=panel.borders,
        frame=panel.frame,
        enlarged=f"Map-{number + 1}" if panel.frame else "",
        enlarged_title=title if panel.frame else "",
    )


def _shape(panel: Panel, held: RegionLine, *, is_link: bool) -> MapShape:
    """A region as a link on the panel that it belongs on, and without one on the other."""
    shape = panel.regions[held.iso]
    return MapShape(
        path=shape.path,
        step=held.step,
        origins=held.origins,
        region=held.region if is_link else None,
        marker=shape.middle if is_link and shape.size < _TINY else None,
    )


def locator_views(atlas: Atlas, made: Views, root: Root) -> Mapping[str, LocatorView]:
    """Returns the picture of where each region lies, by id."""
    names = {region.iso: made.regions[region.id].text for region in made.index.regions.values() if region.iso}
    return {
        region: LocatorView(
            address=root.shared(locator.address),
            width=locator.width,
            height=locator.height,
            whole=names.get(locator.around, ""),
        )
        for region, locator in atlas.locators.items()
    }
