"""One bill, paid twice: on a commune's voucher or a payment of the treasury, and on a document of our own books."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from laar.base.models import Attachment, Programme
from laar.base.objectors import objects_to
from laar.kit.money import Money
from laar.kit.names import fold, gives_reason
from laar.kit.refusals import Refusal
from laar.ledger.models import Document, DocumentLine
from laar.ledger.queries import twin_of
from laar.ledger.queries.entries import is_undone
from laar.ledger.rules import PAID_ONCE
from laar.projects.models import TreasuryPayment, Voucher
from laar.projects.rules import TREASURY_PAYMENT, VOID_VOUCHERS, number_key

#: What is paid once among the copies of a voucher and of a payment of the treasury; a contract is paid in parts.
COPIED_ONCE = ("voucher", "payment_order", "slip")
#: Documents on which a bill is paid.
PAYING = ("payment", "liquidation")


def twin_anywhere(document: Document) -> Document | Voucher | TreasuryPayment | None:
    """Another document on the same bill or list, or what a commune or the treasury paid by it."""
    return twin_of(document) or paid_elsewhere(document)


def paid_elsewhere(document: Document) -> Voucher | TreasuryPayment | None:
    """The voucher or the payment of the treasury that stands on the bill of a document: by the same file, or by the same
    payee, number and amount. A reversal pays nothing by its paper.
    """
    if document.reverses_id:
        return None
    papers = Attachment.objects.filter(table=Document._meta.label_lower, key=document.pk, role__in=PAID_ONCE)
    same = Attachment.objects.filter(
        programme_id=document.programme_id, role__in=COPIED_ONCE, evidence__sha256__in=papers.values("evidence__sha256")
    )
    vouchers = Voucher.objects.filter(programme=document.programme_id).exclude(state__in=VOID_VOUCHERS).order_by("id")
    payments = TreasuryPayment.objects.filter(programme=document.programme_id, state=TREASURY_PAYMENT.initial)
    return (
        vouchers.filter(pk__in=same.filter(table=Voucher._meta.label_lower).values("key")).first()
        or payments.filter(pk__in=same.filter(table=TreasuryPayment._meta.label_lower).values("key")).first()
        or next((one for one in vouchers.filter(_of_amount(document)) if _says_the_same(document, one)), None)
    )


def document_paying(
    programme: Programme, digests: Iterable[str], *, payee: str, number: str, amount: Money
) -> Document | None:
    """The document of our own books that stands on the same bill, and did not say why."""
    standing = Document.objects.filter(programme=programme, reverses=None, why_en="", why_km="").exclude(state="void")
    papers = Attachment.objects.filter(table=Document._meta.label_lower, role__in=PAID_ONCE)
    found = list(standing.filter(pk__in=papers.filter(evidence__sha256__in=list(digests)).values("key")))
    lines = DocumentLine.objects.filter(currency=amount.currency, units=-amount.units, document__kind__in=PAYING)
    found += [
        one
        for one in standing.filter(pk__in=lines.values("document")).select_related("payee")
        if _names(one, payee, number)
    ]
    return next((one for one in found if not is_undone(one.entry_id)), None)


def voucher_paid_by_us(voucher: Voucher) -> Document | None:
    """The document of our own books that stands on the bill of a voucher, and did not say why."""
    papers = Attachment.objects.filter(table=Voucher._meta.label_lower, key=voucher.pk, role__in=COPIED_ONCE)
    return document_paying(
        voucher.programme,
        papers.values_list("evidence__sha256", flat=True),
        payee=voucher.payee,
        number=voucher.number,
        amount=voucher.amount,
    )


@objects_to("document.paper")
def a_bill_is_paid_once(document: Document) -> None:
    """What a commune or the treasury paid by a bill is not paid again by us, unless it is said why."""
    other = paid_elsewhere(document)
    if other is not None and not gives_reason(document.why):
        raise Refusal("document.paper_twice", document=document.name, other=other.name)


def _of_amount(document: Document) -> Q:
    """Records over an amount that a document pays."""
    amounts = document.lines.filter(units__lt=0).values_list("currency", "units") if document.kind in PAYING else ()
    found = Q(pk__in=())
    for currency, units in amounts:
        found |= Q(currency=currency, units=-units)
    return found


def _says_the_same(document: Document, voucher: Voucher) -> bool:
    return _names(document, voucher.payee, voucher.number)


def _names(document: Document, payee: str, number: str) -> bool:
    """Whether a document names the same payee, and the number of the bill in its text."""
    ours = document.payee_text or (document.payee.name.en if document.payee else "")
    key, text = number_key(number), number_key(f"{document.text_en} {document.text_km}")
    return bool(key) and key in text and fold(ours) == fold(payee)
