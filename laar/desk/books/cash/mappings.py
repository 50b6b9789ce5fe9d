"""Which column of a file is what: said once, with one of the files beside it, and kept for all that come after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from laar.base.clock import today
from laar.desk.books.cash.common import Shown, account_shown, carried_out, done_here, keep_sent, kept_file, shown
from laar.kit.money import DECIMALS
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.kit.sheets import ENCODINGS, UTF_8
from laar.ledger.actions import keep_mapping
from laar.ledger.files import DATES, DECIMAL_SIGNS, MEANINGS, NEEDED, ROUNDS, Reading
from laar.ledger.models import ColumnMapping
from laar.ledger.samples import Sample, sample_of

#: What may be said of how a file writes, beside its columns.
WAYS = ("date", "decimal", "encoding", "quoted_in", "round")
#: What the label of a mapping is, by its kind.
LABELS = {
    "bank": (_("Name of the bank"), _("As you call it.")),
    "rates": (_("Whose rates"), _("These words are the source of the rates.")),
    "journal": (_("Name of the other program"), _("As you call it.")),
    "balances": (_("Name of the other program"), _("As you call it.")),
    "salary": (_("Name of the list"), _("As you call it: whose it is, or how it is made.")),
}


@dataclass(frozen=True, slots=True)
class Place:
    """For what kind of file it is said, and where one goes on afterwards."""

    kind: str
    back: str
    title: Name


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bank_columns(request: HttpRequest, code: str) -> HttpResponse:
    """The columns of a bank's statements."""
    _here, account = account_shown(request, code, "bank")
    return columns_page(request, Place("bank", reverse("bank_account", args=[account.code]), account.name))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rate_columns(request: HttpRequest) -> HttpResponse:
    """The columns of a national bank's list of rates."""
    return columns_page(request, Place("rates", reverse("rates"), Name(en="Rates", km="អត្រា")))


def columns_page(request: HttpRequest, place: Place) -> HttpResponse:
    """The page on which it is said, and kept."""
    here, refusal, error = shown(request), None, ""
    label = request.POST.get("label", request.GET.get("label", ""))
    sheet = request.POST.get("sheet", request.GET.get("sheet", ""))
    try:
        if request.method == "POST" and "look" in request.POST:
            if kept := keep_sent(request):
                return redirect(f"{request.path}?{urlencode({'label': label, 'sheet': kept})}#columns")
            error = say("Choose a file first.")
        elif request.method == "POST":
            return _keep(request, here, place, label, sheet)
    except Refusal as no:
        refusal = no
    sample, wrong = _sample(request, sheet)
    refusal = refusal or wrong
    context = {
        "place": place,
        "label": label,
        "label_words": LABELS[place.kind],
        "sheet": sheet,
        "sample": sample,
        "kept": ColumnMapping.objects.filter(programme=here.programme, kind=place.kind).order_by("label"),
        **_fields(request, here, place, label, sample),
        "refusal": refusal,
        "error": error,
        **done_here(request),
    }
    status = refusal.status if refusal else 422 if error else 200
    return render(request, "desk/books/cash/columns.html", context, status=status)


def _keep(request: HttpRequest, here: Shown, place: Place, label: str, sheet: str) -> HttpResponse:
    """Keep what was said; where a file lies beside it, only if the file can be read so."""
    columns = {key: request.POST.get(f"column-{key}", "").strip() for key in MEANINGS[place.kind]}
    written = {key: request.POST[key] for key in WAYS if request.POST.get(key)}
    if sheet:
        Reading(*kept_file(request, sheet), ColumnMapping(kind=place.kind, columns=columns, written=written))

    def keep(command: UUID) -> object:
        said = {"columns": columns, "written": written}
        return keep_mapping(here.programme, place.kind, label, **said, by=here.user, on=today(), command=command)

    return carried_out(request, place.back, keep)


def _sample(request: HttpRequest, sheet: str) -> tuple[Sample | None, Refusal | None]:
    """The file that lies beside the questions, or why it can't be read."""
    try:
        return (sample_of(*kept_file(request, sheet)) if sheet else None), None
    except Refusal as no:
        return None, no


def _fields(request: HttpRequest, here: Shown, place: Place, label: str, sample: Sample | None) -> dict[str, Any]:
    """The questions with what was typed, else what is kept, else what the file leaves no doubt of."""
    there = ColumnMapping.objects.filter(programme=here.programme, kind=place.kind, label=label).first()
    typed = request.POST if request.method == "POST" and "look" not in request.POST else None
    columns = there.columns if there else {}
    usual = {"encoding": UTF_8, "quoted_in": "KHR", "round": "foreign", **(sample.proposed if sample else {})}
    now = there.written if there else usual
    if typed is not None:
        now = {key: typed.get(key, "") for key in WAYS}
        columns = {key: typed.get(f"column-{key}", "") for key in MEANINGS[place.kind]}
    return {
        "fields": [
            (key, name, columns.get(key, ""), key in NEEDED[place.kind]) for key, name in MEANINGS[place.kind].items()
        ],
        "is_dated": "on" in MEANINGS[place.kind],
        "dates": DATES,
        "decimals": DECIMAL_SIGNS,
        "encodings": ENCODINGS,
        "rounds": ROUNDS,
        "currencies": DECIMALS,
        "now": now,
    }
