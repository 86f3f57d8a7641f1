"""What every declaration of the model is built on."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from pydantic import BaseModel, ConfigDict

from site_builder.fields import Flag, Id, Instant, Private
from site_builder.issues import Place, place_of


class Schema(BaseModel):
    """Base of all that an author writes: frozen, and closed to fields that it does not declare."""

    # Deferred, as a build of few kinds of records needs few of the readers, and none of what others hold.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


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


@cache
def meanings(schema: type[Schema]) -> Mapping[str, str]:
    """Returns the meaning of each field, by the name it is written with: the text that stands below it.

    Only mistakes and the codebook tell them: a build without need not look into the sources.
    """
    texts: dict[str, str] = {}
    for declared in reversed(schema.__mro__):
        if issubclass(declared, Schema):
            texts.update(_texts_below_fields(declared))
    return {field.alias or name: texts.get(name, "") for name, field in schema.model_fields.items()}


def _texts_below_fields(schema: type[Schema]) -> Iterator[tuple[str, str]]:
    for node in _module_tree(schema.__module__).body:
        if isinstance(node, ast.ClassDef) and node.name == schema.__name__:
            for field, below in pairwise(node.body):
                match field, below:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(ast.Constant(str() as text)):
                        yield name, " ".join(text.split())


@cache
def _module_tree(name: str) -> ast.Module:
    return ast.parse(inspect.getsource(sys.modules[name]))
