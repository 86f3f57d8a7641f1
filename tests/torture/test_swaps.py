"""Links put in the place of files while a dossier is read: nothing outside of it is ever in the outcome."""

import random
import shutil
import threading
from pathlib import Path

from site_builder.build import Options, check
from site_builder.report import FORMATS
from tests.damage.fuzzing import FILES, SOUND
from tests.torture.conftest import Rounds

SECRET = "the name of somebody who asked not to be named"  # noqa: S105  # a name, no password
OF_A_ROUND = 25


def laid(folder: Path) -> tuple[Path, Path]:
    """The sound dossier, and beside it a folder whose every file says the secret."""
    project, outside = folder / "project", folder / "elsewhere"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(SOUND, project)
    for path in FILES:
        (outside / path).parent.mkdir(parents=True, exist_ok=True)
        said = {".md": f"---\ntitle: {SECRET}\nname: {SECRET}\n---\n{SECRET}\n", ".yaml": f"name: {SECRET}\n"}
        (outside / path).write_text(said[path.suffix], encoding="utf-8")
    return project, outside


def swapping(project: Path, outside: Path, chance: random.Random, stop: threading.Event) -> None:
    """Put links to files and folders outside in the place of the dossier's, and these back, by turns."""
    path = chance.choice(FILES)
    at = project / (path if chance.random() < 0.6 else path.parent)
    target = outside / at.relative_to(project)
    kept, link = at.with_name(f".{at.name}.kept"), at.with_name(f".{at.name}.link")
    link.symlink_to(target)
    while not stop.is_set():
        at.rename(kept)
        link.rename(at)
        at.rename(link)
        kept.rename(at)
    link.unlink()


def test_no_race_is_won_by_a_link(rounds: Rounds, tmp_path: Path) -> None:
    """Twenty-five races a round: whatever is met, no text, issue or page holds a word from outside."""
    for _, chance in rounds:
        for _ in range(OF_A_ROUND):
            project, outside = laid(tmp_path)
            stop = threading.Event()
            racer = threading.Thread(target=swapping, args=(project, outside, chance, stop))
            racer.start()
            try:
                checked = check(Options(project=project, output=tmp_path / "public"))
            finally:
                stop.set()
                racer.join()
            told = "".join(form(checked.issues, checked.texts) for form in FORMATS.values())
            assert SECRET not in told
            assert SECRET not in str(checked.texts)
            assert SECRET not in str(checked.dossier)
