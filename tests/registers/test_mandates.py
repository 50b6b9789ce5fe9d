"""Elected councils: their mandates, their seats, and who can't sit there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from laar.base.models import TrailRow
from laar.kit.names import Name
from laar.registers.actions import end_mandate, end_membership, open_mandate, register_party, seat_member
from laar.registers.models import Mandate, Membership, Party
from laar.registers.queries import members_on
from tests.refused import refused_without_trace
from tests.thread import faults, fresh
from tests.world import World

TERM, SEATED, NEXT = date(2007, 3, 1), date(2007, 4, 25), date(2008, 3, 1)
BASIS = Name(en="Election", km="ការបោះឆ្នោត")


def person(world: World, name: str = "Sok Chan") -> Party:
    return register_party("person", name=Name(en=name), place=world.ang, by=world.manager, on=world.day)


def seat(world: World, somebody: Party | None = None, role: str = "councillor", **given: Any) -> Membership:
    facts = {"since": SEATED, "by": world.users["ang"], "on": world.day, **given}
    body = facts.pop("body", world.council)
    return seat_member(body, somebody or person(world), role=role, **facts)


def mandate(world: World, body: Party | None = None, **given: Any) -> Mandate:
    facts = {"since": NEXT, "seats": 7, "basis": BASIS, "by": world.users["ang"], "on": world.day, **given}
    return open_mandate(body or world.council, **facts)


def opened(world: World) -> Mandate:
    return world.council.mandates.get(until=None)


def council(world: World) -> Party:
    return register_party("council", name=Name(en="New"), place=world.ang, by=world.manager, on=world.day)


def test_a_council_seats_as_many_as_its_mandate_says(world: World) -> None:
    for role in ("chief", "deputy", "deputy", "councillor", "councillor"):
        seat(world, role=role)
    one_more = person(world)
    with refused_without_trace("mandate.full") as no:
        seat(world, one_more)
    assert "5" in no.value.text.en


def test_who_left_frees_the_seat_and_two_in_turn_take_one(world: World) -> None:
    first, *_ = [seat(world) for _ in range(5)]
    end_membership(first, until=NEXT, by=world.users["ang"], on=world.day)
    late, early = person(world), person(world)
    with refused_without_trace("mandate.full"):
        seat(world, early, since=date(2008, 2, 29))
    seat(world, late, since=NEXT)
    assert members_on(world.council, world.day).count() == 5


def test_a_seat_that_is_taken_later_is_not_given_away_before(world: World) -> None:
    for _ in range(5):
        seat(world, since=NEXT)
    early = person(world)
    with refused_without_trace("mandate.full"):
        seat(world, early, since=SEATED)


@pytest.mark.parametrize("role", ["chief", "deputy", "councillor"])
def test_without_a_mandate_there_is_no_seat(world: World, role: str) -> None:
    new, somebody = council(world), person(world)
    with refused_without_trace("mandate.missing"):
        seat(world, somebody, role, body=new)
    mandate(world, new)
    with refused_without_trace("mandate.missing"):
        seat(world, somebody, role, body=new, since=SEATED)
    assert seat(world, somebody, role, body=new, since=NEXT).role == role


def test_the_clerk_takes_no_seat_and_needs_no_mandate(world: World) -> None:
    for _ in range(5):
        seat(world)
    assert seat(world, role="clerk").role == "clerk"
    assert seat(world, role="clerk", body=council(world)).role == "clerk"


@pytest.mark.parametrize(("first", "second"), [("clerk", "chief"), ("councillor", "clerk")])
def test_nobody_is_clerk_and_councillor(world: World, first: str, second: str) -> None:
    chan = person(world)
    held = seat(world, chan, first)
    with refused_without_trace("membership.clerk_and_councillor"):
        seat(world, chan, second)
    end_membership(held, until=NEXT, by=world.users["ang"], on=world.day)
    assert seat(world, chan, second, since=NEXT).role == second


def test_nobody_is_clerk_of_one_council_and_councillor_of_another(world: World) -> None:
    chan, other = person(world), council(world)
    seat(world, chan)
    with refused_without_trace("membership.clerk_and_councillor"):
        seat(world, chan, "clerk", body=other)


def test_nobody_has_two_seats(world: World) -> None:
    chan = person(world)
    seat(world, chan)
    with refused_without_trace("membership.seated_already"):
        seat(world, chan, "deputy")


def test_a_committee_has_members_without_a_mandate(world: World) -> None:
    assert seat(world, role="chair", body=world.committee).body == world.committee


def test_a_mandate_ends_with_all_its_seats_and_the_clerk_stays(world: World) -> None:
    seats, clerk = [seat(world) for _ in range(3)], seat(world, role="clerk")
    left = seats.pop()
    end_membership(left, until=date(2007, 6, 1), by=world.users["ang"], on=world.day)
    rows = TrailRow.objects.count()
    ended = end_mandate(opened(world), until=NEXT, by=world.users["ang"], on=world.day)
    assert ended.until == NEXT
    assert [fresh(one).until for one in seats] == [NEXT, NEXT]
    assert (fresh(left).until, fresh(clerk).until) == (date(2007, 6, 1), None)
    assert TrailRow.objects.count() - rows == 3
    assert [one.pk for one in members_on(world.council, date(2008, 2, 29)).order_by("id")] == [
        *(one.pk for one in seats),
        clerk.pk,
    ]
    assert faults() == []


def test_a_seat_begins_in_the_next_mandate_after_the_last_one_ended(world: World) -> None:
    chan = person(world)
    seat(world, chan)
    end_mandate(opened(world), until=NEXT, by=world.users["ang"], on=world.day)
    with refused_without_trace("mandate.missing"):
        seat(world, chan, since=NEXT)
    new = mandate(world)
    assert (seat(world, chan, since=NEXT).body, new.seats) == (world.council, 7)
    assert new.name.en == "Mandate of Council of Angkor Borei (fictional) since 01/03/2008: 7 seats"


def test_a_mandate_does_not_end_before_somebody_who_sat_longer(world: World) -> None:
    end_membership(seat(world), until=NEXT, by=world.users["ang"], on=world.day)
    with refused_without_trace("mandate.outlived"):
        end_mandate(opened(world), until=date(2008, 1, 1), by=world.users["ang"], on=world.day)


@pytest.mark.parametrize("until", [TERM, date(2007, 1, 1)])
def test_a_mandate_lasts_a_day_at_least(world: World, until: date) -> None:
    with refused_without_trace("period.reversed"):
        end_mandate(opened(world), until=until, by=world.users["ang"], on=world.day)


def test_a_mandate_ends_once_and_two_never_overlap(world: World) -> None:
    ended = end_mandate(opened(world), until=NEXT, by=world.users["ang"], on=world.day)
    with refused_without_trace("mandate.ended"):
        end_mandate(ended, until=world.day, by=world.users["ang"], on=world.day)
    with refused_without_trace("mandate.overlaps"):
        mandate(world, since=date(2008, 2, 1))
    mandate(world)
    with refused_without_trace("mandate.already_open"):
        mandate(world, since=world.day)


@pytest.mark.parametrize("seats", [0, 3, 6, 8, 13])
def test_a_council_has_as_many_seats_as_the_law_knows(world: World, seats: int) -> None:
    new = council(world)
    with refused_without_trace("mandate.seats"):
        mandate(world, new, seats=seats)


def test_only_a_council_has_a_mandate(world: World) -> None:
    with refused_without_trace("mandate.not_a_council"):
        mandate(world, world.committee)


@pytest.mark.parametrize("name", ["ba", "nobody"])
def test_a_mandate_is_opened_and_ended_by_who_works_there(world: World, name: str) -> None:
    with refused_without_trace("access.no_role"):
        end_mandate(opened(world), until=NEXT, by=world.users[name], on=world.day)
    new = council(world)
    with refused_without_trace("access.no_role"):
        mandate(world, new, by=world.users[name])
