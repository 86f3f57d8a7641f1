"""Floor 5: from the plan to bytes. Pure: the same plan and theme give the same artifacts."""

from typing import TYPE_CHECKING

from site_builder.lazily import lazily

if TYPE_CHECKING:
    from site_builder.render.archive import folder_name
    from site_builder.render.artifacts import Artifact, File, Known
    from site_builder.render.environment import code, codes, compile_template, share_codes, take_codes
    from site_builder.render.integrity import with_integrity
    from site_builder.render.manifest import PREVIEW, again, with_manifest
    from site_builder.render.memory import Memory, Remembered, Shown, packed, unpacked
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
    "Shown",
    "TemplateFaultError",
    "again",
    "code",
    "codes",
    "compile_template",
    "draw",
    "folder_name",
    "packed",
    "page_html",
    "render",
    "render_again",
    "share_codes",
    "take_codes",
    "template_issues",
    "unpacked",
    "with_integrity",
    "with_manifest",
]

__getattr__ = lazily(
    __name__,
    "artifacts",
    "archive",
    "environment",
    "integrity",
    "manifest",
    "memory",
    "site",
    "specimen",
    "templates",
)
