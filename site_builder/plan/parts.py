"""The pages of a list that is too long for one: its first page, a page for each part, and the ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Generic, TypeVar

from site_builder.dates import Edtf
from site_builder.parts import Part
from site_builder.plan import addresses
from site_builder.plan.contexts import Link, ListPage, Page, PartLink
from site_builder.plan.naming import date_view
from site_builder.wording import month_name

T = TypeVar("T")

_YEAR, _QUARTER, _MONTH = len("2022"), len("2022-q"), len("2022-10")
# An id never has two hyphens, so what they part is a number of ours.
_PIECE = re.compile(r"(?:^all|)--(\d+)$")

_Turns = tuple[Link | None, Link | None]


@dataclass(frozen=True, slots=True)
class Name:
    """What a part is called: by itself, and beside the other parts of what it is a part of."""

    whole: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LongList(Generic[T]):
    """A list in parts.

    `head` is its first page without the ways to the parts; `shown` gives what a page of some entries shows;
    `named` names a part by its id and one of its entries. `counterpart` is what stands for every part in
    other languages, where they are not divided alike.
    """

    head: ListPage
    whole: Part[T]
    named: Callable[[str, T], Name]
    shown: Callable[[tuple[T, ...]], Mapping[str, Any]]
    counterpart: str = ""

    def pages(self) -> Iterator[ListPage]:
        """Yield the list's first page, then its parts; a list that is light is its first page alone."""
        if not self.whole.parts:
            found = self.whole.entries
            yield replace(self.head, entries=len(found), **self.shown(found))
            return
        yield replace(self.head, is_first=True, parts=self._ways(self.whole))
        first = Link(text=self.head.title, address=self.head.path)
        yield from self._below(self.whole, (*self.head.crumbs, first), self._turns())

    def _below(
        self, part: Part[T], crumbs: tuple[Link, ...], turns: Mapping[str, _Turns]
    ) -> Iterator[ListPage]:
        """Yield the pages of what is below a part: of each part, for its address is to last."""
        nothing: Mapping[str, Any] = dict.fromkeys(self.shown(()), ())
        for one in part.parts:
            name = self._name(one)
            page = replace(
                self.head,
                path=self._address(one),
                title=f"{self.head.title}: {name.whole}",
                crumbs=crumbs,
                corrections=(),
                backlinks=(),
                retired=(),
                counterpart=self.counterpart,
                entries=0,
                # What the first page shows of the newest is not shown again by every part.
                **nothing,
            )
            if not one.parts:
                earlier, later = turns[one.id]
                yield replace(
                    page,
                    parts=tuple(self._way(beside, one) for beside in part.parts),
                    entries=len(one.entries),
                    earlier=earlier,
                    later=later,
                    **self.shown(one.entries),
                )
                continue
            yield replace(page, parts=self._ways(one))
            yield from self._below(one, (*crumbs, Link(text=name.whole, address=page.path)), turns)

    def _turns(self) -> Mapping[str, _Turns]:
        """Return for each light part the ways to the one before it and the one after it."""
        parts = tuple(self.whole.light())
        links = (None, *(Link(text=self._name(one).whole, address=self._address(one)) for one in parts), None)
        return {
            one.id: (earlier, later) for one, earlier, later in zip(parts, links, links[2:], strict=False)
        }

    def _ways(self, part: Part[T]) -> tuple[PartLink, ...]:
        """Return the ways to the parts of a part, and to theirs."""
        return tuple(self._way(one, parts=tuple(map(self._way, one.parts))) for one in part.parts)

    def _way(
        self, part: Part[T], current: Part[T] | None = None, parts: tuple[PartLink, ...] = ()
    ) -> PartLink:
        return PartLink(
            text=self._name(part).short,
            address=self._address(part),
            entries=len(part.entries),
            is_current=part is current,
            parts=parts,
        )

    def _address(self, part: Part[T]) -> str:
        return addresses.part(self.head.path, part.id)

    def _name(self, part: Part[T]) -> Name:
        found = _PIECE.search(part.id)
        if not found:
            return self.named(part.id, part.entries[0])
        ident, number = part.id[: found.start()], found[1]
        name = self.named(ident, part.entries[0]).whole if ident else ""
        return Name(f"{name} ({number})".strip(), number)


def first_page(page: Page, holds: str, total: int) -> ListPage:
    """Return the first page of a list that stood on that page until it became too long."""
    return ListPage(
        kind="list",
        path=page.path,
        section=page.section,
        title=page.title,
        description=page.description,
        crumbs=page.crumbs,
        corrections=page.corrections,
        backlinks=page.backlinks,
        card=page.card,
        sheets=("parts",),
        holds=holds,
        total=total,
        entries=0,
    )


@lru_cache(maxsize=4096)
def period_name(ident: str, language: str) -> Name:
    """Name a part by the period that its id ends in: `2022`, `2022-10`, `2022-10-03`."""
    period = ident.rpartition("/")[2]
    known = period.removesuffix("-00").removesuffix("-00")
    if known[_YEAR:_QUARTER] == "-q":
        first, last = 3 * int(known[_QUARTER]) - 2, 3 * int(known[_QUARTER])
        words = date_view(Edtf.parse(f"{known[:_YEAR]}-{first:02}/{known[:_YEAR]}-{last:02}"), language).words
        return Name(
            words[:1].upper() + words[1:], f"{month_name(first, language)}–{month_name(last, language)}"
        )
    words = date_view(Edtf.parse(known), language).words
    whole = words[:1].upper() + words[1:]
    if known != period or len(period) == _YEAR:
        return Name(whole, whole)
    if len(period) == _MONTH:
        return Name(whole, month_name(int(period[5:]), language))
    return Name(whole, str(int(period[8:])))
