from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from laar.kit.names import Name
from laar.plans.rules import LINE, PLAN
from tests.refused import refused

NAME, NOTHING, INVISIBLE = Name(en="Plan", km="ផែនការ"), Name(en=""), Name(en=" ", km="\u200b")


SOMEBODY = SimpleNamespace(pk=2, name=NAME)


def plan(state: str = "draft", **facts: Any) -> SimpleNamespace:
    given = {
        "kind": "oa",
        "partner_id": 1,
        "owner_id": 7,
        "submitted_by_id": 1,
        **facts,
    }
    return SimpleNamespace(state=state, name=NAME, **given)


def line(state: str = "planned") -> SimpleNamespace:
    return SimpleNamespace(state=state, name=NAME)


def event(state: str) -> SimpleNamespace:
    return SimpleNamespace(state=state, name=NAME)


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_a_plan_with_a_line_and_a_committee_is_submitted(state: str) -> None:
    made = plan(state)
    PLAN.move(made, "submit", lines=1)
    assert made.state == "submitted"


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_a_plan_without_a_line_is_not_submitted(state: str) -> None:
    with refused("plan.no_lines"):
        PLAN.move(plan(state), "submit", lines=0)


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_an_outreach_plan_without_a_committee_is_not_submitted(state: str) -> None:
    with refused("plan.partner_missing"):
        PLAN.move(plan(state, partner_id=None), "submit", lines=1)


def test_a_development_plan_is_the_councils_alone() -> None:
    cdp = plan(kind="cdp", partner_id=None)
    PLAN.move(cdp, "submit", lines=1)
    assert cdp.state == "submitted"


@pytest.mark.parametrize("decision", [None, SimpleNamespace(council_id=8)])
def test_a_plan_is_approved_by_a_decision_of_its_own_council(decision: Any) -> None:
    with refused("plan.decision_missing"):
        PLAN.move(plan("submitted", owner_id=7), "approve", by=SOMEBODY, decision=decision)
    approved = plan("submitted", owner_id=7)
    PLAN.move(approved, "approve", by=SOMEBODY, decision=SimpleNamespace(council_id=7))
    assert approved.state == "approved"


def test_a_plan_is_reported_when_nothing_is_left() -> None:
    with refused("plan.lines_left"):
        PLAN.move(plan("running"), "report", left=1)
    done = plan("running")
    PLAN.move(done, "report", left=0)
    assert done.state == "reported"


@pytest.mark.parametrize(
    ("state", "verb"),
    [
        ("draft", "approve"),
        ("submitted", "start"),
        ("approved", "return"),
        ("approved", "report"),
        ("running", "close"),
        ("running", "start"),
        ("closed", "start"),
        ("closed", "submit"),
    ],
)
def test_no_stage_of_a_plan_is_left_out_or_done_twice(state: str, verb: str) -> None:
    with refused("state.no_such_step"):
        PLAN.move(plan(state), verb, lines=1, papers={"decision"}, left=0)


@pytest.mark.parametrize("state", ["planned", "cancelled"])
def test_a_line_is_held_by_an_event_that_was_held(state: str) -> None:
    with refused("line.event_not_held"):
        LINE.move(line(), "hold", event=event(state))


@pytest.mark.parametrize("reason", [NOTHING, INVISIBLE])
@pytest.mark.parametrize(("state", "verb"), [("planned", "postpone"), ("planned", "cancel"), ("postponed", "cancel")])
def test_a_line_is_put_off_or_cancelled_with_a_reason(state: str, verb: str, reason: Name) -> None:
    with refused("line.reason_missing"):
        LINE.move(line(state), verb, reason=reason)


@pytest.mark.parametrize(("state", "verb"), [
    ("held", "cancel"), ("held", "hold"), ("held", "postpone"), ("cancelled", "hold"), ("postponed", "postpone")
])  # fmt: skip
def test_what_became_of_a_line_is_said_once(state: str, verb: str) -> None:
    with refused("state.no_such_step"):
        LINE.move(line(state), verb, event=event("held"), reason=NAME)


def test_a_line_that_was_put_off_can_still_be_held() -> None:
    late = line("postponed")
    LINE.move(late, "hold", event=event("held"))
    assert late.state == "held"


def test_who_submitted_a_plan_does_not_record_its_approval() -> None:
    with refused("access.same_person"):
        PLAN.move(plan("submitted", submitted_by_id=SOMEBODY.pk), "approve", by=SOMEBODY, decision=None)
