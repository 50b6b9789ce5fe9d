"""Tells a story: sets the clock to each day, and does what people did on it by the same actions as any user's.

Every step has a name, and the name makes its command. A load that was killed is started again from the beginning; what
was done before has its first result, so the second load ends in the same records.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from laar.base.access import the_installation
from laar.base.clock import simulated
from laar.ledger.actions import decided_elsewhere

R = TypeVar("R")

#: Under which the commands of the demonstration are named.
NAMES = UUID("0c5e5b5e-6d0f-4a8e-9a52-1d6a1aa2d3e0")

#: A strand of the story: it yields the day on which it goes on, and is resumed when that day has come.
Strand = Generator[date, None, None]


@dataclass
class Teller:
    """The day it is, and how many things were done on it."""

    day: date = date(2007, 3, 1)
    done: int = 0
    #: Who listens: the day it is, and how much of it was told, in percent.
    heard: Callable[[date, int], None] = lambda _day, _percent: None
    #: The last day of which is told; what happened later stays open.
    until: date = date.max
    #: How many chapters were told, and how many there are.
    turns: int = 0
    expected: int = 1
    _names: set[str] = field(default_factory=set)

    def tell(self, name: str, action: Callable[..., R], /, *args: Any, **facts: Any) -> R:
        """Do one thing on this day, under this name."""
        return self._do(name, action, args, {"command": command_of(name), **facts})

    def turn(self) -> None:
        """A chapter was told."""
        self.turns += 1
        self.heard(self.day, min(100, 100 * self.turns // self.expected))

    def tell_again(self, name: str, action: Callable[..., R], /, *args: Any, **facts: Any) -> R:
        """Do something that takes no command, because doing it twice changes nothing."""
        return self._do(name, action, args, facts)

    def _do(self, name: str, action: Callable[..., R], args: tuple[Any, ...], facts: dict[str, Any]) -> R:
        if name in self._names:
            raise ValueError(f"two steps of the story are called {name}")
        self._names.add(name)
        self.done += 1
        minutes = timedelta(minutes=self.done % 480)
        at = timezone.make_aware(datetime.combine(self.day, time(8))) + minutes
        with simulated(at, name), the_installation(), decided_elsewhere():
            return action(*args, on=self.day, **facts)

    def weave(self, strands: Iterable[Strand]) -> None:
        """Tell several strands in the order of time; on the same day, in the order in which they are given.

        What was done on a day is committed together, in a third less time: a load that is killed goes on with a day.
        """
        waiting: list[tuple[date, int, Strand]] = []
        for place, strand in enumerate(strands):
            if first := next(strand, None):
                heapq.heappush(waiting, (first, place, strand))
        while waiting and waiting[0][0] <= self.until:
            self.day = waiting[0][0]
            with transaction.atomic():
                while waiting and waiting[0][0] == self.day:
                    self._resume(waiting)

    def _resume(self, waiting: list[tuple[date, int, Strand]]) -> None:
        """Let the strand whose turn it is tell what happens until its next day."""
        _, place, strand = heapq.heappop(waiting)
        day = next(strand, None)
        if day is None:
            return
        if day < self.day:
            raise ValueError(f"strand {place} goes back from {self.day} to {day}")
        heapq.heappush(waiting, (day, place, strand))


def command_of(name: str) -> UUID:
    """The command of the step with this name."""
    return uuid5(NAMES, name)
