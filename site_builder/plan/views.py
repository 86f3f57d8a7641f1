"""Records as views: each one worded once, for every page that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeVar

from site_builder.link import Index
from site_builder.model import Article, Correction, Disagreement, Page, Region
from site_builder.plan import addresses
from site_builder.plan.addresses import Root
from site_builder.plan.backlinks import backlinks
from site_builder.plan.contexts import (
    Cited,
    CorrectionView,
    DisagreementView,
    EventView,
    FigureView,
    MeasureView,
    Origins,
    PictureView,
    Prose,
    ProseOrigin,
    QuoteView,
    RegionLink,
    SourceLine,
)
from site_builder.plan.labels import field_label, label, meaning
from site_builder.plan.naming import date_view, record_link, text_in
from site_builder.plan.statements import Statements, origins_view
from site_builder.plan.subjects import measure_view, region_link, source_line
from site_builder.validate.translations import is_stale
from site_builder.wording import language_name
from site_builder.words import NATURES

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """Every record of an index as its view, by id."""

    index: Index
    root: Root
    regions: Mapping[str, RegionLink]
    sources: Mapping[str, SourceLine]
    measures: Mapping[str, MeasureView]
    figures: Mapping[str, FigureView]
    quotes: Mapping[str, QuoteView]
    events: Mapping[str, EventView]
    disagreements: Mapping[str, DisagreementView]

    @property
    def language(self) -> str:
        """The language that all of them are worded in."""
        return self.root.language


# Of a kind of which there are no more than that all views are kept: of ten thousand articles each one.
_ALL_KEPT = 65_536
# Of a kind of which there are more so many are kept at once: a larger dossier has no room for all.
_MOST_KEPT = 4096
# Of those that many pages show so many are made in one step.
_AT_ONCE = 64


def _is_kept_whole(kind: Sized) -> bool:
    return len(kind) <= _ALL_KEPT


class OnDemand(dict[str, V]):
    """Values by name, each made when it is asked for and kept, of very many for a while.

    `names` gives their order.
    """

    def __init__(self, names: Iterable[str], make: Callable[[str], V]) -> None:
        super().__init__()
        self._names = dict.fromkeys(names)
        self._make = make
        self._most = len(self._names) if _is_kept_whole(self._names) else _MOST_KEPT

    def __missing__(self, name: str) -> V:
        if name not in self._names:
            raise KeyError(name)
        made = self._make(name)
        if dict.__len__(self) >= self._most:
            self.clear()
        self[name] = made
        return made

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  # dict's own signature
        """Returns the value of that name, or the default where there is none."""
        return self[name] if name in self._names else default

    def keys(self) -> Any:  # noqa: ANN401  # a view of names that are known, not of what was made
        """Returns the names."""
        return self._names.keys()

    def values(self) -> Any:  # noqa: ANN401  # an iterator does for those who walk over it
        """Returns all values, each made by the time it comes."""
        return (self[name] for name in self._names)

    def items(self) -> Any:  # noqa: ANN401  # an iterator does for those who walk over it
        """Returns all names with their values, each made by the time it comes."""
        return ((name, self[name]) for name in self._names)


def views(index: Index, root: Root) -> Views:
    """Returns the views of an index in the language of that root, each made when it is first asked for."""
    language = root.language
    regions = OnDemand(index.regions, lambda name: region_link(name, index, language))
    sources = OnDemand(
        index.sources, lambda name: source_line(index.sources[name], language, index.site.language)
    )
    measures = OnDemand(index.measures, lambda name: measure_view(name, index, language))
    statements = Statements(index, language, regions, sources, measures)
    made = Views(
        index=index,
        root=root,
        regions=regions,
        sources=sources,
        measures=measures,
        figures=OnDemand(index.figures, lambda name: statements.figure(index.figures[name])),
        quotes=OnDemand(index.quotes, lambda name: statements.quote(index.quotes[name])),
        events=OnDemand(index.events, lambda name: statements.event(index.events[name])),
        disagreements={},
    )
    disagreements = OnDemand(index.disagreements, lambda name: _disagreement(index.disagreements[name], made))
    return replace(made, disagreements=disagreements)


def are_kept(index: Index) -> bool:
    """True if each view of an index is made once, and kept: of one that is very large, again and again."""
    kinds = (index.sources, index.figures, index.quotes, index.events)
    return all(map(_is_kept_whole, kinds))


def shared_views(made: Views) -> Iterator[tuple[object, ...]]:
    """Yields the views that stand on many pages, some at a time; none of a kind that is not kept whole."""
    for kind in (made.sources, made.figures, made.quotes, made.events):
        each = iter(kind.values() if _is_kept_whole(kind) else ())
        while some := tuple(islice(each, _AT_ONCE)):
            yield some


def cited(reference: str, made: Views, lang: str = "") -> Cited:
    """Returns the record that `kind:id` names, with the view that its kind has; `lang` as `Cited` has it."""
    kind, _, ident = reference.partition(":")
    return Cited(
        kind=kind,
        id=ident,
        link=record_link(reference, made.index, made.language),
        lang=lang,
        figure=made.figures[ident] if kind == "figure" else None,
        quote=made.quotes[ident] if kind == "quote" else None,
        event=made.events[ident] if kind == "event" else None,
        source=made.sources[ident] if kind == "source" else None,
    )


def prose(
    record: Article | Region | Page, made: Views, pictures: Mapping[str, PictureView] | None = None
) -> Prose | None:
    """Returns a record's text with the records that it names and the pictures that it shows.

    It is None where nothing is written. It is in the language of the views if there is such a text, else in
    the one that it was written in.
    """
    own = made.index.site.language
    found = next((text for text in record.translations if text.language == made.language), None)
    markup = found.body if found else record.body
    is_foreign = found is None and made.language != own
    origin = None
    if found:
        origin = ProseOrigin(
            language=language_name(own, made.language),
            method=label("translation", found.method, made.language),
            translator=found.translator,
            checked_by=found.checked_by or "",
            is_stale=is_stale(found, record.body),
        )
    elif is_foreign:
        origin = ProseOrigin(language=language_name(own, made.language), lang=made.language)
    if not markup:
        return None
    told = made.language if is_foreign else ""
    return Prose(
        markup=markup,
        cited={str(link.target): cited(str(link.target), made, told) for link in markup.links},
        pictures=pictures or {},
        lang=own if is_foreign else "",
        origin=origin,
    )


def _disagreement(item: Disagreement, made: Views) -> DisagreementView:
    return DisagreementView(
        id=item.id,
        address=addresses.record(f"disagreement:{item.id}", made.index),
        title=text_in(item.title, made.language),
        nature=label("nature", item.nature, made.language),
        nature_id=item.nature,
        nature_meaning=meaning(NATURES[item.nature], made.language),
        says=text_in(item.says, made.language),
        records=tuple(cited(reference, made) for reference in item.records),
        backlinks=backlinks(f"disagreement:{item.id}", made.index, made.language),
        origins=_origins_of(item.records, made),
        former_ids=made.index.history.aliases[f"disagreement:{item.id}"],
    )


def _origins_of(references: Iterable[str], made: Views) -> Origins | None:
    named = [ident for kind, _, ident in (name.partition(":") for name in references) if kind == "source"]
    return origins_view(made.index.origins.witnesses(named), made.sources) if named else None


def corrections_of(references: Iterable[str], index: Index, language: str) -> tuple[CorrectionView, ...]:
    """Returns the corrections of records, given as `kind:id`."""
    found = (item for reference in references for item in index.corrections_of[reference])
    return tuple(correction_view(item, index, language) for item in found)


def correction_view(correction: Correction, index: Index, language: str) -> CorrectionView:
    """Returns the correction."""
    return CorrectionView(
        id=correction.id,
        address=addresses.record(f"correction:{correction.id}", index),
        date=date_view(correction.date, language),
        record=record_link(correction.record, index, language),
        field=field_label(correction.field, language),
        was=text_in(correction.was, language),
        now=text_in(correction.now, language),
        why=text_in(correction.why, language),
        trigger=label("trigger", correction.trigger, language),
        former_ids=index.history.aliases[f"correction:{correction.id}"],
    )
