"""Reads of the money of a project: what is accounted for, what came back, what is still open."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from laar.base.models import Evidence, Programme
from laar.kit.money import Money
from laar.ledger.models import Posting
from laar.projects.models import Project, Refund, Share, Tranche, TreasuryPayment, Voucher
from laar.projects.rules import PAID, REFUND, TREASURY_PAYMENT, VOID_VOUCHERS, number_key


def accepted(tranche: Tranche) -> Money:
    """What accepted vouchers account for, of a tranche."""
    return _sum(tranche.vouchers.filter(state="accepted"), tranche.currency)


def unaccounted(tranche: Tranche) -> Money:
    """What of a tranche neither vouchers nor refunds account for: liquidated + refunded + this = paid."""
    return tranche.amount - accepted(tranche) - _sum(tranche.refunds.filter(state=REFUND.initial), tranche.currency)


def outstanding(project: Project) -> Money:
    """What was paid and is not accounted for yet, by vouchers or refunds. Zero at settlement."""
    agreement = project.agreement
    paid = _sum(agreement.tranches.filter(state__in=PAID), agreement.currency)
    spent = _sum(Voucher.objects.filter(tranche__agreement=agreement, state="accepted"), agreement.currency)
    back = Refund.objects.filter(tranche__agreement=agreement, state=REFUND.initial)
    return paid - spent - _sum(back, agreement.currency)


def any_paid(project: Project) -> bool:
    """Whether any money of a project was paid at all."""
    return Tranche.objects.filter(agreement__project=project, state__in=PAID).exists()


def earlier(tranche: Tranche) -> Tranche | None:
    """The tranche before this one."""
    return tranche.agreement.tranches.filter(number=tranche.number - 1).first()


def share_of(project: Project) -> Share | None:
    """The commune's part of a project, where it agreed one."""
    return Share.objects.filter(agreement__project=project).select_related("decision").first()


def paid_by_treasury(share: Share) -> Money:
    """What the treasury has paid of the commune's part."""
    return _sum(share.payments.filter(state=TREASURY_PAYMENT.initial), share.currency)


def pending_share(project: Project) -> Money | None:
    """What of the commune's part the treasury has not paid yet; None where the commune has no part."""
    share = share_of(project)
    return share.amount - paid_by_treasury(share) if share else None


def paid_tranches(programme: Programme, kind: str, prefix: str = "") -> QuerySet[Tranche]:
    """The tranches of a kind of project that were paid."""
    return (
        Tranche.objects.filter(
            programme=programme,
            state__in=PAID,
            agreement__project__kind=kind,
            agreement__project__place__code__startswith=prefix,
        )
        .select_related("agreement__project__place", "entry")
        .order_by("paid_on", "id")
    )


def refunds(programme: Programme, kind: str, prefix: str = "") -> QuerySet[Refund]:
    """What came back of the tranches of a kind of project."""
    return (
        Refund.objects.filter(
            programme=programme,
            state=REFUND.initial,
            tranche__agreement__project__kind=kind,
            tranche__agreement__project__place__code__startswith=prefix,
        )
        .select_related("tranche__agreement__project__place", "entry")
        .order_by("on", "id")
    )


def treasury_payments(programme: Programme, prefix: str = "") -> QuerySet[TreasuryPayment]:
    """What the treasury paid from commune/sangkat funds; `booked` is the amount in the currency of the book."""
    spent = Posting.objects.filter(
        entry=OuterRef("entry"), account=OuterRef("share__expense"), account__book__is_memorandum=True
    )
    return (
        TreasuryPayment.objects.filter(
            programme=programme,
            state=TREASURY_PAYMENT.initial,
            share__agreement__project__place__code__startswith=prefix,
        )
        .annotate(booked=Subquery(spent.values("entry").annotate(sum=Sum("in_book")).values("sum")))
        .select_related("share__agreement__project__place", "entry", "decision")
        .order_by("on", "id")
    )


def _sum(records: QuerySet, currency: str) -> Money:  # type: ignore[type-arg]  # of any table with units
    return Money(records.aggregate(sum=Sum("units"))["sum"] or 0, currency)


def standing_on(tranche: Tranche) -> Voucher | Refund | Tranche | None:
    """A voucher or a refund that stands on a tranche, or the next one where its money is out."""
    return (
        tranche.vouchers.exclude(state__in=VOID_VOUCHERS).first()
        or tranche.refunds.filter(state=REFUND.initial).first()
        or tranche.agreement.tranches.filter(number__gt=tranche.number, state__in=PAID).first()
    )


def voucher_of_paper(paper: Evidence) -> Voucher | None:
    """The voucher that a paper proves already, unless it was refused or taken back: one receipt is paid for once."""
    keys = paper.attachments.filter(table=Voucher._meta.label_lower).values("key")
    return Voucher.objects.filter(pk__in=keys).exclude(state__in=VOID_VOUCHERS).first()


def voucher_numbered(programme: Programme, number: str) -> Voucher | None:
    """The voucher with a number, however it was typed; not one that was refused or taken back."""
    same = Voucher.objects.filter(programme=programme, number_key=number_key(number))
    return same.exclude(state__in=VOID_VOUCHERS).first()
