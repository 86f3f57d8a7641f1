"""Takes up edited digests by themselves: the pages that show them are made anew, and all others stand.

Nothing is planned for it: the contexts of those pages are kept, and each gets the new text in the old one's
place. Where a digest may have changed more than its own words, all is built; so is in any doubt.
"""

from __future__ import annotations

import pickle
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.cache.codes import kept_codes
from site_builder.cache.digests import Digest, Digests, Reworded, keep, reworded, showing
from site_builder.cache.shelf import DamagedError
from site_builder.link.alike import links_alike
from site_builder.plan.addresses import MANIFEST, SEARCH, SIGNATURE
from site_builder.plan.assets import FOLDER
from site_builder.plan.search_edits import UnfitError, Words, reworded_index
from site_builder.read.digests import Front, read_digest, text_sum
from site_builder.render.artifacts import Artifact, Known
from site_builder.render.environment import KeptTemplates
from site_builder.render.manifest import again
from site_builder.render.memory import Shown, packed, unpacked
from site_builder.render.one_page import CannotRemakeError, remade
from site_builder.spelling import words
from site_builder.write import Publication, Written, publication

if TYPE_CHECKING:
    from site_builder.cache.last_build import Answer
    from site_builder.markup import Markup
    from site_builder.options import Options
    from site_builder.plan.contexts import Page, SearchPage, SourcePage

# More of them are made as quickly with everything else.
_FEW = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """What came of it: what the build says, and what it wrote."""

    answer: Answer
    written: Written
    seconds: float


@dataclass(frozen=True, slots=True)
class _Edit:
    """A digest that was edited, with what was known of it before, and its texts."""

    path: str
    known: Digest
    old: Markup
    new: Markup


class _DoubtError(Exception):
    """More may have changed than can be taken up."""


def take_up(options: Options) -> TakenUp | None:
    """Publishes what differs where nothing but digests has changed; None, with nothing done, in any other.

    Raises what `build` raises.
    """
    start = time.perf_counter()
    last = options.last
    if last is None or options.archive or options.integrity:
        return None
    try:
        known = reworded(last)
        if known is None:
            return None
        edits = _edits(options.project, known)
        with publication(options.output, options.project, wait=options.wait, tell=options.tell) as place:
            taken = _taken(options, known, edits, place)
    except (_DoubtError, UnfitError, DamagedError, CannotRemakeError, pickle.UnpicklingError):
        return None
    return replace(taken, seconds=time.perf_counter() - start)


def _edits(project: Path, known: Reworded) -> tuple[_Edit, ...]:
    """The digests that read otherwise."""
    if len(known.changed) > _FEW:
        raise _DoubtError
    return tuple(edit for path in known.changed if (edit := _edit(project, path, known.digests)))


def _edit(project: Path, path: str, digests: Digests) -> _Edit | None:
    """What has become of one digest; None where it says what it said."""
    before, read = digests.digests.get(path), read_digest(project, path)
    if before is None or read is None or read[0] != Front(before.front, before.line):
        raise _DoubtError
    new, sum_of_new = read[1], text_sum(read[1])
    if sum_of_new == before.text:
        return None
    page: SourcePage = unpacked(_kept(digests, before.page).context)
    old = page.body.markup if page.body else None
    is_taken = any(one.text == sum_of_new for one in digests.digests.values())
    if not old or not new or text_sum(old) != before.text or is_taken:
        raise _DoubtError
    if not links_alike(old, new, digests.numbers_in):
        raise _DoubtError
    return _Edit(path, before, old, new)


def _taken(options: Options, known: Reworded, edits: tuple[_Edit, ...], place: Publication) -> TakenUp:
    digests, last = known.digests, options.last
    if last is None or not place.stands(digests.listed):
        raise _DoubtError
    with options.timings.floor("theme"):
        codes = kept_codes(last.shelf, digests.templates)
    if not codes:
        raise _DoubtError
    with options.timings.floor("render"):
        made = _Made(digests, edits, codes, options)
    with options.timings.floor("write"):
        every = tuple(_all(made, place, options.output))
        if options.verify:
            _check(every, options)
        written = place.publish(every, digests.title)
        answer = replace(known.answer, files=written.files, bytes=written.bytes)
        if standing := last.standing():
            last.note(answer, standing, written.paths)
            keep(last, replace(made.digests, listed=written.listed), answer, standing)
    return TakenUp(answer=answer, written=written, seconds=0)


def _check(every: Iterable[Artifact | Known], options: Options) -> None:
    """Compares the files with those of a build from nothing, all but their list. Raises `DifferenceError`."""
    from site_builder.both_ways import check_equal  # noqa: PLC0415
    from site_builder.build import from_nothing, whole  # noqa: PLC0415

    rendered = (file for file in every if file.path not in {MANIFEST, SIGNATURE})
    check_equal((whole(file, options.output) for file in rendered), from_nothing(options))


def _all(made: _Made, place: Publication, output: Path) -> Iterator[Artifact | Known]:
    """Every file of the site, and their list; the signature that there is, if the list is the same."""
    yield from made.files
    others = {*(file.path for file in made.files), *made.gone, MANIFEST, SIGNATURE}
    for path, one in place.standing.items():
        if path not in others:
            yield Known(path, one.sha256, one.size)
    before = (output / MANIFEST).read_bytes()
    after = again(before, made.files, made.gone)
    yield Artifact(MANIFEST, after)
    if before == after and (signed := place.standing.get(SIGNATURE)):
        yield Known(SIGNATURE, signed.sha256, signed.size)


def _kept(digests: Digests, path: str) -> Shown:
    """What is kept of a page."""
    if path not in digests.pages:
        raise _DoubtError
    return digests.pages[path]


class _Made:
    """The files that differ, `gone` which there are no more, and what is known of the digests from now on."""

    def __init__(
        self, digests: Digests, edits: tuple[_Edit, ...], codes: Mapping[str, bytes], options: Options
    ) -> None:
        self._before, self._edits, self._options = digests, edits, options
        self._templates = {language: KeptTemplates(code, language) for language, code in codes.items()}
        self._pages = dict(digests.pages)
        self._shared = {one.folder: unpacked(one.shared) for one in digests.languages} if edits else {}
        self.gone: list[str] = []
        self.files = (*self._shown(), *self._found())

    @property
    def digests(self) -> Digests:
        """What is known of the digests now."""
        after = {edit.path: replace(edit.known, text=text_sum(edit.new)) for edit in self._edits}
        return replace(self._before, digests={**self._before.digests, **after}, pages=self._pages)

    def _shown(self) -> Iterator[Artifact]:
        """Every page that shows an edited digest."""
        texts = {edit.old.text: edit.new for edit in self._edits}
        for path, shown in showing(self._before.pages, [edit.path for edit in self._edits]).items():
            page = unpacked(shown.context, texts)
            self._pages[path] = Shown(shown.texts, packed(page), b"")
            folder = path.removesuffix(page.path)
            yield self._rendered(page, folder)

    def _found(self) -> Iterator[Artifact]:
        """The page of the search in each language, and its index, where digests have other words."""
        for one in self._before.languages:
            changed: defaultdict[str, dict[int, bool]] = defaultdict(dict)
            for edit in self._edits:
                for word, has_it in self._words(edit, one.folder):
                    changed[word][edit.known.number] = has_it
            if changed:
                yield from self._reworded(one.folder, changed)

    def _reworded(self, folder: str, changed: Words) -> Iterator[Artifact]:
        path = folder + SEARCH
        page: SearchPage = unpacked(_kept(self._before, path).context)
        to_root, assets, name = page.index.rpartition(f"{FOLDER}/")
        records = {edit.known.number: edit.known.page for edit in self._edits}
        index = reworded_index(assets + name, self._read, records, changed)
        page = replace(page, index=to_root + index.head)
        self.gone += index.gone
        self._pages[path] = Shown((), packed(page), b"")
        yield from (Artifact(address, content) for address, content in index.files)
        yield self._rendered(page, folder)

    def _read(self, path: str) -> bytes:
        return (self._options.output / path).read_bytes()

    def _words(self, edit: _Edit, folder: str) -> Iterator[tuple[str, bool]]:
        """Yields the words that are new in a record, and those that it has no more."""
        page: SourcePage = unpacked(_kept(self._before, folder + edit.known.page).context)
        around = (page.summary, page.note, page.publisher, *page.authors)
        elsewhere = {word for text in around for word in words(text)}
        old, new = ({*words(body.words)} - elsewhere for body in (edit.old, edit.new))
        yield from ((word, True) for word in new - old)
        yield from ((word, False) for word in old - new)

    def _rendered(self, page: Page, folder: str) -> Artifact:
        site = self._shared[folder]
        if site.language not in self._templates:
            raise _DoubtError
        return remade(page, site, self._templates[site.language], self._options.timings)
