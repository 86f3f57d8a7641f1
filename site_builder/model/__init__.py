"""What a dossier consists of: every kind of record, declared once.

The declarations are the only place where a field, its type, its meaning and its allowed values are said.
Validation, the JSON Schemas for editors, `docs/content-model.md` and the codebook come from them.
The words follow CSL for sources, schema.org and UCDP/ACLED for figures and events, EDTF for dates,
ISO 3166 for regions and BCP 47 for languages.
"""

from site_builder.model.dossier import Dossier
from site_builder.model.geometry import Enlargement, Geometry, Outline, Polygon, Position, Ring
from site_builder.model.history import Ledger, Release, Retired
from site_builder.model.schema import Publishable, Record, Schema, meanings
from site_builder.model.site import Editor, Site
from site_builder.model.sources import Archive, Article, Capture, Image, Name, Source, Version
from site_builder.model.statements import (
    Event,
    Figure,
    Quote,
    Report,
    Statement,
    StatementRecord,
    Telling,
    Translation,
)
from site_builder.model.subjects import Actor, Correction, Disagreement, Level, Measure, Page, Region
from site_builder.model.translations import TranslatedText

__all__ = [
    "Actor",
    "Archive",
    "Article",
    "Capture",
    "Correction",
    "Disagreement",
    "Dossier",
    "Editor",
    "Enlargement",
    "Event",
    "Figure",
    "Geometry",
    "Image",
    "Ledger",
    "Level",
    "Measure",
    "Name",
    "Outline",
    "Page",
    "Polygon",
    "Position",
    "Publishable",
    "Quote",
    "Record",
    "Region",
    "Release",
    "Report",
    "Retired",
    "Ring",
    "Schema",
    "Site",
    "Source",
    "Statement",
    "StatementRecord",
    "Telling",
    "TranslatedText",
    "Translation",
    "Version",
    "meanings",
]
