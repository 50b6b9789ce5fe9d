"""Where the money of a report comes from, every cost behind it, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Sum

from laar.base.readers import Eyes, name_for
from laar.kit.figures import Figure, Scope, figure_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.periods import Period
from laar.ledger.models import Document, Posting
from laar.reports.finance.charges import charged, costs_of, receipts_of
from laar.reports.finance.statement import Row, Statement, asked_as, days_of, months
from laar.reports.models import FinanceReport


@dataclass(frozen=True, slots=True)
class Source:
    """A source of the money: what came before the period, in it, and to date."""

    name: Name
    before: Money
    period: Money
    #: It pays beside the budget of the donor, and is no part of its eligible cost.
    is_apart: bool = False

    @property
    def to_date(self) -> Money:
        """Both together."""
        return self.before + self.period


@dataclass(frozen=True, slots=True)
class Instalment:
    """What the donor paid in, and when."""

    entry: int
    document: str
    on: date
    text: Name
    amount: Money


@dataclass(frozen=True, slots=True)
class Funding:
    """The sources of a report, the donor's instalments, and what is left of them."""

    sources: list[Source]
    instalments: list[Instalment]
    received: Money
    spent: Money
    #: What the donor pays of the cost to date, where its contract names a share.
    donors_part: Money | None

    @property
    def balance(self) -> Money:
        """What was received and is not spent yet; less than nothing where the donor owes it."""
        return self.received - (self.spent if self.donors_part is None else self.donors_part)


@dataclass(frozen=True, slots=True)
class Expense:
    """A line of the list of expenditure."""

    posting: int
    entry: int
    document: str
    on: date
    line: str
    #: As far as the reader may see it.
    payee: Name
    text: Name
    paid: Money
    #: How much of its currency one unit of the report's costs; None where there is nothing to convert.
    rate: Fraction | None
    value: Money


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is left of a line, and for how many months it must do: the last euro."""

    row: Row
    left: Money
    #: The figure of what is left: it opens.
    figure: Figure
    months_left: int
    spent_a_month: Money
    left_a_month: Money
    #: What the next period of the same length may cost, if what is left is spread evenly.
    next: Money


def funding_of(statement: Statement) -> Funding:
    """The sources of a report. The commune's own money stands apart: it is in other books and other hands."""
    report, currency = statement.report, statement.currency
    fund = report.budget.fund
    receipts = charged(fund, receipts_of(fund, report.until), statement.spans)
    last = statement.spans[-1]
    before = Money(-sum(one.value for one in receipts if one.span != last), currency)
    period = Money(-sum(one.value for one in receipts if one.span == last), currency)
    postings = {one.pk: one for one in receipts_of(fund, report.until).select_related("entry")}
    instalments = [
        Instalment(
            postings[one.key].entry_id,
            postings[one.key].entry.document,
            one.on,
            Name(en=postings[one.key].entry.text_en, km=postings[one.key].entry.text_km),
            Money(-one.value, currency),
        )
        for one in receipts
    ]
    spent = statement.total.cells["to_date"].amount
    share = fund.donor_share
    part = spent.times(Fraction(share, 10_000)) if share is not None else None
    sources = [Source(fund.giver.name, before, period)]
    if part is not None:
        own = statement.total.cells
        rest = [
            own[when].amount - own[when].amount.times(Fraction(share or 0, 10_000)) for when in ("before", "period")
        ]
        sources.append(Source(OWN, rest[0], rest[1]))
    sources += [
        Source(COMMUNES, *_communes(statement, "commune"), is_apart=True),
        Source(COMMUNITY, *_communes(statement, "community"), is_apart=True),
    ]
    return Funding(sources, instalments, before + period, spent, part)


OWN = Name(en="Own part of the organisation", km="ចំណែករបស់អង្គការ")
COMMUNES = Name(en="Communes' own money (commune/sangkat fund)", km="ប្រាក់របស់ឃុំ/សង្កាត់ (មូលនិធិឃុំ/សង្កាត់)")
COMMUNITY = Name(en="Contributions of the communities", km="វិភាគទានរបស់សហគមន៍")


def _communes(statement: Statement, kind: str) -> tuple[Money, Money]:
    """What funds of a kind paid beside the donor, before the period and in it, in the currency of the books."""
    report = statement.report
    costs = Posting.objects.filter(programme=report.programme_id, fund__kind=kind, account__kind="expense")
    currency = report.programme.currency

    def sum_of(since: date | None, until: date) -> Money:
        some = costs.filter(on__lt=until)
        some = some.filter(on__gte=since) if since else some
        return Money(some.aggregate(sum=Sum("in_book"))["sum"] or 0, currency)

    return sum_of(None, report.since), sum_of(report.since, report.until)


def expenses_of(statement: Statement, eyes: Eyes) -> list[Expense]:
    """Every cost of the period, posting by posting; of a report that was sent those that were sent."""
    report, last = statement.report, statement.spans[-1]
    inside = [one for one in statement.charges if one.span == last]
    values = {one.key: one.value for one in inside}
    rates = {one.key: one.rate for one in inside}
    if report.is_sent:
        values = statement.sent_values
    found = (
        costs_of(report.budget.fund, report.until)
        .filter(pk__in=values)
        .select_related("entry", "line", "account", "account__book", "rate")
    )
    payees = _payees(found, eyes)
    knows = eyes.inside(report.programme)
    return [
        Expense(
            posting.pk,
            posting.entry_id,
            posting.entry.document,
            posting.on,
            posting.line.code if posting.line else "",
            payees.get(posting.entry_id, Name(en="")),
            Name(en=posting.entry.text_en, km=posting.entry.text_km) if knows else posting.entry.public_name,
            posting.amount,
            rates.get(posting.pk),
            Money(values[posting.pk], statement.currency),
        )
        for posting in found
    ]


def _payees(postings: Iterable[Posting], eyes: Eyes) -> dict[int, Name]:
    """To whom each entry was paid: the party as this reader may know it, or the name on the receipt."""
    papers = Document.objects.filter(entry__in={one.entry_id for one in postings}).select_related("payee", "programme")
    return {
        paper.entry_id or 0: name_for(eyes, paper.payee)
        if paper.payee
        else Name(en=paper.payee_text if eyes.inside(paper.programme) else "")
        for paper in papers
    }


def ahead_of(statement: Statement) -> list[Ahead]:
    """Of every line what is left and for how long: spread evenly over its months."""
    return [_ahead(statement, row) for row in statement.rows if row.kind == "line"]


def _ahead(statement: Statement, row: Row) -> Ahead:
    report = statement.report
    budget, line = report.budget, row.line
    assert line is not None
    left = row.cells["now"].amount - row.cells["to_date"].amount
    since, until = days_of(line, budget)
    if until <= report.until:
        until = budget.until  # its own time is over: what is left of it waits for the end of the budget
    gone = months(since, min(until, report.until))
    remaining = months(max(since, report.until), until)
    coming = months(max(since, report.until), min(until, following(report).until or until))
    a_month = left.times(Fraction(1, remaining)) if remaining else left
    zero = Money(0, statement.currency)
    return Ahead(
        row,
        left,
        figure_of("finance.left", Scope(report.programme, more={"report": asked_as(report), "row": row.key})),
        remaining,
        row.cells["to_date"].amount.times(Fraction(1, gone)) if gone else zero,
        a_month if left > zero else zero,
        left.times(Fraction(coming, remaining)) if remaining and left > zero else zero,
    )


def following(report: FinanceReport) -> Period:
    """The period after that of a report, as many months long."""
    since, until = report.since, report.until
    place = until.year * 12 + until.month - 1 + max(1, months(since, until))
    return Period(until, date(place // 12, place % 12 + 1, 1))
