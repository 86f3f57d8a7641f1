"""Floor 3: from ids to records, and from records to what rests on them."""

from typing import TYPE_CHECKING

from site_builder.lazily import lazily

if TYPE_CHECKING:
    from site_builder.link.index import Index, link
    from site_builder.link.origins import OriginsOf, Shared

__all__ = ["Index", "OriginsOf", "Shared", "link"]

__getattr__ = lazily(__name__, "index", "origins")
