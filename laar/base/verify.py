"""`laar verify`: run every check of every floor, and count what was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from laar.base import head
from laar.base.faults import Check, Fault, checks, is_live
from laar.base.models import Evidence, Seal, TrailLine, TrailRow
from laar.base.snapshot import snapshot
from laar.base.trail import last_seal, seal_trail


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found."""

    check: str
    says: str
    faults: tuple[Fault, ...]


def verify() -> Iterator[Verdict]:
    """Every check, one after the other. Seals first what is not sealed yet, so that all of the trail is covered."""
    if connection.vendor == "postgresql":
        seal_trail()
    with snapshot():
        yield from (_verdict(name, look) for name, look in checks().items() if not is_live(name))
    yield from (_verdict(name, look) for name, look in checks().items() if is_live(name))


def _verdict(name: str, look: Check) -> Verdict:
    return Verdict(name, (look.__doc__ or name).strip().splitlines()[0], tuple(look()))


def unwitnessed() -> int | None:
    """The newest seal, where the head file does not have it: stopped between commit and append, or written past LAAR."""
    newest = last_seal()
    return newest if newest > head.last_number() else None


def extent() -> dict[str, int]:
    """How much there is to verify."""
    return {
        "seals": Seal.objects.count(),
        "lines": TrailLine.objects.count(),
        "rows": TrailRow.objects.count(),
        "evidence": Evidence.objects.count(),
    }
