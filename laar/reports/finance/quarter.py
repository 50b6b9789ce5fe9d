"""The quarterly interim financial report (IFR): sources and uses by component, budget and variance, cash, forecast.

It is looked at and printed at any time; nobody keeps it. What was spent is converted as the donor's contract says; what
lies in banks and cash boxes is told in the currency of the books.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet
from django.utils import translation

from laar.kit.figures import Figure, Records, Scope, figure, figure_of, measure
from laar.kit.money import Money
from laar.kit.names import Name, in_khmer
from laar.kit.periods import Period
from laar.ledger.models import Account, Budget, Fund, Posting, Purpose
from laar.ledger.rules import RATE_POLICIES
from laar.registers.queries import profile_of
from laar.reports import said
from laar.reports.finance import words
from laar.reports.finance.ahead import Ahead, ahead_of
from laar.reports.finance.cells import Row, Statement, asked_as, looked_at
from laar.reports.finance.grid import Across, Column, Form, Grid, Line, Sum, Value
from laar.reports.finance.statement import component, statement_of
from laar.reports.rules import DEMO_LABEL

#: A quarter is so many months long.
MONTHS = 3


@dataclass(frozen=True, slots=True)
class Use:
    """What was used for a component: in the quarter, in the year, ever."""

    name: Name
    quarter: Figure
    year: Figure
    to_date: Figure

    @property
    def figures(self) -> tuple[Figure, Figure, Figure]:
        """In the order of the form."""
        return self.quarter, self.year, self.to_date


@dataclass(frozen=True)
class Quarter:
    """A quarter of a budget, reckoned."""

    budget: Budget
    span: Period
    number: int
    statement: Statement
    year: Statement
    uses: list[Use]
    #: Received in the quarter, in the year, ever.
    received: tuple[Figure, Figure, Figure]
    accounts: list[tuple[Account, Figure]]
    ahead: list[Ahead]

    @property
    def name(self) -> Name:
        """`Quarter 2 of 2008, B-LBF`."""
        code, year = self.budget.code, self.span.since.year
        en = words.QUARTER_OF.en.format(number=self.number, year=year)
        km = words.QUARTER_OF.km.format(number=in_khmer(self.number), year=in_khmer(year))
        return Name(en=f"{en}, {code}", km=f"{km} {code}")

    @property
    def is_forecast(self) -> bool:
        """Whether somebody entered what is expected; else what is left is spread evenly."""
        return any(one.is_forecast for one in self.ahead)

    @property
    def headings(self) -> list[Row]:
        """The main headings, and what the form adds up."""
        return [row for row in self.statement.rows if row.depth == 0 and row.kind in ("heading", "sum")]


@figure(
    "finance.cash",
    label=Name(en="Money of a fund in a bank or a cash box", km="ប្រាក់នៃមូលនិធិក្នុងធនាគារ ឬបេឡា"),
    rule=Name(
        en="Debits less credits of the fund on the bank and cash accounts of the programme's own book before a day, in the "
        "currency of the book.",
        km="ឥណពន្ធដកឥណទាននៃមូលនិធិក្នុងគណនីធនាគារ និងបេឡានៃបញ្ជីកម្មវិធី មុនថ្ងៃមួយ គិតជារូបិយប័ណ្ណរបស់បញ្ជី។",
    ),
    takes=("fund", "account", "to"),
    by_place=False,
)
def cash(scope: Scope) -> Records:
    postings = _cash(scope.programme.pk)
    if scope["fund"]:
        postings = postings.filter(fund__code=scope["fund"])
    if scope["account"]:
        postings = postings.filter(account__code=scope["account"])
    if scope["to"]:
        postings = postings.filter(on__lt=scope["to"])
    ordered = postings.select_related("account", "fund", "purpose", "entry").order_by("on", "entry_id", "position")
    return Records(ordered, column="in_book", currency=scope.programme.currency)


def _cash(programme: int) -> QuerySet[Posting]:
    return Posting.objects.filter(
        programme=programme, account__use__in=("bank", "cash"), account__book__is_memorandum=False
    )


def quarter_of(budget: Budget, year: int, number: int) -> Quarter | None:
    """A quarter of a year of a budget; None where the budget has no day in it."""
    since = date(year, 3 * number - 2, 1)
    until = _after(since, MONTHS)
    if until <= budget.since or since >= budget.until:
        return None
    since, until = max(since, budget.since), min(until, budget.until)
    statement = statement_of(looked_at(budget, since, until))
    of_year = statement_of(looked_at(budget, max(date(year, 1, 1), budget.since), until))
    return Quarter(
        budget,
        Period(since, until),
        number,
        statement,
        of_year,
        list(_uses(statement, of_year)),
        _received(statement, of_year),
        list(_accounts(budget.fund, until)),
        ahead_of(statement),
    )


def _after(day: date, count: int) -> date:
    place = day.year * 12 + day.month - 1 + count
    return date(place // 12, place % 12 + 1, 1)


def _uses(statement: Statement, year: Statement) -> Iterator[Use]:
    """The components for which something was used, in the order of their codes."""
    report = statement.report
    used = {charge.purpose for charge in statement.charges}
    known = [key for key in used if key is not None]
    purposes: list[Purpose | None] = [
        *Purpose.objects.filter(programme=report.programme_id, pk__in=known).order_by("code")
    ]
    for purpose in [*purposes, *([None] if None in used else [])]:
        name = purpose.name if purpose else words.NO_PURPOSE
        yield Use(
            name,
            _component(statement, purpose, "period"),
            _component(year, purpose, "period"),
            _component(statement, purpose, "to_date"),
        )


def _component(statement: Statement, purpose: Purpose | None, when: str) -> Figure:
    asked = {"report": asked_as(statement.report), "purpose": purpose.code if purpose else "", "when": when}
    found = figure_of("finance.component", Scope(statement.report.programme, more=asked))
    vars(found)["measured"] = component(statement, purpose, when)
    return found


def _received(statement: Statement, year: Statement) -> tuple[Figure, Figure, Figure]:
    """What the donor paid in, in the quarter, in the year and ever; each period converted at its own rate."""
    return tuple(
        figure_of(
            "finance.received",
            Scope(one.report.programme, more={"report": asked_as(one.report), "when": when}),
        )
        for one, when in ((statement, "period"), (year, "period"), (statement, "to_date"))
    )  # type: ignore[return-value]


def _accounts(fund: Fund, until: date) -> Iterator[tuple[Account, Figure]]:
    """Every bank and cash account on which money of the fund moved, with what of it lies there."""
    moved = _cash(fund.programme_id).filter(fund=fund, on__lt=until).values("account_id")
    whole = figure_of("finance.cash", Scope(fund.programme, more={"fund": fund.code, "to": until.isoformat()}))
    pairs = [
        (account, whole.at(account=account.code)) for account in Account.objects.filter(pk__in=moved).order_by("code")
    ]
    measure(one for _, one in pairs)
    yield from pairs


# ── as tables ───────────────────────────────────────────────────────────────────────────────────────────────────────


def form_of(quarter: Quarter, lang: str, *, on: date) -> Form:
    """The quarter as tables, in a language."""
    with translation.override(lang), said.digits(arabic=False):
        return _Quarterly(quarter, lang).form(on)


@dataclass(frozen=True, slots=True)
class _Quarterly:
    quarter: Quarter
    lang: str

    def say(self, name: Name, /, **facts: object) -> str:
        return (name.format(**facts) if facts else name).say(self.lang)

    def form(self, on: date) -> Form:
        quarter, budget = self.quarter, self.quarter.budget
        programme, fund = budget.programme, budget.fund
        profile = profile_of(programme)
        organisation = profile.organisation.name if profile else programme.name
        last = quarter.span.last or quarter.span.since
        days = self.say(words.FROM_TO, since=said.day(quarter.span.since), until=said.day(last))
        source = fund.rate_source or self.say(words.ANY_SOURCE)
        return Form(
            file=f"{programme.code}-{budget.code}-{quarter.span.since.year}-q{quarter.number}-{self.lang}".lower(),
            lang=self.lang,
            title=self.say(quarter.name),
            kind=self.say(words.QUARTERLY),
            about=(
                (self.say(words.ORGANISATION), self.say(organisation)),
                (self.say(words.PROGRAMME), self.say(programme.name)),
                (self.say(words.FUND), f"{fund.code} · {self.say(fund.name)}"),
                (self.say(words.GIVER), self.say(fund.giver.name)),
                (self.say(words.DAYS), days),
                (self.say(words.CURRENCY), quarter.statement.currency),
                (
                    self.say(words.POLICY),
                    self.say(words.POLICY_OF, policy=RATE_POLICIES[fund.rate_policy], source=source),
                ),
            ),
            grids=(self.sources_and_uses(), self.against_budget(), self.cash(), self.forecast()),
            signed=tuple(self.say(one) for one in words.SIGNATURES),
            label=self.say(DEMO_LABEL) if programme.is_demo else "",
            page_of=self.say(words.PAGE_OF),
            author=self.say(organisation),
            day=on,
            cover=self.say(words.COVER),
        )

    def sources_and_uses(self) -> Grid:
        """What came in and what it was used for."""
        columns = (
            Column(self.say(words.USES), "text", 50),
            *(Column(self.say(one), "money", 18) for one in (words.QUARTER, words.YEAR, words.CUMULATED)),
        )
        zero = Money(0, self.quarter.statement.currency)
        received = [Money(one.value, zero.currency) for one in self.quarter.received]
        lines = [Line("line", (self.say(words.RECEIVED), *received))]
        first = len(lines)
        for use in self.quarter.uses:
            amounts = [Money(one.value, zero.currency) for one in use.figures]
            lines.append(Line("line", (self.say(use.name), *amounts), 1))
        rows = tuple(range(first, len(lines)))
        used = [
            sum((Money(use.figures[place].value, zero.currency) for use in self.quarter.uses), zero)
            for place in range(3)
        ]
        sums: dict[int, Sum | Across] = {1 + place: Sum(rows) for place in range(3)} if rows else {}
        lines.append(Line("sum", (self.say(words.USED), *used), 0, sums))
        left = [received - spent for received, spent in zip(received, used, strict=True)]
        lines.append(Line("sum", (self.say(words.BALANCE), *left)))
        title = self.say(words.USES)
        return Grid(title, title, columns, tuple(lines), fixed=1)

    def against_budget(self) -> Grid:
        """By main heading: budget and actual of the quarter, of the year to date cumulated, and the variance."""
        names = (words.COLUMNS["now"], words.COLUMNS["due"], words.CUMULATED, words.COLUMNS["variation"])
        columns = (
            Column(self.say(words.CODE), "text", 8),
            Column(self.say(words.ROW), "text", 40),
            Column(f"{self.say(words.QUARTER)}: {self.say(words.COLUMNS['now']).lower()}", "money", 16),
            Column(self.say(words.QUARTER), "money", 15),
            Column(self.say(words.COLUMNS["variation"]), "money", 15),
            Column(self.say(words.YEAR), "money", 15),
            *(Column(self.say(one), "money", 15) for one in names),
            Column(self.say(words.PERCENT), "percent", 9),
        )
        lines = []
        for row in self.quarter.headings:
            of_year = self.quarter.year.row(row.key)
            planned, spent = row.budget_of_period, row.cells["period"].now
            due, variation = row.cells["due"].now, row.cells["variation"].now
            cells: tuple[Value, ...] = (
                row.code,
                self.say(row.name),
                planned,
                spent,
                planned - spent,
                of_year.cells["period"].now if of_year else None,
                row.cells["now"].now,
                due,
                row.cells["to_date"].now,
                variation,
                Fraction(variation.units, due.units) if due else None,
            )
            across: dict[int, Sum | Across] = {
                4: Across((2,), (3,)),
                9: Across((7,), (8,)),
                10: Across((9, 7), over=True),
            }
            lines.append(Line(row.kind, cells, 0, across))
        title = self.say(words.BUDGET)
        return Grid(title, title, columns, tuple(lines))

    def cash(self) -> Grid:
        """What of the fund lies where at the end of the quarter."""
        currency = self.quarter.budget.programme.currency
        columns = (
            Column(self.say(words.ACCOUNT), "text", 50),
            Column(self.say(words.IN_BOOK, currency=currency), "money", 24),
        )
        lines = [
            Line("line", (f"{account.code} {self.say(account.name)}", Money(one.value, currency)))
            for account, one in self.quarter.accounts
        ]
        total = Money(sum(one.value for _, one in self.quarter.accounts), currency)
        reckoned: dict[int, Sum | Across] = {1: Sum(tuple(range(len(lines))))} if lines else {}
        lines.append(Line("sum", (self.say(words.AT_END), total), 0, reckoned))
        title = self.say(words.CASH)
        return Grid(title, title, columns, tuple(lines), fixed=1)

    def forecast(self) -> Grid:
        """The next two quarters, what is left spread evenly."""
        columns = (
            Column(self.say(words.CODE), "text", 8),
            Column(self.say(words.ROW), "text", 44),
            *(Column(self.say(one), "money", 18) for one in (words.LEFT, words.NEXT_QUARTER, words.QUARTER_AFTER)),
        )
        ahead = self.quarter.ahead
        lines = [Line("line", (one.row.code, self.say(one.row.name), one.left, one.next, one.later)) for one in ahead]
        zero = Money(0, self.quarter.statement.currency)
        sums = (
            sum((one.left for one in ahead), zero),
            sum((one.next for one in ahead), zero),
            sum((one.later for one in ahead), zero),
        )
        reckoned: dict[int, Sum | Across] = (
            {place: Sum(tuple(range(len(lines)))) for place in (2, 3, 4)} if lines else {}
        )
        lines.append(Line("sum", ("", self.say(words.TOTAL), *sums), 0, reckoned))
        title = self.say(words.FORECAST)
        note = words.AS_FORECAST if self.quarter.is_forecast else words.EVENLY
        return Grid(title, title, columns, tuple(lines), self.say(note))
