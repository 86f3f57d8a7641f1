"""Which files lie in a folder without being meant: hidden ones, and what editors leave behind."""

from __future__ import annotations


def is_left_behind(name: str) -> bool:
    """Returns True for the name of a file or folder that no author means."""
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".bak", ".tmp", ".orig"))
