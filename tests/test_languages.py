"""A dossier in several languages: the same pages in each, and the words that come with the tool."""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po
from lxml import html

from site_builder.build import Options, build, check
from site_builder.catalogues import FOLDER, words_of
from site_builder.issues import Place
from site_builder.markup import parse
from site_builder.plan import SitePlan
from site_builder.plan.addresses import Root
from site_builder.plan.labels import field_label, label
from site_builder.plan.messages import messages
from site_builder.read.theme import read_theme
from site_builder.render.messages import theme_messages
from site_builder.validate.translations import text_sum
from site_builder.values import Text
from site_builder.wording import own_name

ROOT = Path(__file__).resolve().parent.parent
TWO = ROOT / "tests/sites/two-languages"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier in English and Russian, published."""
    project = tmp_path_factory.mktemp("two")
    shutil.copytree(TWO / "content", project / "content")
    built = build(Options(project=project, output=project / "public"))
    assert built.written, list(built.checked.issues)
    return project / "public"


def paths(site: Path, folder: str) -> set[str]:
    """The pages below a folder, by their paths in it."""
    return {path.relative_to(site / folder).as_posix() for path in (site / folder).rglob("*.html")}


def page(site: Path, path: str) -> html.HtmlElement:
    """A page of the site."""
    return html.document_fromstring((site / path).read_bytes())


# ---------------------------------------------------------------- the same pages in each language


def test_every_page_is_there_in_each_language(site: Path) -> None:
    """Both languages have the same paths; what a host shows for a missing address is there once."""
    in_english = {path for path in paths(site, "") if not path.startswith("ru/")}
    assert {"404.html"} == in_english - paths(site, "ru")
    assert paths(site, "ru") <= in_english


def test_a_page_says_its_language(site: Path) -> None:
    """`lang` of every page is the language that it is in."""
    assert {"en"} == {page(site, path).get("lang") for path in paths(site, "") if not path.startswith("ru/")}
    assert {"ru"} == {page(site, f"ru/{path}").get("lang") for path in paths(site, "ru")}


@pytest.mark.parametrize("folder,lang,name", [("", "ru", "Русский"), ("ru/", "en", "English")])
def test_the_switch_keeps_the_page(site: Path, folder: str, lang: str, name: str) -> None:
    """Each page leads to itself in the other language, which is named in itself and marked as such."""
    for path in paths(site, "ru"):
        (link,) = page(site, folder + path).xpath("//nav[contains(@class, 'languages')]//a")
        assert (lang, lang, name) == (link.get("lang"), link.get("hreflang"), link.text)
        target = ((site / folder / path).parent / link.get("href")).resolve()
        assert (site / ("" if folder else "ru") / path).resolve() == target


def test_search_engines_are_told_of_each_language(site: Path) -> None:
    """A page names its address in every language, itself included, and the one for all others."""
    for path in ("regions/lissow.html", "ru/regions/lissow.html"):
        found = page(site, path).xpath("//link[@rel='alternate'][@hreflang]")
        base = "https://weir.example/"
        assert {
            "en": f"{base}regions/lissow.html",
            "x-default": f"{base}regions/lissow.html",
            "ru": f"{base}ru/regions/lissow.html",
        } == {link.get("hreflang"): link.get("href") for link in found}


def test_files_for_all_languages_are_there_once(site: Path) -> None:
    """Styles and tables are shared; each language has cards and a feed, with addresses of its own pages."""
    assert {".html", ".png", ".xml"} == {path.suffix for path in (site / "ru").rglob("*") if path.is_file()}
    entries = re.findall(r"<id>(.*?)</id>", (site / "ru/feed.xml").read_text(encoding="utf-8"))
    assert "https://weir.example/ru/articles/quay-paper-1931-04.html" in entries
    assert not (site / "ru/sitemap.xml").exists()


def test_the_sitemap_names_each_page_in_each_language(site: Path) -> None:
    """Every page has an entry for each language, and each entry names the page in all of them."""
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    listed = [path for path in paths(site, "ru") if not path.startswith("print/")]
    assert 2 * len(listed) == text.count("<loc>")
    assert 2 * text.count("<loc>") == text.count("<xhtml:link ")


def test_one_language_has_no_switch(tmp_path: Path) -> None:
    """A dossier in one language says nothing of languages: no folder, no link, no `hreflang`."""
    shutil.copytree(TWO / "content", tmp_path / "content")
    file = tmp_path / "content/site.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("translated_into: [ru]\n", ""), encoding="utf-8")
    for other in (tmp_path / "content").rglob("*.ru.md"):
        other.unlink()
    build(Options(project=tmp_path, output=tmp_path / "public"))
    assert not (tmp_path / "public/ru").exists()
    text = (tmp_path / "public/regions/lissow.html").read_text(encoding="utf-8")
    assert "hreflang" not in text
    assert "languages" not in text


def planned() -> SitePlan:
    """The plan of the dossier in two languages."""
    plan = check(Options(project=TWO, output=TWO / "public")).plan
    assert plan is not None
    return plan


def test_a_page_is_the_same_record_in_each_language() -> None:
    """Pages come in the same order in each language, with texts in that language."""
    own, other = planned().languages
    kinds = [(page.kind, page.path) for page in own.pages if page.kind != "not-found"]
    assert kinds == [(page.kind, page.path) for page in other.pages]
    titles = {
        one.site.language: page.title
        for one in (own, other)
        for page in one.pages
        if page.path == "regions/lissow.html"
    }
    assert {"en": "Lissow", "ru": "Лиссов"} == titles


@pytest.mark.parametrize(
    "here,there,way", [("", "ru/", "ru/"), ("ru/", "", "../"), ("ru/", "uk/", "../uk/"), ("ru/", "ru/", "")]
)
def test_the_way_from_one_language_to_another(here: str, there: str, way: str) -> None:
    """A relative way leads from the root of one language to that of another."""
    assert way == Root(here.rstrip("/"), here).to(Root(there.rstrip("/"), there))


@pytest.mark.parametrize(
    "tag,name",
    [
        ("en", "English"),
        ("ru", "Русский"),
        ("uk", "Українська"),
        ("pt-BR", "Português (Brasil)"),
        ("qaa", "qaa"),
    ],
)
def test_a_language_is_named_in_itself(tag: str, name: str) -> None:
    """A reader finds their language by its own name; one that CLDR does not know stands as its tag."""
    assert name == own_name(tag)


def test_a_text_falls_back_to_the_dossier_s_own_language() -> None:
    """A text without the language asked for is given in the dossier's own, else in the first one written."""
    assert "Weir" == Text((("", "Weir"), ("ru", "Плотина"))).in_language("uk")
    assert "Плотина" == Text((("ru", "Плотина"), ("en", "Weir"))).in_language("uk")


# ---------------------------------------------------------------- texts in another language


def prose_of(site: Path, path: str) -> html.HtmlElement:
    """The author's text on a page."""
    (found,) = page(site, path).xpath("//div[@class='prose']")
    return found


def test_a_translated_text_says_how_it_was_made(site: Path) -> None:
    """The text in the page's language stands there, with its translator and the method."""
    found = prose_of(site, "ru/articles/quay-paper-1931-04.html")
    assert "Газета насчитала" in found.text_content()
    assert "Редакция" in found.xpath(".//p[@class='prose__origin']")[0].text_content()
    assert None is found.get("lang")
    assert [] == prose_of(site, "articles/quay-paper-1931-04.html").xpath(".//p[@class='prose__origin']")


def test_a_missing_text_is_shown_as_written(site: Path) -> None:
    """Without a translation the original stands there, marked as such; what is said of it is not."""
    found = prose_of(site, "ru/regions/lissow.html")
    assert "en" == found.get("lang")
    assert "ru" == found.xpath(".//p[@class='prose__origin']")[0].get("lang")
    assert "The weir is older than the town." in found.text_content()


def test_a_stale_text_says_so(site: Path) -> None:
    """A reader is told that the original has changed since the translation was made."""
    assert [] != prose_of(site, "ru/about.html").xpath(".//p[@class='prose__origin']/strong")
    assert [] == prose_of(site, "ru/articles/quay-paper-1931-04.html").xpath(".//strong[.='stale']")


@pytest.mark.parametrize(
    "changed,is_same",
    [("One\n\ntwo.\n", True), ("\n\nOne  \n\ntwo.", True), ("One\ntwo.\n", False), ("one\n\ntwo.\n", False)],
)
def test_a_text_is_known_by_its_sum(changed: str, is_same: bool) -> None:
    """White space at the ends of lines and around the text is nothing; any other change is one."""
    first, second = (text_sum(parse(text, Place("a.md"))[0]) for text in ("One\n\ntwo.\n", changed))
    assert is_same == (first == second)
    assert re.fullmatch(r"[0-9a-f]{12}", first)


def test_withheld_words_change_no_sum() -> None:
    """A sum gives nothing away of words that are withheld, and does not change with them."""
    sums = {text_sum(parse(f"By [{name}]{{.withheld}}.", Place("a.md"))[0]) for name in ("Ivan", "Anna")}
    assert 1 == len(sums)


def test_a_translation_is_no_page_of_its_own(site: Path) -> None:
    """`about.ru.md` makes no page `about.ru.html`."""
    assert [] == list(site.rglob("*.ru.html"))


# ---------------------------------------------------------------- words


def catalogue(path: Path) -> Catalog:
    """A catalogue as it is written."""
    with path.open(encoding="utf-8") as file:
        return read_po(file, locale=path.stem)


CATALOGUES = {
    "tool": (FOLDER / "ru.po", [(context, words, "") for context, words in messages()]),
    "theme": (
        ROOT / "themes/dossier/languages/ru.po",
        list(theme_messages(read_theme(ROOT, "dossier"))),
    ),
}
by_catalogue = pytest.mark.parametrize("name", CATALOGUES)
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}")


def translated(name: str) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """What a catalogue says for each message: one text, or one for each plural form."""
    found = {}
    for message in catalogue(CATALOGUES[name][0]):
        words, said = _texts(message.id), _texts(message.string)
        if words[0]:
            found[message.context or "", words[0], words[-1] if len(words) > 1 else ""] = said
    return found


def _texts(words: str | Sequence[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


@by_catalogue
def test_every_message_has_a_translation(name: str) -> None:
    """All that a reader can meet in English is in the catalogue: `make words` brings it there."""
    assert sorted(CATALOGUES[name][1]) == sorted(translated(name))
    assert [] == [message for message, said in translated(name).items() if not all(said)]


@by_catalogue
def test_translations_keep_their_places(name: str) -> None:
    """A translation fills in what the English does; a plural form may do so once less."""
    for (_, words, plural), said in translated(name).items():
        wanted = sorted(PLACEHOLDER.findall(plural or words))
        assert [] == [form for form in said if sorted(PLACEHOLDER.findall(form)) != wanted], words


@by_catalogue
def test_russian_has_three_plural_forms(name: str) -> None:
    """Each counted thing has the forms of 1, of 2 and of 5, and a word that is not counted has one."""
    for (_, _, plural), said in translated(name).items():
        assert (3 if plural else 1) == len(said)


@by_catalogue
def test_russian_is_written_in_russian(name: str) -> None:
    """No translation is still English: all have Cyrillic letters but those that only set signs."""
    latin = [
        said for _, said in translated(name).items() if not re.search("[а-яё]", "".join(said).casefold())
    ]
    assert [("(%(name)s)",), ("(%(name)s)",)] * (name == "theme") + [("{who}, {when}",)] * (
        name == "tool"
    ) == latin


@by_catalogue
def test_russian_is_set_as_russian(name: str) -> None:
    """Quotation marks are «», and a dash stands between spaces."""
    for said in translated(name).values():
        for words in said:
            assert not re.search(r"[\"“”„…']|\.\.\.| - |\w—|—\w", words), words


@pytest.mark.parametrize(
    "count,words",
    [
        (1, "1 событие"),
        (2, "2 события"),
        (5, "5 событий"),
        (11, "11 событий"),
        (21, "21 событие"),
        (22, "22 события"),
        (111, "111 событий"),
        (112, "112 событий"),
        (1001, "1001 событие"),
    ],
)
def test_counted_things_in_russian(count: int, words: str) -> None:
    """The plural is the one that Russian has for the number."""
    found = words_of((CATALOGUES["theme"][0].read_text(encoding="utf-8"),))
    assert words == found.ngettext("%(count)s event", "%(count)s events", count) % {"count": count}


@pytest.mark.parametrize(
    "group,code,english,russian",
    [
        ("section", "disagreements", "Told differently", "По-разному"),
        ("basis", "count", "count", "подсчёт"),
        ("kind", "figure", "figure", "число"),
        ("rank", "normal", "", ""),
    ],
)
def test_labels_by_language(group: str, code: str, english: str, russian: str) -> None:
    """A code has its word in the page's language; a language without a catalogue has the English one."""
    assert (english, russian) == (label(group, code, "en"), label(group, code, "ru"))
    assert (english, russian) == (label(group, code, "tlh"), label(group, code, "ru-RU"))


def test_a_field_without_a_word_reads_as_written() -> None:
    """A correction may name any field."""
    assert ("as-of date", "на какую дату") == (field_label("as_of", "en"), field_label("as_of", "ru"))
    assert "made up" == field_label("made_up", "ru")


def test_words_of_a_theme_come_after_those_it_extends() -> None:
    """Of two catalogues in a row the later one counts, and the earlier one fills in what it lacks."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    first = f'{head}msgid "Data"\nmsgstr "Данные"\n\nmsgid "Close"\nmsgstr "Закрыть"\n'
    found = words_of((first, f'{head}msgid "Data"\nmsgstr "Таблицы"\n'))
    assert ("Таблицы", "Закрыть", "Feed") == tuple(map(found.gettext, ("Data", "Close", "Feed")))


def test_english_reads_no_catalogue() -> None:
    """A site in English pays nothing for the words of other languages."""
    code = (
        "import sys; from pathlib import Path; from site_builder.build import Options, check;"
        f"check(Options(project=Path({str(ROOT / 'tests/sites/minimal')!r}), output=Path('none')));"
        "print('babel.messages' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "False" == done.stdout.strip()


def test_the_russian_pages_are_russian(site: Path) -> None:
    """What is left in English on a Russian page is marked as such, or is a name, an id or an address."""
    for path in paths(site, "ru"):
        body = page(site, f"ru/{path}").find(".//body")
        for foreign in body.xpath(".//*[@lang='en']|.//code|.//footer"):
            foreign.drop_tree()
        english = re.findall(r"\b(?:the|and|with|from|by|on record|no|source|figure)\b", body.text_content())
        assert [] == english, path
