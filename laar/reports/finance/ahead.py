"""The last euro: what is left of each line, for how many months it must do, and what is expected next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from laar.kit.figures import Figure, Scope
from laar.kit.money import Money
from laar.kit.periods import Period
from laar.ledger.queries import expected_in, newest_forecast
from laar.ledger.queries.forecasts import Share
from laar.ledger.queries.told import told
from laar.reports.finance.cells import Row, Statement, asked_as, days_of, months
from laar.reports.models import FinanceReport


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is left of a line, and for how many months it must do: the last euro."""

    row: Row
    left: Money
    months_left: int
    spent_a_month: Money
    left_a_month: Money
    #: What the next period of the same length may cost, and the one after it: as the forecast of the budget says, else
    #: what is left spread evenly.
    next: Money
    later: Money
    #: The amounts of the forecast that `next` and `later` are made of, with their shares; empty where there is none.
    next_parts: Mapping[int, int]
    later_parts: Mapping[int, int]
    is_forecast: bool


def ahead_of(statement: Statement) -> list[Ahead]:
    """Of every line what is left and for how long: spread evenly over its months."""
    report = statement.report
    coming = following(report)
    after = Period(coming.until or report.until, following_of(coming).until)
    # One that was sent is as it was: what was expected since is not in it.
    newest = newest_forecast(report.budget, report.submitted_on if report.is_sent else None)
    expected = tuple(
        expected_in(newest, span.since, span.until) if newest and span.until else {} for span in (coming, after)
    )
    return [_ahead(statement, row, newest is not None, *expected) for row in statement.rows if row.kind == "line"]


def _ahead(
    statement: Statement, row: Row, is_forecast: bool, soon: Mapping[int, Share], then: Mapping[int, Share]
) -> Ahead:
    report = statement.report
    budget, line = report.budget, row.line
    assert line is not None
    left = row.cells["now"].amount - row.cells["to_date"].amount
    since, until = days_of(line, budget.since, budget.until)
    if until <= report.until:
        until = budget.until  # its own time is over: what is left of it waits for the end of the budget
    gone = months(since, min(until, report.until))
    remaining = months(max(since, report.until), until)
    coming = months(max(since, report.until), min(until, following(report).until or until))
    a_month = left.times(Fraction(1, remaining)) if remaining else left
    zero = Money(0, statement.currency)
    evenly = left.times(Fraction(coming, remaining)) if remaining and left > zero else zero
    first, second = soon.get(line.pk, Share()), then.get(line.pk, Share())
    rest = min(evenly, left - evenly) if remaining > coming else zero
    return Ahead(
        row,
        left,
        remaining,
        row.cells["to_date"].amount.times(Fraction(1, gone)) if gone else zero,
        a_month if left > zero else zero,
        Money(first.units, statement.currency) if is_forecast else evenly,
        Money(second.units, statement.currency) if is_forecast else rest,
        first.parts,
        second.parts,
        is_forecast,
    )


def expected_of(statement: Statement, one: Ahead) -> tuple[Figure, Figure]:
    """What is expected of a line in the next period and in the one after it, as figures that open."""
    asked = {"report": asked_as(statement.report), "row": one.row.key}
    found = []
    for when, amount in (("next", one.next), ("later", one.later)):
        scope = Scope(statement.report.programme, more={**asked, "when": when})
        found.append(told("finance.expected", scope, amount.units, amount.currency))
    return found[0], found[1]


def following(report: FinanceReport) -> Period:
    """The period after that of a report, as many months long."""
    return following_of(Period(report.since, report.until))


def following_of(span: Period) -> Period:
    """The period after another, as many months long."""
    since, until = span.since, span.until or span.since
    place = until.year * 12 + until.month - 1 + max(1, months(since, until))
    return Period(until, date(place // 12, place % 12 + 1, 1))
