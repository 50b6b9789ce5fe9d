"""Writes about plans and their lines."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import Programme, User
from laar.base.queries import day_of, in_order
from laar.base.rules import not_before, not_later, quoted
from laar.events.models import Decision, Event, Request
from laar.events.rules import REQUEST
from laar.kit.money import Money
from laar.kit.names import Name, clean
from laar.kit.refusals import Refusal
from laar.kit.states import Machine
from laar.plans.models import Answer, Line, Plan
from laar.plans.queries import lines_left
from laar.plans.rules import (
    LINE,
    LINES,
    NEED,
    OPEN_FOR_BUDGET,
    OPEN_FOR_LINES,
    OPEN_FOR_RANKS,
    OPEN_FOR_RESULTS,
    PLAN,
    PLAN_KINDS,
    made_by_its_council,
)
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
    last_year: int | None = None,
    command: UUID | None = None,
) -> Plan:
    """Draft a council's plan for a year, with the committee that makes it together with the council.

    `last_year` where it is for several: a development plan for five, a rolling investment programme for three. Raises
    Refusal `plan.years_reversed`, `plan.not_its_council`.
    """
    if last_year is not None and last_year < year:
        raise Refusal("plan.years_reversed", year=year, last=last_year)
    made_by_its_council(owner, place)
    with act(by, "plan.draft", place, on=on, command=command) as step:
        return step.create(
            Plan(
                programme=programme,
                kind=kind,
                place=step.subject,
                owner=owner,
                partner=partner,
                year=year,
                last_year=last_year,
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
    quantity: int | None = None,
    unit: Name | None = None,
    continues: Line | None = None,
    command: UUID | None = None,
) -> Line:
    """Add an activity, or a need, to a plan that is still open; `continues` is the line whose need it goes on with.

    Raises Refusal `plan.not_open`, `line.continues_elsewhere`.
    """
    with act(by, "line.add", plan, on=on, command=command) as step:
        plan = _open_for_lines(step.subject)
        if continues and (continues.plan.owner_id != plan.owner_id or continues.plan_id == plan.pk):
            raise Refusal("line.continues_elsewhere", line=continues.name, plan=plan.name)
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
                quantity=quantity,
                unit_en=clean(unit.en) if unit else "",
                unit_km=clean(unit.km) if unit else "",
                currency=budget.currency,
                units=budget.units,
                state=LINES[plan.kind].initial,
                continues=continues,
            )
        )


@action("line.correct")
def correct_line(
    line: Line,
    *,
    title: Name,
    month: date,
    people: int,
    budget: Money,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> Line:
    """Correct an activity or a need while its plan is still made. Raises Refusal `plan.not_open`."""
    with act(by, "line.correct", line, on=on, command=command, seen=seen) as step:
        line = step.subject
        _open_for_lines(line.plan)
        line.title_en, line.title_km = clean(title.en), clean(title.km)
        line.month, line.people = month.replace(day=1), people
        line.currency, line.units = budget.currency, budget.units
        step.save(line)
    return line


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
        in_order(plan, PLAN, on)
        PLAN.move(plan, "submit", lines=plan.lines.count())
        plan.submitted_by = by
        step.save(plan)
    return plan


@action("plan.return")
def return_plan(
    plan: Plan, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Plan:
    """Give a plan back to those who made it, and say what is missing. Raises Refusal `plan.reason_missing`."""
    with act(by, "plan.return", plan, on=on, command=command, seen=seen) as step:
        plan = step.subject
        in_order(plan, PLAN, on)
        PLAN.move(plan, "return", reason=reason)
        plan.reason_en, plan.reason_km = clean(reason.en), clean(reason.km)
        step.save(plan)
    return plan


@action("plan.approve")
def approve_plan(
    plan: Plan, *, decision: Decision, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Plan:
    """Record by which decision of the council a plan is approved. Raises Refusal `plan.decision_missing`."""
    with act(by, "plan.approve", plan, on=on, command=command, seen=seen) as step:
        plan = step.subject
        in_order(plan, PLAN, on)
        PLAN.move(plan, "approve", by=by, decision=decision)
        not_later(decision.on, on)
        not_before(decision.on, day_of(plan, "plan.submit") or decision.on, quoted("plan.submit"))
        plan.decision = decision
        step.save(plan)
    return plan


@action("plan.start")
def start_plan(plan: Plan, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Plan:
    """Start a plan: its money is there, whoever gives it."""
    with act(by, "plan.start", plan, on=on, command=command, seen=seen) as step:
        plan = step.subject
        in_order(plan, PLAN, on)
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
        in_order(line, LINE, on)
        LINE.move(line, "hold", event=event)
        _after_its_adoption(line.plan, event.on)
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
        in_order(line, LINE, on)
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
        in_order(line, LINE, on)
        LINE.move(line, "cancel", reason=reason)
        line.reason_en, line.reason_km = clean(reason.en), clean(reason.km)
        step.save(line)
    return line


@action("line.rank")
def rank_line(
    line: Line, *, rank: int, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Line:
    """Set how urgent the council finds a need, 1 first; while the plan is being made it may be set anew."""
    if rank < 1:
        raise Refusal("line.rank", rank=rank)
    with act(by, "line.rank", line, on=on, command=command, seen=seen) as step:
        line = _a_need(step.subject)
        if line.plan.state not in OPEN_FOR_RANKS:
            raise Refusal("line.not_ranked_now", plan=line.plan.name, state=PLAN.states[line.plan.state])
        in_order(line, NEED, on)
        NEED.move(line, "rank")
        line.rank = rank
        step.save(line)
    return line


@action("line.budget")
def budget_line(
    line: Line, *, decision: Decision, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Line:
    """Record the council's decision that puts a need into the budget of the year."""
    with act(by, "line.budget", line, on=on, command=command, seen=seen) as step:
        line = _adopted(_a_need(step.subject))
        in_order(line, NEED, on)
        NEED.move(line, "budget", decision=decision)
        not_later(decision.on, on)
        _after_its_adoption(line.plan, decision.on)
        line.decision = decision
        step.save(line)
    return line


@action("line.drop")
def drop_line(
    line: Line, *, reason: Name, by: User, on: date, command: UUID | None = None, seen: int | None = None
) -> Line:
    """Drop a need, with the reason that those who asked will be told."""
    with act(by, "line.drop", line, on=on, command=command, seen=seen) as step:
        line = _a_need(step.subject)
        in_order(line, NEED, on)
        NEED.move(line, "drop", reason=reason)
        line.reason_en, line.reason_km = clean(reason.en), clean(reason.km)
        step.save(line)
    return line


@action("line.carry_over")
def carry_over_line(line: Line, *, to: Plan, by: User, on: date, command: UUID | None = None) -> Line:
    """Carry a need over into another plan of the council, where it goes on as a new line that continues this one."""
    with act(by, "line.carry_over", line, on=on, command=command) as step:
        line = _adopted(_a_need(step.subject))
        to = _open_for_lines(step.lock(to))
        if to.owner_id != line.plan.owner_id or to.pk == line.plan_id or LINES[to.kind] is not NEED:
            raise Refusal("line.continues_elsewhere", line=line.name, plan=to.name)
        in_order(line, NEED, on)
        NEED.move(line, "carry_over")
        step.save(line)
        return step.create(
            Line(
                programme_id=line.programme_id,
                plan=to,
                position=to.lines.count() + 1,
                title_en=line.title_en,
                title_km=line.title_km,
                place=line.place,
                month=date(to.year, 1, 1),
                people=line.people,
                quantity=line.quantity,
                unit_en=line.unit_en,
                unit_km=line.unit_km,
                currency=line.currency,
                units=line.units,
                state=NEED.initial,
                continues=line,
            )
        )


@action("plan.report")
def report_plan(plan: Plan, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Plan:
    """Report on a plan: of every line it is known what became of it."""
    with act(by, "plan.report", plan, on=on, command=command, seen=seen) as step:
        plan = step.subject
        in_order(plan, PLAN, on)
        PLAN.move(plan, "report", left=lines_left(plan).count())
        step.save(plan)
    return plan


@action("plan.close")
def close_plan(plan: Plan, *, by: User, on: date, command: UUID | None = None, seen: int | None = None) -> Plan:
    """Close a plan after its report was accepted; upper floors object while its money is not settled."""
    with act(by, "plan.close", plan, on=on, command=command, seen=seen) as step:
        plan = step.subject
        in_order(plan, PLAN, on)
        PLAN.move(plan, "close")
        step.save(plan)
    return plan


def _after_its_adoption(plan: Plan, day: date) -> None:
    if plan.decision:
        not_before(day, plan.decision.on, plan.decision.name)


def _open_for_lines(plan: Plan) -> Plan:
    if plan.state not in OPEN_FOR_LINES:
        raise Refusal("plan.not_open", plan=plan.name, state=PLAN.states[plan.state])
    return plan


def _adopted(line: Line) -> Line:
    if line.plan.state not in OPEN_FOR_BUDGET:
        raise Refusal("line.not_adopted", plan=line.plan.name, state=PLAN.states[line.plan.state])
    return line


def _a_need(line: Line) -> Line:
    return _line_of(line, NEED)


def _line_of(line: Line, machine: Machine) -> Line:
    if LINES[line.plan.kind] is not machine:
        raise Refusal("line.not_of_this_plan", plan=line.plan.name, kind=PLAN_KINDS[line.plan.kind])
    return line


def _open_for_results(line: Line) -> Line:
    _line_of(line, LINE)
    if line.plan.state not in OPEN_FOR_RESULTS:
        raise Refusal("line.plan_not_running", plan=line.plan.name, state=PLAN.states[line.plan.state])
    return line
