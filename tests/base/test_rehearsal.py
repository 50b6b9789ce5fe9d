"""What an action would change is told by the action itself, and nothing of it stays."""

from __future__ import annotations

import pytest

from laar.base.act import rehearse
from laar.base.models import Seal, TrailLine, TrailRow
from laar.kit.refusals import Refusal
from laar.ledger.models import Entry
from laar.projects.actions import approve_tranche, pay_tranche
from laar.projects.models import Tranche
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
from tests.thread import Thread
from tests.world import World


def counts() -> tuple[int, ...]:
    return tuple(table.objects.count() for table in (TrailLine, TrailRow, Seal, Entry))


def test_a_rehearsal_tells_what_would_change_and_leaves_nothing(world: World) -> None:
    thread = Thread(world).to("approve_first")
    before = counts()
    verbs, tables = rehearse(
        lambda: pay_tranche(thread.first, by=world.finance, on=world.day),
        lambda lines: ([line.verb for line in lines], {row.model for line in lines for row in line.rows}),
    )
    assert verbs == ["tranche.pay", "entry.post", *verbs[2:]]
    assert {Tranche, Entry} <= tables
    assert counts() == before
    assert Tranche.objects.get(pk=thread.first.pk).state == "approved"


def test_a_rehearsal_refuses_what_the_action_refuses(world: World) -> None:
    thread = Thread(world).to("request_first")
    before = counts()
    with pytest.raises(Refusal) as no:
        rehearse(lambda: approve_tranche(thread.first, by=world.users["ang"], on=world.day), len)
    assert no.value.code == "access.no_role"
    assert counts() == before


def test_after_a_rehearsal_the_real_thing_is_written(world: World) -> None:
    thread = Thread(world).to("request_first")
    lines = TrailLine.objects.count()
    rehearse(lambda: approve_tranche(thread.first, by=world.manager, on=world.day), len)
    approve_tranche(thread.first, by=world.manager, on=world.day)
    assert TrailLine.objects.count() == lines + 1
