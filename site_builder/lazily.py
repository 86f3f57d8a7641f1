"""Lets a package offer what its modules hold without loading them all: for one thing one is loaded."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any


def lazily(package: str, *modules: str) -> Callable[[str], Any]:
    """Returns the `__getattr__` of a package that offers the names in its `__all__`.

    The modules are looked through in that order, when a name is first asked for. None of them may be called
    as something that the package offers: once loaded, it would stand in its place.
    """

    def found(name: str) -> Any:  # noqa: ANN401  # whatever the package offers
        own = vars(sys.modules[package])
        if name in own["__all__"]:
            for module in modules:
                offered = vars(import_module(f"{package}.{module}"))
                if name in offered:
                    own[name] = offered[name]
                    return own[name]
        message = f"there is no '{name}' in {package}"
        raise AttributeError(message)

    return found
