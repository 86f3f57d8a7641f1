"""The pictures of digests: as a reader meets them, and the files to be made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from site_builder.images import FALLBACK_WIDTH, WIDTHS, Picture, file_named
from site_builder.link import Index
from site_builder.model import Article, Image
from site_builder.plan import addresses
from site_builder.plan.contexts import PictureFile, PictureView
from site_builder.plan.naming import date_view, record_link, text_in
from site_builder.plan.views import Views

_WEBP = "webp"
# No column asks for more: what is larger is for looking closely.
_SHOWN = WIDTHS[-2]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPicture:
    """A file to be made of a picture; `form` is webp, jpg or png."""

    address: str
    picture: Picture
    width: int
    form: str


def planned_pictures(index: Index) -> Iterator[PlannedPicture]:
    """Yields the files of every picture that a digest shows, each address once."""
    for article in index.articles:
        for made in {picture.fingerprint: picture for picture in article.pictures.values()}.values():
            for width, form in _forms(made):
                address = addresses.picture(article.id, made.fingerprint, width, form)
                yield PlannedPicture(address=address, picture=made, width=width, form=form)


def picture_views(article: Article, made: Views) -> Mapping[str, PictureView]:
    """Returns what a reader is told of an article's pictures, by file name."""
    declared = {file_named(image.file): image for image in article.images}
    return {
        name: _view(article.id, picture, declared[name], made)
        for name, picture in article.pictures.items()
        if name in declared
    }


def _view(article: str, picture: Picture, image: Image, made: Views) -> PictureView:
    files = {
        (width, form): _file(article, picture, width, form, made.root) for width, form in _forms(picture)
    }
    shown = [found for (_, form), found in files.items() if form == _WEBP]
    width, form = _fallback(picture)
    return PictureView(
        files=tuple(shown),
        fallback=files[width, form],
        width=width,
        height=picture.height_at(width),
        largest=shown[-1] if shown[-1].width > _SHOWN else None,
        caption=text_in(image.caption, made.language),
        credit=text_in(image.credit, made.language),
        licence=text_in(image.licence, made.language),
        licence_url=image.licence_url or "",
        date=date_view(image.date, made.language) if image.date else None,
        source=record_link(f"source:{image.source}", made.index, made.language) if image.source else None,
    )


def _file(article: str, picture: Picture, width: int, form: str, root: addresses.Root) -> PictureFile:
    address = addresses.picture(article, picture.fingerprint, width, form)
    return PictureFile(address=root.shared(address), width=width)


def _forms(picture: Picture) -> Iterator[tuple[int, str]]:
    yield from ((width, _WEBP) for width in picture.widths)
    yield _fallback(picture)


def _fallback(picture: Picture) -> tuple[int, str]:
    return min(FALLBACK_WIDTH, picture.width), picture.fallback_format
