"""The run-time guard: a write on a recorded table is refused unless a step of `act()` is doing it.

It hangs on every connection (see `engines`), so a `queryset.update()`, a stray `save()` or raw SQL in a door fails at
once, in development and in the field, instead of making a change that the trail does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps

from laar.base.recorded import UNRECORDED

WRITE = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|MERGE\s+INTO(?:\s+ONLY)?|UPDATE(?:\s+OR\s+\w+|\s+ONLY)?"
    r"|DELETE\s+FROM(?:\s+ONLY)?|TRUNCATE(?:\s+TABLE)?(?:\s+ONLY)?)"
    r"\s+(?:[\"`\[]?\w+[\"`\]]?\.)?[\"`\[]?(\w+)",
    re.IGNORECASE,
)

_door_is_open: ContextVar[bool] = ContextVar("door_is_open", default=False)


class WriteOutsideAct(RuntimeError):
    """A mistake in the code, not of its user: something tried to write past `act()`."""


@contextmanager
def open_door() -> Iterator[None]:
    """Let writes through. Used by `Step`, the sealer and restore; by nothing else (a test reads the tree)."""
    token = _door_is_open.set(True)
    try:
        yield
    finally:
        _door_is_open.reset(token)


@cache
def guarded_tables() -> frozenset[str]:
    """Every table that may be written only through the door: all of the house's own."""
    return frozenset(
        model._meta.db_table for model in apps.get_models(include_auto_created=True) if not _is_free(model._meta)
    )


def refuse_write_outside_act(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """An `execute_wrapper`: looks only at statements that write, so that it costs a read next to nothing."""
    if not _door_is_open.get() and not sql.startswith("SELECT") and apps.models_ready:
        for table in WRITE.findall(sql):
            if table.lower() in guarded_tables():
                raise WriteOutsideAct(f"{table} was to be written outside act(): {sql[:120]}")
    return execute(sql, params, many, context)


def _is_free(meta: Any) -> bool:
    return UNRECORDED.get(meta.label_lower, ("", True))[1] is False
