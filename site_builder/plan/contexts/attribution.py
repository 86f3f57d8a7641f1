"""Where something comes from, as a reader sees it: sources in a line, chains, origins."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView:
    """A date in words, in short for tables, and for `<time datetime>` where HTML has a form for it."""

    words: str
    short: str
    machine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source in one line. `publication` may be empty; `url` leads out of the site.

    `archive_url` leads to the copy that was kept last, `archived` says when: empty and None without one.
    """

    id: str
    address: str
    title: str
    lang: str
    title_translated: str
    publication: str
    issued: DateView
    type: str
    url: str
    is_article: bool
    archive_url: str = ""
    archived: DateView | None = None

    @property
    def label(self) -> str:
        """The shortest name that tells the source apart in running text: its publication, else its title.

        A title that the page has translated stands there in the language of the page.
        """
        return self.publication or self.title_translated or self.title

    @property
    def label_lang(self) -> str:
        """The label's language; empty where it is the page's, or a name."""
        return "" if self.publication or self.title_translated else self.lang


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginGroup:
    """An origin and the sources that rest on it, itself among them where it was read; reprints stand here."""

    origin: SourceLine
    sources: tuple[SourceLine, ...]

    @property
    def resting(self) -> tuple[SourceLine, ...]:
        """The sources that rest on the origin and are another one."""
        return tuple(one for one in self.sources if one.id != self.origin.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """How many sources there are for something, and how many origins they come down to."""

    sources: int
    groups: tuple[OriginGroup, ...]

    @property
    def origins(self) -> int:
        """The number of independent origins: the number that counts as witnesses."""
        return len(self.groups)

    @property
    def articles(self) -> int:
        """How many of the sources are articles."""
        return len({one.id for group in self.groups for one in group.sources if one.is_article})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One hand that a statement went through; `role` is "says", "origin", "via" or "read"."""

    role: str
    text: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Where a statement comes from. `chain` runs from the one who says it to the source that we read."""

    source: SourceLine
    chain: tuple[ChainStep, ...]
    locator: str = ""
    note: str = ""
