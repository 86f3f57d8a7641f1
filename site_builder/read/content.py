"""What a project's `content/` holds, as nodes and tokens with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from site_builder import images, markup, nodes
from site_builder.characters import unseen
from site_builder.issues import Issue, IssueLog, Place, Placed
from site_builder.markup import Markup
from site_builder.read.ahead import Ahead
from site_builder.read.front_matter import LONGEST, split
from site_builder.read.geometry import GEOMETRY_FILE, RawGeometry, parse_geometry
from site_builder.read.tree import Entry, bytes_of, text_of, walk
from site_builder.redaction import private_lines

CONTENT = "content"
SITE_FILE = "site.yaml"
LISTS = ("measures", "disagreements", "corrections", "retired")
# Kept beside the dossier and not read by a build: what its outlines were made with.
UNREAD = ("make_geometry.py",)
_YAML = ".yaml"
# The folders in which a Markdown file may have its translations beside it.
_TRANSLATED = frozenset({"articles", "regions", "pages"})
# The folders whose files can be read anew one by one.
_ONE_BY_ONE = frozenset({"articles", "sources", "regions", "actors", "pages"})
# The slashes in the path of a file that lies directly in one of the folders of content/.
_IN_FOLDER = 2

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """A YAML file. `id` is the stem of its name, or of its folder, with the file's first place."""

    id: Placed
    node: nodes.Node


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTranslation:
    """A Markdown file with front matter that lies beside another: `index.ru.md` beside `index.md`."""

    language: Placed
    node: nodes.Node
    body: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """A Markdown file with front matter, and those in other languages beside it."""

    id: Placed
    node: nodes.Node
    body: Markup
    translations: tuple[RawTranslation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """An article's folder; `annotations` is an empty mapping where there are none.

    `pictures` are by file name.
    """

    page: RawPage
    annotations: RawFile
    pictures: Mapping[str, RawPicture] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPicture:
    """A file that may be a picture, and where it lies."""

    path: Place
    file: images.Original


@dataclass(frozen=True, slots=True, kw_only=True)
class RawContent:
    """All that was read, in the order of file names.

    `unread` holds the places of files that could not be parsed; `texts` the text of every file by its
    path, for the excerpts of issues.
    """

    site: RawFile | None
    articles: tuple[RawArticle, ...]
    sources: tuple[RawFile, ...]
    regions: tuple[RawPage, ...]
    actors: tuple[RawFile, ...]
    pages: tuple[RawPage, ...]
    lists: Mapping[str, RawFile]
    ledger: RawFile | None
    geometry: RawGeometry | None
    unread: tuple[Placed, ...]
    texts: Mapping[str, str]


def read(project: Path, issues: IssueLog, ahead: Ahead | None = None) -> RawContent:
    """Returns what the project's `content/` holds; adds an issue for whatever cannot be read.

    Texts are taken from where they are parsed ahead, if they are.
    """
    return _Reader(project, issues, ahead=ahead).content()


def reread(project: Path, before: RawContent, path: str, issues: IssueLog) -> RawContent | None:
    """Returns the content with one file read anew: an article's, or that of a source, region, actor or page.

    It is None where more may have changed than what the file says: then all must be read again.
    """
    root, folder, *_ = path.split("/")
    deep = _IN_FOLDER + 1 if folder == "articles" else _IN_FOLDER
    if root != CONTENT or folder not in _ONE_BY_ONE or path.count("/") != deep:
        return None
    name = path.rpartition("/")[0]
    reader = _Reader(project, issues, name)
    found = reader.one(folder, path)
    if found is None or reader.unread or not set(reader.texts) <= set(before.texts):
        return None
    items: tuple[RawArticle | RawPage | RawFile, ...] = getattr(before, folder)
    at = next((number for number, one in enumerate(items) if _id_of(one) == _id_of(found)), None)
    if at is None:
        return None
    changed: Mapping[str, Any] = {folder: (*items[:at], found, *items[at + 1 :])}
    return replace(before, texts={**before.texts, **reader.texts}, **changed)


def _id_of(item: RawArticle | RawPage | RawFile) -> str:
    return item.page.id if isinstance(item, RawArticle) else item.id


class _Reader:
    """Reads one project: keeps every text for excerpts, and counts which files have been used."""

    def __init__(
        self, project: Path, issues: IssueLog, folder: str = CONTENT, ahead: Ahead | None = None
    ) -> None:
        self.issues = issues
        self.entries = {entry.path: entry for entry in walk(project, folder, issues)}
        # Asked for each article, so grouped once: a walk over all files for each would be quadratic.
        self.in_folder = _grouped(self.entries, lambda path: path.rpartition("/")[0])
        self.translations = _grouped(self.entries, _original_of)
        self.parsed = ahead.parsed if ahead else markup.parse
        if ahead:
            ahead.share(self.entries.values())
        self.used: set[str] = set()
        self.unread: list[Placed] = []
        self.texts: dict[str, str] = {}

    def content(self) -> RawContent:
        site = self._yaml(f"{CONTENT}/{SITE_FILE}")
        if site is None and not self.unread:
            repair = "write content/site.yaml, or run 'site-builder new' for a dossier to start from"
            self.issues.error(
                Place(f"{CONTENT}/{SITE_FILE}"), "missing-file", "there is no site.yaml", repair
            )
        raw = RawContent(
            site=site,
            articles=tuple(self._articles()),
            sources=tuple(self._each("sources", _YAML, self._yaml)),
            regions=tuple(self._each("regions", ".md", self._page)),
            actors=tuple(self._each("actors", _YAML, self._yaml)),
            pages=tuple(self._each("pages", ".md", self._page)),
            lists={name: found for name in LISTS if (found := self._yaml(f"{CONTENT}/{name}{_YAML}"))},
            ledger=self._yaml(f"{CONTENT}/ledger{_YAML}"),
            geometry=self._geometry(),
            unread=tuple(self.unread),
            texts=self.texts,
        )
        self._tell_strays()
        return raw

    def one(self, folder: str, path: str) -> RawArticle | RawPage | RawFile | None:
        """Returns what stands in one file; of an article, all of its folder."""
        if folder == "articles":
            return next(self._articles(), None)
        is_original = not _original_of(path) and path.count("/") == _IN_FOLDER
        read_one = self._yaml if folder in {"sources", "actors"} else self._page
        return read_one(path) if is_original else None

    def _each(self, folder: str, suffix: str, read_one: Callable[[str], T | None]) -> Iterator[T]:
        for path in self._within(folder):
            if (
                path.count("/") == _IN_FOLDER
                and path.endswith(suffix)
                and not _original_of(path)
                and (found := read_one(path)) is not None
            ):
                yield found

    def _within(self, folder: str) -> Iterable[str]:
        return (path for path in self.entries if path.startswith(f"{CONTENT}/{folder}/"))

    def _articles(self) -> Iterator[RawArticle]:
        folders = sorted(
            {path.rsplit("/", 1)[0] for path in self._within("articles") if path.count("/") > _IN_FOLDER}
        )
        for folder in folders:
            page = self._page(f"{folder}/index.md", named_by=folder)
            if page is None:
                if f"{folder}/index.md" not in self.entries:
                    repair = "write index.md with front matter (who published what, when) and the digest"
                    self.issues.error(
                        Place(f"{folder}/index.md"), "missing-file", "an article needs an index.md", repair
                    )
                    self.unread.append(_id(f"{folder}/index.md", folder))
                    self.used.add(f"{folder}/annotations.yaml")
                continue
            found = self._yaml(f"{folder}/annotations.yaml", named_by=folder)
            yield RawArticle(
                page=page,
                annotations=found or RawFile(id=page.id, node=_empty(folder)),
                pictures=dict(self._pictures(folder)),
            )

    def _pictures(self, folder: str) -> Iterator[tuple[str, RawPicture]]:
        """Yields the files of a folder that are named like pictures."""
        seen: dict[str, str] = {}
        for path in self.in_folder[folder]:
            name = path.rpartition("/")[2]
            if name.lower().endswith(images.NAMED_LIKE):
                self.used.add(path)
                first = seen.setdefault(images.file_named(name), path)
                if first != path:
                    problem = f"the name of this file cannot be told from that of {first}"
                    self.issues.error(Place(path), "image", problem, "give one of the two another name")
                content = bytes_of(self.entries[path], images.MAX_BYTES, self.issues)
                if content is not None:
                    found = RawPicture(path=Place(path), file=images.original(content))
                    yield images.file_named(name), found

    def _text(self, path: str) -> str | None:
        entry: Entry | None = self.entries.get(path)
        if entry is None:
            return None
        self.used.add(path)
        text = text_of(entry, self.issues)
        if text is None:
            self.unread.append(_id(path))
        else:
            self.texts[path] = text
        return text

    def _yaml(self, path: str, named_by: str = "") -> RawFile | None:
        text = self._text(path)
        node = None if text is None else self._node(text, Place(path))
        return None if node is None else RawFile(id=_id(path, named_by), node=node)

    def _geometry(self) -> RawGeometry | None:
        text = self._text(GEOMETRY_FILE)
        return None if text is None else parse_geometry(text, self.issues)

    def _page(self, path: str, named_by: str = "") -> RawPage | None:
        found = self._markdown(path, named_by)
        if found is None:
            return None
        node, body = found
        return RawPage(
            id=_id(path, named_by), node=node, body=body, translations=tuple(self._translations(path))
        )

    def _translations(self, original: str) -> Iterator[RawTranslation]:
        for path in self.translations.get(original, ()):
            if found := self._markdown(path):
                language = path.rsplit(".", 2)[1]
                yield RawTranslation(language=Placed(language, Place(path)), node=found[0], body=found[1])

    def _markdown(self, path: str, named_by: str = "") -> tuple[nodes.Node, Markup] | None:
        text = self._text(path)
        if text is None:
            return None
        parts = split(text, path, self.issues)
        if parts is None:
            self.unread.append(_id(path, named_by))
            return None
        node = self._node(parts.header, parts.header_start)
        if len(parts.body) > LONGEST:
            problem = f"the text has more than {LONGEST:,} characters"
            self.issues.error(parts.body_start, "too-large", problem, "split it")
            return None
        self.issues.extend(unseen(parts.body, parts.body_start))
        body, found = self.parsed(parts.body, parts.body_start)
        self.issues.extend(found)
        return None if node is None else (node, body)

    def _node(self, text: str, start: Place) -> nodes.Node | None:
        try:
            return nodes.parse(text, start)
        except nodes.YamlError as error:
            self.issues.extend([_without_private_words(error.issue, text, start)])
            self.unread.append(_id(start.path))
            return None

    def _tell_strays(self) -> None:
        for path in self.entries:
            if path in self.used or path.split("/")[1] in UNREAD:
                continue
            if original := _original_of(path):
                # An original that could not be read is told already.
                if original not in self.entries:
                    problem = f"this is a translation of {original}, which is not there"
                    repair = "write the original first, or correct the name of this file"
                    self.issues.error(Place(path), "missing-original", problem, repair)
            else:
                repair = "move it out of content/, or check its name and folder against docs/content-model.md"
                self.issues.warning(Place(path), "stray-file", "nothing reads this file", repair)


def _grouped(paths: Iterable[str], key: Callable[[str], str]) -> Mapping[str, list[str]]:
    """The paths in their order, by what the key says of each."""
    groups: dict[str, list[str]] = {}
    for path in paths:
        groups.setdefault(key(path), []).append(path)
    return groups


def _without_private_words(issue: Issue, text: str, start: Place) -> Issue:
    """A message may name what cannot be read; not so where that is private."""
    if issue.place.line - start.line + 1 in private_lines(text):
        return replace(issue, problem="this cannot be read; it stands in a private field")
    return issue


def _id(path: str, named_by: str = "") -> Placed:
    name = (named_by or path).rsplit("/", 1)[-1]
    return Placed(name.rsplit(".", 1)[0] if not named_by else name, Place(path))


def _original_of(path: str) -> str:
    """The path of the file that this one translates; empty for a file that is no translation."""
    folder, _, name = path.rpartition("/")
    first, *others = name.split(".")
    kind = folder.split("/")[1] if "/" in folder else ""
    is_one = kind in _TRANSLATED and len(others) > 1 and others[-1] == "md"
    return f"{folder}/{first}.md" if is_one else ""


def _empty(folder: str) -> nodes.PlacedDict:
    return nodes.PlacedDict({}, Place(f"{folder}/annotations.yaml"))
