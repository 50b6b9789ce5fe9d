"""What `laar verify` may find, and the checks that look for it. A floor declares its checks in `checks.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from laar.kit.names import Name


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was recorded."""

    check: str
    text: Name
    table: str = ""
    key: int = 0


Check = Callable[[], Iterator[Fault]]

_CHECKS: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Let `verify` run the decorated function; it yields what it finds."""

    def declare(function: Check) -> Check:
        if name in _CHECKS:
            raise ValueError(f"check {name} is declared twice")
        _CHECKS[name] = function
        return function

    return declare


def checks() -> dict[str, Check]:
    """All checks, in the order of the floors."""
    return dict(_CHECKS)
