"""A small budget in the EU form, for the tests of the financial reports."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from laar.base.act import act
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import Leg, open_fund, post_entry, set_rate
from laar.ledger.models import Budget, BudgetChange, BudgetLine, BudgetMove, Entry, Heading, Limit
from laar.reports.actions import explain_finance_report, prepare_finance_report
from laar.reports.finance.statement import statement_of
from laar.reports.models import FinanceReport
from tests.world import World

SINCE, UNTIL = date(2007, 3, 1), date(2008, 3, 1)
#: Code, parent, role, ceiling.
HEADINGS = (
    ("1", "", "", None),
    ("1.1", "1", "", None),
    ("2", "", "", None),
    ("7", "", "direct", None),
    ("8", "", "indirect", 700),
    ("9", "", "eligible", None),
    ("10", "", "reserve", 500),
    ("11", "", "total", None),
)
#: Code, heading, amount.
LINES = (("1.1.1", "1.1", "1200"), ("2.1", "2", "600"), ("8.1", "8", "100"), ("10.1", "10", "60"))


def _keep(world: World, *records: Any) -> None:
    with act(world.finance, "fund.open", world.programme, on=world.day) as step:
        for record in records:
            step.create(record)


def budgeted(world: World, policy: str = "transaction") -> Budget:
    """A fund with its budget of a year; its money is euro."""
    fund = open_fund(
        world.programme,
        "EU",
        name=Name(en="Grant of the Union", km="ជំនួយ"),
        kind="grant",
        giver=world.donor,
        currency="EUR",
        rate_policy=policy,
        since=SINCE,
        by=world.finance,
        on=world.day,
    )
    programme = world.programme
    headings: dict[str, Heading] = {}
    for place, (code, parent, role, most) in enumerate(HEADINGS):
        headings[code] = Heading(
            programme=programme,
            chart="eu",
            code=code,
            name_en=f"Heading {code}",
            name_km=f"ចំណាត់ថ្នាក់ {code}",
            position=place,
            parent=headings.get(parent),
            role=role,
            most=most,
        )
        _keep(world, headings[code])
    budget = Budget(
        programme=programme,
        code="EU-B",
        name_en="Budget",
        fund=fund,
        chart="eu",
        currency="EUR",
        since=SINCE,
        until=UNTIL,
    )
    _keep(world, budget)
    for code, heading, _ in LINES:
        _keep(world, BudgetLine(programme=programme, budget=budget, code=code, heading=headings[heading], name_en=code))
    change(world, budget, "original", SINCE, **{code: amount for code, _, amount in LINES})
    return budget


def line(budget: Budget, code: str) -> BudgetLine:
    """A line of a budget."""
    return BudgetLine.objects.get(budget=budget, code=code)


def change(world: World, budget: Budget, kind: str, on: date, addendum: str = "", **amounts: str) -> None:
    """A change of a budget: how much is added to which lines."""
    number = BudgetChange.objects.filter(budget=budget).count() + 1
    made = BudgetChange(
        programme=world.programme, budget=budget, number=number, kind=kind, on=on, addendum=addendum, reason_en="why"
    )
    _keep(world, made)
    for code, amount in amounts.items():
        of = line(budget, code)
        _keep(
            world,
            BudgetMove(
                programme=world.programme,
                change=made,
                line=of,
                heading=of.heading,
                fund=budget.fund,
                currency="EUR",
                units=Money.of(amount, "EUR").units,
            ),
        )


def limit(world: World, kind: str, percent: int, since: date = SINCE, until: date | None = None) -> None:
    """A limit in 1/100 %."""
    _keep(
        world,
        Limit(programme=world.programme, kind=kind, percent=percent, since=since, until=until, source="contract"),
    )


def spend(world: World, budget: Budget, code: str, amount: str, on: date) -> Entry:
    """A cost on a line (on none where the code is empty): `KHR 58000`."""
    currency, number = amount.split()
    money = Money.of(number, currency)
    of = line(budget, code) if code else None
    legs = [
        Leg(world.accounts["expense"], budget.fund, money, line=of),
        Leg(world.accounts["bank"], budget.fund, -money),
    ]
    return post_entry(
        world.book, legs, text=Name(en=f"Cost {code}", km="ចំណាយ"), kind="payment", by=world.finance, on=on
    )


def costs(world: World, currency: str, amount: str, since: date, source: str = "InforEuro") -> None:
    """One euro costs this much from a day on."""
    set_rate("EUR", currency, since=since, rate=Decimal(amount), source=source, by=world.finance, on=world.day)


def prepared(
    world: World, budget: Budget, kind: str = "interim", since: date = SINCE, until: date | None = None
) -> FinanceReport:
    """A report of half a year, prepared by the finance officer."""
    until = until or (UNTIL if kind == "final" else date(2007, 9, 1))
    return prepare_finance_report(budget, kind=kind, since=since, until=until, by=world.finance, on=world.day)


def explain_all(world: World, report: FinanceReport) -> None:
    """Words for everything that lacks them."""
    for row in statement_of(report).rows:
        if row.must_explain and not row.is_explained:
            text = Name(en="It was cheaper than planned.", km="ថោកជាងគម្រោង។")
            explain_finance_report(report, row=row.key, text=text, by=world.finance, on=world.day)
