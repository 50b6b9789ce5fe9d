"""Reads of budgets: their lines and headings, what was planned at first and now, and which limit holds on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from laar.base.models import Programme
from laar.kit.money import Money
from laar.kit.refusals import Refusal
from laar.ledger.models import Budget, BudgetChange, BudgetForecast, BudgetLine, BudgetMove, Fund, Heading, Limit


def budgets_of(programme: Programme) -> QuerySet[Budget]:
    """The budgets of a programme."""
    return Budget.objects.filter(programme=programme).select_related("fund__giver").order_by("fund__code", "code")


def budget_called(programme: Programme, code: str) -> Budget:
    """The budget with this code. Raises Refusal `record.not_found`."""
    budget = budgets_of(programme).filter(code=code).first()
    if budget is None:
        raise Refusal("record.not_found")
    return budget


def headings_of(programme: Programme, chart: str) -> list[Heading]:
    """The headings of a form, in the order of the form."""
    return list(Heading.objects.filter(programme=programme, chart=chart).order_by("position", "id"))


def mains_of(headings: list[Heading]) -> dict[int, Heading]:
    """To which main heading each heading belongs, by key; a main one to itself."""
    by_key = {one.pk: one for one in headings}
    found: dict[int, Heading] = {}
    for one in headings:
        top = one
        while top.parent_id is not None:
            top = by_key[top.parent_id]
        found[one.pk] = top
    return found


def budget_lines(budget: Budget) -> QuerySet[BudgetLine]:
    """The lines of a budget, in the order of its form."""
    return budget.lines.select_related("heading", "place", "budget").order_by("heading__position", "code")


def changes_of(budget: Budget) -> QuerySet[BudgetChange]:
    """What happened to a budget, in its order."""
    return budget.changes.prefetch_related("moves__line").order_by("number")


def planned_by_line(budget: Budget, until: date | None = None) -> dict[int, int]:
    """What each line amounts to, in units; at the end of a day, or now."""
    moves = BudgetMove.objects.filter(change__budget=budget)
    if until:
        moves = moves.filter(change__on__lte=until)
    return dict(moves.values_list("line_id").annotate(sum=Sum("units")))


def end_of(budget: Budget, day: date) -> date:
    """The day after the last of a budget as it was agreed on a day: an addendum of later may have extended it since."""
    later = budget.changes.filter(on__gt=day, until__isnull=False).order_by("number").first()
    return later.until_before or budget.until if later else budget.until


def newest_forecast(budget: Budget, day: date | None = None) -> BudgetForecast | None:
    """What was expected of a budget last; of a day in the past: what had been expected by then."""
    made = budget.forecasts.order_by("-number")
    return (made.filter(on__lte=day) if day else made).first()


def is_set(budget: Budget) -> bool:
    """Whether its original lines are there."""
    return budget.changes.filter(kind="original").exists()


def limit_on(programme: Programme, kind: str, day: date, fund: Fund | None = None) -> Limit | None:
    """The limit of a kind that holds on a day: the fund's own before the one for any fund, the newest first."""
    holds = Limit.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), programme=programme, kind=kind, since__lte=day
    )
    own = holds.filter(fund=fund).order_by("-since", "-id").first() if fund else None
    return own or holds.filter(fund__isnull=True).order_by("-since", "-id").first()


def limits_of(programme: Programme) -> QuerySet[Limit]:
    """Every limit that holds or held, by kind and fund, the newest first."""
    return Limit.objects.filter(programme=programme).select_related("fund").order_by("kind", "fund__code", "-since")


@dataclass(frozen=True, slots=True)
class Shifts:
    """How far the main headings of a budget are shifted without an addendum, by their codes, and from what."""

    base: Mapping[str, int]
    shifted: Mapping[str, int]


def shifts_of(budget: Budget, until: date | None = None) -> Shifts:
    """What was shifted between main headings since the amounts were agreed: in the contract, or by an addendum.

    A reallocation with an addendum is agreed, too: it changes what the next shift is measured by, and what was shifted
    before it is settled by it.
    """
    headings = headings_of(budget.programme, budget.chart)
    mains = mains_of(headings)
    moves = BudgetMove.objects.filter(change__budget=budget)
    if until:
        moves = moves.filter(change__on__lte=until)
    sums = moves.values_list("change__number", "change__kind", "change__addendum", "heading_id").annotate(
        sum=Sum("units")
    )
    base: dict[str, int] = defaultdict(int)
    shifted: dict[str, int] = defaultdict(int)
    agreed = 0
    for number, kind, addendum, heading, units in sums.order_by("change__number"):
        main = mains[heading].code
        if kind == "reallocated" and not addendum:
            shifted[main] += units
            continue
        if number != agreed and kind != "original":
            for code, earlier in shifted.items():
                base[code] += earlier
            shifted.clear()
        agreed = number
        base[main] += units
    return Shifts(dict(base), {code: units for code, units in shifted.items() if units})


def planned_of_fund(fund: Fund) -> Money | None:
    """What all budgets of a fund come to together; None where it has none."""
    budget = fund.budgets.first()
    if budget is None:
        return None
    moves = BudgetMove.objects.filter(fund=fund, currency=budget.currency)
    return Money(moves.aggregate(sum=Sum("units"))["sum"] or 0, budget.currency)
