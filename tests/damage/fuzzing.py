"""One damaged dossier: what becomes of it, and whether that is told as it should be."""

import random
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from site_builder.build import Checked, Options, build, check
from site_builder.issues import Issue
from site_builder.report import FORMATS
from tests.damage.mutations import mutated, mutated_bytes
from tests.hostile.pages import forbidden

SOUND = Path(__file__).resolve().parent.parent / "broken_sites" / "base"
FILES = tuple(sorted(path.relative_to(SOUND) for path in SOUND.rglob("*") if path.is_file()))
SECONDS = 2.0
OUR_ELEMENTS = ("form", "input", "select")

# What only a programmer understands.
OURS = re.compile(
    r"NoneType|Traceback|<class|object at 0x|\bPlaced|\bDecimal\(|\bstr\b|\bint\b|\bdict\b|\btuple\b"
    r"|pydantic|\binput should\b|validation error",
    re.IGNORECASE,
)
STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def damaged(chance: random.Random, project: Path, *, raw: bool, files: int = 1) -> Path:
    """Lay the sound dossier with some of its files damaged, as texts or as raw bytes."""
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(SOUND, project)
    for path in chance.sample(FILES, files):
        target = project / path
        if raw:
            target.write_bytes(mutated_bytes(target.read_bytes(), chance))
        else:
            text = mutated(target.read_text(encoding="utf-8"), chance)
            target.write_bytes(text.encode("utf-8", "surrogatepass"))
    return project


def faults(project: Path, *, built: bool) -> list[str]:
    """What is wrong with how the dossier is taken; where it is `built`, also with the site of a sound one."""
    start = time.process_time()
    checked = check(Options(project=project, output=project / "public"))
    wrong = [fault for issue in checked.issues for fault in _faults_of(issue, project)]
    wrong += [f"{name} steers" for name, told in FORMATS.items() if _steers(told, checked)]
    if checked.plan is not None and not checked.issues.has_errors():
        wrong += _faults_of_site(project) if built else []
    elif not checked.issues.has_errors():
        wrong.append("no plan, and no error")
    seconds = 0 if built else time.process_time() - start
    return [*wrong, f"{seconds:.1f} s"] if seconds > SECONDS else wrong


def _faults_of_site(project: Path) -> list[str]:
    written = build(Options(project=project, output=project / "public")).written
    return ["a sound dossier was not built"] * (written is None) + [
        f"{path.name}: {found}"
        for path in sorted((project / "public").rglob("*.html"))
        for found in forbidden(path.read_bytes(), ours=OUR_ELEMENTS)
    ]


def _steers(told: Callable[..., str], checked: Checked) -> bool:
    return bool(STEERING.search(told(checked.issues, checked.texts)))


def _faults_of(issue: Issue, project: Path) -> list[str]:
    wrong = [] if issue.repair or issue.problem else [f"{issue.code} says nothing"]
    told = re.sub(r"'.*'", "", f"{issue.problem} {issue.repair}", flags=re.DOTALL)
    if OURS.search(told):
        wrong.append(f"{issue.code} speaks of our own things: {told}")
    file = project / issue.place.path
    if not file.exists():
        return (
            wrong
            if issue.code in {"missing-file", "missing-image"}
            else [*wrong, f"{issue.place} is not there"]
        )
    if file.is_dir():
        return wrong
    text = file.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    inside = issue.place.line <= len(lines) and issue.place.column <= len(lines[issue.place.line - 1]) + 1
    return wrong if inside else [*wrong, f"{issue.place} [{issue.code}] is not in the file"]
