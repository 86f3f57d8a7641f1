"""Mistakes in the templates of a project's own theme, each by the file, its text, and the line to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

ACTOR = "components/actor/template.html"
ACTORS = "templates/pages/actors.html"
OTHER = "templates/other.html"
THIRD = "templates/third.html"
FRAME = '{% extends "base.html" %}\n{% block content %}\n'
END = "\n{% endblock %}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """Files of a theme of which one is wrong: `at` is its path with the line, `says` is part of what is told.

    `page` is the page on which it comes to light, empty where reading the templates is enough.
    """

    files: Mapping[str, str]
    at: str
    says: str
    page: str = field(default="actors/index.html")


def on_page(text: str, says: str, line: int = 3, files: Mapping[str, str] | None = None) -> Mistake:
    """A mistake within the page of actors, found when that is made."""
    return Mistake(files={ACTORS: FRAME + text + END, **(files or {})}, at=f"{ACTORS}:{line}", says=says)


def on_reading(text: str, says: str, line: int = 3, files: Mapping[str, str] | None = None) -> Mistake:
    """The same, found when the templates are read."""
    return replace(on_page(text, says, line, files), page="")


def in_other(mistake: Mistake) -> Mistake:
    """The same, where it is another template that is wrong."""
    return replace(mistake, at=f"{OTHER}:{mistake.at.rpartition(':')[2]}")


MISTAKES: Mapping[str, Mistake] = {
    # What is not grammar.
    "an if that is not closed": on_reading("{% if page.title %}", "endblock", 4),
    "a for without in": on_reading("{% for one %}{% endfor %}", ""),
    "an unknown tag": on_reading("{% fore one in page.actors %}", "fore"),
    "a bracket too many": on_reading("{{ page.title) }}", ""),
    "a quotation mark that is not closed": on_reading('{{ "title }}', ""),
    "an expression that is not ended": on_reading("{{ page.title + }}", ""),
    "a block twice": on_reading(
        "{% block inner %}{% endblock %}\n{% block inner %}{% endblock %}", "inner", 4
    ),
    "a tag without an end": on_reading("{% if page.title", "", 4),
    "a comment without an end": on_reading("{# never", ""),
    "a trans with a block in it": on_reading(
        "{% trans %}a {% if page.title %}b{% endif %}{% endtrans %}", ""
    ),
    "an unknown filter": on_reading("{{ page.title|shout }}", "no filter named 'shout'"),
    "an unknown test": on_reading("{{ page.title is loud }}", "no test named 'loud'"),
    "brackets too deep": on_reading("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "", 1),
    "loops too deep": on_reading("{% for a in page.actors %}" * 25 + "{% endfor %}" * 25, "", 1),
    "a number too long": on_reading("{{ " + "9" * 5000 + " }}", "", 1),
    "a name that is set to nothing": on_reading("{% set = 1 %}", ""),
    # Names.
    "a name that nothing gives": on_reading("{{ pages.title }}", "nothing is called 'pages' here"),
    "a name that a component does not see": Mistake(
        files={ACTOR: "{% macro actor(one) -%}\n{{ page.title }}\n{%- endmacro %}\n"},
        at=f"{ACTOR}:2",
        says="nothing is called 'page' here",
        page="",
    ),
    "a loop outside of a loop": on_reading("{{ loop.index }}", "nothing is called 'loop' here"),
    "a field that a page has not": on_page("{{ page.titel }}", "there is no 'titel'"),
    "a field that the site has not": on_page("{{ site.naame }}", "there is no 'naame'"),
    "a field of a field": on_page("{{ page.title.first }}", "there is no 'first'"),
    "a field of nothing": on_page("{{ (none).name }}", "'name' is asked of what is empty"),
    "an item beyond the last": on_page("{{ page.actors[99].name }}", ""),
    "a key that is not there": on_page('{{ {"a": 1}["b"] }}', "there is no 'b'"),
    "a field of an item": on_page(
        "{% for one in page.actors %}\n{{ one.nmae }}\n{% endfor %}", "there is no 'nmae'", 4
    ),
    "a method that is not there": on_page("{{ page.title.shout() }}", "there is no 'shout'"),
    # Filters.
    "url of a number": on_page("{{ page.title|length|url }}", "a text and a number"),
    "url of nothing": on_page("{% set a = none %}{{ a|url }}", "a text and nothing"),
    "number of a text": on_page("{{ page.title|number }}", ""),
    "prose of a text": on_page("{{ page.title|prose }}", ""),
    "join of a number": on_page("{{ 5|join }}", ""),
    "length of nothing": on_page("{{ none|length }}", ""),
    "a filter with an argument too many": on_page("{{ page.title|upper(1) }}", ""),
    "a filter with an unknown argument": on_page("{{ page.title|upper(loud=true) }}", ""),
    "a filter without its argument": on_page("{{ page.title|replace }}", ""),
    "sort of what has no order": on_page("{{ [1, 'a']|sort }}", ""),
    "json of a record": on_page("{{ page.actors[0]|tojson }}", ""),
    "round of a text": on_page("{{ page.title|round }}", ""),
    # Reckoning and calling.
    "a text and a number": on_page("{{ page.title + 1 }}", ""),
    "a list and a number": on_page("{{ page.actors + 1 }}", ""),
    "a text over a number": on_page("{{ page.title / 2 }}", ""),
    "a number over nought": on_page("{{ (page.title|length) / 0 }}", ""),
    "a list below a number": on_page("{{ page.actors < 3 }}", ""),
    "a text that is called": on_page("{{ page.title() }}", ""),
    "a number gone through": on_page("{% for one in 5 %}{% endfor %}", ""),
    "nothing gone through": on_page("{% for one in none %}{% endfor %}", ""),
    "a pair of what is none": on_page("{% for a, b in [1, 2] %}{% endfor %}", ""),
    "a text in a number": on_page("{{ 'a' in 5 }}", ""),
    # Macros.
    "a macro with an argument too many": on_reading(
        "{% from 'components/actor/template.html' import actor %}\n{{ actor(page.actors[0], 1, 2) }}",
        "takes",
        4,
    ),
    "a macro without its argument": on_reading(
        "{% from 'components/actor/template.html' import actor %}\n{{ actor() }}",
        "needs the argument 'line'",
        4,
    ),
    "a macro with an unknown argument": on_reading(
        "{% from 'components/actor/template.html' import actor %}\n{{ actor(page.actors[0], big=true) }}",
        "'big'",
        4,
    ),
    "a macro that is not there": on_reading(
        "{% from 'components/actor/template.html' import actress %}", "no macro 'actress'"
    ),
    "a macro that a module has not": on_page(
        "{% import 'components/actor/template.html' as c %}\n{{ c.actress() }}", "there is no 'actress'", 4
    ),
    "a macro of a module with an argument too many": on_page(
        "{% import 'components/actor/template.html' as c %}\n{{ c.actor(1, 2, 3, 4, 5) }}", "", 4
    ),
    "a macro that calls itself for ever": on_page(
        "{% macro again(n) %}{{ again(n + 1) }}{% endmacro %}\n{{ again(1) }}", "for ever"
    ),
    "a component that a theme calls in another way": Mistake(
        files={"components/date/template.html": "{% macro date(day) -%}{{ day.text }}{%- endmacro %}\n"},
        at="components/date/template.html:1",
        says="takes no argument",
        page="",
    ),
    "a component that fails on one record": Mistake(
        files={
            ACTOR: "{% macro actor(one) -%}\n{% if one.type == 'person' or one.id == 'county-surveyor' %}"
            "{{ one.shoe }}{% endif %}\n{%- endmacro %}\n"
        },
        at=f"{ACTOR}:2",
        says="there is no 'shoe'",
    ),
    # Templates that take each other.
    "an include of what is not there": on_reading(
        "{% include 'nothing.html' %}", "there is no template 'nothing.html'"
    ),
    "an include of what is not there, by a name": on_page(
        "{% set a = 'nothing.html' %}\n{% include a %}", "no template 'nothing.html'", 4
    ),
    "an include of several that are not there": on_page("{% include ['a.html', 'b.html'] %}", ""),
    "an include of a number": on_reading("{% include 5 %}", "is a text"),
    "an import of what is not there": on_reading(
        "{% import 'nothing.html' as c %}", "there is no template 'nothing.html'"
    ),
    "an extends of what is not there": Mistake(
        files={ACTORS: "{% extends 'bass.html' %}\n"},
        at=f"{ACTORS}:1",
        says="did you mean 'base.html'?",
        page="",
    ),
    "an include of itself": on_reading(
        "{% include 'pages/actors.html' %}", "pages/actors.html → pages/actors.html"
    ),
    "two that include each other": in_other(
        on_reading(
            "{% include 'other.html' %}",
            "other.html → third.html → other.html",
            1,
            {OTHER: "{% include 'third.html' %}", THIRD: "a\n{% include 'other.html' %}"},
        )
    ),
    "an extends of itself": Mistake(
        files={ACTORS: "{% extends 'pages/actors.html' %}\n"},
        at=f"{ACTORS}:1",
        says="pages/actors.html → pages/actors.html",
        page="",
    ),
    "three that extend each other": Mistake(
        files={
            ACTORS: "{% extends 'other.html' %}\n",
            OTHER: "{% extends 'third.html' %}",
            THIRD: "\n{% extends 'pages/actors.html' %}",
        },
        at=f"{OTHER}:1",
        says="other.html → third.html → pages/actors.html → other.html",
        page="",
    ),
    "two that import each other": in_other(
        on_reading(
            "{% from 'other.html' import a %}",
            "other.html → third.html → other.html",
            1,
            {
                OTHER: "{% from 'third.html' import b %}{% macro a() %}{% endmacro %}",
                THIRD: "{% from 'other.html' import a %}{% macro b() %}{% endmacro %}",
            },
        )
    ),
    "an include of itself in a loop": in_other(
        on_page(
            "{% for one in page.actors %}\n{% include 'other.html' %}\n{% endfor %}",
            "other.html → third.html → other.html",
            1,
            {
                OTHER: "{% if page.title %}{% include 'third.html' %}{% endif %}",
                THIRD: "{% if page.title %}\n{% include 'other.html' %}\n{% endif %}",
            },
        )
    ),
    # Words.
    "a message without its value": on_page("{{ _('%(count)s actors') }}", ""),
    "a message with a sign too many": on_page("{{ _('100% of %(name)s', name='a') }}", ""),
    "half a character": on_reading('{{ "\\ud800" }}', ""),
}
