"""The one clock. Only the demo loader and the tests may set it, and a trail line says when they did."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

from django.utils import timezone

from laar.kit.uids import uuid7


@dataclass(frozen=True)
class _Simulated:
    at: datetime
    chance: Random


_simulated: ContextVar[_Simulated | None] = ContextVar("simulated_clock", default=None)


def now() -> datetime:
    """This instant, in UTC."""
    clock = _simulated.get()
    return clock.at if clock else datetime.now(UTC)


def today() -> date:
    """The day it is where the installation works."""
    return timezone.localtime(now()).date()


def is_simulated() -> bool:
    """Whether the clock is set by a demo or a test."""
    return _simulated.get() is not None


def new_uid() -> UUID:
    """A UUIDv7; under a simulated clock the same one every time, so that a demo loaded twice has the same codes."""
    clock = _simulated.get()
    randomness = clock.chance.randbytes(10) if clock else secrets.token_bytes(10)
    return uuid7(int(now().timestamp() * 1000), randomness)


@contextmanager
def simulated(at: datetime, seed: str) -> Iterator[None]:
    """Set the clock to an instant; `seed` makes the ids that are born in it repeatable."""
    token = _simulated.set(_Simulated(at.astimezone(UTC), Random(seed)))
    try:
        yield
    finally:
        _simulated.reset(token)
