"""Floor 2: from nodes to the model, and the filter that keeps back what is not to be published.

Every mistake of every file is told in one run.
"""

from site_builder.validate.dossier import validate
from site_builder.validate.visibility import NOTHING_KEPT_BACK, KeptBack, kept_back, published

__all__ = ["NOTHING_KEPT_BACK", "KeptBack", "kept_back", "published", "validate"]
