"""Salaries and timesheets from a file: who worked for which budget line, and what that comes to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from laar.base.models import Programme
from laar.kit.money import Money
from laar.kit.refusals import Refusal
from laar.kit.sheets import Row, rows_of
from laar.ledger.models import BudgetLine
from laar.ledger.rules.salaries import columns_fit

#: Hours are counted in hundredths.
HOURS = re.compile(r"\d{1,4}(\.\d{1,2})?")


@dataclass
class Work:
    """One row of the file: what somebody did for a budget line, and what it costs."""

    number: int
    person: str
    line: BudgetLine | None
    hours: int = 0
    gross: Money | None = None
    amount: Money | None = None


@dataclass
class Salaries:
    """A file as it was read: its rows, what is wrong with them, and what each budget line comes to."""

    currency: str
    rows: list[Work] = field(default_factory=list)
    wrong: list[Refusal] = field(default_factory=list)

    @property
    def total(self) -> Money:
        """What all rows come to."""
        return sum((one.amount for one in self.rows if one.amount), Money(0, self.currency))

    @property
    def by_line(self) -> list[tuple[BudgetLine, Money]]:
        """What each budget line comes to, in the order of their codes."""
        sums: dict[int, Money] = defaultdict(lambda: Money(0, self.currency))
        lines: dict[int, BudgetLine] = {}
        for one in self.rows:
            if one.line and one.amount:
                sums[one.line.pk] += one.amount
                lines[one.line.pk] = one.line
        return sorted(((lines[key], total) for key, total in sums.items()), key=lambda pair: pair[0].code)


def salaries_in(
    programme: Programme, content: bytes, *, file: str, columns: Mapping[str, str], currency: str
) -> Salaries:
    """Read a file of salaries; nothing is written. Each row that can't be taken is named with a sentence.

    Where amounts are given they must come to the gross salary, where that is given, too; else the gross salary of each
    person is shared out by the hours of the timesheets, to the coin. Raises Refusal `salary.way`, `sheet.*`.
    """
    columns_fit(columns)
    named = {meaning: heading for meaning, heading in columns.items() if heading}
    read = Salaries(currency)
    known: dict[str, list[BudgetLine]] = defaultdict(list)
    for line in BudgetLine.objects.filter(programme=programme).select_related("budget__fund", "heading"):
        known[line.code].append(line)
        known[f"{line.budget.code}/{line.code}"].append(line)
    for row in rows_of(content, columns=tuple(named.values()), file=file):
        _read(row, named, known, read)
    _shared_out(read)
    return read


def _read(row: Row, named: Mapping[str, str], known: Mapping[str, Sequence[BudgetLine]], read: Salaries) -> None:
    said = {meaning: row[heading] for meaning, heading in named.items()}
    lines = known.get(said["line"], [])
    if len(lines) != 1:
        example = f"{lines[0].budget.code}/{lines[0].code}" if lines else ""
        facts = {"row": row.number, "code": said["line"]}
        twice = Refusal("salary.line_twice", example=example, **facts)
        read.wrong.append(twice if lines else Refusal("salary.line_unknown", **facts))
    work = Work(row.number, said["person"], lines[0] if len(lines) == 1 else None)
    for meaning in ("amount", "gross"):
        if said.get(meaning):
            try:
                money = Money.of(said[meaning], read.currency)
                setattr(work, meaning, money if money.units >= 0 else _no(money))
            except Refusal:
                read.wrong.append(Refusal("salary.amount", row=row.number, text=said[meaning], currency=read.currency))
    if said.get("hours"):
        if HOURS.fullmatch(said["hours"]):
            work.hours = int(Decimal(said["hours"]) * 100)
        else:
            read.wrong.append(Refusal("salary.hours", row=row.number, text=said["hours"]))
    read.rows.append(work)


def _no(money: Money) -> Money:
    raise Refusal("money.not_an_amount", text=money.figure, currency=money.currency, decimals=2, example="1270.00")


def _shared_out(read: Salaries) -> None:
    """Each person's gross salary is the sum of its lines; where no amounts are given, it is shared out by the hours."""
    people: dict[str, list[Work]] = defaultdict(list)
    for one in read.rows:
        people[one.person].append(one)
    for person, rows in people.items():
        gross = next((one.gross for one in rows if one.gross), None)
        hours = [one.hours for one in rows]
        if gross and not any(one.amount for one in rows) and sum(hours):
            for one, share in zip(rows, gross.split(hours), strict=True):
                one.amount = share
        together = sum((one.amount for one in rows if one.amount), Money(0, read.currency))
        if gross and together != gross:
            read.wrong.append(Refusal("salary.sum", person=person, sum=together, gross=gross))
        for one in rows:
            if one.amount is None:
                read.wrong.append(Refusal("salary.amount", row=one.number, text="", currency=read.currency))
