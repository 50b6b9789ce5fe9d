"""Writes about plans and their lines."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Evidence, Programme, User
from laar.base.queries import papers_of
from laar.base.rules import not_later
from laar.events.models import Event, Request
from laar.events.rules import REQUEST
from laar.kit.money import Money
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.plans.models import Answer, Line, Plan
from laar.plans.queries import lines_left
from laar.plans.rules import LINE, OPEN_FOR_LINES, OPEN_FOR_RESULTS, PLAN
from laar.registers.models import Party, Place


@action("plan.draft")
def draft_plan(
    programme: Programme,
    kind: str,
    *,
    place: Place,
    owner: Party,
    year: int,
    funding: str,
    title: Name,
    by: User,
    on: date,
    partner: Party | None = None,
    command: UUID | None = None,
) -> Plan:
    """Draft a council's plan for a year, with the committee that makes it together with the council."""
    with act(by, "plan.draft", place, on=on, command=command) as step:
        return step.create(
            Plan(
                programme=programme,
                kind=kind,
                place=step.subject,
                owner=owner,
                partner=partner,
                year=year,
                funding=funding,
                title_en=clean(title.en),
                title_km=clean(title.km),
            )
        )


@action("line.add")
def add_line(
    plan: Plan,
    *,
    title: Name,
    place: Place,
    month: date,
    people: int,
    budget: Money,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Line:
    """Add an activity to a plan that is still open. Raises Refusal `plan.not_open`."""
    with act(by, "line.add", plan, on=on, command=command) as step:
        plan = step.subject
        if plan.state not in OPEN_FOR_LINES:
            raise Refusal("plan.not_open", plan=plan.name, state=PLAN.states[plan.state])
        return step.create(
            Line(
                programme_id=plan.programme_id,
                plan=plan,
                position=plan.lines.count() + 1,
                title_en=clean(title.en),
                title_km=clean(title.km),
                place=place,
                month=month.replace(day=1),
                people=people,
                currency=budget.currency,
                units=budget.units,
            )
        )


@action("line.answer")
def answer_line(line: Line, request: Request, *, by: User, on: date, command: UUID | None = None) -> Answer:
    """Say that an activity answers a request that the council has accepted."""
    with act(by, "line.answer", line, on=on, command=command) as step:
        asked = step.lock(request)
        if asked.decision != "accepted":
            raise Refusal("line.request_not_accepted", request=asked.name, state=REQUEST.states[asked.state])
        return step.create(Answer(programme_id=line.programme_id, line=step.subject, request=asked))


@action("plan.submit")
def submit_plan(plan: Plan, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Plan:
    """Submit a plan to the council's decision."""
    with act(by, "plan.submit", plan, on=on, command=command, seen=seen) as step:
        plan = step.subject
        PLAN.move(plan, "submit", lines=plan.lines.count())
        plan.submitted_by = by
        step.save(plan)
    return plan


@action("plan.return")
def return_plan(plan: Plan, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Plan:
    """Give a plan back to those who made it."""
    with act(by, "plan.return", plan, on=on, command=command, seen=seen) as step:
        plan = step.subject
        PLAN.move(plan, "return")
        step.save(plan)
    return plan


@action("plan.approve")
def approve_plan(
    plan: Plan,
    *,
    decision: str,
    decided_on: date,
    paper: Evidence,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Plan:
    """Record the council's decision that approves a plan: its number, its date, the signed paper."""
    with act(by, "plan.approve", plan, on=on, command=command, seen=seen) as step:
        plan = step.subject
        plan.decision, plan.decided_on = clean(decision), decided_on
        step.attach(plan, paper, "decision")
        PLAN.move(plan, "approve", by=by, papers=papers_of(plan))
        not_later(decided_on, on)
        step.save(plan)
    return plan


@action("plan.start")
def start_plan(plan: Plan, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Plan:
    """Start a plan: its money is there, whoever gives it."""
    with act(by, "plan.start", plan, on=on, command=command, seen=seen) as step:
        plan = step.subject
        PLAN.move(plan, "start")
        step.save(plan)
    return plan


@action("line.hold")
def hold_line(
    line: Line, *, event: Event, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Line:
    """Record which event delivered an activity."""
    with act(by, "line.hold", line, on=on, command=command, seen=seen) as step:
        line, event = _open_for_results(step.subject), step.lock(event)
        LINE.move(line, "hold", event=event)
        line.event = event
        step.save(line)
    return line


@action("line.postpone")
def postpone_line(
    line: Line, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Line:
    """Put an activity off, with a reason."""
    with act(by, "line.postpone", line, on=on, command=command, seen=seen) as step:
        line = _open_for_results(step.subject)
        LINE.move(line, "postpone", reason=reason)
        line.reason_en, line.reason_km = clean(reason.en), clean(reason.km)
        step.save(line)
    return line


@action("line.cancel")
def cancel_line(
    line: Line, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Line:
    """Cancel an activity, with a reason."""
    with act(by, "line.cancel", line, on=on, command=command, seen=seen) as step:
        line = _open_for_results(step.subject)
        LINE.move(line, "cancel", reason=reason)
        line.reason_en, line.reason_km = clean(reason.en), clean(reason.km)
        step.save(line)
    return line


@action("plan.report")
def report_plan(plan: Plan, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Plan:
    """Report on a plan: of every line it is known what became of it."""
    with act(by, "plan.report", plan, on=on, command=command, seen=seen) as step:
        plan = step.subject
        PLAN.move(plan, "report", left=lines_left(plan).count())
        step.save(plan)
    return plan


@action("plan.close")
def close_plan(plan: Plan, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Plan:
    """Close a plan after its report was accepted; upper floors object while its money is not settled."""
    with act(by, "plan.close", plan, on=on, command=command, seen=seen) as step:
        plan = step.subject
        PLAN.move(plan, "close")
        step.save(plan)
    return plan


def _open_for_results(line: Line) -> Line:
    if line.plan.state not in OPEN_FOR_RESULTS:
        raise Refusal("line.plan_not_running", plan=line.plan.name, state=PLAN.states[line.plan.state])
    return line
