"""Figures drawn on one scale: which ones may stand on it, and where each mark stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from site_builder.alphabet import sort_key
from site_builder.dates import Edtf
from site_builder.link.gather import grouped
from site_builder.model import Figure
from site_builder.plan import addresses
from site_builder.plan.contexts import (
    ChartMark,
    ChartPanel,
    ChartTime,
    ChartView,
    Link,
    RegionLink,
    Tick,
)
from site_builder.plan.naming import date_view, text_in
from site_builder.plan.scales import (
    LinearScale,
    TimeScale,
    beside,
    linear_scale,
    percent,
    time_scale,
)
from site_builder.plan.statements import origins_view, plain_number
from site_builder.plan.views import Views
from site_builder.wording import month_name, number_words

_FEWEST_MARKS = 2
_MOST_TICKS = 5
_FEWEST_TICKS = 3
_MOST_TIMES = 4
# The narrowest room that a track has, on a screen of 320 pixels, and about how wide words are drawn in it.
_TRACK = 264
_LETTER = Decimal("8.2")
_TICK_LETTER = Decimal("7.2")
# From the middle of a mark to its label, past an arrow if there is one.
_GAP, _ARROW = 16, 24
# Ticks nearer than this to an end have their words within the scale.
_NEAR_START, _NEAR_END = 12, 88

_KINDS = {"at_least": "open-high", "more_than": "open-high", "at_most": "open-low", "fewer_than": "open-low"}


def measure_charts(figures: Iterable[Figure], made: Views) -> tuple[ChartView, ...]:
    """Returns the charts of one measure's figures, those of the whole place first.

    Figures share a scale if they count the same population in places none of which holds another: one
    region, or several that belong to the same larger one. Different measures never do. A single number makes
    no chart.
    """
    numbers = [figure for figure in figures if figure.level is None]
    by_scale = grouped(numbers, lambda figure: [_scale_of(figure, made)])
    whole = f"{made.index.site.place}\n"
    ordered = sorted(by_scale, key=lambda key: (not key.startswith(whole), key))
    found = (_marked(by_scale[key], made) for key in ordered)
    several = [groups for groups in found if sum(map(len, groups.values())) >= _FEWEST_MARKS]
    return tuple(_Chart(groups, made).view(number) for number, groups in enumerate(several, 1))


def _scale_of(figure: Figure, made: Views) -> str:
    """Names what figures have in common that may stand on one scale: where, and who is counted."""
    regions = made.index.regions_of(figure)
    whole = made.index.regions[regions[0]].part_of if len(regions) == 1 else None
    where = f"in {whole}" if whole else " ".join(regions)
    return f"{where}\n{text_in(figure.population, made.language)}"


_Regions = tuple[str, ...]
_Statement = tuple[Figure, ...]


def _marked(figures: Iterable[Figure], made: Views) -> dict[_Regions, list[_Statement]]:
    """Returns figures by place, each place with its statements: figures alike in everything but their source.

    A number that two papers carry from one claimant is one mark, for it is one witness.
    """
    alike = grouped(figures, lambda figure: [_statement_of(figure, made)])
    ordered = sorted(
        alike.values(),
        key=lambda found: (found[0].as_of.sort_key, (found[0].span or found[0].as_of).sort_key, found[0].id),
    )
    places: dict[_Regions, list[_Statement]] = {}
    for found in ordered:
        places.setdefault(tuple(made.index.regions_of(found[0])), []).append(found)
    return dict(
        sorted(
            places.items(),
            key=lambda item: [sort_key(made.regions[name].text, made.language) for name in item[0]],
        )
    )


def _statement_of(figure: Figure, made: Views) -> str:
    view = made.figures[figure.id]
    alike = (
        " ".join(made.index.regions_of(figure)),
        figure.bound or "",
        plain_number(figure),
        figure.as_of.text,
        figure.span.text if figure.span else "",
        view.claimant,
        figure.basis,
        figure.rank,
        str(view.is_struck),
    )
    return "\n".join(alike)


class _Chart:
    """Draws one chart: its scales, then its marks on them."""

    def __init__(self, places: Mapping[_Regions, Sequence[_Statement]], made: Views) -> None:
        self.made = made
        self.language = made.language
        self.places = places
        self.statements = [statement for found in places.values() for statement in found]
        self.figures = [figure for statement in self.statements for figure in statement]
        lows, highs = zip(*(_ends(figure) for figure in self.figures), strict=True)
        self.scale = self._linear(min(lows), max(highs))
        self.time = time_scale(tuple(self._dates()), _MOST_TIMES)

    def _linear(self, low: Decimal, high: Decimal) -> LinearScale:
        """The finest scale whose words have room beside each other in the narrowest track."""
        for most in range(_MOST_TICKS, _FEWEST_TICKS, -1):
            scale = linear_scale(low, high, most)
            longest = max(len(number_words(tick, self.language)) for tick in scale.ticks)
            if len(scale.ticks) * (longest + 1) * _TICK_LETTER <= _TRACK:
                return scale
        return linear_scale(low, high, _FEWEST_TICKS)

    def _page(self) -> str:
        """The page that the chart stands on, where its figures are at home."""
        return addresses.record(f"figure:{self.figures[0].id}", self.made.index).partition("#")[0]

    def _dates(self) -> Iterable[Edtf]:
        for figure in self.figures:
            yield figure.as_of
            if figure.span:
                yield figure.span

    def view(self, number: int) -> ChartView:
        """Returns the chart; it is the page's first, second and so on."""
        made, first = self.made, self.figures[0]
        marks = {one[0].id: self._mark(one) for one in self.statements}
        standing = [one for one in self.statements if not marks[one[0].id].is_struck] or self.statements
        dates = {figure.as_of.text for figure in self.figures}
        measure = made.measures[first.measure]
        ident = "Scale" if number == 1 else f"Scale-{number}"
        ordered = sorted((figure.as_of for figure in self.figures), key=lambda date: date.sort_key)
        return ChartView(
            id=ident,
            address=f"{self._page()}#{ident}",
            unit=measure.unit,
            population=text_in(first.population, self.language),
            whole=self._whole(),
            panels=tuple(
                ChartPanel(
                    regions=tuple(made.regions[name] for name in regions),
                    marks=tuple(marks[one[0].id] for one in found),
                )
                for regions, found in self.places.items()
            ),
            marks=len(marks),
            ticks=tuple(self._ticks()),
            times=tuple(self._times()) if len(dates) > 1 or any(one.span for one in self.figures) else (),
            year=str(self.time.first.year) if self.time.unit == "month" else "",
            lowest=marks[min(standing, key=lambda one: _ends(one[0]))[0].id],
            highest=marks[max(standing, key=lambda one: _ends(one[0])[::-1])[0].id],
            spans=len({figure.span.text if figure.span else "" for figure in self.figures}) > 1,
            bases=tuple(dict.fromkeys((mark.basis_id, mark.basis) for mark in marks.values())),
            kinds=tuple(dict.fromkeys(mark.kind for mark in marks.values())),
            struck=any(mark.is_struck for mark in marks.values()),
            origins=origins_view(made.index.origins.shared(self.figures), made.sources),
            sources=tuple(dict.fromkeys(made.sources[figure.source] for figure in self.figures)),
            first=date_view(ordered[0], self.language),
            last=date_view(ordered[-1], self.language) if len(dates) > 1 else None,
        )

    def _whole(self) -> RegionLink | None:
        regions = self.made.index.regions_of(self.figures[0])
        whole = self.made.index.regions[regions[0]].part_of if len(self.places) > 1 else None
        return self.made.regions[whole] if whole else None

    def _mark(self, statement: _Statement) -> ChartMark:
        figure, view = statement[0], self.made.figures[statement[0].id]
        low, high = (self.scale.share(end) for end in _ends(figure))
        kind = "range" if figure.low is not None else _KINDS.get(figure.bound or "", "point")
        gap = Decimal(_GAP + (_ARROW if kind.startswith("open") else 0)) * 100 / _TRACK
        width = len(view.number) * _LETTER * 100 / _TRACK
        side = beside(low, high, width + gap)
        middle = min(max((low + high) / 2, width / 2), 100 - width / 2).quantize(Decimal("0.01"))
        return ChartMark(
            kind=kind,
            low=percent(low),
            high=percent(high),
            number=view.number,
            label_at=percent({"after": high, "before": low, "above": middle}[side]),
            label_side=side,
            claimant=view.claimant,
            basis=view.basis,
            basis_id=view.basis_id,
            as_of=view.as_of,
            span=view.span,
            time=_time(figure, self.time),
            sources=tuple(dict.fromkeys(self.made.sources[one.source] for one in statement)),
            link=Link(text=view.number, address=view.address),
            rank=view.rank,
            is_struck=view.is_struck,
            is_superseded=view.superseded_by is not None,
        )

    def _ticks(self) -> Iterable[Tick]:
        for tick in self.scale.ticks:
            share = self.scale.share(tick)
            yield Tick(at=percent(share), words=number_words(tick, self.language), anchor=_anchor(share))

    def _times(self) -> Iterable[Tick]:
        for day in self.time.ticks:
            words = month_name(day.month, self.language) if self.time.unit == "month" else str(day.year)
            yield Tick(at=percent(self.time.start(day)), words=words, anchor="start")


def _time(figure: Figure, scale: TimeScale) -> ChartTime:
    as_of, span = figure.as_of, figure.span
    start, end = scale.start(as_of.earliest), scale.end(as_of.latest)
    is_day = as_of.earliest is not None and as_of.earliest == as_of.latest
    first = scale.start(span.earliest) if span else None
    return ChartTime(
        start=percent(start),
        width=percent(end - start),
        is_day=is_day,
        is_doubtful=as_of.approximate or as_of.uncertain,
        span_start=percent(first) if first is not None else "",
        span_width=percent(scale.end(span.latest) - first) if span and first is not None else "",
    )


def _ends(figure: Figure) -> tuple[Decimal, Decimal]:
    """The ends of what a figure states; for a bounded number both are the number that is written."""
    if figure.low is not None and figure.high is not None:
        return figure.low, figure.high
    value = figure.value if figure.value is not None else Decimal(0)
    return value, value


def _anchor(share: Decimal) -> str:
    if share < _NEAR_START:
        return "start"
    return "end" if share > _NEAR_END else "middle"
