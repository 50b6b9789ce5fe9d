"""Do the same thing at once in several threads, each with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from threading import Barrier, Thread
from typing import Any

from django.db import connection


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
