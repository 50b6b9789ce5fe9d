"""Salaries of a month from a file: every row is looked at first, then one document is prepared with signed timesheets."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from laar.base import store
from laar.base.actions import keep_evidence
from laar.base.clock import today
from laar.base.models import Evidence
from laar.base.queries import day_in, line_of_command
from laar.desk.books.cash.common import keep_sent, kept_file, mapping_chosen
from laar.desk.books.cash.mappings import Place, columns_page
from laar.desk.books.documents.questions import Listed, accounts
from laar.desk.books.documents.views import writer
from laar.desk.templatetags.laar import address
from laar.desk.verbs.form import AskForm
from laar.desk.verbs.questions import About, Day, Pair, Paper, Question, Scan, kept_for
from laar.desk.verbs.sent import command_of
from laar.kit.money import DECIMALS
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import allocate_salary
from laar.ledger.models import ColumnMapping, Document
from laar.ledger.queries import Salaries, salaries_in, salary_mappings
from laar.ledger.rules import DOCUMENT_PAPERS, SALARY_COLUMNS

TITLE = Name(en="Salaries from a file", km="ប្រាក់បៀវត្សពីឯកសារ")
#: What is said of the file when it is sent, and stays with it.
SAID = ("mapping", "currency")

QUESTIONS: dict[str, Question] = {
    "on": Day(label=_("Date"), hint=_("The last day of the month for which it is.")),
    "text": Pair(label=_("For what"), hint=_("For example: salaries of March 2008.")),
    "cost": Listed(label=_("Cost account"), options=accounts(kinds=("expense",))),
    "owed": Listed(label=_("To be paid, on the account"), options=accounts("payable")),
    "timesheets": Paper(role=DOCUMENT_PAPERS["timesheet"], is_signed=True),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def salaries(request: HttpRequest) -> HttpResponse:
    """Send a file of salaries; see what each row and each budget line comes to, and what is wrong; prepare the document."""
    about = writer(request)
    if "prepare" in request.POST and (line := line_of_command(str(command_of(request)), about.user)):
        return redirect(f"{address(Document.objects.get(pk=line.key))}?{urlencode({'done': line.command})}")
    asked = request.POST if request.method == "POST" else request.GET
    said = {key: asked.get(key, "") for key in SAID}
    said["currency"] = said["currency"] if said["currency"] in DECIMALS else about.record.currency
    sheet = asked.get("sheet", "")
    try:
        if "look" in request.POST:
            if sheet := keep_sent(request):
                return redirect(f"{reverse('salaries')}?{urlencode({**said, 'sheet': sheet})}#seen")
            return _page(request, about, said, error=say("Choose a file first."))
        return _judged(request, about, said, sheet) if sheet else _page(request, about, said)
    except Refusal as no:
        return _page(request, about, said, refusal=no)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def salary_columns(request: HttpRequest) -> HttpResponse:
    """The columns of files of salaries that are not called as ours are."""
    writer(request)
    return columns_page(request, Place("salary", reverse("salaries"), TITLE))


def _judged(request: HttpRequest, about: About, said: dict[str, str], sheet: str) -> HttpResponse:
    """The page with a file on it: what is wrong with it, else the questions of the document."""
    content, file = kept_file(request, sheet)
    mapping = _mapping(about, said["mapping"])
    read = salaries_in(about.programme, content, file=file, mapping=mapping, currency=said["currency"])
    seen: dict[str, Any] = {"sheet": sheet, "file": file, "read": read}
    if "prepare" not in request.POST:
        form = AskForm(about, QUESTIONS, initial={"on": day_in(about.programme)})
        return _page(request, about, said, form=form, **seen)
    form, kept = AskForm(about, QUESTIONS, request.POST, request.FILES), dict[str, str]()
    answers = form.answers() if form.is_valid() else {}
    if form.errors or read.wrong:
        return _page(request, about, said, form=form, status=422, **seen)
    try:
        document = allocate_salary(
            about.record,
            content,
            file=file,
            mapping=mapping,
            currency=said["currency"],
            cost=answers["cost"],
            owed=answers["owed"],
            text=answers["text"],
            timesheets=_timesheets(about, answers, kept),
            by=about.user,
            on=answers["on"],
            command=command_of(request),
        )
    except Refusal as no:
        form = AskForm(about, QUESTIONS, {**request.POST.dict(), **kept})
        return _page(request, about, said, form=form, refusal=no, **seen)
    return redirect(f"{address(document)}?{urlencode({'done': command_of(request)})}")


def _mapping(about: About, text: str) -> ColumnMapping | None:
    """The mapping that was chosen; none where the heading of the file has our own words."""
    return mapping_chosen(about.programme, "salary", text) if text else None


def _timesheets(about: About, answers: dict[str, Any], kept: dict[str, str]) -> Evidence:
    """The signed timesheets as evidence. They stay kept if the document is refused, and are not sent again."""
    scan: Scan = answers["timesheets"]
    piece = keep_evidence(
        about.programme,
        store.read(scan.kept.sha256) if scan.kept else scan.content or b"",
        caption=Name(en=f"Signed timesheets: {answers['text'].en}"[:300], km=f"តារាងម៉ោង៖ {answers['text'].km}"[:300]),
        dated=answers["on"],
        is_personal=True,
        signed_by=scan.signed_by,
        by=about.user,
        on=today(),
    )
    kept["timesheets-kept"] = kept_for(about.user, piece)
    return piece


def _page(
    request: HttpRequest,
    about: About,
    said: dict[str, str],
    *,
    form: AskForm | None = None,
    read: Salaries | None = None,
    refusal: Refusal | None = None,
    error: str = "",
    status: int = 200,
    **seen: Any,
) -> HttpResponse:
    context = {
        "form": form,
        "read": read,
        "refusal": refusal,
        "error": error,
        "said": said,
        "mappings": salary_mappings(about.programme),
        "currencies": DECIMALS,
        "usual": SALARY_COLUMNS.values(),
        "nonce": request.POST.get("nonce") or str(uuid4()),
        **seen,
    }
    code = refusal.status if refusal else 422 if error else status
    return render(request, "desk/books/documents/salaries.html", context, status=code)
