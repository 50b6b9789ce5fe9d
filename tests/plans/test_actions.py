"""A plan on its way, and what is refused on it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from laar.base import clock
from laar.base.queries import papers_of
from laar.events.actions import announce_event, decline_request, report_back_request
from laar.events.models import Decision
from laar.kit.names import Name
from laar.plans.actions import (
    add_line,
    answer_line,
    approve_plan,
    budget_line,
    cancel_line,
    carry_over_line,
    close_plan,
    draft_plan,
    drop_line,
    postpone_line,
    rank_line,
    report_plan,
    return_plan,
    start_plan,
    submit_plan,
)
from laar.plans.models import Answer, Line, Plan
from laar.plans.queries import lines_answering, lines_left, origins_of
from laar.projects.actions import bring_voucher
from laar.registers.actions import register_party
from tests.refused import refused, refused_without_trace
from tests.thread import STAGES, Thread, faults, fresh
from tests.world import NOON, World, eur

WHY, NOTHING = Name(en="Flood", km="ទឹកជំនន់"), Name(en=" ")
PLANNING = ("draft_plan", "add_line", "answer", "submit_plan")


def test_a_plan_goes_from_draft_to_approval_with_the_councils_decision(world: World) -> None:
    plan = Thread(world).to("approve_plan").plan
    assert plan.decision is not None
    assert (plan.state, plan.decision.number, papers_of(plan.decision)) == ("approved", "1/08", {"decision"})


def test_a_plan_without_a_line_is_not_submitted(world: World) -> None:
    thread = Thread(world).to("draft_plan")
    with refused_without_trace("plan.no_lines"):
        thread.submit_plan()


def test_a_plan_without_a_committee_is_not_submitted(world: World) -> None:
    thread = Thread(world).before("draft_plan")
    thread.draft_plan(partner=None)
    thread.add_line()
    with refused_without_trace("plan.partner_missing"):
        thread.submit_plan()


def test_a_plan_is_not_approved_without_a_decision_of_its_council(world: World) -> None:
    thread = Thread(world).before("approve_plan")
    with refused_without_trace("plan.decision_missing"):
        thread.approve_plan(decision=None)
    assert fresh(thread.plan).state == "submitted"


def test_a_returned_plan_takes_lines_again_and_is_submitted_again(world: World) -> None:
    thread = Thread(world).to("submit_plan")
    thread.plan = return_plan(thread.plan, reason=Name(en="Why?"), by=world.manager, on=world.day)
    thread.add_line()
    assert [line.position for line in thread.plan.lines.order_by("id")] == [1, 2]
    assert thread.submit_plan().state == "submitted"


@pytest.mark.parametrize("stage", ["submit_plan", "approve_plan", "pay_first"])
def test_a_line_is_added_only_while_the_plan_is_open(world: World, stage: str) -> None:
    thread = Thread(world).to(stage)
    with refused_without_trace("plan.not_open"):
        thread.add_line()


def test_a_line_costs_nothing_or_something(world: World) -> None:
    thread = Thread(world).to("draft_plan")
    assert thread.add_line(budget=eur(0)).amount == eur(0)
    with refused_without_trace("record.invalid"):
        thread.add_line(budget=-eur(1))


def test_the_month_of_a_line_is_its_first_day(world: World) -> None:
    assert Thread(world).to("add_line").line.month == date(2008, 3, 1)


def test_a_council_has_one_plan_of_a_kind_for_a_year(world: World) -> None:
    thread = Thread(world).to("draft_plan")
    with refused_without_trace("record.already_there"):
        thread.draft_plan()


def test_a_line_answers_a_request_that_was_accepted(world: World) -> None:
    thread = Thread(world).to("raise_request")
    thread.draft_plan()
    thread.add_line()
    with refused_without_trace("line.request_not_accepted"):
        thread.answer()
    thread.accept_request()
    assert thread.answer().request == thread.request


def test_a_declined_request_is_not_answered_even_after_people_were_told(world: World) -> None:
    thread = Thread(world).to("raise_request")
    by, day = world.users["ang"], world.day
    thread.request = decline_request(thread.request, reason=WHY, by=by, on=day)
    thread.draft_plan()
    thread.add_line()
    with refused_without_trace("line.request_not_accepted"):
        thread.answer()
    thread.request = report_back_request(thread.request, at=thread.forum, by=by, on=day)
    with refused_without_trace("line.request_not_accepted"):
        thread.answer()


def test_an_accepted_request_can_be_answered_after_people_were_told(world: World) -> None:
    thread = Thread(world).to("add_line")
    by, day = world.users["ang"], world.day
    thread.request = report_back_request(thread.request, at=thread.forum, by=by, on=day)
    assert thread.answer() == Answer.objects.get()


def test_a_line_answers_a_request_once(world: World) -> None:
    thread = Thread(world).to("answer")
    with refused_without_trace("record.already_there"):
        thread.answer()


@pytest.mark.parametrize("stage", ["submit_plan", "approve_plan"])
def test_nothing_became_of_a_line_before_its_plan_runs(world: World, stage: str) -> None:
    thread = Thread(world).to(stage)
    by, day = world.users["ang"], world.day
    thread.hold_event()
    for act in (
        thread.hold_line,
        lambda: cancel_line(thread.line, reason=WHY, by=by, on=day),
        lambda: postpone_line(thread.line, reason=WHY, by=by, on=day),
    ):
        with refused_without_trace("line.plan_not_running"):
            act()


def test_a_line_is_not_held_by_an_event_that_was_only_announced(world: World) -> None:
    thread = Thread(world).to("pay_first")
    thread.event = announce_event(
        world.programme,
        "outreach",
        place=world.ang,
        host=world.council,
        day=world.day,
        title=Name(en="Next month"),
        by=world.users["ang"],
        on=world.day,
    )
    with refused_without_trace("line.event_not_held"):
        thread.hold_line()
    thread.event.state = "held"  # what the caller believes is not what is so
    with refused_without_trace("line.event_not_held"):
        thread.hold_line()


def test_a_line_is_put_off_with_a_reason_and_held_later(world: World) -> None:
    thread = Thread(world).to("hold_event")
    by, day = world.users["ang"], world.day
    with refused_without_trace("line.reason_missing"):
        postpone_line(thread.line, reason=NOTHING, by=by, on=day)
    late = postpone_line(thread.line, reason=WHY, by=by, on=day)
    assert (late.state, late.reason_km) == ("postponed", "ទឹកជំនន់")
    assert list(lines_left(thread.plan)) == [late]
    assert thread.hold_line().event == thread.event
    assert not lines_left(thread.plan).exists()


def test_a_plan_with_a_line_left_is_not_reported(world: World) -> None:
    thread = Thread(world).to("pay_first")
    with refused_without_trace("plan.lines_left") as no:
        report_plan(thread.plan, by=world.users["ang"], on=world.day)
    assert no.value.facts["left"] == 1
    cancel_line(thread.line, reason=WHY, by=world.users["ang"], on=world.day)
    assert report_plan(thread.plan, by=world.users["ang"], on=world.day).state == "reported"


def test_a_plan_is_not_closed_while_its_grant_is_not_settled(world: World) -> None:
    thread = Thread(world).to("hold_line")
    thread.report_plan()
    with refused_without_trace("project.open") as no:
        thread.close_plan()
    assert "Outreach grant 1" in no.value.text.en


def test_a_plan_of_the_communes_own_means_runs_without_a_grant(world: World) -> None:
    thread = Thread(world).before("draft_plan")
    thread.draft_plan(funding="own")
    for stage in STAGES[STAGES.index("add_line") : STAGES.index("propose")]:
        getattr(thread, stage)()
    plan = start_plan(thread.plan, by=world.manager, on=world.day)
    thread.hold_event()
    thread.hold_line()
    plan = report_plan(plan, by=world.users["ang"], on=world.day)
    assert close_plan(plan, by=world.manager, on=world.day).state == "closed"
    assert faults() == []


def test_a_facilitator_of_another_commune_has_no_part_in_the_plan(world: World) -> None:
    thread = Thread(world)
    for stage in PLANNING:
        thread.before(stage)
        with refused_without_trace("access.no_role"):
            getattr(thread, stage)(by=world.users["ba"])
    assert not Line.objects.filter(plan__state="submitted").exists()


@pytest.mark.parametrize("name", ["ang", "finance", "stranger", "nobody"])
def test_a_decision_is_recorded_by_a_manager_of_the_programme(world: World, name: str) -> None:
    thread = Thread(world).before("approve_plan")
    decision = thread.decision("9/08")
    with refused_without_trace("access.no_role"):
        thread.approve_plan(by=world.users[name], decision=decision)


def needs(world: World, year: int = 2009) -> Plan:
    """The investment programme of a year, being made."""
    return draft_plan(
        world.programme, "cip", place=world.ang, owner=world.council, year=year, last_year=year + 2, funding="own",
        title=Name(en=f"Programme {year}"), by=world.users["ang"], on=world.day,
    )  # fmt: skip


def need(world: World, plan: Plan, **given: Any) -> Line:
    facts = {"title": Name(en="A well"), "place": world.ang, "month": world.day, "people": 90, "budget": eur(900)}
    return add_line(plan, **{**facts, "by": world.users["ang"], "on": world.day, **given})


def adopted(world: World, plan: Plan, decision: Decision) -> Plan:
    return approve_plan(
        submit_plan(plan, by=world.users["ang"], on=world.day), decision=decision, by=world.manager, on=world.day
    )


def test_a_need_is_ranked_adopted_and_put_into_the_budget_by_the_council(world: World) -> None:
    by, day, decision = world.users["ang"], world.day, Thread(world).decision("5/08")
    plan = needs(world)
    line = need(world, plan)
    assert line.state == "needed"
    with refused_without_trace("line.rank"):
        rank_line(line, rank=0, by=by, on=day)
    line = rank_line(rank_line(line, rank=2, by=by, on=day), rank=1, by=by, on=day)
    assert (line.state, line.rank) == ("prioritised", 1)
    with refused_without_trace("line.not_adopted"):
        budget_line(line, decision=decision, by=by, on=day)
    adopted(world, plan, decision)
    with refused_without_trace("line.not_budgeted"):
        budget_line(line, decision=None, by=by, on=day)  # type: ignore[arg-type]  # what a careless form sends
    line = budget_line(line, decision=decision, by=by, on=day)
    assert (line.state, line.decision) == ("budgeted", decision)
    with refused_without_trace("line.not_ranked_now"):
        rank_line(line, rank=3, by=by, on=day)


def test_a_need_that_is_carried_over_is_the_same_need_a_year_later(world: World) -> None:
    by, day, decision = world.users["ang"], world.day, Thread(world).decision("5/08")
    plan, later = needs(world), needs(world, 2010)
    first = need(world, plan, quantity=2, unit=Name(en="wells"))
    adopted(world, plan, decision)
    for wrong in (plan, Thread(world).to("draft_plan").plan):
        with refused("line.continues_elsewhere" if wrong is not plan else "plan.not_open"):
            carry_over_line(first, to=wrong, by=by, on=day)
    again = carry_over_line(first, to=later, by=by, on=day)
    assert (again.continues, again.state, again.quantity, again.plan) == (first, "needed", 2, later)
    assert fresh(first).state == "carried_over"
    assert origins_of(again) == [again, first]


def test_a_request_is_answered_by_the_line_that_goes_on_with_its_need(world: World) -> None:
    thread = Thread(world).to("accept_request")
    by, day = world.users["ang"], world.day
    plan = needs(world)
    first = need(world, plan)
    answer_line(first, thread.request, by=by, on=day)
    adopted(world, plan, thread.decision("5/08"))
    again = carry_over_line(first, to=needs(world, 2010), by=by, on=day)
    assert list(lines_answering(thread.request)) == [first, again]


def test_a_need_is_dropped_with_a_reason_and_an_activity_is_no_need(world: World) -> None:
    by, day = world.users["ang"], world.day
    line = need(world, needs(world))
    with refused_without_trace("line.reason_missing"):
        drop_line(line, reason=NOTHING, by=by, on=day)
    assert drop_line(line, reason=WHY, by=by, on=day).state == "dropped"
    activity = Thread(world).to("pay_first").line
    with refused_without_trace("line.not_of_this_plan"):
        rank_line(activity, rank=1, by=by, on=day)
    with refused_without_trace("line.not_of_this_plan"):
        cancel_line(line, reason=WHY, by=by, on=day)


def test_a_plan_does_not_end_before_it_begins_and_a_line_goes_on_within_one_council(world: World) -> None:
    thread = Thread(world).to("draft_plan")
    by, day = world.users["ang"], world.day
    with refused_without_trace("plan.years_reversed"):
        draft_plan(
            world.programme, "cdp", place=world.ang, owner=world.council, year=2009, last_year=2008, funding="own",
            title=WHY, by=by, on=day,
        )  # fmt: skip
    line = need(world, needs(world))
    with refused_without_trace("line.continues_elsewhere"):
        need(world, line.plan, continues=line)
    assert need(world, thread.plan, continues=line).continues == line


# ── nothing before its cause ────────────────────────────────────────────────────────────────────────────────────────


def test_an_old_decision_of_the_council_approves_no_plan_that_was_submitted_after_it(world: World) -> None:
    thread = Thread(world).before("submit_plan")
    old = thread.decision("9/07")  # of today
    tomorrow = NOON + timedelta(days=1)
    with clock.simulated(tomorrow, "the day after"):
        thread.submit_plan(on=tomorrow.date())
        with refused_without_trace("day.before_its_cause") as no:
            thread.approve_plan(decision=old, on=tomorrow.date())
    assert "Submit the plan" in no.value.text.en


def test_a_wrong_date_is_put_right_by_returning_the_plan(world: World) -> None:
    thread = Thread(world).before("submit_plan")
    council_decided, later = thread.decision("9/07"), NOON + timedelta(days=30)
    with clock.simulated(later, "typed a month after"):
        thread.submit_plan(on=later.date())  # the day on which it was typed, not that of the paper
        with refused_without_trace("day.before_its_cause"):
            thread.approve_plan(decision=council_decided)
        thread.plan = return_plan(thread.plan, reason=WHY, by=world.manager, on=later.date())
        thread.submit_plan(on=world.day)
        assert thread.approve_plan(decision=council_decided).state == "approved"


@pytest.mark.parametrize(
    "stage",
    [
        "submit_plan", "approve_plan", "check", "approve", "sign", "approve_first", "pay_first", "acknowledge_first",
        "hold_line", "accept_voucher", "liquidate_first", "complete", "settle", "report_plan", "close_plan",
    ],
)  # fmt: skip
def test_no_step_is_dated_before_the_one_it_follows(world: World, stage: str) -> None:
    thread = Thread(world).before(stage)
    given = {"decision": thread.decision("9/08")} if stage == "approve_plan" else {}
    with refused("day.before_its_cause"):
        getattr(thread, stage)(on=world.day - timedelta(days=1), **given)
    getattr(thread, stage)(**given)


def test_an_activity_is_held_by_no_event_of_before_the_plan_was_approved(world: World) -> None:
    thread = Thread(world).before("hold_event")
    thread.event = thread.event_on(world.day - timedelta(days=1), "outreach", "Before")
    with refused_without_trace("day.before_its_cause"):
        thread.hold_line()


def test_a_voucher_is_not_dated_before_the_agreement(world: World) -> None:
    thread = Thread(world).before("bring_voucher")
    with refused_without_trace("day.before_its_cause"):
        bring_voucher(
            thread.first, number="V-0", dated=world.day - timedelta(days=1), payee="Shop", text=Name(en="Filters"),
            amount=eur(1), paper=world.paper(), by=world.users["ang"], on=world.day,
        )  # fmt: skip


def test_a_plan_is_made_by_the_council_of_its_place(world: World) -> None:
    elsewhere = register_party(
        "council", name=Name(en="Council of Ba Srae"), place=world.ba, by=world.manager, on=world.day
    )
    for owner in (elsewhere, world.committee):
        with refused_without_trace("plan.not_its_council"):
            draft_plan(
                world.programme, "cip", place=world.ang, owner=owner, year=2009, funding="own", title=Name(en="Plan"),
                by=world.manager, on=world.day,
            )  # fmt: skip
