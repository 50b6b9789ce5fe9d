"""What `verify` recounts in the reports."""

from __future__ import annotations

from collections.abc import Iterator

from laar.base.faults import Fault, check
from laar.kit.names import Name
from laar.ledger.models import Heading
from laar.reports.finance.frozen import digest_of, kept_of
from laar.reports.models import FinanceReport


@check("reports.as_sent")
def reports_are_as_they_were_sent() -> Iterator[Fault]:
    """The numbers of every report that was sent are those of its digest, and its postings add up to its total."""
    for report in FinanceReport.objects.filter(turn__gt=0).select_related("budget").order_by("pk"):
        kept = kept_of(report)
        if digest_of(kept) != report.sha256:
            yield _fault(report, Name(en="its numbers are not those that were sent", km="លេខមិនដូចពេលដាក់ជូន"))
        parts = sum(units for row, _, _, units in kept if row.startswith("posting:"))
        whole = sum(units for row, column, _, units in kept if row in ("total", "none") and column == "period")
        kinds = [row for row, *_ in kept if row == "total"]
        if kinds and parts != whole + _in_kind(report, kept):
            yield _fault(report, Name(en="its postings do not add up to its total", km="ការចុះបញ្ជីមិនបូកត្រូវនឹងចំនួនសរុប"))


def _in_kind(report: FinanceReport, kept: list[tuple[str, str, str, int]]) -> int:
    """What was given in kind stands below the total."""
    rows = {(row, column): units for row, column, _, units in kept}
    codes = Heading.objects.filter(
        programme=report.programme_id, chart=report.budget.chart, role="in_kind", parent__isnull=True
    ).values_list("code", flat=True)
    return sum(rows.get((f"heading:{code}", "period"), 0) for code in codes)


def _fault(report: FinanceReport, what: Name) -> Fault:
    said = Name(en=f"{report.name.en}: {what.en}.", km=f"{report.name.km}៖ {what.km}។")
    return Fault("reports.as_sent", said, report._meta.label_lower, report.pk)
