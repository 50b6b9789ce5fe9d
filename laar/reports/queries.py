"""Reads of the reports."""

from __future__ import annotations

from django.db.models import QuerySet

from laar.base.models import Programme
from laar.base.objectors import objects_to
from laar.kit.refusals import Refusal
from laar.ledger.models import Fund
from laar.reports.models import FinanceReport, Paragraph


def paragraphs_of(programme: Programme) -> QuerySet[Paragraph]:
    """The paragraphs of the sheet, by section and in their order."""
    return Paragraph.objects.filter(programme=programme).order_by("section", "position")


def finance_reports_of(programme: Programme) -> QuerySet[FinanceReport]:
    """The financial reports to the donors of a programme: fund by fund, the newest first."""
    reports = FinanceReport.objects.filter(programme=programme).select_related("budget__fund__giver", "prepared_by")
    return reports.order_by("budget__code", "-number")


@objects_to("fund.agree")
def nothing_was_reported_by_the_old_words(fund: Fund) -> None:
    """Object to other contract words where a report was sent by those that stand. Raises Refusal `finance.reported`."""
    sent = FinanceReport.objects.filter(budget__fund=fund, turn__gt=0).select_related("budget").first()
    if sent is not None:
        raise Refusal("finance.reported", report=sent.name, fund=fund.name)
