"""Floor 5: from the plan to bytes. Pure: the same plan and theme give the same artifacts."""

from site_builder.render.archive import archive, folder_name
from site_builder.render.integrity import with_integrity
from site_builder.render.manifest import PREVIEW, with_manifest
from site_builder.render.memory import Known, Memory, Remembered
from site_builder.render.processes import Artifact, File
from site_builder.render.site import page_html, render, render_again
from site_builder.render.specimen import draw
from site_builder.render.templates import TemplateFaultError, template_issues

__all__ = [
    "PREVIEW",
    "Artifact",
    "File",
    "Known",
    "Memory",
    "Remembered",
    "TemplateFaultError",
    "archive",
    "draw",
    "folder_name",
    "page_html",
    "render",
    "render_again",
    "template_issues",
    "with_integrity",
    "with_manifest",
]
