"""What `verify` recounts about the money of projects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from laar.base.faults import Fault, check
from laar.kit.names import Name, name_of
from laar.ledger.models import Posting
from laar.projects.models import Agreement, Refund, Share, Tranche, TreasuryPayment, Voucher
from laar.projects.rules import PAID


@check("projects.nothing_beyond_what_is_left")
def nothing_is_beyond_what_is_left() -> Iterator[Fault]:
    """Vouchers and refunds are not more than their tranche, treasury payments not more than the commune's part."""
    spent = _summed(Voucher.objects.filter(tranche=OuterRef("pk"), state="accepted"), "tranche")
    back = _summed(Refund.objects.filter(tranche=OuterRef("pk")), "tranche")
    paid = _summed(TreasuryPayment.objects.filter(share=OuterRef("pk")), "share")
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


def _summed(records: QuerySet[Any], by: str) -> Coalesce:
    return Coalesce(Subquery(records.order_by().values(by).annotate(sum=Sum("units")).values("sum")), 0)


@check("projects.paid_from_the_books")
def money_is_in_the_books() -> Iterator[Fault]:
    """Every tranche, voucher, refund and treasury payment is in the books; tranches add up to their agreement."""
    for wrong in (
        _not_posted(Tranche.objects.filter(state__in=PAID), "agreement__advances"),
        _not_posted(Voucher.objects.filter(state="accepted"), "tranche__agreement__expense"),
        _not_posted(Refund.objects.all(), "tranche__agreement__bank"),
        _not_posted(TreasuryPayment.objects.all(), "share__expense"),
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
