"""The pages by which a record is found: the search, and the A to Z for those who have no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial
from itertools import groupby

from site_builder.parts import divided
from site_builder.plan import addresses
from site_builder.plan.cards import Dressed
from site_builder.plan.contexts import AToZPage, EntryLine, LetterGroup, Link, ListPage, SearchPage
from site_builder.plan.entries import Entries, Entry
from site_builder.plan.labels import label
from site_builder.plan.lines import Lines
from site_builder.plan.naming import text_in
from site_builder.plan.parts import LongList, Name, first_page
from site_builder.plan.planned import PlannedPage
from site_builder.plan.search_index import IndexInMaking
from site_builder.spelling import folded

# As many names as stand on one page without making it heavy.
NAMES_OF_A_PAGE = 200

SCRIPTS = ("vendor/base-stemmer", "vendor/english-stemmer", "vendor/russian-stemmer", "spelling", "search")
SHEETS = ("finding",)

_DIGITS = "0–9"
_OTHERS = "…"


class Finding:
    """Makes the search and the A to Z, and the files of the index."""

    def __init__(self, lines: Lines, dressed: Dressed) -> None:
        self.lines = lines
        self.dressed = dressed
        self.language = lines.language
        self.description = text_in(lines.index.site.description, self.language)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yields the files of the index, by address, each when it is made; the head comes last."""
        making = IndexInMaking(self.language)
        lines: list[EntryLine] = []
        for entry in Entries(self.lines.made):
            lines += _lines(entry)
            yield from making.take(entry)
        yield from making.rest()
        # Who walks over all records once for the index need not do so again for the A to Z.
        self.__dict__.update(_names=lines, _head=making.head)

    @cached_property
    def _head(self) -> str:
        for _ in self.files():
            pass
        return str(self.__dict__["_head"])

    @cached_property
    def _names(self) -> list[EntryLine]:
        return [line for entry in Entries(self.lines.made) for line in _lines(entry)]

    @cached_property
    def _total(self) -> int:
        """How many records there are: each stands under its own name once."""
        return sum(not line.main for line in self._names)

    @cached_property
    def _pages(self) -> tuple[tuple[LetterGroup, ...], ...]:
        return tuple(_pages(self._names))

    def firsts(self) -> tuple[PlannedPage, ...]:
        """Plans the search, and the first page of the A to Z: which others there are takes long to say."""
        return (
            PlannedPage(addresses.SEARCH, "search", lambda: self.dressed(self.search())),
            PlannedPage(addresses.A_TO_Z, "a-z", lambda: self.dressed(self._first())),
        )

    def planned(self) -> Iterator[PlannedPage]:
        """Plans the search, then the A to Z: one page, or its letters and a page for each, or several."""
        yield from self.firsts()
        yield from self.letters()

    def search(self) -> SearchPage:
        """Returns the page of the search."""
        return SearchPage(
            kind="search",
            path=addresses.SEARCH,
            section="search",
            title=label("section", "search", self.language),
            description=self.description,
            scripts=SCRIPTS,
            sheets=SHEETS,
            index=self.lines.made.root.shared(self._head),
            letters=self._ways,
            total=self._total,
        )

    def letters(self) -> Iterator[PlannedPage]:
        """Plans a page for each letter, or several, where the A to Z is more than one page can hold."""
        if len(self._pages) == 1:
            return
        for (group,) in self._pages:
            path = addresses.letter(group.anchor)
            if len(group.entries) <= NAMES_OF_A_PAGE:
                make = partial(self._letter_page, group)
                yield PlannedPage(path, "a-z", make, addresses.A_TO_Z)
            else:
                yield from self._long(path, group)

    def _first(self) -> AToZPage:
        is_whole = len(self._pages) == 1
        return self._page(addresses.A_TO_Z, self.title, self._pages[0] if is_whole else ())

    def _letter_page(self, group: LetterGroup) -> AToZPage:
        path, title = addresses.letter(group.anchor), f"{self.title}: {group.letter}"
        return self.dressed(self._page(path, title, (group,)))

    def _long(self, path: str, group: LetterGroup) -> Iterator[PlannedPage]:
        """Plans the names of one letter in parts, by their first letters."""

        def head() -> ListPage:
            page = self._page(path, f"{self.title}: {group.letter}", ())
            found = replace(first_page(page, "names", len(group.entries)), sheets=(*SHEETS, "parts"))
            return self.dressed(replace(found, counterpart=page.counterpart))

        steps = (lambda one: _beginning(one, 2), lambda one: _beginning(one, 3))
        return LongList(
            path=path,
            head=head,
            whole=divided(group.entries, NAMES_OF_A_PAGE, steps),
            named=lambda ident, one: Name(
                letters_of(one.text, _depth(ident)), letters_of(one.text, _depth(ident))
            ),
            shown=lambda found: {"names": found},
            counterpart=addresses.A_TO_Z,
            stands_for=addresses.A_TO_Z,
        ).planned()

    @property
    def title(self) -> str:
        """What the A to Z is called."""
        return label("section", "a-z", self.language)

    def _page(self, path: str, title: str, groups: tuple[LetterGroup, ...]) -> AToZPage:
        above = () if path == addresses.A_TO_Z else (Link(text=self.title, address=addresses.A_TO_Z),)
        return AToZPage(
            kind="a-z",
            path=path,
            section="search",
            title=title,
            description=self.description,
            crumbs=(Link(text=label("section", "search", self.language), address=addresses.SEARCH), *above),
            letters=self._ways,
            sheets=SHEETS,
            counterpart=addresses.A_TO_Z if above else "",
            groups=groups,
            total=self._total,
        )

    @cached_property
    def _ways(self) -> tuple[tuple[Link, ...], ...]:
        groups = ((group, page[0].anchor) for page in self._pages for group in page)
        by_alphabet = groupby(groups, key=lambda found: _alphabet(found[0].letter))
        return tuple(tuple(self._letter(*found) for found in alphabet) for _, alphabet in by_alphabet)

    def _letter(self, group: LetterGroup, page: str) -> Link:
        address = addresses.A_TO_Z if len(self._pages) == 1 else addresses.letter(page)
        place = "" if len(group.entries) > NAMES_OF_A_PAGE else f"#{group.anchor}"
        return Link(text=group.letter, address=f"{address}{place}")


def _lines(entry: Entry) -> Iterator[EntryLine]:
    """A record under its name, and a region or an actor under its other names too."""
    named = entry.key.startswith(("region:", "actor:"))
    own = (entry.name, entry.lang, "")
    others = ((name, lang, entry.name) for name, lang in entry.others if named)
    for text, lang, main in (own, *others):
        yield EntryLine(
            text=text,
            lang=lang,
            main=main,
            address=entry.address,
            kind=entry.kind,
            date=entry.date,
            detail=entry.detail,
            where=entry.where,
        )


def _pages(lines: list[EntryLine]) -> Iterator[tuple[LetterGroup, ...]]:
    """Yields all groups as one page, or each as one where that would be too heavy."""
    of_letter: dict[str, list[EntryLine]] = {}
    for line in lines:
        of_letter.setdefault(letter_of(line.text), []).append(line)
    groups = [
        LetterGroup(letter=letter, anchor=anchor_of(letter), entries=tuple(sorted(found, key=_order)))
        for letter, found in sorted(of_letter.items(), key=lambda one: (_alphabet(one[0]), one[0]))
    ]
    if len(lines) <= NAMES_OF_A_PAGE:
        yield tuple(groups)
        return
    for group in groups:
        yield (group,)


def _order(line: EntryLine) -> tuple[str, str, str]:
    return folded(line.text), line.kind, line.address


def letter_of(text: str) -> str:
    """Returns the letter that a name stands under: its first one; all digits are one, and so is the rest."""
    found = re.search(r"[^\W_]", folded(text))
    if not found:
        return _OTHERS
    return _DIGITS if not found[0].isalpha() else found[0].upper()


def letters_of(text: str, count: int = 2) -> str:
    """Returns so many first letters of a name, or as many as it has."""
    letter = letter_of(text)
    if not letter.isalpha():
        return letter
    return "".join(re.findall(r"[^\W_]", folded(text))[:count]).capitalize()


def _beginning(line: EntryLine, count: int) -> str:
    """So many first letters as an id, which says how many they are."""
    return f"{count}-{anchor_of(letters_of(line.text, count))}"


def _depth(ident: str) -> int:
    return int(ident[0])


def _alphabet(letter: str) -> int:
    """Latin letters first, then those of other scripts, then digits, then the rest."""
    if letter[0] in _DIGITS[0] + _OTHERS:
        return 2 if letter[0] == _DIGITS[0] else 3
    return 0 if letter[0].isascii() else 1


def anchor_of(letter: str) -> str:
    """Returns the letter as an id, and as the name of a file, in any alphabet."""
    if letter == _DIGITS:
        return "digits"
    if letter == _OTHERS:
        return "others"
    return "-".join(char.lower() if char.isascii() else f"u{ord(char):04x}" for char in letter)
