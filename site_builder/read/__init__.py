"""Floor 1: from the disk to nodes and tokens. What they mean is for the next floor."""

from typing import TYPE_CHECKING

from site_builder.lazily import lazily

if TYPE_CHECKING:
    from site_builder.read.ahead import Ahead
    from site_builder.read.content import (
        CONTENT,
        SITE_FILE,
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
    "CONTENT",
    "SITE_FILE",
    "Ahead",
    "RawArticle",
    "RawContent",
    "RawFile",
    "RawPage",
    "RawTranslation",
    "TextsOfFiles",
    "read",
    "reread",
]

__getattr__ = lazily(__name__, "ahead", "content", "tree")
