"""The cash boxes, and the book of each: opening, in, out, balance by day, beside what was counted."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laar.base.clock import today
from laar.base.queries import day_in
from laar.desk.books.cash.common import account_shown, may, month_asked, shown
from laar.kit.periods import month
from laar.ledger.queries import accounts_for, cash_book, held, held_figure, holds_foreign, is_over_limit, last_count


@require_safe
@login_required
def boxes(request: HttpRequest) -> HttpResponse:
    """Every cash box with what is in it by the books, and when it was counted last."""
    here = shown(request)
    rows = []
    for account in accounts_for(here.programme, "cash"):
        inside = held(account)
        is_over = is_over_limit(account, today(), inside)
        rows.append((account, held_figure(account), last_count(account, today()), is_over))
    return render(request, "desk/books/cash/boxes.html", {"rows": rows, "book": here.book})


@require_safe
@login_required
def box(request: HttpRequest, code: str) -> HttpResponse:
    """The book of one cash box for a month."""
    here, account = account_shown(request, code, "cash")
    period = month_asked(request, day_in(here.programme))
    context = {
        "book": cash_book(account, period),
        "account": account,
        "opening": held_figure(account, period.since - timedelta(days=1)),
        "closing": held_figure(account, period.last),
        "earlier": month(period.since - timedelta(days=1)).since,
        "later": period.until,
        "may_count": may(here.user, "cash.count", account),
        "may_revalue": holds_foreign(account) and may(here.user, "account.revalue", account),
    }
    return render(request, "desk/books/cash/box.html", context)
