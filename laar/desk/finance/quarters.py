"""The quarterly interim report of a budget: on a page, as a spreadsheet, on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laar.base.access import visible
from laar.base.clock import today
from laar.base.readers import Eyes
from laar.desk import said
from laar.desk.finance.files import kind_called, sent
from laar.desk.page import programme, reader
from laar.kit.refusals import Refusal
from laar.ledger.models import Budget
from laar.ledger.queries import budget_called
from laar.reports.finance.ahead import expected_of
from laar.reports.finance.quarter import Quarter, form_of, quarter_of


@require_safe
def quarter(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """Sources and uses, budget and variance, cash and forecast of a quarter; each number opens."""
    found = _called(request, code, year, number)
    headings = [(row, found.year.row(row.key)) for row in found.headings]
    ahead = [(one, *expected_of(found.statement, one)) for one in found.ahead]
    context = {"quarter": found, "headings": headings, "ahead": ahead, "year": year}
    return render(request, "desk/finance/quarter.html", context)


@require_safe
def quarter_file(request: HttpRequest, code: str, year: int, number: int, ending: str) -> HttpResponse:
    """The same as a file, in the language of the address."""
    kind_called(ending)
    return sent(form_of(_called(request, code, year, number), said.language(), on=today()), ending)


def _called(request: HttpRequest, code: str, year: int, number: int) -> Quarter:
    """A quarter of a budget that this reader may see. Raises Refusal `record.not_found`."""
    budget = budget_called(programme(request), code)
    eyes: Eyes = reader(request)
    found = None
    if visible(eyes, Budget.objects.filter(pk=budget.pk)).exists() and number in range(1, 5) and 1900 < year < 2200:
        found = quarter_of(budget, year, number)
    if found is None:
        raise Refusal("record.not_found")
    return found
