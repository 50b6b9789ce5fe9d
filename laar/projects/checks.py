"""What `verify` recounts about the money of projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from laar.base.faults import Fault, check
from laar.kit.money import Money
from laar.kit.names import Name, name_of
from laar.ledger.models import Account, CommitmentMove, Fund, ImportedEntry, Posting
from laar.ledger.queries.documents import Part, out_by_documents
from laar.projects.models import Agreement, Contribution, Delivery, Refund, Share, Tranche, TreasuryPayment, Voucher
from laar.projects.rules import PAID, REFUND, TREASURY_PAYMENT


@check("projects.nothing_beyond_what_is_left")
def nothing_is_beyond_what_is_left() -> Iterator[Fault]:
    """Vouchers and refunds are not more than their tranche, treasury payments not more than the commune's part."""
    spent = _summed(Voucher.objects.filter(tranche=OuterRef("pk"), state="accepted"), "tranche")
    back = _summed(Refund.objects.filter(tranche=OuterRef("pk"), state=REFUND.initial), "tranche")
    paid = _summed(TreasuryPayment.objects.filter(share=OuterRef("pk"), state=TREASURY_PAYMENT.initial), "share")
    for record in (
        *Tranche.objects.annotate(used=spent + back).filter(used__gt=F("units")),
        *Share.objects.annotate(used=paid).filter(used__gt=F("units")),
    ):
        name = name_of(record)
        yield Fault(
            "projects.nothing_beyond_what_is_left",
            Name(en=f"{name.en}: more is accounted for than there was.", km=f"{name.km}៖ បានទូទាត់លើសចំនួនដែលមាន។"),
            record._meta.label_lower,
            record.pk,
        )


def _summed(records: QuerySet[Any], by: str, column: str = "units") -> Coalesce:
    return Coalesce(Subquery(records.order_by().values(by).annotate(_sum=Sum(column)).values("_sum")), 0)


@check("projects.advances_stand")
def advances_stand_in_the_books() -> Iterator[Fault]:
    """On each account for advances of our books stands, by fund and currency, what is open of advances and tranches.

    What another program's journal brought has its advances there, not here.
    """
    out: dict[Part, dict[Model, int]] = defaultdict(lambda: defaultdict(int))
    for part, documents in out_by_documents().items():
        for document, units in documents:
            out[part][document] += units
    spent = _summed(Voucher.objects.filter(tranche=OuterRef("pk"), state="accepted", only_accounts=False), "tranche")
    back = _summed(Refund.objects.filter(tranche=OuterRef("pk"), state=REFUND.initial), "tranche")
    tranches = Tranche.objects.filter(state__in=PAID, is_cost=False, agreement__advances__use="advance")
    for tranche in tranches.annotate(left=F("units") - spent - back).select_related("agreement"):
        agreement = tranche.agreement
        out[agreement.advances_id, agreement.fund_id, tranche.currency][tranche] += tranche.left
    posted = Posting.objects.filter(account__use="advance", account__book__is_memorandum=False)
    imported = ImportedEntry.objects.values("entry")
    own = posted.exclude(entry__in=imported).exclude(entry__reverses__in=imported).order_by()
    sums = own.values_list("account_id", "fund_id", "currency").annotate(sum=Sum("units"))
    stands = {(account, fund, currency): units for account, fund, currency, units in sums}
    for part in sorted(out.keys() | stands.keys()):
        if stands.get(part, 0) != sum(out[part].values()):
            yield _not_out(part, stands.get(part, 0), out[part])


def _not_out(part: Part, stands: int, out: Mapping[Model, int]) -> Fault:
    """Which account of which book says something else than the advances that are open on it, each with what is left."""
    account = Account.objects.select_related("book").get(pk=part[0])
    fund, currency = Fund.objects.get(pk=part[1]), part[2]
    names = [(name_of(record), Money(units, currency)) for record, units in out.items() if units]
    said, together = Money(stands, currency), Money(sum(out.values()), currency)
    return Fault(
        "projects.advances_stand",
        Name(
            en=f"{account.book.name.en}, {account.name.en}, {fund.name.en}: {said} stands there, but {together} is open: "
            + ("; ".join(f"{name.en} ({left})" for name, left in names) or "no advance"),
            km=f"{account.book.name.km} {account.name.km} {fund.name.km}៖ ក្នុងបញ្ជីមាន {said} ប៉ុន្តែនៅបើក {together}៖ "
            + ("; ".join(f"{name.km or name.en} ({left})" for name, left in names) or "គ្មានបុរេប្រទាន"),
        ),
        account._meta.label_lower,
        account.pk,
    )


@check("projects.contributions_add_up")
def contributions_add_up() -> Iterator[Fault]:
    """What was received of a contribution is the sum of its deliveries, each worth what was counted, and as the books say.

    What was received before deliveries were written down one by one has none; its own trail says what it was.
    """
    parts = Delivery.objects.filter(contribution=OuterRef("pk"))
    brought = Posting.objects.filter(entry=OuterRef("entry"), account__kind="income", currency=OuterRef("currency"))
    booked = Delivery.objects.filter(entry__isnull=False).annotate(
        booked_units=_summed(brought, "entry"), booked_worth=_summed(brought, "entry", "in_book")
    )
    for record in (
        *Contribution.objects.filter(Exists(parts))
        .annotate(sum=_summed(parts, "contribution"), sum_worth=_summed(parts, "contribution", "worth"))
        .exclude(units=F("sum"), worth=F("sum_worth"))
        .order_by("pk"),
        *Delivery.objects.filter(contribution__kind="in_kind")
        .exclude(units=F("contribution__promised_units") / F("contribution__quantity") * F("quantity"))
        .order_by("pk"),
        *booked.exclude(units=-1 * F("booked_units"), worth=-1 * F("booked_worth")).order_by("pk"),
    ):
        name = name_of(record)
        yield Fault(
            "projects.contributions_add_up",
            Name(
                en=f"{name.en}: what was received is not what was counted, or not what the books say.",
                km=f"{name.km}៖ អ្វីដែលបានទទួលមិនត្រូវនឹងចំនួនដែលបានរាប់ ឬនឹងបញ្ជីគណនេយ្យ។",
            ),
            record._meta.label_lower,
            record.pk,
        )


@check("projects.commitments_follow")
def commitments_follow_the_money() -> Iterator[Fault]:
    """What an agreement promised, paid, took back and has advanced is what its tranches, vouchers and refunds say."""
    agreements = Agreement.objects.filter(commitment__isnull=False)
    paid = _summed(Tranche.objects.filter(agreement=OuterRef("pk"), state__in=PAID), "agreement")
    advanced = _summed(Tranche.objects.filter(agreement=OuterRef("pk"), state__in=PAID, is_cost=False), "agreement")
    back = _of_tranches(Refund.objects.filter(state=REFUND.initial))
    back_of_advances = _of_tranches(Refund.objects.filter(state=REFUND.initial, tranche__is_cost=False))
    spent = _of_tranches(Voucher.objects.filter(state="accepted", only_accounts=False))
    for agreement in (
        agreements.annotate(
            wanted=F("units"),
            made=_moves("made", "units"),
            net=paid - back,
            drawn=-1 * _moves("drawn", "units") - _moves("returned", "units"),
            wanted_out=advanced - back_of_advances - spent,
            out=_moves("", "out"),
        )
        .exclude(made=F("wanted"), drawn=F("net"), out=F("wanted_out"))
        .order_by("pk")
    ):
        name = name_of(agreement)
        yield Fault(
            "projects.commitments_follow",
            Name(
                en=f"{name.en}: its commitment does not say what was paid.",
                km=f"{name.km}៖ ការសន្យាមិនត្រូវនឹងអ្វីដែលបានបង់ទេ។",
            ),
            agreement._meta.label_lower,
            agreement.pk,
        )


def _moves(kind: str, column: str) -> Coalesce:
    moves = CommitmentMove.objects.filter(commitment=OuterRef("commitment"))
    if kind:
        moves = moves.filter(kind=kind)
    return Coalesce(Subquery(moves.order_by().values("commitment").annotate(sum=Sum(column)).values("sum")), 0)


def _of_tranches(records: QuerySet[Any]) -> Coalesce:
    """What vouchers or refunds of an agreement's tranches come to."""
    of = records.filter(tranche__agreement=OuterRef("pk")).order_by()
    return Coalesce(Subquery(of.values("tranche__agreement").annotate(sum=Sum("units")).values("sum")), 0)


@check("projects.paid_from_the_books")
def money_is_in_the_books() -> Iterator[Fault]:
    """What was paid is in the books, and what was taken back no more; tranches add up to their agreement."""
    for wrong in (
        _not_posted(Tranche.objects.filter(state__in=PAID, is_cost=False), "agreement__advances"),
        _not_posted(Tranche.objects.filter(state__in=PAID, is_cost=True), "agreement__expense"),
        _not_posted(Voucher.objects.filter(state="accepted", only_accounts=False), "tranche__agreement__expense"),
        Voucher.objects.filter(state="accepted").exclude(only_accounts=F("tranche__is_cost")),
        _not_posted(Refund.objects.all(), "tranche__agreement__bank"),
        _not_posted(TreasuryPayment.objects.all(), "share__expense"),
        *(
            model._default_manager.filter(state="reversed", entry__isnull=False, entry__reversal=None).order_by("pk")
            for model in (Voucher, Refund, TreasuryPayment)
        ),
        Agreement.objects.annotate(sum=Sum("tranches__units")).exclude(sum=F("units")),
    ):
        for record in wrong:
            yield _fault(record)


def _not_posted(records: QuerySet, account: str) -> QuerySet:  # type: ignore[type-arg]  # of any table with an entry
    """Those whose entry does not debit this account with their amount."""
    posted = Posting.objects.filter(
        entry=OuterRef("entry"), account=OuterRef(account), currency=OuterRef("currency"), units=OuterRef("units")
    )
    return records.exclude(Exists(posted)).order_by("pk")


def _fault(record: Model) -> Fault:
    name = name_of(record)
    return Fault(
        "projects.paid_from_the_books",
        Name(
            en=f"{name.en}: the amount is not the one in the books.",
            km=f"{name.km}៖ ចំនួនមិនត្រូវនឹងបញ្ជីគណនេយ្យ។",
        ),
        record._meta.label_lower,
        record.pk,
    )
