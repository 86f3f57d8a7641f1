"""The house: who imports whom, where foreign libraries live, how long things are, and what nothing knows."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "site_builder"

# From the ground up; a module imports from its own floor and from those before it.
FLOORS = (
    (
        "issues",
        "dates",
        "alphabet",
        "left_behind",
        "timings",
        "garbage",
        "tickets",
        "lazily",
        "misdates",
        "words",
        "numerals",
        "phrases",
        "redaction",
        "outward",
        "colours",
        "spelling",
        "disk",
        "rooms",
        "characters",
        "whereabouts",
    ),
    ("normal_form", "parts", "passages", "quotations", "text_fragments"),
    ("wording", "catalogues", "nodes", "images", "drawing", "dialect", "markup", "values", "fields"),
    ("model",),
    ("read",),
    ("validate",),
    ("link",),
    ("plan",),
    ("render",),
    ("write",),
    ("cache",),
    (
        "build",
        "options",
        "beforehand",
        "digests",
        "taken_up",
        "comparing",
        "diff",
        "record",
        "purge",
        "excision",
        "release",
        "retract",
        "retraction",
        "report",
        "show",
        "sign",
        "specimen",
        "verify",
        "codebook",
        "new",
        "serve",
        "terminal",
        "both_ways",
        "headroom",
        "cli",
        "__main__",
    ),
)

# Each foreign library, and the only modules (or packages) that may import it.
HOMES = {
    "yaml": {"nodes"},
    "markdown_it": {"dialect", "markup", "render.prose"},
    "mdit_py_plugins": {"dialect"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "click": {"cli", "terminal"},
    "livereload": {"serve"},
    "tornado": {"serve"},
    "watchfiles": {"serve"},
    "babel": {"catalogues", "wording"},
    "PIL": {"drawing", "images"},
    "pydantic": {"fields", "model", "validate.records", "codebook", "specimen"},
    "pydantic_core": {"fields", "values", "validate.records", "codebook"},
}

WRITERS = {"disk", "cache.shelf"}
# What writes, though not on a disk: a signature goes to ssh-keygen through a pipe, and numbers of tasks to
# whichever process takes them.
PIPES = {("tickets", "os.write"), ("verify", "os.write")}
NETWORKERS = {"serve"}

LINES_OF_A_MODULE = 350
LINES_OF_A_FUNCTION = 45
# Longer than that today. The list only shrinks: whoever mends one takes it out.
LONG_MODULES: Mapping[str, int] = {}
LONG_FUNCTIONS: Mapping[str, int] = {"link.index.link": 52}


@dataclass(frozen=True, slots=True)
class Module:
    """A module of ours: its name below the package ("" for the package itself), text and tree."""

    name: str
    text: str
    tree: ast.Module


@cache
def modules() -> dict[str, Module]:
    """Every module of the tool, by its name below the package."""
    found = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT / PACKAGE).with_suffix("").parts
        if "starter" in parts:
            continue
        name = ".".join(part for part in parts if part != "__init__")
        text = path.read_text(encoding="utf-8")
        found[name] = Module(name, text, ast.parse(text))
    return found


def imported(module: Module) -> Iterator[tuple[str, int]]:
    """Every absolute dotted name that a module imports, anywhere in it, with the line."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.name}:{node.lineno}: imports are absolute"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                inner = whole.removeprefix(f"{PACKAGE}.")
                yield (whole if inner in modules() else str(node.module)), node.lineno


def ours(module: Module) -> Iterator[tuple[str, int]]:
    """What a module imports of ours, as names below the package."""
    for name, line in imported(module):
        if name == PACKAGE or name.startswith(f"{PACKAGE}."):
            yield name.removeprefix(PACKAGE).removeprefix("."), line


def floor_of(name: str) -> int:
    """The number of a module's floor, from the ground up."""
    top = name.partition(".")[0]
    return next(number for number, floor in enumerate(FLOORS) if top in floor)


def within(name: str, homes: Iterable[str]) -> bool:
    """Whether a module is one of the homes, or lies in one."""
    return any(name == home or name.startswith(f"{home}.") for home in homes)


def test_every_module_has_a_floor() -> None:
    """A new module is given its place in the house before it is used."""
    known = {name for floor in FLOORS for name in floor}
    assert set() == {name.partition(".")[0] for name in modules() if name} - known


def test_imports_go_down() -> None:
    """A module imports from its own floor and from below, never above: also in functions and for types."""
    wrong = [
        f"{name}:{line} imports {target}"
        for name, module in modules().items()
        if name
        for target, line in ours(module)
        if target and floor_of(target) > floor_of(name)
    ]
    assert [] == wrong


def test_the_package_itself_imports_nothing_of_ours() -> None:
    """`import site_builder` gives the version and costs nothing."""
    assert [] == list(imported(modules()[""]))


def test_there_is_no_circle_of_imports() -> None:
    """No module imports itself over others, counting imports in functions and under TYPE_CHECKING."""
    graph = {
        name: {target for target, _ in ours(module) if target != name} for name, module in modules().items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_foreign_library_has_one_home(library: str) -> None:
    """Only the modules named as its home import a foreign library; to replace it is to rewrite them."""
    users = {
        name
        for name, module in modules().items()
        if any(target.partition(".")[0] == library for target, _ in imported(module))
    }
    assert set() == {name for name in users if not within(name, HOMES[library])}


def test_every_foreign_library_is_declared() -> None:
    """What is neither Python's nor ours has a home in the table above."""
    found = {target.partition(".")[0] for module in modules().values() for target, _ in imported(module)}
    assert set() == found - set(sys.stdlib_module_names) - {PACKAGE} - set(HOMES)


def test_no_module_is_named_after_nothing() -> None:
    """A module's name says what is in it: there is none for what belongs nowhere."""
    empty = re.compile(r"util|helper|common|manager|misc|shared|stuff|base$")
    assert [] == [name for name in modules() if any(empty.search(part) for part in name.split("."))]


def test_modules_are_short() -> None:
    """A module has at most 350 lines; the exceptions are named and may only get fewer and shorter."""
    lengths = {name: module.text.count("\n") for name, module in modules().items()}
    long = {name: length for name, length in lengths.items() if length > LINES_OF_A_MODULE}
    assert set(long) == set(LONG_MODULES)
    assert {} == {name: length for name, length in long.items() if length > LONG_MODULES[name]}


def functions(module: Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function of a module, nested ones too, with its whole name."""

    def below(
        node: ast.AST, names: tuple[str, ...]
    ) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield ".".join((*names, child.name)), child
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield from below(child, (*names, child.name))

    return below(module.tree, (module.name,))


def test_functions_are_short() -> None:
    """A function has at most 45 lines; the exceptions are named and may only get fewer and shorter."""
    lengths = {
        name: (node.end_lineno or 0) - node.lineno + 1
        for module in modules().values()
        for name, node in functions(module)
    }
    long = {name: length for name, length in lengths.items() if length > LINES_OF_A_FUNCTION}
    assert set(long) == set(LONG_FUNCTIONS)
    assert {} == {name: length for name, length in long.items() if length > LONG_FUNCTIONS[name]}


def undocumented(module: Module) -> Iterator[str]:
    """What a module offers without a docstring."""
    if not ast.get_docstring(module.tree):
        yield f"{module.name}: the module"

    def below(node: ast.Module | ast.ClassDef, names: tuple[str, ...]) -> Iterator[str]:
        for child in node.body:
            if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if child.name.startswith("_"):
                continue
            if not ast.get_docstring(child):
                yield ".".join((*names, child.name))
            if isinstance(child, ast.ClassDef):
                yield from below(child, (*names, child.name))

    yield from below(module.tree, (module.name,))


def test_what_is_public_is_documented() -> None:
    """Every module, public class, public function and public method says what it promises."""
    assert [] == [name for module in modules().values() for name in undocumented(module)]


_COMMAND = "click."


def opening_words(module: Module) -> Iterator[str]:
    """The word that each docstring of a function begins with; a command's speaks to whoever calls it."""
    for _, node in functions(module):
        said = ast.get_docstring(node)
        if said and not any(_COMMAND in ast.unparse(one) for one in node.decorator_list):
            yield said.split()[0].strip(",;.:")


def test_docstrings_speak_in_the_third_person() -> None:
    """No function is told to do a thing of which another is said to do it."""
    words = {word for module in modules().values() for word in opening_words(module)}
    assert {"Returns", "Yields", "Takes"} <= words
    assert set() == {word for word in words if words & {f"{word}s", f"{word}es", f"{word[:-1]}ies"}}


_WRITING = frozenset(
    {"chmod", "copy", "copy2", "copyfile", "copytree", "fdopen", "hardlink_to", "makedirs", "mkdir",
     "mkdtemp", "mkstemp", "move", "NamedTemporaryFile", "remove", "removedirs", "rename", "renames", "rmdir",
     "rmtree", "symlink", "symlink_to", "TemporaryDirectory", "TemporaryFile", "touch", "truncate", "unlink",
     "utime", "write_bytes", "write_text"}
)  # fmt: skip
# Methods of these names belong to lists and dictionaries as well; on these modules they change the disk.
_OF_MODULES = {("os", "link"), ("os", "replace"), ("os", "open"), ("os", "write"), ("shutil", "make_archive")}


def disk_changes(module: Module) -> Iterator[str]:
    """The calls of a module that create, change or remove a file."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        owner = (
            called.value.id
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name)
            else ""
        )
        if name == "open" and _opens_for_writing(node):
            yield f"{module.name}:{node.lineno} open"
        elif (owner, name) in _OF_MODULES:
            yield f"{module.name}:{node.lineno} {owner}.{name}"
        elif name in _WRITING and owner != "disk" and not _is_of_a_list(called):
            yield f"{module.name}:{node.lineno} {name}"


def _opens_for_writing(call: ast.Call) -> bool:
    place = 1 if isinstance(call.func, ast.Name) else 0
    modes = [*call.args[place : place + 1], *(word.value for word in call.keywords if word.arg == "mode")]
    # A mode that is not written out may be any.
    return any(not isinstance(mode, ast.Constant) or set(str(mode.value)) & set("wax+") for mode in modes)


def _is_of_a_list(called: ast.expr) -> bool:
    """True for `names[key].remove(…)`: an item of a container is no path here."""
    return (
        isinstance(called, ast.Attribute)
        and called.attr == "remove"
        and isinstance(called.value, ast.Subscript)
    )


def test_few_modules_change_the_disk() -> None:
    """Whatever writes a file does it through `disk`; the cache, which may be lost, has a way of its own."""
    assert [] == [
        found
        for name, module in modules().items()
        if not within(name, WRITERS)
        for found in disk_changes(module)
        if (name, found.partition(" ")[2]) not in PIPES
    ]


def unclosed(module: Module) -> Iterator[str]:
    """The calls of a module that open a file and do not see to it that it is closed."""
    nodes = list(ast.walk(module.tree))
    closed = {id(item.context_expr) for node in nodes if isinstance(node, ast.With) for item in node.items}
    # What such a function opens is handed on, for somebody's `with`.
    closed |= {id(node.body) for node in nodes if isinstance(node, ast.Lambda)}
    for node in nodes:
        if isinstance(node, ast.Call) and id(node) not in closed:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            owner = getattr(getattr(node.func, "value", None), "id", "")
            is_open = name == "open" and owner not in {"os", "webbrowser"}
            if is_open or (owner, name) == ("os", "scandir"):
                yield f"{module.name}:{node.lineno}"


def test_every_file_is_closed() -> None:
    """A file is opened in a `with`, so that what could not be written is an error, and never half a file."""
    assert [] == [found for module in modules().values() for found in unclosed(module)]


@pytest.mark.parametrize("code", ["open('a').read()", "x = path.open()", "for item in os.scandir(a): pass"])
def test_a_file_left_open_is_recognised(code: str) -> None:
    """The search for files left open finds the usual ways."""
    assert 1 == len(list(unclosed(Module("made-up", code, ast.parse(code)))))


@pytest.mark.parametrize(
    "code",
    [
        "open('a', 'w')",
        "path.open(mode='ab')",
        "path.write_text('a')",
        "os.replace(a, b)",
        "shutil.rmtree(a)",
    ],
)
def test_a_change_of_the_disk_is_recognised(code: str) -> None:
    """The search for changes of the disk finds the usual ways."""
    assert 1 == len(list(disk_changes(Module("made-up", code, ast.parse(code)))))


@pytest.mark.parametrize(
    "code", ["open('a')", "path.open('rb')", "text.replace('a', 'b')", "left[a].remove(b)"]
)
def test_reading_is_no_change_of_the_disk(code: str) -> None:
    """The search for changes of the disk lets reading and the methods of texts and lists pass."""
    assert [] == list(disk_changes(Module("made-up", code, ast.parse(code))))


def test_what_is_kept_back_is_out_of_reach_of_what_is_published() -> None:
    """Only what speaks to the author alone touches the dossier that the filter has not gone through."""
    users = {
        name
        for name, module in modules().items()
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Attribute) and node.attr == "unfiltered")
        or (isinstance(node, ast.keyword) and node.arg == "unfiltered")
    }
    assert {"build", "comparing", "serve.edits"} == users


def test_only_the_build_validates_and_filters() -> None:
    """Two modules make and filter a dossier: the build, and the preview where it takes up one file."""
    makers = {"validate", "revalidate", "published"}
    users = {
        name
        for name, module in modules().items()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == f"{PACKAGE}.validate"
        if makers & {alias.name for alias in node.names}
    }
    assert {"build", "serve.edits"} == users


def test_only_the_preview_speaks_to_a_network() -> None:
    """No other module imports what can open a socket."""
    speaking = {"socket", "socketserver", "ssl", "http", "urllib", "asyncio", "ftplib", "smtplib", "xmlrpc"}
    harmless = {"urllib.parse", "http.HTTPStatus"}
    found = [
        f"{name}:{line} {target}"
        for name, module in modules().items()
        if not within(name, NETWORKERS)
        for target, line in imported(module)
        if target.partition(".")[0] in speaking and target not in harmless
    ]
    assert [] == found


def run(code: str) -> str:
    """Run code in a fresh interpreter and return what it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert 0 == done.returncode, done.stderr
    return done.stdout


def test_help_loads_no_heavy_library() -> None:
    """`site-builder --help` answers without loading what reading, rendering or serving needs."""
    code = """
import sys
from site_builder.cli import main
try:
    main(["--help"])
except SystemExit as done:
    assert done.code == 0
heavy = {"pydantic", "jinja2", "markdown_it", "babel", "yaml", "tornado", "livereload", "watchfiles", "PIL"}
print("LOADED", sorted(heavy & set(sys.modules)))
"""
    assert "LOADED []" == run(code).splitlines()[-1]


def test_a_build_loads_nothing_of_the_preview() -> None:
    """Building does not pay for the preview server, and has nothing in memory that could serve."""
    code = """
import sys
import site_builder.build
print(sorted({"PIL", "tornado", "livereload", "watchfiles", "asyncio", "http.server"} & set(sys.modules)))
"""
    assert "[]" == run(code).strip()


@pytest.mark.parametrize("name", [name for name, one in modules().items() if "lazily(" in one.text])
def test_a_package_offers_what_it_says(name: str) -> None:
    """What a package loads when it is asked for is what type checkers take it for."""
    if name == "lazily":
        return
    module = modules()[name]
    blocks = [node for node in module.tree.body if isinstance(node, ast.If)]
    imports = [one for block in blocks for one in block.body if isinstance(one, ast.ImportFrom)]
    homes = {alias.name: str(one.module) for one in imports for alias in one.names}
    package = importlib.import_module(f"{PACKAGE}.{name}")
    assert sorted(homes) == sorted(package.__all__)
    for offered, home in homes.items():
        assert getattr(importlib.import_module(home), offered) is getattr(package, offered)


def test_importing_opens_no_socket_and_starts_no_process() -> None:
    """Importing every module touches neither the network nor another program."""
    code = """
import pkgutil, sys
import site_builder
told = []
names = [found.name for found in pkgutil.walk_packages(site_builder.__path__, "site_builder.")]
def hear(event, args):
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "urllib.")):
        told.append(event)
sys.addaudithook(hear)
for name in names:
    if not name.endswith("__main__"):
        __import__(name)
print(len(names) > 30, told)
"""
    assert "True []" == run(code).strip()


def first_dossier_words() -> set[str]:
    """What the tool must know nothing of: the ids of the first dossier's regions, actors and measures."""
    content = ROOT / "content"
    files = [*(content / "regions").glob("*.md"), *(content / "actors").glob("*.yaml")]
    measures = yaml.safe_load((content / "measures.yaml").read_text(encoding="utf-8"))
    ids = {path.stem for path in files} | {str(measure["id"]) for measure in measures}
    general = {"population", "attacks"}
    by_hand = {"mobilisation", "mobilization", "kremlin", "conscript", "salavat", "called-up"}
    return {word for word in ids if len(word) >= 5 and word not in general} | by_hand


def test_the_generator_knows_nothing_of_the_first_dossier() -> None:
    """No word of the first dossier stands in the tool or in the theme: they serve any dossier."""
    words = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, first_dossier_words())))})\b", re.IGNORECASE)
    texts = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder in (PACKAGE, "themes")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".html", ".css", ".js", ".yaml", ".md", ".svg", ".json", ".po"}
    }
    assert len(texts) > 60
    found = [
        f"{path}:{number}: {hit[0]}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        for hit in words.finditer(line)
    ]
    assert [] == found
