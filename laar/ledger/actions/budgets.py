"""Writes about budgets: they are opened, set once, amended by addenda, and shifted within the ceiling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from laar.base.act import Step, act, action
from laar.base.models import User
from laar.kit.money import Money, decimals_of
from laar.kit.names import NOTHING, Name, clean
from laar.kit.refusals import Refusal
from laar.ledger.charts import FORMS
from laar.ledger.models import Budget, BudgetChange, BudgetLine, BudgetMove, Fund
from laar.ledger.queries import (
    PlannedLine,
    headings_of,
    is_set,
    limit_on,
    mains_of,
    planned_by_line,
    product,
    shifts_of,
)
from laar.ledger.rules import within_the_ceiling, within_their_most


@dataclass(frozen=True, slots=True)
class Shift:
    """How much a line gets; negative where it gives."""

    line: BudgetLine
    amount: Money


@action("budget.open")
def open_budget(
    fund: Fund,
    code: str,
    *,
    name: Name,
    chart: str,
    currency: str,
    since: date,
    until: date,
    by: User,
    on: date,
    command: UUID | None = None,
) -> Budget:
    """Open the budget of a fund, in the currency of its contract, by the headings of a form that is loaded.

    `until` is the day after its last. Raises Refusal `budget.form_missing`, `period.reversed`, `budget.other_currency`.
    """
    decimals_of(currency)
    with act(by, "budget.open", fund, on=on, command=command) as step:
        if until <= since:
            raise Refusal("period.reversed")
        if fund.currency and fund.currency != currency:
            raise Refusal("budget.other_currency", fund=fund.name, wanted=fund.currency, currency=currency)
        if not headings_of(step.subject.programme, chart):
            raise Refusal("budget.form_missing", chart=FORMS.get(chart, chart))
        return step.create(
            Budget(
                programme_id=fund.programme_id,
                fund=step.subject,
                code=code,
                name_en=clean(name.en),
                name_km=clean(name.km),
                chart=chart,
                currency=currency,
                since=since,
                until=until,
            )
        )


@action("budget.set")
def set_budget(
    budget: Budget,
    lines: Sequence[PlannedLine],
    *,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> BudgetChange:
    """Enter the original lines of a budget, all of them at once: as the contract has them.

    Raises Refusal `budget.set_already`, `budget.heading_computed`, `budget.over_most`, `budget.product`, `budget.year`,
    `budget.currency`, `budget.line_doubled`, `budget.nothing`.
    """
    with act(by, "budget.set", budget, on=on, command=command, seen=seen) as step:
        if is_set(step.subject):
            raise Refusal("budget.set_already", budget=budget.name)
        return _changed(step, "original", lines, [], addendum="", reason=NOTHING)


@action("budget.amend")
def amend_budget(
    budget: Budget,
    shifts: Sequence[Shift],
    *,
    addendum: str,
    reason: Name,
    lines: Sequence[PlannedLine] = (),
    until: date | None = None,
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> BudgetChange:
    """Change what lines amount to as an addendum says, also in all; `lines` are new ones, `until` the day after its new last.

    Raises Refusal `budget.addendum_missing`, `budget.not_set`, `budget.below_zero`, `budget.over_most`, `budget.not_longer`.
    """
    with act(by, "budget.amend", budget, on=on, command=command, seen=seen) as step:
        if not clean(addendum):
            raise Refusal("budget.addendum_missing")
        _can_change(step)
        if until is not None and until <= step.subject.until:
            last = step.subject.until - timedelta(days=1)
            raise Refusal("budget.not_longer", budget=budget.name, last=last, until=until - timedelta(days=1))
        return _changed(step, "amended", lines, shifts, addendum=addendum, reason=reason, until=until)


@action("budget.reallocate")
def reallocate_budget(
    budget: Budget,
    shifts: Sequence[Shift],
    *,
    reason: Name,
    addendum: str = "",
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> BudgetChange:
    """Shift amounts between lines; together they come to nothing.

    Without an addendum no main heading is shifted, with what was shifted before, by more than the ceiling that holds on
    the day. Raises Refusal `budget.shift_open`, `budget.ceiling`, `budget.no_ceiling`, `budget.below_zero`,
    `budget.over_most`.
    """
    with act(by, "budget.reallocate", budget, on=on, command=command, seen=seen) as step:
        _can_change(step)
        left = Money(0, budget.currency)
        for shift in shifts:
            _belongs(shift, step.subject)
            left += shift.amount
        if left:
            raise Refusal("budget.shift_open", sum=left)
        if not clean(addendum):
            _within_the_ceiling(step, shifts)
        return _changed(step, "reallocated", [], shifts, addendum=addendum, reason=reason)


def _can_change(step: Step[Budget]) -> None:
    """A budget is changed after it was set, in the order of the days."""
    newest = step.subject.changes.order_by("-number").first()
    if newest is None:
        raise Refusal("budget.not_set", budget=step.subject.name)
    if step.on < newest.on:
        raise Refusal("budget.before_last", on=step.on, budget=step.subject.name, last=newest.on)


def _belongs(shift: Shift, budget: Budget) -> None:
    if shift.line.budget_id != budget.pk:
        raise Refusal("budget.line_elsewhere", line=shift.line.name, budget=budget.name)
    if shift.amount.currency != budget.currency:
        raise Refusal("budget.currency", amount=shift.amount, budget=budget.name, wanted=budget.currency)


def _within_the_ceiling(step: Step[Budget], shifts: Sequence[Shift]) -> None:
    """No main heading moves by more than the contract lets it, with everything since the last addendum."""
    budget = step.subject
    headings = headings_of(budget.programme, budget.chart)
    mains = mains_of(headings)
    before = shifts_of(budget)
    shifted: dict[str, int] = defaultdict(int, before.shifted)
    for shift in shifts:
        shifted[mains[shift.line.heading_id].code] += shift.amount.units
    moved = {code: units for code, units in shifted.items() if units != before.shifted.get(code, 0)}
    if not moved:
        return  # within one main heading: nothing that the contract limits
    limit = limit_on(budget.programme, "reallocation", step.on, budget.fund)
    if limit is None or limit.percent is None:
        raise Refusal("budget.no_ceiling", fund=budget.fund.name, on=step.on)
    names = {one.code: one.name for one in headings}
    within_the_ceiling(moved, before.base, names, limit, budget.currency)


def _changed(
    step: Step[Budget],
    kind: str,
    lines: Sequence[PlannedLine],
    shifts: Sequence[Shift],
    *,
    addendum: str,
    reason: Name,
    until: date | None = None,
) -> BudgetChange:
    """Write a change with its moves; afterwards no line is below zero and no heading above its most."""
    budget = step.subject
    before = budget.until if until else None
    if until:
        budget.until = until
        step.save(budget)
    change = step.create(
        BudgetChange(
            programme_id=budget.programme_id,
            budget=budget,
            number=budget.changes.count() + 1,
            kind=kind,
            on=step.on,
            addendum=clean(addendum),
            until_before=before,
            until=until,
            reason_en=clean(reason.en),
            reason_km=clean(reason.km),
        )
    )
    moved: dict[int, Shift] = {}
    for shift in [*shifts, *_new_lines(step, lines)]:
        _belongs(shift, budget)
        earlier = moved.get(shift.line.pk)
        moved[shift.line.pk] = Shift(shift.line, earlier.amount + shift.amount) if earlier else shift
    moves = [_move(change, shift) for shift in moved.values() if shift.amount]
    if not moves and until is None:
        raise Refusal("budget.nothing")
    _none_below_zero(budget, moved)
    step.create_many(moves)
    _within_their_most(budget)
    return change


def _new_lines(step: Step[Budget], lines: Sequence[PlannedLine]) -> list[Shift]:
    budget = step.subject
    codes = set(budget.lines.values_list("code", flat=True))
    made, amounts = [], []
    for line in lines:
        _fits(line, budget, codes)
        codes.add(line.code)
        amounts.append(line.amount)
        made.append(
            BudgetLine(
                programme_id=budget.programme_id,
                budget=budget,
                code=line.code,
                heading=line.heading,
                year=line.year,
                place=line.place,
                name_en=clean(line.name.en) or clean(line.name.km),
                name_km=clean(line.name.km),
                unit_en=clean(line.unit.en),
                unit_km=clean(line.unit.km),
                quantity=line.quantity,
                unit_cost=line.unit_cost.units if line.unit_cost else None,
            )
        )
    return [Shift(line, amount) for line, amount in zip(step.create_many(made), amounts, strict=True)]


def _fits(line: PlannedLine, budget: Budget, codes: set[str]) -> None:
    heading, name = line.heading, f"{line.code} {line.name.en}"
    if line.code in codes:
        raise Refusal("budget.line_doubled", line=line.code)
    if heading.chart != budget.chart:
        raise Refusal("budget.no_heading", heading=heading.code, chart=budget.chart)
    if heading.role in ("direct", "eligible", "total"):
        raise Refusal("budget.heading_computed", heading=heading.name)
    if line.amount.currency != budget.currency or line.amount.units < 0:
        raise Refusal("budget.currency", amount=line.amount, budget=budget.name, wanted=budget.currency)
    if line.year and not budget.since.year <= line.year <= budget.until.year:
        raise Refusal(
            "budget.year", line=name, year=line.year, budget=budget.name, since=budget.since, until=budget.until
        )
    if (
        line.quantity is not None
        and line.unit_cost is not None
        and product(line.quantity, line.unit_cost) != line.amount
    ):
        raise Refusal(
            "budget.product",
            line=name,
            quantity=f"{line.quantity / 100:g}",
            unit_cost=line.unit_cost,
            product=product(line.quantity, line.unit_cost),
            amount=line.amount,
        )


def _move(change: BudgetChange, shift: Shift) -> BudgetMove:
    line = shift.line
    return BudgetMove(
        programme_id=change.programme_id,
        change=change,
        line=line,
        heading_id=line.heading_id,
        fund_id=change.budget.fund_id,
        year=line.year,
        currency=change.budget.currency,
        units=shift.amount.units,
    )


def _none_below_zero(budget: Budget, moved: dict[int, Shift]) -> None:
    planned = planned_by_line(budget)
    for key, shift in moved.items():
        here = planned.get(key, 0)
        if here + shift.amount.units < 0:
            raise Refusal(
                "budget.below_zero",
                line=shift.line.name,
                planned=Money(here, budget.currency),
                amount=-shift.amount,
            )


def _within_their_most(budget: Budget) -> None:
    """Indirect cost and the reserve stay within their part of the direct cost."""
    headings = headings_of(budget.programme, budget.chart)
    mains, planned = mains_of(headings), planned_by_line(budget)
    sums: dict[int, int] = defaultdict(int)
    for line, heading in budget.lines.values_list("id", "heading_id"):
        sums[mains[heading].pk] += planned.get(line, 0)
    direct = sum(sums[one.pk] for one in headings if one.parent_id is None and not one.role)
    capped = [(one.name, sums[one.pk], one.most) for one in headings if one.most is not None]
    within_their_most(capped, direct, budget.currency)
