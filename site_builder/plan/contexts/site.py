"""What every page of a site shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
class LanguageLink:
    """The site in one of its languages: its tag, and its name in the language itself.

    `root` leads from the root of this page's language to the root of that one, and is empty or ends with a
    slash, as `base_url` is and does.
    """

    language: str
    name: str
    root: str
    base_url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """What every page of the site in one language shares.

    `base_url` is the address of the site in this language; it ends with a slash or is empty. `folder` is
    empty for the dossier's own language, else it ends with a slash. `languages` holds all languages of the
    site, the dossier's own first, and is empty where there is only that one. `onion` is the address of the
    same site as an onion service; it ends with a slash or is empty. `release` may be None.
    `scripts` and `sheets` have the addresses of the theme's scripts and further style sheets, by name.
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
    sheets: Mapping[str, str]
    scripts: Mapping[str, str]
    icon: str
    version: str
    has_feed: bool
    folder: str = ""
    onion: str = ""
    languages: tuple[LanguageLink, ...] = ()
