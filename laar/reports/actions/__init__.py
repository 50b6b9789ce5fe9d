"""Writes of the reports, by report."""

from laar.reports.actions.finance import (
    accept_finance_report,
    explain_finance_report,
    prepare_finance_report,
    return_finance_report,
    submit_finance_report,
)
from laar.reports.actions.sheet import issue_audit_pack, issue_pack, write_paragraph

__all__ = [
    "accept_finance_report",
    "explain_finance_report",
    "issue_audit_pack",
    "issue_pack",
    "prepare_finance_report",
    "return_finance_report",
    "submit_finance_report",
    "write_paragraph",
]
