"""The EU financial report (its Annex VI) as tables: cover, budget and report, by currency, funding, expenditure, forecast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.utils import translation

from laar.base.models import Programme
from laar.base.readers import Eyes, name_for
from laar.kit.money import Money
from laar.kit.names import Name
from laar.ledger.queries.conversion import report_rate
from laar.ledger.rules import RATE_POLICIES
from laar.registers.queries import profile_of
from laar.reports import said
from laar.reports.finance import words
from laar.reports.finance.ahead import ahead_of
from laar.reports.finance.cells import LOOSE, PLAN, SPENT, Row, Statement
from laar.reports.finance.expenditure import expenses_of
from laar.reports.finance.funding import funding_of
from laar.reports.finance.grid import Across, Column, Form, Grid, Line, Sum, Value
from laar.reports.rules import DEMO_LABEL, FINANCE_REPORT

#: What the columns of the first sheet are, after code and name.
MONEY = (*PLAN, *SPENT, "due", "variation")
#: Where they begin: code, name, unit, number of units and unit value stand before them.
FIRST = 5


def annex_of(statement: Statement, lang: str, *, eyes: Eyes, on: date) -> Form:
    """A report in a language, for one reader. The same statement gives the same form."""
    with translation.override(lang), said.digits(arabic=False):
        return _Annex(statement, lang, eyes).form(on)


@dataclass(frozen=True, slots=True)
class _Annex:
    statement: Statement
    lang: str
    eyes: Eyes

    def say(self, name: Name, /, **facts: object) -> str:
        return (name.format(**facts) if facts else name).say(self.lang)

    def form(self, on: date) -> Form:
        report = self.statement.report
        programme = report.programme
        return Form(
            file=f"{programme.code}-{report.budget.code}-report-{report.number}-{self.lang}".lower(),
            lang=self.lang,
            title=self.say(report.name),
            kind=self.say(words.ANNEX),
            about=tuple(self.about()),
            grids=(self.budget(), self.currencies(), self.funding(), self.expenditure(), self.forecast()),
            signed=tuple(self.say(one) for one in words.SIGNATURES),
            label=self.say(DEMO_LABEL) if programme.is_demo else "",
            page_of=self.say(words.PAGE_OF),
            author=self.say(organisation_of(programme)),
            day=report.submitted_on or on,
            cover=self.say(words.COVER),
        )

    # ── cover ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def about(self) -> Iterator[tuple[str, str]]:
        """What the cover says."""
        report = self.statement.report
        budget, fund = report.budget, report.budget.fund
        yield self.say(words.ORGANISATION), self.say(organisation_of(report.programme))
        yield self.say(words.PROGRAMME), self.say(report.programme.name)
        yield self.say(words.FUND), f"{fund.code} · {self.say(fund.name)}"
        yield self.say(words.GIVER), self.say(fund.giver.name)
        yield self.say(words.BUDGET_DAYS), self.days(budget.since, budget.until)
        yield self.say(words.DAYS), self.days(report.since, report.until)
        yield self.say(words.CURRENCY), self.statement.currency
        source = fund.rate_source or self.say(words.ANY_SOURCE)
        yield self.say(words.POLICY), self.say(words.POLICY_OF, policy=RATE_POLICIES[fund.rate_policy], source=source)
        yield from self.rates()
        yield self.say(words.STATE), self.say(FINANCE_REPORT.states[report.state])
        yield self.say(words.PREPARED), self.say(name_for(self.eyes, report.prepared_by))
        if report.is_sent and report.submitted_by and report.submitted_on:
            who, day = name_for(self.eyes, report.submitted_by), said.day(report.submitted_on)
            yield self.say(words.SUBMITTED), self.say(words.SUBMITTED_ON, who=who, day=day)
            yield self.say(words.DIGEST), report.sha256

    def days(self, since: date, until: date) -> str:
        return self.say(words.FROM_TO, since=said.day(since), until=said.day(until - timedelta(days=1)))

    def rates(self) -> Iterator[tuple[str, str]]:
        """The rates of the period where there is one for all of it."""
        fund, into = self.statement.report.budget.fund, self.statement.currency
        if fund.rate_policy not in ("period_mean", "fixed"):
            return
        for currency in self.statement.currencies:
            if currency != into:
                rate = report_rate(fund, currency, self.statement.spans[-1], self.statement.report.since, into=into)
                shown = said.number(rate.printed())
                yield (
                    self.say(words.RATE, currency=currency),
                    self.say(words.RATE_IS, into=into, rate=shown, currency=currency),
                )

    # ── budget and report ───────────────────────────────────────────────────────────────────────────────────────────

    def rows(self) -> list[Row]:
        """The rows that are printed: the one of costs on no line only where there are some."""
        return [row for row in self.statement.rows if row.key != LOOSE or any(one.amount for one in row.cells.values())]

    def budget(self) -> Grid:
        rows = self.rows()
        columns = (
            Column(self.say(words.CODE), "text", 8),
            Column(self.say(words.ROW), "text", 34),
            Column(self.say(words.UNIT), "text", 10),
            Column(self.say(words.UNITS), "number", 8),
            Column(self.say(words.UNIT_VALUE), "money", 11),
            *(Column(self.say(words.COLUMNS[name]), "money", 13) for name in MONEY),
            Column(self.say(words.PERCENT), "percent", 8),
            Column(self.say(words.WORDS), "text", 40),
        )
        sums = sums_of(rows)
        places = {name: FIRST + place for place, name in enumerate(MONEY)}
        across: dict[int, Sum | Across] = {
            places["now"]: Across((places["original"], places["changes"])),
            places["to_date"]: Across((places["before"], places["period"])),
            places["variation"]: Across((places["due"],), (places["to_date"],)),
            FIRST + len(MONEY): Across((places["variation"], places["due"]), over=True),
        }
        lines = []
        for row, below in zip(rows, sums, strict=True):
            own: dict[int, Sum | Across] = {places[name]: Sum(below) for name in MONEY if below}
            lines.append(Line(row.kind, tuple(self.budget_cells(row)), row.depth, {**own, **across}))
        note = self.say(words.ADDS_UP if self.statement.report.is_sent else words.DRAFT)
        return Grid(self.say(words.BUDGET), self.say(words.BUDGET), columns, tuple(lines), note)

    def budget_cells(self, row: Row) -> Iterator[Value]:
        yield row.code
        yield self.say(row.name)
        line = row.line
        yield self.say(Name(en=line.unit_en, km=line.unit_km)) if line else ""
        yield Fraction(line.quantity, 100) if line and line.quantity is not None else None
        has_cost = line is not None and line.unit_cost is not None
        yield Money(line.unit_cost or 0, self.statement.currency) if line and has_cost else None
        for name in MONEY:
            yield row.cells[name].amount
        due = row.cells["due"].amount.units
        yield Fraction(row.cells["variation"].amount.units, due) if due else None
        yield self.say(row.words.name) if row.words else ""

    def currencies(self) -> Grid:
        """What was paid in the period, in its own currency and converted."""
        rows, into = self.rows(), self.statement.currency
        columns = [Column(self.say(words.CODE), "text", 8), Column(self.say(words.ROW), "text", 38)]
        names: list[str] = []
        for currency in self.statement.currencies:
            if currency != into:
                columns.append(Column(self.say(words.PAID, currency=currency), "money", 17))
                names.append(f"paid_{currency}")
            said_so = words.CONVERTED if currency != into else words.PAID
            columns.append(Column(self.say(said_so, currency=currency, into=into), "money", 17))
            names.append(f"as_{currency}")
        columns.append(Column(self.say(words.COLUMNS["period"]), "money", 17))
        names.append("period")
        converted = tuple(2 + place for place, name in enumerate(names) if name.startswith("as_"))
        lines = []
        for row, below in zip(rows, sums_of(rows), strict=True):
            own: dict[int, Sum | Across] = {2 + place: Sum(below) for place in range(len(names)) if below}
            amounts = [row.cells[name].amount for name in names]
            cells: tuple[Value, ...] = (row.code, self.say(row.name), *amounts)
            across = {1 + len(names): Across(converted)} if converted else {}
            lines.append(Line(row.kind, cells, row.depth, {**own, **across}))
        title = self.say(words.CURRENCIES)
        return Grid(title, title, tuple(columns), tuple(lines), self.say(words.ADDS_UP))

    # ── the other sheets ────────────────────────────────────────────────────────────────────────────────────────────

    def funding(self) -> Grid:
        found = funding_of(self.statement)
        columns = (
            Column(self.say(words.SOURCE), "text", 46),
            *(Column(self.say(words.COLUMNS[name]), "money", 17) for name in SPENT),
        )
        across: dict[int, Sum | Across] = {3: Across((1, 2))}
        own = [one for one in found.sources if not one.is_apart]
        lines = [
            Line("line", (self.say(one.name), one.before, one.period, one.to_date), 0, dict(across)) for one in own
        ]
        zero = Money(0, self.statement.currency)
        whole = [sum((getattr(one, name) for one in own), zero) for name in SPENT]
        totals: dict[int, Sum | Across] = {place: Sum(tuple(range(len(own)))) for place in (1, 2)}
        lines.append(Line("sum", (self.say(words.SOURCES_TOTAL), *whole), 0, {**totals, **across}))
        lines += [
            Line(
                "line", (self.say(words.BESIDE, source=one.name), one.before, one.period, one.to_date), 0, dict(across)
            )
            for one in found.sources
            if one.is_apart
        ]
        facts = [(words.RECEIVED, found.received), (words.SPENT, found.spent)]
        facts += [(words.DONORS_PART, found.donors_part)] if found.donors_part is not None else []
        lines += [Line("note", (self.say(label), None, None, amount)) for label, amount in facts]
        lines.append(Line("sum", (self.say(words.BALANCE), None, None, found.balance)))
        lines.append(Line("heading", (self.say(words.INSTALMENTS), None, None, None)))
        lines += [
            Line("line", (f"{said.day(one.on)} · {one.document} · {self.say(one.text)}", None, None, one.amount), 1)
            for one in found.instalments
        ]
        title = self.say(words.FUNDING)
        return Grid(title, title, columns, tuple(lines), fixed=1)

    def expenditure(self) -> Grid:
        """Every posting of the period."""
        into = self.statement.currency
        columns = (
            Column(self.say(words.DOCUMENT), "text", 14),
            Column(self.say(words.DAY), "day", 11),
            Column(self.say(words.LINE), "text", 9),
            Column(self.say(words.PAYEE), "text", 22),
            Column(self.say(words.TEXT), "text", 44),
            Column(self.say(words.MONEY_OF), "text", 9),
            Column(self.say(words.AMOUNT), "money", 15),
            Column(self.say(words.RATE_OF), "rate", 13),
            Column(into, "money", 14),
        )
        lines = [
            Line(
                "line",
                (
                    one.document or f"#{one.entry}",
                    one.on,
                    one.line,
                    self.say(one.payee),
                    " · ".join(
                        [self.say(one.text), *([self.say(words.CORRECTS, report=one.corrects)] if one.corrects else [])]
                    ),
                    one.paid.currency,
                    one.paid,
                    one.rate,
                    one.value,
                ),
            )
            for one in expenses_of(self.statement, self.eyes)
        ]
        total = Money(sum(line.cells[8].units for line in lines if isinstance(line.cells[8], Money)), into)
        blank: tuple[Value, ...] = ("", None, "", "", self.say(words.TOTAL), "", None, None)
        lines.append(Line("sum", (*blank, total), 0, {8: Sum(tuple(range(len(lines))))} if lines else {}))
        title = self.say(words.EXPENDITURE)
        return Grid(title, title, columns, tuple(lines))

    def forecast(self) -> Grid:
        """What is left of every line, for how long, and what the next period may cost."""
        names = (words.LEFT, words.MONTHS_LEFT, words.SPENT_A_MONTH, words.LEFT_A_MONTH, words.NEXT)
        columns = (
            Column(self.say(words.CODE), "text", 8),
            Column(self.say(words.ROW), "text", 40),
            *(Column(self.say(one), "number" if one is words.MONTHS_LEFT else "money", 17) for one in names),
        )
        found = ahead_of(self.statement)
        outside = {row.code for row in self.statement.rows if row.role == "in_kind"}
        lines = [
            Line(
                "line",
                (
                    one.row.code,
                    self.say(one.row.name),
                    one.left,
                    one.months_left,
                    one.spent_a_month,
                    one.left_a_month,
                    one.next,
                ),
            )
            for one in found
            if one.row.code not in outside
        ]
        zero = Money(0, self.statement.currency)
        all_rows = tuple(range(len(lines)))
        kept = [one for one in found if one.row.code not in outside]
        left, spent = sum((one.left for one in kept), zero), sum((one.spent_a_month for one in kept), zero)
        a_month, coming = sum((one.left_a_month for one in kept), zero), sum((one.next for one in kept), zero)
        sums = (left, None, spent, a_month, coming)
        reckoned: dict[int, Sum | Across] = {place: Sum(all_rows) for place in (2, 4, 5, 6)} if lines else {}
        lines.append(Line("sum", ("", self.say(words.TOTAL), *sums), 0, reckoned))
        title = self.say(words.FORECAST)
        note = words.AS_FORECAST if any(one.is_forecast for one in kept) else words.EVENLY
        return Grid(title, title, columns, tuple(lines), self.say(note))


def sums_of(rows: list[Row]) -> list[tuple[int, ...]]:
    """Of each row the places of the lines that it adds up; none for a line."""
    places = {row.line.pk: place for place, row in enumerate(rows) if row.line}
    return [() if row.line else tuple(sorted(places[line.pk] for line in row.lines)) for row in rows]


def organisation_of(programme: Programme) -> Name:
    """Who reports: the organisation of the programme's sheet, else the programme itself."""
    profile = profile_of(programme)
    return profile.organisation.name if profile else programme.name
