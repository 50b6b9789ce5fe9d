"""A budget as a table: every row of the form with its lines; what was planned, changed, promised, paid, and is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

from django.db.models import Q, QuerySet, Sum

from laar.kit.figures import Figure, Scope, figure_of
from laar.kit.money import Money
from laar.kit.periods import Period
from laar.ledger.models import (
    Budget,
    BudgetLine,
    BudgetMove,
    CommitmentMove,
    ForecastAmount,
    Heading,
    HeadingMonth,
    Posting,
)
from laar.ledger.queries.budget_figures import ADDS_UP, budget_scope
from laar.ledger.queries.budget_worth import is_foreign, worth_of
from laar.ledger.queries.budgets import budget_lines, headings_of, mains_of, newest_forecast
from laar.ledger.queries.told import with_value

COLUMNS = ("original", "changed", "planned", "committed", "advanced", "paid", "left", "used")


#: What is added up for each line and heading.
SUMMED = ("original", "changed", "committed", "advanced", "paid", "expected")


@dataclass(frozen=True)
class TableRow:
    """A row: a heading of the form or a line below it, with its figures by column, made when they are looked at."""

    heading: Heading
    line: BudgetLine | None
    #: How deep it stands: 0 for a main heading.
    depth: int
    _make: Callable[[], dict[str, Figure]]

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """What it comes to, by column."""
        return self._make()

    @property
    def is_sum(self) -> bool:
        """Whether the form computes it."""
        return self.line is None and self.heading.role in ADDS_UP

    @property
    def is_over(self) -> bool:
        """Whether more is spent and promised than planned."""
        return int(self.figures["left"].value) < 0


@dataclass(frozen=True, slots=True)
class Forecast:
    """The last euro: what of a line is left for the months that are left, and whether it will be spent by then."""

    line: BudgetLine
    left: Money
    a_month: Money
    #: What was spent a month so far, in the months in which the line could be charged.
    so_far: Money
    #: What the newest forecast expects until the end; None where there is none.
    expected: Money | None

    @property
    def over(self) -> Money:
        """What nobody expects to be spent: it goes back. Less than nothing is expected beyond the line."""
        return self.left - (self.expected or self.left - self.left)

    @property
    def is_slow(self) -> bool:
        """Whether as much a month as so far would leave something."""
        return self.expected is None and self.so_far < self.a_month


@dataclass(slots=True)
class Sums:
    """What each heading or line comes to, by column of the table."""

    original: dict[int, int]
    changed: dict[int, int]
    committed: dict[int, int]
    advanced: dict[int, int]
    paid: dict[int, int]
    expected: dict[int, int]

    def of(self, keys: Iterable[int]) -> dict[str, int]:
        """What some of them come to together."""
        wanted = list(keys)
        found = {name: sum(getattr(self, name).get(key, 0) for key in wanted) for name in SUMMED}
        return {**found, "planned": found["original"] + found["changed"]}


def budget_table(budget: Budget, by_line: Sums | None = None) -> list[TableRow]:
    """Every heading of the form that has lines, or is computed, and every line below it."""
    headings, lines = headings_of(budget.programme, budget.chart), list(budget_lines(budget))
    by_line = by_line or sums_of(budget)
    by_heading = _of_headings(lines, by_line)
    mains = mains_of(headings)
    parents = {one.pk: one.parent_id for one in headings}
    used = {line.heading_id for line in lines}
    scope = budget_scope(budget.programme, budget.code)
    rows = []
    for heading in headings:
        if heading.role in ADDS_UP:
            below = {one.pk for one in headings if mains[one.pk].role in ADDS_UP[heading.role]}
        else:
            below = _below(heading, headings, parents)
        if not below & used:
            continue
        depth = _depth(heading, parents)
        sums = by_heading.of(below)
        rows.append(
            TableRow(heading, None, depth, partial(_figures, scope, budget.currency, sums, heading=heading.code))
        )
        if heading.role not in ADDS_UP:
            for line in lines:
                if line.heading_id == heading.pk:
                    sums = by_line.of([line.pk])
                    figures = partial(_figures, scope, budget.currency, sums, line=line.code)
                    rows.append(TableRow(heading, line, depth + 1, figures))
    return rows


def budget_total(budget: Budget, by_line: Sums | None = None) -> dict[str, Figure]:
    """The figures of a whole budget. Where its lines weren't summed anyway they are read from the roll-ups by heading."""
    lines = list(budget_lines(budget))
    by_heading = _of_headings(lines, by_line) if by_line else _by_heading(budget, lines)
    scope = budget_scope(budget.programme, budget.code)
    return _figures(scope, budget.currency, by_heading.of({line.heading_id for line in lines}))


def last_euro(budget: Budget, on: date, by_line: Sums | None = None) -> list[Forecast]:
    """What is left of each line, and what that is a month until the last day; the largest first."""
    months = months_left(budget, on)
    sums, lines = by_line or sums_of(budget), budget_lines(budget)
    newest = newest_forecast(budget)
    gone = len(list(Period(budget.since, min(on, budget.until)).months())) if budget.since < on else 0
    found = []
    for line in lines:
        of = sums.of([line.pk])
        left = Money(of["planned"] - of["committed"] - of["advanced"] - of["paid"], budget.currency)
        if left:
            spent = Money(of["paid"], budget.currency)
            found.append(
                Forecast(
                    line,
                    left,
                    left.times(Fraction(1, months)) if months else left,
                    spent.times(Fraction(1, gone)) if gone else spent,
                    Money(of["expected"], budget.currency) if newest else None,
                )
            )
    return sorted(found, key=lambda one: -one.left.units)


def months_left(budget: Budget, on: date) -> int:
    """How many months of a budget are left, the month of the day among them; 0 when it is over."""
    if on >= budget.until:
        return 0
    months = (budget.until.year - on.year) * 12 + budget.until.month - on.month
    return max(1, months + (1 if budget.until.day > 1 else 0))


def _figures(scope: Scope, currency: str, sums: dict[str, int], **more: str) -> dict[str, Figure]:
    asked = Scope(scope.programme, more={**scope.more, **more})

    def figure(key: str, column: str, **also: str) -> Figure:
        one = figure_of(f"budget.{key}", Scope(asked.programme, more={**asked.more, **also}, known=asked.known))
        return with_value(one, sums[column], currency)

    return {
        "original": figure("planned", "original", kind="original"),
        "changed": figure("planned", "changed", kind="changed"),
        "planned": figure("planned", "planned"),
        "committed": figure("committed", "committed"),
        "advanced": figure("advanced", "advanced"),
        "expected": figure("expected", "expected"),
        "paid": figure("paid", "paid"),
        "left": figure_of("budget.left", asked),
        "used": figure_of("budget.used", asked),
    }


def sums_of(budget: Budget) -> Sums:
    """What the lines of a budget come to; a page that tells several things of it reads them once."""
    committed = CommitmentMove.objects.filter(commitment__line__budget=budget)
    postings = Posting.objects.filter(line__budget=budget)
    if is_foreign(budget):
        promise = ("commitment__line_id", "commitment__currency")
        paid = _worth(budget, postings, "line_id", "currency", "units")
        promised, out = (_worth(budget, committed, *promise, column) for column in ("units", "out"))
    else:
        paid = _summed(postings, "line_id", "in_book")
        promised, out = _promised(committed, "commitment__line_id")
    original, changed = _planned(budget, "line_id")
    return Sums(
        original=original,
        changed=changed,
        committed=promised,
        advanced=out,
        paid=paid,
        expected=_expected(budget, "line_id"),
    )


def _expected(budget: Budget, by: str) -> dict[int, int]:
    newest = newest_forecast(budget)
    return _summed(ForecastAmount.objects.filter(forecast=newest), by, "units") if newest else {}


def _worth(budget: Budget, records: QuerySet[Any], by: str, currency: str, column: str) -> dict[int, int]:
    """The sums of a column by line in the currency of a budget that is not in that of the books."""
    worth = worth_of(budget, records.order_by().values_list("pk", currency, column, "on"))
    sums: dict[int, int] = defaultdict(int)
    for key, line in records.order_by().values_list("pk", by):
        sums[line] += worth[key]
    return sums


def _by_heading(budget: Budget, lines: list[BudgetLine]) -> Sums:
    """What its headings come to: from the roll-ups, where the fund has no other budget of the form."""
    others = Budget.objects.filter(fund_id=budget.fund_id, chart=budget.chart).exclude(pk=budget.pk)
    if is_foreign(budget) or others.exists():
        return _of_headings(lines, sums_of(budget))
    original, changed = _planned(budget, "heading_id")
    committed = CommitmentMove.objects.filter(commitment__line__budget=budget)
    promised, out = _promised(committed, "commitment__line__heading_id")
    return Sums(
        original=original,
        changed=changed,
        committed=promised,
        advanced=out,
        paid=_summed(HeadingMonth.objects.filter(fund_id=budget.fund_id), "heading_id", "in_book"),
        expected=_expected(budget, "line__heading_id"),
    )


def _planned(budget: Budget, by: str) -> tuple[dict[int, int], dict[int, int]]:
    """What was planned at first, and by how much that was changed since."""
    first = Q(change__kind="original")
    moves = BudgetMove.objects.filter(change__budget=budget).order_by().values_list(by)
    rows = list(moves.annotate(_first=Sum("units", filter=first), _since=Sum("units", filter=~first)))
    return {key: units or 0 for key, units, _ in rows}, {key: units or 0 for key, _, units in rows}


def _promised(moves: QuerySet[CommitmentMove], by: str) -> tuple[dict[int, int], dict[int, int]]:
    """What is promised to third parties, and what of it is advanced."""
    rows = list(moves.order_by().values_list(by).annotate(_units=Sum("units"), _out=Sum("out")))
    return {key: units for key, units, _ in rows}, {key: out for key, _, out in rows}


def _of_headings(lines: list[BudgetLine], sums: Sums) -> Sums:
    """What lines come to, added up by their headings."""
    found = {name: defaultdict[int, int](int) for name in SUMMED}
    for line in lines:
        for name in SUMMED:
            found[name][line.heading_id] += getattr(sums, name).get(line.pk, 0)
    return Sums(**found)


def _summed(records: QuerySet[Any], by: str, column: str) -> dict[int, int]:
    return dict(records.order_by().values_list(by).annotate(_sum=Sum(column)))


def _below(heading: Heading, headings: list[Heading], parents: dict[int, int | None]) -> set[int]:
    found = {heading.pk}
    for one in headings:
        if parents[one.pk] in found:
            found.add(one.pk)
    return found


def _depth(heading: Heading, parents: dict[int, int | None]) -> int:
    depth, above = 0, heading.parent_id
    while above is not None:
        depth, above = depth + 1, parents[above]
    return depth
