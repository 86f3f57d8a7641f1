"""Publishing, by chance: many sites one after another, into one folder."""

import random
from collections.abc import Mapping
from pathlib import Path

from site_builder.render import Artifact
from site_builder.write import OWNERSHIP, write
from tests.torture.conftest import Rounds

NAMES = ("index.html", "a.html", "a/b.html", "a/b/c.html", "d/index.html", "assets/x.js", "feed.xml")


def some_site(chance: random.Random) -> Mapping[str, bytes]:
    """Some of the files, each with one of few contents."""
    return {name: chance.choice((b"", b"1", b"2" * 9000)) for name in NAMES if chance.random() < 0.7}


def tree(folder: Path) -> Mapping[str, bytes]:
    """Every file of a folder, by path, without the list of what is ours."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != OWNERSHIP
    }


def test_a_publication_is_what_was_asked_for(rounds: Rounds, tmp_path: Path) -> None:
    """Whatever stood there before, the folder holds the files of the last site and no others."""
    output = tmp_path / "project" / "public"
    output.parent.mkdir()
    for _, chance in rounds:
        site = some_site(chance)
        write([Artifact(path, content) for path, content in site.items()], output, output.parent)
        assert site == tree(output)
