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
_LIVE: set[str] = set()


def check(name: str, *, live: bool = False) -> Callable[[Check], Check]:
    """Let `verify` run the decorated function; it yields what it finds.

    Checks look at one snapshot of the database. A `live` one compares with something outside that moves on meanwhile,
    and orders its reads itself.
    """

    def declare(function: Check) -> Check:
        if name in _CHECKS:
            raise ValueError(f"check {name} is declared twice")
        _CHECKS[name] = function
        if live:
            _LIVE.add(name)
        return function

    return declare


def checks() -> dict[str, Check]:
    """All checks, in the order of the floors."""
    return dict(_CHECKS)


def is_live(name: str) -> bool:
    """Whether a check orders its reads itself."""
    return name in _LIVE
