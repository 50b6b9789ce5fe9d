"""Salaries of a month from a file: looked at first, then prepared as one document. The file is sent once for each."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from laar.base import store
from laar.base.actions import keep_evidence
from laar.base.clock import today
from laar.base.queries import day_in, line_of_command
from laar.desk.books.documents.questions import Listed, accounts
from laar.desk.books.documents.views import writer
from laar.desk.templatetags.laar import address
from laar.desk.verbs.form import AskForm
from laar.desk.verbs.questions import About, Answers, Choice, Chosen, Day, Pair, Paper, Question
from laar.desk.verbs.sent import command_of
from laar.kit.money import DECIMALS
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.actions import allocate_salary
from laar.ledger.models import Document
from laar.ledger.queries import Salaries, salaries_in
from laar.ledger.rules import DOCUMENT_PAPERS, SALARY_COLUMNS
from laar.results.documents import salary_mappings


class Table(Question):
    """A file of rows: a workbook or CSV."""

    def fields(self, _about: About) -> dict[str, forms.Field]:
        """The file."""
        widget = forms.FileInput(attrs={"accept": ".csv,.xlsx"})
        return {"": forms.FileField(label=self.label, required=True, widget=widget)}

    def answer(self, typed: Answers, _about: About) -> tuple[str, bytes]:
        """Its name and its bytes."""
        return typed[""].name, typed[""].read()


QUESTIONS: dict[str, Question] = {
    "on": Day(label=_("Date")),
    "text": Pair(label=_("For what"), hint=_("For example: salaries of March 2008.")),
    "file": Table(
        label=_("File of salaries and hours"),
        hint=_("Excel or CSV. Its first line names the columns: person, budget line, and amount, or gross and hours."),
    ),
    "mapping": Chosen(
        label=_("Mapping of columns"),
        hint=_("Where the columns of your file are called otherwise."),
        is_required=False,
        among=lambda about: salary_mappings(about.programme),
    ),
    "currency": Choice(label=_("Currency"), is_required=False, names={one: Name(en=one, km=one) for one in DECIMALS}),
    "cost": Listed(label=_("Cost account"), options=accounts(kinds=("expense",))),
    "owed": Listed(label=_("To be paid, on the account"), options=accounts("payable")),
    "timesheets": Paper(role=DOCUMENT_PAPERS["timesheet"], is_signed=True, is_required=False),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def salaries(request: HttpRequest) -> HttpResponse:
    """A file of salaries: what each budget line comes to, what is wrong with it, and the document."""
    about = writer(request)
    if request.method != "POST":
        return _page(request, AskForm(about, QUESTIONS, initial={"on": day_in(about.programme)}), str(uuid4()))
    if line := line_of_command(str(command_of(request)), about.user):
        return redirect(f"{address(Document.objects.get(pk=line.key))}?{urlencode({'done': line.command})}")
    nonce = request.POST.get("nonce", "")
    form = AskForm(about, QUESTIONS, request.POST, request.FILES)
    answers = form.answers() if form.is_valid() else {}
    if form.errors:
        return _page(request, form, nonce, status=422)
    try:
        read = _read(about, answers)
        if "check" in request.POST or read.wrong:
            return _page(request, form, nonce, read=read, status=422 if read.wrong else 200)
        return _prepared(request, about, answers)
    except Refusal as no:
        return _page(request, form, nonce, refusal=no, status=no.status)


def _read(about: About, answers: dict[str, Any]) -> Salaries:
    name, content = answers["file"]
    return salaries_in(
        about.programme, content, file=name, columns=_columns(answers), currency=_currency(about, answers)
    )


def _columns(answers: dict[str, Any]) -> dict[str, str]:
    """What the columns are called: as a kept mapping says, else as the file itself has the usual names."""
    if answers["mapping"]:
        return dict(answers["mapping"].columns)
    heading = answers["file"][1][:2000]
    usual = dict(SALARY_COLUMNS)
    if not heading.startswith(b"PK"):
        first = heading.decode("utf-8-sig", errors="replace").splitlines()[0] if heading else ""
        usual = {key: name for key, name in usual.items() if name in first or key in ("person", "line")}
    return usual


def _currency(about: About, answers: dict[str, Any]) -> str:
    return str(answers["currency"] or about.record.currency)


def _prepared(request: HttpRequest, about: About, answers: dict[str, Any]) -> HttpResponse:
    scan, (name, content), command = answers["timesheets"], answers["file"], command_of(request)
    if scan is None:
        raise Refusal("salary.no_timesheets")
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
    document = allocate_salary(
        about.record,
        content,
        file=name,
        columns=_columns(answers),
        currency=_currency(about, answers),
        cost=answers["cost"],
        owed=answers["owed"],
        text=answers["text"],
        timesheets=piece,
        by=about.user,
        on=answers["on"],
        command=command,
    )
    return redirect(f"{address(document)}?{urlencode({'done': command})}")


def _page(
    request: HttpRequest,
    form: AskForm,
    nonce: str,
    *,
    read: Salaries | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "nonce": nonce, "read": read, "refusal": refusal}
    return render(request, "desk/books/documents/salaries.html", context, status=status)
