"""Floor 3: from ids to records, and from records to what rests on them."""

from site_builder.link.index import Index, link
from site_builder.link.origins import OriginsOf, Shared
from site_builder.link.reworded import links_alike, reworded

__all__ = ["Index", "OriginsOf", "Shared", "link", "links_alike", "reworded"]
