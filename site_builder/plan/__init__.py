"""Floor 4: which pages exist, at which addresses, and all that each may show."""

from typing import TYPE_CHECKING

from site_builder.lazily import lazily

if TYPE_CHECKING:
    from site_builder.plan.asked import AskedPages
    from site_builder.plan.atlas import Atlas
    from site_builder.plan.pictures import PlannedPicture
    from site_builder.plan.planned import PlannedPage
    from site_builder.plan.site_plan import FeedEntry, LanguageSite, SitePlan, plan
    from site_builder.plan.tables import Table

__all__ = [
    "AskedPages",
    "Atlas",
    "FeedEntry",
    "LanguageSite",
    "PlannedPage",
    "PlannedPicture",
    "SitePlan",
    "Table",
    "plan",
]

__getattr__ = lazily(__name__, "asked", "atlas", "pictures", "planned", "site_plan", "tables")
