"""Where the money of a report comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet, Sum

from laar.kit.figures import Figure, Scope, figure_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.periods import Period
from laar.ledger.models import Budget, Posting
from laar.reports.finance.cells import Cell, Statement, asked_as
from laar.reports.finance.charges import (
    RECEIPTS,
    Charge,
    Sent,
    charged,
    costs_of,
    interest_of,
    receipts_of,
    sent_beside,
)
from laar.reports.finance.frozen import sent_of
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


def funding_of(statement: Statement) -> Funding:
    """The sources of a report. The commune's own money stands apart: it is in other books and other hands."""
    report, currency = statement.report, statement.currency
    beside = sent_beside(report, RECEIPTS)
    receipts, interest = (came_in(report, of, statement.spans, beside) for of in (receipts_of, interest_of))
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


def came_in(
    report: FinanceReport, of: Callable[[Budget, date], QuerySet[Posting]], spans: list[Period], beside: Sent
) -> list[Charge]:
    """What came in of a kind before the end of a report; what an earlier one was sent without belongs to this one."""
    return charged(report.budget, of(report.budget, report.until), spans, beside)


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
    """A source as it was sent; one that came since was sent as nothing."""
    if (RECEIPTS[1], "before") not in kept:
        return source  # nothing was sent, or before sources were kept
    none = Money(0, source.before.currency)
    before, period = (kept.get((source.key, when), none) for when in ("before", "period"))
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
