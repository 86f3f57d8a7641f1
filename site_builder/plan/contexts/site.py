"""What every page of a site shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.plan.contexts.attribution import DateView
from site_builder.plan.contexts.records import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationLink:
    """An entry of the masthead; `section` is compared with the page's."""

    section: str
    text: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorView:
    """Who answers for the dossier."""

    name: str
    role: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """The last release; `is_changed` if the site now says anything else."""

    number: int
    date: DateView
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """What every page of the site shares. `base_url` ends with a slash or is empty; `release` may be None.

    `scripts` has the address of each of the theme's scripts, by name.
    """

    title: str
    description: str
    language: str
    direction: str
    base_url: str
    edition: DateView
    release: ReleaseView | None
    navigation: tuple[NavigationLink, ...]
    pages: tuple[Link, ...]
    editors: tuple[EditorView, ...]
    contact: str
    licence: str
    licence_url: str
    stylesheet: str
    scripts: Mapping[str, str]
    icon: str
    version: str
    has_feed: bool
