"""An upper floor may object to what a lower one does: `@objects_to("entry.reverse")`. Objectors refuse, never write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Objector = Callable[[Any], None]
O = TypeVar("O", bound=Objector)  # noqa: E741 - an objector

_OBJECTORS: dict[str, list[Objector]] = defaultdict(list)


def objects_to(verb: str) -> Callable[[O], O]:
    """Ask the decorated function, with the locked subject, before `verb` is done; it raises a Refusal or returns."""

    def declare(objector: O) -> O:
        _OBJECTORS[verb].append(objector)
        return objector

    return declare


def objectors_to(verb: str) -> list[Objector]:
    """Who is asked before a verb, in the order of the floors."""
    return _OBJECTORS[verb]
