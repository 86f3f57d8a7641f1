"""The declared model, retold for editors (JSON Schemas) and for people (`docs/content-model.md`).

Both are made from the declarations in `model/`: field names, types, allowed words and meanings are said
there and nowhere else.
"""

from site_builder.codebook.document import content_model
from site_builder.codebook.schemas import json_schemas

__all__ = ["content_model", "json_schemas"]
