"""Tables of the reports, by report."""

from laar.reports.models.finance import FinanceExplanation, FinanceFigure, FinanceReport
from laar.reports.models.sheet import AuditPack, Pack, Paragraph

__all__ = ["AuditPack", "FinanceExplanation", "FinanceFigure", "FinanceReport", "Pack", "Paragraph"]
