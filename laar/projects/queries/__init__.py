"""Reads of projects and their money, their figures, and what this floor objects to."""

from laar.projects.queries import figures, spent, twins
from laar.projects.queries.advances import BUCKETS, Advance, Recipient, advance_of, advances_out, aged, recipients_of
from laar.projects.queries.contributions import brought_by_entry, paper_used
from laar.projects.queries.money import (
    accepted,
    any_paid,
    earlier,
    outstanding,
    paid_by_treasury,
    paid_tranches,
    pending_share,
    refunds,
    share_of,
    standing_on,
    treasury_payments,
    unaccounted,
    voucher_numbered,
    voucher_of_paper,
)
from laar.projects.queries.projects import grants, open_findings, project_of_line, words_on

__all__ = [
    "BUCKETS",
    "Advance",
    "Recipient",
    "accepted",
    "advance_of",
    "advances_out",
    "aged",
    "any_paid",
    "brought_by_entry",
    "earlier",
    "figures",
    "grants",
    "open_findings",
    "outstanding",
    "paid_by_treasury",
    "paid_tranches",
    "paper_used",
    "pending_share",
    "project_of_line",
    "recipients_of",
    "refunds",
    "share_of",
    "spent",
    "standing_on",
    "treasury_payments",
    "twins",
    "unaccounted",
    "voucher_numbered",
    "voucher_of_paper",
    "words_on",
]
