"""The rates: which hold, whose they are, and a published file that is looked at before it is loaded."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laar.base.clock import today
from laar.desk.books.cash.common import (
    carried_out,
    day_typed,
    done_here,
    keep_sent,
    kept_file,
    mapping_chosen,
    may,
    shown,
)
from laar.kit.refusals import Refusal
from laar.ledger.actions import import_rate, read_rate_file
from laar.ledger.inforeuro import SOURCE
from laar.ledger.models import ColumnMapping, Fund
from laar.ledger.queries import newest_rates, rate_sources

#: How many of the newest rates are shown.
SHOWN = 24


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rates(request: HttpRequest) -> HttpResponse:
    """The newest rates; a file that was sent is shown with what it would change, and loaded by a second button."""
    here = shown(request)
    refusal, error, preview = None, "", {}
    try:
        if request.method == "POST":
            if "apply" in request.POST:
                return _apply(request)
            if sheet := keep_sent(request):
                said = {"sheet": sheet, "list": request.POST.get("list", ""), "of": request.POST.get("of", "")}
                return redirect(f"{reverse('rates')}?{urlencode(said)}#preview")
            error = _("Choose a file first.")
        elif "sheet" in request.GET:
            preview = _preview(request)
    except Refusal as no:
        refusal = no
    context = {
        "rates": newest_rates(SHOWN),
        "sources": rate_sources(),
        "mappings": ColumnMapping.objects.filter(programme=here.programme, kind="rates").order_by("label"),
        "funds": Fund.objects.filter(programme=here.programme, kind="grant").order_by("code"),
        "may": may(here.user, "rate.import", here.programme),
        "refusal": refusal,
        "error": error,
        "published": SOURCE,
        **preview,
        **done_here(request),
    }
    status = refusal.status if refusal else 422 if error else 200
    return render(request, "desk/books/cash/rates.html", context, status=status)


def _asked(request: HttpRequest, said: Any) -> dict[str, Any]:
    """By which list the file is read, and of which day or month it is where it does not say so."""
    key = said.get("list", "")
    mapping = mapping_chosen(shown(request).programme, "rates", key) if key else None
    return {"mapping": mapping, "of": day_typed(said.get("of", ""))}


def _preview(request: HttpRequest) -> dict[str, Any]:
    content, name = kept_file(request, request.GET["sheet"])
    judged = read_rate_file(content, name, **_asked(request, request.GET))
    by_state = {state: [one for one in judged if one.state == state] for state in ("corrected", "new", "same")}
    return {
        "sheet": request.GET["sheet"],
        "list": request.GET.get("list", ""),
        "of": request.GET.get("of", ""),
        "file": name,
        "judged": [*by_state["corrected"], *by_state["new"]],
        "counts": {state: len(found) for state, found in by_state.items()},
    }


def _apply(request: HttpRequest) -> HttpResponse:
    here = shown(request)
    content, name = kept_file(request, request.POST.get("sheet", ""))
    asked = _asked(request, request.POST)
    return carried_out(
        request,
        reverse("rates"),
        lambda command: import_rate(
            here.programme, content, file=name, **asked, by=here.user, on=today(), command=command
        ),
    )
