"""The bank accounts, their statements from the bank's files, and the page on which a statement is matched and signed off."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laar.base.access import visible
from laar.base.clock import today
from laar.base.queries import evidence_of
from laar.desk.books.cash.common import (
    Shown,
    account_shown,
    amount_typed,
    carried_out,
    day_typed,
    done_here,
    keep_sent,
    kept_file,
    mapping_chosen,
    may,
    shown,
)
from laar.desk.page import reader
from laar.kit.refusals import Refusal
from laar.ledger.actions import import_statement, make_match, match_statement, offered, undo_match
from laar.ledger.models import Account, BankStatement, ColumnMapping, Match, Posting
from laar.ledger.queries import accounts_for, free_for, held_figure, kept_in, proposals, stand_of, statements_of

#: What is typed beside the file.
TYPED = ("mapping", "opening", "closing", "since", "until")
#: How many statements are listed.
LISTED = 60


@require_safe
@login_required
def accounts(request: HttpRequest) -> HttpResponse:
    """Every bank account, what the books say it holds, and its newest statement."""
    here = shown(request)
    rows = [
        (account, held_figure(account), statements_of(account).first())
        for account in accounts_for(here.programme, "bank")
    ]
    return render(request, "desk/books/cash/banks.html", {"rows": rows, "book": here.book})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: HttpRequest, code: str) -> HttpResponse:
    """The statements of an account; a file that was sent is shown as the statement it would be, then loaded."""
    here, bank = account_shown(request, code, "bank")
    typed = {key: request.POST.get(key, request.GET.get(key, "")) for key in TYPED}
    refusal, error, preview = None, "", {}
    try:
        if request.method == "POST" and "apply" in request.POST:
            return _apply(request, here, bank, typed)
        if request.method == "POST":
            if sheet := keep_sent(request):
                where = reverse("bank_account", args=[bank.code])
                return redirect(f"{where}?{urlencode({**typed, 'sheet': sheet})}#preview")
            error = _("Choose a file first.")
        elif "sheet" in request.GET:
            content, name = kept_file(request, request.GET["sheet"])
            made = offered(bank, content, name, **_asked(here, bank, typed))
            preview = {"sheet": request.GET["sheet"], "file": name, "offered": made}
    except Refusal as no:
        refusal = no
    statements = list(statements_of(bank)[:LISTED])
    if statements and not typed["opening"]:
        typed["opening"] = statements[0].closing_amount.figure
    mappings = ColumnMapping.objects.filter(programme=here.programme, kind="bank").order_by("label")
    context = {
        "account": bank,
        "currency": kept_in(bank),
        "held": held_figure(bank),
        "statements": statements,
        "mappings": mappings,
        "typed": typed,
        "may": may(here.user, "statement.import", bank),
        "refusal": refusal,
        "error": error,
        **preview,
        **done_here(request),
    }
    status = refusal.status if refusal else 422 if error else 200
    return render(request, "desk/books/cash/bank.html", context, status=status)


def _asked(here: Shown, bank: Account, typed: dict[str, str]) -> dict[str, Any]:
    currency = kept_in(bank)
    return {
        "mapping": mapping_chosen(here.programme, "bank", typed["mapping"]),
        "opening": amount_typed(typed["opening"], currency),
        "closing": amount_typed(typed["closing"], currency),
        "since": day_typed(typed["since"]),
        "until": day_typed(typed["until"]),
    }


def _apply(request: HttpRequest, here: Shown, bank: Account, typed: dict[str, str]) -> HttpResponse:
    content, name = kept_file(request, request.POST.get("sheet", ""))
    asked = _asked(here, bank, typed)
    made: list[BankStatement] = []
    answer = carried_out(
        request,
        reverse("bank_account", args=[bank.code]),
        lambda command: made.append(
            import_statement(bank, content, file=name, **asked, by=here.user, on=today(), command=command)
        ),
    )
    done = answer.headers["Location"].partition("?")[2]
    return redirect(f"{reverse('bank_statement', args=[made[0].pk])}?{done}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def statement(request: HttpRequest, key: int) -> HttpResponse:
    """A statement beside the books: what is matched, what is proposed, what is outstanding, and whether it agrees."""
    here = shown(request)
    found = visible(reader(request), BankStatement.objects.filter(pk=key, programme=here.programme))
    one = found.select_related("account__book", "account__programme", "imported_by", "signed_by").first()
    if one is None:
        raise Refusal("record.not_found")
    refusal = None
    if request.method == "POST":
        try:
            return _do(request, here, one)
        except Refusal as no:
            refusal = no
    stand = stand_of(one)
    offers = proposals(one, stand.lines)
    free = list(free_for(one)) if stand.open_lines else []
    context = {
        "statement": one,
        "stand": stand,
        "booked": held_figure(one.account, one.until),
        "rows": [(line, offers.get(line.pk, [])) for line in stand.lines],
        "free": free,
        "clear": sum(any(proposal.is_clear for proposal in offer) for offer in offers.values()),
        "paper": next(iter(evidence_of(one)), None),
        "may": one.state == "imported" and may(here.user, "match.make", one),
        "may_sign": one.state == "imported"
        and may(here.user, "statement.reconcile", one)
        and one.imported_by_id != here.user.pk,
        "refusal": refusal,
        **done_here(request),
    }
    return render(request, "desk/books/cash/statement.html", context, status=refusal.status if refusal else 200)


def _do(request: HttpRequest, here: Shown, one: BankStatement) -> HttpResponse:
    """What a button of the page asks for."""
    by, on, where = here.user, today(), reverse("bank_statement", args=[one.pk])
    if "all" in request.POST:
        return carried_out(request, where, lambda command: match_statement(one, by=by, on=on, command=command))
    if "undo" in request.POST:
        match = Match.objects.filter(line__statement=one, pk=_key(request, "undo")).first()
        if match is None:
            raise Refusal("record.not_found")
        return carried_out(request, where, lambda command: undo_match(match, by=by, on=on, command=command))
    line = one.lines.filter(pk=_key(request, "line")).first()
    keys = [int(text) for text in request.POST.getlist("posting") if text.isdecimal()]
    postings = list(Posting.objects.filter(pk__in=keys).select_related("account"))
    if line is None or not postings:
        raise Refusal("record.not_found")
    return carried_out(
        request,
        f"{where}?line={line.pk}",
        lambda command: make_match(line, postings=postings, by=by, on=on, command=command),
    )


def _key(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0
