"""The audit pack: what is sampled, how it is drawn, and the file."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from laar.base.access import visible
from laar.base.clock import now, today
from laar.base.models import Programme
from laar.desk import said
from laar.desk.books.cash.common import day_typed, may
from laar.desk.page import programme, reader, signed_in
from laar.desk.verbs.sent import command_of
from laar.kit.refusals import Refusal
from laar.ledger.models import Book, Heading
from laar.ledger.queries import books_of
from laar.ledger.queries.books import account_in, book_called, heading_called
from laar.ledger.queries.sample import Wanted
from laar.ledger.queries.statements.accounts import coded
from laar.ledger.rules.sampling import HOW
from laar.reports.actions import issue_audit_pack
from laar.reports.models import AuditPack

TYPED = {
    "book": "",
    "account": "",
    "heading": "",
    "since": "",
    "until": "",
    "size": "25",
    "how": "largest",
    "seed": "",
    "reason": "",
}
LISTED = 30


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def audit_pack(request: HttpRequest) -> HttpResponse:
    """Say what is sampled; a form sends the pack, which is recorded first."""
    who, here, eyes = signed_in(request), programme(request), reader(request)
    books = list(visible(eyes, books_of(here)))
    if not books:
        raise Refusal("record.not_found")
    typed = {name: request.POST.get(name, usual) for name, usual in TYPED.items()}
    refusal = None
    if request.method == "POST":
        try:
            return _handed_out(request, here, books, typed)
        except Refusal as no:
            if no.status == 404:
                raise
            refusal = no
    packs = visible(eyes, AuditPack.objects.filter(programme=here)).select_related("book").order_by("-id")[:LISTED]
    context = {
        "books": [(book.code, coded(book)) for book in books],
        "accounts": [(one.code, coded(one)) for one in books[0].accounts.order_by("code")],
        "headings": [
            (f"{one.chart}:{one.code}", coded(one))
            for one in Heading.objects.filter(programme=here).order_by("chart", "position")
        ],
        "ways": HOW.items(),
        "typed": typed,
        "packs": packs,
        "may": any(may(who, "audit_pack.issue", book) for book in books[:1]),
        "refusal": refusal,
    }
    return render(request, "desk/books/statements/audit.html", context, status=refusal.status if refusal else 200)


def _handed_out(request: HttpRequest, here: Programme, books: list[Book], typed: dict[str, str]) -> HttpResponse:
    """Make the pack and send it."""
    book = book_called(here, typed["book"] or books[0].code)
    wanted = Wanted(
        size=int(typed["size"]) if typed["size"].isdecimal() and len(typed["size"]) < 6 else 0,
        how=typed["how"],
        seed=typed["seed"].strip(),
        since=day_typed(typed["since"]),
        until=day_typed(typed["until"]),
        account=account_in(book, typed["account"]) if typed["account"] else None,
        heading=heading_called(here, typed["heading"]) if typed["heading"] else None,
    )
    with TemporaryDirectory() as folder:
        file = Path(folder) / "pack.zip"
        issue_audit_pack(
            book,
            wanted=wanted,
            lang=said.language(),
            to=file,
            reason=typed["reason"],
            by=signed_in(request),
            on=today(),
            command=command_of(request) if request.POST.get("nonce") else None,
        )
        content = file.read_bytes()
    name = f"laar-{here.code}-audit-{book.code}-{now():%Y-%m-%d}.zip".lower()
    headers = {"Content-Disposition": content_disposition_header(True, name) or "", "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/zip", headers=headers)
