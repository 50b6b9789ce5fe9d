"""Bad input gets a sentence, and nothing is written."""

from __future__ import annotations

import pytest

from laar.base.actions import register_user
from laar.base.trail import history
from laar.kit.names import Name
from laar.plans.actions import draft_plan
from laar.registers.actions import register_party
from tests.refused import refused_without_trace
from tests.shared import shared, shared_world  # noqa: F401 - fixtures, found here by pytest
from tests.world import World


def test_a_choice_that_is_none_is_refused(world: World) -> None:
    with refused_without_trace("value.unknown"):
        register_party("martian", name=Name(en="X"), by=world.manager, on=world.day)


def test_a_text_that_is_too_long_is_refused_on_every_database(world: World) -> None:
    with refused_without_trace("value.too_long"):
        register_user("x" * 61, name=Name(en="X"), by=None, on=world.day)


def test_a_number_that_came_as_text_is_kept_as_a_number(world: World) -> None:
    plan = draft_plan(
        world.programme,
        "oa",
        place=world.ang,
        owner=world.council,
        year="2008",  # type: ignore[arg-type]
        funding="own",
        title=Name(en="Plan"),
        by=world.manager,
        on=world.day,
    )
    assert plan.year == 2008
    assert history(plan)[0].after["year"] == 2008


def test_a_float_is_a_mistake_of_the_code(world: World) -> None:
    with pytest.raises(TypeError, match="no exact number"):
        register_party("person", name=Name(en="X"), sex=1.5, by=world.manager, on=world.day)  # type: ignore[arg-type]
