"""What every declaration of the model is built on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from site_builder.fields import Id
from site_builder.issues import Place, place_of


class Schema(BaseModel):
    """Base of all that an author writes: frozen, and closed to fields that it does not declare."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, use_attribute_docstrings=True
    )


class Record(Schema):
    """Base of everything that has an id and an address."""

    id: Id
    """The record's id, written by the author: unique in the dossier, for ever."""

    @property
    def place(self) -> Place:
        """Where the record is written."""
        return place_of(self.id)
