"""A financial report reckoned: its rows as the budget form has them, and every number of them a figure.

Budget as per contract, what changed, what was paid by currency and in the currency of the report, before and in the
period, how far that is from the budget, and the words beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet

from laar.kit.figures import Figure, Ratio, Records, Scope, Total, figure_of
from laar.kit.money import Money
from laar.ledger.models import BudgetLine, BudgetMove, Posting, Purpose
from laar.ledger.queries import end_of, limit_on, shifts_of
from laar.ledger.queries.told import Reckoned, when_opened
from laar.reports.finance.cells import LOOSE, SPENT, Cell, Row, Statement, asked_as, days_of, months
from laar.reports.finance.charges import charged, costs_of, outside, sent_beside, spans_of
from laar.reports.finance.frozen import sent_of
from laar.reports.finance.judged import judge
from laar.reports.finance.layout import Layout
from laar.reports.models import FinanceExplanation, FinanceReport


def statement_of(report: FinanceReport) -> Statement:
    """Reckon a report from the books. Raises Refusal `rate.missing`."""
    return _Reckoning(report).statement()


def claimed_in(
    postings: QuerySet[Posting], when: str, since: date, late: Collection[int], elsewhere: Collection[int]
) -> QuerySet[Posting]:
    """Those that a report claims itself (`period`, whatever currency of it), those that were before it, or both (`to_date`)."""
    if elsewhere:
        postings = postings.exclude(pk__in=elsewhere)
    if when == "to_date":
        return postings
    new = Q(on__gte=since) | Q(pk__in=late) if late else Q(on__gte=since)
    return postings.filter(~new if when == "before" else new)


class _Reckoning:
    """Adds everything up once, and makes the rows with their figures."""

    def __init__(self, report: FinanceReport) -> None:
        self.report, self.budget = report, report.budget
        self.fund = self.budget.fund
        self.currency = self.budget.currency
        self.until = end_of(self.budget, report.last)
        self.spans = spans_of(report)
        beside = sent_beside(report)
        costs = costs_of(self.budget, report.until)
        self.charges = charged(self.budget, costs, self.spans, beside)
        #: What every cell narrows down; to write the question anew for each would be most of the work of a report.
        self.costs = costs.select_related("account", "fund", "purpose", "entry", "line")
        loose = outside(self.budget)
        self.loose, self.on_lines = self.costs.filter(loose), self.costs.filter(~loose)
        #: Costs of earlier days that this report claims, and costs of its own days that another one claimed.
        self.late = {charge.key for charge in self.charges if charge.corrects}
        self.elsewhere = {key for key, other in beside.claimed.items() if other.until > report.since}
        self.layout = Layout(self.budget)
        self.values = {charge.key: charge.value for charge in self.charges}
        self.words = list(report.words.select_related("line", "heading")) if report.pk else []
        self.sent = sent_of(report)
        self._plan()
        self._spend()
        self.known: dict[str, Figure] = {}

    def _plan(self) -> None:
        """Of every line: the contract, and what changed since. Of every main heading: what was shifted, and from what."""
        self.plan: dict[int, dict[str, int]] = {
            line.pk: dict.fromkeys(("original", "changes", "earlier"), 0) for line in self.layout.lines
        }
        moves = BudgetMove.objects.filter(line__budget=self.budget, change__on__lt=self.report.until)
        for line, kind, on, units in moves.values_list("line_id", "change__kind", "change__on", "units"):
            self.plan[line]["original" if kind == "original" else "changes"] += units
            if on < self.report.since:
                self.plan[line]["earlier"] += units
        self.shifts = shifts_of(self.budget, self.report.last)

    def _spend(self) -> None:
        """Of every line (None: of none): what was paid, by currency and by when."""
        self.spent: dict[tuple[int | None, str], int] = {}
        for charge in self.charges:
            when = "period" if charge.is_new else "before"
            self._add(charge.line, when, charge.value)
            if when == "period":
                self._add(charge.line, f"paid_{charge.currency}", charge.units)
                self._add(charge.line, f"as_{charge.currency}", charge.value)
        paid = {charge.currency for charge in self.charges if charge.is_new}
        if self.sent:  # what was paid in another one since is in no column that the donor has
            paid = {column.removeprefix("as_") for _, column in self.sent if column.startswith("as_")}
        self.currencies = sorted(paid, key=lambda currency: (currency != self.currency, currency))

    def _add(self, line: int | None, column: str, units: int) -> None:
        self.spent[line, column] = self.spent.get((line, column), 0) + units

    # ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def statement(self) -> Statement:
        """The whole."""
        statement = Statement(
            self.report,
            self.currency,
            self.currencies,
            list(self.layout.rows()),
            self.charges,
            self.spans,
            ceiling=limit_on(self.report.programme, "reallocation", self.report.last, self.fund),
            threshold=limit_on(self.report.programme, "variation", self.report.last, self.fund),
            sent_values={
                int(row.removeprefix("posting:")): amount.units
                for (row, _), amount in self.sent.items()
                if row.startswith("posting:")
            },
        )
        for row in statement.rows:
            self._fill(row)
        judge(statement, self.shifts)
        return statement

    # ── cells ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _fill(self, row: Row) -> None:
        keys = [line.pk for line in row.lines]
        for column in ("original", "changes"):
            self._put(row, "finance.planned", column, self._moves(keys, column), column=column)
        self._put(row, "finance.planned", "now", self._moves(keys, "now"), column="now")
        charged_to: list[int | None] = [None] if row.key == LOOSE else [*keys]
        for currency in self.currencies:
            if currency != self.currency:
                paid = self._paid(charged_to, f"paid_{currency}", currency)
                self._put(row, "finance.paid", f"paid_{currency}", paid, currency=currency)
            converted = self._worth(charged_to, f"as_{currency}", currency)
            self._put(row, "finance.cost", f"as_{currency}", converted, when="period", currency=currency)
        for when in SPENT:
            self._put(row, "finance.cost", when, self._worth(charged_to, when), when=when)
        due = self._put(row, "finance.due", "due", self._due(row))
        spent = row.cells["to_date"].figure
        variation = self._put(row, "finance.variation", "variation", Total((due,), (spent,)))
        row.share = self._figure("finance.variation_share", row, Ratio(variation, due, percent=True))
        row.left = self._figure("finance.left", row, Total((row.cells["now"].figure,), (spent,)))
        row.allowed = self._figure("finance.allowed", row, self._allowed(row))
        row.words = self._said(row)
        row.is_covered = any(
            words.heading is not None and words.heading_id in self.layout.above(row) for words in self.words
        )

    def _put(self, row: Row, key: str, name: str, measured: Records | Total, **more: str) -> Figure:
        figure = self._figure(key, row, measured, **more)
        kept = self.sent.get((row.key, name))
        if self.sent and kept is None:  # a line that came since: nothing of it was sent
            kept = Money(0, figure.currency or self.currency)
        row.cells[name] = Cell(figure, kept)
        return figure

    def _figure(self, key: str, row: Row, measured: Records | Total | Ratio, **more: str) -> Figure:
        asked = {"report": asked_as(self.report), "row": row.key, **more}
        figure = figure_of(key, Scope(self.report.programme, more=asked, known=self.known))
        vars(figure)["measured"] = measured
        return figure

    def _moves(self, keys: list[int], column: str) -> Records:
        parts = ("original", "changes") if column == "now" else (column,)
        moves = when_opened(lambda: self._changes(keys, column))
        records = Records(moves, column="units", currency=self.currency)
        vars(records)["value"] = sum(self.plan[key][part] for key in keys for part in parts)
        return records

    def _changes(self, keys: list[int], column: str) -> QuerySet[BudgetMove]:
        moves = BudgetMove.objects.filter(line__in=keys, change__on__lt=self.report.until)
        if column != "now":
            only = Q(change__kind="original")
            moves = moves.filter(only if column == "original" else ~only)
        return moves.select_related("line", "change").order_by("change__number", "pk")

    def _postings(self, keys: list[int | None], when: str, currency: str) -> QuerySet[Posting]:
        """The postings of a cell. `paid_KHR` and `as_KHR` are of the period."""
        postings = self.loose.all() if keys == [None] else self.on_lines.filter(line__in=keys)
        if currency:
            postings = postings.filter(currency=currency)
        return claimed_in(postings, when, self.report.since, self.late, self.elsewhere)

    def _sum(self, keys: list[int | None], column: str) -> int:
        parts = ("before", "period") if column == "to_date" else (column,)
        return sum(self.spent.get((key, part), 0) for key in keys for part in parts)

    def _paid(self, keys: list[int | None], column: str, currency: str) -> Records:
        postings = when_opened(lambda: self._postings(keys, "period", currency))
        records = Records(postings, column="units", currency=currency)
        vars(records)["value"] = self._sum(keys, column)
        return records

    def _worth(self, keys: list[int | None], column: str, currency: str = "") -> Records:
        postings = when_opened(lambda: self._postings(keys, column, currency))
        return Reckoned(postings, currency=self.currency, shares=self.values, total=self._sum(keys, column))

    def _due(self, row: Row) -> Records:
        """What the budget allows up to the end of the period: all of it in a final report, else as the months go by."""
        return self._shares({line.pk: self.due_of(line) for line in row.lines})

    def _allowed(self, row: Row) -> Records:
        """What the budget allows up to the end of the period, less what it allowed up to its beginning."""
        shares = {}
        for line in row.lines:
            earlier = self._as_months_go_by(line, self.plan[line.pk]["earlier"], self.report.since)
            shares[line.pk] = self.due_of(line) - earlier
        return self._shares(shares)

    def _shares(self, shares: dict[int, int]) -> Records:
        lines = BudgetLine.objects.select_related("heading").order_by("code")
        some = when_opened(lambda: lines.filter(pk__in=shares))
        return Reckoned(some, currency=self.currency, shares=shares, total=sum(shares.values()))

    def due_of(self, line: BudgetLine) -> int:
        """What a line allows up to the end of the period."""
        if self.report.kind == "final":
            return self.now_of(line)
        return self._as_months_go_by(line, self.now_of(line), self.report.until)

    def _as_months_go_by(self, line: BudgetLine, units: int, day: date) -> int:
        """The part of an amount that falls to the months of a line before a day."""
        now = Money(units, self.currency)
        since, until = days_of(line, self.budget.since, self.until)
        whole = months(since, until)
        gone = months(since, min(until, day))
        return now.times(Fraction(gone, whole)).units if whole else now.units

    def now_of(self, line: BudgetLine) -> int:
        """What a line amounts to after all changes."""
        return self.plan[line.pk]["original"] + self.plan[line.pk]["changes"]

    def _said(self, row: Row) -> FinanceExplanation | None:
        line = row.line.pk if row.line else None
        heading = row.heading.pk if row.heading else None
        if row.kind == "sum":
            return None
        return next((one for one in self.words if (one.line_id, one.heading_id) == (line, heading)), None)


def component(statement: Statement, purpose: Purpose | None, when: str) -> Records:
    """What was used for a purpose in the period, before it or to date; without one: what is for no purpose."""
    report = statement.report
    wanted = {"before": (False,), "period": (True,), "to_date": (False, True)}[when]
    charges = [charge for charge in statement.charges if charge.purpose == (purpose.pk if purpose else None)]
    shares = {charge.key: charge.value for charge in charges if charge.is_new in wanted}
    late = {charge.key for charge in charges if charge.corrects}
    postings = costs_of(report.budget, report.until).filter(purpose=purpose)
    if report.pk:
        postings = postings.filter(pk__in=shares)
    else:
        postings = claimed_in(postings, when, report.since, late, ())
    postings = postings.select_related("account", "fund", "purpose", "entry", "line")
    return Reckoned(postings, currency=statement.currency, shares=shares, total=sum(shares.values()))


def measured_cell(report: FinanceReport, key: str, more: Mapping[str, str]) -> Records | Total | Ratio | None:
    """The measurement of a figure of a report, reckoned as its page does; None where the report has no such cell."""
    statement = statement_of(report)
    row = statement.row(more.get("row", ""))
    if row is None:
        return None
    figures: Iterable[Figure] = [cell.figure for cell in row.cells.values()]
    asked = {name: value for name, value in more.items() if value}
    beside = [figure for figure in (row.share, row.left, row.allowed) if figure]
    for figure in (*figures, *beside):
        if figure.key == key and figure.scope.more == asked:
            return figure.measured
    return None
