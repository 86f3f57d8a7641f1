"""What a theme says in words of its own, in English: what its catalogues must hold."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.read.theme import Theme
from site_builder.render.environment import environment

# How gettext's functions take their words: those with a context take it first.
_WITH_CONTEXT = frozenset({"pgettext", "npgettext"})


def theme_messages(theme: Theme) -> Iterator[tuple[str, str, str]]:
    """Yields each message of the templates once: context, words, plural; the first and last may be empty."""
    yield from dict.fromkeys(_all(theme))


def _all(theme: Theme) -> Iterator[tuple[str, str, str]]:
    env = environment(theme, "", "en")
    for _, text in sorted(theme.templates.items()):
        for _, function, message in env.extract_translations(text):  # type: ignore[attr-defined]
            parts = [part for part in (message if isinstance(message, tuple) else (message,)) if part]
            context = parts.pop(0) if function in _WITH_CONTEXT else ""
            yield context, parts[0], parts[1] if len(parts) > 1 else ""
