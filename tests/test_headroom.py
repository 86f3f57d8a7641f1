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
    for name in ("_STATE", "_MEMORY", "_GROUPS"):
        monkeypatch.setattr(headroom, name, tmp_path / name)
    kinds = {kind: (tmp_path / "groups" / kind, *names) for kind, (_, *names) in headroom.KINDS.items()}
    monkeypatch.setattr(headroom, "KINDS", kinds)
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


def tell_group(machine: Path, folder: str, most: str, used: int, kept: int = 0) -> None:
    """Let a group say its bound, what it uses, and what of that gives way."""
    v1 = folder.startswith("memory")
    group = machine / "groups" / folder
    group.mkdir(parents=True, exist_ok=True)
    (group / ("memory.limit_in_bytes" if v1 else "memory.max")).write_text(most, encoding="ascii")
    (group / ("memory.usage_in_bytes" if v1 else "memory.current")).write_text(f"{used}\n", encoding="ascii")
    whole = "total_" if v1 else ""
    told = f"cache 7\n{whole}active_file {kept // 2}\n{whole}inactive_file {kept // 2}\n"
    (group / "memory.stat").write_text(told, encoding="ascii")


@pytest.mark.parametrize(
    "lines, folder",
    [
        ("0::/\n", ""),
        ("0::/user/build\n", "user/build"),
        ("0::/user/build\n", "user"),
        ("0::/not/seen/from/here\n", ""),
        ("3:cpu,cpuacct:/x\n2:memory:/y\n0::/\n", "memory/y"),
        ("2:memory:/not/seen\n", "memory"),
    ],
)
def test_a_container_may_have_less_than_its_machine(lines: str, folder: str, machine: Path) -> None:
    """The bound of a group that holds the process counts, also of one above, less what is used of it."""
    (machine / "_GROUPS").write_text(lines, encoding="utf-8")
    tell_group(machine, folder, f"{5 * OWN}\n", 4 * OWN)
    assert 1 == with_memory_for(4)


@pytest.mark.parametrize("line, folder", [("0::/\n", ""), ("2:memory:/y\n", "memory/y")])
def test_files_kept_in_memory_give_way(line: str, folder: str, machine: Path) -> None:
    """What a container uses for files that were read is free for who needs it."""
    (machine / "_GROUPS").write_text(line, encoding="utf-8")
    tell_group(machine, folder, f"{10 * OWN}\n", 10 * OWN, 6 * OWN)
    assert 4 == with_memory_for(4)


@pytest.mark.parametrize("bound", ["max\n", ""])
def test_a_container_without_a_bound_has_its_machine_s(bound: str, machine: Path) -> None:
    """What is no number bounds nothing."""
    (machine / "_GROUPS").write_text("0::/\n", encoding="utf-8")
    tell_group(machine, "", bound, 1)
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
