"""Entering the original lines of a budget from a file, and changing them: by an addendum, or within the ceiling."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4, uuid5

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laar.base import uploads
from laar.base.access import Permission
from laar.base.clock import now, today
from laar.base.models import User
from laar.base.queries import was_done
from laar.base.rules import verb_of
from laar.base.trail import version_of
from laar.desk.books.budgets.views import shown_budget
from laar.desk.page import signed_in
from laar.desk.verbs.questions import DayField
from laar.desk.verbs.sent import command_of
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.kit.sheets import MOST_BYTES
from laar.ledger.actions import Shift, amend_budget, reallocate_budget, set_budget
from laar.ledger.models import Budget
from laar.ledger.queries import (
    JudgedRow,
    amount_written,
    budget_lines,
    budget_table,
    headings_of,
    is_set,
    limit_on,
    lines_or_refusal,
    rows_judged,
)
from laar.ledger.queries.budget_figures import ADDS_UP

#: Under which the command of a file that was sent is named.
NAMES = UUID("b8c0b6a0-2a5d-4f5b-8a51-5f3f2a2f64d1")


#: What is typed of a line, named as in a file; on how many rows at first, and at most.
TYPED_COLUMNS = ("code", "heading", "name_en", "name_km", "year", "amount")
TYPED = "typed.csv"
BLANK, MOST_TYPED = 12, 200


def _allowed(request: HttpRequest, code: str, verb: str) -> tuple[User, Budget]:
    """Who asks, and the budget, if they may change it. Raises Refusal `access.no_role`."""
    who, budget = signed_in(request), shown_budget(request, code)
    Permission(who, verb_of(verb), now()).require(budget, today())
    return who, budget


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def original(request: HttpRequest, code: str) -> HttpResponse:
    """Send a file with the original lines, see what it would do, let it be done."""
    who, budget = _allowed(request, code, "budget.set")
    refusal, error, shown = None, "", {}
    try:
        if "apply" in request.POST:
            return _apply(who, budget, request)
        if request.method == "POST":
            sheet = _kept(request, who, budget)
            if sheet:
                return redirect(f"{reverse('budget_lines', args=[code])}?{urlencode({'sheet': sheet})}")
            error = _("Choose a file first.")
        elif "sheet" in request.GET:
            shown = _preview(who, budget, request.GET["sheet"])
    except Refusal as no:
        refusal = no
    status = refusal.status if refusal else 422 if error else 200
    context = {"budget": budget, "is_set": is_set(budget), "refusal": refusal, "error": error, **shown}
    return render(request, "books/budgets/lines.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def typed(request: HttpRequest, code: str) -> HttpResponse:
    """Write the original lines of a small budget by hand: they are looked at like a file before they are entered."""
    who, budget = _allowed(request, code, "budget.set")
    rows = _typed_rows(request)
    refusal: Refusal | None = None
    if request.method == "POST" and "more" not in request.POST:
        try:
            content = _as_table(rows)
            lines_or_refusal(rows_judged(budget, content, TYPED))
            return redirect(
                f"{reverse('budget_lines', args=[code])}?{urlencode({'sheet': _stands_for(content, TYPED, who)})}"
            )
        except Refusal as no:
            refusal = no
    filled = max(BLANK, *(place + BLANK // 2 for place, row in enumerate(rows) if any(row.values())), 0)
    context = {
        "budget": budget,
        "is_set": is_set(budget),
        "headings": [one for one in headings_of(budget.programme, budget.chart) if one.role not in ADDS_UP],
        "rows": list(enumerate([*rows, *({} for _ in range(filled - len(rows)))])),
        "refusal": refusal,
    }
    return render(request, "books/budgets/typed.html", context, status=refusal.status if refusal else 200)


def _typed_rows(request: HttpRequest) -> list[dict[str, str]]:
    """The rows of the page as they were typed."""
    rows: list[dict[str, str]] = []
    while f"{len(rows)}-code" in request.POST and len(rows) < MOST_TYPED:
        rows.append({name: request.POST.get(f"{len(rows)}-{name}", "").strip() for name in TYPED_COLUMNS})
    return rows


def _as_table(rows: list[dict[str, str]]) -> bytes:
    """What was typed as the file that it stands for. Raises Refusal `budget.nothing`."""
    filled = [row for row in rows if any(row.values())]
    if not filled:
        raise Refusal("budget.nothing")
    text = StringIO()
    table = csv.DictWriter(text, TYPED_COLUMNS)
    table.writeheader()
    table.writerows(filled)
    return text.getvalue().encode()


def _kept(request: HttpRequest, who: User, budget: Budget) -> str:
    """Keep the file and return what stands for it, signed for this user; nothing where none was sent."""
    file = request.FILES.get("file")
    if file is None:
        return ""
    name = file.name or ""
    if (file.size or 0) > MOST_BYTES:
        raise Refusal("sheet.too_large", file=name, most=MOST_BYTES // 2**20)
    content = file.read()
    rows_judged(budget, content, name)  # what can't be read at all is said at once, and not kept
    return _stands_for(content, name, who)


def _stands_for(content: bytes, name: str, who: User) -> str:
    return signing.dumps({"digest": uploads.put(content), "name": name[-80:], "user": who.pk}, salt=str(NAMES))


def _judged(who: User, budget: Budget, sheet: str) -> tuple[dict[str, Any], list[JudgedRow]]:
    try:
        known = signing.loads(sheet, salt=str(NAMES), max_age=uploads.KEPT_FOR)
    except signing.BadSignature:
        raise Refusal("upload.gone") from None
    if known["user"] != who.pk:
        raise Refusal("upload.gone")
    return known, rows_judged(budget, uploads.read(known["digest"]), known["name"])


def _preview(who: User, budget: Budget, sheet: str) -> dict[str, Any]:
    known, rows = _judged(who, budget, sheet)
    lines = [row.line for row in rows if row.line]
    total = lines[0].amount if lines else None
    for line in lines[1:]:
        total = total + line.amount if total else line.amount
    return {
        "sheet": sheet,
        "file": known["name"],
        "lines": lines,
        "wrong": [row for row in rows if row.line is None],
        "total": total,
        "today": today(),
    }


def _apply(who: User, budget: Budget, request: HttpRequest) -> HttpResponse:
    """All lines, or none. Sent twice, it is done once."""
    sheet = request.POST.get("sheet", "")
    command = uuid5(NAMES, sheet)
    if not was_done(command):
        known, rows = _judged(who, budget, sheet)
        on = DayField(input_formats=["%Y-%m-%d", "%d/%m/%Y"], required=False).clean(request.POST.get("on")) or today()
        set_budget(budget, lines_or_refusal(rows), by=who, on=on, command=command)
        uploads.drop(known["digest"])
    return redirect(f"{reverse('budget', args=[budget.code])}?done={command}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, code: str) -> HttpResponse:
    """What each line gets or gives; with the number of an addendum, or within the ceiling."""
    who, budget = _allowed(request, code, "budget.reallocate")
    refusal = None
    if request.method == "POST":
        try:
            return redirect(f"{reverse('budget', args=[code])}?done={_changed(request, who, budget)}")
        except Refusal as no:
            refusal = no
    typed = request.POST
    context = {
        "budget": budget,
        "rows": [(row, typed.get(f"line-{row.line.pk}", "")) for row in budget_table(budget) if row.line is not None],
        "ceiling": limit_on(budget.programme, "reallocation", today(), budget.fund),
        "refusal": refusal,
        "typed": typed,
        "reason": {"en": typed.get("reason-en", ""), "km": typed.get("reason-km", "")},
        "seen": typed.get("seen") or version_of(budget),
        "nonce": typed.get("nonce") or uuid4(),
        "today": today(),
    }
    return render(request, "books/budgets/change.html", context, status=refusal.status if refusal else 200)


def _changed(request: HttpRequest, who: User, budget: Budget) -> UUID:
    """Do what was asked, and return the command. Raises Refusal."""
    typed, command = request.POST, command_of(request)
    shifts = []
    for line in budget_lines(budget):
        text = typed.get(f"line-{line.pk}", "").strip()
        if text:
            is_less, plain = text[0] in "-–", text.lstrip("-–+ ")
            amount = amount_written(plain, budget.currency)
            shifts.append(Shift(line, -amount if is_less else amount))
    reason = Name(en=typed.get("reason-en", ""), km=typed.get("reason-km", ""))
    on = DayField(input_formats=["%Y-%m-%d", "%d/%m/%Y"], required=False).clean(typed.get("on")) or today()
    addendum, seen = typed.get("addendum", ""), int(typed.get("seen") or 0)
    told: Any = {"addendum": addendum, "reason": reason, "by": who, "on": on, "command": command, "seen": seen}
    last = DayField(input_formats=["%Y-%m-%d", "%d/%m/%Y"], required=False).clean(typed.get("until"))
    if typed.get("kind") == "amended" or last:  # a budget is longer only by an addendum
        amend_budget(budget, shifts, until=last + timedelta(days=1) if last else None, **told)
    else:
        reallocate_budget(budget, shifts, **told)
    return command
