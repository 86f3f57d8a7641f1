"""Compiles templates to plainer Python than Jinja does, for the thousands of pages of a build.

The output is that of Jinja, byte for byte (`tests/test_compiling.py`). What Jinja finds out at each call is
settled once: which macro a name means and what arguments it has, what a message says in the page's language,
that an attribute is one. Whatever is not known here is left to Jinja's own code, and a page that fails is
made once more by Jinja alone, whose words for the mistake are the ones to be told: see `render/site.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from gettext import NullTranslations
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, Template, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE
from markupsafe import Markup as Html
from markupsafe import escape

try:
    # What `escape` calls for a text, without the object that it makes of the outcome: half of its cost.
    from markupsafe._speedups import _escape_inner as escaped_text
except ImportError:  # pragma: no cover  # the library was not compiled, or is of another version
    escaped_text = escape

# A macro that uses one of these takes arguments that cannot be counted.
_UNCOUNTED = frozenset({"caller", "varargs", "kwargs"})
# To these a missing attribute is an answer, not a mistake.
_ASKING = frozenset({"defined", "undefined", "default", "d"})
_SAYING = frozenset({"_", "gettext"})
_PLACE = re.compile(r"%(?:\((\w+)\)s|%)")
# Whatever else a percent sign may begin is for Jinja to fill in.
_STRANGE = re.compile(r"%(?!\(\w+\)s|%)")

# For each macro that may be called as a function: the names of its arguments.
Signatures = Mapping[str, tuple[str, ...]]


class PlainerEnvironment(Environment):
    """An environment for pages from which `prefix` leads to the root, with the compiler's code.

    The compiler is shared by the environments of one language, so that each template is compiled once.
    """

    def begin(self, templates: Code, prefix: str) -> None:
        """Takes templates from there from now on."""
        self.loader = _Compiled(templates)
        self.prefix = prefix
        self.words = templates.words
        self.pages: dict[str, Template] = {}
        self.components: dict[str, Any] = {}
        self.counts: dict[tuple[str, str, Any], Html] = {}

    def component(self, name: str) -> Any:  # noqa: ANN401  # a template's module
        """Returns the macros of a component."""
        if name not in self.components:
            self.components[name] = self.get_template(name).module
        return self.components[name]

    def get_template(self, name: str | Template, *further: Any, **named: Any) -> Template:  # noqa: ANN401
        """Returns a template: each page asks for the same two, which do not change while it is made."""
        found = self.pages.get(name) if isinstance(name, str) else None
        if found is None:
            found = super().get_template(name, *further, **named)
            self.pages[found.name or ""] = found
        return found

    def counted(self, singular: str, plural: str, place: str, count: Any) -> Html:  # noqa: ANN401  # a number
        """Returns words in which only a number is filled in: there are few, on thousands of pages."""
        key = (singular, place, count)
        if (known := self.counts.get(key)) is not None and type(count) is int:
            return known
        words = Html(self.words.ngettext(singular, plural, count))  # noqa: S704  # words of a catalogue
        self.counts[key] = words % {place: count, "num": count}
        return self.counts[key]

    escaped_text = staticmethod(escaped_text)

    @staticmethod
    def escaped(value: Any) -> str:  # noqa: ANN401  # whatever a template shows
        """Returns the HTML of a value, as `escape` does, without making an object of the outcome."""
        kind = type(value)
        if kind is Html:
            return value  # type: ignore[no-any-return]  # the line above says what it is
        if kind is int:
            return str(value)
        # Most of what is left are texts that know where they are written.
        return escape(value) if hasattr(value, "__html__") else escaped_text(str(value))


class _Compiled(BaseLoader):
    def __init__(self, templates: Code) -> None:
        self.templates = templates

    def load(self, environment: Environment, name: str, globals: Any = None) -> Template:  # noqa: A002, ANN401  # as Jinja has it
        # Each page begins with a copy, which of the chain that Jinja gives takes as long as a small page.
        return Template.from_code(environment, self.templates.code(name), dict(globals or {}))


class Code:
    """The code of templates for one language, by their names, and the words of that language."""

    def __init__(self, codes: dict[str, CodeType], words: NullTranslations) -> None:
        self.codes = codes
        self.words = words

    def code(self, name: str) -> CodeType:
        """Returns the code of a template. Raises what Jinja raises."""
        if name not in self.codes:
            raise TemplateNotFound(name)
        return self.codes[name]


class Compiler(Code):
    """Compiles the templates of a theme for one language, each when it is first asked for."""

    def __init__(self, env: Environment, texts: Mapping[str, str], words: NullTranslations) -> None:
        """`env` knows the filters and tags that the templates use; `texts` are those, by name."""
        super().__init__({}, words)
        self.env = env
        self.texts = texts
        self._trees: dict[str, nodes.Template] = {}
        self._offers: dict[str, Signatures] = {}

    def code(self, name: str) -> CodeType:
        """Returns the code of a template, under its own name. Raises what Jinja raises."""
        if name not in self.codes:
            tree = self._tree(name)
            generator = _Generator(self.env, name, self.words, self._reached(name, tree))
            generator.visit(tree)
            self.codes[name] = compile(generator.text(), name, "exec")
        return self.codes[name]

    def _tree(self, name: str) -> nodes.Template:
        if name not in self.texts:
            raise TemplateNotFound(name)
        if name not in self._trees:
            self._trees[name] = self.env.parse(self.texts[name], name, name)
        return self._trees[name]

    def _offered(self, name: str) -> Signatures:
        """The macros of a template whose arguments can be counted."""
        if name not in self._offers:
            macros = (one for one in self._tree(name).body if isinstance(one, nodes.Macro))
            self._offers[name] = {
                one.name: tuple(argument.name for argument in one.args)
                for one in macros
                if not _UNCOUNTED & {found.name for found in one.find_all(nodes.Name)}
            }
        return self._offers[name]

    def _reached(self, name: str, tree: nodes.Template) -> Signatures:
        """The macros that a template has or takes, by names that mean nothing else outside its macros."""
        reached = dict(self._offered(name))
        for taken in tree.body:
            if not isinstance(taken, nodes.FromImport):
                continue
            target = taken.template.value if isinstance(taken.template, nodes.Const) else ""
            offered = self._offered(target) if target in self.texts else {}
            for one in taken.names:
                wanted, here = (one, one) if isinstance(one, str) else one
                reached.pop(here, None)
                if wanted in offered and not taken.with_context:
                    reached[here] = offered[wanted]
        otherwise = set(_stored(tree))
        return {name: arguments for name, arguments in reached.items() if name not in otherwise}


def _stored(node: nodes.Node) -> Iterator[str]:
    """The names that get a value outside macros; within them a name of the same spelling is another one."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Name) and child.ctx == "store":
            yield child.name
        elif isinstance(child, nodes.FromImport) and not isinstance(node, nodes.Template):
            yield from (one if isinstance(one, str) else one[1] for one in child.names)
        elif not isinstance(child, nodes.Macro):
            yield from _stored(child)


def _is_count(node: nodes.Call) -> bool:
    """True for words in the singular and the plural in which nothing stands but the number."""
    match node:
        case nodes.Call(
            node=nodes.Name(name="ngettext"),
            args=[nodes.Const(), nodes.Const(), number],
            kwargs=[nodes.Keyword(value=filled_in)],
        ):
            return bool(number == filled_in)
    return False


class _Generator(CodeGenerator):
    """Writes the code of one template."""

    def __init__(self, env: Environment, name: str, words: NullTranslations, macros: Signatures) -> None:
        # Without the optimiser, which would fold `url` into the code: that is shared by all prefixes.
        super().__init__(env, name, name, optimized=False)
        self.words = words
        self.macros = macros
        # Calls whose outcome goes into the page as it is.
        self._shown: set[int] = set()
        self._asked = 0

    def text(self) -> str:
        """Returns the code."""
        return str(self.stream.getvalue())  # type: ignore[attr-defined]

    def write_commons(self) -> None:
        """Begins a function: what is used again and again becomes a name of its own."""
        super().write_commons()
        self.writeline("escaped, escaped_text = environment.escaped, environment.escaped_text")
        self.writeline("prefix = environment.prefix")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # as Jinja has it
        """Reads an attribute as one: views have attributes, and what has items is asked with brackets."""
        if self._asked:
            super().visit_Getattr(node, frame)
        else:
            self.visit(node.node, frame)
            self.write(f".{node.attr}")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802
        """Leaves to Jinja what may be missing."""
        self._asking(node, frame, super().visit_Test)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """Writes a relative address as a sum, and leaves all other filters to Jinja."""
        if node.name == "url" and node.node is not None and not node.args:
            self.write("(prefix + ")
            self.visit(node.node, frame)
            self.write(")")
        else:
            self._asking(node, frame, super().visit_Filter)

    def _asking(self, node: Any, frame: Frame, visit: Callable[[Any, Frame], None]) -> None:  # noqa: ANN401  # a test or a filter
        asks = node.name in _ASKING
        self._asked += asks
        visit(node, frame)
        self._asked -= asks

    def _import_common(self, node: Any, frame: Frame) -> None:  # noqa: ANN401  # one of two kinds of import
        """Takes a component that was looked up before; only one that sees the page's names is made anew."""
        if isinstance(node.template, nodes.Const) and not node.with_context:
            self.write(f"environment.component({node.template.value!r})")
        else:
            super()._import_common(node, frame)

    def visit_Call(  # noqa: N802
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        """Calls a macro as the function that it is, and says a message in the language of the page."""
        arguments = None if forward_caller else self._arguments(node, frame)
        if arguments is not None:
            self._call(node, arguments, frame)
        elif (said := self._said(node)) is not None and not node.kwargs:
            self.write(repr(Html(said) % {}))  # noqa: S704  # words of a catalogue
        elif _is_count(node):
            self.write("environment.counted(")
            self.visit(node.args[0], frame)
            self.write(", ")
            self.visit(node.args[1], frame)
            self.write(f", {node.kwargs[0].key!r}, ")
            self.visit(node.args[2], frame)
            self.write(")")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def _call(self, node: nodes.Call, arguments: list[nodes.Expr | None], frame: Frame) -> None:
        # A macro returns a text; only where it is not shown at once must it be known as HTML.
        is_shown = id(node) in self._shown
        self.write(f"{'' if is_shown else 'Markup('}{frame.symbols.ref(node.node.name)}._func(")  # type: ignore[attr-defined]
        for argument in arguments:
            if argument is None:
                self.write("missing")
            else:
                self.visit(argument, frame)
            self.write(", ")
        self.write(")" if is_shown else "))")

    def _arguments(self, node: nodes.Expr, frame: Frame) -> list[nodes.Expr | None] | None:
        """The arguments of a macro that is called, in its order, None for one not given; or None."""
        if not isinstance(node, nodes.Call) or node.dyn_args or node.dyn_kwargs or frame.eval_ctx.volatile:
            return None
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        names = self.macros.get(name)
        found = frame.symbols.find_ref(name) or ""
        # Within a macro it may be the name of an argument; within a loop of a block it is looked up anew.
        is_looked_up = frame.symbols.find_load(found) == (VAR_LOAD_RESOLVE, name)
        if names is None or not (is_looked_up or found == f"l_0_{name}"):
            return None
        given = dict(zip(names, node.args, strict=False)) | {one.key: one.value for one in node.kwargs}
        if len(given) < len(node.args) + len(node.kwargs) or not given.keys() <= set(names):
            return None
        return [given.get(one) for one in names]

    def _said(self, node: nodes.Expr) -> str | None:
        """What a call for a message says in this language, with the places that are to be filled in."""
        if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)):
            return None
        match node.args:
            case [nodes.Const(value=str() as message)] if node.node.name in _SAYING:
                said = self.words.gettext(message)
                return None if _STRANGE.search(said) else said
        return None

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Writes what is shown, with messages as pieces of text between the values that fill them in."""
        pieces = [piece for child in node.nodes for piece in self._pieces(child)]
        super().visit_Output(nodes.Output(pieces, lineno=node.lineno, environment=node.environment), frame)

    def _pieces(self, node: nodes.Expr) -> Iterator[nodes.Expr]:
        said = self._said(node)
        if said is None or not isinstance(node, nodes.Call):
            yield node
            return
        values, end = {one.key: one.value for one in node.kwargs}, 0
        for place in _PLACE.finditer(said):
            yield nodes.TemplateData(said[end : place.start()])
            yield values[place[1]] if place[1] else nodes.TemplateData("%")
            end = place.end()
        yield nodes.TemplateData(said[end:])

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:  # noqa: ANN401  # Jinja's own
        # What a filter makes of a constant may depend on the prefix, and the code does not.
        if isinstance(node, nodes.Filter) or node.find(nodes.Filter):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401  # Jinja's own
        if self._arguments(node, frame) is not None:
            self._shown.add(id(node))
        elif frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            # Nearly all of it is text, and a page has hundreds of values: one call less for each.
            self.write("(escaped_text(it) if type(it := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401
        if id(node) in self._shown:
            return
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(") is str else escaped(it))")
