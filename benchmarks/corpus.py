"""Makes a neutral dossier of any size for measuring: every name and every sentence in it is invented.

usage: python benchmarks/corpus.py ARTICLES FOLDER

FOLDER becomes a project: ARTICLES curated articles with a digest of about 3 KB each, two events, three
figures and a quote for each of them (spread by chance, as in life), 83 regions, 40 publications, 200
speakers, 8 measures.
The same number gives the same bytes, everywhere.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REGIONS = 83
SPEAKERS = 200
FIRST_DAY = dt.date(2015, 1, 1)
DAYS = 3600
MEASURES = (
    "households",
    "tonnes-shipped",
    "pupils",
    "megawatts",
    "hectares",
    "journeys",
    "visitors",
    "beds",
)
KINDS = ("opening", "closure", "vote", "flood", "repair", "survey")
LANGUAGES = ("en", "en", "en", "fr", "es", "de", "pt")
TOWNS = ("Aro", "Belu", "Cado", "Derin", "Elmo", "Foru", "Galen", "Haro")
PAPERS = ("Courier", "Gazette", "Review", "Herald", "Bulletin")
PUBLICATIONS = tuple(f"The {town} {paper}" for paper in PAPERS for town in TOWNS)
SYLLABLES = """
ba be bo da de do fa fi ga go ha ka ke ko la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se so ta
te ti to va ve vi za
""".split()
WORDS = """
river harbour meeting survey record season village council bridge water market garden school library
station valley team office engine winter summer autumn spring letter report method sample result change
growth export import travel border coast island forest mountain field orchard mill quarry canal road
railway bus ferry airport weather storm drought repair plan budget member citizen visitor farmer teacher
student nurse doctor builder baker driver sailor artist writer editor reader printer studio museum
archive paper signal sensor satellite battery panel turbine grid pipe pump meter valve steady early late
rapid slow careful open public local annual monthly daily recent former current large small narrow broad
quiet busy formal joint shared said showed found added noted began ended opened closed moved raised
lowered compared repeated reviewed agreed planned built restored tested delivered gathered across during
after before between under within beyond along near toward from into with about the the the the a a an
of of of to to in in and and or for by on at as that which while
""".split()
ACCENTED = ("café", "naïve", "façade", "Zürich", "jalapeño", "smörgåsbord", "“quoted”", "—", "…")


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its id and its name."""

    id: str
    name: str


class Author:
    """Writes what an editor might, by the throws of one seeded die."""

    def __init__(self, articles: int) -> None:
        self.die = random.Random(20240101 + articles)  # noqa: S311  # a corpus, not a secret
        self.regions = self._regions()
        self.speakers = [(f"speaker-{n + 1:03}", f"{self.name(2)} {self.name(3)}") for n in range(SPEAKERS)]

    def name(self, syllables: int) -> str:
        """A name of so many syllables."""
        return "".join(self.die.choice(SYLLABLES) for _ in range(syllables)).capitalize()

    def _regions(self) -> list[Region]:
        names: dict[str, None] = {}
        while len(names) < REGIONS:
            names[self.name(3)] = None
        return [Region(name.lower(), name) for name in names]

    def sentence(self, low: int = 8, high: int = 18) -> str:
        """A sentence of so many words; one in ten has a letter with a mark, or a sign of typesetting."""
        words = self.die.choices(WORDS, k=self.die.randint(low, high))
        if self.die.random() < 0.1:
            words[self.die.randrange(len(words))] = self.die.choice(ACCENTED)
        text = " ".join(words)
        return text[0].upper() + text[1:] + "."

    def paragraph(self, low: int = 3, high: int = 5) -> str:
        """A paragraph of so many sentences."""
        return " ".join(self.sentence() for _ in range(self.die.randint(low, high)))

    def marked(self, low: int = 3, high: int = 5) -> str:
        """A paragraph with emphasis and code in it."""
        sentences = []
        for _ in range(self.die.randint(low, high)):
            words = self.sentence().split(" ")
            at, mark = self.die.randrange(1, len(words) - 1), self.die.random()
            around = "**" if mark < 0.35 else "*" if mark < 0.6 else "`" if mark < 0.7 else ""
            words[at] = f"{around}{words[at]}{around}"
            sentences.append(" ".join(words))
        return " ".join(sentences)

    def day(self) -> str:
        """A day of ten years."""
        return (FIRST_DAY + dt.timedelta(days=self.die.randrange(DAYS))).isoformat()


def dossier(articles: int) -> Iterator[tuple[str, str]]:
    """Yields every file of the project: its path and its text."""
    author = Author(articles)
    yield "content/site.yaml", _site()
    yield "content/measures.yaml", "\n".join(map(_measure, MEASURES))
    for region in author.regions:
        yield f"content/regions/{region.id}.md", _region(region, author.sentence(8, 14))
    for ident, name in author.speakers:
        yield f"content/actors/{ident}.yaml", f"name: {name}\ntype: person\n"
    ids = [f"a{number + 1:05}" for number in range(articles)]
    titles = [author.sentence(4, 8)[:-1] for _ in ids]
    annotated = _annotations(author, articles)
    for number, ident in enumerate(ids):
        mine = _regions_of(author, number)
        yield f"content/articles/{ident}/index.md", _article(author, number, titles, ids, mine)
        if annotated[number]:
            yield f"content/articles/{ident}/annotations.yaml", annotated[number]


def _site() -> str:
    kinds = "".join(f"  {kind}: {kind.capitalize()}\n" for kind in KINDS)
    return (
        "title: The Atlas of Ordinary Things\n"
        "description: A corpus for measuring, in which every name and every sentence is invented.\n"
        "language: en\nedition: 2025-01-01\neditors:\n  - name: Nobody\nlicence: CC0\n"
        "base_url: https://atlas.example/\n"
        "bare_numbers: off\n"
        f"event_kinds:\n{kinds}"
    )


def _region(region: Region, summary: str) -> str:
    return (
        f"---\nname: {region.name}\ntype: district\nsummary: {summary}\nunknown: [What it looks like.]\n---\n"
    )


def _measure(ident: str) -> str:
    title = ident.replace("-", " ").capitalize()
    return (
        f"- id: {ident}\n  title: {title}\n  definition: What is counted under this name in this corpus.\n"
        "  unit: of them\n  counting: state\n"
    )


def _regions_of(author: Author, number: int) -> list[Region]:
    more = author.die.sample(range(REGIONS), author.die.choice((0, 1, 1, 2)))
    return [author.regions[one] for one in dict.fromkeys([number % REGIONS, *more])]


def _article(author: Author, number: int, titles: list[str], ids: list[str], mine: list[Region]) -> str:
    die = author.die
    front = (
        f"type: article-newspaper\ntitle: {titles[number]}\ncontainer_title: {die.choice(PUBLICATIONS)}\n"
        f"issued: {author.day()}\naccessed: 2025-01-01\nurl: https://news.example/{ids[number]}\n"
        f"language: {die.choice(LANGUAGES)}\nregions: [{', '.join(one.id for one in mine)}]\n"
        f"summary: {author.sentence(10, 16)}\ncurated: 2025-01-01\n"
    )
    return f"---\n{front}---\n\n{_digest(author, number, ids, mine)}"


def _digest(author: Author, number: int, ids: list[str], mine: list[Region]) -> str:
    die = author.die
    links = [f"[{author.sentence(2, 4)[:-1]}](source:{die.choice(ids)})" for _ in range(3)]
    places = [f"[{one.name}](region:{one.id})" for one in mine]
    lines = [author.marked(), ""]
    lines += [f"## {author.sentence(3, 6)[:-1]}", "", author.marked(), ""]
    lines += [f"See {links[0]} and, for {places[0]}, {links[1]}.[^1]", ""]
    lines += [*(f"- {author.sentence(5, 10)}" for _ in range(4)), ""]
    lines += [f"## {author.sentence(3, 6)[:-1]}", "", author.paragraph(), ""]
    lines += [f"> {author.sentence()} {author.sentence()}", ""]
    if number % 3 == 0:
        lines += ["| Item | Count | Share |", "| --- | ---: | ---: |"]
        lines += [
            f"| {die.choice(WORDS)} {die.choice(WORDS)} | {die.randint(1, 9999)} | {die.random():.2f} |"
            for _ in range(5)
        ]
        lines += [""]
    lines += [f"### {author.sentence(3, 6)[:-1]}", "", author.marked(), ""]
    lines += [*(f"{one}. {author.sentence(5, 10)}" for one in range(1, 4)), ""]
    lines += [f"Also {links[2]} in {', '.join(places)}. {author.paragraph(2, 4)}", ""]
    lines += [f"[^1]: {author.sentence(5, 9)}", ""]
    return "\n".join(lines)


def _annotations(author: Author, articles: int) -> list[str]:
    """The annotations of each article, in its order: empty for one to which chance gave none."""
    found: list[dict[str, list[str]]] = [{"events": [], "figures": [], "quotes": []} for _ in range(articles)]
    die, regions = author.die, author.regions
    for number in range(2 * articles):
        found[die.randrange(articles)]["events"].append(
            f"  - id: e{number + 1:06}\n    title: {author.sentence(4, 8)[:-1]}\n    date: {author.day()}\n"
            f"    regions: [{die.choice(regions).id}]\n    kind: {die.choice(KINDS)}\n"
            f"    says: {author.sentence(10, 20)}\n"
        )
    for number in range(3 * articles):
        low, day = die.randint(1, 90000), author.day()
        one = die.random() < 0.5
        ends = f"value: {low}" if one else f"low: {low}\n    high: {low + die.randint(1, 5000)}"
        found[die.randrange(articles)]["figures"].append(
            f"  - id: f{number + 1:06}\n    measure: {die.choice(MEASURES)}\n    {ends}\n"
            f"    as_of: {day}\n    regions: [{die.choice(regions).id}]\n    basis: count\n"
        )
    for number in range(articles):
        found[die.randrange(articles)]["quotes"].append(
            f"  - id: q{number + 1:06}\n    speaker: {die.choice(author.speakers)[0]}\n"
            f"    exact: {author.sentence(12, 30)}\n"
            f"    lang: {die.choice(LANGUAGES)}\n    regions: [{die.choice(regions).id}]\n"
        )
    return [
        "".join(f"{kind}:\n{''.join(records)}" for kind, records in of_one.items() if records)
        for of_one in found
    ]


def write(articles: int, folder: Path) -> None:
    """Writes the dossier of that many articles into the folder."""
    for path, text in dossier(articles):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
