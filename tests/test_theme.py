"""What holds for every theme of ours: templates see what they are given, and nothing comes from elsewhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from site_builder.plan.assets import assets
from site_builder.read.theme import LAYERS, Theme, ThemeError, read_theme
from site_builder.render.environment import environment
from site_builder.render.hosting import CONTENT_SECURITY_POLICY

ROOT = Path(__file__).resolve().parent.parent
THEME = read_theme(ROOT, "dossier")
TEMPLATES = sorted(THEME.templates)
PAGES = [name for name in TEMPLATES if name.startswith("pages/")]
COMPONENTS = [name for name in TEMPLATES if name.startswith("components/")]

# What the environment gives to every template besides the context: translation, and its own variable for it.
GIVEN = {"gettext", "ngettext", "pgettext", "npgettext", "_", "_trans"}


NAMING: tuple[type[Any], ...] = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)


def parsed(name: str) -> nodes.Template:
    """A template's tree."""
    return environment(THEME, "", "en").parse(THEME.templates[name])


def unexplained(name: str) -> set[str]:
    """The names that a template uses and neither makes nor takes from another template."""
    tree = parsed(name)
    imported = {
        one if isinstance(one, str) else one[1]
        for found in tree.find_all(nodes.FromImport)
        for one in found.names
    }
    return find_undeclared_variables(tree) - imported - GIVEN


def test_there_are_templates() -> None:
    """The tests below look at something."""
    assert len(PAGES) >= 15
    assert len(COMPONENTS) >= 8


@pytest.mark.parametrize("name", [*PAGES, "base.html"])
def test_a_page_s_template_sees_site_and_page_alone(name: str) -> None:
    """A page is a function of what it is given: its template names nothing but `site` and `page`."""
    assert unexplained(name) <= {"site", "page"}


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_sees_its_arguments_alone(name: str) -> None:
    """A macro shows what it is handed; it reaches for no page and no site."""
    assert set() == unexplained(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_macros_are_imported_without_context(name: str) -> None:
    """No import hands the importing template's variables on."""
    tree = parsed(name)
    assert not any(found.with_context for found in tree.find_all(nodes.FromImport))
    assert not any(found.with_context for found in tree.find_all(nodes.Import))


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_a_template_names_is_there(name: str) -> None:
    """Every template that another one names exists, and has the macros that are taken from it."""
    tree = parsed(name)
    named = [found.template for kind in NAMING for found in tree.find_all(kind)]
    assert all(isinstance(one, nodes.Const) and one.value in THEME.templates for one in named)
    for found in parsed(name).find_all(nodes.FromImport):
        assert isinstance(found.template, nodes.Const)
        macros = {macro.name for macro in parsed(found.template.value).find_all(nodes.Macro)}
        assert {one if isinstance(one, str) else one[0] for one in found.names} <= macros


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_is_declared_safe(name: str) -> None:
    """No template switches escaping off: not by filter, not by block, not by a call."""
    tree = parsed(name)
    assert not [found for found in tree.find_all(nodes.Filter) if found.name in {"safe", "forceescape"}]
    assert not list(tree.find_all((nodes.EvalContextModifier, nodes.MarkSafe)))
    assert "autoescape" not in THEME.templates[name]


FORBIDDEN = {
    "a script in the page": r"<script(?![^>]*\bsrc=)",
    "a style in the page": r"<style\b",
    "a style attribute": r"\sstyle\s*=",
    "an event attribute": r"<[a-z][^<>]*\son[a-z]+\s*=",
    "an address of a script": r"javascript:",
    "a file of another host": r"<(?:link|script|img|iframe|source|object|video|audio)\b[^>]*(?:https?:)?//",
    "a frame": r"<(?:iframe|object|embed|frame)\b",
    "a form that is sent elsewhere": r"<form\b[^>]*\baction=(?!\"\{\{[^\"]*\|url \}\}\")",
    "a form that sends more than an address": r"<form\b[^>]*\bmethod=(?!\"?get\b)",
    "a base address": r"<base\b",
    "a refresh": r"http-equiv=[\"']?refresh",
}


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_policy_holds_for_every_template(what: str, name: str) -> None:
    """No template has what the content security policy forbids, or what would speak to another host."""
    if (what, name) == ("a refresh", "pages/redirect.html"):
        # The one page that leads on by itself; it leads to a page of the same site.
        assert 'content="0; url={{ page.target.address|url }}"' in THEME.templates[name]
        return
    assert not re.search(FORBIDDEN[what], THEME.templates[name], re.IGNORECASE)


@pytest.mark.parametrize(
    "what, text",
    [
        ("a script in the page", "<script>x</script>"),
        ("a style attribute", '<p style="color:red">'),
        ("an event attribute", '<a href="x" onclick="y">'),
        ("a file of another host", '<link rel="stylesheet" href="https://cdn.example/x.css">'),
        ("a file of another host", '<img src="//cdn.example/x.png">'),
        ("a form that is sent elsewhere", '<form action="https://x.example/">'),
        ("a form that sends more than an address", '<form method="post">'),
    ],
)
def test_the_search_finds_what_is_forbidden(what: str, text: str) -> None:
    """The search above would find each of these."""
    assert re.search(FORBIDDEN[what], text, re.IGNORECASE)


def test_the_page_s_policy_is_the_host_s() -> None:
    """The policy in the page is the one of the host's header, but for frames, told in a header alone."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', THEME.templates["base.html"])
    assert found
    in_page = {part.strip() for part in found[1].split(";")}
    in_header = {part.strip() for part in CONTENT_SECURITY_POLICY.split(";")}
    assert in_header - {"frame-ancestors 'none'"} == in_page


def test_every_address_in_a_link_goes_through_the_filter() -> None:
    """An address of the site is written with the `url` filter: it works at any depth and in any folder."""
    outward = r"\{\{ ?(?:address|[a-z_.]*url[a-z_]*) ?\}\}"
    bare = re.compile(rf'(?:href|src)="(?!\{{\{{[^"]*\|\s*url[^"]*\}}\}}"|#|{outward})')
    found = [
        f"{name}: {text[hit.start() : hit.start() + 60]}"
        for name, text in THEME.templates.items()
        for hit in bare.finditer(text)
    ]
    assert [] == found


UNSAFE = {
    "text that becomes elements": r"\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|DOMParser",
    "text that becomes code": r"\beval\b|\bnew Function\b|\bFunction\(|set(?:Timeout|Interval)\(\s*[\"'`]",
    "what a page on a disk cannot do": r"\bfetch\(|XMLHttpRequest|\bimport\b|\bexport\b|Worker\b|WebAssembly",
    "what speaks to somebody": r"sendBeacon|WebSocket|EventSource|\bRTC|https?://(?!www\.w3\.org/)",
    "what stays behind": r"localStorage|sessionStorage|indexedDB|\.cookie\b|caches\.",
}
_REMARKS = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("what", UNSAFE)
def test_a_script_only_adds(what: str) -> None:
    """No script of the theme turns text into elements or code, needs a server, speaks to one or remembers."""
    found = [name for name, text in THEME.scripts.items() if re.search(UNSAFE[what], _REMARKS.sub("", text))]
    assert [] == found


@pytest.mark.parametrize(
    "what, text",
    [
        ("text that becomes elements", "list.innerHTML = query"),
        ("text that becomes code", "setTimeout('go()', 5)"),
        ("what a page on a disk cannot do", "fetch('index.json')"),
        ("what speaks to somebody", "new Image().src = 'https://x.example/'"),
        ("what stays behind", "localStorage.setItem('query', query)"),
    ],
)
def test_the_search_finds_what_no_script_may_do(what: str, text: str) -> None:
    """The search above would find each of these."""
    assert re.search(UNSAFE[what], text)


def test_a_page_loads_the_scripts_that_it_names_and_the_theme_has() -> None:
    """A page without a named script carries none; a name that a theme does not have is passed over."""
    template = THEME.templates["base.html"]
    (loop,) = re.findall(r"(\{% for name in page\.scripts.*?\{% endfor %\})", template, re.DOTALL)
    assert 1 == template.count("<script")
    render = environment(THEME, "../", "en").from_string(loop).render
    site = {"scripts": {"search": "assets/search-1.js", "other": "assets/other-2.js"}}
    assert "" == render(site=site, page={"scripts": ()})
    expected = '<script defer src="../assets/search-1.js"></script>\n'
    assert expected == render(site=site, page={"scripts": ("missing", "search")})


def test_scripts_are_published_under_names_of_their_content(tmp_path: Path) -> None:
    """Each script of a theme is a classic file of its own, as it was written, among the assets."""
    made = folder(tmp_path, "plain")
    (made / "scripts/vendor").mkdir(parents=True)
    (made / "scripts/search.js").write_text("'use strict';\n", encoding="utf-8")
    (made / "scripts/vendor/stem.js").write_text("var stem;\n", encoding="utf-8")
    found = assets(read_theme(tmp_path, "plain"))
    assert {"search", "vendor/stem"} == set(found.scripts)
    assert re.fullmatch(r"assets/search-[0-9a-f]{10}\.js", found.scripts["search"])
    assert re.fullmatch(r"assets/stem-[0-9a-f]{10}\.js", found.scripts["vendor/stem"])
    assert b"'use strict';\n" == dict(found.files)[found.scripts["search"]]


def urls() -> Iterator[str]:
    """Every address that the styles name."""
    for found in re.finditer(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)""", THEME.styles):
        yield found[1] or found[2]


def test_styles_load_nothing_from_elsewhere() -> None:
    """Every `url(…)` of the styles names a file of the theme, and no style sheet imports another."""
    named = list(urls())
    assert named
    assert [] == [name for name in named if name not in THEME.files]
    assert "@import" not in THEME.styles


def test_every_file_of_a_theme_is_used() -> None:
    """No file is published that neither a style nor a template uses; licences and the icon are."""
    used = {*urls(), "favicon.svg"}
    unused = [
        name for name in THEME.files if name not in used and not Path(name).name.upper().startswith("LICEN")
    ]
    assert [] == [name for name in unused if not any(name in text for text in THEME.templates.values())]


def test_the_layers_have_one_order() -> None:
    """The style sheet declares its layers once, first, in the order of the design."""
    assert THEME.styles.startswith(f"@layer {', '.join(LAYERS)};\n")
    assert list(LAYERS) == [found for found in LAYERS if f"@layer {found} {{" in THEME.styles]


def test_published_names_change_with_the_content() -> None:
    """A theme's files are published under names with a sum of their bytes, and the styles name them so."""
    found = assets(THEME)
    published = dict(found.files)
    assert re.fullmatch(r"assets/site-[0-9a-f]{10}\.css", found.stylesheet)
    assert found.icon in published
    styles = published[found.stylesheet].decode()
    for name in re.findall(r'url\("([^"]+)"\)', styles):
        assert f"assets/{name}" in published


def folder(tmp_path: Path, name: str) -> Path:
    """A theme with next to nothing in it."""
    made = tmp_path / "themes" / name / "templates"
    made.mkdir(parents=True)
    (made / "base.html").write_text("<main></main>", encoding="utf-8")
    return made.parent


def test_a_project_s_own_theme_comes_first(tmp_path: Path) -> None:
    """A theme in the project's `themes/` is used instead of one of ours with the same name."""
    folder(tmp_path, "dossier")
    found = read_theme(tmp_path, "dossier")
    assert {"base.html": "<main></main>"} == found.templates
    assert found.fingerprint != THEME.fingerprint


def test_a_fingerprint_is_of_the_content(tmp_path: Path) -> None:
    """Equal files give an equal fingerprint; any change of a template, style or file gives another."""
    made = folder(tmp_path, "plain")
    (made / "styles").mkdir()
    (made / "static").mkdir()
    (made / "scripts").mkdir()
    first = read_theme(tmp_path, "plain")
    assert first.fingerprint == read_theme(tmp_path, "plain").fingerprint
    seen = {first.fingerprint}
    for path in ("templates/base.html", "styles/base.css", "static/a.svg", "scripts/a.js"):
        (made / path).write_text("a{}", encoding="utf-8")
        seen.add(read_theme(tmp_path, "plain").fingerprint)
    assert 5 == len(seen)


def test_a_theme_that_is_not_there_is_told(tmp_path: Path) -> None:
    """An unknown theme is an error that says where it was looked for."""
    with pytest.raises(ThemeError, match=r"no theme 'none': looked for themes/none in the project"):
        read_theme(tmp_path, "none")


def test_a_theme_is_never_another_folder(tmp_path: Path) -> None:
    """A folder without a base template is no theme."""
    (tmp_path / "themes/empty").mkdir(parents=True)
    with pytest.raises(ThemeError):
        read_theme(tmp_path, "empty")


def test_a_theme_is_compared_by_identity() -> None:
    """Themes are keys of caches: two readings are two values."""
    assert isinstance(THEME, Theme)
    assert read_theme(ROOT, "dossier") != THEME


def test_names_and_quotes_of_the_other_direction_stand_by_themselves() -> None:
    """Links, titles and quotes take the direction of their own words, and leave those beside them alone."""
    css = (ROOT / "themes/dossier/styles/base.css").read_text(encoding="utf-8")
    for names in ("a", "cite, q"):
        (rule,) = re.findall(rf"^{names} {{(.*)}}$", css, re.MULTILINE)
        assert "unicode-bidi: plaintext" in rule
    quotes = [one for text in THEME.templates.values() for one in re.findall("<blockquote[^>]*>", text)]
    assert len(quotes) >= 2
    assert all('dir="auto"' in one for one in quotes)
