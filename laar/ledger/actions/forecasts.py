"""Entering what is expected of a budget: whole each time, so that every forecast can be read as it was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from laar.base.act import act, action
from laar.base.models import User
from laar.kit.money import Money
from laar.kit.names import clean
from laar.kit.refusals import Refusal
from laar.ledger.models import Budget, BudgetForecast, BudgetLine, ForecastAmount
from laar.ledger.queries.budgets import planned_of_fund


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected on a line from a day on; `until` is the first day after it."""

    line: BudgetLine
    since: date
    until: date
    amount: Money


@action("budget.forecast")
def forecast_budget(
    budget: Budget,
    amounts: Sequence[Expected],
    *,
    note: str = "",
    by: User,
    on: date,
    command: UUID | None = None,
    seen: int | None = None,
) -> BudgetForecast:
    """Say what is expected by line and month, quarter or year. The newest counts; those before it stay.

    Raises Refusal `forecast.nothing`, `forecast.days`, `forecast.twice`, `forecast.negative`, `forecast.too_much`,
    `budget.line_elsewhere`, `budget.currency`.
    """
    with act(by, "budget.forecast", budget, on=on, command=command, seen=seen) as step:
        budget = step.subject
        given = sorted((one for one in amounts if one.amount), key=lambda one: (one.line.pk, one.since))
        if not given:
            raise Refusal("forecast.nothing")
        whole = planned_of_fund(budget.fund)
        for place, one in enumerate(given):
            _is_possible(one, whole)
            _fits(one, given[place - 1] if place else None, budget)
        number = budget.forecasts.count() + 1
        made = step.create(
            BudgetForecast(
                programme_id=budget.programme_id, budget=budget, number=number, on=on, made_by=by, note=clean(note)
            )
        )
        step.create_many(
            [
                ForecastAmount(
                    programme_id=budget.programme_id,
                    forecast=made,
                    line=one.line,
                    since=one.since,
                    until=one.until,
                    currency=budget.currency,
                    units=one.amount.units,
                )
                for one in given
            ]
        )
        return made


def _is_possible(one: Expected, whole: Money | None) -> None:
    """Whether an amount may be meant: not below zero, and not beyond all that there is to spend."""
    if one.amount.units < 0:
        raise Refusal("forecast.negative", amount=one.amount, line=one.line.name)
    if whole and one.amount.currency == whole.currency and one.amount > whole:
        raise Refusal("forecast.too_much", amount=one.amount, line=one.line.name, whole=whole)


def _fits(one: Expected, before: Expected | None, budget: Budget) -> None:
    """Whether an amount is one of this budget, in its currency and its days, and the only one of them."""
    if one.line.budget_id != budget.pk:
        raise Refusal("budget.line_elsewhere", line=one.line.name, budget=budget.name)
    if one.amount.currency != budget.currency:
        raise Refusal("budget.currency", amount=one.amount, budget=budget.name, wanted=budget.currency)
    day = timedelta(days=1)
    if not budget.since <= one.since < one.until <= budget.until:
        raise Refusal(
            "forecast.days",
            since=one.since,
            last=one.until - day,
            budget=budget.name,
            first=budget.since,
            end=budget.until - day,
        )
    if before and before.line.pk == one.line.pk and one.since < before.until:
        raise Refusal("forecast.twice", line=one.line.name, since=one.since, last=one.until - day)
