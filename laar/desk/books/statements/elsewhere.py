"""Accounts kept in another program: its journal is looked at and brought in, its balances are laid beside ours."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laar.base.access import visible
from laar.base.clock import today
from laar.desk.books.cash.common import (
    Shown,
    carried_out,
    day_typed,
    done_here,
    keep_sent,
    kept_file,
    mapping_chosen,
    may,
    shown,
)
from laar.desk.books.cash.mappings import Place, columns_page
from laar.desk.page import reader
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import import_journal
from laar.ledger.models import Book, ColumnMapping, JournalImport
from laar.ledger.queries import books_of
from laar.ledger.queries.journal import compared, read_journal
from laar.ledger.queries.statements.accounts import coded

#: So many lines of what is right are shown; of what is wrong, all.
MOST, LISTED = 100, 30
TITLE = Name(en="Accounts kept elsewhere", km="គណនេយ្យដែលកត់នៅកន្លែងផ្សេង")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Send a journal or a list of balances; see what it would do, or how far it is from ours; let it be done."""
    here = shown(request)
    typed = {key: request.POST.get(key, request.GET.get(key, "")) for key in ("what", "book", "mapping", "day")}
    refusal, error, preview = None, "", {}
    try:
        if request.method == "POST" and "apply" in request.POST:
            return _apply(request, here, typed)
        if request.method == "POST":
            if sheet := keep_sent(request):
                return redirect(f"{reverse('elsewhere')}?{urlencode({**typed, 'sheet': sheet})}#preview")
            error = _("Choose a file first.")
        elif "sheet" in request.GET:
            preview = _preview(request, here, typed)
    except Refusal as no:
        if no.code == "record.not_found":
            raise
        refusal = no
    imports = visible(reader(request), JournalImport.objects.filter(programme=here.programme))
    context = {
        "books": [(one.code, coded(one)) for one in visible(reader(request), books_of(here.programme))],
        "journals": ColumnMapping.objects.filter(programme=here.programme, kind="journal").order_by("label"),
        "balances": ColumnMapping.objects.filter(programme=here.programme, kind="balances").order_by("label"),
        "imports": imports.select_related("book", "imported_by").order_by("-id")[:LISTED],
        "typed": typed,
        "may": may(here.user, "journal.import", here.book),
        "refusal": refusal,
        "error": error,
        **preview,
        **done_here(request),
    }
    status = refusal.status if refusal else 422 if error else 200
    return render(request, "desk/books/statements/elsewhere.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def elsewhere_columns(request: HttpRequest, kind: str) -> HttpResponse:
    """Which column of the other program's file is what."""
    if kind not in ("journal", "balances"):
        raise Refusal("record.not_found")
    return columns_page(request, Place(kind, reverse("elsewhere"), TITLE))


def _book(here: Shown, request: HttpRequest, code: str) -> Book:
    """The book that was chosen, of those that this reader may see."""
    book = visible(reader(request), books_of(here.programme)).filter(code=code).first() if code else here.book
    if book is None:
        raise Refusal("record.not_found")
    return book


def _preview(request: HttpRequest, here: Shown, typed: dict[str, str]) -> dict[str, Any]:
    content, name = kept_file(request, request.GET["sheet"])
    book = _book(here, request, typed["book"])
    told: dict[str, Any] = {"sheet": request.GET["sheet"], "file": name, "book": book}
    if typed["what"] == "balances":
        mapping = mapping_chosen(here.programme, "balances", typed["mapping"])
        rows = compared(book, content, name, mapping, day_typed(typed["day"]) or today())
        return {**told, "compared": rows, "apart": [row for row in rows if row.off]}
    read = read_journal(book, content, name, mapping_chosen(here.programme, "journal", typed["mapping"]))
    return {**told, "read": read, "first": read.entries[:MOST]}


def _apply(request: HttpRequest, here: Shown, typed: dict[str, str]) -> HttpResponse:
    content, name = kept_file(request, request.POST.get("sheet", ""))
    book, mapping = _book(here, request, typed["book"]), mapping_chosen(here.programme, "journal", typed["mapping"])
    return carried_out(
        request,
        reverse("elsewhere"),
        lambda command: import_journal(
            book, content, file=name, mapping=mapping, by=here.user, on=today(), command=command
        ),
    )
