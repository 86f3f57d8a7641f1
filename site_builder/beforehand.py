"""What a first build has another process do beforehand: it parses texts, and then compiles templates."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from site_builder import nodes
from site_builder.issues import Place
from site_builder.read import CONTENT, SITE_FILE, Ahead, TextsOfFiles

if TYPE_CHECKING:
    from site_builder.read.theme import Theme

SITE = f"{CONTENT}/{SITE_FILE}"


def begin(project: Path, jobs: int) -> Ahead:
    """Begins the process, if `jobs` allow for it and there is enough to do."""
    return Ahead(project / CONTENT, jobs, _compiled)


def parsing(project: Path, jobs: int, begun: Ahead | None) -> AbstractContextManager[Ahead]:
    """Returns what parses the texts: if it was begun before, it goes on to its own end."""
    return nullcontext(begun) if begun else Ahead(project / CONTENT, jobs)


def compile_templates(ahead: Ahead, theme: Theme, languages: Sequence[str]) -> None:
    """Compiles a theme's templates in some languages, together with the process that was begun beforehand.

    It goes from the first to the last, this one from the last to the first, until they meet.
    """
    from site_builder.render import compile_template, take_codes  # noqa: PLC0415

    if not ahead.process:
        # Few pages are made, by this process alone: what they need is compiled when they need it.
        return
    for language in reversed(languages):
        for name in reversed(tuple(theme.templates)):
            for made in ahead.further():
                # From a process of this very run.
                fingerprint, spoken, code = marshal.loads(made)  # noqa: S302
                if code and fingerprint == theme.fingerprint:
                    take_codes(theme, spoken, code)
            compile_template(theme, language, name)


def _compiled(content: Path) -> Iterator[bytes]:
    """The code of each of the theme's templates in each language, with what it was made of."""
    # Only here: the process is begun before the other one has loaded these.
    from site_builder.cache.ready import is_ready  # noqa: PLC0415
    from site_builder.read.theme import FIRST, read_theme  # noqa: PLC0415
    from site_builder.render import code  # noqa: PLC0415

    text = TextsOfFiles(content.parent, [SITE])[SITE]
    site: Any = nodes.parse(text, Place(SITE))
    theme = read_theme(content.parent, site.get("theme", FIRST))
    for language in map(str, (site["language"], *site.get("translated_into", ()))):
        for name in () if is_ready(theme, language) else theme.templates:
            yield marshal.dumps((theme.fingerprint, language, code(theme, language, name)))
