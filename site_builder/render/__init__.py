"""Floor 5: from the plan to bytes. Pure: the same plan and theme give the same artifacts."""

from site_builder.render.archive import archive, folder_name
from site_builder.render.site import Artifact, render
from site_builder.render.templates import TemplateFaultError, template_issues

__all__ = ["Artifact", "TemplateFaultError", "archive", "folder_name", "render", "template_issues"]
