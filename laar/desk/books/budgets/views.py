"""Budgets, limits, advances and recipients, read."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from laar.base.access import can, knows_persons, sees_all, visible
from laar.base.clock import now
from laar.base.models import Programme
from laar.base.queries import day_in
from laar.base.rules import verb_of
from laar.desk.page import programme, reader, user
from laar.kit.figures import Scope, figure_of, measure
from laar.kit.money import Money
from laar.kit.refusals import Refusal
from laar.ledger.models import Budget, Document, Fund
from laar.ledger.queries import (
    budget_called,
    budget_table,
    budget_total,
    budgets_of,
    changes_of,
    last_euro,
    limit_on,
    limits_of,
    months_left,
    newest_forecast,
    shifts_of,
    sums_of,
)
from laar.ledger.rules import LIMITS
from laar.projects.models import Tranche
from laar.projects.queries import BUCKETS, advance_of, advances_out, aged, recipients_of
from laar.reports.letters import overdue_letter

#: How many rows of a budget are on one page: what still comes quickly to a telephone.
ROWS = 20
#: How many lines of the last euro are shown: the largest are what one can still do something about.
SHOWN = 8


def may(request: HttpRequest, verb: str, there: Programme) -> bool:
    """Whether the one who looks may do something in the whole programme."""
    return can(user(request), verb_of(verb), there, now())


@require_safe
def budgets(request: HttpRequest) -> HttpResponse:
    """The budgets of the programme, each with its totals."""
    there = programme(request)
    found = visible(reader(request), budgets_of(there))
    context = {
        "budgets": [(one, budget_total(one)) for one in found],
        "may_open": may(request, "budget.open", there),
        "funds": visible(reader(request), Fund.objects.filter(programme=there, kind="grant").order_by("code")),
    }
    return render(request, "books/budgets/list.html", context)


def shown_budget(request: HttpRequest, code: str) -> Budget:
    """The budget with a code, if this reader may see it. Raises Refusal `record.not_found`."""
    found = budget_called(programme(request), code)
    if not visible(reader(request), Budget.objects.filter(pk=found.pk)).exists():
        raise Refusal("record.not_found")
    return found


@require_safe
def budget(request: HttpRequest, code: str) -> HttpResponse:
    """A budget by heading and line: planned, changed, committed, advanced, spent, left."""
    found = shown_budget(request, code)
    day = day_in(found.programme)
    sums = sums_of(found)
    forecast, newest = last_euro(found, day, sums), newest_forecast(found)
    context = {
        "budget": found,
        "rows": (page := Paginator(budget_table(found, sums), ROWS).get_page(request.GET.get("page"))),
        "page_obj": page,
        "total": budget_total(found, sums),
        "changes": changes_of(found),
        "forecast": [one for one in forecast if one.left.units > 0][:SHOWN],
        "over": [one for one in forecast if one.left.units < 0],
        "newest": newest,
        "maker": newest.made_by.name if newest and knows_persons(reader(request)) else None,
        "months": months_left(found, day),
        "day": day,
        "ceiling": limit_on(found.programme, "reallocation", day, found.fund),
        "shifts": _shifts(found),
        "may_set": may(request, "budget.set", found.programme),
    }
    return render(request, "books/budgets/budget.html", context)


def _shifts(found: Budget) -> list[dict[str, Any]]:
    """How far each main heading is shifted since the amounts were agreed."""
    shifts = shifts_of(found)
    return [
        {
            "heading": code,
            "amount": Money(units, found.currency),
            "base": Money(shifts.base.get(code, 0), found.currency),
            "percent": f"{100 * abs(units) / shifts.base[code]:.1f}" if shifts.base.get(code) else "–",
        }
        for code, units in shifts.shifted.items()
    ]


@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """Up to what something may go, since when, and who says so."""
    there = _whole(request)
    day = day_in(there)
    found = [
        (LIMITS[kind], [(one, one.since <= day and (one.until is None or day < one.until)) for one in of])
        for kind, of in _by_kind(there).items()
    ]
    context = {"limits": found, "may_set": may(request, "limit.set", there), "day": day}
    return render(request, "books/budgets/limits.html", context)


def _by_kind(there: Programme) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in limits_of(there):
        found.setdefault(one.kind, []).append(one)
    return found


def _whole(request: HttpRequest) -> Programme:
    """The programme, for whoever sees its books. Raises Refusal `record.not_found`."""
    there = programme(request)
    if not sees_all(reader(request), Budget, there):
        raise Refusal("record.not_found")
    return there


@require_safe
@login_required
def advances(request: HttpRequest) -> HttpResponse:
    """Which advances are out, how long, and which are overdue."""
    there = _whole(request)
    day = day_in(there)
    knows = knows_persons(reader(request))  # staff are persons, a council is not
    found = [one for one in advances_out(there, day) if knows or one.is_tranche]
    ours = [one for one in found if one.open.currency == there.currency]
    scope = Scope(there)
    figures = [figure_of(f"tranches.{key}", scope) for key in ("paid", "liquidated", "refunded", "outstanding")]
    measure(figures)
    context = {
        "advances": found,
        "figures": figures,
        "day": day,
        "currency": there.currency,
        "ages": list(zip(_ages(), [Money(units, there.currency) for units in aged(ours)], strict=True)),
    }
    return render(request, "books/budgets/advances.html", context)


def _ages() -> list[str]:
    """The columns of the ageing, in days."""
    starts = [0, *(most + 1 for most in BUCKETS)]
    return [f"{start}–{most}" for start, most in zip(starts, BUCKETS, strict=False)] + [f"> {BUCKETS[-1]}"]


@require_safe
@login_required
def letter(request: HttpRequest, key: int, lang: str) -> HttpResponse:
    """The letter to a council about a tranche that is overdue, as PDF."""
    there = _whole(request)
    return _letter(Tranche.objects.filter(programme=there, pk=key).first(), lang, f"reminder-{key}-{lang}.pdf")


@require_safe
@login_required
def letter_to_person(request: HttpRequest, key: int, lang: str) -> HttpResponse:
    """The letter about an advance by a document; staff are persons, whom not everybody knows."""
    there = _whole(request)
    if not knows_persons(reader(request)):
        raise Refusal("record.not_found")
    found = Document.objects.filter(programme=there, kind="advance", pk=key).first()
    return _letter(found, lang, f"reminder-advance-{key}-{lang}.pdf")


def _letter(record: Tranche | Document | None, lang: str, file: str) -> HttpResponse:
    out = advance_of(record, day_in(record.programme)) if record else None
    if out is None or not out.overdue or lang not in ("km", "en"):
        raise Refusal("record.not_found")
    headers = {
        "Content-Disposition": content_disposition_header(False, file) or "inline",
        "Cache-Control": "no-store",
    }
    return HttpResponse(overdue_letter(out, lang), content_type="application/pdf", headers=headers)


@require_safe
def recipients(request: HttpRequest) -> HttpResponse:
    """The third parties that are supported, by fund, with the caps."""
    there = _whole(request)
    found = []
    for fund, most, rows in recipients_of(there, day_in(there)):
        currency = rows[0].granted.currency
        granted = Money(sum(one.granted.units for one in rows), currency)
        paid = Money(sum(one.paid.units for one in rows), currency)
        found.append({"fund": fund, "most": most, "rows": rows, "granted": granted, "paid": paid})
    return render(request, "books/budgets/recipients.html", {"funds": found})
