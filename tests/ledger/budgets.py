"""How the tests of budgets are written: a budget in the form `eu` for the grant of the small world."""

from __future__ import annotations

from datetime import date

from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import (
    Shift,
    load_heading,
    open_budget,
    reallocate_budget,
    set_budget,
    set_limit,
)
from laar.ledger.charts import headings_in, own_file
from laar.ledger.models import Budget, BudgetChange, BudgetLine, Heading, Limit
from laar.ledger.queries import PlannedLine
from tests.world import World, eur

WHY = Name(en="The clinic is built first.", km="មណ្ឌលសុខភាពសាងសង់មុន។")


def load_form(world: World, chart: str = "eu") -> None:
    """The budget form that comes with LAAR."""
    rows = headings_in(own_file(f"headings-{chart}.csv"), f"headings-{chart}.csv")
    load_heading(world.programme, chart, rows=rows, by=world.finance, on=world.day)


def a_budget(world: World, *lines: str, currency: str = "EUR") -> Budget:
    """A budget with original lines, each written `1.1.1 10000`."""
    load_form(world)
    budget = open_budget(
        world.fund,
        "B",
        name=Name(en="Budget", km="ថវិកា"),
        chart="eu",
        currency=currency,
        since=date(2007, 3, 1),
        until=date(2010, 6, 30),
        by=world.finance,
        on=world.day,
    )
    if lines:
        set_budget(budget, [planned(world, line) for line in lines], by=world.finance, on=world.day)
    return budget


def planned(world: World, line: str) -> PlannedLine:
    """A line written `1.1.1 10000`: its code is that of its heading."""
    code, amount = line.split()
    heading = Heading.objects.get(programme=world.programme, chart="eu", code=code)
    return PlannedLine(code, heading, Name(en=f"Line {code}", km=f"បន្ទាត់ {code}"), eur(amount))


def line(budget: Budget, code: str) -> BudgetLine:
    """The line with a code."""
    return budget.lines.get(code=code)


def shift(world: World, budget: Budget, gives: str, gets: str, amount: str, *, addendum: str = "") -> BudgetChange:
    """Shift an amount from one line to another."""
    money = Money.of(amount, budget.currency)
    shifts = [Shift(line(budget, gives), -money), Shift(line(budget, gets), money)]
    return reallocate_budget(budget, shifts, reason=WHY, addendum=addendum, by=world.finance, on=world.day)


def ceiling(world: World, percent: int, since: date = date(2007, 1, 1)) -> Limit:
    """How much may be shifted without an addendum, in percent."""
    return set_limit(
        world.programme,
        "reallocation",
        since=since,
        source="General conditions, article 9.4",
        fund=world.fund,
        percent=percent * 100,
        by=world.manager,
        on=world.day,
    )
