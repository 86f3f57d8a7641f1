"""Texts in another language than the one that they were written in."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import model_validator

from site_builder.fields import Given, Language, TextSum, Words
from site_builder.markup import Markup
from site_builder.model.schema import Publishable
from site_builder.model.statements import TranslationMethod
from site_builder.values import misfit


class TranslatedText(Publishable):
    """A text in another language: a file beside the original one."""

    language: Annotated[Language, Given("the name of the file")]
    """The language of the translation."""
    translator: Words
    """Who made it."""
    method: TranslationMethod
    """How it was made."""
    checked_by: Words | None = None
    """Who checked it against the original; needed where a machine made it and somebody checked it."""
    original: TextSum | None = None
    """The sum of the text that it was made from; `check` says which one to write."""
    body: Annotated[Markup, Given("the text below the front matter")]
    """The text."""

    @model_validator(mode="after")
    def _names_who_checked(self) -> Self:
        if self.method == "machine-checked" and self.checked_by is None:
            problem = "somebody has checked this translation, and nobody is named"
            raise misfit("missing-field", problem, "add 'checked_by:', or write 'method: machine'", "method")
        return self
