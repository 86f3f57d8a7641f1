"""What a theme looks like: each of its components in each state, its colours, its sizes of type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_builder.plan.contexts.pages import Page

if TYPE_CHECKING:
    from site_builder.plan.contexts.records import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """A component in one state: why it is shown, and the HTML that was drawn, empty where nothing is to be.

    `within` names the list that the HTML is an item of, `ul` or `dl`, and is empty where it stands by itself.
    """

    name: str
    why: str
    macro: str
    html: str
    within: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Swatch:
    """A colour that the theme gives, for light and dark, each with its contrast on paper, as "7.9"."""

    name: str
    light: str
    dark: str
    light_contrast: str
    dark_contrast: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenPage(Page):
    """A theme on one page. `components` pairs names with specimens; `kinds` leads to a page of each."""

    theme: str
    swatches: tuple[Swatch, ...]
    kinds: tuple[Link, ...]
    components: tuple[tuple[str, tuple[Specimen, ...]], ...]
