"""Floor 4: which pages exist, at which addresses, and all that each may show."""

from site_builder.plan.site_plan import FeedEntry, SitePlan, plan

__all__ = ["FeedEntry", "SitePlan", "plan"]
