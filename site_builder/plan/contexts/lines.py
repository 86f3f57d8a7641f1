"""Records as lines of an index, counts, and what can be downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.plan.contexts.attribution import DateView, SourceLine
    from site_builder.plan.contexts.records import RegionLink


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """A region, and for each period the number of independent origins that speak of it then."""

    region: RegionLink
    origins: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """A closed list of the model: `words` pairs each word with its meaning."""

    title: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodCount:
    """A month of the timeline or, for dates no finer, a year."""

    id: str
    label: str
    year: str
    address: str
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterChoice:
    """What a timeline can be narrowed to, how many events it leaves, and the page that shows them."""

    id: str
    text: str
    address: str
    events: int
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterGroup:
    """The choices of one filter; `id` is differs, kind, region, actor or source."""

    id: str
    label: str
    choices: tuple[FilterChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLine:
    """A region in an index, with what the dossier holds on it; `step` shades its origins."""

    region: RegionLink
    iso: str
    type: str
    events: int
    figures: int
    quotes: int
    sources: int
    origins: int
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionGroup:
    """Regions of one larger region (None for those that belong to none in the dossier)."""

    whole: RegionLine | None
    parts: tuple[RegionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article in an index."""

    source: SourceLine
    summary: str
    regions: tuple[RegionLink, ...]
    draws_on: tuple[SourceLine, ...]
    events: int
    figures: int
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """A source in an index, with how much rests on it."""

    source: SourceLine
    draws_on: tuple[SourceLine, ...]
    statements: int
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorLine:
    """An actor in an index. `type`: the word shown; `withheld`: why the name is not given, or empty."""

    id: str
    address: str
    name: str
    type: str
    role: str
    quotes: int
    figures: int
    events: int
    withheld: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView:
    """A copy at an archive."""

    url: str
    captured: DateView
    service: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A change by the publisher."""

    date: DateView
    what_changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many records of one kind there are, and where they are listed."""

    label: str
    count: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A table of `data/`. `columns` pairs a column's name with its meaning."""

    kind: str
    title: str
    rows: int
    csv: str
    json: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLink:
    """The way to a part of a list, with the number of its entries; or, with `parts`, to theirs."""

    text: str
    address: str
    entries: int
    is_current: bool = False
    parts: tuple[PartLink, ...] = ()
