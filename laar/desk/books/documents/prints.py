"""A document of the books, an entry and a payment list as PDF, for who may see them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from laar.base.access import knows_persons, visible
from laar.desk.page import reader
from laar.events.models import PaymentList
from laar.kit.refusals import Refusal
from laar.ledger.models import Document, Entry
from laar.reports.vouchers import document_as_pdf, entry_as_pdf, list_as_pdf


@require_safe
@login_required
def document_pdf(request: HttpRequest, key: int) -> HttpResponse:
    """A document on one sheet."""
    eyes = reader(request)
    found = visible(eyes, Document.objects.filter(pk=key)).first()
    if found is None:
        raise Refusal("record.not_found")
    return _sent(document_as_pdf(found, names_payee=knows_persons(eyes)), found.number)


@require_safe
@login_required
def entry_pdf(request: HttpRequest, key: int) -> HttpResponse:
    """An entry on the same sheet."""
    eyes = reader(request)
    found = visible(eyes, Entry.objects.filter(pk=key)).first()
    if found is None:
        raise Refusal("record.not_found")
    return _sent(entry_as_pdf(found, names_payee=knows_persons(eyes)), found.document or f"entry-{found.number}")


@require_safe
@login_required
def payments_pdf(request: HttpRequest, key: int) -> HttpResponse:
    """The list on which participants sign; it names persons."""
    eyes = reader(request)
    found = visible(eyes, PaymentList.objects.filter(pk=key)).first()
    if found is None or not knows_persons(eyes):
        raise Refusal("record.not_found")
    return _sent(list_as_pdf(found), f"payments-{found.pk}")


def _sent(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
