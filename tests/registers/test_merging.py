"""Two records of one person or body become one, and nothing that was written is rewritten."""

from __future__ import annotations

from laar.kit.names import Name
from laar.registers.actions import merge_party, register_party
from laar.registers.models import Party
from tests.refused import refused_without_trace
from tests.thread import faults, fresh
from tests.world import World


def group(world: World, name: str = "Group", kind: str = "shg") -> Party:
    return register_party(kind, name=Name(en=name), place=world.ang, by=world.manager, on=world.day)


def merge(world: World, party: Party, into: Party) -> Party:
    return merge_party(party, into=into, by=world.manager, on=world.day)


def test_a_merged_record_names_the_one_that_stays(world: World) -> None:
    one, other = group(world), group(world)
    assert merge(world, one, other).merged_into == other
    assert fresh(other).merged_into is None
    assert faults() == []


def test_the_record_that_stays_is_always_one_step_away(world: World) -> None:
    one, two, three = group(world), group(world), group(world)
    merge(world, one, two)
    merge(world, two, three)
    assert (fresh(one).merged_into, fresh(two).merged_into) == (three, three)


def test_a_party_is_not_merged_into_itself_another_kind_or_a_merged_one(world: World) -> None:
    one, two, three = group(world), group(world), group(world)
    with refused_without_trace("party.same"):
        merge(world, one, one)
    with refused_without_trace("party.other_kind"):
        merge(world, one, world.committee)
    merge(world, one, two)
    with refused_without_trace("party.merged"):
        merge(world, three, one)
    with refused_without_trace("party.merged"):
        merge(world, one, three)


def test_a_facilitator_merges_nothing(world: World) -> None:
    one, other = group(world), group(world)
    with refused_without_trace("access.no_role"):
        merge_party(one, into=other, by=world.users["ang"], on=world.day)
