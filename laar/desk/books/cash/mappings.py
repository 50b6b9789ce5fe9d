"""Which column of a bank's file is what: said once, kept for every file of that bank."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laar.base.clock import today
from laar.desk.books.cash.common import account_shown, carried_out, done_here, shown
from laar.kit.money import DECIMALS
from laar.kit.refusals import Refusal
from laar.ledger.actions import keep_mapping
from laar.ledger.files import DATES, DECIMAL_SIGNS, MEANINGS, NEEDED
from laar.ledger.models import ColumnMapping


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bank_columns(request: HttpRequest, code: str) -> HttpResponse:
    """The columns of a bank's statements."""
    _here, account = account_shown(request, code, "bank")
    back = reverse("bank_account", args=[account.code])
    return columns_page(request, "bank", back, account.name)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rate_columns(request: HttpRequest) -> HttpResponse:
    """The columns of a national bank's list of rates."""
    return columns_page(request, "rates", reverse("rates"), None)


def columns_page(request: HttpRequest, kind: str, back: str, about: Any) -> HttpResponse:
    """The page on which it is said, and kept."""
    here = shown(request)
    label = request.POST.get("label", request.GET.get("label", ""))
    there = ColumnMapping.objects.filter(programme=here.programme, kind=kind, label=label).first()
    refusal, error = None, ""
    if request.method == "POST":
        columns = {key: request.POST.get(f"column-{key}", "") for key in MEANINGS[kind]}
        written = {"date": request.POST.get("date", ""), "decimal": request.POST.get("decimal", "")}
        if kind == "rates":
            written["quoted_in"] = request.POST.get("quoted_in", "")
        if not label.strip() or written["date"] not in DATES or written["decimal"] not in DECIMAL_SIGNS:
            error = _("Say the name of the bank, and how it writes days and decimals.")
        else:
            try:
                return carried_out(
                    request,
                    back,
                    lambda command: keep_mapping(
                        here.programme,
                        kind,
                        label,
                        columns=columns,
                        written=written,
                        by=here.user,
                        on=today(),
                        command=command,
                    ),
                )
            except Refusal as no:
                refusal = no
    typed = request.POST if request.method == "POST" else None
    columns_now = there.columns if there else {}
    fields = [
        (
            key,
            name,
            typed.get(f"column-{key}", "") if typed is not None else columns_now.get(key, ""),
            key in NEEDED[kind],
        )
        for key, name in MEANINGS[kind].items()
    ]
    now = {"date": "%d/%m/%Y", "decimal": ".", "quoted_in": "KHR", **(there.written if there else {})}
    if typed is not None:
        now |= {key: typed[key] for key in now if key in typed}
    context = {
        "kind": kind,
        "about": about,
        "label": label,
        "fields": fields,
        "dates": DATES.items(),
        "decimals": DECIMAL_SIGNS.items(),
        "currencies": DECIMALS,
        "now": now,
        "back": back,
        "refusal": refusal,
        "error": error,
        **done_here(request),
    }
    status = refusal.status if refusal else 422 if error else 200
    return render(request, "desk/books/cash/columns.html", context, status=status)
