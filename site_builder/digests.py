"""What a build learns of its digests, so that the next one can take up an edited one by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.cache.digests import Digest, Digests, InLanguage, shown
from site_builder.cache.last_build import LastBuild
from site_builder.issues import IssueLog
from site_builder.link import Index
from site_builder.plan import SitePlan, addresses
from site_builder.plan.entries import first_of_articles
from site_builder.read import RawContent
from site_builder.read.digests import Front, front_of, text_sum
from site_builder.render import Memory, packed
from site_builder.validate import KeptBack, Withheld


@dataclass(frozen=True, slots=True)
class Fronts:
    """What stands above each digest, by its path: of a dossier in which nothing is kept back."""

    of: Mapping[str, Front]


def is_all_shown(hidden: KeptBack) -> bool:
    """True if nothing is kept back."""
    return not (hidden.reasons or hidden.drafts or hidden.embargoed)


def fronts(raw: RawContent, withheld: Withheld) -> Fronts | None:
    """Returns what stands above the digests; None where anything is withheld."""
    if withheld:
        return None
    paths = (digest_path(str(article.page.id)) for article in raw.articles)
    found = ((path, front_of(raw.texts[path], path)) for path in paths)
    return Fronts({path: front for path, front in found if front})


def digest_path(article: str) -> str:
    """Returns the path of an article's digest."""
    return f"content/articles/{article}/index.md"


def watch(memory: Memory, index: Index, last: LastBuild) -> None:
    """Lets a rendering keep what shows digests, and the pages of the search.

    Two that read alike cannot be told apart, and of a text with translations more is to be said.
    """
    memory.kept = frozenset({"search"})
    memory.shown_before = shown(last)
    often = Counter(article.body for article in index.articles)
    memory.watched = {
        article.body: digest_path(article.id)
        for article in index.articles
        if article.body and often[article.body] == 1 and not article.translations
    }


def digests_of(
    index: Index | None,
    found: Fronts | None,
    issues: IssueLog,
    planned: SitePlan,
    memory: Memory,
    made: tuple[str, bytes],
) -> Digests | None:
    """Returns what is to be kept of a site, if anything is.

    `made` are the sums of the list that it was published with, and of what code of templates is made of.
    """
    # A ledger sums up every text of a dossier.
    if index is None or found is None or index.history.release or not memory.watched:
        return None
    numbered = enumerate(index.articles, first_of_articles(index))
    known = {digest_path(article.id): (number, addresses.source(article)) for number, article in numbered}
    told = {issue.place.path for issue in issues if issue.place.path in found.of}
    return Digests(
        title=str(planned.site.title),
        templates=made[1],
        numbers_in="" if index.site.bare_numbers == "off" else str(index.site.language),
        listed=made[0],
        languages=tuple(InLanguage(one.site.folder, packed(one.site)) for one in planned.languages),
        digests={
            path: Digest(found.of[path].sum, found.of[path].line, text_sum(body), *known[path])
            for body, path in memory.watched.items()
            if path in found.of and path not in told
        },
        pages=memory.shown,
    )
