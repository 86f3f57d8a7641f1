"""Floor 2: from nodes to the model, and the filter that keeps back what is not to be published.

Every mistake of every file is told in one run.
"""

from site_builder.validate.dossier import declared_ids, revalidate, validate
from site_builder.validate.references import Declared
from site_builder.validate.visibility import NOTHING_KEPT_BACK, KeptBack, kept_back, published
from site_builder.validate.withholding import Withheld, check_withheld, withheld_names

__all__ = [
    "NOTHING_KEPT_BACK",
    "Declared",
    "KeptBack",
    "Withheld",
    "check_withheld",
    "declared_ids",
    "kept_back",
    "published",
    "revalidate",
    "validate",
    "withheld_names",
]
