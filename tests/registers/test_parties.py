"""People and bodies, and who sat in which body on which day."""

from __future__ import annotations

from datetime import date

import pytest

from laar.base.actions import grant_role
from laar.kit.names import Name
from laar.registers.actions import end_membership, register_party, seat_member
from laar.registers.models import Membership, Party
from laar.registers.queries import members_on
from tests.refused import refused_without_trace
from tests.world import World

SEATED, ENDED = date(2007, 4, 25), date(2008, 3, 1)


def person(world: World, name: str = "Sok Chan", **facts: object) -> Party:
    given = {"place": world.ang, "sex": "f", "by": world.users["ang"], "on": world.day, **facts}
    return register_party("person", name=Name(en=name, km="សុខ ចាន់"), **given)  # type: ignore[arg-type]


def seat(world: World, somebody: Party, role: str = "councillor", since: date = SEATED) -> Membership:
    return seat_member(world.council, somebody, role=role, since=since, by=world.users["ang"], on=world.day)


def test_a_fictional_person_is_called_so_in_both_languages(world: World) -> None:
    invented = person(world, is_fictional=True)
    assert invented.name == Name(en="Sok Chan (fictional)", km="សុខ ចាន់ (ប្រឌិត)")
    assert person(world).name == Name(en="Sok Chan", km="សុខ ចាន់")


def test_a_party_needs_a_name_in_one_of_the_languages(world: World) -> None:
    with refused_without_trace("record.invalid"):
        register_party("cbo", name=Name(en=" ", km=""), by=world.manager, on=world.day)
    group = register_party("cbo", name=Name(en="", km="ក្រុម"), by=world.manager, on=world.day)
    assert group.name.en == "ក្រុម"


def test_only_a_person_has_a_sex(world: World) -> None:
    with refused_without_trace("record.invalid"):
        register_party("cbo", name=Name(en="Group"), sex="f", by=world.manager, on=world.day)


def test_one_user_is_one_person_at_most(world: World) -> None:
    person(world, user=world.nobody, by=world.manager)
    with refused_without_trace("record.already_there"):
        person(world, "Another", user=world.nobody, by=world.manager)


def test_a_facilitator_registers_people_of_her_own_commune_only(world: World) -> None:
    assert person(world).place == world.ang
    with refused_without_trace("access.no_role"):
        person(world, place=world.ba)
    with refused_without_trace("access.no_role"):
        person(world, place=None)


def test_who_has_no_role_registers_nobody(world: World) -> None:
    with refused_without_trace("access.no_role"):
        person(world, by=world.nobody)


def test_a_person_has_no_members(world: World) -> None:
    one, other = person(world), person(world)
    with refused_without_trace("membership.not_a_body"):
        seat_member(one, other, role="chair", since=SEATED, by=world.manager, on=world.day)


def test_an_office_is_held_once_at_a_time(world: World) -> None:
    chan = person(world)
    seat(world, chan)
    with refused_without_trace("membership.already_open"):
        seat(world, chan, since=ENDED)


def test_an_office_can_be_given_again_after_it_ended(world: World) -> None:
    chan = person(world)
    end_membership(seat(world, chan), until=ENDED, by=world.users["ang"], on=world.day)
    again = seat(world, chan, since=date(2008, 3, 5))
    assert list(members_on(world.council, world.day)) == [again]


def test_the_day_a_membership_ends_is_the_first_day_without_it(world: World) -> None:
    chan = person(world)
    end_membership(seat(world, chan), until=ENDED, by=world.users["ang"], on=world.day)
    sitting = {day: members_on(world.council, day).exists() for day in (
        date(2007, 4, 24), SEATED, date(2008, 2, 29), ENDED
    )}  # fmt: skip
    assert sitting == {date(2007, 4, 24): False, SEATED: True, date(2008, 2, 29): True, ENDED: False}


@pytest.mark.parametrize("until", [SEATED, date(2007, 1, 1)])
def test_a_membership_cannot_end_before_its_second_day(world: World, until: date) -> None:
    seated = seat(world, person(world))
    with refused_without_trace("period.reversed"):
        end_membership(seated, until=until, by=world.users["ang"], on=world.day)


def test_members_of_one_council_are_not_members_of_the_other(world: World) -> None:
    chan = person(world)
    seat(world, chan)
    other = register_party(
        "council", name=Name(en="Council of Ba Srae"), place=world.ba, by=world.manager, on=world.day
    )
    assert not members_on(other, world.day).exists()
    with refused_without_trace("access.no_role"):
        seat_member(other, chan, role="clerk", since=SEATED, by=world.users["ang"], on=world.day)


def test_a_role_in_a_district_reaches_its_communes_and_not_the_province(world: World) -> None:
    grant_role(
        world.nobody, role="facilitator", programme=world.programme, place="2101", since=SEATED, by=None, on=world.day
    )
    assert person(world, place=world.ba, by=world.nobody).place == world.ba
    with refused_without_trace("access.no_role"):
        person(world, place=world.ang.parent.parent, by=world.nobody)  # type: ignore[union-attr]
