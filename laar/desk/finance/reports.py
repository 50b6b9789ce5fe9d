"""The list of reports, a report as a page, the words beside its numbers, its files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4, uuid5

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from laar.base.access import Permission, visible
from laar.base.clock import now, today
from laar.base.queries import line_of_command
from laar.base.rules import verb_of
from laar.desk import said
from laar.desk.finance.files import kind_called, sent
from laar.desk.page import programme, reader, signed_in, user
from laar.desk.shown import Task
from laar.kit.figures import Scope, figure_of
from laar.kit.names import Name
from laar.kit.refusals import Refusal
from laar.ledger.models import Budget
from laar.ledger.queries import budgets_of
from laar.reports.actions import explain_finance_report
from laar.reports.finance.ahead import ahead_of
from laar.reports.finance.annex import annex_of
from laar.reports.finance.cells import LOOSE, Row, Statement, asked_as
from laar.reports.finance.expenditure import expenses_of
from laar.reports.finance.funding import funding_of
from laar.reports.finance.held import held_of
from laar.reports.finance.statement import statement_of
from laar.reports.models import FinanceReport
from laar.reports.queries import finance_reports_of
from laar.reports.rules import FINANCE_REPORT, Blocked
from laar.results.queries.steps import deeds_for

TO_DO = Name(en="to be done", km="ត្រូវធ្វើ")
TO_KNOW = Name(en="good to know", km="គួរដឹង")
#: The verbs that are steps of a report, in the order in which they come.
STEPS = ("finance_report.submit", "finance_report.accept", "finance_report.return")


@dataclass
class Group:
    """A main heading with everything below it, folded; or rows that add up others, which stand open."""

    head: Row
    rows: list[Row] = field(default_factory=list)
    folds: bool = True

    @property
    def is_open(self) -> bool:
        """Whether something in it waits for somebody."""
        return any(row.must_explain and not row.is_explained for row in self.rows) or self.head.shift is not None


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The reports of every fund, and the budgets for which one can be prepared."""
    where, eyes = programme(request), reader(request)
    budgets = list(visible(eyes, budgets_of(where)))
    kept = list(visible(eyes, finance_reports_of(where)))
    found = [(budget, [one for one in kept if one.budget_id == budget.pk], _quarters(budget)) for budget in budgets]
    who = user(request)
    may = Permission(who, verb_of("finance_report.prepare"), now())
    may_prepare = bool(who and budgets and may.reaches(budgets[0]))
    return render(
        request,
        "desk/finance/reports.html",
        {"found": found, "may_prepare": may_prepare, "states": FINANCE_REPORT.states},
    )


def _quarters(budget: Budget) -> list[tuple[int, int]]:
    """The quarters of a budget that are over or running, the newest first."""
    last = min(budget.until - timedelta(days=1), today())
    return [
        (year, number)
        for year in range(last.year, budget.since.year - 1, -1)
        for number in (4, 3, 2, 1)
        if (year, 3 * number) >= (budget.since.year, budget.since.month)
        and (year, 3 * number - 2) <= (last.year, last.month)
    ]


@require_safe
def report(request: HttpRequest, key: int) -> HttpResponse:
    """A report: what keeps it back, its rows folded by heading, each number a link, the words, the last euro."""
    found = _called(request, key)
    statement = statement_of(found)
    who, eyes = user(request), reader(request)
    explains = Permission(who, verb_of("finance_report.explain"), now())
    deeds = [deed for deed in deeds_for(found, who, now()) if deed.verb.code in STEPS] if who else []
    funding = funding_of(statement)
    context = {
        "done": line_of_command(request.GET.get("done", ""), who),
        "report": found,
        "statement": statement,
        "state": FINANCE_REPORT.states[found.state],
        "groups": _groups(statement),
        "tasks": [] if found.is_sent else _tasks(statement),
        "steps": sorted((deed for deed in deeds if deed.may), key=lambda deed: STEPS.index(deed.verb.code)),
        "waits": [deed for deed in deeds if not deed.may],
        "may_explain": bool(who) and not found.is_sent and explains.reaches(found),
        "command": uuid4(),
        "above": Name(en="above its ceiling", km="លើសពិដាន"),
        "corrections": [one for one in expenses_of(statement, eyes) if one.corrects] if statement.corrections else [],
        "ahead": ahead_of(statement),
        "funding": funding,
        "held": held_of(found, funding),
        "balance": figure_of("finance.balance", Scope(found.programme, more={"report": asked_as(found)})),
        "loose": statement.row(LOOSE),
        "address": reverse("finance_explain", args=[found.pk]),
    }
    return render(request, "desk/finance/report.html", context)


@require_POST
@login_required
def explain(request: HttpRequest, key: int) -> HttpResponse:
    """Words beside a row, kept in place; sent twice, they are kept once."""
    found, who = _called(request, key), signed_in(request)
    row, command = request.POST.get("row", ""), _command(request.POST.get("command", ""), request.POST.get("row", ""))
    text = Name(en=request.POST.get("text_en", ""), km=request.POST.get("text_km", ""))
    if not line_of_command(str(command), who):
        explain_finance_report(found, row=row, text=text, by=who, on=today(), command=command)
    return redirect(f"{reverse('finance_report', args=[found.pk])}?{urlencode({'told': row})}#{row}")


def _command(text: str, row: str) -> UUID:
    """The command of a form: the page has one for all its forms, each row makes its own of it."""
    try:
        page = UUID(text)
    except ValueError:
        raise Refusal("form.not_ours") from None
    return uuid5(page, row)


@require_safe
def report_file(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """The report in the form of the donor, as a spreadsheet or on paper, in the language of the address."""
    found = _called(request, key)
    kind_called(ending)
    return sent(annex_of(statement_of(found), said.language(), eyes=reader(request), on=today()), ending)


def _called(request: HttpRequest, key: int) -> FinanceReport:
    """The report with this key, if this reader may see it. Raises Refusal `record.not_found`."""
    reports = FinanceReport.objects.filter(pk=key).select_related(
        "budget__fund__giver", "budget__fund__programme", "programme", "prepared_by", "submitted_by"
    )
    found = visible(reader(request), reports).first()
    if found is None:
        raise Refusal("record.not_found")
    return found


def _groups(statement: Statement) -> list[Group]:
    """The rows by main heading. A heading of the form for which nothing was planned or spent is left out here."""
    groups: list[Group] = []
    for row in statement.rows:
        if row.key == LOOSE or (row.kind == "heading" and not row.lines):
            continue
        if row.depth:
            groups[-1].rows.append(row)
        elif row.kind == "heading":
            groups.append(Group(row))
        elif groups and not groups[-1].folds:
            groups[-1].rows.append(row)
        else:
            groups.append(Group(row, folds=False))
    return groups


def _tasks(statement: Statement) -> list[Task]:
    return [
        *(Task(_sentence(one), "bad", TO_DO, address=_where(one)) for one in statement.blocks),
        *(Task(_sentence(one), "now", TO_KNOW, address=_where(one)) for one in statement.warnings),
    ]


def _where(one: Blocked) -> str:
    """Where it is mended: at its row, or where months are closed."""
    return f"#{one.row}" if one.row else reverse("months")


def _sentence(one: Blocked) -> Name:
    return Name(en=one.text.en[:1].upper() + one.text.en[1:], km=one.text.km)
