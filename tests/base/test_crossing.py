"""Different verbs that cross two parents do not wait for each other: what one locks, the other only cites."""

from __future__ import annotations

import pytest

from laar.base.verify import verify
from laar.events.actions import announce_event
from laar.kit.names import Name
from laar.ledger.actions import open_fund
from laar.registers.actions import add_location
from tests.base.together import at_once
from tests.world import World


@pytest.mark.parametrize("trial", range(5))
def test_two_actions_that_cite_what_the_other_locks_both_succeed(committed_world: World, trial: int) -> None:
    """One locks the programme and cites the place; the other locks the place and cites the programme."""
    world = committed_world

    def do(number: int) -> object:
        if number % 2:
            return announce_event(
                world.programme,
                "forum",
                place=world.ang,
                host=world.council,
                day=world.day,
                title=Name(en=f"Forum {number}"),
                by=world.manager,
                on=world.day,
            )
        if number == 0:
            return add_location(world.programme, world.ang.parent, since=world.day, by=world.manager, on=world.day)
        return open_fund(
            world.programme,
            f"F{number}",
            name=Name(en="Fund"),
            kind="grant",
            giver=world.donor,
            by=world.finance,
            on=world.day,
        )

    came = at_once(8, do)
    assert [result for result in came if isinstance(result, Exception)] == []
    assert [fault for verdict in verify() for fault in verdict.faults] == []
