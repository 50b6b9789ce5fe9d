"""The months of a book: which are closed, what is looked at before the next one is, and closing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from laar.base.queries import day_in
from laar.desk.books.cash.common import carried_out, day_typed, done_here, may, shown
from laar.kit.refusals import Refusal
from laar.ledger.actions import close_month, close_year
from laar.ledger.queries import checklist, closings_of, found_then, next_month, year_checklist, years_to_close
from laar.ledger.queries.closing import Looked

#: How the explanation of a point is called in the form.
WHY = "why-"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def months(request: HttpRequest) -> HttpResponse:
    """The list of the next month, with a word for each point that is not met, and what was closed before."""
    here = shown(request)
    refusal = None
    if request.method == "POST":
        try:
            return _close(request)
        except Refusal as no:
            refusal = no
    period = next_month(here.book)
    years = list(years_to_close(here.book))
    why = _why(request)
    closings = closings_of(here.book)
    context = {
        "book": here.book,
        "period": period,
        "is_over": period.last is not None and period.last <= day_in(here.programme),
        "points": _with_ways(checklist(here.book, period), why),
        "year": years[0] if years else None,
        "year_points": _with_ways(year_checklist(here.book, years[0]), why) if years else [],
        "closings": [(one, found_then(one)) for one in closings],
        "last": next((one for one in closings if one.state == "closed"), None),
        "may": may(here.user, "month.close", here.book),
        "may_reopen": may(here.user, "closing.reopen", here.book),
        "refusal": refusal,
        **done_here(request),
    }
    return render(request, "desk/books/cash/months.html", context, status=refusal.status if refusal else 200)


def _with_ways(points: Sequence[Looked], why: Mapping[str, str]) -> list[tuple[Looked, str, str]]:
    """Each point with what was typed to explain it, and the address where it is put right."""
    ways = {
        "bank": reverse("bank_accounts"),
        "cash": reverse("cash_boxes"),
        "revalued": reverse("cash_boxes"),
        "documents": reverse("chapter", args=["documents"]),
        "advances": reverse("advances"),
        "rates": reverse("rates"),
    }
    return [(one, why.get(one.point.key, ""), ways.get(one.point.key, "")) for one in points]


def _close(request: HttpRequest) -> HttpResponse:
    here = shown(request)
    why = _why(request)
    on = day_in(here.programme)
    year = request.POST.get("year", "")
    if year.isdecimal() and len(year) == 4:
        return carried_out(
            request,
            reverse("months"),
            lambda command: close_year(here.book, int(year), explained=why, by=here.user, on=on, command=command),
        )
    since = day_typed(request.POST.get("since", ""))
    if since is None:
        raise Refusal("form.not_ours")
    return carried_out(
        request,
        reverse("months"),
        lambda command: close_month(here.book, since, explained=why, by=here.user, on=on, command=command),
    )


def _why(request: HttpRequest) -> dict[str, str]:
    """The explanations that were typed, by point."""
    typed = {key.removeprefix(WHY): str(text).strip() for key, text in request.POST.items() if key.startswith(WHY)}
    return {key: text for key, text in typed.items() if text}
