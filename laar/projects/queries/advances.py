"""What was advanced and is not accounted for: to communes by tranches, to staff by documents; how long it is out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum, prefetch_related_objects
from django.db.models.functions import Coalesce

from laar.base.models import Programme
from laar.kit.figures import Records, Scope, Total, figure, figure_of
from laar.kit.money import Money
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.models import Commitment, Document, Fund, Limit
from laar.ledger.queries import advances_open, cap_of, limit_on
from laar.projects.models import Refund, Tranche, Voucher
from laar.projects.rules import PAID, REFUND

#: Days out up to which an advance stands in a column: whole months, because that is how auditors ask for an ageing.
BUCKETS = (30, 60, 90)

OUT = ("paid", "acknowledged")


@dataclass(frozen=True, slots=True)
class Advance:
    """Money that is out: with whom, how much of it, since when, and until when it was to be accounted for."""

    record: Tranche | Document
    who: Name
    fund: Name
    given: Money
    open: Money
    on: date
    due: date | None
    today: date

    @property
    def days(self) -> int:
        """How long it is out."""
        return (self.today - self.on).days

    @property
    def bucket(self) -> int:
        """In which column of the ageing it stands: 0 for the first."""
        return sum(self.days > most for most in BUCKETS)

    @property
    def overdue(self) -> int:
        """How many days it is overdue; 0 where it is not."""
        return max(0, (self.today - self.due).days) if self.due else 0

    @property
    def is_tranche(self) -> bool:
        """Whether a council has it."""
        return isinstance(self.record, Tranche)


def advances_out(programme: Programme, today: date) -> list[Advance]:
    """Every advance that is not accounted for, the longest first."""
    found = [*_of_tranches(programme, today), *_of_documents(programme, today)]
    return sorted(found, key=lambda one: (one.on, one.record.pk))


def advance_of(record: Tranche | Document, today: date) -> Advance | None:
    """The advance of one tranche, or by one document; None where nothing of it is open."""
    if isinstance(record, Tranche):
        return next((one for one in _of_tranches(record.programme, today, record.pk)), None)
    return next((one for one in _of_documents(record.programme, today) if one.record == record), None)


def aged(advances: Iterable[Advance]) -> list[int]:
    """What is out by the columns of the ageing, in units of one currency."""
    sums = [0] * (len(BUCKETS) + 1)
    for one in advances:
        sums[one.bucket] += one.open.units
    return sums


def _of_tranches(programme: Programme, today: date, key: int | None = None) -> list[Advance]:
    tranches = Tranche.objects.filter(programme=programme, state__in=OUT, paid_on__lte=today)
    if key:
        tranches = tranches.filter(pk=key)
    tranches = tranches.annotate(
        spent=_summed(Voucher.objects.filter(tranche=OuterRef("pk"), state="accepted"), "tranche"),
        back=_summed(Refund.objects.filter(tranche=OuterRef("pk"), state=REFUND.initial), "tranche"),
    ).select_related("agreement__project__council", "agreement__project__place", "agreement__fund")
    limits: dict[tuple[int, date], Limit | None] = {}
    found = []
    for tranche in tranches.order_by("paid_on", "id"):
        left = tranche.units - tranche.spent - tranche.back
        fund, on = tranche.agreement.fund, tranche.paid_on
        if not left or on is None:
            continue
        if (fund.pk, on) not in limits:
            limits[fund.pk, on] = limit_on(programme, "advance", on, fund)
        limit = limits[fund.pk, on]
        due = on + timedelta(limit.days) if limit and limit.days else None
        money = Money(left, tranche.currency)
        who = tranche.agreement.project.council.name
        found.append(Advance(tranche, who, fund.name, tranche.amount, money, on, due, today))
    return found


def _of_documents(programme: Programme, today: date) -> list[Advance]:
    """Advances to staff and partners that were paid by a document."""
    advances = [one for one in advances_open(programme) if one.on <= today]
    prefetch_related_objects(advances, "lines__fund")
    found = []
    for document in sorted(advances, key=lambda one: (one.on, one.pk)):
        line = next(one for one in document.lines.all() if one.units > 0)
        who = document.payee.name if document.payee else Name(en=document.payee_text)
        amount, rest = Money(document.given, line.currency), Money(document.left, line.currency)  # type: ignore[attr-defined]
        found.append(Advance(document, who, line.fund.name, amount, rest, document.on, document.due_on, today))
    return found


def _summed(records: QuerySet, by: str) -> Coalesce:  # type: ignore[type-arg]  # of any table with units
    return Coalesce(Subquery(records.order_by().values(by).annotate(sum=Sum("units")).values("sum")), 0)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A third party that is supported from a fund: what it was promised and paid, and up to what it may be."""

    commitment: Commitment
    granted: Money
    paid: Money
    most: Money | None


def recipients_of(programme: Programme, on: date) -> list[tuple[Fund, Money | None, list[Recipient]]]:
    """By fund: the cap on all third parties together, and each of them with its own."""
    made = Q(moves__kind__in=("made", "released"))
    paid = Q(moves__kind__in=("drawn", "returned"))
    rows = (
        Commitment.objects.filter(programme=programme, recipient__isnull=False)
        .values("fund_id", "recipient_id", "currency")
        .annotate(granted=Sum("moves__units", filter=made), paid=Sum("moves__units", filter=paid))
        .order_by("fund__code", "recipient__place__code", "recipient_id")
    )
    first = {
        (one.fund_id, one.recipient_id): one
        for one in Commitment.objects.filter(programme=programme, recipient__isnull=False)
        .select_related("fund__programme", "recipient")
        .order_by("-id")
    }
    found: dict[int, tuple[Fund, Money | None, list[Recipient]]] = {}
    caps: dict[int, Money | None] = {}
    for row in rows:
        commitment = first[row["fund_id"], row["recipient_id"]]
        fund, currency = commitment.fund, row["currency"]
        if fund.pk not in found:
            caps[fund.pk] = _cap("recipient", fund, currency, on)
            found[fund.pk] = (fund, _cap("third_parties", fund, currency, on), [])
        money = Money(row["granted"] or 0, currency), Money(-(row["paid"] or 0), currency)
        found[fund.pk][2].append(Recipient(commitment, *money, caps[fund.pk]))
    return list(found.values())


def _cap(kind: str, fund: Fund, currency: str, on: date) -> Money | None:
    limit = limit_on(fund.programme, kind, on, fund)
    return cap_of(limit, fund, currency, on) if limit else None


def _tranches(scope: Scope) -> QuerySet[Tranche]:
    """The paid tranches that are asked about: of a fund, of a place, or one of them by its key."""
    tranches = Tranche.objects.filter(
        programme=scope.programme, state__in=PAID, agreement__project__place__code__startswith=scope.place
    )
    if scope["fund"]:
        tranches = tranches.filter(agreement__fund__code=scope["fund"])
    if scope["tranche"]:
        if not scope["tranche"].isdecimal() or not tranches.filter(pk=int(scope["tranche"])).exists():
            raise Refusal("record.not_found")
        tranches = tranches.filter(pk=int(scope["tranche"]))
    return tranches


@figure(
    "tranches.paid",
    label=Name(en="Paid in tranches", km="បានបង់តាមដំណាក់កាល"),
    rule=Name(en="The tranches whose money has left the account.", km="ដំណាក់កាលដែលប្រាក់បានចេញពីគណនី។"),
    takes=("fund", "tranche"),
)
def tranches_paid(scope: Scope) -> Records:
    records = _tranches(scope).select_related("agreement__project").order_by("paid_on", "id")
    return Records(records, column="units", currency=scope.programme.currency)


@figure(
    "tranches.liquidated",
    label=Name(en="Accounted for by vouchers", km="បានទូទាត់ដោយប័ណ្ណចំណាយ"),
    rule=Name(en="The accepted vouchers of these tranches.", km="ប័ណ្ណចំណាយដែលបានទទួលស្គាល់នៃដំណាក់កាលទាំងនេះ។"),
    takes=("fund", "tranche"),
)
def tranches_liquidated(scope: Scope) -> Records:
    vouchers = Voucher.objects.filter(state="accepted", tranche__in=_tranches(scope).values("pk"))
    records = vouchers.select_related("tranche__agreement__project").order_by("dated", "id")
    return Records(records, column="units", currency=scope.programme.currency)


@figure(
    "tranches.refunded",
    label=Name(en="Paid back", km="បានបង្វិល"),
    rule=Name(en="What came back of these tranches.", km="ប្រាក់បង្វិលនៃដំណាក់កាលទាំងនេះ។"),
    takes=("fund", "tranche"),
)
def tranches_refunded(scope: Scope) -> Records:
    refunds = Refund.objects.filter(state=REFUND.initial, tranche__in=_tranches(scope).values("pk"))
    records = refunds.select_related("tranche__agreement__project").order_by("on", "id")
    return Records(records, column="units", currency=scope.programme.currency)


@figure(
    "tranches.outstanding",
    label=Name(en="Not yet accounted for", km="មិនទាន់ទូទាត់"),
    rule=Name(
        en="Paid, less what vouchers account for and what came back: paid = accounted for + paid back + this.",
        km="បានបង់ ដកអ្វីដែលប័ណ្ណចំណាយបានទូទាត់ និងបានបង្វិល៖ បានបង់ = បានទូទាត់ + បានបង្វិល + ចំនួននេះ។",
    ),
    takes=("fund", "tranche"),
)
def tranches_outstanding(scope: Scope) -> Total:
    less = figure_of("tranches.liquidated", scope), figure_of("tranches.refunded", scope)
    return Total((figure_of("tranches.paid", scope),), less=less)
