"""What every page shares: the site's name, its masthead, who answers for it."""

from __future__ import annotations

from site_builder import __version__
from site_builder.link import Index
from site_builder.plan import addresses
from site_builder.plan.addresses import Root, roots
from site_builder.plan.assets import Assets
from site_builder.plan.contexts import EditorView, LanguageLink, Link, NavigationLink, ReleaseView, SiteView
from site_builder.plan.lines import Lines
from site_builder.plan.naming import date_view, text_in
from site_builder.wording import own_name

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def site_view(index: Index, lines: Lines, assets: Assets, base_url: str) -> SiteView:
    """Returns what every page in the language of these lines shares.

    `base_url` is the whole site's, and is empty or ends with a slash.
    """
    site, root, language = index.site, lines.made.root, lines.language
    pages = [page for page in index.pages.values() if page.id not in {"home", "method"}]
    made_here = [lines.section_link("method"), lines.section_link("coverage")]
    return SiteView(
        title=text_in(site.title, language),
        description=text_in(site.description, language),
        language=language,
        direction="rtl" if language.split("-")[0] in _RIGHT_TO_LEFT else "ltr",
        base_url=base_url and base_url + root.folder,
        edition=date_view(site.edition, language),
        release=_release(index, language),
        navigation=navigation(index, lines),
        pages=(
            *(Link(text=text_in(page.title, language), address=addresses.page(page.id)) for page in pages),
            *made_here,
        ),
        editors=tuple(
            EditorView(
                name=text_in(editor.name, language), role=text_in(editor.role, language), url=editor.url or ""
            )
            for editor in site.editors
        ),
        contact=text_in(site.contact, language),
        licence=text_in(site.licence, language),
        licence_url=site.licence_url or "",
        stylesheet=root.shared(assets.stylesheet),
        sheets={name: root.shared(address) for name, address in assets.sheets.items()},
        scripts={name: root.shared(address) for name, address in assets.scripts.items()},
        icon=assets.icon and root.shared(assets.icon),
        version=__version__,
        has_feed=bool(base_url),
        folder=root.folder,
        onion=f"{site.onion.rstrip('/')}/{root.folder}" if site.onion else "",
        languages=_languages(root, roots(site), base_url),
    )


def _languages(here: Root, all_roots: tuple[Root, ...], base_url: str) -> tuple[LanguageLink, ...]:
    if len(all_roots) == 1:
        return ()
    return tuple(
        LanguageLink(
            language=one.language,
            name=own_name(one.language),
            root=here.to(one),
            base_url=base_url and base_url + one.folder,
            is_current=one == here,
        )
        for one in all_roots
    )


def _release(index: Index, language: str) -> ReleaseView | None:
    last = index.history.release
    if last is None:
        return None
    date = date_view(last.date, language)
    return ReleaseView(number=last.number, date=date, is_changed=index.history.is_changed)


def navigation(index: Index, lines: Lines) -> tuple[NavigationLink, ...]:
    """Returns the masthead: what the author chose, else every section that holds something."""
    if index.site.navigation:
        return tuple(_entry(name, index, lines) for name in index.site.navigation)
    filled = {
        "articles": index.articles,
        "regions": index.regions,
        "timeline": index.events,
        "figures": index.figures,
        "quotes": index.quotes,
        "sources": index.sources,
        "disagreements": index.disagreements,
    }
    return tuple(_entry(name, index, lines) for name, records in filled.items() if records)


def _entry(name: str, index: Index, lines: Lines) -> NavigationLink:
    if name in index.pages:
        title = text_in(index.pages[name].title, lines.language)
        return NavigationLink(section=name, text=title, address=addresses.page(name))
    link = lines.section_link(name)
    return NavigationLink(section=name, text=link.text, address=link.address)
