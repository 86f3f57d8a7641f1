"""Single mistakes at known places, in every kind of file, behind all that makes a column hard to tell.

They stand in `mistakes.txt`.
"""

import ctypes
import locale
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from site_builder.build import Options, check
from site_builder.issues import IssueLog, Place
from site_builder.report import as_text, inert
from tests.damage.fuzzing import SOUND

FILLERS = (
    "The mill.", "Мельница на реке, ё.", "🌊🌊", "水門です", "e\u0301tat Й и\u0306", "a\tb\t", "— “quoted” …",
    "נהר שָׁלוֹם", "نهر اَلنَّهْر", "ที่นี่", "नमस्ते", "각하 ㅎㅏ", "👩\u200d🔬 🏳\ufe0f\u200d🌈", "🇺🇦",
    "❤\ufe0f", "👍🏽", "no\u00a0break\u202fhere", "so\u00adft", "a\u200bb", "full\u3000width ＡＢ", "ｱｲ ﾊﾟ",
    "\U00020bb7\U0001f468",
    "Z\u0335\u0322a\u0335l\u0335go", "x" * 130, "слово " * 40, "й\t🌊 " * 25,
)  # fmt: skip

_ARTICLE = (
    'type: article-newspaper\ntitle: "~"\nissued: 2021-03-14\nlanguage: en\nsummary: "~"\n'
    "curated: 2021-04-02\nregions: [upper-ost]\n"
)
# What stands before the mistake in a file whose every field is not in the mistake itself.
_BEFORE = {
    "regions/planted.md": '---\nname: Planted\ntype: town\nsummary: "~"\n',
    "articles/planted/index.md": f"---\n{_ARTICLE}",
    "sources/planted.yaml": 'type: report\ntitle: "~"\nissued: 2021-02\nlanguage: en\n',
    "actors/planted.yaml": 'name: "~"\n',
    "site.yaml": (
        'title: "~"\ndescription: "~"\nlanguage: en\nedition: 2021-06-01\nlicence: CC BY 4.0\n'
        "base_url: https://bridges.example/\n"
    ),
}
_PROSE = {
    "pages/planted.md": "---\ntitle: Planted\n---\n",
    "regions/planted.md": "---\nname: Planted\ntype: town\nsummary: A.\nunknown: [A.]\n---\n",
    "articles/planted/index.md": f"---\n{_ARTICLE}---\n",
}
MISTAKES = tuple(
    (path, code, text.replace("\\n", "\n").replace("\\u202e", "\u202e").replace("\\u0007", "\u0007"))
    for line in (Path(__file__).parent / "mistakes.txt").read_text(encoding="utf-8").splitlines()[1:]
    for path, code, text in [line.split("  ", 2)]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One file with one mistake; `line` and `column` count from 1, `marked` what the caret stands under."""

    path: str
    content: bytes
    code: str
    line: int
    column: int
    marked: str


def planted(number: int, chance: random.Random) -> Planted:
    """The mistake of a number; each kind has its turn."""
    path, code, mistake = MISTAKES[number % len(MISTAKES)]
    if path == "prose":
        path = chance.choice([*_PROSE])
        before = "".join(f"{_words(chance)}\n\n" for _ in range(chance.randint(0, 25)))
        whole = f"{_PROSE[path]}{before}{mistake}\n"
    else:
        whole = f"{_BEFORE.get(path, '')}{mistake}\n"
        # Spaces where no editor shows them.
        whole = whole.replace("\n", chance.choice(("", " ", "\t")) + "\n")
        comments = _comments(chance)
        whole = f"---\n{comments}{whole[4:]}---\n" if path.endswith(".md") else comments + whole
    return _laid(path, _filled(whole, chance), code, chance)


def _comments(chance: random.Random) -> str:
    return "".join(f"# {_words(chance)}\n" for _ in range(chance.choice((0, 0, 1, 7, 50))))


def _words(chance: random.Random) -> str:
    return "".join(chance.choices(FILLERS, k=chance.choice((1, 1, 2))))


def _filled(text: str, chance: random.Random) -> str:
    first, *others = text.split("~")
    return first + "".join(f"{_words(chance)}{other}" for other in others)


def _laid(path: str, text: str, code: str, chance: random.Random) -> Planted:
    before, _, rest = text.partition("«")
    marked, _, after = rest.partition("»")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    ending = chance.choice(("\n", "\n", "\r\n", "\r"))
    mark = chance.choice(("", "", "\ufeff"))
    content = (mark + (before + marked + after).replace("\n", ending)).encode()
    return Planted(path=path, content=content, code=code, line=line, column=column, marked=marked)


def faults(mistake: Planted, project: Path) -> list[str]:
    """What is wrong with how the mistake is told, when it is laid into the sound dossier."""
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(SOUND, project)
    target = project / "content" / mistake.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(mistake.content)
    checked = check(Options(project=project, output=project / "public"))
    place = Place(f"content/{mistake.path}", mistake.line, mistake.column, len(mistake.marked))
    told = [issue for issue in checked.issues if (issue.place, issue.code) == (place, mistake.code)]
    if not told:
        return [f"not told at {place}", *(f"{issue.place}: {issue.code}" for issue in checked.issues)]
    only = IssueLog()
    only.extend(told[:1])
    _, excerpt, carets = as_text(only, checked.texts).split("\n")[:3]
    under = _under(excerpt[_MARGIN:], carets[_MARGIN:])
    expected = inert(mistake.marked)
    # Of what is longer than an excerpt, its beginning is shown.
    is_right = under == expected or (len(under) > _LEAST and expected.startswith(under))
    return [] if is_right else [f"the carets stand under {under!r}, not {expected!r}"]


_MARGIN = len("12345 | ")
_LEAST = 20


def _under(excerpt: str, carets: str) -> str:
    """What of an excerpt stands over the carets, as the C library counts the cells of a terminal."""
    before = len(carets) - len(carets.lstrip(" "))
    after = before + len(carets.strip(" ").split(" ")[0])
    found, cell = "", 0
    for letter in excerpt:
        found += letter if before <= cell < after else ""
        cell += max(0, _cells(letter))
    return found


def _cells(letter: str) -> int:
    kept = locale.setlocale(locale.LC_CTYPE)
    locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    try:
        return int(_LIBRARY.wcwidth(ctypes.c_wchar(letter)))
    finally:
        locale.setlocale(locale.LC_CTYPE, kept)


_LIBRARY = ctypes.CDLL(None)
