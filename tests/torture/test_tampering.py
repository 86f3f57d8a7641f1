"""Copies of a signed site, tampered with by chance: none may pass for the original."""

import random
import runpy
from collections.abc import Iterable
from pathlib import Path

FAST = runpy.run_path(str(Path(__file__).resolve().parent.parent / "test_verify.py"))


def test_tampering_is_found_out(rounds: Iterable[tuple[int, random.Random]], tmp_path: Path) -> None:
    """Whatever is done to a copy, its list or its signature, the copy is refused."""
    signed = FAST["make_signed"](tmp_path)
    for number, chance in rounds:
        kind, is_found = FAST["is_found_out"](number, chance, signed, tmp_path)
        assert is_found, kind
