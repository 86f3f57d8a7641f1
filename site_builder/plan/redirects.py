"""The pages at addresses that records once had: each says what stands there now, or why nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder.link import Index
from site_builder.link.history import Gone
from site_builder.model import Article
from site_builder.plan import addresses
from site_builder.plan.contexts import RedirectPage, RetiredView
from site_builder.plan.labels import label
from site_builder.plan.naming import date_view, record_link, text_in
from site_builder.plan.planned import PlannedPage


def redirect_pages(index: Index, language: str) -> Iterator[PlannedPage]:
    """Plans a page for each address that a record has left; where records are anchors there is none."""
    for gone in index.history.gone.values():
        kind, _, ident = gone.was.partition(":")
        for path in addresses.former(kind, ident):
            yield _planned(path, gone, index, language)
    for ident in index.history.moved:
        other = "sources" if isinstance(index.sources[ident], Article) else "articles"
        name = f"source:{ident}"
        yield _planned(f"{other}/{ident}.html", Gone(was=name, now=name), index, language)


def _planned(path: str, gone: Gone, index: Index, language: str) -> PlannedPage:
    return PlannedPage(path, "redirect", partial(_page, path, gone, index, language))


def _page(path: str, gone: Gone, index: Index, language: str) -> RedirectPage:
    target = record_link(gone.now, index, language) if gone.now else None
    title = label("page", "moved" if target else "withdrawn", language)
    return RedirectPage(
        kind="redirect",
        path=path,
        section="",
        title=title,
        description=f"{title}: {target.text}" if target else title,
        id=gone.was.partition(":")[2],
        target=target,
        why=text_in(gone.why, language),
        date=date_view(gone.date, language) if gone.date else None,
    )


def retired_views(index: Index, language: str) -> tuple[RetiredView, ...]:
    """Returns every retired record, newest first."""
    found = ((one, index.history.gone[f"{one.kind}:{one.id}"]) for one in index.history.retired)
    return tuple(
        RetiredView(
            id=one.id,
            address=addresses.retired(one.id),
            kind=label("kind", one.kind, language),
            date=date_view(one.date, language),
            replaced_by=record_link(gone.now, index, language) if gone.now else None,
            why=text_in(one.why, language),
        )
        for one, gone in found
    )
