"""What is expected of a budget, line by line: by month, quarter or year, on one page with what is left beside it."""

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
from laar.base.models import User
from laar.base.queries import day_in
from laar.base.rules import verb_of
from laar.base.trail import version_of
from laar.desk.books.budgets.views import shown_budget
from laar.desk.page import signed_in
from laar.desk.verbs.sent import command_of
from laar.kit.money import Money
from laar.kit.periods import Period
from laar.kit.refusals import Refusal
from laar.ledger.actions import Expected, forecast_budget
from laar.ledger.models import Budget
from laar.ledger.queries import (
    STEPS,
    amount_written,
    budget_lines,
    budget_table,
    columns_of,
    newest_forecast,
)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def forecast(request: HttpRequest, code: str) -> HttpResponse:
    """Begin with the newest forecast, correct it, keep it as a new one."""
    who, budget = signed_in(request), shown_budget(request, code)
    Permission(who, verb_of("budget.forecast"), now()).require(budget, today())
    step = request.POST.get("step") or request.GET.get("step") or "quarter"
    if step not in STEPS:
        raise Refusal("record.not_found")
    columns, refusal = columns_of(budget, step, day_in(budget.programme)), None
    if request.method == "POST":
        try:
            return redirect(f"{reverse('budget', args=[code])}?done={_kept(request, who, budget, columns)}")
        except Refusal as no:
            refusal = no
    newest = newest_forecast(budget)
    context = {
        "budget": budget,
        "columns": columns,
        "rows": _rows(request, budget, columns),
        "step": step,
        "steps": list(STEPS),
        "newest": newest,
        "note": request.POST.get("note", newest.note if newest else ""),
        "refusal": refusal,
        "seen": request.POST.get("seen") or version_of(budget),
        "nonce": request.POST.get("nonce") or uuid4(),
    }
    return render(request, "books/budgets/forecast.html", context, status=refusal.status if refusal else 200)


def _rows(request: HttpRequest, budget: Budget, columns: list[Period]) -> list[dict[str, Any]]:
    """Every line with what is left of it, and a field for each period: as it was typed, else as it was expected."""
    newest = newest_forecast(budget)
    known: dict[Any, Money] = {}
    if newest:
        known = {(one.line_id, one.since, one.until): one.amount for one in newest.amounts.all()}
    rows = []
    for row in budget_table(budget):
        if row.line is None:
            continue
        line, fields = row.line, []
        for column in columns:
            name = f"{line.pk}-{column.since}"
            expected = known.get((line.pk, column.since, column.until))
            fields.append((column, name, request.POST.get(name, _plain(expected))))
        rows.append({"line": line, "left": row.figures["left"], "fields": fields})
    return rows


def _plain(amount: Money | None) -> str:
    return amount.figure if amount else ""


def _kept(request: HttpRequest, who: User, budget: Budget, columns: list[Period]) -> UUID:
    """Keep what was typed, and return the command. Raises Refusal."""
    typed, command = request.POST, command_of(request)
    amounts = []
    for line in budget_lines(budget):
        for column in columns:
            text = typed.get(f"{line.pk}-{column.since}", "").strip()
            if text and column.until:
                amount = amount_written(text, budget.currency)
                amounts.append(Expected(line, column.since, column.until, amount))
    seen = int(typed.get("seen") or 0)
    note = typed.get("note", "")
    forecast_budget(budget, amounts, note=note, by=who, on=today(), command=command, seen=seen)
    return command
