"""What `verify` recounts about the money of projects."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Sum

from laar.base.faults import Fault, check
from laar.kit.names import Name
from laar.ledger.models import Posting
from laar.projects.models import Agreement, Tranche, Voucher
from laar.projects.rules import PAID


@check("projects.paid_from_the_books")
def tranches_are_in_the_books() -> Iterator[Fault]:
    """Every paid tranche and accepted voucher is in the books with its amount; tranches add up to the agreement."""
    for tranche in Tranche.objects.filter(state__in=PAID).select_related("agreement__project").iterator():
        if not _is_posted(tranche, tranche.agreement.advances_id):
            yield _fault(tranche, tranche.name)
    for voucher in Voucher.objects.filter(state="accepted").select_related("tranche__agreement").iterator():
        if not _is_posted(voucher, voucher.tranche.agreement.expense_id):
            yield _fault(voucher, voucher.name)
    sums = Agreement.objects.annotate(sum=Sum("tranches__units")).exclude(sum=F("units"))
    for agreement in sums:
        yield _fault(agreement, agreement.name)


def _is_posted(record: Tranche | Voucher, account: int) -> bool:
    return (
        record.entry_id is not None
        and Posting.objects.filter(
            entry_id=record.entry_id, account_id=account, currency=record.currency, units=record.units
        ).exists()
    )


def _fault(record: Tranche | Voucher | Agreement, name: Name) -> Fault:
    return Fault(
        "projects.paid_from_the_books",
        Name(
            en=f"{name.en}: the amount is not the one in the books.",
            km=f"{name.km}៖ ចំនួនមិនត្រូវនឹងបញ្ជីគណនេយ្យ។",
        ),
        record._meta.label_lower,
        record.pk,
    )
