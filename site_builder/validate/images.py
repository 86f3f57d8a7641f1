"""The pictures of an article: shown in the digest, declared in the front matter, and lying in the folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from site_builder.images import ImageError, Picture, file_named, picture
from site_builder.issues import IssueLog, Placed, did_you_mean, place_of
from site_builder.markup import Markup
from site_builder.model import Image
from site_builder.nodes import PlacedDict
from site_builder.read import RawArticle
from site_builder.validate.references import Declared, check_fields


def pictures_of(article: RawArticle, issues: IssueLog) -> Mapping[str, Picture]:
    """Returns the pictures that the digest shows, by file name; adds an issue for each that it cannot show.

    A file that no digest shows is a warning, and so is a declaration.
    """
    declared = _declared(article, issues)
    shown = article.page.body.pictures
    _check_translations(article, issues)
    found = {}
    for name in dict.fromkeys(shown):
        if name not in declared:
            _tell_undeclared(name, declared, article, issues)
        elif name in article.pictures and (made := _picture(name, article, issues)):
            found[str(name)] = made
    for written in declared.values():
        entry = file_named(written)
        if entry not in article.pictures:
            repair = did_you_mean(entry, article.pictures) or "put it there, or remove the entry"
            issues.error(written.place, "missing-image", f"there is no {entry} beside this file", repair)
        elif entry not in shown:
            repair = f"show it in the digest, ![what is to be seen]({entry}), or remove the entry"
            issues.warning(written.place, "stray-file", "the digest does not show this picture", repair)
    for lying, file in article.pictures.items():
        if lying not in declared and lying not in shown:
            repair = "show it in the digest and declare it under 'images:', or move it out of content/"
            issues.warning(file.path, "stray-file", "no digest shows this picture", repair)
    return found


def _check_translations(article: RawArticle, issues: IssueLog) -> None:
    for name in (name for text in article.page.translations for name in text.body.pictures):
        if name not in article.page.body.pictures:
            repair = "show it in the original too, or remove it here"
            issues.error(name.place, "image", "the original does not show this picture", repair)


def check_pictures(article: object, declared: Declared, issues: IssueLog) -> None:
    """Adds an issue for each id in the declarations of an article's pictures that names no record."""
    for node in _entries(article):
        check_fields(Image, node, declared, issues)


def check_without_folder(bodies: Iterable[Markup], issues: IssueLog) -> None:
    """Adds an issue for each picture of texts that have no folder of their own."""
    for name in (name for body in bodies for name in body.pictures):
        repair = "show it in an article's digest, and link to that"
        issues.error(place_of(name), "image", "only the digest of an article can show a picture", repair)


def _entries(node: object) -> Iterator[PlacedDict]:
    listed = node.get("images") if isinstance(node, PlacedDict) else None
    yield from (item for item in listed or () if isinstance(item, PlacedDict))


def _declared(article: RawArticle, issues: IssueLog) -> Mapping[str, Placed]:
    found: dict[str, Placed] = {}
    for node in _entries(article.page.node):
        name = node.get("file")
        if not isinstance(name, Placed) or not name:
            continue
        if file_named(name) in found:
            issues.error(name.place, "image", f"{name} is declared twice", "remove one of the entries")
        found[file_named(name)] = name
    return found


def _tell_undeclared(
    name: Placed, declared: Mapping[str, Placed], article: RawArticle, issues: IssueLog
) -> None:
    if name in article.pictures:
        problem = f"nothing says whose picture {name} is, and under which terms it is shown"
        repair = "add to the front matter: images: [{file: …, credit: …, licence: …}]"
        issues.error(name.place, "missing-image", problem, repair)
        return
    repair = did_you_mean(name, {*declared, *article.pictures}) or "put it into the article's folder"
    issues.error(name.place, "missing-image", f"there is no {name} beside this file", repair)


def _picture(name: str, article: RawArticle, issues: IssueLog) -> Picture | None:
    raw = article.pictures[name]
    try:
        return picture(raw.file)
    except ImageError as error:
        issues.error(raw.path, "bad-image", str(error), error.repair)
        return None
