"""Small maps as files of SVG."""

from __future__ import annotations

from site_builder.plan.atlas import Locator

# Seen on white and on black alike: a picture does not know which page it stands on, and a policy that forbids
# styles within a file need not be loosened for it.
_LAND, _REGION, _RING = "#8d877b", "#147c96", "#ffffff"


def locator_svg(locator: Locator) -> bytes:
    """Returns the picture: the land around in grey, the region in colour, a dot where it is too small."""
    width, height = locator.width, locator.height
    # A file that is looked at by itself is no larger than on the page.
    size = f'width="{width // 2}" height="{height // 2}" viewBox="0 0 {width} {height}"'
    # A hair's breadth of line keeps narrow regions visible.
    edge = f'stroke="{_REGION}" stroke-width="2" stroke-linejoin="round"'
    paths = [
        f'<path fill="{_LAND}" fill-opacity=".4" fill-rule="evenodd" d="{locator.land}"/>',
        f'<path fill="{_REGION}" fill-rule="evenodd" {edge} d="{locator.shape}"/>',
    ]
    if locator.marker:
        across, down = locator.marker
        dot = f'cx="{across}" cy="{down}" r="11" fill="{_REGION}" stroke="{_RING}" stroke-width="4"'
        paths.append(f"<circle {dot}/>")
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(paths)}</svg>\n'.encode()
