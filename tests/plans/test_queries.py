"""The figures about plans."""

from __future__ import annotations

import pytest

from laar.kit.figures import Scope, figure_of
from laar.kit.names import Name
from laar.plans.actions import cancel_line, return_plan
from tests.refused import refused
from tests.thread import Thread
from tests.world import World


def printed(world: World, key: str, place: str = "", **more: str) -> str:
    return figure_of(key, Scope(world.programme, place, more)).figure


def test_a_plan_counts_from_its_approval_on(world: World) -> None:
    thread = Thread(world)
    counts = {}
    for stage in ("draft_plan", "submit_plan", "approve_plan", "pay_first", "close_plan"):
        thread.to(stage)
        counts[stage] = printed(world, "oa.plans")
    assert counts == {"draft_plan": "0", "submit_plan": "0", "approve_plan": "1", "pay_first": "1", "close_plan": "1"}


def test_a_returned_plan_does_not_count(world: World) -> None:
    thread = Thread(world).to("submit_plan")
    return_plan(thread.plan, reason=Name(en="Why?"), by=world.manager, on=world.day)
    assert printed(world, "oa.plans") == "0"


def test_plans_are_counted_by_year_and_by_who_pays(world: World) -> None:
    for number in (1, 2):
        Thread(world, number).to("approve_plan")
    own = Thread(world, 3).before("draft_plan")
    own.draft_plan(funding="own")
    for stage in ("add_line", "submit_plan", "approve_plan"):
        getattr(own, stage)()
    asked = [{}, {"year": "2008"}, {"year": "2010"}, {"funding": "grant"}, {"funding": "own", "year": "2008"}]
    assert [printed(world, "oa.plans", **more) for more in asked] == ["3", "1", "1", "2", "0"]


def test_held_lines_are_part_of_the_planned_ones(world: World) -> None:
    thread = Thread(world).to("pay_first")
    assert printed(world, "oa.effective") == "0 / 1"
    thread.to("hold_line")
    assert printed(world, "oa.effective") == "1 / 1"
    other = Thread(world, 2).to("pay_first")
    cancel_line(other.line, reason=Name(en="Flood"), by=world.users["ang"], on=world.day)
    assert printed(world, "oa.effective") == "1 / 2"
    assert printed(world, "oa.effective", year="2009") == "0 / 1"


@pytest.mark.parametrize("year", ["x", "-1", "²", "20 08", "99999999999999999999"])
def test_a_year_that_is_none_is_refused_instead_of_printing_a_false_zero(world: World, year: str) -> None:
    with refused("figure.unknown_scope"):
        figure_of("oa.plans", Scope(world.programme, more={"year": year}))


def test_a_figure_is_not_asked_for_by_what_it_does_not_know(world: World) -> None:
    with refused("figure.unknown_scope") as no:
        figure_of("oa.plans", Scope(world.programme, more={"colour": "red"}))
    assert no.value.facts["known"] == "year, funding, place"
