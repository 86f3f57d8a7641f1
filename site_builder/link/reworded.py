"""An index in which one article's digest reads otherwise, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from site_builder.issues import Issue, IssueLog
from site_builder.link.gather import Groups
from site_builder.link.index import Index
from site_builder.link.numbers import check_numbers
from site_builder.model import Article, Dossier, Source

# What `check_numbers` tells: nothing else that crosses files looks into the text of a digest.
_OF_NUMBERS = frozenset({"number-drift", "bare-number"})
# What an index finds out when it is asked, and no digest has a part in.
_OF_OTHERS = frozenset({"parts", "dates_of_disagreements"})


def reworded(
    before: Index, told: Iterable[Issue], after: Dossier, article: Article, issues: IssueLog
) -> Index | None:
    """Returns what `link` would return for a dossier that differs in one article, or None if more differs.

    `told` is what `link` told before. The article may differ in its digest alone, and not in what that links
    to; and the dossier has no ledger, which sums up every text.
    """
    old = before.sources.get(article.id)
    if not isinstance(old, Article) or after.ledger or not _differ_in_digest_alone(old, article):
        return None
    issues.extend(issue for issue in told if issue.code not in _OF_NUMBERS)
    check_numbers(after, issues)
    index = replace(
        before,
        sources={**before.sources, article.id: article},
        sources_of_region=_swapped(
            before.sources_of_region, before.regions_of_source[article.id], old, article
        ),
        drawn_on_by=_swapped(before.drawn_on_by, old.draws_on, old, article),
    )
    # What was found of other records already need not be found again: there may be tens of thousands.
    vars(index).update({name: found for name, found in vars(before).items() if name in _OF_OTHERS})
    return index


def _differ_in_digest_alone(old: Article, new: Article) -> bool:
    names = type(new).model_fields.keys() - {"body"}
    were, are = ([str(link.target) for link in one.body.links] for one in (old, new))
    return were == are and all(getattr(old, name) == getattr(new, name) for name in names)


def _swapped(
    groups: Mapping[str, tuple[Source, ...]], names: Iterable[str], old: Source, new: Source
) -> Mapping[str, tuple[Source, ...]]:
    changed = {name: tuple(new if one is old else one for one in groups[name]) for name in names}
    return Groups({**groups, **changed})
