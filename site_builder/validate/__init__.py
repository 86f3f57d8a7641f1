"""Floor 2: from nodes to the model. Every mistake of every file is told in one run."""

from site_builder.validate.dossier import validate

__all__ = ["validate"]
