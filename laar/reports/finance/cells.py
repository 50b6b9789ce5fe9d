"""What a financial report is made of: numbers, rows as the budget form has them, and the report as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from laar.kit.figures import Figure
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.periods import Period
from laar.ledger.models import Budget, BudgetLine, Heading, Limit
from laar.reports.finance.charges import Charge
from laar.reports.models import FinanceExplanation, FinanceReport
from laar.reports.rules import Blocked

TOTAL = "total"
#: The row of costs that no donor pays for: on no budget line, or outside the days of the budget. It is in no subtotal,
#: and keeps the report back until somebody says why.
LOOSE = "none"
#: Where a page lists what corrects earlier reports.
CORRECTIONS = "corrections"
#: The columns that hold money of the report's currency, in the order of the form.
PLAN = ("original", "changes", "now")
SPENT = ("before", "period", "to_date")
AGAINST = ("due", "variation")
#: After every report that is kept: the number of one that is only looked at.
LAST = 32_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a row: as it is now, and as it was sent where it was."""

    figure: Figure
    sent: Money | None = None

    @property
    def amount(self) -> Money:
        """What is printed: what was sent, else what it is now."""
        return self.now if self.sent is None else self.sent

    @property
    def now(self) -> Money:
        """What it comes to now."""
        return Money(self.figure.value, self.figure.currency or "EUR")

    @property
    def differs(self) -> bool:
        """Whether something was recorded since that changes it."""
        return self.sent is not None and self.sent != self.now


@dataclass
class Row:
    """A row of the form: a heading with what is below it, a budget line, or a row that adds up others."""

    key: str
    kind: str
    depth: int
    code: str
    name: Name
    lines: list[BudgetLine]
    line: BudgetLine | None = None
    heading: Heading | None = None
    role: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)
    share: Figure | None = None
    #: What is left of it, and what the budget allows in the days of the report alone; no columns of the donor's form.
    left: Figure | None = None
    allowed: Figure | None = None
    words: FinanceExplanation | None = None
    #: Explained by a heading above it.
    is_covered: bool = False
    must_explain: bool = False
    #: How far a heading is shifted from its contract, in percent, where that is above the ceiling.
    shift: Fraction | None = None

    @property
    def budget_of_period(self) -> Money:
        """What the budget allows in the days of the report alone."""
        assert self.allowed is not None
        return Money(self.allowed.value, self.allowed.currency or "EUR")

    @property
    def is_explained(self) -> bool:
        """Whether words stand beside it, or beside a heading above."""
        return self.words is not None or self.is_covered


@dataclass
class Statement:
    """A report with its rows. `currencies`: in what was paid, the report's own first."""

    report: FinanceReport
    currency: str
    currencies: list[str]
    rows: list[Row]
    charges: list[Charge]
    spans: list[Period]
    ceiling: Limit | None
    threshold: Limit | None
    blocks: list[Blocked] = field(default_factory=list)
    warnings: list[Blocked] = field(default_factory=list)
    #: Of a report that was sent: the value of each posting then.
    sent_values: dict[int, int] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The columns of money, in the order of the form."""
        every = [f"{what}_{currency}" for currency in self.currencies for what in ("paid", "as")]
        return [*PLAN, *(one for one in every if one != f"paid_{self.currency}"), *SPENT, *AGAINST]

    def row(self, key: str) -> Row | None:
        """The row with this key."""
        return next((row for row in self.rows if row.key == key), None)

    @property
    def total(self) -> Row:
        """The last row of the form."""
        return next(row for row in self.rows if row.key == TOTAL)

    def values(self) -> Iterator[tuple[str, str, Money]]:
        """Everything that is kept when the report is sent: (row, column, amount)."""
        for row in self.rows:
            for column, cell in row.cells.items():
                yield row.key, column, cell.now
        for charge in self.charges:
            if charge.is_new:
                yield f"posting:{charge.key}", "value", Money(charge.value, self.currency)

    @property
    def corrections(self) -> list[Charge]:
        """Costs of earlier days that the report before it was sent without."""
        return [charge for charge in self.charges if charge.corrects]

    @property
    def differences(self) -> list[tuple[Row, str, Cell]]:
        """Of a report that was sent: what is not as it was sent any more."""
        return [(row, column, cell) for row in self.rows for column, cell in row.cells.items() if cell.differs]


def asked_as(report: FinanceReport) -> str:
    """How a figure names its report: by its key, or by its budget and days where it is only looked at."""
    return str(report.pk) if report.pk else f"{report.budget.code}:{report.since}:{report.until}"


def looked_at(budget: Budget, since: date, until: date) -> FinanceReport:
    """A report of some days that nobody keeps: a quarter, a year up to a day."""
    return FinanceReport(
        programme=budget.programme, budget=budget, number=LAST, kind="interim", since=since, until=until, state="draft"
    )


def months(since: date, until: date) -> int:
    """How many calendar months a period touches; none where it has no days."""
    return len(list(Period(since, until).months())) if since < until else 0


def days_of(line: BudgetLine, since: date, until: date) -> tuple[date, date]:
    """The days for which a line is meant: its year within those of the budget, or all of them."""
    if line.year is None:
        return since, until
    return max(since, date(line.year, 1, 1)), min(until, date(line.year + 1, 1, 1))
