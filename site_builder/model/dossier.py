"""A whole dossier as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.model.geometry import Outline
from site_builder.model.history import Ledger, Retired
from site_builder.model.schema import Record
from site_builder.model.site import Site
from site_builder.model.sources import Article, Source
from site_builder.model.statements import Event, Figure, Quote, Report
from site_builder.model.subjects import Actor, Correction, Disagreement, Measure, Page, Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A dossier whose every file and field is sound; references between records are not yet followed."""

    site: Site
    sources: tuple[Source, ...]
    regions: tuple[Region, ...]
    actors: tuple[Actor, ...]
    measures: tuple[Measure, ...]
    events: tuple[Event, ...]
    reports: tuple[Report, ...]
    figures: tuple[Figure, ...]
    quotes: tuple[Quote, ...]
    disagreements: tuple[Disagreement, ...]
    corrections: tuple[Correction, ...]
    pages: tuple[Page, ...]
    retired: tuple[Retired, ...] = ()
    ledger: Ledger | None = None
    outlines: tuple[Outline, ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """The sources that have a digest."""
        return tuple(source for source in self.sources if isinstance(source, Article))

    def records(self) -> Mapping[str, tuple[Record, ...]]:
        """Every record that has an address, by kind."""
        return {
            "source": self.sources,
            "region": self.regions,
            "event": self.events,
            "figure": self.figures,
            "quote": self.quotes,
            "actor": self.actors,
            "measure": self.measures,
            "disagreement": self.disagreements,
            "correction": self.corrections,
            "page": self.pages,
        }
