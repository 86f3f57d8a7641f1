"""What stands on a card: the picture that goes with a link when it is shared."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CardStatement:
    """What somebody says: a number with its unit and basis, what it is about, and who says so as of when."""

    words: str
    unit: str
    about: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card in words. `address` is relative to the root of its language; all but `title` may be empty.

    `site` names the dossier and `edition` its date. `above` and `text` stand above and below the title;
    `differs` says that the statements do not agree.
    """

    site: str
    edition: str
    above: str
    title: str
    text: str
    statements: tuple[CardStatement, ...] = ()
    differs: str = ""
    address: str = ""

    @property
    def words(self) -> str:
        """All that stands on the card, for who does not see it."""
        said = (
            " ".join(part for part in (one.words, one.unit, one.about, one.says) if part)
            for one in self.statements
        )
        parts = (self.above, self.title, self.text, *said, self.differs, self.site, self.edition)
        return " · ".join(part for part in parts if part)
