"""Floor 5: from the plan to bytes. Pure: the same plan and theme give the same artifacts."""

from site_builder.render.archive import archive, folder_name
from site_builder.render.environment import codes, take_codes
from site_builder.render.integrity import with_integrity
from site_builder.render.manifest import PREVIEW, again, with_manifest
from site_builder.render.memory import Known, Memory, Remembered, Shown, packed, unpacked
from site_builder.render.processes import Artifact, File
from site_builder.render.site import page_html, render, render_again, rendered
from site_builder.render.specimen import draw
from site_builder.render.templates import TemplateFaultError, template_issues

__all__ = [
    "PREVIEW",
    "Artifact",
    "File",
    "Known",
    "Memory",
    "Remembered",
    "Shown",
    "TemplateFaultError",
    "again",
    "archive",
    "codes",
    "draw",
    "folder_name",
    "packed",
    "page_html",
    "render",
    "render_again",
    "rendered",
    "take_codes",
    "template_issues",
    "unpacked",
    "with_integrity",
    "with_manifest",
]
