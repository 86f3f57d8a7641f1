"""What is wrong with the templates of a project's own theme, told by file and line before any page is made.

A component is a promise between templates: who calls a macro relies on its name and its arguments. Where a
theme of its own replaces one of the two, both sides are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from traceback import walk_tb

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from site_builder.issues import Issue, Place, did_you_mean
from site_builder.link.origins import cycles
from site_builder.read.theme import Theme
from site_builder.render.environment import environment, parsed
from site_builder.render.mishaps import circle, told

_PROSE = "components/prose/template.html"
# What prose.py calls, by place.
_PROSE_MACROS = {"cite": 3, "footnote": 2, "embed": 1, "picture": 2, "outward": 2, "withheld": 0}
_HALVES = re.compile("[\ud800-\udfff]")
_GIVEN = frozenset({"gettext", "ngettext", "pgettext", "npgettext", "_", "_trans"})


class TemplateFaultError(Exception):
    """A template of the project's that fails while a page is made; carries the issue."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue)
        self.issue = issue


def template_issues(theme: Theme) -> tuple[Issue, ...]:
    """Returns what is wrong with a project's own templates; a shipped theme is not looked at."""
    if theme.is_shipped:
        return ()
    env = environment(theme, "", "en")
    trees: dict[str, nodes.Template] = {}
    issues: list[Issue] = []
    for name, text in theme.templates.items():
        try:
            trees[name] = parsed(name, text)
            if name in theme.paths:
                env.compile(text, name, name)
        except TemplateSyntaxError as error:
            trees.pop(name, None)
            issues.append(_issue(theme, name, error.lineno, _one_line(error)))
        except (SyntaxError, RecursionError, MemoryError, ValueError):
            # Of Python itself, which knows no line of ours.
            trees.pop(name, None)
            problem = (
                "something here is too much for a template: brackets or loops too deep, or a long number"
            )
            issues.append(_issue(theme, name, 1, problem, "write it in several steps"))
    for name, tree in trees.items():
        if name in theme.paths:
            issues += _unknown_names(theme, name, tree, env)
        issues += _broken_promises(theme, name, tree, trees)
    issues += _promised_to_prose(theme, trees)
    issues += _circles(theme, trees)
    return tuple(_once(issues))


def template_fault(error: Exception, theme: Theme, where: str) -> Issue | None:
    """Returns what failed in a project's template while a page was made; None where it failed elsewhere.

    Templates are compiled under their own names, so these stand in the traceback.
    """
    if isinstance(error, TemplateSyntaxError) and error.name and error.name in theme.paths:
        return _issue(theme, error.name, error.lineno, _one_line(error))
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    inside = [(name, line) for name, line in frames if name in theme.paths]
    if isinstance(error, RecursionError) and inside:
        return _endless(error, theme, inside, where)
    if not inside and isinstance(error, TemplateNotFound) and error.name:
        problem = f"the theme has no template '{error.name}'"
        repair = f"write it, or let the theme extend another one ({where})"
        return Issue(place=Place(f"themes/{theme.name}"), code="bad-template", problem=problem, repair=repair)
    if not inside:
        return None
    problem, repair = told(error)
    return _issue(theme, *inside[-1], f"{problem} ({where})", repair)


def _endless(error: RecursionError, theme: Theme, inside: Sequence[tuple[str, int]], where: str) -> Issue:
    """The issue of templates that take each other, or of a macro that calls itself, for ever."""
    found = circle(error, theme.templates)
    if not found:
        return _issue(theme, *inside[-1], f"a macro calls itself for ever ({where})", "let it end somewhere")
    name, line = next((one for one in reversed(inside) if one[0] == found[0]), inside[-1])
    return _circle(theme, found, name, line, f" ({where})")


def _circle(theme: Theme, names: Sequence[str], name: str, line: int, where: str = "") -> Issue:
    problem = f"templates take each other in a circle: {' → '.join((*names, names[0]))}{where}"
    repair = "let one of them do without the other"
    return replace(_issue(theme, name, line, problem, repair), code="cycle")


def _circles(theme: Theme, trees: Mapping[str, nodes.Template]) -> Iterator[Issue]:
    """Templates that extend, include or import each other whatever a page holds."""
    taken = {name: dict(_always_taken(tree)) for name, tree in trees.items()}
    for names in cycles({name: tuple(one for one in found if one in trees) for name, found in taken.items()}):
        own = next((name for name in names if name in theme.paths), None)
        if own:
            following = names[(names.index(own) + 1) % len(names)]
            yield _circle(theme, names, own, taken[own][following])


def _always_taken(node: nodes.Node) -> Iterator[tuple[str, int]]:
    """The templates that one needs in any case, each with the line that says so."""
    for child in node.iter_child_nodes():
        target = getattr(child, "template", None)
        if isinstance(target, nodes.Const) and isinstance(target.value, str):
            yield target.value, child.lineno
        elif isinstance(child, (nodes.Block, nodes.With, nodes.Scope)):
            yield from _always_taken(child)


def _issue(theme: Theme, name: str, line: int, problem: str, repair: str = "") -> Issue:
    lines = theme.templates.get(name, "").splitlines()
    text = lines[line - 1] if line <= len(lines) else ""
    column = len(text) - len(text.lstrip()) + 1
    return Issue(
        place=Place(theme.paths.get(name, name), line, column, len(text.strip())),
        code="bad-template",
        problem=problem,
        repair=repair or "docs/theme.md says what a template may use",
    )


def _one_line(error: Exception) -> str:
    words = " ".join(str(getattr(error, "message", None) or error).split()).rstrip(".")
    # Where in the file, counted in characters: the line is told already.
    words = re.sub(r" at \d+$", "", words)
    return words[:1].lower() + words[1:]


def _unknown_names(theme: Theme, name: str, tree: nodes.Template, env: Environment) -> Iterator[Issue]:
    """Names that nothing gives, and templates that are not there."""
    known = set() if name.startswith("components/") else {"site", "page"}
    taken = {here for node in tree.find_all(nodes.FromImport) for _, here in _taken(node)}
    for unknown in sorted(find_undeclared_variables(tree) - known - taken - _GIVEN - set(env.globals)):
        line = next(node.lineno for node in tree.find_all(nodes.Name) if node.name == unknown)
        if name.startswith("components/"):
            repair = "a component sees its arguments alone: hand it over as one"
        else:
            repair = did_you_mean(unknown, known) or "a template sees 'site' and 'page'"
        yield _issue(theme, name, line, f"nothing is called '{unknown}' here", repair)
    for node in tree.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)):
        target = getattr(node, "template", None)
        if isinstance(target, nodes.Const) and not isinstance(target.value, str):
            repair = "names are as 'components/quote/template.html'"
            yield _issue(theme, name, node.lineno, "the name of a template is a text", repair)
        elif isinstance(target, nodes.Const) and target.value not in theme.templates:
            repair = (
                did_you_mean(target.value, theme.templates) or "names are as 'components/quote/template.html'"
            )
            yield _issue(theme, name, node.lineno, f"there is no template '{target.value}'", repair)
    for written in tree.find_all(nodes.Const):
        if isinstance(written.value, str) and _HALVES.search(written.value):
            problem = "half a character cannot be written"
            yield _issue(theme, name, written.lineno, problem, "write the character itself")


@lru_cache(maxsize=256)
def _imports(tree: nodes.Template) -> tuple[nodes.FromImport, ...]:
    return tuple(tree.find_all(nodes.FromImport))


def _taken(node: nodes.FromImport) -> Iterator[tuple[str, str]]:
    """What a template takes from another: the name there, and the name here."""
    for one in node.names:
        yield (one, one) if isinstance(one, str) else one


@dataclass(frozen=True, slots=True)
class _Macro:
    """A macro and the template that has it."""

    template: str
    node: nodes.Macro


def _macros(name: str, tree: nodes.Template) -> dict[str, _Macro]:
    return {node.name: _Macro(name, node) for node in tree.find_all(nodes.Macro)}


def _broken_promises(
    theme: Theme, name: str, tree: nodes.Template, trees: Mapping[str, nodes.Template]
) -> Iterator[Issue]:
    """Macros that are taken from a template and are not there, or take other arguments than given."""
    imports = _imports(tree)
    if not {name, *(getattr(node.template, "value", "") for node in imports)} & theme.paths.keys():
        # What shipped templates take from each other is not the project's.
        return
    reached = _macros(name, tree)
    for node in imports:
        target = node.template.value if isinstance(node.template, nodes.Const) else ""
        if target not in trees:
            continue
        offered = _macros(target, trees[target])
        made = {
            one.name for found in trees[target].find_all(nodes.Assign) for one in found.find_all(nodes.Name)
        }
        for one in node.names:
            wanted, here = (one, one) if isinstance(one, str) else one
            if wanted in offered:
                reached[here] = offered[wanted]
            elif wanted not in made:
                yield from _missing_macro(theme, (name, node.lineno), target, wanted, offered)
    for call in tree.find_all(nodes.Call):
        macro = reached.get(call.node.name) if isinstance(call.node, nodes.Name) else None
        if macro and (problem := _misgiven(macro.node, call)):
            yield from _told(theme, (name, call.lineno), macro, problem)


def _once(issues: Iterable[Issue]) -> Iterator[Issue]:
    """One issue for each place and repair: a macro that many call is told with its first caller."""
    seen: set[tuple[Place, str, str]] = set()
    for issue in issues:
        key = (issue.place, issue.problem.partition(";")[0], issue.repair)
        if key not in seen:
            yield issue
        seen.add(key)


def _missing_macro(
    theme: Theme, asked: tuple[str, int], target: str, wanted: str, offered: Mapping[str, object]
) -> Iterator[Issue]:
    name, line = asked
    near = did_you_mean(wanted, offered)
    if name in theme.paths:
        yield _issue(theme, name, line, f"{target} has no macro '{wanted}'", near)
    elif target in theme.paths:
        problem = f"there is no macro '{wanted}', which {name} takes from here"
        yield _issue(theme, target, 1, problem, near or f"write it, as {theme_file(target)} has it")


def theme_file(name: str) -> str:
    """Where the first theme keeps a template of that name."""
    return f"themes/dossier/{'' if name.startswith('components/') else 'templates/'}{name}"


def _misgiven(macro: nodes.Macro, call: nodes.Call) -> str:
    """What is wrong with the arguments that a macro is called with; empty where nothing is."""
    taken = [argument.name for argument in macro.args]
    free = {one.name for one in macro.find_all(nodes.Name)} & {"varargs", "kwargs"}
    if call.dyn_args or call.dyn_kwargs or free:
        return ""
    named = {word.key for word in call.kwargs} - {"caller"}
    if len(call.args) > len(taken):
        many = f"{len(taken)} argument{'' if len(taken) == 1 else 's'}"
        return f"takes {many}, and is given {len(call.args)}"
    if unknown := sorted(named - set(taken)):
        return f"takes no argument '{unknown[0]}'"
    needed = taken[len(call.args) : len(taken) - len(macro.defaults)]
    if missing := [one for one in needed if one not in named]:
        return f"needs the argument '{missing[0]}', and is not given it"
    return ""


def _told(theme: Theme, asked: tuple[str, int], macro: _Macro, problem: str) -> Iterator[Issue]:
    """Tells a call that fails where the project can mend it: at the call, or else at the macro."""
    name, line = asked
    words = f"the macro '{macro.node.name}' {problem}"
    if name in theme.paths:
        signature = ", ".join(argument.name for argument in macro.node.args)
        yield _issue(theme, name, line, words, f"{macro.node.name}({signature}) is in {macro.template}")
    elif macro.template in theme.paths:
        repair = f"take the arguments that {theme_file(macro.template)} takes"
        told = f"{words}; it is called so in {name}"
        yield _issue(theme, macro.template, macro.node.lineno, told, repair)


def _promised_to_prose(theme: Theme, trees: Mapping[str, nodes.Template]) -> Iterator[Issue]:
    """The macros that the text of an article is made with."""
    if _PROSE not in theme.paths or _PROSE not in trees:
        return
    offered = _macros(_PROSE, trees[_PROSE])
    for wanted, count in _PROSE_MACROS.items():
        if wanted not in offered:
            problem = f"there is no macro '{wanted}', with which text in Markdown is made"
            yield _issue(theme, _PROSE, 1, problem, f"write it, as {theme_file(_PROSE)} has it")
        elif len(offered[wanted].node.args) < count:
            problem = f"the macro '{wanted}' must take {count} arguments"
            yield _issue(
                theme, _PROSE, offered[wanted].node.lineno, problem, f"take those of {theme_file(_PROSE)}"
            )
