"""Brings the catalogues of words in other languages up to date with the code and the theme.

Adds what is new, without a translation, and takes out what nothing says any more; what is translated stays.
Run as `make words`; another theme's folder may be named: `python scripts/words.py themes/mine`. A new
language begins with an empty file, `themes/dossier/languages/uk.po` say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from site_builder import catalogues
from site_builder.plan.messages import messages
from site_builder.read.theme import read_theme
from site_builder.render.messages import theme_messages

ROOT = Path(__file__).resolve().parent.parent
Message = tuple[str, str, str]


def main(folders: Iterable[str]) -> None:
    """Updates the catalogues of the tool and of the themes in these folders."""
    update(catalogues.FOLDER, [(context, words, "") for context, words in messages()])
    for folder in map(Path, folders):
        theme = read_theme(folder.resolve().parent.parent, folder.name)
        update(folder / "languages", list(theme_messages(theme)))


def update(folder: Path, wanted: list[Message]) -> None:
    """Writes every catalogue of a folder anew, with these messages and the translations that it has."""
    for path in sorted(folder.glob("*.po")):
        with path.open(encoding="utf-8") as file:
            old = read_po(file, locale=path.stem.replace("-", "_"))
        new = Catalog(locale=old.locale, header_comment="", fuzzy=False)
        for context, words, plural in wanted:
            known = old.get(words, context or None)
            said = known.string if known else ""
            new.add((words, plural) if plural else words, said, context=context or None)
        missing = sum(not all(_strings(message.string)) for message in new if message.id)
        with path.open("wb") as target:
            target.write(_HEAD.format(language=path.stem, forms=new.plural_forms).encode())
            write_po(target, new, omit_header=True, width=0)
        print(f"{path.relative_to(ROOT)}: {len(wanted)} messages, {missing} of them to be translated")


def _strings(said: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


_HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {language}\\n"
"Plural-Forms: {forms}\\n"

"""

if __name__ == "__main__":
    main(sys.argv[1:] or [str(ROOT / "themes" / "dossier")])
