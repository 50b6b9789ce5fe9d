"""What can be done to a record: asked of every verb, and of the database once."""

from __future__ import annotations

from typing import Any

import pytest

from laar.base.access import can
from laar.base.clock import now
from laar.base.rules import verb_of
from laar.plans.models import Plan
from laar.registers.models import Place
from laar.results.queries.steps import MADE_AT_A_PLACE, adds_at, deeds_for
from tests.thread import Thread
from tests.world import World


@pytest.mark.parametrize("who", ["manager", "ang", "ba", "stranger", "nobody"])
def test_the_roles_are_read_once_for_all_verbs_of_a_record(
    world: World, who: str, django_assert_num_queries: Any
) -> None:
    Thread(world).to("submit_plan")
    plan = Plan.objects.select_related("place").get()
    user = world.users[who]
    with django_assert_num_queries(1):
        deeds = deeds_for(plan, user, now())
    assert [deed.verb.code for deed in deeds[:2]] == ["plan.approve", "plan.return"]
    for deed in deeds:
        assert deed.may is can(user, deed.verb, plan, now()), deed.verb.code


def test_the_roles_are_read_once_for_all_that_is_made_at_a_place(world: World, django_assert_num_queries: Any) -> None:
    place = Place.objects.get(pk=world.ang.pk)
    with django_assert_num_queries(1):
        adds = adds_at(place, world.users["ang"], now())
    assert [verb.code for verb in adds] == list(MADE_AT_A_PLACE)
    assert not [one for one in MADE_AT_A_PLACE if can(world.users["ba"], verb_of(one), place, now())]
