"""Floor 5: from the plan to bytes. Pure: the same plan and theme give the same artifacts."""

from site_builder.render.archive import archive, folder_name
from site_builder.render.integrity import with_integrity
from site_builder.render.manifest import PREVIEW, with_manifest
from site_builder.render.site import Artifact, page_html, render
from site_builder.render.specimen import draw
from site_builder.render.templates import TemplateFaultError, template_issues

__all__ = [
    "PREVIEW",
    "Artifact",
    "TemplateFaultError",
    "archive",
    "draw",
    "folder_name",
    "page_html",
    "render",
    "template_issues",
    "with_integrity",
    "with_manifest",
]
