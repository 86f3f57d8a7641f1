"""The pages of a list that is too long for one: its first page, a page for each part, and the ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar

from site_builder.dates import Edtf
from site_builder.parts import Part
from site_builder.plan import addresses
from site_builder.plan.contexts import Link, ListPage, Page, PartLink
from site_builder.plan.naming import date_view
from site_builder.plan.planned import PlannedPage
from site_builder.wording import month_name

T = TypeVar("T")

_YEAR, _QUARTER, _MONTH = len("2022"), len("2022-q"), len("2022-10")
# An id never has two hyphens, so what they part is a number of ours.
_PIECE = re.compile(r"(?:^all|)--(\d+)$")

# The parts that are not divided any more before and after one.
_Turns = tuple[Part[T] | None, Part[T] | None]


@dataclass(frozen=True, slots=True)
class Name:
    """What a part is called: by itself, and beside the other parts of what it is a part of."""

    whole: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LongList(Generic[T]):
    """A list in parts.

    `path` is that of its first page; `head` makes that page without the ways to the parts. `shown` gives what
    a page of some entries shows; `named` names a part by its id and one of its entries. `counterpart` is what
    stands for every part in other languages, where they are not divided alike; `stands_for` what does for
    the first page.
    """

    path: str
    head: Callable[[], ListPage]
    whole: Part[T]
    named: Callable[[str, T], Name]
    shown: Callable[[tuple[T, ...]], Mapping[str, Any]]
    counterpart: str = ""
    stands_for: str = ""

    def planned(self) -> Iterator[PlannedPage]:
        """Yields the list's first page, then its parts; a list that is light is its first page alone."""
        yield PlannedPage(self.path, "list", self._first, self.stands_for)
        yield from self.planned_parts()

    def planned_parts(self) -> Iterator[PlannedPage]:
        """Yields the pages of the parts, and of theirs: of each, for its address is to last."""
        lightest = (None, *self.whole.light(), None) if self.whole.parts else ()
        turns = {
            one.id: (earlier, later)
            for earlier, one, later in zip(lightest, lightest[1:], lightest[2:], strict=False)
            if one
        }
        yield from self._below((self.whole,), turns)

    def _below(self, above: tuple[Part[T], ...], turns: Mapping[str, _Turns[T]]) -> Iterator[PlannedPage]:
        for one in above[-1].parts:
            make = partial(self._page, above, one, turns.get(one.id, (None, None)))
            yield PlannedPage(self._address(one), "list", make, self.counterpart)
            yield from self._below((*above, one), turns)

    def _first(self) -> ListPage:
        if not self.whole.parts:
            found = self.whole.entries
            return replace(self.head(), entries=len(found), **self.shown(found))
        return replace(self.head(), is_first=True, parts=self.ways())

    def _page(self, above: tuple[Part[T], ...], one: Part[T], turns: _Turns[T]) -> ListPage:
        """Returns the page of a part, by the parts that it lies in, the whole list first."""
        head = self.head()
        nothing: Mapping[str, Any] = dict.fromkeys(self.shown(()), ())
        page = replace(
            head,
            path=self._address(one),
            title=f"{head.title}: {self._name(one).whole}",
            crumbs=(*head.crumbs, Link(text=head.title, address=self.path), *map(self._link, above[1:])),
            corrections=(),
            backlinks=(),
            retired=(),
            counterpart=self.counterpart,
            entries=0,
            # What the first page shows of the newest is not shown again by every part.
            **nothing,
        )
        if one.parts:
            return replace(page, parts=self._ways(one))
        earlier, later = turns
        return replace(
            page,
            parts=tuple(self._way(beside, one) for beside in above[-1].parts),
            entries=len(one.entries),
            earlier=self._link(earlier) if earlier else None,
            later=self._link(later) if later else None,
            **self.shown(one.entries),
        )

    def _link(self, part: Part[T]) -> Link:
        return Link(text=self._name(part).whole, address=self._address(part))

    def ways(self) -> tuple[PartLink, ...]:
        """Returns the ways to all parts, and to theirs."""
        return self._ways(self.whole)

    def _ways(self, part: Part[T]) -> tuple[PartLink, ...]:
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
        return addresses.part(self.path, part.id)

    def _name(self, part: Part[T]) -> Name:
        found = _PIECE.search(part.id)
        if not found:
            return self.named(part.id, part.entries[0])
        ident, number = part.id[: found.start()], found[1]
        name = self.named(ident, part.entries[0]).whole if ident else ""
        return Name(f"{name} ({number})".strip(), number)


def first_page(page: Page, holds: str, total: int) -> ListPage:
    """Returns the first page of a list that stood on that page until it became too long."""
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
    """Names a part by the period that its id ends in: `2022`, `2022-10`, `2022-10-03`."""
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
