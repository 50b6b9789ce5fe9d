"""Two programmes in one house: the register is shared, and changed by those whose programme uses it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from laar.base.actions import grant_role
from laar.base.models import User
from laar.kit.names import Name
from laar.registers.actions import (
    add_location,
    correct_party,
    end_mandate,
    end_membership,
    erase_party,
    merge_party,
    open_mandate,
    register_party,
    seat_member,
)
from laar.registers.models import Mandate, Membership
from laar.registers.uses import programmes_using
from tests.refused import refused_without_trace
from tests.thread import Thread
from tests.world import World

OTHER_NAME = Name(en="Corrected", km="កែ")


@pytest.fixture
def seat(world: World) -> Membership:
    """The villager sits in the council of Angkor Borei, where the other programme does not work."""
    return seat_member(
        world.council, world.witness, role="councillor", since=date(2007, 4, 1), by=world.manager, on=world.day
    )


def changes(world: World, seat: Membership) -> dict[str, Callable[[User], object]]:
    """Everything that changes what is said of a body, or of who sits in it."""
    mandate, day = Mandate.objects.get(), world.day
    person = register_party("person", name=Name(en="New"), place=world.ba, by=world.stranger, on=day)
    twin = register_party("council", name=Name(en="Twin"), place=world.ang, by=world.manager, on=day)
    return {
        "party.correct": lambda by: correct_party(world.council, name=OTHER_NAME, by=by, on=day),
        "a person": lambda by: correct_party(world.witness, name=OTHER_NAME, by=by, on=day),
        "member.seat": lambda by: seat_member(
            world.council, person, role="deputy", since=date(2007, 5, 1), by=by, on=day
        ),
        "membership.end": lambda by: end_membership(seat, until=day, by=by, on=day),
        "mandate.open": lambda by: open_mandate(twin, since=day, seats=5, basis=OTHER_NAME, by=by, on=day),
        "party.merge": lambda by: merge_party(twin, into=world.council, by=by, on=day),
        "mandate.end": lambda by: end_mandate(mandate, until=day, by=by, on=day),
    }


def test_who_works_in_another_programme_only_moves_no_figure_of_this_one(world: World, seat: Membership) -> None:
    for name, change in changes(world, seat).items():
        with refused_without_trace("party.of_another_programme") as no:
            change(world.stranger)
        assert "Test" in no.value.text.en, name
    for change in changes(world, seat).values():
        change(world.second)


def test_an_administrator_of_another_programme_forgets_nobody_here(world: World) -> None:
    grant_role(world.nobody, role="administrator", programme=world.other, since=world.day, by=None, on=world.day)
    with refused_without_trace("party.of_another_programme"):
        erase_party(world.witness, by=world.nobody, on=world.day)
    erase_party(world.witness, by=world.admin, on=world.day)


def test_two_programmes_in_one_commune_look_after_its_council_together(world: World, seat: Membership) -> None:
    add_location(world.other, world.ang, since=world.day, by=world.stranger, on=world.day)
    assert programmes_using(world.council) == {world.programme.pk, world.other.pk}
    correct_party(world.council, name=OTHER_NAME, by=world.stranger, on=world.day)
    end_membership(seat, until=world.day, by=world.stranger, on=world.day)


def test_a_body_without_a_place_belongs_to_those_who_name_it(world: World) -> None:
    assert programmes_using(world.donor) == {world.programme.pk}  # the giver of its fund
    with refused_without_trace("party.of_another_programme"):
        correct_party(world.donor, name=OTHER_NAME, by=world.stranger, on=world.day)
    correct_party(world.donor, name=OTHER_NAME, by=world.second, on=world.day)


def test_whoever_sits_in_a_body_is_used_with_it(world: World) -> None:
    loose = register_party("person", name=Name(en="Loose"), by=world.manager, on=world.day)
    assert programmes_using(loose) == set()
    correct_party(loose, name=OTHER_NAME, by=world.stranger, on=world.day)  # nobody uses it yet: any office may mend it
    seat_member(world.committee, loose, role="member", since=world.day, by=world.manager, on=world.day)
    Thread(world).to("submit_plan")  # made together with the committee
    assert programmes_using(loose) == {world.programme.pk}
    with refused_without_trace("party.of_another_programme"):
        correct_party(loose, name=Name(en="Again"), by=world.stranger, on=world.day)


def test_who_registered_it_may_put_it_right_and_who_works_everywhere_too(world: World) -> None:
    wrong = register_party("cbo", name=Name(en="Gruop"), place=world.ang, by=world.stranger, on=world.day)
    assert programmes_using(wrong) == {world.programme.pk}
    correct_party(wrong, name=Name(en="Group"), by=world.stranger, on=world.day)
    grant_role(world.nobody, role="manager", programme=None, since=world.day, by=None, on=world.day)
    correct_party(world.council, name=OTHER_NAME, by=world.nobody, on=world.day)


def test_a_role_elsewhere_in_the_right_programme_does_not_help(world: World) -> None:
    """The role that reaches the place and the one in the programme have to be one role."""
    grant_role(
        world.stranger, role="facilitator", programme=world.programme, place="210102", since=world.day, by=None,
        on=world.day,
    )  # fmt: skip
    with refused_without_trace("party.of_another_programme"):
        correct_party(world.council, name=OTHER_NAME, by=world.stranger, on=world.day)
