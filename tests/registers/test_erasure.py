"""A person who asks to be forgotten is forgotten, and the chain still verifies."""

from __future__ import annotations

import json

import pytest

from laar.base.models import TrailRow
from laar.base.verify import verify
from laar.events.actions import announce_event, hold_event, record_attendance
from laar.events.queries import present_at
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.registers.actions import erase_party, register_party
from tests.world import World


def faults() -> list[str]:
    return [fault.text.en for verdict in verify() for fault in verdict.faults]


def test_a_name_goes_from_the_register_and_from_the_trail_and_the_count_stays(committed_world: World) -> None:
    world = committed_world
    person = register_party(
        "person", name=Name(en="Sok Rare", km="សុខ រ៉ារ"), sex="f", place=world.ang, by=world.manager, on=world.day
    )
    event = announce_event(
        world.programme,
        "forum",
        place=world.ang,
        host=world.council,
        day=world.day,
        title=Name(en="Forum"),
        by=world.manager,
        on=world.day,
    )
    record_attendance(event, person=person, capacity="citizen", by=world.manager, on=world.day)
    hold_event(event, papers={"minutes": world.paper()}, by=world.manager, on=world.day)

    erased = erase_party(person, by=world.admin, on=world.day)

    assert erased.name.en == "(name erased)"
    everything = json.dumps(list(TrailRow.objects.values_list("before", "after")), ensure_ascii=False)
    assert "Sok Rare" not in everything
    assert "សុខ រ៉ារ" not in everything
    assert present_at(event) == 1
    assert faults() == []


def test_a_body_is_not_erased(world: World) -> None:
    with pytest.raises(Refusal, match=r"party\.not_a_person"):
        erase_party(world.council, by=world.admin, on=world.day)
