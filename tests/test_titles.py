from site_builder.model import Name, Source
from site_builder.plan.subjects import source_line

ENGLISH = "Weir holds, say the millers"
RUSSIAN = "Плотина держится, говорят мельники"


def line(language: str, title: str, translated: dict[str, str]) -> tuple[str, str, str]:
    """How a source in German is titled on pages in a language, on a site whose own is English."""
    fields = {"id": "weir", "type": "webpage", "title": title, "issued": "1931", "language": "de"}
    source = Source.model_validate({**fields, **({"title_translated": translated} if translated else {})})
    found = source_line(source, language, "en")
    return found.title, found.lang, found.title_translated


def test_a_translated_title_stands_on_the_pages_of_its_language() -> None:
    """Readers of another language are not shown a title in a third one."""
    title = "Das Wehr hält"
    assert (title, "de", RUSSIAN) == line("ru", title, {"ru": RUSSIAN})
    assert (title, "de", "") == line("en", title, {"ru": RUSSIAN})
    assert (title, "de", ENGLISH) == line("en", title, {"en": ENGLISH, "ru": RUSSIAN})


def test_a_title_in_the_language_of_the_page_is_not_translated() -> None:
    """The title is repeated to nobody who can read it."""
    assert ("Das Wehr hält", "", "") == line("de", "Das Wehr hält", {"en": ENGLISH, "ru": RUSSIAN})


def test_a_title_translated_into_its_sources_language_is_in_ours() -> None:
    """Where a source was read in translation, its title is the translation's; its own readers get theirs."""
    assert ("The weir holds", "en", "Das Wehr") == line("de", "The weir holds", {"de": "Das Wehr"})
    assert ("The weir holds", "", "") == line("en", "The weir holds", {"de": "Das Wehr"})


def test_a_title_without_a_language_is_the_dossiers() -> None:
    """One plain text is in the dossier's own language, and stands on its pages alone."""
    source = Source.model_validate(
        {"id": "weir", "type": "webpage", "title": "Das Wehr hält", "issued": "1931", "language": "de",
         "title_translated": ENGLISH}
    )  # fmt: skip
    assert ENGLISH == source_line(source, "en", "en").title_translated
    assert "" == source_line(source, "ru", "en").title_translated


def test_a_description_in_brackets_is_in_our_language() -> None:
    """What the author wrote in place of a title is translated in place, and is in no source's language."""
    title, translated = "[On the weir]", {"ru": "О плотине"}
    assert ("[On the weir]", "", "") == line("en", title, translated)
    assert ("[О плотине]", "", "") == line("ru", title, translated)
    assert ("[On the weir]", "en", "") == line("ru", title, {})


def test_a_publication_is_named_in_the_language_of_the_page() -> None:
    """A publication may have a name in each language; a plain one is the same everywhere."""
    fields = {"id": "weir", "type": "webpage", "title": "Das Wehr", "issued": "1931", "language": "de"}
    named = Source.model_validate({**fields, "container_title": {"en": "Quay Paper", "ru": "Причал"}})
    assert ("Quay Paper", "Причал") == tuple(source_line(named, one, "en").label for one in ("en", "ru"))
    plain = Source.model_validate({**fields, "container_title": "Quay Paper"})
    assert "Quay Paper" == source_line(plain, "ru", "en").label


def test_a_source_without_a_publication_is_called_by_its_translated_title() -> None:
    """In running text a reader meets the title in the language of the page."""
    fields = {"id": "weir", "type": "webpage", "title": "Das Wehr", "issued": "1931", "language": "de"}
    source = Source.model_validate({**fields, "title_translated": {"ru": RUSSIAN}})
    assert (RUSSIAN, "Das Wehr") == tuple(source_line(source, one, "en").label for one in ("ru", "en"))


def test_an_author_that_is_an_institution_is_named_in_the_language_of_the_page() -> None:
    """A literal name may be given in each language; a person's parts are the same in all."""
    council = Name.model_validate({"literal": {"en": "River Council", "ru": "Речной совет"}})
    assert ("River Council", "Речной совет") == tuple(map(council.in_language, ("en", "ru")))
    assert "Ada Reeve" == Name.model_validate({"family": "Reeve", "given": "Ada"}).in_language("ru")
