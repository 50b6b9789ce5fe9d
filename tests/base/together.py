"""Do the same thing at once in several threads, each with a connection of its own; and again and again."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextvars import copy_context
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

#: A race is tried this often at least where the shell says so: `LAAR_TRIALS=500 make long` takes half an hour more.
AT_LEAST = int(os.environ.get("LAAR_TRIALS", "0"))


def trials(short: int, long: int) -> pytest.MarkDecorator:
    """Try it a few times in every run, and many times in the long one."""
    many = max(long, AT_LEAST)
    return pytest.mark.parametrize(
        "trials", [pytest.param(short, id=f"{short}"), pytest.param(many, id=f"{many}", marks=pytest.mark.long)]
    )


def at_once(count: int, do: Callable[[int], Any]) -> list[Any]:
    """What `do(0)` … `do(count - 1)` return or raise, all of them started at one moment."""
    came_of_it: list[Any] = [None] * count
    start = Barrier(count)

    def run(place: int) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            came_of_it[place] = do(place)
        except Exception as error:
            came_of_it[place] = error
        finally:
            connection.close()

    threads = [Thread(target=copy_context().run, args=(run, place)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads), "a thread never came back"
    return came_of_it
