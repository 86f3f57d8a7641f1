"""Floor 5: from the plan to bytes. Pure: the same plan and theme give the same artifacts."""

from site_builder.render.site import Artifact, render

__all__ = ["Artifact", "render"]
