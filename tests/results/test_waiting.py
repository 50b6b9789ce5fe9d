"""What waits for whom: at every point of the thread the next step lies on the desk of who may do it, and of nobody else."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laar.base.access import can, within_reach
from laar.base.actions import grant_role
from laar.base.clock import now
from laar.base.models import User
from laar.base.rules import verb_of, verbs
from laar.events.actions import announce_event, give_advice, raise_request
from laar.events.rules import ADVICE, COURSE, EVENT, REQUEST
from laar.kit.names import Name
from laar.kit.states import Machine
from laar.ledger.rules import DOCUMENT
from laar.plans.rules import PLAN
from laar.projects.rules import OA, SDP, TRANCHE, VOUCHER
from laar.results.queries import waiting
from laar.results.queries.waiting import Desk, waiting_for
from laar.results.waits import NEXT_STEP, WAITS, Wait, next_step
from tests.sdp import Sdp
from tests.thread import STAGES, Thread
from tests.world import World

MACHINES: dict[str, tuple[Machine, ...]] = {
    "plan": (PLAN,),
    "project": (OA, SDP),
    "tranche": (TRANCHE,),
    "voucher": (VOUCHER,),
    "request": (REQUEST,),
    "event": (EVENT,),
    "advice": (ADVICE,),
    "course": (COURSE,),
    "document": (DOCUMENT,),
}
#: Steps that another record takes so that this one can go on.
OF_ANOTHER = ("opinion.give", "visit.record", "voucher.bring")


def desk(world: World, who: str, **given: Any) -> Desk:
    return waiting_for(world.users[who], world.day, **given)


def steps(found: Desk) -> list[str]:
    return [one.wait.verb for one in found.waiting]


# ── the table ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("wait", WAITS, ids=lambda wait: wait.says.en)
def test_every_wait_is_for_a_step_that_its_states_allow(wait: Wait) -> None:
    noun, verb = wait.verb.split(".")
    assert wait.says.en
    assert wait.says.km
    assert wait.why.en
    assert wait.why.km
    assert bool(wait.after) != bool(wait.day)
    assert {verb_of(code).code for code in wait.after} == set(wait.after)
    if wait.verb not in OF_ANOTHER:
        assert noun == wait.kind
        own = {"oa": (OA,), "sdp": (SDP,)}.get(wait.only.get("kind", ""))
        paths = own or MACHINES[wait.kind]
        for state in wait.states:
            assert any(verb in path.verbs_from(state) for path in paths), state


@pytest.mark.parametrize("wait", [one for one in WAITS if one.verb not in OF_ANOTHER], ids=lambda wait: wait.says.en)
def test_the_four_eyes_of_a_wait_are_those_of_its_step(wait: Wait) -> None:
    guards = {
        guard.__doc__ or ""
        for path in MACHINES[wait.kind]
        for step in path.steps
        if step.verb == wait.verb.split(".")[1] and step.source in wait.states
        for guard in step.guards
    }
    asked = {f"by another person than {column.replace('_', ' ')}" for column in wait.others if "__" not in column}
    assert {said for said in guards if said.startswith("by another person than")} == asked
    assert any("second name" in said for said in guards if said.startswith("nor by")) == ("second__user" in wait.others)


def test_every_condition_is_asked_by_a_wait_and_every_wait_has_its_condition() -> None:
    assert {wait.condition for wait in WAITS} - {""} == set(waiting.CONDITIONS)


def test_every_state_of_a_project_has_its_next_step_and_an_end_has_none() -> None:
    for kind, path in (("oa", OA), ("sdp", SDP)):
        for state in path.states:
            step = next_step(kind, state)
            assert bool(step) == bool(path.verbs_from(state)), (kind, state)
            assert not step or step.split(".")[1] in path.verbs_from(state), (kind, state)
    assert set(NEXT_STEP) == {"oa", "sdp"}


# ── the thread ──────────────────────────────────────────────────────────────────────────────────────────────────────

#: What waits for whom when the thread has come so far: manager, finance, facilitator of the commune.
WAITING = {
    "announce_forum": ([], [], ["event.hold"]),
    "raise_request": (["request.accept"], [], ["request.accept"]),
    "accept_request": (["request.report_back"], [], ["request.report_back"]),
    "submit_plan": (["request.report_back", "plan.approve"], [], ["request.report_back"]),
    "propose": (["request.report_back", "project.check"], [], ["request.report_back", "project.check"]),
    "check": (["request.report_back", "project.approve"], [], ["request.report_back"]),
    "approve": (["request.report_back", "project.sign"], [], ["request.report_back"]),
    "sign": (["request.report_back"], [], ["request.report_back"]),
    "request_first": (["request.report_back", "tranche.approve"], [], ["request.report_back"]),
    "approve_first": (["request.report_back"], ["tranche.pay"], ["request.report_back"]),
    "pay_first": (
        ["request.report_back", "tranche.acknowledge"],
        ["tranche.acknowledge"],
        ["request.report_back", "tranche.acknowledge"],
    ),
    "acknowledge_first": (["request.report_back", "voucher.bring"], [], ["request.report_back", "voucher.bring"]),
    "bring_voucher": (
        ["plan.report", "request.report_back", "voucher.bring"],
        ["voucher.accept"],
        ["plan.report", "request.report_back", "voucher.bring"],
    ),
    "accept_voucher": (
        ["plan.report", "request.report_back"],
        ["tranche.liquidate"],
        ["plan.report", "request.report_back"],
    ),
    "complete": (["plan.report", "request.report_back"], ["project.settle"], ["plan.report", "request.report_back"]),
    "settle": (["plan.report", "request.report_back"], [], ["plan.report", "request.report_back"]),
    "report_plan": (["plan.close", "request.report_back"], [], ["request.report_back"]),
    "report_back": ([], [], []),
}


def test_at_every_point_of_the_thread_the_next_step_waits_for_who_may_do_it(world: World) -> None:
    thread = Thread(world)
    for stage in STAGES:
        thread.to(stage)
        if stage in WAITING:
            found = [sorted(steps(desk(world, who))) for who in ("manager", "finance", "ang")]
            expected = [sorted(own) for own in WAITING[stage]]
            if stage == "announce_forum":
                expected[0] = ["event.hold"]
            assert found == expected, stage
        for who in ("ba", "stranger", "nobody", "admin"):
            assert desk(world, who).count == 0, (stage, who)


def test_whoever_did_the_step_before_does_not_find_the_next_one(world: World) -> None:
    thread = Thread(world).before("submit_plan")
    thread.submit_plan(by=world.manager)
    assert "plan.approve" not in steps(desk(world, "manager"))
    assert "plan.approve" in steps(desk(world, "second"))


def test_a_second_name_on_the_checklist_is_a_pair_of_eyes_too(world: World) -> None:
    thread = Thread(world).before("check")
    thread.check(by=world.second)
    assert "project.approve" in steps(desk(world, "manager"))
    assert "project.approve" not in steps(desk(world, "second"))


def test_the_words_of_bodies_wait_before_the_approval(world: World) -> None:
    sdp = Sdp(world)
    sdp.plan()
    sdp.propose()
    sdp.check()
    assert "opinion.give" in steps(desk(world, "ang"))
    assert "project.approve" not in steps(desk(world, "manager"))
    sdp.hear_the_department(is_favourable=False, text=Name(en="Too dear"))
    assert "opinion.give" not in steps(desk(world, "ang"))
    assert "project.approve" not in steps(desk(world, "manager"))
    sdp.hear_the_department()
    assert "project.approve" in steps(desk(world, "manager"))


def test_four_roles_see_four_different_days(world: World) -> None:
    Thread(world).to("bring_voucher")
    Thread(world, number=2).to("request_first")
    Thread(world, number=3).to("propose")
    grant_role(
        world.nobody, role="clerk", programme=world.programme, place="210101", since=world.day, by=None, on=world.day
    )
    days = {who: sorted(steps(desk(world, who))) for who in ("manager", "finance", "ang", "nobody")}
    assert len({tuple(day) for day in days.values()}) == 4, days


def test_a_role_in_another_area_or_programme_finds_nothing(world: World) -> None:
    Thread(world).to("bring_voucher")
    assert desk(world, "ba").count == desk(world, "stranger").count == desk(world, "nobody").count == 0


@pytest.mark.parametrize("who", ["admin", "manager", "finance", "ang", "ba", "stranger", "nobody"])
def test_what_is_within_reach_is_what_can_says(world: World, who: str) -> None:
    Thread(world).to("bring_voucher")
    user: User = world.users[who]
    for wait in WAITS:
        model = next(one for one in apps.get_models() if one._meta.model_name == wait.kind)
        records = model._default_manager.all()
        reach = set(within_reach(user, verb_of(wait.verb), records))
        assert reach == {one for one in records if can(user, verb_of(wait.verb), one, now())}, wait.verb
    assert verbs()


# ── since when, and how many ────────────────────────────────────────────────────────────────────────────────────────


def test_it_waits_since_the_day_of_the_step_before_and_is_late_after_its_days(world: World) -> None:
    Thread(world).to("request_first")
    one = next(one for one in desk(world, "manager").waiting if one.wait.verb == "tranche.approve")
    assert (one.since, one.days, one.is_late) == (world.day, 0, False)
    assert one.place == world.ang.name
    later = waiting_for(world.manager, world.day + timedelta(days=6))
    one = next(one for one in later.waiting if one.wait.verb == "tranche.approve")
    assert (one.days, one.is_late) == (6, True)
    assert one.stands.en == "late, 6 days"
    assert one.stands.km == "យឺត ៦ ថ្ងៃ"


def test_an_event_waits_from_the_day_after_and_advice_from_the_day_on_which_it_is_due(world: World) -> None:
    thread = Thread(world)
    visit = thread.event_on(world.day, "coaching", "Visit")
    due = world.day + timedelta(days=30)
    give_advice(visit, text=Name(en="Write it down"), due=due, by=world.users["ang"], on=world.day)
    forum(world, 0)
    assert steps(waiting_for(world.users["ang"], world.day)) == []
    assert steps(waiting_for(world.users["ang"], world.day + timedelta(days=1))) == ["event.hold"]
    assert steps(waiting_for(world.users["ang"], world.day + timedelta(days=30))) == ["event.hold", "advice.follow_up"]


def forum(world: World, number: int) -> Any:
    return announce_event(
        world.programme,
        "forum",
        place=world.ang,
        host=world.council,
        day=world.day - timedelta(days=number),
        title=Name(en=f"Forum {number}", km=f"វេទិកា {number}"),
        by=world.users["ang"],
        on=world.day - timedelta(days=number),
    )


def test_the_oldest_comes_first_and_the_rest_is_counted(world: World) -> None:
    for number in (3, 9, 6):
        forum(world, number)
    found = desk(world, "ang", most=2)
    assert [one.days for one in found.waiting] == [9, 6]
    assert (found.more, found.count) == (1, 3)


def cost(world: World, who: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        desk(world, who)
    return len(captured)


@pytest.mark.parametrize("who", ["manager", "ang"])
def test_the_day_costs_the_same_with_one_thing_and_with_three(world: World, who: str) -> None:
    thread = Thread(world).to("raise_request")
    one = cost(world, who)
    for number in (4, 5):
        raise_request(thread.forum, text=Name(en=f"Road {number}"), by=world.users["ang"], on=world.day)
        forum(world, number)
    assert desk(world, who).count >= 3
    assert cost(world, who) == one


def test_whoever_has_no_role_is_asked_about_nothing(world: World) -> None:
    found: Collection[Any] = desk(world, "nobody").waiting
    assert not found
    assert cost(world, "nobody") == 1  # which roles are held
