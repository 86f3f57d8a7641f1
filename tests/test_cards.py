"""Cards: a number that is passed on as a picture keeps its claimant and its date."""

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from site_builder.build import Options, build, check
from site_builder.drawing import Face, Lettering, faces
from site_builder.plan import SitePlan
from site_builder.plan.contexts import Card, CardStatement, MeasurePage, Page
from site_builder.read.card_style import CardStyle, card_style
from site_builder.read.theme import read_theme
from site_builder.render.cards import HEIGHT, WIDTH, Line, card_lines, card_png, wrapped

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Text = Callable[[str], str]
ROOT = Path(__file__).resolve().parent.parent
BASE = "https://bridges.example/"


def style() -> CardStyle:
    """The style of the theme that comes with the tool."""
    found = card_style(read_theme(ROOT, "dossier"))
    assert found is not None
    return found


def planned(project: Path, base_url: str = BASE) -> SitePlan:
    """The plan of a project that has no errors."""
    checked = check(Options(project=project, output=project / "public", base_url=base_url))
    assert checked.plan is not None, list(checked.issues)
    return checked.plan


def page(plan: SitePlan, path: str) -> Page:
    """The page at a path."""
    return next(one for one in plan.pages if one.path == path)


def card(plan: SitePlan, path: str) -> Card:
    """The card of a page."""
    found = page(plan, path).card
    assert found is not None
    return found


CARD = Card(
    site="The Bridge Dossier",
    edition="Edition of 1 June 2021",
    above="Upper Ost",
    title="Bridges standing",
    text="",
    statements=(
        CardStatement(words="9", unit="bridges · count", about="", says="The surveyor, as of 1 March 2021"),
        CardStatement(words="at least 7", unit="bridges · claim", about="", says="The Post, as of May 2021"),
    ),
    differs="Sources differ: what counts as a bridge",
    address="cards/figures/bridges-standing-00000000.png",
)


def told(lines: tuple[Line, ...]) -> str:
    """What stands on a card, from top to bottom."""
    return " ".join(line.text for line in lines)


def test_every_word_of_a_card_is_laid_out() -> None:
    """Site, region, title, both numbers with claimant and date, the doubt and the edition stand on it."""
    found = told(card_lines(CARD, style()))
    for words in (CARD.site, CARD.above, CARD.title, CARD.differs, CARD.edition):
        assert words in found
    for one in CARD.statements:
        assert all(part in found for part in (one.words, one.unit, *one.says.split(" ")))


def test_the_words_for_those_who_do_not_see_it_are_the_same() -> None:
    """What stands in the card's description stands on the card, and the other way round."""
    laid = set(re.findall(r"\w+", told(card_lines(CARD, style()))))
    assert set(re.findall(r"\w+", CARD.words)) == laid


@pytest.mark.parametrize("words", ["7", "Seven " * 40, "Непроизносимодлинноеслово" * 8])
def test_no_line_leaves_the_card(words: str) -> None:
    """However long a text is, it is broken, made smaller or cut off with an ellipsis within the edges."""
    long = CardStatement(words=words.strip(), unit=words, about=words, says=words)
    for made in (
        replace(CARD, title=words.strip(), above=words, differs=words, statements=(long, long)),
        replace(CARD, title=words.strip(), text=words, statements=()),
    ):
        for line in card_lines(made, style()):
            assert 60 <= line.x <= line.x + line.lettering.width(line.text) <= WIDTH - 60, line.text
            assert 40 <= line.y <= HEIGHT - 20, line.text


def test_numbers_side_by_side_have_one_size() -> None:
    """No claimant's number is louder than the other's."""
    lines = card_lines(CARD, style())
    assert 1 == len({line.lettering for line in lines if line.text in {"9", "at least 7"}})


@pytest.mark.parametrize(
    "text, most, lines",
    [
        ("", 2, []),
        ("one two", 2, ["one two"]),
        ("one two three four five six", 2, ["one two three", "four five six"]),
        ("one two three four five six seven", 2, ["one two three", "four five six…"]),
        ("no\u00a0break here and there", 3, ["no\u00a0break here", "and there"]),
    ],
)
def test_a_text_is_broken_at_spaces(text: str, most: int, lines: list[str]) -> None:
    """A no-break space holds; what is cut off ends with an ellipsis."""
    lettering = Lettering(style().sans, 400, 20)
    assert lines == wrapped(text, lettering, 122, most)


def test_a_card_is_a_small_picture_of_the_right_size() -> None:
    """It is 1,200 by 630, has sixteen colours, weighs less than 40 KB, and holds nothing but pixels."""
    content = card_png(CARD, style())
    found = Image.open(io.BytesIO(content))
    assert ("PNG", (1200, 630), "P") == (found.format, found.size, found.mode)
    assert len(content) < 40_000
    assert [b"IHDR", b"PLTE", b"IDAT", b"IEND"] == list(
        dict.fromkeys(re.findall(rb"IHDR|PLTE|IDAT|IEND|tEXt|iTXt|zTXt|eXIf|tIME|iCCP|pHYs|gAMA", content))
    )


def test_the_same_card_gives_the_same_bytes() -> None:
    """Drawn twice, a card is equal to the last byte; another word makes another picture."""
    assert card_png(CARD, style()) == card_png(CARD, style())
    assert card_png(CARD, style()) != card_png(replace(CARD, title="Bridges"), style())


def test_the_colours_are_the_themes() -> None:
    """Paper, ink and accent of a card are those of the pages."""
    found = Image.open(io.BytesIO(card_png(CARD, style()))).convert("RGB")
    colours = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in found.getcolors() or ()}  # type: ignore[misc]
    assert {style().paper, style().ink, style().accent} <= colours


@pytest.mark.parametrize(
    "text", ["Bridges", "Мосты", "Łódź, façade", "Ґанок, Ўзбек", "“9” – 10\u00a0000 № 5…"]
)
def test_the_theme_can_write(text: str) -> None:
    """Latin and Cyrillic are covered by the fonts that come with the tool, in both voices."""
    assert all(Lettering(voice, 400, 30).can_write(text) for voice in (style().serif, style().sans))


@pytest.mark.parametrize("text", ["橋", "גשר", "جسر"])
def test_what_the_fonts_do_not_hold_is_not_drawn(text: str) -> None:
    """Boxes in place of letters are worse than no card."""
    assert not Lettering(style().serif, 400, 30).can_write(text)


def test_letters_come_from_the_face_that_holds_them() -> None:
    """A line in two alphabets is set from two files, none of whose letters is a box."""
    runs = list(Lettering(style().serif, 600, 40).runs("Bridge Мост"))
    assert ["Bridge ", "Мост"] == [text for _, text in runs]
    assert 2 == len({id(font) for font, _ in runs})


def test_faces_are_read_from_the_style_sheet() -> None:
    """A face is a family, weights, letters and a file of the theme; not italics, nor the machine's fonts."""
    css = (
        '@font-face{font-family:"A B";font-weight:400 600;src:url("fonts/a.woff2")}'
        "@font-face{font-family:C;src:url(fonts/c.woff2);unicode-range:U+20-7E,U+b6}"
        "@font-face{font-family:C;font-style:italic;src:url(fonts/i.woff2)}"
        '@font-face{font-family:D;src:local("Georgia")}@font-face{font-family:E;src:url(gone.woff2)}'
    )
    files = {"fonts/a.woff2": b"a", "fonts/c.woff2": b"c", "fonts/i.woff2": b"i"}
    assert (Face("A B", 400, 600, b"a"), Face("C", 400, 400, b"c", ((32, 126), (182, 182)))) == faces(
        css, files
    )


def test_the_newest_figure_is_shown_with_its_claimant(lay: Lay) -> None:
    """A measure's card says the number, who says so and as of when, like the page does."""
    plan = planned(lay({}))
    for one in plan.pages:
        if isinstance(one, MeasurePage) and one.card and one.card.statements:
            views = {figure.number: figure for group in one.groups for figure in group.figures}
            for statement in one.card.statements:
                view = views[statement.words]
                assert view.claimant in statement.says
                assert view.as_of.words in statement.says
                assert view.basis in statement.unit
    assert card(plan, "figures/bridges-standing.html").statements


def test_a_measure_in_dispute_shows_both_claimants() -> None:
    """Where sources contradict each other, two of them stand side by side, and that they differ is said."""
    plan = planned(ROOT / "tests/sites/disagreement")
    found = card(plan, "figures/arches.html")
    assert 2 == len(found.statements)
    assert 2 == len({one.says.partition(",")[0] for one in found.statements})
    assert "Sources differ" == found.differs


def test_a_page_without_a_card_of_its_own_has_that_of_the_front_page(lay: Lay) -> None:
    """Every page that can be shared has one; redirects and the page for what is missing have none."""
    plan = planned(lay({}))
    front = card(plan, "index.html")
    assert front == card(plan, "about.html")
    assert front != card(plan, "regions/upper-ost.html")
    assert page(plan, "404.html").card is None


@pytest.mark.parametrize("files, base_url", [({}, ""), ({"site.yaml": "social_cards: false\n"}, BASE)])
def test_where_no_card_is_drawn(lay: Lay, sound_text: Text, files: dict[str, str], base_url: str) -> None:
    """Without a base URL there is none, for its tag needs a whole address; nor where none is wanted."""
    project = lay({path: text + sound_text(path) for path, text in files.items()})
    built = build(Options(project=project, output=project / "public", base_url=base_url))
    assert built.written
    assert not (project / "public/cards").exists()
    assert "og:image" not in (project / "public/index.html").read_text(encoding="utf-8")


def test_a_page_names_its_card(lay: Lay) -> None:
    """The tags hold a whole address of a file that there is, its size, and its words."""
    project = lay({})
    built = build(Options(project=project, output=project / "public", base_url=BASE))
    assert built.written, list(built.checked.issues)
    html = (project / "public/figures/bridges-standing.html").read_text(encoding="utf-8")
    tags = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', html))
    assert tags["og:image"].startswith(f"{BASE}cards/figures/bridges-standing-")
    assert (project / "public" / tags["og:image"].removeprefix(BASE)).is_file()
    assert ("1200", "630") == (tags["og:image:width"], tags["og:image:height"])
    assert "as of" in tags["og:image:alt"]
    assert "summary_large_image" == tags["twitter:card"]
    assert "/cards/*\n  Cache-Control: public, max-age=31536000, immutable" in (
        project / "public/_headers"
    ).read_text(encoding="utf-8")
