"""A financial report reckoned: its rows as the budget form has them, and every number of them a figure.

Budget as per contract, what changed, what was paid by currency and in the currency of the report, before and in the
period, how far that is from the budget, and the words beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet, Sum

from laar.kit.figures import Figure, Ratio, Records, Scope, Total, figure_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.periods import Period
from laar.ledger.models import Book, Budget, BudgetLine, BudgetMove, Heading, Limit, Posting, Purpose
from laar.ledger.queries import end_of, limit_on, rate_on, shifts_of
from laar.ledger.queries.told import Reckoned
from laar.ledger.rules import HEADING_ROLES, converted, is_shifted_too_far, shift_of
from laar.reports.finance.charges import Charge, charged, costs_of, outside, sent_beside, spans_of
from laar.reports.models import FinanceExplanation, FinanceFigure, FinanceReport
from laar.reports.rules import Blocked

TOTAL = "total"
#: The row of costs that no donor pays for: on no budget line, or outside the days of the budget. It is in no subtotal,
#: and keeps the report back until somebody says why.
LOOSE = "none"
#: Where a page lists what corrects earlier reports.
CORRECTIONS = "corrections"
NOT_CLAIMED = Name(
    en="Not claimed: on no budget line, or outside the days of the budget",
    km="មិនទាមទារ៖ មិននៅក្នុងបន្ទាត់ថវិកា ឬនៅក្រៅរយៈពេលថវិកា",
)
#: The columns that hold money of the report's currency, in the order of the form.
PLAN = ("original", "changes", "now")
SPENT = ("before", "period", "to_date")
AGAINST = ("due", "variation")
#: After every report that is kept: the number of one that is only looked at.
LAST = 32_000
#: What stands in a total with the budget: everything but what is given in kind.
OUTSIDE = frozenset({"in_kind"})
#: Rows of a form that only add up others.
SUMS = frozenset({"direct", "eligible", "total"})


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


def statement_of(report: FinanceReport) -> Statement:
    """Reckon a report from the books. Raises Refusal `rate.missing`."""
    return _Reckoning(report).statement()


def months(since: date, until: date) -> int:
    """How many calendar months a period touches; none where it has no days."""
    return len(list(Period(since, until).months())) if since < until else 0


def days_of(line: BudgetLine, since: date, until: date) -> tuple[date, date]:
    """The days for which a line is meant: its year within those of the budget, or all of them."""
    if line.year is None:
        return since, until
    return max(since, date(line.year, 1, 1)), min(until, date(line.year + 1, 1, 1))


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
        self.lines = list(
            BudgetLine.objects.filter(budget=self.budget)
            .select_related("heading")
            .order_by("heading__position", "code")
        )
        self.headings = list(
            Heading.objects.filter(programme=report.programme_id, chart=self.budget.chart).order_by("position", "code")
        )
        self.values = {charge.key: charge.value for charge in self.charges}
        self.words = list(report.words.select_related("line", "heading")) if report.pk else []
        self.sent = self._sent()
        self._plan()
        self._spend()
        self.known: dict[str, Figure] = {}

    def _sent(self) -> dict[tuple[str, str], Money]:
        if not self.report.is_sent:
            return {}
        kept = FinanceFigure.objects.filter(report=self.report, turn=self.report.turn)
        return {(one.row, one.column): one.amount for one in kept}

    def _plan(self) -> None:
        """Of every line: the contract, and what changed since. Of every main heading: what was shifted, and from what."""
        self.plan: dict[int, dict[str, int]] = {
            line.pk: dict.fromkeys(("original", "changes", "earlier"), 0) for line in self.lines
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
        paid |= {column.removeprefix("as_") for _, column in self.sent if column.startswith("as_")}
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
            list(self._rows()),
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
        _judge(statement, self)
        return statement

    def _rows(self) -> Iterator[Row]:
        """The form from top to bottom; a form without a last row of its own gets one."""
        tops = [heading for heading in self.headings if heading.parent_id is None]
        for heading in tops:
            yield from self._below(heading, 0)
        if not any(heading.role == "total" for heading in tops):
            yield Row(TOTAL, "sum", 0, "", HEADING_ROLES["total"], self._all(OUTSIDE), role="total")
        yield Row(LOOSE, "loose", 0, "", NOT_CLAIMED, [])

    def _below(self, heading: Heading, depth: int) -> Iterator[Row]:
        if heading.role in SUMS:
            key = TOTAL if heading.role == "total" else f"heading:{heading.code}"
            yield Row(key, "sum", depth, heading.code, heading.name, self._summed(heading.role), role=heading.role)
            return
        inside = self._inside(heading)
        if not inside and depth:
            return
        yield Row(
            f"heading:{heading.code}",
            "heading",
            depth,
            heading.code,
            heading.name,
            inside,
            heading=heading,
            role=heading.role,
        )
        for child in self.headings:
            if child.parent_id == heading.pk:
                yield from self._below(child, depth + 1)
        for line in self.lines:
            if line.heading_id == heading.pk:
                name = Name(en=line.name_en, km=line.name_km or line.name_en)
                yield Row(f"line:{line.code}", "line", depth + 1, line.code, name, [line], line=line)

    def _inside(self, heading: Heading) -> list[BudgetLine]:
        below = {heading.pk}
        for _ in range(4):  # no form is deeper
            below |= {one.pk for one in self.headings if one.parent_id in below}
        return [line for line in self.lines if line.heading_id in below]

    def _role_of(self, line: BudgetLine) -> str:
        heading: Heading | None = line.heading
        by_key = {one.pk: one for one in self.headings}
        while heading is not None and not heading.role and heading.parent_id:
            heading = by_key.get(heading.parent_id)
        return heading.role if heading else ""

    def _all(self, without: Collection[str]) -> list[BudgetLine]:
        return [line for line in self.lines if self._role_of(line) not in without]

    def _summed(self, role: str) -> list[BudgetLine]:
        without = {"direct": {"indirect", "reserve", *OUTSIDE}, "eligible": {"reserve", *OUTSIDE}, "total": OUTSIDE}
        return self._all(without[role])

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
        row.is_covered = any(words.heading is not None and words.heading_id in self._above(row) for words in self.words)

    def _put(self, row: Row, key: str, name: str, measured: Records | Total, **more: str) -> Figure:
        figure = self._figure(key, row, measured, **more)
        row.cells[name] = Cell(figure, self.sent.get((row.key, name)))
        return figure

    def _figure(self, key: str, row: Row, measured: Records | Total | Ratio, **more: str) -> Figure:
        asked = {"report": asked_as(self.report), "row": row.key, **more}
        figure = figure_of(key, Scope(self.report.programme, more=asked, known=self.known))
        vars(figure)["measured"] = measured
        return figure

    def _moves(self, keys: list[int], column: str) -> Records:
        moves = BudgetMove.objects.filter(line__in=keys, change__on__lt=self.report.until).order_by(
            "change__number", "pk"
        )
        if column != "now":
            only = Q(change__kind="original")
            moves = moves.filter(only if column == "original" else ~only)
        parts = ("original", "changes") if column == "now" else (column,)
        records = Records(moves.select_related("line", "change"), column="units", currency=self.currency)
        vars(records)["value"] = sum(self.plan[key][part] for key in keys for part in parts)
        return records

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
        records = Records(self._postings(keys, "period", currency), column="units", currency=currency)
        vars(records)["value"] = self._sum(keys, column)
        return records

    def _worth(self, keys: list[int | None], column: str, currency: str = "") -> Records:
        postings = self._postings(keys, column, currency)
        return Reckoned(postings, currency=self.currency, shares=self.values, total=self._sum(keys, column))

    def _due(self, row: Row) -> Records:
        """What the budget allows up to the end of the period: all of it in a final report, else as the months go by."""
        shares = {line.pk: self.due_of(line) for line in row.lines}
        lines = BudgetLine.objects.filter(pk__in=shares).select_related("heading").order_by("code")
        return Reckoned(lines, currency=self.currency, shares=shares, total=sum(shares.values()))

    def _allowed(self, row: Row) -> Records:
        """What the budget allows up to the end of the period, less what it allowed up to its beginning."""
        shares = {}
        for line in row.lines:
            earlier = self._as_months_go_by(line, self.plan[line.pk]["earlier"], self.report.since)
            shares[line.pk] = self.due_of(line) - earlier
        lines = BudgetLine.objects.filter(pk__in=shares).select_related("heading").order_by("code")
        return Reckoned(lines, currency=self.currency, shares=shares, total=sum(shares.values()))

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

    def _above(self, row: Row) -> set[int]:
        """The headings above a row."""
        parents = {one.pk: one.parent_id for one in self.headings}
        above: set[int] = set()
        key = row.line.heading_id if row.line else (row.heading.parent_id if row.heading else None)
        while key:
            above.add(key)
            key = parents.get(key)
        return above


# ── what keeps a report back ────────────────────────────────────────────────────────────────────────────────────────


def _judge(statement: Statement, reckoning: _Reckoning) -> None:
    """Which rows need words, which shifts are above the ceiling, and what else keeps the report from being sent."""
    most = _in_its_currency(statement)
    for row in statement.rows:
        if row.kind == "line" and _is_far(row, statement.threshold, most):
            row.must_explain = True
            if not row.is_explained:
                said = UNEXPLAINED.format(code=row.code, name=row.name, amount=row.cells["variation"].now)
                statement.blocks.append(Blocked(said, row.key))
        if row.kind == "heading" and row.depth == 0:
            _judge_shift(statement, reckoning, row)
    _judge_shares(statement)
    loose = next(row for row in statement.rows if row.key == LOOSE)
    if any(loose.cells[column].now for column in (*SPENT,)):
        loose.must_explain = True
        if not loose.is_explained:
            statement.blocks.append(Blocked(ON_NO_LINE.format(amount=loose.cells["to_date"].now), LOOSE))
    _judge_days(statement)
    over = statement.total
    if over.cells["to_date"].now > over.cells["now"].now:
        statement.warnings.append(Blocked(OVERSPENT.format(amount=over.cells["to_date"].now), TOTAL))


UNEXPLAINED = Name(
    en="{code} {name} differs from its budget by {amount}, and nobody says why",
    km="{code} {name} ខុសពីថវិកាចំនួន {amount} ហើយគ្មានអ្នកពន្យល់",
)
ON_NO_LINE = Name(
    en="costs of {amount} stand on no budget line, or outside the days of the budget: charge them, or say why they are not "
    "claimed",
    km="ចំណាយ {amount} មិននៅក្នុងបន្ទាត់ថវិកា ឬនៅក្រៅរយៈពេលថវិកា៖ សូមកត់ក្នុងបន្ទាត់ ឬប្រាប់មូលហេតុដែលមិនទាមទារ",
)
SHIFTED = Name(
    en="{code} {name} is shifted by {shift} % of its contract, above the ceiling of {ceiling} %: it needs an addendum",
    km="{code} {name} ត្រូវបានផ្លាស់ {shift} % នៃកិច្ចសន្យា លើសពិដាន {ceiling} %៖ ត្រូវការសេចក្ដីបន្ថែម",
)
ABOVE = Name(
    en="{code} {name} is {share} % of the direct cost, above its ceiling of {ceiling} %",
    km="{code} {name} ស្មើ {share} % នៃចំណាយផ្ទាល់ លើសពិដាន {ceiling} %",
)
OVERSPENT = Name(
    en="more is spent ({amount}) than the whole budget",
    km="បានចំណាយ ({amount}) លើសថវិកាទាំងមូល",
)


LATE = Name(
    en="{count} costs ({amount}) are dated in the days of {report}, which was sent without them: this report claims them as "
    "corrections",
    km="ចំណាយ {count} ({amount}) មានកាលបរិច្ឆេទក្នុងរយៈពេល {report} ដែលបានផ្ញើដោយគ្មានវា៖ របាយការណ៍នេះទាមទារវាជាការកែតម្រូវ",
)
STILL_OPEN = Name(
    en="the months of this report are not closed in the book {book} (open from {since}): close them first, or what is posted "
    "later is a correction in the next report",
    km="ខែនៃរបាយការណ៍នេះមិនទាន់បិទក្នុងបញ្ជី {book} (បើកពី {since})៖ សូមបិទជាមុន បើមិនដូច្នេះ អ្វីដែលចុះក្រោយជាការកែតម្រូវក្នុងរបាយការណ៍បន្ទាប់",
)
AFTER_THE_END = Name(
    en="costs of {amount} are charged to lines of this budget after its last day; no report claims them",
    km="ចំណាយ {amount} ត្រូវបានកត់លើបន្ទាត់ថវិកានេះក្រោយថ្ងៃចុងក្រោយ; គ្មានរបាយការណ៍ណាទាមទារវាទេ",
)


def _judge_days(statement: Statement) -> None:
    """What came late, which months are still open, and what lies after the last day: good to know before it is sent."""
    report = statement.report
    late: dict[int, list[Charge]] = {}
    for charge in statement.corrections:
        assert charge.corrects is not None
        late.setdefault(charge.corrects.pk, []).append(charge)
    for charges in late.values():
        assert charges[0].corrects is not None
        amount = Money(sum(charge.value for charge in charges), statement.currency)
        said = LATE.format(count=len(charges), amount=amount, report=charges[0].corrects.name)
        statement.warnings.append(Blocked(said, CORRECTIONS))
    for book in Book.objects.filter(programme=report.programme_id, is_memorandum=False).order_by("code"):
        if book.open_from is None or book.open_from < report.until:
            since = book.open_from or report.budget.since
            statement.warnings.append(Blocked(STILL_OPEN.format(book=book.name, since=f"{since:%d/%m/%Y}")))
    if report.kind == "final":
        after = Posting.objects.filter(line__budget=report.budget, on__gte=report.budget.until)
        units = after.aggregate(sum=Sum("in_book"))["sum"] or 0
        if units:
            amount = Money(units, report.programme.currency)
            statement.warnings.append(Blocked(AFTER_THE_END.format(amount=amount), LOOSE))


def _is_far(row: Row, threshold: Limit | None, most: int) -> bool:
    """Whether a line is further from its budget than may stand without a word. Without a limit every difference is.

    `most` is the limit where it is an amount, in the currency of the report.
    """
    variation = row.cells["variation"].now
    if not variation:
        return False
    if threshold is None:
        return True
    if threshold.amount is not None:
        return abs(variation.units) > most
    due = row.cells["due"].now.units
    return abs(variation.units) * 10_000 > (threshold.percent or 0) * due


def _in_its_currency(statement: Statement) -> int:
    """The threshold in the currency of the report, at the rate of the report's last day where that is another one."""
    most, report = statement.threshold.amount if statement.threshold else None, statement.report
    if most is None:
        return 0
    if most.currency == statement.currency:
        return most.units
    rate = rate_on(statement.currency, most.currency, report.last, report.budget.fund.rate_source)
    return converted(most, rate.per_unit_of(most.currency), statement.currency).units


def _judge_shift(statement: Statement, reckoning: _Reckoning, row: Row) -> None:
    """A heading may move by a part of what its contract says: by a reallocation, or by what was spent on it."""
    limit = statement.ceiling
    if limit is None or not row.lines:
        return
    agreed = reckoning.shifts.base.get(row.code, 0)
    moved = abs(reckoning.shifts.shifted.get(row.code, 0))
    beyond = row.cells["to_date"].now.units - agreed
    if is_shifted_too_far(max(moved, beyond), agreed, limit):
        row.shift = shift_of(max(moved, beyond), agreed) / 100
        said = SHIFTED.format(
            code=row.code, name=row.name, shift=_percent(row.shift), ceiling=_percent(Fraction(limit.percent or 0, 100))
        )
        statement.blocks.append(Blocked(said, row.key))


def _judge_shares(statement: Statement) -> None:
    """Indirect cost and reserve are at most a part of the direct cost, as the form says."""
    direct = next((row for row in statement.rows if row.role == "direct"), None)
    if direct is None:
        return
    for row in statement.rows:
        if row.role not in ("indirect", "reserve") or row.heading is None or row.heading.most is None:
            continue
        for column, blocks in (("to_date", statement.blocks), ("now", statement.warnings)):
            base, mine = direct.cells[column].now.units, row.cells[column].now.units
            if mine * 10_000 > row.heading.most * base:
                share = Fraction(mine * 100, base) if base else Fraction(100)
                said = ABOVE.format(
                    code=row.code,
                    name=row.name,
                    share=_percent(share),
                    ceiling=_percent(Fraction(row.heading.most, 100)),
                )
                blocks.append(Blocked(said, row.key))


def _percent(value: Fraction) -> str:
    return f"{float(round(value, 2)):g}"


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
