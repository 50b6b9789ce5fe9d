"""The donors' budgets: what was planned in the contract, what was changed since, and the limits that hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from laar.demo.cast import Cast
from laar.demo.data import Row, day, pair, rows
from laar.demo.teller import Strand, Teller
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.actions import (
    Shift,
    amend_budget,
    load_heading,
    open_budget,
    reallocate_budget,
    set_budget,
    set_limit,
)
from laar.ledger.charts import headings_in, own_file
from laar.ledger.models import Budget
from laar.ledger.queries import PlannedLine, headings_of
from laar.ledger.queries.budgets import budget_lines

#: The day after the last of both contracts.
UNTIL = date(2010, 7, 1)
FORM = "headings-eu.csv"


def open_budgets(teller: Teller, cast: Cast) -> None:
    """With the books: the form, the limits of the contracts, and a budget for each of the two donors."""
    headings = headings_in(own_file(FORM), FORM)
    teller.tell("form eu", load_heading, cast.programme, "eu", rows=headings, by=cast.finance)
    for row in rows("limits.csv"):
        if day(row["told"]) == teller.day:
            _limit(teller, cast, row)
    for code in ("LBF", "PLT"):
        fund = cast.funds[code]
        budget = teller.tell(
            f"budget {code}",
            open_budget,
            fund,
            code,
            name=Name(en=f"Budget, {fund.name_en}", km=f"ថវិកា {fund.name_km}"),
            chart="eu",
            currency="EUR",
            since=teller.day,
            until=UNTIL,
            by=cast.finance,
        )
        teller.tell(f"budget {code} set", set_budget, budget, _lines(cast, code), by=cast.finance)
        cast.lines.update({f"{code} {line.code}": line for line in budget_lines(budget)})


def _lines(cast: Cast, fund: str) -> list[PlannedLine]:
    headings = {one.code: one for one in headings_of(cast.programme, "eu")}
    return [
        PlannedLine(
            code=row["code"],
            heading=headings[row["heading"]],
            name=pair(row, "name"),
            amount=Money.of(row["amount"], "EUR"),
            year=int(row["year"]),
            unit=pair(row, "unit"),
            quantity=int(row["quantity"]) * 100,
            unit_cost=Money.of(row["unit_value"], "EUR"),
        )
        for row in rows("budgets.csv")
        if row["fund"] == fund
    ]


def changes(teller: Teller, cast: Cast) -> Strand:
    """An addendum, and a shift that needs none."""
    for (fund, on, kind, addendum), group in groupby(
        rows("changes.csv"), lambda row: (row["fund"], row["on"], row["kind"], row["addendum"])
    ):
        yield day(on)
        budget = Budget.objects.get(programme=cast.programme, code=fund)
        shifts, reason = _shifts(cast, fund, moved := list(group)), pair(moved[0], "reason")
        name = f"budget {fund} {kind} {on}"
        if kind == "amended":
            teller.tell(name, amend_budget, budget, shifts, addendum=addendum, reason=reason, by=cast.finance)
        else:
            teller.tell(name, reallocate_budget, budget, shifts, reason=reason, by=cast.finance)


def _shifts(cast: Cast, fund: str, moved: Iterable[Row]) -> list[Shift]:
    return [Shift(cast.lines[f"{fund} {row['line']}"], Money.of(row["amount"], "EUR")) for row in moved]


def later_limits(teller: Teller, cast: Cast) -> Strand:
    """A contract is changed: another ceiling holds from a day on."""
    for row in rows("limits.csv"):
        if day(row["told"]) > date(2007, 3, 1):
            yield day(row["told"])
            _limit(teller, cast, row)


def _limit(teller: Teller, cast: Cast, row: Row) -> None:
    teller.tell(
        f"limit {row['kind']} {row['fund']} {row['since']}",
        set_limit,
        cast.programme,
        row["kind"],
        fund=cast.funds.get(row["fund"]),
        amount=Money.of(row["amount"], "EUR") if row["amount"] else None,
        percent=int(row["percent"]) * 100 if row["percent"] else None,
        days=int(row["days"]) if row["days"] else None,
        since=day(row["since"]),
        source=row["source"],
        by=cast.manager,
    )
