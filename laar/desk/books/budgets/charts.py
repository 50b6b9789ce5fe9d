"""The budget forms and the chart of accounts: those that come with LAAR, or a file of one's own; what would change."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from laar.base.access import Permission
from laar.base.clock import now, today
from laar.base.models import Programme, User
from laar.base.rules import verb_of
from laar.desk.page import programme, signed_in
from laar.desk.verbs.sent import command_of
from laar.kit.refusals import Refusal
from laar.kit.sheets import MOST_BYTES
from laar.ledger.actions import load_chart, load_heading
from laar.ledger.charts import FORMS, accounts_in, headings_in, own_file
from laar.ledger.models import Book
from laar.ledger.queries import account_differences, books_of, heading_differences, headings_of

#: Of a long list of differences so many are shown.
SHOWN = 60


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def forms(request: HttpRequest) -> HttpResponse:
    """Which forms are loaded, what loading one would change, and loading it."""
    who, there = signed_in(request), programme(request)
    Permission(who, verb_of("heading.load"), now()).require(there, today())
    refusal = None
    if request.method == "POST":
        try:
            return redirect(f"{reverse('budget_forms')}?done={_load(request, who, there)}")
        except Refusal as no:
            refusal = no
    books = [book for book in books_of(there) if not book.is_memorandum]
    context = {
        "forms": [_form(there, chart) for chart in FORMS],
        "books": [_accounts(book) for book in books],
        "refusal": refusal,
        "nonce": uuid4(),
        "shown": SHOWN,
    }
    return render(request, "books/budgets/forms.html", context, status=refusal.status if refusal else 200)


def _form(there: Programme, chart: str) -> dict[str, Any]:
    file = f"headings-{chart}.csv"
    return {
        "chart": chart,
        "name": FORMS[chart],
        "loaded": len(headings_of(there, chart)),
        "differences": heading_differences(there, chart, headings_in(own_file(file), file)),
    }


def _accounts(book: Book) -> dict[str, Any]:
    rows = accounts_in(own_file("accounts-ngo.csv"), "accounts-ngo.csv")
    return {"book": book, "loaded": book.accounts.count(), "differences": account_differences(book, rows)}


def _load(request: HttpRequest, who: User, there: Programme) -> UUID:
    """Load our own file, or the one that was sent. Raises Refusal."""
    command, sent = command_of(request), request.FILES.get("file")
    if sent is not None and (sent.size or 0) > MOST_BYTES:
        raise Refusal("sheet.too_large", file=sent.name, most=MOST_BYTES // 2**20)
    name = (sent.name or "") if sent else ""
    if code := request.POST.get("book"):
        book = books_of(there).filter(code=code).first()
        if book is None:
            raise Refusal("record.not_found")
        rows = accounts_in(sent.read() if sent else own_file("accounts-ngo.csv"), name or "accounts-ngo.csv")
        load_chart(book, rows=rows, by=who, on=today(), command=command)
        return command
    chart = request.POST.get("chart", "")
    if chart not in FORMS and sent is None:
        raise Refusal("record.not_found")
    file = f"headings-{chart}.csv"
    headings = headings_in(sent.read() if sent else own_file(file), name or file)
    load_heading(there, chart, rows=headings, by=who, on=today(), command=command)
    return command
