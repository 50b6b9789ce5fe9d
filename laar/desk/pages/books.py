"""A book, read: its trial balance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laar.base.access import visible
from laar.base.queries import programme_for
from laar.desk.page import reader
from laar.kit.refusals import Refusal
from laar.ledger.models import Book
from laar.ledger.queries import balances, book_called
from laar.ledger.queries.books import standing_of


@require_safe
def book(request: HttpRequest, owner: str, code: str) -> HttpResponse:
    """The trial balance of one book."""
    shown = book_called(programme_for(reader(request), owner), code)
    if not visible(reader(request), Book.objects.filter(pk=shown.pk)).exists():
        raise Refusal("record.not_found")
    (standing,) = standing_of(shown.programme, [shown])
    context = {"book": shown, "balances": balances(shown), "total": standing.balance}
    return render(request, "desk/book.html", context)
