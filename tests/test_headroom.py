"""How many processes are begun: never more than there is memory for."""

import os
from pathlib import Path

import pytest

from site_builder import headroom
from site_builder.headroom import with_memory_for

OWN = 4096 * 100_000
PLENTY = 100 * OWN


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what a system says; this process has 400 MB, and there is plenty."""
    for name in ("_STATE", "_MEMORY", "_MOST", "_USED"):
        monkeypatch.setattr(headroom, name, tmp_path / name)
    monkeypatch.setattr(os, "sysconf", lambda _: 4096)
    (tmp_path / "_STATE").write_text("200000 100000 900 1 0 0 0\n", encoding="ascii")
    tell_free(tmp_path, PLENTY)
    return tmp_path


def tell_free(machine: Path, size: int) -> None:
    """Let the machine say that so much is free."""
    told = f"MemTotal: 99999999 kB\nMemFree: 1 kB\nMemAvailable:   {size // 1024} kB\n"
    (machine / "_MEMORY").write_text(told, encoding="ascii")


def test_where_there_is_plenty_all_are_begun(machine: Path) -> None:
    """What was asked for is what is begun."""
    assert machine.is_dir()
    assert 8 == with_memory_for(8)


@pytest.mark.parametrize("free, expected", [(0, 1), (1.4, 1), (1.6, 2), (2.7, 2), (2.8, 3), (100, 4)])
def test_each_further_one_needs_a_quarter_more_than_this_one(
    free: float, expected: int, machine: Path
) -> None:
    """Of four as many are begun as what is free has room for, and always one."""
    tell_free(machine, int(free * OWN))
    assert expected == with_memory_for(4)


def test_a_container_may_have_less_than_its_machine(machine: Path) -> None:
    """The bound of a container counts, less what is used of it."""
    (machine / "_MOST").write_text(f"{5 * OWN}\n", encoding="ascii")
    (machine / "_USED").write_text(f"{4 * OWN}\n", encoding="ascii")
    assert 1 == with_memory_for(4)


@pytest.mark.parametrize("bound", ["max\n", ""])
def test_a_container_without_a_bound_has_its_machine_s(bound: str, machine: Path) -> None:
    """What is no number bounds nothing."""
    (machine / "_MOST").write_text(bound, encoding="ascii")
    (machine / "_USED").write_text("1\n", encoding="ascii")
    assert 4 == with_memory_for(4)


@pytest.mark.parametrize("silent", ["_MEMORY", "_STATE"])
def test_where_the_system_says_nothing_there_is_enough(silent: str, machine: Path) -> None:
    """A system that tells neither what is free nor what this process has gets what was asked for."""
    (machine / silent).unlink()
    assert 4 == with_memory_for(4)


def test_this_system_says_what_there_is() -> None:
    """On Linux both numbers are known: no machine has memory for ten thousand copies of this process."""
    expected = {10_000} if not Path("/proc/meminfo").exists() else set(range(1, 10_000))
    assert with_memory_for(10_000) in expected
