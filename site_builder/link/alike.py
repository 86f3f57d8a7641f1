"""Whether a digest that was reworded matters nowhere else: then it may be taken up by itself."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from site_builder.link.free_numbers import free_numbers
from site_builder.markup import Markup


def links_alike(old: Markup, new: Markup, language: str) -> bool:
    """Returns True if whatever crosses files finds in two digests the same, of which `old` has no fault.

    They link to the same records in the same order, to figures with the same words, show the same pictures,
    and the new one states no number in that language that the other does not; without a language numbers
    are not looked for.
    """
    were, are = (
        [(str(one.target), one.embed, one.words if one.target.startswith("figure:") else "") for one in links]
        for links in (old.links, new.links)
    )
    if were != are or [str(name) for name in old.pictures] != [str(name) for name in new.pictures]:
        return False
    # A passage that stood there already states nothing new.
    further = [one for one in new.passages if one not in {*old.passages}]
    return not language or _stated(further, language) <= _stated(old.passages, language)


def _stated(passages: Iterable[str], language: str) -> frozenset[Decimal]:
    return frozenset(found.value for passage in passages for found in free_numbers(passage, language))
