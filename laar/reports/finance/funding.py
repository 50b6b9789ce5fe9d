"""Where the money of a report comes from, every cost behind it, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet, Sum

from laar.base.readers import Eyes, name_for
from laar.kit.figures import Figure, Scope, figure_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.periods import Period
from laar.ledger.models import Budget, Document, Entry, Posting
from laar.ledger.queries import expected_in, newest_forecast
from laar.ledger.queries.forecasts import Share
from laar.ledger.queries.told import told
from laar.reports.finance.charges import (
    RECEIPTS,
    Charge,
    charged,
    costs_of,
    interest_of,
    receipts_of,
    sent_beside,
    spans_of,
)
from laar.reports.finance.frozen import sent_of
from laar.reports.finance.statement import Cell, Row, Statement, asked_as, days_of, months
from laar.reports.models import FinanceReport


@dataclass(frozen=True, slots=True)
class Source:
    """A source of the money: what came before the period, in it, and to date."""

    #: Under which row a report that is sent keeps it.
    key: str
    name: Name
    before: Money
    period: Money
    #: It pays beside the budget of the donor, and is no part of its eligible cost.
    is_apart: bool = False
    #: What it comes to now, as a figure that opens; none of what is reckoned as a share of the cost.
    figure: Figure | None = None
    is_sent: bool = False

    @property
    def to_date(self) -> Money:
        """Both together."""
        return self.before + self.period

    @property
    def cell(self) -> Cell | None:
        """What it comes to, as it was sent and as it is now."""
        return Cell(self.figure, self.to_date if self.is_sent else None) if self.figure else None


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
    #: What came in of the period, posting by posting: of the donor and of interest.
    receipts: list[Charge]

    @property
    def differs(self) -> bool:
        """Of a report that was sent: whether a source is not as it was sent any more."""
        return any(one.cell.differs for one in self.sources if one.cell)

    def values(self) -> Iterator[tuple[str, str, Money]]:
        """Everything that is kept when the report is sent: (row, column, amount)."""
        for one in self.sources:
            yield one.key, "before", one.before
            yield one.key, "period", one.period
        for receipt in self.receipts:
            yield f"{RECEIPTS[0]}{receipt.key}", "value", Money(-receipt.value, self.spent.currency)

    @property
    def balance(self) -> Money:
        """What was received and is not spent yet; less than nothing where the donor owes it."""
        return self.received - (self.spent if self.donors_part is None else self.donors_part)


@dataclass(frozen=True, slots=True)
class Expense:
    """A line of the list of expenditure."""

    posting: int
    record: Entry
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
    #: The earlier report whose days it belongs to, where that was sent without it.
    corrects: Name | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is left of a line, and for how many months it must do: the last euro."""

    row: Row
    left: Money
    months_left: int
    spent_a_month: Money
    left_a_month: Money
    #: What the next period of the same length may cost, and the one after it: as the forecast of the budget says, else
    #: what is left spread evenly.
    next: Money
    later: Money
    #: The amounts of the forecast that `next` and `later` are made of, with their shares; empty where there is none.
    next_parts: Mapping[int, int]
    later_parts: Mapping[int, int]
    is_forecast: bool


def funding_of(statement: Statement) -> Funding:
    """The sources of a report. The commune's own money stands apart: it is in other books and other hands."""
    report, currency = statement.report, statement.currency
    receipts, interest = came_in(report, receipts_of), came_in(report, interest_of)
    spent = statement.total.cells["to_date"].amount
    share = report.budget.fund.donor_share
    part = spent.times(Fraction(share, 10_000)) if share is not None else None
    kept = sent_of(report)
    sources = [_as_sent(one, kept) for one in _sources(statement, receipts, interest)]
    return Funding(
        sources,
        list(_instalments(receipts, kept, currency)),
        sources[0].to_date,
        spent,
        part,
        [one for one in (*receipts, *interest) if one.is_new],
    )


def came_in(report: FinanceReport, of: Callable[[Budget, date], QuerySet[Posting]]) -> list[Charge]:
    """What came in of a kind before the end of a report; what an earlier one was sent without belongs to this one."""
    receipts, beside = of(report.budget, report.until), sent_beside(report, RECEIPTS)
    return charged(report.budget, receipts, spans_of(report), beside)


def _sources(statement: Statement, receipts: list[Charge], interest: list[Charge]) -> Iterator[Source]:
    """The donor, what its money earned, the own part; and apart from these the communes and the community."""
    report, currency = statement.report, statement.currency
    asked, share = {"report": asked_as(report)}, report.budget.fund.donor_share

    def told_by(key: str, **more: str) -> Figure:
        return figure_of(key, Scope(report.programme, more={**asked, **more}))

    donor = report.budget.fund.giver.name
    yield Source(RECEIPTS[1], donor, *_sums(receipts, currency), figure=told_by("finance.received"))
    if interest:
        yield Source("source:interest", INTEREST, *_sums(interest, currency), figure=told_by("finance.interest"))
    if share is not None:
        before, period = (statement.total.cells[when].amount for when in ("before", "period"))
        part = Fraction(10_000 - share, 10_000)
        yield Source("source:own", OWN, before.times(part), period.times(part))
    for name, kind in ((COMMUNES, "commune"), (COMMUNITY, "community")):
        figure = told_by("finance.beside", giver=kind)
        yield Source(f"source:{kind}", name, *_communes(statement, kind), is_apart=True, figure=figure)


def _as_sent(source: Source, kept: Mapping[tuple[str, str], Money]) -> Source:
    """A source as it was sent, where it was."""
    if (source.key, "before") not in kept:
        return source
    before, period = (kept[source.key, when] for when in ("before", "period"))
    return replace(source, before=before, period=period, is_sent=True)


def _instalments(receipts: list[Charge], kept: Mapping[tuple[str, str], Money], currency: str) -> Iterator[Instalment]:
    """What the donor paid in; of a report that was sent what was known then."""
    postings = Posting.objects.select_related("entry").in_bulk([one.key for one in receipts])
    for one in receipts:
        entry, row = postings[one.key].entry, (f"{RECEIPTS[0]}{one.key}", "value")
        if kept and one.is_new and (RECEIPTS[1], "before") in kept and row not in kept:
            continue
        amount = kept.get(row, Money(-one.value, currency))
        yield Instalment(entry.pk, entry.document, one.on, Name(en=entry.text_en, km=entry.text_km), amount)


def _sums(receipts: list[Charge], currency: str) -> tuple[Money, Money]:
    """What was received before the period of a report, and in it."""
    return (
        Money(-sum(one.value for one in receipts if not one.is_new), currency),
        Money(-sum(one.value for one in receipts if one.is_new), currency),
    )


INTEREST = Name(en="Interest on what the donor paid in advance", km="ការប្រាក់លើប្រាក់ដែលម្ចាស់ជំនួយបានបង់មុន")
OWN = Name(en="Own part of the organisation", km="ចំណែករបស់អង្គការ")
COMMUNES = Name(en="Communes' own money (commune/sangkat fund)", km="ប្រាក់របស់ឃុំ/សង្កាត់ (មូលនិធិឃុំ/សង្កាត់)")
COMMUNITY = Name(en="Communities' money spent through our books", km="ប្រាក់សហគមន៍ដែលចំណាយតាមបញ្ជីរបស់យើង")


def paid_beside(report: FinanceReport, kind: str) -> QuerySet[Posting]:
    """The costs of funds of a kind in the places that the costs of a report reached."""
    reached = costs_of(report.budget, report.until).filter(place__isnull=False).order_by().values("place")
    return Posting.objects.filter(
        programme=report.programme_id, fund__kind=kind, account__kind="expense", place__in=reached
    )


def _communes(statement: Statement, kind: str) -> tuple[Money, Money]:
    """What funds of a kind paid beside the donor, before the period and in it, in the currency of the books.

    Of those places that the costs of the report reached: what other communes paid is none of this donor's sources.
    """
    report = statement.report
    costs = paid_beside(report, kind)
    currency = report.programme.currency

    def sum_of(since: date | None, until: date) -> Money:
        some = costs.filter(on__lt=until)
        some = some.filter(on__gte=since) if since else some
        return Money(some.aggregate(sum=Sum("in_book"))["sum"] or 0, currency)

    return sum_of(None, report.since), sum_of(report.since, report.until)


def expenses_of(statement: Statement, eyes: Eyes) -> list[Expense]:
    """Every cost of the period, posting by posting; of a report that was sent those that were sent."""
    report = statement.report
    inside = [one for one in statement.charges if one.is_new]
    corrects = {one.key: one.corrects for one in inside if one.corrects}
    values = {one.key: one.value for one in inside}
    rates = {one.key: one.rate for one in inside}
    if report.is_sent:
        values = statement.sent_values
    found = (
        costs_of(report.budget, report.until)
        .filter(pk__in=values)
        .select_related("entry", "line", "account", "account__book", "rate")
    )
    payees = _payees(found, eyes)
    knows = eyes.inside(report.programme)
    return [
        Expense(
            posting.pk,
            posting.entry,
            posting.entry_id,
            posting.entry.document,
            posting.on,
            posting.line.code if posting.line else "",
            payees.get(posting.entry_id, Name(en="")),
            Name(en=posting.entry.text_en, km=posting.entry.text_km) if knows else posting.entry.public_name,
            posting.amount,
            rates.get(posting.pk),
            Money(values[posting.pk], statement.currency),
            corrects[posting.pk].name if posting.pk in corrects else None,
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
    report = statement.report
    coming = following(report)
    after = Period(coming.until or report.until, following_of(coming).until)
    # One that was sent is as it was: what was expected since is not in it.
    newest = newest_forecast(report.budget, report.submitted_on if report.is_sent else None)
    expected = tuple(
        expected_in(newest, span.since, span.until) if newest and span.until else {} for span in (coming, after)
    )
    return [_ahead(statement, row, newest is not None, *expected) for row in statement.rows if row.kind == "line"]


def _ahead(
    statement: Statement, row: Row, is_forecast: bool, soon: Mapping[int, Share], then: Mapping[int, Share]
) -> Ahead:
    report = statement.report
    budget, line = report.budget, row.line
    assert line is not None
    left = row.cells["now"].amount - row.cells["to_date"].amount
    since, until = days_of(line, budget.since, budget.until)
    if until <= report.until:
        until = budget.until  # its own time is over: what is left of it waits for the end of the budget
    gone = months(since, min(until, report.until))
    remaining = months(max(since, report.until), until)
    coming = months(max(since, report.until), min(until, following(report).until or until))
    a_month = left.times(Fraction(1, remaining)) if remaining else left
    zero = Money(0, statement.currency)
    evenly = left.times(Fraction(coming, remaining)) if remaining and left > zero else zero
    first, second = soon.get(line.pk, Share()), then.get(line.pk, Share())
    rest = min(evenly, left - evenly) if remaining > coming else zero
    return Ahead(
        row,
        left,
        remaining,
        row.cells["to_date"].amount.times(Fraction(1, gone)) if gone else zero,
        a_month if left > zero else zero,
        Money(first.units, statement.currency) if is_forecast else evenly,
        Money(second.units, statement.currency) if is_forecast else rest,
        first.parts,
        second.parts,
        is_forecast,
    )


def expected_of(statement: Statement, one: Ahead) -> tuple[Figure, Figure]:
    """What is expected of a line in the next period and in the one after it, as figures that open."""
    asked = {"report": asked_as(statement.report), "row": one.row.key}
    found = []
    for when, amount in (("next", one.next), ("later", one.later)):
        scope = Scope(statement.report.programme, more={**asked, "when": when})
        found.append(told("finance.expected", scope, amount.units, amount.currency))
    return found[0], found[1]


def following(report: FinanceReport) -> Period:
    """The period after that of a report, as many months long."""
    return following_of(Period(report.since, report.until))


def following_of(span: Period) -> Period:
    """The period after another, as many months long."""
    since, until = span.since, span.until or span.since
    place = until.year * 12 + until.month - 1 + max(1, months(since, until))
    return Period(until, date(place // 12, place % 12 + 1, 1))
