"""What every declaration of the model is built on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from site_builder.fields import Flag, Id, Instant, Private
from site_builder.issues import Place, place_of


class Schema(BaseModel):
    """Base of all that an author writes: frozen, and closed to fields that it does not declare."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, use_attribute_docstrings=True
    )


class Publishable(Schema):
    """Base of what may be kept back."""

    draft: Flag = False
    """Whether it is kept back, with everything that lies in it."""
    publish_after: Instant | None = None
    """The moment before which it is kept back."""
    private: Private = None
    """Anything for the authors alone: it is dropped as soon as it is read."""


class Record(Publishable):
    """Base of everything that has an id and an address."""

    id: Id
    """The record's id, written by the author: unique in the dossier, for ever."""
    former_ids: tuple[Id, ...] = ()
    """Ids that it had before: their addresses lead here."""

    @property
    def place(self) -> Place:
        """Where the record is written."""
        return place_of(self.id)
