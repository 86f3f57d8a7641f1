"""Floor 1: from the disk to nodes and tokens. What they mean is for the next floor."""

from site_builder.read.content import (
    RawArticle,
    RawContent,
    RawFile,
    RawPage,
    RawTranslation,
    read,
    reread,
)
from site_builder.read.tree import TextsOfFiles

__all__ = [
    "RawArticle",
    "RawContent",
    "RawFile",
    "RawPage",
    "RawTranslation",
    "TextsOfFiles",
    "read",
    "reread",
]
