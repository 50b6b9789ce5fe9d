"""What of a report was kept when it was sent, and its digest."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from laar.kit.money import Money
from laar.reports.models import FinanceFigure, FinanceReport

#: How many numbers are written at once.
AT_ONCE = 2000


def digest_of(rows: Iterable[tuple[str, str, str, int]]) -> str:
    """The digest of the numbers of a report: a line each, in the order of their names."""
    lines = "".join(f"{row}\t{column}\t{currency}\t{units}\n" for row, column, currency, units in sorted(rows))
    return sha256(lines.encode()).hexdigest()


def sent_of(report: FinanceReport) -> dict[tuple[str, str], Money]:
    """The numbers of a report as they are with the donor, by row and column; of one that is not sent none."""
    if not report.is_sent:
        return {}
    kept = FinanceFigure.objects.filter(report=report, turn=report.turn)
    return {(one.row, one.column): one.amount for one in kept}


def kept_of(report: FinanceReport) -> list[tuple[str, str, str, int]]:
    """The numbers that were kept when the report was sent the last time."""
    kept = FinanceFigure.objects.filter(report=report, turn=report.turn)
    return list(kept.values_list("row", "column", "currency", "units"))
