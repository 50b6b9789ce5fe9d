"""How far a request has come, at every point of the thread."""

from __future__ import annotations

from laar.events.actions import decline_request, raise_request, refer_request, report_back_request
from laar.kit.names import Name
from laar.plans.actions import cancel_line, return_plan
from laar.projects.actions import reject_project
from laar.results.queries import Stage, stage_of, stages_of
from laar.results.rules import STAGES as NAMES
from tests.thread import STAGES, Thread, fresh
from tests.world import World

WHY = Name(en="No money", km="គ្មានថវិកា")

#: What a request has reached after each stage of the thread; a stage that is not named here adds nothing.
REACHED = {
    "raise_request": ["asked"],
    "accept_request": ["asked", "accepted"],
    "approve_plan": ["asked", "accepted", "planned"],
    "sign": ["asked", "accepted", "planned", "agreed"],
    "pay_first": ["asked", "accepted", "planned", "agreed", "funded"],
    "hold_line": ["asked", "accepted", "planned", "agreed", "funded", "done"],
    "report_back": ["asked", "accepted", "planned", "agreed", "funded", "done", "told"],
}


def codes(stages: list[Stage]) -> list[str]:
    return [stage.code for stage in stages]


def reached(thread: Thread) -> list[str]:
    return codes(stages_of(fresh(thread.request)))


def test_a_request_comes_farther_with_each_stage_and_never_back(world: World) -> None:
    thread = Thread(world).before("raise_request")
    expected: list[str] = []
    for stage in STAGES[STAGES.index("raise_request") :]:
        thread.to(stage)
        expected = REACHED.get(stage, expected)
        assert reached(thread) == expected, stage
        assert stage_of(fresh(thread.request)).code == expected[-1]
    assert expected == REACHED["report_back"]


def test_each_stage_shows_the_record_that_proves_it_and_its_day(world: World) -> None:
    thread = Thread(world).to("report_back")
    forum = thread.forum.on
    assert [(stage.code, stage.record, stage.on) for stage in stages_of(thread.request)] == [
        ("asked", thread.request, forum),
        ("accepted", thread.request, world.day),
        ("planned", thread.line, world.day),
        ("agreed", thread.agreement, world.day),
        ("funded", thread.first, world.day),
        ("done", thread.event, world.day),
        ("told", thread.meeting, world.day),
    ]


def test_every_stage_has_a_name_in_both_languages(world: World) -> None:
    for stage in stages_of(Thread(world).to("report_back").request):
        assert stage.name == NAMES[stage.code]
        assert stage.name.en
        assert stage.name.km


def test_a_no_is_where_a_request_ends(world: World) -> None:
    thread = Thread(world).to("raise_request")
    by, day = world.users["ang"], world.day
    declined = decline_request(thread.request, reason=WHY, by=by, on=day)
    referred = refer_request(
        raise_request(thread.forum, text=WHY, by=by, on=day), to=world.committee, reason=WHY, by=by, on=day
    )
    assert codes(stages_of(declined)) == ["asked", "declined"]
    assert codes(stages_of(referred)) == ["asked", "referred"]


def test_a_no_that_people_were_told_was_never_a_yes(world: World) -> None:
    thread = Thread(world).to("raise_request")
    by, day = world.users["ang"], world.day
    declined = decline_request(thread.request, reason=WHY, by=by, on=day)
    told = report_back_request(declined, at=thread.forum, by=by, on=day)
    assert codes(stages_of(told)) == ["asked", "declined", "told"]
    sent = refer_request(
        raise_request(thread.forum, text=WHY, by=by, on=day), to=world.committee, reason=WHY, by=by, on=day
    )
    told = report_back_request(sent, at=thread.forum, by=by, on=day)
    assert codes(stages_of(told)) == ["asked", "referred", "told"]


def test_a_plan_that_was_returned_is_no_promise(world: World) -> None:
    thread = Thread(world).to("submit_plan")
    return_plan(thread.plan, reason=Name(en="Why?"), by=world.manager, on=world.day)
    assert reached(thread) == ["asked", "accepted"]


def test_a_grant_that_was_rejected_is_no_grant(world: World) -> None:
    thread = Thread(world).to("check")
    reject_project(thread.project, reason=WHY, by=world.manager, on=world.day)
    assert reached(thread) == ["asked", "accepted", "planned"]


def test_a_line_that_was_cancelled_carries_a_request_no_further(world: World) -> None:
    thread = Thread(world).to("pay_first")
    cancel_line(thread.line, reason=WHY, by=world.users["ang"], on=world.day)
    assert reached(thread) == ["asked", "accepted"]


def test_another_request_of_the_same_forum_stays_where_it_is(world: World) -> None:
    thread = Thread(world).to("raise_request")
    other = raise_request(thread.forum, text=WHY, by=world.users["ang"], on=world.day)
    thread.to("hold_line")
    assert codes(stages_of(fresh(other))) == ["asked"]
