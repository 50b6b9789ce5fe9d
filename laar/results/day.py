"""Somebody's day: what a colleague would say of it, what waits, what is planned, and how the house stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from laar.base.models import Programme, User
from laar.base.readers import Eyes
from laar.base.rules import ROLES
from laar.kit.counts import counted
from laar.kit.names import Name
from laar.results.queries.coming import Coming, events_coming
from laar.results.queries.order import Order, order_of
from laar.results.queries.waiting import Desk, Waiting, waiting_for
from laar.results.waits import ALL, EVENTS_SAID, KEEPERS, MOST, WAITS_SAID, Wait


@dataclass(frozen=True, slots=True)
class Day:
    """A day of somebody who is signed in."""

    on: date
    roles: tuple[Name, ...]
    desk: Desk
    coming: Coming
    #: For those who look after the house.
    order: Order | None

    @property
    def groups(self) -> list[tuple[Wait, list[Waiting]]]:
        """What waits, by what is to be done; the group with the oldest first."""
        found: dict[str, tuple[Wait, list[Waiting]]] = {}
        for one in self.desk.waiting:
            found.setdefault(one.wait.says.en, (one.wait, []))[1].append(one)
        return list(found.values())

    @property
    def said(self) -> tuple[Name, Name]:
        """What is planned and what waits, in two sentences."""
        return counted(EVENTS_SAID, len(self.coming.this_week)), counted(WAITS_SAID, self.desk.count)


def day_of(user: User, eyes: Eyes, programme: Programme | None, today: date, *, is_whole: bool = False) -> Day:
    """The day of a user; what waits is of every programme, the rest of the one looked at."""
    inside = programme is not None and eyes.inside(programme)
    return Day(
        today,
        tuple(ROLES[role] for role in dict.fromkeys(one.role for one in eyes.held)),
        waiting_for(user, today, eyes, ALL if is_whole else MOST),
        events_coming(programme, eyes, today) if programme and inside else Coming((), ()),
        order_of(programme, today) if programme and inside and eyes.holds(KEEPERS) else None,
    )
