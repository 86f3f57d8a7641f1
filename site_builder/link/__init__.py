"""Floor 3: from ids to records, and from records to what rests on them."""

from site_builder.link.index import Index, link
from site_builder.link.origins import OriginsOf, Shared

__all__ = ["Index", "OriginsOf", "Shared", "link"]
